"""Two states of one log side by side: the same, one the beginning of the other, or a fork – with evidence that stands alone."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from ploughshare.errors import RecordError
from ploughshare.recording import canon, checkpoint, merkle, note
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.log import Log
from ploughshare.recording.note import Note, VerifierKey

FORMAT = "ploughshare-fork"
LARGEST = 2 * note.LARGEST


@dataclass(frozen=True, slots=True)
class Side:
    """A signed state of a log, and the log itself where more than the checkpoint is at hand."""

    signed: Note
    log: Log | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Two notes by one log that cannot both be true.

    Of one size, their roots differ. Of two sizes, ``beginning`` is the root that the larger tree really has at the smaller
    size, ``path`` proves that against the larger note, and the smaller note says otherwise.
    """

    smaller: Note
    larger: Note
    beginning: bytes | None = None
    path: tuple[bytes, ...] = ()

    def __bytes__(self) -> bytes:
        content: dict[str, Any] = {
            "format": FORMAT,
            "larger": bytes(self.larger).decode(),
            "smaller": bytes(self.smaller).decode(),
            "v": 1,
        }
        if self.beginning is not None:
            content |= {"beginning": self.beginning.hex(), "path": [hash_.hex() for hash_ in self.path]}
        return canon.encode(content) + b"\n"

    def check(self, key: VerifierKey) -> tuple[Checkpoint, Checkpoint]:
        """Do the two notes really contradict each other, and did this log sign both? Raises RecordError if not."""
        one, two = (checkpoint.verify(signed, key) for signed in (self.smaller, self.larger))
        if self.beginning is None:
            if one.size != two.size or one.root == two.root:
                raise RecordError("the two checkpoints do not contradict each other")
        else:
            merkle.verify_consistency(one.size, two.size, self.path, self.beginning, two.root)
            if self.beginning == one.root:
                raise RecordError("the two checkpoints do not contradict each other")
        return one, two


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of it. ``open``: neither log is at hand to prove it, or it is too damaged to."""

    outcome: Literal["same", "a-first", "b-first", "fork", "open"]
    a: Checkpoint
    b: Checkpoint
    #: Consistency of the smaller with the larger, for ``a-first`` and ``b-first``.
    path: tuple[bytes, ...] = ()
    evidence: Evidence | None = None
    why: str = ""


def compare(a: Side, b: Side, key: VerifierKey) -> Comparison:
    """How do these two states of one log stand to each other? Raises RecordError if one is not signed by the log's key."""
    one, two = checkpoint.verify(a.signed, key), checkpoint.verify(b.signed, key)
    if one.size == two.size:
        if one.root == two.root:
            return Comparison("same", one, two)
        return Comparison("fork", one, two, evidence=Evidence(a.signed, b.signed))
    smaller, larger, log = (one, two, b.log) if one.size < two.size else (two, one, a.log)
    first = a if smaller is one else b
    last = b if smaller is one else a
    outcome: Literal["a-first", "b-first"] = "a-first" if smaller is one else "b-first"
    if smaller.size == 0:
        # Every log begins empty: there is nothing that could contradict, if the empty root is the empty root.
        return Comparison(outcome if smaller.root == merkle.EMPTY else "open", one, two, why="an empty log has another root")
    if log is None:
        return Comparison("open", one, two, why="the larger log itself is needed to tell, not its checkpoint alone")
    try:
        beginning, path = log.root(smaller.size), tuple(log.consistency(smaller.size, larger.size))
        merkle.verify_consistency(smaller.size, larger.size, path, beginning, larger.root)
    except RecordError as error:
        return Comparison("open", one, two, why=f"the larger log is damaged: its tree is not the one it signed ({error.what})")
    if beginning == smaller.root:
        return Comparison(outcome, one, two, path)
    return Comparison("fork", one, two, evidence=Evidence(first.signed, last.signed, beginning, path))


def parse(data: bytes) -> Evidence:
    """The evidence in a file; ``Evidence.check`` says whether it proves anything."""
    if len(data) > LARGEST:
        raise RecordError("this is too long to be evidence of a fork")
    content = canon.decode(data.removesuffix(b"\n"))
    if not isinstance(content, dict) or content.get("format") != FORMAT or content.get("v") != 1:
        raise RecordError("this is not evidence of a fork")
    try:
        smaller, larger = (note.parse(content[side].encode()) for side in ("smaller", "larger"))
        beginning = bytes.fromhex(content["beginning"]) if "beginning" in content else None
        found = Evidence(smaller, larger, beginning, tuple(bytes.fromhex(hash_) for hash_ in content.get("path", [])))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise RecordError("this is not whole evidence of a fork") from None
    if bytes(found) != data:
        raise RecordError("this is not evidence of a fork in its one right spelling")
    return found


def keep(evidence: Evidence, folder: Path) -> Path:
    """Write the evidence to a file of its own in a folder; the same evidence is the same file."""
    data = bytes(evidence)
    path = folder / f"fork-{sha256(data).hexdigest()[:16]}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise RecordError(f"the evidence cannot be written ({error.strerror})", where=str(path)) from None
    return path
