"""Challenges: somebody asks for a slot to be opened before a time, and the record tells whether it was.

A challenge is answered by an opening of its declarant that names it, verifies, and shows the identifier or the place that was
asked for. One that is late, or never came, is DISCLOSURE_OVERDUE: inconclusive, and no proof of anything else. An opening that
its declarant signed and that contradicts the declaration is NOT_IN_COMMITMENT: proven by the declarant's own two signatures.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ploughshare.errors import DeclarationError, RecordError
from ploughshare.recording import entry
from ploughshare.recording.entry import Entry
from ploughshare.recording.findings import ANOMALY, CONSISTENT, INCONCLUSIVE, PROVEN
from ploughshare.recording.log import Log
from ploughshare.recording.note import VerifierKey
from ploughshare.verifying.declaration import Anchored
from ploughshare.verifying.disclosure import VerifiedFields, read, verify_disclosure
from ploughshare.verifying.entries import ChallengeBody, DeclarationBody, OpeningBody

#: What a refused disclosure weighs if its own declarant signed it.
SIGNED = frozenset(("NOT_IN_COMMITMENT", "BAD_SALT_LENGTH", "SCHEMA_MISMATCH", "FIELD_NOT_ALLOWED"))
#: What refusals weigh that are not plain refusals of the input; the codes of the command line.
WEIGHT = {
    "NOT_IN_COMMITMENT": ANOMALY,
    "WRONG_DECLARATION": ANOMALY,
    "BAD_SALT_LENGTH": ANOMALY,
    "SCHEMA_MISMATCH": ANOMALY,
    "DUPLICATE_UID": ANOMALY,
    "VOID_NOT_EMPTY": ANOMALY,
    "DUPLICATE_COMMITMENT": ANOMALY,
    "DISCLOSURE_OVERDUE": INCONCLUSIVE,
    "INCOMPLETE_OPENING": INCONCLUSIVE,
    "QUORUM_NOT_MET": INCONCLUSIVE,
}

#: In the canonical spelling the type stands last but one.
_OURS = re.compile(rb'"type":"(?:declaration|challenge|opening)","v":1}\Z')

State = Literal["open", "answered", "answered late", "overdue"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A code, the entry it is about, and a sentence; never a value of a field."""

    code: str
    entry: int
    what: str
    weight: int


@dataclass(slots=True)
class Challenged:
    """A challenge and what became of it."""

    entry: int
    body: ChallengeBody
    state: State = "open"
    #: The entry of the opening that answered it.
    answer: int | None = None


@dataclass(slots=True)
class Standing:
    """What the record tells of declarations: those that stand on it, challenges, what was opened, and what was found."""

    declarations: dict[str, int] = field(default_factory=dict)
    challenges: list[Challenged] = field(default_factory=list)
    opened: dict[str, set[int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """The gravest of what was found."""
        weights = {finding.weight for finding in self.findings}
        return next((weight for weight in (PROVEN, ANOMALY, INCONCLUSIVE) if weight in weights), CONSISTENT)


def verify_opening(anchored: Anchored, signed: Entry) -> VerifiedFields:
    """Does this signed opening agree with the declaration? Raises an error whose code ``weight_of`` weighs."""
    body = entry.shape(signed)
    if not isinstance(body, OpeningBody):
        raise DeclarationError("the entry is not an opening")
    if body.root != anchored.statement.root:
        raise DeclarationError("it opens a slot under another root", code="WRONG_DECLARATION")
    return verify_disclosure(anchored, read(body.disclosure))


def weight_of(error: DeclarationError, declarant: VerifierKey | None, signer: VerifierKey | None) -> int:
    """What a refusal weighs: 3 if the declarant signed the disclosure that contradicts the declaration, else as its code says."""
    if signer is not None and signer == declarant and error.code in SIGNED:
        return PROVEN
    return WEIGHT.get(error.code, 1)


def standing(log: Log, now: str) -> Standing:
    """What became of every declaration and challenge on a record, at a moment (``2026-11-21T00:20:00Z``)?

    Times are those that entries bear. The log is read once; each opening is verified against its declaration.
    """
    found = Standing()
    anchored: dict[str, Anchored] = {}
    periods: dict[tuple[str, ...], int] = {}
    for index, raw in enumerate(log.entries()):
        if not _OURS.search(raw):
            continue
        try:
            one = entry.parse_verified(raw)
            body = entry.shape(one)
        except RecordError:
            what = "it is not what its type says, or its signature does not hold"
            found.findings.append(Finding("ENTRY_MALFORMED", index, what, ANOMALY))
            continue
        if isinstance(body, DeclarationBody):
            _declared(found, anchored, periods, index, one, body)
        elif isinstance(body, ChallengeBody):
            found.challenges.append(Challenged(index, body))
        elif isinstance(body, OpeningBody):
            _opened(found, anchored, index, one, body)
    _overdue(found, anchored, now)
    return found


def _declared(
    found: Standing,
    anchored: dict[str, Anchored],
    periods: dict[tuple[str, ...], int],
    index: int,
    one: Entry,
    body: DeclarationBody,
) -> None:
    statement = body.statement
    keys: list[tuple[str, ...]] = [(statement.declaration_id,)]
    if body.kind != "evidence":
        keys.append((statement.declarant, body.period, body.kind))
    earlier = sorted({periods[key] for key in keys if key in periods})
    for first in earlier:
        what = f"entry {first} commits to a declaration of the same name, or of the same declarant, period and kind"
        found.findings.append(Finding("DUPLICATE_COMMITMENT", index, what, ANOMALY))
    for key in keys:
        periods.setdefault(key, index)
    if statement.declaration_id not in anchored:
        anchored[statement.declaration_id] = Anchored(statement, body.kind, one.author, one.at, "", index, (), body.open_by)
        found.declarations[statement.declaration_id] = index


def _opened(found: Standing, anchored: Mapping[str, Anchored], index: int, one: Entry, body: OpeningBody) -> None:
    name = body.disclosure.get("declaration_id")
    declared = anchored.get(name) if isinstance(name, str) else None
    if declared is None:
        found.findings.append(Finding("WRONG_DECLARATION", index, "it opens a declaration that does not come before it", ANOMALY))
        return
    try:
        verified = verify_opening(declared, one)
    except DeclarationError as error:
        weight = weight_of(error, declared.by, one.author)
        found.findings.append(Finding(error.code, index, error.what, max(weight, ANOMALY)))
        return
    found.opened.setdefault(verified.declaration_id, set()).add(verified.slot)
    for asked in found.challenges:
        if asked.entry == body.challenge and one.by == str(declared.by) and asked.answer is None and _answers(asked.body, verified):
            asked.answer = index
            asked.state = "answered" if one.at <= asked.body.deadline else "answered late"


def _answers(asked: ChallengeBody, verified: VerifiedFields) -> bool:
    wanted: dict[str, Any] = {name: value for name, value in (("uid", asked.uid), ("site", asked.site)) if value is not None}
    same = verified.declaration_id == asked.declaration_id
    return same and bool(wanted) and all(verified.values.get(name) == value for name, value in wanted.items())


def _overdue(found: Standing, anchored: Mapping[str, Anchored], now: str) -> None:
    for asked in found.challenges:
        if asked.state == "open" and now > asked.body.deadline:
            asked.state = "overdue"
        if asked.state in ("overdue", "answered late"):
            what = f"what was asked for by {asked.body.deadline} " + ("came late" if asked.answer else "has not been opened")
            found.findings.append(Finding("DISCLOSURE_OVERDUE", asked.entry, what, INCONCLUSIVE))
    for name, declared in anchored.items():
        slots, promised = found.opened.get(name, set()), declared.open_by
        if promised and now > promised and len(slots) < declared.statement.n_slots:
            what = f"{len(slots)} of {declared.statement.n_slots} slots were opened on the record; all were promised by {promised}"
            found.findings.append(Finding("DISCLOSURE_OVERDUE", declared.entry, what, INCONCLUSIVE))
