"""Entries: what is recorded – an envelope of canonical JSON, signed by its author, around a body of a registered type.

::

    {"at":"2026-11-21T00:20:00Z","body":{…},"by":"<vkey>","sig":"<base64>","type":"note","v":1}

The signature is over ``ploughshare/entry/v1``, a line end, and the same object without ``sig``. Each type of entry names the
shape of its body with ``register``. A foreign log may hold types that are not known here: they are kept and counted.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any

import msgspec

from ploughshare.errors import RecordError
from ploughshare.recording import canon, note
from ploughshare.recording.note import Signer, VerifierKey

#: An entry bundle writes the length of an entry in two bytes.
LARGEST = 65_535
VERSION = 1
SIGNED = b"ploughshare/entry/v1\n"
TYPE = re.compile("[a-z][a-z0-9-]{0,63}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SIG = b',"sig":"'


class _Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    at: str
    body: dict[str, Any]
    by: str
    sig: str
    type: str
    v: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry that was read: its envelope is sound; whether its signature holds, ``check_signature`` says."""

    raw: bytes
    at: str
    type: str
    by: str
    body: Mapping[str, Any]

    @property
    def author(self) -> VerifierKey:
        """The key that says it signed the entry."""
        return key_of(self.by)

    def check_signature(self) -> None:
        """Did the author sign exactly this? Raises RecordError if not."""
        check_signature(self.raw)


# -- the types of entries -----------------------------------------------------------------------------------------------------
Body = msgspec.Struct
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Index = Annotated[int, msgspec.Meta(ge=0)]


class Header(Body, frozen=True, forbid_unknown_fields=True):
    """Entry 0: which log this is, what for, by which key, and the digests of its schema and of its first policy."""

    log: Words
    origin: Words
    policy_sha256: Hash
    purpose: Words
    schema_sha256: Hash


class Author(Body, frozen=True, forbid_unknown_fields=True):
    """The log introduces an author: from here on, entries by this key belong on the record."""

    key: Words
    name: Words
    role: Words


class Correction(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An answer to an earlier entry: what was wrong with it, and whether it is taken back. The earlier entry stays."""

    corrects: Index
    why: Words
    withdraws: bool = False


class Remark(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Words for the record, on an earlier entry or on none."""

    text: Words
    about: Index | msgspec.UnsetType = msgspec.UNSET


_types: dict[str, type[Body]] = {}


def register(kind: str, body: type[Body]) -> None:
    """From now on, entries of this type have a body of this shape: a frozen msgspec Struct that forbids unknown fields.

    Raises ValueError for another shape than the one registered before.
    """
    config = body.__struct_config__
    if not TYPE.fullmatch(kind) or not config.forbid_unknown_fields or not config.frozen:
        raise ValueError(f"{kind}: a type of entry is a-z, 0-9 and -, and its body a frozen Struct that forbids unknown fields")
    if _types.setdefault(kind, body) is not body:
        raise ValueError(f"{kind}: this type of entry has another body already")


register("header", Header)
register("author", Author)
register("correction", Correction)
register("note", Remark)


def shape(entry: Entry) -> Body | None:
    """The body as what its type says it is; ``None`` for a type that is not known here. Raises RecordError if it does not fit."""
    return _shape(entry.type, entry.body)


def _shape(kind: str, body: Mapping[str, Any]) -> Body | None:
    if (expected := _types.get(kind)) is None:
        return None
    try:
        return msgspec.convert(body, expected)
    except msgspec.ValidationError as error:
        raise RecordError(f"the body is not that of the type {kind}: {error}") from None


def schema() -> bytes:
    """The shapes of all registered types as JSON Schema; its digest stands in the header of a new log."""
    return msgspec.json.encode({kind: msgspec.json.schema(body) for kind, body in _types.items()}, order="sorted") + b"\n"


# -- writing ----------------------------------------------------------------------------------------------------------------
_encoder = msgspec.json.Encoder(order="deterministic")


def stamp(moment: datetime) -> str:
    """A moment as entries write it: to the second, in universal time.

    >>> stamp(datetime(2026, 11, 21, 0, 20, tzinfo=UTC))
    '2026-11-21T00:20:00Z'
    """
    if moment.tzinfo is None:
        raise RecordError("the time has no time zone", advice="write it with Z or an offset")
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def sign(kind: str, body: Body | Mapping[str, Any], author: Signer, at: datetime) -> bytes:
    """The bytes of a new entry. Raises RecordError for an unknown type, a body of another shape, or an entry too large."""
    if author.type != note.ED25519:
        raise RecordError("this is the key of a witness, and witnesses sign checkpoints only", where=author.name)
    plain = msgspec.to_builtins(body) if isinstance(body, msgspec.Struct) else dict(body)
    unsigned = {"at": stamp(at), "body": plain, "by": str(author.key), "type": kind, "v": VERSION}
    canon.check(unsigned)
    if _shape(kind, plain) is None:
        raise RecordError(f"entries of type {kind[:64]} are not known", advice=f"known types: {', '.join(sorted(_types))}")
    signature = base64.b64encode(author.private.sign(SIGNED + _encoder.encode(unsigned))).decode()
    raw = _encoder.encode({**unsigned, "sig": signature})
    if len(raw) > LARGEST:
        raise RecordError(f"the entry has {len(raw)} bytes; {LARGEST} are the most", advice="record a document by its digest")
    return raw


# -- reading ----------------------------------------------------------------------------------------------------------------
_decoder = msgspec.json.Decoder(_Envelope)


def parse(raw: bytes) -> Entry:
    """What entry is this? Its envelope must be sound and its spelling canonical; the signature is not checked here."""
    if len(raw) > LARGEST:
        raise RecordError(f"the entry has {len(raw)} bytes; {LARGEST} are the most")
    try:
        envelope = _decoder.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        canon.decode(raw)
        raise RecordError(f"this is not an entry: {error}") from None
    canon.check(envelope.body, "body", 1)
    if not envelope.by.isascii():
        canon.check(envelope.by, "by")
    if _encoder.encode(envelope) != raw:
        canon.decode(raw)
    if envelope.v != VERSION:
        raise RecordError(f"the entry is of version {envelope.v}", advice="a newer version of this program may read it")
    if not TYPE.fullmatch(envelope.type):
        raise RecordError(f"{envelope.type[:64]!r} cannot be a type of entry")
    _check_time(envelope.at)
    key_of(envelope.by)
    return Entry(raw, envelope.at, envelope.type, envelope.by, envelope.body)


def parse_verified(raw: bytes) -> Entry:
    """The entry, if its author signed it. Raises RecordError that says why not."""
    entry = parse(raw)
    check_signature(raw)
    return entry


def check_signature(raw: bytes) -> None:
    """Does the signature of these bytes hold? For bytes that ``parse`` takes; raises RecordError if not.

    In the canonical spelling only ``type`` and ``v`` come after ``sig``, and neither can hold a quotation mark: so the last
    ``"sig"`` is that of the envelope, and cutting it out gives the bytes that were signed.
    """
    start = raw.rfind(_SIG)
    stop = raw.find(b'"', start + len(_SIG)) + 1
    signature = note.unbase64(raw[start + len(_SIG) : stop - 1], "the signature of the entry")
    key = key_of(_by.decode(raw).by)
    if len(signature) != 64 or not key.signed(SIGNED + raw[:start] + raw[stop:], signature):
        raise RecordError(
            f"the signature of {key.name} does not hold: the entry was changed after it was signed, or the signature is forged"
        )


class _By(msgspec.Struct):
    by: str


_by = msgspec.json.Decoder(_By)


@lru_cache(4096)
def key_of(by: str) -> VerifierKey:
    """The key of an author's vkey."""
    key = note.vkey(by)
    if key.type != note.ED25519:
        raise RecordError("the author's key is that of a witness, and witnesses sign checkpoints only", where=key.name)
    return key


@lru_cache(4096)
def _check_time(at: str) -> None:
    try:
        if not _AT.fullmatch(at):
            raise ValueError
        datetime.fromisoformat(at)
    except ValueError:
        raise RecordError(f"{at[:40]!r} is not a time", advice="write it as 2026-11-21T00:20:00Z") from None
