"""Declarations: which fields a record may have, what is public of an inventory, and what ties it to a witnessed record.

A schema is the list of a record's fields in order. Fields come from the allow-list of ``lexicon/declarations.toml`` alone;
anything else is refused before a hash is made, and what was refused is never repeated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec

from ploughshare.errors import DeclarationError
from ploughshare.lexicon.load import load
from ploughshare.recording import canon, entry
from ploughshare.recording import policy as policies
from ploughshare.recording import proof as proofs
from ploughshare.recording.entry import Entry
from ploughshare.recording.log import Log
from ploughshare.recording.note import VerifierKey
from ploughshare.recording.policy import Policy
from ploughshare.recording.proof import Proof
from ploughshare.verifying.entries import DeclarationBody, Statement

VOID = "void"
#: A schema with more fields than this is no inventory.
MOST_FIELDS = 64
_DECLARATION = b'"type":"declaration"'


# -- the allow-list ------------------------------------------------------------------------------------------------------------
@cache
def allowed() -> Mapping[str, re.Pattern[str] | range]:
    """Which fields may a record have, and what may stand in each: a form of text, or a range of whole numbers."""
    found: dict[str, re.Pattern[str] | range] = {}
    for name, rule in load("declarations")["fields"].items():
        if "whole" in rule:
            first, last = rule["whole"]
            found[name] = range(first, last + 1)
        else:
            found[name] = re.compile(rule.get("pattern") or "|".join(map(re.escape, rule["choices"])))
    return found


def check_schema(names: Sequence[str]) -> tuple[str, ...]:
    """Is this list of fields a schema? ``kind`` and ``uid`` belong to each. Raises FIELD_NOT_ALLOWED, naming the place only."""
    for place, name in enumerate(names, 1):
        if name not in allowed():
            raise _not_allowed(f"field {place} of the schema")
    if len(set(names)) < len(names) or not {"kind", "uid"} <= set(names) or len(names) > MOST_FIELDS:
        raise DeclarationError(
            "a schema names each of its fields once, kind and uid among them",
            code="SCHEMA_MISMATCH",
            advice=f"it may use {_list()}",
        )
    return tuple(names)


def check_record(record: Mapping[str, Any], schema: Sequence[str], where: str) -> tuple[Any, ...]:
    """The values of a record in the order of its schema. Raises FIELD_NOT_ALLOWED or SCHEMA_MISMATCH; no value is repeated."""
    known = set(schema)
    for place, name in enumerate(record, 1):
        if name not in allowed():
            raise _not_allowed(f"{where}, field {place}")
        if name not in known:
            raise DeclarationError(f"the field {name} is not in the schema", code="SCHEMA_MISMATCH", where=where)
    if missing := [name for name in schema if name not in record]:
        raise DeclarationError(f"the field {missing[0]} is missing", code="SCHEMA_MISMATCH", where=where)
    void = record["kind"] == VOID
    for name in schema:
        if not void:
            check_value(name, record[name], where)
        elif name != "kind" and record[name] != "":
            raise DeclarationError(f"the slot is void, and its field {name} is not empty", code="VOID_NOT_EMPTY", where=where)
    return tuple(record[name] for name in schema)


def check_value(name: str, value: Any, where: str) -> None:
    """May this stand in the field? Raises FIELD_NOT_ALLOWED, without the value."""
    rule = allowed().get(name)
    if rule is None:
        raise _not_allowed(where)
    fits = type(value) is int and value in rule if isinstance(rule, range) else type(value) is str and bool(rule.fullmatch(value))
    if not fits:
        form = f"a whole number from {rule[0]} to {rule[-1]}" if isinstance(rule, range) else f"of the form {rule.pattern}"
        what = f"what stands in the field {name} is not {form}"
        raise DeclarationError(what, code="FIELD_NOT_ALLOWED", where=where, advice="records hold codes and days, no words")


def schema_sha256(schema: Sequence[str]) -> str:
    """The digest of a schema, as the statement has it.

    >>> schema_sha256(["kind", "uid", "site", "status"])[:8]
    'da75ec48'
    """
    return sha256(canon.encode(list(schema))).hexdigest()


def _not_allowed(where: str) -> DeclarationError:
    # Not even the name: who writes a number into a value may have written it into a name.
    what = "this field is not on the allow-list, and nothing was hashed"
    return DeclarationError(what, code="FIELD_NOT_ALLOWED", where=where, advice=f"a record may have {_list()}")


def _list() -> str:
    return ", ".join(allowed())


# -- statements ----------------------------------------------------------------------------------------------------------------
def read_statement(value: Any) -> Statement:
    """The statement that this value is. Raises MALFORMED."""
    try:
        canon.check(value)
        return msgspec.convert(value, Statement)
    except (msgspec.ValidationError, ValueError):
        raise DeclarationError("this is not a statement of a declaration") from None


def canonical(statement: Statement) -> bytes:
    """The bytes of a statement, the same for everybody."""
    return canon.encode(msgspec.to_builtins(statement))


@dataclass(frozen=True, slots=True)
class Anchored:
    """A statement that stands on a record whose checkpoint meets the reader's policy: the only kind that is verified against."""

    statement: Statement
    kind: str
    by: VerifierKey
    at: str
    origin: str
    entry: int
    witnesses: tuple[str, ...]
    open_by: str | None = None


def anchor(proof: Proof, policy: Policy) -> Anchored:
    """Does the statement in this proof stand on a record that enough witnesses saw? Raises QUORUM_NOT_MET if not.

    A policy that asks for no witness is not enough: the declarant's own log could then show everybody another statement.
    """
    if policy.quorum == policies.NONE:
        raise DeclarationError(
            "the policy asks for no witness, and the host is never the only one",
            code="QUORUM_NOT_MET",
            advice="give a policy with a quorum",
        )
    proven = proofs.verify(proof, policy)
    if not proven.verdict.met:
        seen = ", ".join(proven.verdict.witnesses) or "no witness"
        what = f"the checkpoint over the statement was seen by {seen}: fewer than the policy asks for"
        raise DeclarationError(what, code="QUORUM_NOT_MET", advice="ask the witnesses to cosign")
    body = entry.shape(proven.entry) if proven.entry else None
    if proven.entry is None or not isinstance(body, DeclarationBody):
        raise DeclarationError(f"entry {proven.index} is not a declaration", advice="prove the entry that commits to it")
    found, verdict = proven.entry, proven.verdict
    seen_by, origin = tuple(verdict.witnesses), verdict.checkpoint.origin
    return Anchored(body.statement, body.kind, found.author, found.at, origin, proven.index, seen_by, body.open_by)


def declarations(log: Log) -> Iterator[tuple[int, Entry, DeclarationBody]]:
    """The declarations on a record, in order, each with the number of its entry."""
    for index, raw in enumerate(log.entries()):
        if _DECLARATION in raw:
            found = entry.parse_verified(raw)
            if found.type == "declaration" and isinstance(body := entry.shape(found), DeclarationBody):
                yield index, found, body


def find(log: Log, declaration_id: str) -> int:
    """The number of the entry that commits to a declaration. Raises an error if there is none, or more than one."""
    found = [index for index, _, body in declarations(log) if body.statement.declaration_id == declaration_id]
    if not found:
        raise DeclarationError(
            "the record has no such declaration", code="WRONG_DECLARATION", advice="record log lists its entries"
        )
    if len(found) > 1:
        raise DeclarationError(f"entries {found[0]} and {found[1]} have the same name", code="DUPLICATE_COMMITMENT")
    return found[0]
