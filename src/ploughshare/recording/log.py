"""A log to read from, wherever it lies: its entries, its tree, and the proofs that follow from them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from ploughshare.errors import RecordError
from ploughshare.recording import entry as entries
from ploughshare.recording import merkle, tiles
from ploughshare.recording.entry import Entry, Header
from ploughshare.recording.note import Note, VerifierKey

CHECKPOINT = "checkpoint"
POLICY = "policy"
SCHEMA = "schema.json"


class Log(ABC):
    """What ``store.Record`` (our own, in SQLite) and ``mirror.Mirror`` (anybody's, static files) have in common."""

    folder: Path

    @property
    @abstractmethod
    def size(self) -> int:
        """How many entries there are."""

    @abstractmethod
    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes of the entries from ``start`` to before ``stop``, in order."""

    @abstractmethod
    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as they are stored."""

    @abstractmethod
    def latest(self) -> Note | None:
        """The newest checkpoint with all signatures under it; nothing about it is verified. ``None`` before the first."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the files."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def entry(self, index: int) -> bytes:
        """The bytes of one entry."""
        if not 0 <= index < self.size:
            raise RecordError(f"there is no entry {index}", where=str(self.folder), advice=f"it has {self.size}, numbered from 0")
        return next(self.entries(index, index + 1))

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` entries, or of all."""
        return merkle.root(self._within(size), tiles.node_of(self.tile))

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that entry ``index`` is among the first ``size``."""
        return merkle.inclusion(index, self._within(size), tiles.node_of(self.tile))

    def consistency(self, first: int, second: int | None = None) -> list[bytes]:
        """The proof that the log of size ``first`` is the beginning of the log of size ``second``."""
        return merkle.consistency(first, self._within(second), tiles.node_of(self.tile))

    def header(self) -> tuple[Entry, Header]:
        """Entry 0: which log this is. Verified with the key it names itself: whether to trust that, the reader knows."""
        found = entries.parse_verified(self.entry(0))
        body = entries.shape(found)
        if not isinstance(body, Header) or found.by != body.log or found.author.name != body.origin:
            raise RecordError("entry 0 is not the header of a log", where=str(self.folder))
        return found, body

    def key(self) -> VerifierKey:
        """The key that the log itself says is its own."""
        return self.header()[0].author

    def _within(self, size: int | None) -> int:
        here = self.size
        if size is not None and not 0 <= size <= here:
            raise RecordError(f"the log has {here} entries, not {size}", where=str(self.folder))
        return here if size is None else size
