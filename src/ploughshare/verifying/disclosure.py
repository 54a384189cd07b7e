"""Disclosures: some fields of one slot opened, the others still hidden, and the path that ties both to the declaration.

::

    {"declaration_id":"…","slot":3,"path":["<hex>", …],
     "fields":[{"name":"kind","commitment":"<hex>"},{"name":"uid","value":"EX-0003","salt":"<hex>"}, …]}

Whoever holds a statement on a witnessed record checks a disclosure offline. A refusal carries a code and never a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ploughshare.errors import DeclarationError, RecordError
from ploughshare.recording import canon, merkle
from ploughshare.verifying import commitment
from ploughshare.verifying.declaration import VOID, Anchored, check_value, schema_sha256

#: The longest path of a tree of 2**32 slots.
MOST_HASHES = 32
#: A slot of evidence carries its segments; a slot of an inventory is some thousand bytes.
LARGEST = 512 * 2**20
MOST_FIELDS = 10_000
_HASH = re.compile("[0-9a-f]{64}")
_HEX = re.compile("(?:[0-9a-f]{2})*")


@dataclass(frozen=True, slots=True)
class Opened:
    """A field that is shown, with the salt that lets anybody compute its commitment."""

    name: str
    value: Any
    salt: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Hidden:
    """A field of which only the commitment is shown."""

    name: str
    commitment: bytes


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What is opened of one slot. Nothing about it has been checked."""

    declaration_id: str
    slot: int
    fields: tuple[Opened | Hidden, ...]
    path: tuple[bytes, ...]

    def plain(self) -> dict[str, Any]:
        """As canonical JSON has it."""
        shown = [
            {"name": one.name, "value": one.value, "salt": one.salt.hex()}
            if isinstance(one, Opened)
            else {"name": one.name, "commitment": one.commitment.hex()}
            for one in self.fields
        ]
        return {"declaration_id": self.declaration_id, "slot": self.slot, "fields": shown, "path": [one.hex() for one in self.path]}

    def __bytes__(self) -> bytes:
        return canon.encode(self.plain())


@dataclass(frozen=True, slots=True)
class VerifiedFields:
    """The fields of a slot that were opened and belong to the declaration, and the names of those that stay hidden."""

    declaration_id: str
    slot: int
    values: Mapping[str, Any]
    hidden: tuple[str, ...]


def parse(data: bytes) -> Disclosure:
    """What disclosure is in this file? Raises MALFORMED; nothing of the file is repeated."""
    try:
        if len(data) > LARGEST:
            raise ValueError
        return read(canon.read(data))
    except (RecordError, ValueError):
        raise DeclarationError("this is not a disclosure", advice="it is one JSON object, as declare disclose writes it") from None


def read(value: Any) -> Disclosure:
    """The disclosure that this value is. Hashes are written small and whole; nothing else may stand beside them."""
    try:
        if set(value) != {"declaration_id", "slot", "fields", "path"} or type(value["slot"]) is not int:
            raise ValueError
        if not isinstance(value["declaration_id"], str) or len(value["path"]) > MOST_HASHES or len(value["fields"]) > MOST_FIELDS:
            raise ValueError
        return Disclosure(
            value["declaration_id"],
            value["slot"],
            tuple(map(_field, value["fields"])),
            tuple(map(_hash, value["path"])),
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise DeclarationError("this is not a disclosure", advice="it is one JSON object, as declare disclose writes it") from None


def _field(value: Any) -> Opened | Hidden:
    if not isinstance(value["name"], str):
        raise ValueError
    if set(value) == {"name", "commitment"}:
        return Hidden(value["name"], _hash(value["commitment"]))
    if set(value) != {"name", "value", "salt"} or not _HEX.fullmatch(value["salt"]):
        raise ValueError
    return Opened(value["name"], value["value"], bytes.fromhex(value["salt"]))


def _hash(text: str) -> bytes:
    if not _HASH.fullmatch(text):
        raise ValueError
    return bytes.fromhex(text)


# -- checking ------------------------------------------------------------------------------------------------------------------
def verify_disclosure(anchored: Anchored, disclosure: Disclosure) -> VerifiedFields:
    """Do these fields belong to this slot of the declaration? Their values, if so.

    Raises WRONG_DECLARATION, BAD_SALT_LENGTH, SCHEMA_MISMATCH, NOT_IN_COMMITMENT, or FIELD_NOT_ALLOWED for a value that was
    committed to and that no record may hold; values are shown only after everything holds.
    """
    statement = anchored.statement
    if disclosure.declaration_id != statement.declaration_id:
        raise DeclarationError("it opens a slot of another declaration", code="WRONG_DECLARATION")
    opened = [one for one in disclosure.fields if isinstance(one, Opened)]
    if any(len(one.salt) != commitment.SALT for one in opened):
        raise DeclarationError(f"a salt is not {commitment.SALT} bytes long", code="BAD_SALT_LENGTH")
    try:
        digest = schema_sha256([one.name for one in disclosure.fields])
    except RecordError:
        digest = ""
    if digest != statement.schema_sha256:
        raise DeclarationError("its fields are not those of the schema, in their order", code="SCHEMA_MISMATCH")
    if not 0 <= disclosure.slot < statement.n_slots:
        raise _foreign()
    commitments = [
        one.commitment if isinstance(one, Hidden) else _commitment(statement.declaration_id, disclosure.slot, one)
        for one in disclosure.fields
    ]
    leaf = commitment.slot_hash(disclosure.slot, commitment.record_root(commitments))
    try:
        merkle.verify_inclusion(leaf, disclosure.slot, statement.n_slots, disclosure.path, bytes.fromhex(statement.root))
    except RecordError:
        raise _foreign() from None
    if anchored.kind != "evidence":
        kind = next((one.value for one in opened if one.name == "kind"), None)
        for one in opened:
            # Only a slot that is void, or may be, has empty fields.
            if one.value != "" or one.name == "kind" or kind not in (None, VOID):
                check_value(one.name, one.value, f"slot {disclosure.slot}")
    values = {one.name: one.value for one in opened}
    return VerifiedFields(
        statement.declaration_id, disclosure.slot, values, tuple(one.name for one in disclosure.fields if isinstance(one, Hidden))
    )


def _commitment(declaration: str, slot: int, one: Opened) -> bytes:
    return commitment.commit_value(one.salt, commitment.binding(declaration, slot, one.name), canon.encode(one.value))


def _foreign() -> DeclarationError:
    return DeclarationError("what it opens was not committed to in this slot", code="NOT_IN_COMMITMENT")


@dataclass(frozen=True, slots=True)
class FullOpening:
    """A declaration opened to the end: how many slots hold what, identifiers that stand twice, voids that are not empty."""

    counts: Mapping[str, int]
    duplicates: tuple[str, ...]
    not_void: tuple[int, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """What is wrong, for programs."""
        return ("DUPLICATE_UID",) * bool(self.duplicates) + ("VOID_NOT_EMPTY",) * bool(self.not_void)


def verify_full_opening(anchored: Anchored, disclosures: Iterable[Disclosure]) -> FullOpening:
    """What does the whole declaration hold? Needs every field of every slot, each slot once; raises INCOMPLETE_OPENING else."""
    slots: set[int] = set()
    counts: Counter[str] = Counter()
    uids: Counter[str] = Counter()
    not_void = []
    for disclosure in disclosures:
        found = verify_disclosure(anchored, disclosure)
        if found.hidden:
            raise DeclarationError(f"slot {found.slot} is not opened whole", code="INCOMPLETE_OPENING")
        if found.slot in slots:
            raise DeclarationError(f"slot {found.slot} is opened twice", code="INCOMPLETE_OPENING")
        slots.add(found.slot)
        kind = str(found.values.get("kind", ""))
        counts[kind] += 1
        if kind == VOID:
            not_void += [found.slot] if any(value != "" for name, value in found.values.items() if name != "kind") else []
        else:
            uids[str(found.values.get("uid", ""))] += 1
    if missing := anchored.statement.n_slots - len(slots):
        raise DeclarationError(f"{missing} of {anchored.statement.n_slots} slots are not opened", code="INCOMPLETE_OPENING")
    return FullOpening(dict(counts), tuple(sorted(uid for uid, times in uids.items() if times > 1)), tuple(not_void))


@dataclass(frozen=True, slots=True)
class Change:
    """What became of an item between two declarations, among the fields that were opened of it in both."""

    uid: str
    field: str
    before: Any
    after: Any


def diff(earlier: Anchored, later: Anchored, disclosures: Iterable[Disclosure]) -> list[Change]:
    """What changed from one declaration to the next, among OPENED fields alone? What was opened in one of them is no change.

    An item is told by its ``uid``, which has to be opened. Every disclosure is verified first.
    """
    found: dict[str, dict[str, Mapping[str, Any]]] = {earlier.statement.declaration_id: {}, later.statement.declaration_id: {}}
    for disclosure in disclosures:
        anchored = later if disclosure.declaration_id == later.statement.declaration_id else earlier
        verified = verify_disclosure(anchored, disclosure)
        uid = verified.values.get("uid")
        if uid:
            found[verified.declaration_id][uid] = verified.values
    before, after = found[earlier.statement.declaration_id], found[later.statement.declaration_id]
    return [
        Change(uid, name, before[uid][name], after[uid][name])
        for uid in sorted(before.keys() & after.keys())
        for name in before[uid]
        if name in after[uid] and before[uid][name] != after[uid][name]
    ]
