"""The record of a library: an append-only log in SQLite, published as static files with every checkpoint.

What ``append`` returned is on disk. Several processes may write: each takes the write lock first and reads the state of the
tree inside it. A ``Record`` belongs to one thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import apsw

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint as checkpoints
from ploughshare.recording import entry as entries
from ploughshare.recording import merkle, note, static, tiles
from ploughshare.recording.chain import Chain
from ploughshare.recording.checkpoint import Checkpoint
from ploughshare.recording.database import DATABASE, RESTORE, connect, snapshot, told
from ploughshare.recording.entry import Author, Body, Entry, Header
from ploughshare.recording.log import CHECKPOINT, POLICY, SCHEMA, Log
from ploughshare.recording.note import Note, Signature, Signer

#: The four letters "PSRC", and the version of the tables.
APPLICATION, VERSION = 0x50535243, 1
TABLES = """
CREATE TABLE entry (i INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
CREATE TABLE tile (level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY (level, number)) STRICT;
CREATE TABLE author (key TEXT PRIMARY KEY, i INTEGER NOT NULL) STRICT;
CREATE TABLE checkpoint (size INTEGER PRIMARY KEY, at TEXT NOT NULL, note BLOB NOT NULL) STRICT;
"""


class Record(Log):
    """The log in a folder. Make one with ``create``, open it with ``open``."""

    def __init__(self, folder: Path, database: apsw.Connection, *, write: bool) -> None:
        self.folder, self._db, self._may_write = folder, database, write
        self._header: tuple[Entry, Header] | None = None

    @classmethod
    def create(
        cls, folder: Path, origin: str, signer: Signer, purpose: str, *, policy: bytes | None = None, at: datetime | None = None
    ) -> Record:
        """A new record whose entry 0 says which log this is, what for, and by which key.

        ``policy`` (tlog-policy) says who must cosign; without it nobody must. Its digest stands in the header for ever.
        Raises RecordError if there is a record already.
        """
        checkpoints.check_origin(origin)
        if signer.name != origin:
            raise RecordError(f"the key of {signer.name} cannot be that of the log {origin}", advice="make a key of that name")
        policy = f"log {signer.key}\nquorum none\n".encode() if policy is None else policy
        schema = entries.schema()
        header = Header(str(signer.key), origin, sha256(policy).hexdigest(), purpose, sha256(schema).hexdigest())
        first = entries.sign("header", header, signer, at or datetime.now(UTC))
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / DATABASE).exists():
                raise RecordError("there is a record already", where=str(folder))
            # Beside, then renamed: whoever stops us here leaves no half of a record.
            unfinished = folder / static.UNFINISHED
            unfinished.mkdir(exist_ok=True)
            (unfinished / DATABASE).unlink(missing_ok=True)
            database = apsw.Connection(str(unfinished / DATABASE))
            with cls(folder, database, write=True) as record:
                database.execute(
                    f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; PRAGMA synchronous = FULL"
                )
                with record.writing():
                    database.execute(TABLES)
                    record._take([entries.parse(first)], 0)
            static.put(folder, POLICY, policy)
            static.put(folder, SCHEMA, schema)
            (unfinished / DATABASE).rename(folder / DATABASE)
            static.sync(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, *, write: bool = True, examine: bool = True) -> Record:
        """The record in a folder; what a crash left unfinished is finished or removed.

        Raises RecordError that says exactly what is wrong if the last entries, the tree and the last checkpoint do not fit
        together. The whole record is checked by an audit only, which opens it unexamined.
        """
        path = folder / DATABASE
        if not path.exists():
            raise RecordError("there is no record here", where=str(folder), advice="record init makes one")
        with told(folder):
            record = cls(folder, connect(path, write=write), write=write)
            try:
                # Read before the database is: the file is written after it, so it can only be older than what we then see.
                published = record.published()
                if examine:
                    with snapshot(record._db):
                        record._examine(published)
                if write:
                    record._repair()
            except BaseException:
                record.close()
                raise
        return record

    # -- reading ------------------------------------------------------------------------------------------------------------
    @property
    def size(self) -> int:
        """How many entries there are, now."""
        with told(self.folder):
            (last,) = self._one("SELECT max(i) FROM entry")
            return 0 if last is None else int(last) + 1

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The entries from ``start`` to before ``stop``; one that is missing is an error, not a gap."""
        expected, stop = start, self._within(stop)
        with told(self.folder):
            for index, data in self._db.execute("SELECT i, data FROM entry WHERE i >= ? AND i < ? ORDER BY i", (start, stop)):
                if index != expected or type(data) is not bytes:
                    break
                expected += 1
                yield data
        if expected != stop:
            raise RecordError(f"entry {expected} is missing or damaged", where=str(self.folder), advice=RESTORE)

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile, as they are stored."""
        with told(self.folder):
            found = self._one("SELECT hashes FROM tile WHERE level = ? AND number = ?", (level, number))
            return found[0] if found and type(found[0]) is bytes else b""

    def header(self) -> tuple[Entry, Header]:
        """Entry 0."""
        if self._header is None:
            self._header = super().header()
        return self._header

    def latest(self) -> Note | None:
        """The newest checkpoint with its cosignatures."""
        with told(self.folder):
            found = self._one("SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1")
        return self._note(found[0]) if found else None

    def _note(self, data: object) -> Note:
        if type(data) is not bytes:
            raise RecordError("a checkpoint is damaged", where=str(self.folder), advice=RESTORE)
        return note.parse(data)

    def checkpoints(self) -> Iterator[tuple[str, Note]]:
        """Every checkpoint that was signed, the oldest first, with the time of signing."""
        with told(self.folder):
            for at, data in self._db.execute("SELECT at, note FROM checkpoint ORDER BY size"):
                yield at, self._note(data)

    def introduced(self, key: str) -> int | None:
        """The index of the entry that introduced an author; ``None`` if there is none.

        The table is only a way to find that entry: what it says is read and verified.
        """
        with told(self.folder):
            found = self._one("SELECT i FROM author WHERE key = ?", (key,))
        if found is None or type(found[0]) is not int or not 0 <= found[0] < self.size:
            return None
        index: int = found[0]
        entry = entries.parse_verified(self.entry(index))
        body = entries.shape(entry)
        return index if isinstance(body, Author) and body.key == key and entry.by == self.header()[1].log else None

    def authors(self) -> Iterator[tuple[int, Author]]:
        """The authors that were introduced, in order, each with the index of its entry."""
        with told(self.folder):
            found = [index for (index,) in self._db.execute("SELECT i FROM author ORDER BY i")]
        for index in found:
            if isinstance(body := entries.shape(entries.parse(self.entry(index))), Author):
                yield index, body

    def damage(self) -> Iterator[str]:
        """What SQLite itself finds wrong with its pages and tables, and where our own table of authors misleads."""
        with told(self.folder):
            for (line,) in self._db.execute("PRAGMA quick_check(100)"):
                if line != "ok":
                    yield str(line)
            for key, index in self._db.execute("SELECT key, i FROM author ORDER BY i"):
                if self.introduced(key) is None:
                    yield f"the table of authors points to entry {index}, which introduces somebody else"

    # -- writing ------------------------------------------------------------------------------------------------------------
    def append(self, raw: Sequence[bytes]) -> range:
        """Put entries on the record, all or none; when this returns they are on disk. Gives their indexes.

        Raises RecordError for an entry that is malformed, forged, by an author nobody introduced, or earlier than the last.
        """
        parsed = [entries.parse_verified(data) for data in raw]
        with self.writing():
            return self._take(parsed, self.size)

    def add(self, items: Sequence[tuple[str, Body | Mapping[str, Any]]], author: Signer, at: datetime | None = None) -> range:
        """Sign and append entries of (type, body), all or none. Gives their indexes.

        The time is taken once it is our turn to write, so that two writers never stand in each other's past.
        """
        with self.writing():
            now = at or datetime.now(UTC)
            return self._take([entries.parse(entries.sign(kind, body, author, now)) for kind, body in items], self.size)

    def _take(self, parsed: Sequence[Entry], size: int) -> range:
        self._admit(parsed, size)
        self._db.executemany("INSERT INTO entry VALUES (?, ?)", ((size + n, entry.raw) for n, entry in enumerate(parsed)))
        self._grow(size, [merkle.leaf_hash(entry.raw) for entry in parsed])
        return range(size, size + len(parsed))

    def chain(self, size: int) -> Chain:
        """What must hold of an entry that comes after the first ``size``."""

        def introduced(key: str) -> bool:
            index = self.introduced(key)
            return index is not None and index < size

        chain = Chain(introduced, lambda index: entries.parse(self.entry(index)), size)
        if size:
            chain.header, chain.last = self.header()[1], entries.parse(self.entry(size - 1)).at
        return chain

    def _admit(self, parsed: Sequence[Entry], size: int) -> None:
        chain = self.chain(size)
        before = chain.entry
        chain.entry = lambda index: parsed[index - size] if index >= size else before(index)
        for entry in parsed:
            if problems := chain.step(entry):
                raise RecordError(f"the entry is refused: {problems[0].what}", advice=problems[0].advice)
            if chain.unknown:
                raise RecordError(f"the entry is refused: the type {entry.type} is not known", advice="update this program")
        self._db.executemany("INSERT INTO author VALUES (?, ?)", chain.authors.items())

    def _grow(self, size: int, hashes: list[bytes]) -> None:
        """Write the tiles that new hashes belong to; each tile that becomes full gives one hash to the level above."""
        level = 0
        while hashes:
            count = size >> tiles.HEIGHT * level
            number, before = divmod(count, tiles.WIDTH)
            row = (self.tile(level, number) if before else b"") + b"".join(hashes)
            if len(row) != (before + len(hashes)) * merkle.HASH:
                raise RecordError(f"the tile {tiles.path(level, number)} is damaged", where=str(self.folder), advice=RESTORE)
            cut = [row[at : at + tiles.FULL] for at in range(0, len(row), tiles.FULL)]
            self._db.executemany(
                "INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", ((level, number + n, part) for n, part in enumerate(cut))
            )
            hashes = [merkle.subtree(tiles.split(part)) for part in cut if len(part) == tiles.FULL]
            level += 1

    def checkpoint(self, signer: Signer, now: datetime | None = None) -> Note:
        """Sign the state of the log and publish it: ``checkpoint`` and the tiles, so that the folder is a log to mirror.

        No checkpoint is signed that the one before does not lead to. With nothing new, the one before is given again.
        """
        with self.writing():
            state = Checkpoint(self.header()[1].origin, self.size, self.root())
            signed = self.latest()
            before = self._check_checkpoint(signed) if signed else None
            if signer.key != self.key():
                raise RecordError(f"the key of {signer.name} is not that of this log", where=str(self.folder))
            if signed is None or before is None or before.size != state.size:
                signed = checkpoints.sign(state, signer)
                at = entries.stamp(now or datetime.now(UTC))
                self._db.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (state.size, at, bytes(signed)))
        self._publish()
        return signed

    def cosigned(self, signed: Note, verified: Sequence[Signature]) -> Note:
        """Put cosignatures, which the caller has verified, under the newest checkpoint, and publish it."""
        with self.writing():
            mine = self.latest()
            if mine is None or mine.text != signed.text:
                raise RecordError("this is not the newest checkpoint of the record", where=str(self.folder))
            joined = mine.joined(verified)
            self._db.execute("UPDATE checkpoint SET note = ? WHERE note = ?", (bytes(joined), bytes(mine)))
        self._publish()
        return joined

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    # -- what holds it together -----------------------------------------------------------------------------------------------
    def _one(self, query: str, values: tuple[Any, ...] = ()) -> Any:
        return self._db.execute(query, values).fetchone()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Our turn to write, and one transaction: all of it or nothing. A turn within a turn is part of it."""
        if not self._may_write:
            raise RecordError("the record was opened for reading only", where=str(self.folder))
        if self._db.in_transaction:
            yield
            return
        with told(self.folder):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                with suppress(apsw.Error):
                    self._db.execute("ROLLBACK")
                raise

    def _examine(self, published: Note | None) -> None:
        """The end of the record must fit together: last entries and their tile, header, last checkpoint and tree."""
        where = str(self.folder)
        marks = [self._one(f"PRAGMA {name}")[0] for name in ("application_id", "user_version")]
        if marks[0] != APPLICATION:
            raise RecordError(f"{DATABASE} is a database, but not a record", where=where)
        if marks[1] != VERSION:
            raise RecordError(
                f"the record is of version {marks[1]}", where=where, advice="a newer version of this program reads it"
            )
        self.header()
        size = self.size
        first = (size - 1) // tiles.WIDTH * tiles.WIDTH
        stored = tiles.split(self.tile(0, first // tiles.WIDTH))
        for index, data in enumerate(self.entries(first, size), first):
            if index - first >= len(stored) or merkle.leaf_hash(data) != stored[index - first]:
                raise RecordError(f"entry {index} is not the one in the tree", where=where, advice=RESTORE)
        if len(stored) != size - first:
            raise RecordError(f"the tree has more entries than the {size} that are here", where=where, advice=RESTORE)
        if (signed := self.latest()) is not None:
            self._check_checkpoint(signed)
        self._check_published(signed, published)

    def _check_checkpoint(self, signed: Note) -> Checkpoint:
        """A checkpoint of ours must be signed by us and be the root of what is here."""
        state = checkpoints.verify(signed, self.key())
        if state.size > self.size:
            what = f"the record has {self.size} entries, and its checkpoint was signed over {state.size}: entries were lost"
            raise RecordError(what, where=str(self.folder), advice=RESTORE)
        if self.root(state.size) != state.root:
            what = f"the tree of the first {state.size} entries is not the one that was signed"
            raise RecordError(what, where=str(self.folder), advice=RESTORE)
        return state

    def _check_published(self, signed: Note | None, published: Note | None) -> None:
        """The file ``checkpoint`` may lag behind after a crash. Ahead of the database, it says that an old copy was put back."""
        try:
            state = None if published is None else checkpoints.verify(published, self.key())
        except RecordError:
            return  # damaged: what is in the database is written again
        if published and state and (signed is None or state.size > checkpoints.parse(signed.text).size):
            self._check_checkpoint(published)

    def published(self) -> Note | None:
        """The file ``checkpoint``, if it is there and is a note."""
        with suppress(OSError, RecordError):
            return note.parse((self.folder / CHECKPOINT).read_bytes())
        return None

    def _repair(self) -> None:
        signed = self.latest()
        if (signed is not None and signed != self.published()) or (self.folder / static.UNFINISHED).exists():
            with suppress(RecordError):  # a folder that cannot be written to can still be read
                self._publish()

    def _publish(self) -> None:
        """Write the static files up to the newest checkpoint."""
        with self.writing():
            static.clear(self.folder)
            if (signed := self.latest()) is not None:
                static.publish(self, signed, self._published_size())
                static.clear(self.folder)

    def _published_size(self) -> int:
        """The size up to which the static files were written: that of the file ``checkpoint``, which is written last."""
        try:
            published = self.published()
            return checkpoints.verify(published, self.key()).size if published else 0
        except RecordError:
            return 0
