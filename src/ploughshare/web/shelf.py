"""A library while it is served: a few readers that share it with whoever adds to it, and what is kept between two changes.

Nothing here writes but one thing: where acts or documents came in and nobody derived what follows from them, the refresher
does it before it looks.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Unfinished
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import LifoQueue
from typing import Any, NamedTuple, TypeVar

from ploughshare.errors import LibraryError
from ploughshare.library.database import Database
from ploughshare.library.founding import TABLES
from ploughshare.library.library import Library
from ploughshare.recording.store import Record
from ploughshare.tracking.imports import FILE
from ploughshare.tracking.settle import settled

from .overview import Overview, overview_of

Kept = TypeVar("Kept")
#: So many requests read at a time; more wait their turn, so that memory stays bounded.
READERS = 4
#: Memory that one reader may keep of the tables, in kB.
CACHE = 16_384
#: After a change the overview is made anew; whoever asks waits so long for it, then sees the one before.
PATIENCE = 0.7


class Moment(NamedTuple):
    """Everything that a page depends on: the same moment, the same page."""

    day: date
    tables: tuple[int, int]
    version: int
    files: tuple[int, ...]


class Pinned(NamedTuple):
    """A moment that is held for as long as somebody writes all pages of it."""

    moment: Moment
    overview: Overview


class Reader(Database):
    """The tables for looking only. Nothing is derived by a look, so they are always taken for settled."""

    looking = True

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.run(f"PRAGMA query_only = 1; PRAGMA cache_size = -{CACHE}")


class Shelf:
    """The library of a folder, for many requests at a time. ``on``: as if it were this day."""

    def __init__(self, folder: Path, on: date | None = None, readers: int = READERS, pinned: Pinned | None = None) -> None:
        self.folder, self._on, self._pinned = folder, on, pinned
        if pinned is None:
            # Repairs and rebuilds what needs it, and says what cannot be used.
            _refresh(folder)
        self._watch_lock, self._watch, self._tables = threading.Lock(), Reader(folder / TABLES), _identity(folder / TABLES)
        self._readers: LifoQueue[tuple[tuple[int, int], Library] | None] = LifoQueue()
        for _ in range(readers):
            self._readers.put(None)
        self._lock = threading.Lock()
        self._refresher = ThreadPoolExecutor(1, "refresher")
        self._overview: tuple[Moment, Overview] | None = None
        self._pending: tuple[Moment, Future[Overview]] | None = None
        self._kept: dict[Hashable, Any] = {}
        self._kept_at: Moment | None = None

    def warm(self) -> None:
        """Begin to look, so that the first reader need not wait."""
        moment = self.moment()
        with self._lock:
            if self._pending is None:
                self._pending = (moment, self._refresher.submit(self._look, moment))

    def close(self) -> None:
        """Give everything back."""
        self._refresher.shutdown()
        for _ in range(self._readers.qsize()):
            if one := self._readers.get():
                one[1].close()
        self._watch.close()

    def moment(self) -> Moment:
        """What holds now. Cheap: asked at every request."""
        if self._pinned:
            return self._pinned.moment
        with self._watch_lock:
            tables = _identity(self.folder / TABLES)
            if tables != self._tables:  # rebuilt: another file took its place
                self._watch.close()
                self._watch, self._tables = Reader(self.folder / TABLES), tables
            version = int(self._watch.value("PRAGMA data_version"))
        changed = tuple(_changed(self.folder / name) for name in ("calendar.toml", FILE, "record/checkpoint"))
        return Moment(self._on or date.today(), tables, version, changed)  # noqa: DTZ011 - a day of the calendar, where the server is

    @contextmanager
    def reading(self) -> Iterator[Library]:
        """A library to read from, as it is at one moment; given back afterwards."""
        found = self._readers.get()
        try:
            tables = _identity(self.folder / TABLES)
            if found is None or found[0] != tables:
                if found is not None:
                    found[1].close()
                    found = None
                record = Record.open(self.folder / "record", write=False, examine=False)
                found = (tables, Library(self.folder, record, Reader(self.folder / TABLES)))
            library = found[1]
            library.database.run("BEGIN")
            try:
                yield library
            finally:
                library.database.run("ROLLBACK")
        finally:
            self._readers.put(found)

    def overview(self, moment: Moment) -> tuple[Overview, bool]:
        """Where everything stands, and whether that is of this very moment: after a change, it may be the one before."""
        if self._pinned:
            return self._pinned.overview, True
        with self._lock:
            old = self._overview
            if old is not None and old[0] == moment:
                return old[1], True
            if self._pending is None or self._pending[0] != moment:
                self._pending = (moment, self._refresher.submit(self._look, moment))
            pending = self._pending[1]
        try:
            return pending.result(None if old is None or old[0].day != moment.day else PATIENCE), True
        except Unfinished:
            if old is None:
                raise
            return old[1], False

    def _look(self, moment: Moment) -> Overview:
        with self._lock:
            if self._overview is not None and self._overview[0] == moment:
                return self._overview[1]
        _refresh(self.folder)
        moment = self.moment()
        # Everything made here stays: looking through it for garbage takes as long as making it.
        gc.disable()
        try:
            with self.reading() as library:
                found = overview_of(library, moment.day)
        finally:
            gc.freeze()
            gc.enable()
        with self._lock:
            self._overview = (moment, found)
        return found

    def keep(self, moment: Moment, name: Hashable, make: Callable[[], Kept]) -> Kept:
        """Something that holds for every page of one moment, made once."""
        with self._lock:
            if self._kept_at != moment:
                self._kept, self._kept_at = {}, moment
            kept = self._kept
            if name in kept:
                found: Kept = kept[name]
                return found
        made = make()
        with self._lock:
            if len(kept) < 1000:
                kept[name] = made
        return made


def _refresh(folder: Path) -> None:
    """Derive what follows from what came in, if nobody did. Left for later while somebody else is writing."""
    library = Library.open(folder)
    try:
        settled(library)
        # Votes are asked for by State here, and nowhere else.
        if library.database.value("SELECT 1 FROM sqlite_master WHERE name = 'vote_state'") is None:
            with library.database.writing():
                library.database.run("CREATE INDEX IF NOT EXISTS vote_state ON vote (state, symbol)")
    except LibraryError as error:
        if "another process" not in error.what:
            raise
    finally:
        library.close()


def _identity(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError as error:
        raise LibraryError(
            f"the tables cannot be read ({error.strerror})", where=str(path), advice="run `ploughshare rebuild`"
        ) from error
    return found.st_dev, found.st_ino


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
