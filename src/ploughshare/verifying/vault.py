"""The vault: what a declaration hides – records, salts, the order of the slots – sealed with a passphrase.

A vault is one line of canonical JSON that says how it is sealed, and the sealed bytes (ChaCha20-Poly1305 under a key that
scrypt makes from the passphrase; the line is sealed with them). **Whoever loses the passphrase loses the vault for ever**:
nothing that was declared can then be opened, and nobody can help.
"""

from __future__ import annotations

import base64
import os
import secrets
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ploughshare.errors import DeclarationError, RecordError
from ploughshare.recording import canon, keys, merkle, note
from ploughshare.verifying import commitment
from ploughshare.verifying.declaration import VOID, check_record, check_schema, schema_sha256
from ploughshare.verifying.disclosure import Disclosure, Hidden, Opened
from ploughshare.verifying.entries import Statement

FORMAT = "ploughshare-vault"
#: A vault of a hundred million values; a file that is larger is not read.
LARGEST = 2**31 - 64
MOST_HEADER = 1000
_encoder = msgspec.json.Encoder(order="deterministic")


class Chance(Protocol):
    """Where salts and the order of the slots come from; the module ``secrets`` unless a test says otherwise."""

    def token_bytes(self, nbytes: int, /) -> bytes:
        """So many bytes that nobody can foresee."""

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        """A number below the bound that nobody can foresee."""


class _Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    statement: Statement
    schema: tuple[str, ...]
    values: tuple[tuple[Any, ...], ...]
    salts: bytes
    roots: bytes
    #: Slot → the place of its record in the inventory as it was given; voids come after the records.
    order: tuple[int, ...]


@dataclass(slots=True)
class Vault:
    """An open vault. Its ``repr`` says nothing but which declaration it belongs to."""

    statement: Statement
    schema: tuple[str, ...]
    _values: Sequence[Sequence[Any]] = field(repr=False)
    _salts: bytes = field(repr=False)
    _roots: Sequence[bytes] = field(repr=False)
    _order: Sequence[int] = field(repr=False)
    _tree: commitment.Tree = field(repr=False)
    _places: dict[str, int] | None = field(default=None, repr=False)

    def slot_of(self, uid: str) -> int:
        """The slot of an item. Raises NOT_DECLARED, which says nothing about any other."""
        if self._places is None:
            place = self.schema.index("uid") if "uid" in self.schema else 0
            self._places = {values[place]: slot for slot, values in enumerate(self._values) if values[place] != ""}
        if uid not in self._places:
            raise DeclarationError("no slot holds an item of this identifier", code="NOT_DECLARED")
        return self._places[uid]

    def disclose(self, slot: int, fields: Sequence[str]) -> Disclosure:
        """Open these fields of a slot, and show of the others their commitments alone, with the path to the root."""
        if not 0 <= slot < self.statement.n_slots:
            raise DeclarationError(
                f"there is no slot {slot}", code="WRONG_SLOT", advice=f"slots are 0 to {self.statement.n_slots - 1}"
            )
        if unknown := [name for name in fields if name not in self.schema]:
            place = list(fields).index(unknown[0]) + 1
            raise DeclarationError(f"field {place} of those to open is not in the schema", code="SCHEMA_MISMATCH")
        shown: list[Opened | Hidden] = []
        declaration = self.statement.declaration_id
        start = slot * len(self.schema) * commitment.SALT
        for place, (name, value) in enumerate(zip(self.schema, self._values[slot], strict=True)):
            salt = self._salts[start + place * commitment.SALT : start + (place + 1) * commitment.SALT]
            if name in fields:
                shown.append(Opened(name, value, salt))
            else:
                bound = commitment.binding(declaration, slot, name)
                shown.append(Hidden(name, commitment.commit_value(salt, bound, _encoder.encode(value))))
        return Disclosure(declaration, slot, tuple(shown), tuple(self._tree.path(slot)))

    def save(self, path: Path, passphrase: str, *, cost: int = keys.COST) -> None:
        """Write the vault, sealed, to a new file that only its owner can read. A file that is there is never overwritten."""
        content = _Content(
            self.statement,
            self.schema,
            tuple(map(tuple, self._values)),
            self._salts,
            b"".join(self._roots),
            tuple(self._order),
        )
        salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
        header = {"format": FORMAT, "kdf": "scrypt", "n": cost, "nonce": _text(nonce), "salt": _text(salt), "v": 1}
        line = canon.encode(header) + b"\n"
        sealed = ChaCha20Poly1305(_stretched(passphrase, salt, cost)).encrypt(nonce, msgspec.msgpack.encode(content), line)
        if len(sealed) > LARGEST:
            raise DeclarationError("the vault is too large", where=str(path), advice="declare in several parts")
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            what = "there is a file already, and a vault is never overwritten"
            raise DeclarationError(what, code="VAULT_EXISTS", where=str(path), advice="name another") from None
        with os.fdopen(file, "wb") as out:
            out.write(line)
            out.write(sealed)
            out.flush()
            os.fsync(out.fileno())


def commit(
    records: Sequence[Mapping[str, Any]],
    schema: Sequence[str],
    n_slots: int,
    *,
    declaration_id: str,
    declarant: str,
    supersedes: str | None = None,
    rng: Chance = secrets,
) -> tuple[Statement, Vault]:
    """Commit to a whole inventory: the statement for everybody, the vault for its owner.

    Slots beyond the records are void, and all are put in an order by chance, so that neither number nor neighbourhood tells.
    Every record is checked before anything is hashed. Raises FIELD_NOT_ALLOWED, SCHEMA_MISMATCH, DUPLICATE_UID,
    TOO_FEW_SLOTS, SALT_REUSED.

    >>> record = {"kind": "item", "uid": "EX-1", "site": "Site-A"}
    >>> statement, vault = commit([record], ["kind", "uid", "site"], 4, declaration_id="urania-1", declarant="Urania")
    >>> statement.n_slots, "EX-1" in repr(vault)
    (4, False)
    """
    names = check_schema(schema)
    if not len(records) <= n_slots <= commitment.MOST_SLOTS:
        what = f"{n_slots} slots do not hold the records"
        raise DeclarationError(what, code="TOO_FEW_SLOTS", advice="take more slots than items, a number that tells nothing")
    rows = [check_record(record, names, f"record {number}") for number, record in enumerate(records, 1)]
    uid = names.index("uid")
    seen: set[Any] = set()
    for number, row in enumerate(rows, 1):
        if row[uid] != "" and row[uid] in seen:
            raise DeclarationError("its identifier stands in an earlier record too", code="DUPLICATE_UID", where=f"record {number}")
        seen.add(row[uid])
    void = tuple(VOID if name == "kind" else "" for name in names)
    rows += [void] * (n_slots - len(rows))
    order = list(range(n_slots))
    for last in range(n_slots - 1, 0, -1):
        other = rng.randbelow(last + 1)
        order[last], order[other] = order[other], order[last]
    return commit_rows([rows[place] for place in order], names, order, declaration_id, declarant, supersedes, rng)


def commit_rows(
    rows: Sequence[Sequence[Any]],
    names: tuple[str, ...],
    order: Sequence[int],
    declaration_id: str,
    declarant: str,
    supersedes: str | None,
    rng: Chance = secrets,
) -> tuple[Statement, Vault]:
    """Commit to rows that were checked and stand in the order of their slots."""
    width, size = len(names), commitment.SALT
    roots, parts = [], []
    seen: set[bytes] = set()
    encoded: dict[Any, bytes] = {}
    for slot, row in enumerate(rows):
        salts = rng.token_bytes(width * size)
        parts.append(salts)
        commitments = []
        for place, (name, value) in enumerate(zip(names, row, strict=True)):
            salt = salts[place * size : (place + 1) * size]
            seen.add(salt)
            if (spelled := encoded.get(value)) is None or type(value) is not str:
                spelled = canon.encode(value)
                if len(encoded) < 10_000 and len(spelled) < 100:
                    encoded[value] = spelled
            commitments.append(commitment.commit_value(salt, commitment.binding(declaration_id, slot, name), spelled))
        roots.append(commitment.record_root(commitments))
    if len(seen) < len(rows) * width or any(len(salt) != size for salt in seen):
        raise DeclarationError(
            "a salt came twice", code="SALT_REUSED", advice="the source of chance is broken; use another machine"
        )
    tree = commitment.Tree(roots)
    try:
        statement = msgspec.convert(
            {
                "type": "escrow-commitment",
                "v": 1,
                "declaration_id": declaration_id,
                "declarant": declarant,
                "schema_sha256": schema_sha256(names),
                "n_slots": len(rows),
                "root": tree.root().hex(),
                "alg": "sha256",
                "supersedes": supersedes,
            },
            Statement,
        )
        canon.check(declarant)
    except (msgspec.ValidationError, RecordError):
        what = "the name of the declaration, of what it supersedes, or of the declarant cannot be one"
        raise DeclarationError(what, advice="a declaration is named like urania-2026-03-01-initial") from None
    return statement, Vault(statement, names, rows, b"".join(parts), roots, order, tree)


def open_vault(path: Path, passphrase: str) -> Vault:
    """Open a vault. Raises VAULT_LOCKED if the passphrase is another or a bit of the file was changed: nobody can tell which."""
    keep_out_of_core_dumps()
    try:
        with path.open("rb") as file:
            line = file.readline(MOST_HEADER)
            sealed = file.read(LARGEST + 1)
    except OSError as error:
        raise DeclarationError(f"the vault cannot be read ({error.strerror})", where=str(path)) from None
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise DeclarationError("others can read this vault", where=str(path), advice=f"chmod 600 {path}")
    cost, salt, nonce = _header(line, path)
    if len(sealed) > LARGEST:
        raise DeclarationError("the file is too large to be a vault", where=str(path))
    try:
        data = ChaCha20Poly1305(_stretched(passphrase, salt, cost)).decrypt(nonce, sealed, line)
        content = msgspec.msgpack.decode(data, type=_Content)
    except (InvalidTag, msgspec.DecodeError):
        what = "the passphrase is wrong, or the vault was changed"
        advice = "without the passphrase it stays closed for ever; look for a copy"
        raise DeclarationError(what, code="VAULT_LOCKED", where=str(path), advice=advice) from None
    roots = [content.roots[at : at + merkle.HASH] for at in range(0, len(content.roots), merkle.HASH)]
    tree = commitment.Tree(roots) if roots else None
    slots, width = content.statement.n_slots, len(content.schema)
    whole = tree and tree.root().hex() == content.statement.root and len(content.values) == len(roots) == slots
    if tree is None or not whole or len(content.salts) != slots * width * commitment.SALT:
        raise DeclarationError("the parts of the vault do not fit together", where=str(path))
    return Vault(content.statement, content.schema, content.values, content.salts, roots, content.order, tree)


def _header(line: bytes, path: Path) -> tuple[int, bytes, bytes]:
    """Cost, salt and nonce in the first line of a vault."""
    try:
        header = canon.decode(line.removesuffix(b"\n"))
        marks = [header.pop(name) for name in ("format", "kdf", "v")]
        cost, nonce, salt = header.pop("n"), note.unbase64(header.pop("nonce"), "nonce"), note.unbase64(header.pop("salt"), "salt")
        if header or marks != [FORMAT, "scrypt", 1] or type(cost) is not int or len(nonce) != 12:
            raise ValueError
        if not 2 <= cost <= keys.MOST_COST or cost & (cost - 1):
            raise ValueError
    except (RecordError, ValueError, TypeError, AttributeError, KeyError):
        raise DeclarationError("this is not a vault, or its first line was changed", where=str(path)) from None
    return cost, salt, nonce


def keep_out_of_core_dumps() -> None:
    """From here on, a crash of this process writes no image of its memory to the disk."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    # The same words typed on two systems may be spelled in two forms of Unicode.
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return Scrypt(salt=salt, length=32, n=cost, r=keys.BLOCK, p=keys.PARALLEL).derive(words)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
