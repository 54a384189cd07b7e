"""What an audit comes to: findings with their codes, what they weigh together, and the figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.compare import Evidence
from ploughshare.recording.note import VerifierKey

CONSISTENT, REFUSED, ANOMALY, PROVEN, INCONCLUSIVE = range(5)
WORDS = {
    CONSISTENT: "consistent",
    REFUSED: "input refused",
    ANOMALY: "anomaly",
    PROVEN: "misbehaviour proven by signed evidence",
    INCONCLUSIVE: "inconclusive",
}
#: Findings that are not anomalies; all others are.
WEIGHT = {
    "EQUIVOCATION": PROVEN,
    "HISTORY_REWRITTEN": PROVEN,
    "QUORUM_NOT_MET": INCONCLUSIVE,
    "POLICY_MISSING": INCONCLUSIVE,
    "NO_CHECKPOINT": INCONCLUSIVE,
}
#: Of one code so many findings are told; the rest is counted.
MOST_TOLD = 100

#: Called now and then with the stage of the work and how many entries are done.
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: a code for programs, the entry it is about, a sentence for people."""

    code: str
    index: int | None
    what: str


@dataclass(slots=True)
class Audit:
    """What an audit found. Entries past the checkpoint are checked too, but nobody has signed their place yet."""

    folder: Path
    origin: str = ""
    size: int = 0
    #: The state that the newest checkpoint signs; ``None`` if there is none or it does not hold.
    checkpoint: Checkpoint | None = None
    key: VerifierKey | None = None
    #: Was the log's key given by the reader, or taken from the log itself?
    key_given: bool = False
    witnesses: Mapping[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    authors: int = 0
    findings: list[Finding] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    evidence: list[Evidence] = field(default_factory=list)
    #: Seconds for tree and chain, and for signatures.
    seconds: dict[str, float] = field(default_factory=dict)
    workers: int = 1

    def found(self, code: str, index: int | None, what: str) -> None:
        """Take a finding in."""
        self.counts[code] = self.counts.get(code, 0) + 1
        if self.counts[code] <= MOST_TOLD:
            self.findings.append(Finding(code, index, what))

    @property
    def exit_code(self) -> int:
        """0 consistent, 2 anomaly, 3 misbehaviour proven by signed evidence, 4 inconclusive. The gravest of the findings."""
        weights = {WEIGHT.get(code, ANOMALY) for code in self.counts}
        return next((weight for weight in (PROVEN, ANOMALY, INCONCLUSIVE) if weight in weights), CONSISTENT)
