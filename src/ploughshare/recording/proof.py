"""Proof files: one entry, the way from it to the root, and the checkpoint that is signed (C2SP tlog-proof@v1).

Whoever holds the file and the keys needs nothing else: no network, no log, no library.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, entry, merkle, note
from ploughshare.recording.entry import Entry
from ploughshare.recording.log import Log
from ploughshare.recording.note import Note
from ploughshare.recording.policy import Policy, Verdict

FIRST = "c2sp.org/tlog-proof@v1"
ENDING = ".tlog-proof"
LARGEST = note.LARGEST
#: A tree of 2**63 entries has no longer way to its root.
MOST_HASHES = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof that was read and not yet verified. ``extra`` is what came along: nobody vouches for it."""

    index: int
    path: tuple[bytes, ...]
    signed: Note
    extra: bytes | None = None

    def __bytes__(self) -> bytes:
        lines = [FIRST]
        if self.extra is not None:
            lines.append(f"extra {base64.b64encode(self.extra).decode()}")
        lines.append(f"index {self.index}")
        lines += [base64.b64encode(hash_).decode() for hash_ in self.path]
        return "\n".join(lines).encode() + b"\n\n" + bytes(self.signed)


@dataclass(frozen=True, slots=True)
class Proven:
    """What a proof proved: this entry, by this author, at this index of this log; and whether the witnesses suffice."""

    index: int
    raw: bytes
    verdict: Verdict
    #: ``None`` for an entry of another making than ours: its bytes are proven, their meaning is not told here.
    entry: Entry | None


def prove(log: Log, index: int) -> Proof:
    """The proof of an entry under the log's newest checkpoint. The entry's own bytes travel in ``extra``."""
    signed = log.latest()
    if signed is None:
        raise RecordError("there is no checkpoint yet", where=str(log.folder), advice="record checkpoint makes one")
    state = checkpoint.parse(signed.text)
    if index >= state.size and index < log.size:
        raise RecordError(
            f"entry {index} came after the last checkpoint", where=str(log.folder), advice="record checkpoint makes one"
        )
    path = log.inclusion(index, state.size)
    raw = log.entry(index)
    merkle.verify_inclusion(merkle.leaf_hash(raw), index, state.size, path, state.root)
    return Proof(index, tuple(path), signed, raw)


def parse(data: bytes) -> Proof:
    """What proof is in this file? Raises RecordError if it is malformed."""
    if len(data) > LARGEST:
        raise RecordError(f"a proof is no longer than {LARGEST} bytes")
    head, blank, rest = data.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        first, lines = "", []
    if first != FIRST or not blank:
        raise RecordError("this is not a proof file", advice=f"a proof begins with the line {FIRST}")
    extra = note.unbase64(lines.pop(0)[6:], "the line extra") if lines and lines[0].startswith("extra ") else None
    index = lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
    if not index.isdigit() or (index[0] == "0" and index != "0") or len(index) > 19:
        raise RecordError("the proof does not say which entry it is about")
    if len(lines) > MOST_HASHES:
        raise RecordError(f"a proof has at most {MOST_HASHES} hashes")
    path = tuple(note.unbase64(line, "a hash of the proof") for line in lines)
    return Proof(int(index), path, note.parse(rest), extra)


def verify(proof: Proof, policy: Policy, raw: bytes | None = None) -> Proven:
    """Is this entry on the log, and did its author sign it? Raises RecordError if not.

    ``raw`` are the entry's bytes; without them, those that came along in ``extra`` are taken, which the proof itself then
    vouches for or does not. Whether the witnesses suffice is told, not demanded: ``verdict.met``.
    """
    raw = proof.extra if raw is None else raw
    if raw is None:
        raise RecordError("the proof does not carry its entry", advice="give the entry's file beside it")
    verdict = policy.judge(proof.signed)
    state = verdict.checkpoint
    merkle.verify_inclusion(merkle.leaf_hash(raw), proof.index, state.size, proof.path, state.root)
    try:
        found = entry.parse(raw)
    except RecordError:
        return Proven(proof.index, raw, verdict, None)
    found.check_signature()
    return Proven(proof.index, raw, verdict, found)
