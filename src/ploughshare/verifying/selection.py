"""Joint random selection: two sides that do not trust each other draw a sample that neither could choose, and anybody replays it.

In this order on the record: the root of the inventory, a commitment of each side to its seed, both seeds, the selection.

::

    commitment  SHA-256("ploughshare/seed-commit/v1\\n" || seed[32])
    S           SHA-256("ploughshare/seed/v1\\n" || host seed || inspector seed || inventory root)
    block j     SHA-256("ploughshare/select/v1\\n" || S || u64 j), read as four u64 (big-endian)
    below(m)    the next u64 below 2^64 - (2^64 mod m), modulo m
    selection   the first n of a Fisher-Yates shuffle of 0 … N-1, sorted
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from struct import pack, unpack
from typing import Literal

from ploughshare.errors import RecordError, SamplingError
from ploughshare.recording import entry
from ploughshare.recording.findings import ANOMALY, CONSISTENT, INCONCLUSIVE, PROVEN
from ploughshare.recording.log import Log
from ploughshare.verifying.entries import FallbackBody, RevealBody, SeedBody

SEED = 32
#: More than anybody can inspect.
MOST = 10_000_000
Side = Literal["host", "inspector"]
#: In the canonical spelling the type stands last but one.
_OURS = re.compile(rb'"type":"draw-(?:seed|reveal|fallback)","v":1}\Z')
SIDES: tuple[Side, Side] = ("host", "inspector")


def commit_seed(seed: bytes) -> bytes:
    """What one side puts on the record before the other has shown anything.

    >>> commit_seed(bytes([17]) * 32).hex()[:8]
    '9b765693'
    """
    if len(seed) != SEED:
        raise SamplingError(f"a seed has {SEED} bytes", advice="sample draw seed makes one")
    return sha256(b"ploughshare/seed-commit/v1\n" + seed).digest()


def joint_seed(host: bytes, inspector: bytes, inventory_root: bytes) -> bytes:
    """The seed that neither side could choose, tied to the inventory."""
    if not len(host) == len(inspector) == len(inventory_root) == SEED:
        raise SamplingError(f"both seeds and the root of the inventory have {SEED} bytes")
    return sha256(b"ploughshare/seed/v1\n" + host + inspector + inventory_root).digest()


def select(seed: bytes, population: int, sample: int) -> list[int]:
    """Which of the items 0 to N-1 were drawn? The same for everybody who has the joint seed; every set is equally likely.

    >>> select(joint_seed(bytes([17]) * 32, bytes([34]) * 32, bytes(32)), 8, 3)
    [3, 6, 7]
    """
    if not 1 <= population < 2**63 or not 0 <= sample <= min(population, MOST):
        raise SamplingError(f"{sample} of {population} cannot be drawn")
    stream = _numbers(seed)
    # Only places that a swap has touched are kept: a few of a million.
    moved: dict[int, int] = {}
    drawn = []
    for place in range(sample):
        left = population - place
        limit = 2**64 - 2**64 % left
        number = next(stream)
        while number >= limit:
            number = next(stream)
        other = place + number % left
        drawn.append(moved.get(other, other))
        moved[other] = moved.get(place, place)
    return sorted(drawn)


def _numbers(seed: bytes) -> Iterator[int]:
    block = 0
    while True:
        yield from unpack(">4Q", sha256(b"ploughshare/select/v1\n" + seed + pack(">Q", block)).digest())
        block += 1


# -- on the record -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Finding:
    """What went wrong with a draw: a code, the entry it is about, a sentence, its weight."""

    code: str
    entry: int
    what: str
    weight: int


@dataclass(slots=True)
class Draw:
    """A joint draw as the record tells it. ``selected`` is there only if both sides kept to it."""

    name: str
    commitments: dict[str, tuple[int, SeedBody]] = field(default_factory=dict)
    seeds: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    fallback: tuple[int, FallbackBody] | None = None
    findings: list[Finding] = field(default_factory=list)
    selected: list[int] | None = None
    #: By whom each side is signed.
    signers: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> str:
        """Where it stands: drawn, void, or what is awaited."""
        if self.selected is not None:
            return "drawn"
        if self.findings:
            return "void"
        return "seeds awaited" if len(self.commitments) == len(SIDES) else "commitments awaited"

    @property
    def exit_code(self) -> int:
        """The gravest of what was found; a draw that is not finished is inconclusive."""
        weights = {finding.weight for finding in self.findings}
        unfinished = CONSISTENT if self.selected is not None else INCONCLUSIVE
        return next((weight for weight in (PROVEN, ANOMALY, INCONCLUSIVE) if weight in weights), unfinished)


def replay(log: Log, name: str, now: str) -> Draw:
    """What came of a draw, at a moment? Replayed from the record alone, by the rules that its commitments state.

    SEED_MISMATCH: a side's signed seed contradicts its signed commitment, or it signed two that differ. SEED_WITHHELD: a seed
    did not come in time, after both commitments stood; whoever has seen the other's seed can still walk away, and that shows.
    ORDER_BROKEN: a seed was shown before both commitments stood, so the other side could choose. Raises SamplingError if the
    record knows no such draw.
    """
    draw = Draw(name)
    used: dict[str, int] = {}
    for index, raw in enumerate(log.entries()):
        if not _OURS.search(raw):
            continue
        try:
            one = entry.parse_verified(raw)
            body = entry.shape(one)
        except RecordError:
            continue  # what is malformed or forged binds nobody; an audit of the record names it
        if isinstance(body, SeedBody):
            if body.draw == name:
                _committed(draw, index, one, body, used)
            used.setdefault(body.commitment, index)
        elif isinstance(body, RevealBody) and body.draw == name:
            _revealed(draw, index, one, body)
        elif isinstance(body, FallbackBody) and body.draw == name:
            draw.fallback = draw.fallback or (index, body)
    if not draw.commitments:
        raise SamplingError("the record knows no such draw", where=name[:100], advice="sample draw commit begins one")
    _settle(draw, now)
    return draw


def _committed(draw: Draw, index: int, one: entry.Entry, body: SeedBody, used: dict[str, int]) -> None:
    if body.side in draw.commitments:
        first, before = draw.commitments[body.side]
        if before != body and draw.signers[body.side] == one.by:
            draw.findings.append(
                Finding("SEED_MISMATCH", index, f"the {body.side} signed another commitment in entry {first}", PROVEN)
            )
        return
    if body.commitment in used:
        what = f"the {body.side} repeats the commitment of entry {used[body.commitment]}: its seed is not its own, or is known"
        draw.findings.append(Finding("SEED_REPEATED", index, what, ANOMALY))
    if one.by in draw.signers.values():
        draw.findings.append(Finding("ONE_SIGNER", index, "both sides are signed by one key", ANOMALY))
    draw.commitments[body.side] = (index, body)
    draw.signers[body.side] = one.by
    if len(draw.commitments) == len(SIDES):
        host, inspector = (draw.commitments[side][1] for side in SIDES)
        terms = ("inventory_root", "population", "sample", "reveal_by", "fallback")
        if different := [term for term in terms if getattr(host, term) != getattr(inspector, term)]:
            what = f"the two sides committed to different terms: {', '.join(different)}"
            draw.findings.append(Finding("TERMS_DIFFER", index, what, ANOMALY))


def _revealed(draw: Draw, index: int, one: entry.Entry, body: RevealBody) -> None:
    if draw.signers.get(body.side) != one.by:
        if body.side in draw.signers:
            return  # not by the side that committed: it binds nobody
        draw.findings.append(Finding("ORDER_BROKEN", index, f"the {body.side} shows a seed it has not committed to", ANOMALY))
        return
    seed = bytes.fromhex(body.seed)
    committed, terms = draw.commitments[body.side]
    if commit_seed(seed).hex() != terms.commitment:
        what = f"the seed that the {body.side} signed is not the one it committed to in entry {committed}"
        draw.findings.append(Finding("SEED_MISMATCH", index, what, PROVEN))
    elif len(draw.commitments) < len(SIDES):
        what = f"the {body.side} shows its seed before both sides have committed"
        draw.findings.append(Finding("ORDER_BROKEN", index, what, ANOMALY))
    elif one.at > terms.reveal_by:
        what = f"the seed of the {body.side} came after {terms.reveal_by}"
        draw.findings.append(Finding("SEED_WITHHELD", index, what, ANOMALY))
    else:
        draw.seeds.setdefault(body.side, (index, seed))


def _settle(draw: Draw, now: str) -> None:
    if len(draw.commitments) == len(SIDES):
        for side in SIDES:
            committed, terms = draw.commitments[side]
            told = any(finding.code in ("SEED_MISMATCH", "SEED_WITHHELD") for finding in draw.findings)
            if side not in draw.seeds and now > terms.reveal_by and not told:
                what = f"the seed of the {side} was not shown by {terms.reveal_by}"
                draw.findings.append(Finding("SEED_WITHHELD", committed, what, ANOMALY))
    if not draw.findings and len(draw.seeds) == len(SIDES):
        terms = draw.commitments["host"][1]
        seed = joint_seed(draw.seeds["host"][1], draw.seeds["inspector"][1], bytes.fromhex(terms.inventory_root))
        draw.selected = select(seed, terms.population, terms.sample)
    _check_fallback(draw)


def _check_fallback(draw: Draw) -> None:
    """What was agreed for a failure must be what is applied, and only after one."""
    if draw.fallback is None:
        return
    index, body = draw.fallback
    terms = next(iter(draw.commitments.values()))[1]
    codes = {finding.code for finding in draw.findings}
    wrong = body.code not in codes or body.applied != terms.fallback
    chosen = set(body.selected)
    if body.applied == "inspector-chooses":
        wrong |= len(chosen) != len(body.selected) or len(chosen) != terms.sample or max(chosen, default=0) >= terms.population
    if wrong:
        draw.findings.append(
            Finding("FALLBACK_NOT_AGREED", index, "what was applied is not what was agreed for this case", ANOMALY)
        )
