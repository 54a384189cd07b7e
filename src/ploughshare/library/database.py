"""The derived side of a library: one SQLite file that can be deleted and built again from the originals and the record.

Rows are plain; what they mean is said in the classes of ``model`` that other modules make of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import apsw

from ploughshare.errors import DamagedError, LibraryError

#: Counts up when the tables change: a file of another form is built again.
FORM = 2
#: So long another process may hold the file before we give up, in milliseconds.
PATIENCE = 20_000

SCHEMA = """
-- What this file was made by and how far along the record it has come.
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- Tells this file from one that is built anew in its place.
INSERT INTO state VALUES ('made', lower(hex(randomblob(8))));
-- Every document entry of the record; `why` says why its bytes gave no resolution.
CREATE TABLE original (
    entry INTEGER PRIMARY KEY, digest TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL, at TEXT NOT NULL,
    language_given TEXT, format TEXT, symbol TEXT, language TEXT, why TEXT
);
CREATE UNIQUE INDEX original_digest ON original (digest);
CREATE INDEX original_symbol ON original (symbol, language);
CREATE TABLE resolution (
    symbol TEXT PRIMARY KEY, body TEXT, session INTEGER, title TEXT, agenda_item TEXT, agenda_title TEXT, adopted TEXT,
    report TEXT, report_paragraph INTEGER, committee TEXT, meeting INTEGER, outcome TEXT,
    in_favour INTEGER, against INTEGER, abstaining INTEGER, reference TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE text (
    id INTEGER PRIMARY KEY, symbol TEXT NOT NULL, language TEXT NOT NULL, entry INTEGER NOT NULL, title TEXT,
    agenda_title TEXT, enacting TEXT, UNIQUE (symbol, language)
);
CREATE TABLE paragraph (
    text INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL, number TEXT, words TEXT NOT NULL,
    closing TEXT NOT NULL, verbs TEXT NOT NULL, marks TEXT NOT NULL, start INTEGER, stop INTEGER, aligned TEXT,
    PRIMARY KEY (text, place)
) WITHOUT ROWID;
CREATE TABLE footnote (
    text INTEGER NOT NULL, place INTEGER NOT NULL, mark TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (text, place)
) WITHOUT ROWID;
-- `paragraph` or, for a citation in a footnote, `mark` is set.
CREATE TABLE citation (
    text INTEGER NOT NULL, place INTEGER NOT NULL, paragraph TEXT, mark TEXT, words TEXT NOT NULL, target TEXT NOT NULL,
    start INTEGER, stop INTEGER, PRIMARY KEY (text, place)
) WITHOUT ROWID;
CREATE INDEX citation_target ON citation (target);
CREATE TABLE mandate (
    text INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, paragraph TEXT NOT NULL, force TEXT NOT NULL,
    addressees TEXT NOT NULL, action TEXT NOT NULL, recipients TEXT NOT NULL, due TEXT, details TEXT NOT NULL,
    start INTEGER, stop INTEGER, rule TEXT NOT NULL, PRIMARY KEY (text, place)
) WITHOUT ROWID;
CREATE TABLE unread (text INTEGER NOT NULL, paragraph TEXT NOT NULL, why TEXT NOT NULL);
CREATE TABLE vote (symbol TEXT NOT NULL, state TEXT NOT NULL, cast TEXT NOT NULL, PRIMARY KEY (symbol, state)) WITHOUT ROWID;
CREATE TABLE sponsor (
    symbol TEXT NOT NULL, state TEXT NOT NULL, additional INTEGER NOT NULL, PRIMARY KEY (symbol, state)
) WITHOUT ROWID;
CREATE TABLE subject (symbol TEXT NOT NULL, label TEXT NOT NULL, dictionary TEXT NOT NULL, address TEXT);
-- What a resolution asks, all its texts taken together.
CREATE TABLE undertaking (
    id TEXT PRIMARY KEY, symbol TEXT NOT NULL, paragraph TEXT NOT NULL, place INTEGER NOT NULL, force TEXT NOT NULL,
    addressees TEXT NOT NULL, action TEXT NOT NULL, recipients TEXT NOT NULL, due TEXT, details TEXT NOT NULL,
    languages TEXT NOT NULL, first TEXT, last TEXT
) WITHOUT ROWID;
CREATE INDEX undertaking_symbol ON undertaking (symbol, place);
CREATE INDEX undertaking_last ON undertaking (last);
-- Acts: of the record (`entry`), and read out of texts (`entry` is null; `symbol` and `paragraph` say where).
CREATE TABLE act (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, day TEXT, actors TEXT NOT NULL, document TEXT, entry INTEGER, author TEXT,
    symbol TEXT, paragraph TEXT, body TEXT NOT NULL, withdrawn TEXT
) WITHOUT ROWID;
CREATE TABLE answer (undertaking TEXT NOT NULL, act TEXT NOT NULL, PRIMARY KEY (undertaking, act)) WITHOUT ROWID;
CREATE TABLE dispute (act TEXT NOT NULL, entry INTEGER PRIMARY KEY, author TEXT, why TEXT NOT NULL);
-- Resolutions of one subject, oldest first; those that are only cited too.
CREATE TABLE series (symbol TEXT PRIMARY KEY, series TEXT NOT NULL, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX series_place ON series (series, place);
-- Titles, as they are compared, and the sessions at which a text stood under them.
CREATE TABLE stood (title TEXT NOT NULL, session INTEGER NOT NULL, PRIMARY KEY (title, session)) WITHOUT ROWID;
-- A request made anew by a later text of the series.
CREATE TABLE anew (undertaking TEXT PRIMARY KEY, by TEXT NOT NULL) WITHOUT ROWID;
"""


class Database:
    """The tables, opened for one process. ``rows`` reads; ``writing`` is a transaction that holds or leaves no trace."""

    #: Opened to look only: what is derived is taken as it is.
    looking = False

    def __init__(self, path: Path, schema: str = SCHEMA, form: int = FORM) -> None:
        self.path = path
        try:
            self._connection = apsw.Connection(str(path))
            self._connection.set_busy_timeout(PATIENCE)
            self._execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY")
            if self.form == 0:
                with self.writing():
                    if self.form == 0:  # else another process was faster
                        self._execute(f"{schema}; PRAGMA user_version={form}")
        except apsw.Error as error:
            raise self._said(error) from error

    @property
    def form(self) -> int:
        """The form of the tables that the file holds."""
        return int(self.value("PRAGMA user_version") or 0)

    def rows(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows that a query gives, as they come."""
        try:
            yield from self._connection.execute(query, values)
        except apsw.Error as error:
            raise self._said(error) from error

    def all(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows that a query gives, at once: for many of them, faster than one by one."""
        try:
            return self._connection.execute(query, values).fetchall()
        except apsw.Error as error:
            raise self._said(error) from error

    def value(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> Any:
        """The first field of the first row, or None."""
        row = next(self.rows(query, values), None)
        return row[0] if row else None

    def run(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> None:
        """Change something; only inside ``writing``."""
        self._execute(query, values)

    def many(self, query: str, rows: Any) -> None:
        """The same change for many rows."""
        try:
            self._connection.executemany(query, rows)
        except apsw.Error as error:
            raise self._said(error) from error

    def _execute(self, query: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> None:
        try:
            for _ in self._connection.execute(query, values):
                pass
        except apsw.Error as error:
            raise self._said(error) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction: all of it is there afterwards, or nothing."""
        self._execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            # A full disk may have ended the transaction already; what is told is why, not that.
            with suppress(LibraryError):
                self._execute("ROLLBACK")
            raise
        self._execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Everything inside sees the tables as they were at its first question, whatever others write meanwhile."""
        self._execute("BEGIN")
        try:
            yield
        finally:
            self._execute("COMMIT")

    def state(self, name: str) -> Any:
        """A value of the file's own state."""
        return self.value("SELECT value FROM state WHERE name = ?", (name,))

    def set_state(self, name: str, value: Any) -> None:
        """Keep a value of the file's own state."""
        self.run("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    def close(self, *, whole: bool = False) -> None:
        """Give the file back; ``whole``: with everything in the one file, so that it can be moved."""
        if whole:
            self._execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _said(self, error: apsw.Error) -> LibraryError:
        where = str(self.path)
        if isinstance(error, apsw.CorruptError | apsw.NotADBError):
            return DamagedError(
                f"the derived tables are damaged ({error})",
                where=where,
                advice="run `ploughshare rebuild`: nothing recorded is lost",
            )
        if isinstance(error, apsw.FullError):
            return LibraryError(
                "the disk is full", where=where, advice="make room and run the command again: nothing recorded is lost"
            )
        if isinstance(error, apsw.IOError):
            return LibraryError(
                f"the disk refused to write or read ({error})",
                where=where,
                advice="make room, check the disk, and run the command again: nothing recorded is lost",
            )
        if isinstance(error, apsw.ReadOnlyError | apsw.CantOpenError | apsw.PermissionsError):
            return LibraryError(
                f"the file cannot be opened for writing ({error})", where=where, advice="check the permissions of the folder"
            )
        if isinstance(error, apsw.BusyError | apsw.LockedError):
            return LibraryError("another process is writing to this library", where=where, advice="try again when it is done")
        return LibraryError(f"the tables cannot be used ({error})", where=where, advice="run `ploughshare rebuild`")
