"""Signed notes: a text and lines of signatures under it (C2SP signed-note), and the keys that make and check them.

Each kind of signature is a line of ``ALGORITHMS``: the byte that stands for it in keys, and what exactly is signed.
"""

from __future__ import annotations

import base64
import binascii
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ploughshare.errors import RecordError

#: The byte of a key that signs the text itself, and of a key that signs the text with a time (tlog-cosignature v1).
ED25519, COSIGNATURE = 0x01, 0x04
#: C2SP asks for 16 signatures at least; more than 100 are an attack.
MOST_SIGNATURES = 100
#: A note is a few hundred bytes long; one of a megabyte is none.
LARGEST = 1_000_000
LONGEST_NAME = 255
DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A kind of signature: how long its public key and its signature are, and what bytes it signs."""

    public: int
    blob: int
    #: (text of the note, what the line carries) → (time, message, signature)
    unpack: Callable[[bytes, bytes], tuple[int | None, bytes, bytes]]


def cosigned(text: bytes, time: int) -> bytes:
    """The bytes that a cosignature of type 0x04 signs (tlog-cosignature v1).

    >>> cosigned(b"example.com/log\\n", 1679315147)
    b'cosignature/v1\\ntime 1679315147\\nexample.com/log\\n'
    """
    return b"cosignature/v1\ntime %d\n" % time + text


def _unpack_cosignature(text: bytes, blob: bytes) -> tuple[int, bytes, bytes]:
    (time,) = struct.unpack(">Q", blob[:8])
    if time >= 2**63:
        raise RecordError("the time of a cosignature is no time")
    return time, cosigned(text, time), blob[8:]


ALGORITHMS = {
    ED25519: Algorithm(32, 64, lambda text, blob: (None, text, blob)),
    COSIGNATURE: Algorithm(32, 72, _unpack_cosignature),
}


def unbase64(text: str | bytes, what: str) -> bytes:
    """The bytes of base64 in its one right spelling: a bit too many at its end is refused as well."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise RecordError(f"{what} is not base64") from None
    if base64.b64encode(data) != (text.encode() if isinstance(text, str) else text):
        raise RecordError(f"{what} is not base64 in its one right spelling")
    return data


def check_name(name: str) -> str:
    """The name, if it can be that of a key: no blanks, no plus, no control characters. It should look like ``example.org/log``."""
    if not name or any(c.isspace() or c == "+" or c < " " for c in name):
        raise RecordError(f"{name[:60]!r} cannot be the name of a key", advice="a name has no blanks and no plus: example.org/log")
    if len(name.encode()) > LONGEST_NAME:
        raise RecordError(f"the name of a key is longer than {LONGEST_NAME} bytes")
    return name


# -- keys -------------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its name and kind; ``str()`` gives the vkey that people exchange."""

    name: str
    type: int
    public: bytes
    _loaded: Ed25519PublicKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        algorithm = ALGORITHMS.get(self.type)
        if algorithm is None:
            raise RecordError(f"signatures of type 0x{self.type:02x} are not known here", where=self.name)
        if len(self.public) != algorithm.public:
            raise RecordError(f"a public key of type 0x{self.type:02x} has {algorithm.public} bytes", where=self.name)
        check_name(self.name)
        object.__setattr__(self, "_loaded", Ed25519PublicKey.from_public_bytes(self.public))

    @property
    def id(self) -> bytes:
        """The four bytes that stand for the key beside its name."""
        return sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([self.type]) + self.public).decode()}"

    def signed(self, message: bytes, signature: bytes) -> bool:
        """Is this the key's signature of exactly these bytes?"""
        try:
            self._loaded.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def vkey(text: str) -> VerifierKey:
    """Which key is this ``name+id+base64``? Raises RecordError if it is malformed or its parts do not fit together.

    >>> vkey("EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop").name
    'EnochRoot'
    """
    name, _, rest = text.partition("+")
    id_, _, data = rest.partition("+")
    if not (name and id_ and data) or len(text) > 2000:
        raise RecordError(f"{text[:60]!r} is not a vkey", advice="a vkey is name+8 hexadecimal digits+base64")
    raw = unbase64(data, "the last part of the vkey")
    key = VerifierKey(name, raw[0] if raw else 0, raw[1:])
    if key.id.hex() != id_:
        raise RecordError(f"the middle part of the vkey {name} does not belong to its name and key", advice="copy it whole")
    return key


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name and kind."""

    name: str
    type: int
    private: Ed25519PrivateKey = field(repr=False, compare=False)
    key: VerifierKey = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", VerifierKey(self.name, self.type, self.private.public_key().public_bytes_raw()))

    @classmethod
    def new(cls, name: str, kind: int = ED25519) -> Signer:
        """A new key, from the system's source of chance."""
        return cls(name, kind, Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, name: str, kind: int, seed: bytes) -> Signer:
        """The key of a seed of 32 bytes."""
        return cls(name, kind, Ed25519PrivateKey.from_private_bytes(seed))

    def line(self, text: bytes, time: int | None = None) -> Signature:
        """The signature of a note's text; a cosigning key needs the time in seconds."""
        if self.type == ED25519:
            return Signature(self.name, self.key.id, self.private.sign(text))
        if time is None:
            raise RecordError("a cosignature carries the time", where=self.name)
        return Signature(self.name, self.key.id, struct.pack(">Q", time) + self.private.sign(cosigned(text, time)))


# -- notes ------------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Signature:
    """A line of signature: whose it says it is, and what it carries. Nothing about it has been checked."""

    name: str
    id: bytes
    blob: bytes

    def __str__(self) -> str:
        return f"{DASH}{self.name} {base64.b64encode(self.id + self.blob).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and the signatures under it, not yet verified."""

    text: bytes
    signatures: tuple[Signature, ...]

    def __bytes__(self) -> bytes:
        return self.text + b"\n" + "".join(map(str, self.signatures)).encode()

    def joined(self, others: Iterable[Signature]) -> Note:
        """The note with further signatures; of two by one key the newer stands."""
        found = {(line.name, line.id): line for line in (*self.signatures, *others)}
        return Note(self.text, tuple(found.values()))


@dataclass(frozen=True, slots=True)
class Verified:
    """A signature that holds: by which key, and at what time (seconds) if it says one."""

    key: VerifierKey
    time: int | None


def sign(text: bytes, *signers: Signer, time: int | None = None) -> Note:
    """A note of this text, signed."""
    return parse(bytes(Note(text, tuple(signer.line(text, time) for signer in signers))))


def parse(data: bytes) -> Note:
    """What text and which signatures are these? Nothing is verified yet. Raises RecordError for what is not a note."""
    if len(data) > LARGEST:
        raise RecordError(f"a note is no longer than {LARGEST} bytes")
    try:
        text = data.decode()
    except UnicodeDecodeError:
        raise RecordError("the note is not UTF-8") from None
    if any(c < " " and c != "\n" for c in text):
        raise RecordError("the note holds control characters")
    head, blank, tail = text.rpartition("\n\n")
    if not blank or not tail.endswith("\n"):
        raise RecordError("this is not a signed note", advice="a note ends with an empty line and lines of signatures")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise RecordError(f"the note has more than {MOST_SIGNATURES} signatures")
    return Note(f"{head}\n".encode(), tuple(map(_signature, lines)))


def _signature(line: str) -> Signature:
    name, blank, data = line.removeprefix(DASH).partition(" ")
    if not line.startswith(DASH) or not blank:
        raise RecordError("under the note stands a line that is no signature")
    raw = unbase64(data, f"the signature of {name[:60]}")
    if len(raw) < 5:
        raise RecordError(f"the signature of {name[:60]} is too short")
    return Signature(check_name(name), raw[:4], raw[4:])


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[Verified, ...]:
    """Which of these keys signed the note? Raises RecordError if none did, or if a signature by one of them does not hold.

    Signatures of unknown keys are passed over: that is how logs change keys and witnesses join.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.id), key) != key:
            raise RecordError(f"two keys of the name {key.name} have the same id", advice="ask one of the owners for a new key")
    found: dict[VerifierKey, Verified] = {}
    for line in note.signatures:
        if (signer := known.get((line.name, line.id))) is None:
            continue
        algorithm = ALGORITHMS[signer.type]
        if len(line.blob) != algorithm.blob:
            raise RecordError(f"the signature of {line.name} has the wrong length")
        time, message, signature = algorithm.unpack(note.text, line.blob)
        if not signer.signed(message, signature):
            raise RecordError(f"the signature of {line.name} does not hold: text or signature were changed, or it is forged")
        found[signer] = Verified(signer, time)
    if not found:
        raise RecordError("none of the known keys signed this note", advice="give the key of the log")
    return tuple(found.values())
