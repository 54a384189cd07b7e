"""The tree built anew from the entries and held against everything that is stored and signed; the chain followed on the way."""

from __future__ import annotations

from ploughshare.errors import RecordError
from ploughshare.recording import entry, merkle, tiles
from ploughshare.recording.chain import Chain
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.compare import Side, compare
from ploughshare.recording.findings import Audit, Progress
from ploughshare.recording.log import Log
from ploughshare.recording.note import Note
from ploughshare.recording.store import Record

#: Progress is told after so many entries.
STEP = 1000


class Retrace:
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
                if not index % STEP:
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
