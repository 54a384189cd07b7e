"""The audit of a whole log, our own or anybody's: everything that can be checked from the folder alone, and what it comes to."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import islice
from pathlib import Path

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint as checkpoints
from ploughshare.recording import entry, merkle, tiles
from ploughshare.recording import policy as policies
from ploughshare.recording.chain import Chain
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.compare import Evidence, Side, compare
from ploughshare.recording.log import POLICY, SCHEMA, Log
from ploughshare.recording.mirror import open_log
from ploughshare.recording.note import Note, VerifierKey
from ploughshare.recording.policy import Policy
from ploughshare.recording.store import Record

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
#: Entries that a worker checks at a time, and from how many on workers are worth their start.
CHUNK, MANY = 1000, 4000

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


def audit(
    folder: Path,
    *,
    static: bool = False,
    policy: Policy | None = None,
    key: VerifierKey | None = None,
    pinned: Note | None = None,
    workers: int | None = None,
    progress: Progress = lambda _stage, _count: None,
) -> Audit:
    """Does everything in this log fit together, and did those sign it who say so?

    ``policy`` or ``key`` is what the reader trusts; without both, the log's own header is believed about its key. ``pinned``
    is an earlier checkpoint that the log must still lead to. ``static`` audits the static files of a record instead of its
    database. Raises RecordError if there is no log to audit.
    """
    with open_log(folder, static=static, examine=False) as log:
        result = Audit(folder, workers=workers or os.cpu_count() or 1)
        started = time.perf_counter()
        try:
            result.size = log.size
            header, body = log.header()
        except RecordError as error:
            result.found("HEADER_BAD", 0, error.what)
            return result
        result.origin = body.origin
        result.key = key or (policy.logs[0] if policy and policy.logs else header.author)
        result.key_given = key is not None or bool(policy and policy.logs)
        if header.author not in ((policy.logs if policy else ()) or (result.key,)):
            result.found("HEADER_BAD", 0, f"the log's key in its header, {header.author}, is not the one that was given")
        trusted = policy or _own_policy(result, log, body)
        _check_file(result, folder / SCHEMA, body.schema_sha256)
        tree = _Tree(result, log)
        malformed = tree.run(_checkpoints(result, log, trusted, pinned), progress)
        result.seconds["tree and chain"] = time.perf_counter() - started
        _signatures(result, log, malformed, progress)
    return result


# -- what is signed -----------------------------------------------------------------------------------------------------------
def _own_policy(result: Audit, log: Log, header: entry.Header) -> Policy:
    """The policy that the header names by its digest, from the file beside the log."""
    logs = (result.key,) if result.key else ()
    default = f"log {header.log}\nquorum none\n".encode()
    path = log.folder / POLICY
    data = path.read_bytes() if path.exists() else default
    if sha256(data).hexdigest() == header.policy_sha256:
        with suppress(RecordError):
            # Whose witnesses they are, the log says; which key is the log's, the reader does.
            return replace(policies.parse(data), logs=logs)
    if path.exists():
        result.found("FILE_CHANGED", None, f"{POLICY} is not the file whose digest stands in the header")
    else:
        result.found("POLICY_MISSING", None, "the policy that the header names is not here; it can be given")
    return policies.trusting(*logs)


def _check_file(result: Audit, path: Path, digest: str) -> None:
    if path.exists() and sha256(path.read_bytes()).hexdigest() != digest:
        result.found("FILE_CHANGED", None, f"{path.name} is not the file whose digest stands in the header")


def _checkpoints(result: Audit, log: Log, policy: Policy, pinned: Note | None) -> list[tuple[Checkpoint, Note]]:
    """The states that the tree must have had, the newest first. Only what the log signed is among them."""
    key = result.key
    signed = _latest(result, log)
    if key is None or signed is None:
        return []
    try:
        verdict = policy.judge(signed)
    except RecordError as error:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint does not hold: {error.what}")
        return []
    result.checkpoint, result.witnesses = verdict.checkpoint, verdict.witnesses
    if verdict.checkpoint.origin != result.origin:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint is of {verdict.checkpoint.origin}, the header of {result.origin}")
    if not verdict.met:
        names = ", ".join(verdict.witnesses) or "nobody"
        result.found("QUORUM_NOT_MET", None, f"the policy asks for more witnesses: cosigned by {names}")
    if verdict.checkpoint.size > result.size:
        what = f"{verdict.checkpoint.size} entries were signed, and {result.size} are here"
        result.found("ENTRIES_LOST", None, what)
    states = [(verdict.checkpoint, signed)]
    earlier = [note for _, note in log.checkpoints()] if isinstance(log, Record) else []
    for older in [*earlier, *([pinned] if pinned else [])]:
        try:
            states.append((checkpoints.verify(older, verdict.log), older))
        except RecordError as error:
            result.found("CHECKPOINT_BAD", None, f"an earlier checkpoint does not hold: {error.what}")
    return states


def _latest(result: Audit, log: Log) -> Note | None:
    try:
        signed = log.latest()
    except RecordError as error:
        result.found("CHECKPOINT_BAD", None, f"the checkpoint cannot be read: {error.what}")
        return None
    if signed is None:
        result.found("NO_CHECKPOINT", None, "no checkpoint was ever signed: nothing vouches for the tree")
    return signed


# -- tree and chain -----------------------------------------------------------------------------------------------------------
class _Tree:
    """One pass over the entries: the tree is built anew and held against what is stored and signed, the chain is followed."""

    def __init__(self, result: Audit, log: Log) -> None:
        self.result, self.log = result, log
        #: The hashes of the tile that is growing, for each level.
        self.rows: list[list[bytes]] = [[]]
        self.counts = [0]

    def run(self, states: list[tuple[Checkpoint, Note]], progress: Progress) -> set[int]:
        """Check everything but the entries' signatures; gives the indexes of entries that are no entries."""
        result = self.result
        wanted: dict[int, list[tuple[Checkpoint, Note]]] = {}
        for state in states:
            wanted.setdefault(state[0].size, []).append(state)
        wrong = self._wrong(wanted.get(0, []))
        chain = Chain(lambda _key: False, lambda index: entry.parse(self.log.entry(index)))
        malformed: set[int] = set()
        index = 0
        try:
            if isinstance(self.log, Record):
                for line in self.log.damage():
                    result.found("DAMAGED", None, line)
            for index, raw in enumerate(self.log.entries()):
                self._step(chain, index, raw, malformed)
                self._push(0, merkle.leaf_hash(raw))
                if index + 1 in wanted:
                    wrong += self._wrong(wanted[index + 1])
                if not index % CHUNK:
                    progress("tree and chain", index)
        except RecordError as error:
            result.found("DAMAGED", index, error.what)
        else:
            for level, row in enumerate(self.rows):
                self._same(level, self.counts[level] - len(row), row)
        self._weigh(states, wrong)
        result.unknown, result.authors = chain.unknown, len(chain.authors)
        return malformed

    def _step(self, chain: Chain, index: int, raw: bytes, malformed: set[int]) -> None:
        try:
            found = entry.parse(raw)
        except RecordError as error:
            self.result.found("ENTRY_MALFORMED", index, error.what)
            malformed.add(index)
            chain.skip()
            return
        self.result.types[found.type] = self.result.types.get(found.type, 0) + 1
        for problem in chain.step(found):
            self.result.found(problem.code, index, problem.what)

    def _push(self, level: int, hash_: bytes) -> None:
        if level == len(self.rows):
            self.rows.append([])
            self.counts.append(0)
        row = self.rows[level]
        row.append(hash_)
        self.counts[level] += 1
        if len(row) == tiles.WIDTH:
            self._same(level, self.counts[level] - tiles.WIDTH, row)
            self._push(level + 1, merkle.subtree(row))
            row.clear()

    def _same(self, level: int, first: int, row: list[bytes]) -> None:
        """Hold a tile, whole or growing, against the stored one."""
        if not row:
            return
        number = first // tiles.WIDTH
        try:
            stored = self.log.tile(level, number)
        except RecordError as error:
            self.result.found("TILE_MISMATCH", first << tiles.HEIGHT * level, error.what)
            return
        if stored == b"".join(row):
            return
        hashes = tiles.split(stored)
        place = next((n for n, hash_ in enumerate(row) if n >= len(hashes) or hashes[n] != hash_), len(row))
        index = first + place << tiles.HEIGHT * level
        name = tiles.path(level, number, len(row))
        what = f"the tile {name} does not hold the hash of what is here, from entry {index} on"
        self.result.found("TILE_MISMATCH", index, what)

    def _root(self) -> bytes:
        """The root of the entries so far: whole subtrees of the growing tiles, folded from the right."""
        whole: list[bytes] = []
        for row in reversed(self.rows):
            at = 0
            for bit in reversed(range(tiles.HEIGHT)):
                if len(row) >> bit & 1:
                    whole.append(merkle.subtree(row[at : at + (1 << bit)]))
                    at += 1 << bit
        if not whole:
            return merkle.EMPTY
        found = whole.pop()
        while whole:
            found = merkle.node_hash(whole.pop(), found)
        return found

    def _wrong(self, states: list[tuple[Checkpoint, Note]]) -> list[tuple[Checkpoint, Note]]:
        return [(state, signed) for state, signed in states if state.root != self._root()]

    def _weigh(self, states: list[tuple[Checkpoint, Note]], wrong: list[tuple[Checkpoint, Note]]) -> None:
        """What does it mean that a signed root is not that of the tree?

        If the tree is the one signed last, that the log signed two histories; else only that this copy of it is damaged.
        """
        result, key = self.result, self.result.key
        if not states or key is None:
            return
        newest, signed = states[0]
        sound = states[0] not in wrong and newest.size <= result.size
        if states[0] in wrong:
            result.found("TREE_MISMATCH", None, f"the tree of the first {newest.size} entries is not the one that was signed")
        for state, older in states[1:]:
            if state.size > newest.size:
                what = f"a checkpoint over {state.size} entries was seen before, and the newest here is over {newest.size}"
                result.found("ROLLBACK", None, what)
            elif (state, older) in wrong or (state.size == newest.size and state.root != newest.root):
                found = compare(Side(older), Side(signed, self.log), key) if sound else None
                if found is None or found.evidence is None:
                    result.found(
                        "TREE_MISMATCH", None, f"the tree of the first {state.size} entries is not the one that was signed"
                    )
                    continue
                result.evidence.append(found.evidence)
                code = "EQUIVOCATION" if state.size == newest.size else "HISTORY_REWRITTEN"
                result.found(code, None, f"the log signed two histories, at sizes {state.size} and {newest.size}")


# -- signatures ---------------------------------------------------------------------------------------------------------------
def _signatures(result: Audit, log: Log, malformed: set[int], progress: Progress) -> None:
    """Check the signature of every entry, on all cores if there are many."""
    started = time.perf_counter()
    many = result.size >= MANY and result.workers > 1
    if not many:
        result.workers = 1
    try:
        for bad in _pooled(log, malformed, result.workers, progress) if many else map(_check, _chunks(log, malformed)):
            for index, what in bad:
                result.found("SIGNATURE_BAD", index, what)
    except RecordError as error:
        if not result.counts.get("DAMAGED"):
            result.found("DAMAGED", None, error.what)
    result.seconds["signatures"] = time.perf_counter() - started


Chunk = list[tuple[int, bytes]]


def _chunks(log: Log, malformed: set[int]) -> Iterator[Chunk]:
    entries = ((index, raw) for index, raw in enumerate(log.entries()) if index not in malformed)
    while chunk := list(islice(entries, CHUNK)):
        yield chunk


def _check(chunk: Chunk) -> list[tuple[int, str]]:
    bad = []
    for index, raw in chunk:
        try:
            entry.check_signature(raw)
        except RecordError as error:
            bad.append((index, error.what))
    return bad


def _pooled(log: Log, malformed: set[int], workers: int, progress: Progress) -> Iterator[list[tuple[int, str]]]:
    """The same on several cores. The workers are given the bytes: a database must not be used across a fork."""
    chunks = _chunks(log, malformed)
    waiting: deque[Future[list[tuple[int, str]]]] = deque()
    done = 0
    with ProcessPoolExecutor(workers) as pool:
        try:
            while True:
                for chunk in islice(chunks, workers * 4 - len(waiting)):
                    waiting.append(pool.submit(_check, chunk))
                if not waiting:
                    return
                yield waiting.popleft().result()
                done += CHUNK
                progress("signatures", done)
        except BrokenProcessPool:
            raise RecordError(
                "a process that checked signatures was ended", advice="it may need more memory than there is"
            ) from None
