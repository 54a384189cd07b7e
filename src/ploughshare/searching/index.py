"""The search index of a library: one SQLite file in its folder, derived from its tables, deletable, brought up to date when asked.

A row is a paragraph of a text in one language. The full-text tables hold terms, not words (``words.py``): what is printed stays
in the library. All that one call changes is one transaction, so a reader sees the index before or after it; and a crash leaves
it as it was, to be brought up to date by the next question.
"""

from __future__ import annotations

import weakref
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

from ploughshare.errors import DamagedError
from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.library.database import Database
from ploughshare.library.library import Library
from ploughshare.tracking.settle import settled

from .bits import bits_of, packed, unpacked
from .facets import of_paragraphs, of_resolution, of_text, states_on
from .masking import digest, masked, shingles
from .words import bare, term_of, terms, words_of

#: The file, below the folder of the library.
FILE = "search.sqlite"
#: Counts up when the tables, or what makes a term, change: an index of another form is built again.
FORM = 2
#: A library that has lost more rows than it holds, and more than so many, is indexed from the start.
SPARE = 20_000
#: So many resolutions are gathered before their rows are written.
BATCH = 200
SCHEMA = """
CREATE TABLE state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
-- `text`, `entry`, `place`: the paragraph in the library; `paragraph`: its identifier in the resolution's reference language.
CREATE TABLE row (
    id INTEGER PRIMARY KEY, text INTEGER NOT NULL, entry INTEGER NOT NULL, place INTEGER NOT NULL, symbol TEXT NOT NULL,
    paragraph TEXT NOT NULL, language TEXT NOT NULL, wording INTEGER NOT NULL
);
CREATE INDEX row_symbol ON row (symbol, paragraph);
CREATE INDEX row_wording ON row (wording, symbol, language);
-- Paragraphs that say the same but for dates and numbers.
CREATE TABLE wording (id INTEGER PRIMARY KEY, digest INTEGER NOT NULL UNIQUE, language TEXT NOT NULL, words TEXT NOT NULL);
CREATE TABLE shingle (hash INTEGER NOT NULL, wording INTEGER NOT NULL, PRIMARY KEY (hash, wording)) WITHOUT ROWID;
-- Words with accents, where these lead to another term than the bare letters would.
CREATE TABLE accent (
    language TEXT NOT NULL, bare TEXT NOT NULL, term TEXT NOT NULL, PRIMARY KEY (language, bare, term)
) WITHOUT ROWID;
-- The rows that have a value of a facet, as bits.
CREATE TABLE bits (facet TEXT NOT NULL, value TEXT NOT NULL, rows BLOB NOT NULL, PRIMARY KEY (facet, value)) WITHOUT ROWID;
""" + "".join(
    f"CREATE VIRTUAL TABLE words_{language} USING fts5 "
    "(words, title, content='', contentless_delete=1, tokenize='ascii', detail='full');\n"
    for language in LANGUAGES
)
Row = tuple[int, int, int, int, str, str, str, int]


class Index:
    """The index of one library, opened for one process."""

    def __init__(self, library: Library, database: Database) -> None:
        self._library = weakref.ref(library)
        self.database = database
        self._bits: dict[str, dict[str, int]] = {}
        self._known: Any = None
        self._days = array("i")
        self._lock = RLock()

    @property
    def library(self) -> Library:
        """The library that it is the index of."""
        library = self._library()
        assert library is not None
        return library

    # -- up to date ---------------------------------------------------------------------------------------------------
    def catch_up(self) -> None:
        """Take in what the library has learned since; does nothing where nothing is new."""
        with self._lock:
            self._catch_up()

    def _catch_up(self) -> None:
        ours, theirs = self.database, settled(self.library).database
        if self._state() == (theirs.state("made"), theirs.state("seen")):
            return
        with ours.writing():
            made, seen = theirs.state("made"), int(theirs.state("seen") or 0)
            known = self._state()
            if known == (made, seen):  # another process was faster
                return
            begun = int(known[1] or 0)
            if known[0] != made or begun > seen or self._wasteful():
                self._empty()
                begun = 0
            symbols = [
                symbol
                for (symbol,) in theirs.rows(
                    "SELECT DISTINCT symbol FROM original WHERE entry >= ? AND symbol IS NOT NULL ORDER BY entry", (begun,)
                )
            ]
            if symbols:
                self._take(symbols)
            ours.set_state("made", made)
            ours.set_state("seen", seen)

    def _state(self) -> tuple[Any, Any]:
        return self.database.state("made"), self.database.state("seen")

    def _wasteful(self) -> bool:
        size = int(self.database.state("size") or 0)
        return size > SPARE and size > 2 * int(self.database.value("SELECT count(*) FROM row"))

    def _empty(self) -> None:
        for table in ("row", "wording", "shingle", "accent", "bits", "state"):
            self.database.run(f"DELETE FROM {table}")
        for language in LANGUAGES:
            self.database.run(f"INSERT INTO words_{language} (words_{language}) VALUES ('delete-all')")

    def _take(self, symbols: list[str]) -> None:
        """The rows of these resolutions anew."""
        ours, theirs = self.database, self.library.database
        size = int(ours.state("size") or 1)  # rows count from 1
        days = array("i", ours.state("days") or bytes(4))
        gone = [row for symbol in symbols for row in ours.rows("SELECT id, language FROM row WHERE symbol = ?", (symbol,))]
        for row, language in gone:
            ours.run(f"DELETE FROM words_{language} WHERE rowid = ?", (row,))
            ours.run("DELETE FROM row WHERE id = ?", (row,))
        rows = _Rows(ours, size)
        for number, symbol in enumerate(symbols, 1):
            rows.add(theirs, symbol)
            if number % BATCH == 0:
                rows.write()
        rows.write()
        days.extend(rows.days)
        ours.set_state("days", days.tobytes())
        ours.set_state("size", rows.size)
        self._write_bits(rows, bits_of((row for row, _ in gone), size))

    def _write_bits(self, rows: _Rows, gone: int) -> None:
        ours = self.database
        kept = {
            (facet, value): unpacked(bits)
            for facet, value, bits in ours.rows("SELECT facet, value, rows FROM bits")
            if gone or (facet, value) in rows.values
        }
        changed = {key: bits & ~gone for key, bits in kept.items() if bits & gone}
        for key, members in rows.values.items():
            changed[key] = (kept.get(key, 0) & ~gone) | bits_of(members, rows.size)
        ours.many("INSERT OR REPLACE INTO bits VALUES (?, ?, ?)", [(*key, packed(bits)) for key, bits in changed.items() if bits])
        ours.many("DELETE FROM bits WHERE facet = ? AND value = ?", [key for key, bits in changed.items() if not bits])

    def stand_on(self, on: date) -> None:
        """Note where everything stands on a day, for the facet of status: kept for that one day, until something changes."""
        with self._lock:
            if self._stands_on(on):
                return
            ours, places = self.database, states_on(self.library, on)
            with ours.writing():
                size = int(ours.state("size") or 1)
                rows: dict[tuple[str, str], list[int]] = defaultdict(list)
                for row, symbol, paragraph in ours.all("SELECT id, symbol, paragraph FROM row"):
                    rows[symbol, paragraph].append(row)
                ours.run("DELETE FROM bits WHERE facet = 'status'")
                ours.many(
                    "INSERT INTO bits VALUES ('status', ?, ?)",
                    [
                        (state, packed(bits_of((row for key in keys for row in rows.get(key, ())), size)))
                        for state, keys in places.items()
                    ],
                )
                ours.set_state("stood", self._standing(on))

    def _stands_on(self, on: date) -> bool:
        return bool(self.database.state("stood") == self._standing(on))

    def _standing(self, on: date) -> str:
        made, seen = self._state()
        return f"{made} {seen} {on.isoformat()}"

    # -- asked --------------------------------------------------------------------------------------------------------
    @contextmanager
    def reading(self, on: date | None = None) -> Iterator[None]:
        """One look at the index: everything inside sees the same state of it, and what stands how on a day."""
        with self._lock:
            if on is not None:
                self.stand_on(on)
            with self.database.reading():
                known = (self._state(), self.database.state("stood"))
                if known != self._known:
                    self._bits, self._known = {}, known
                    self._days = array("i", self.database.state("days") or bytes(4))
                if on is not None and not self._stands_on(on):
                    # Somebody asked for another day in between: nothing of that is ours.
                    self._bits["status"], self._known = self._standing_bits(on), None
                yield

    def _standing_bits(self, on: date) -> dict[str, int]:
        places, size = states_on(self.library, on), len(self._days)
        query = "SELECT id FROM row WHERE symbol = ? AND paragraph = ?"
        return {
            state: bits_of((row for key in keys for (row,) in self.database.rows(query, key)), size)
            for state, keys in places.items()
        }

    @property
    def days(self) -> array[int]:
        """By row, the day its text was adopted, as a number that grows with time."""
        return self._days

    def bits(self, facet: str) -> Mapping[str, int]:
        """The values of a facet, each with its rows."""
        if facet not in self._bits:
            rows = self.database.rows("SELECT value, rows FROM bits WHERE facet = ?", (facet,))
            self._bits[facet] = {value: unpacked(kept) for value, kept in rows}
        return self._bits[facet]

    def accents(self, language: str) -> Any:
        """The terms that a bare word has where it is spelled with accents."""
        query = "SELECT term FROM accent WHERE language = ? AND bare = ?"
        return lambda word: tuple(term for (term,) in self.database.rows(query, (language, word)))

    def rows(self, numbers: Iterable[int]) -> list[Row]:
        """The rows of these numbers, in their order."""
        wanted = list(numbers)
        marks = ", ".join("?" * len(wanted))
        found = {row[0]: row for row in self.database.rows(f"SELECT * FROM row WHERE id IN ({marks})", tuple(wanted))}
        return [found[number] for number in wanted if number in found]

    def close(self) -> None:
        """Give the file back."""
        self.database.close()


class _Rows:
    """New rows, gathered before they are written."""

    def __init__(self, database: Database, size: int) -> None:
        self._database, self.size = database, size
        self.days: list[int] = []
        self.values: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._rows: list[Row] = []
        self._words: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        self._accents: set[tuple[str, str, str]] = set()
        self._wordings: dict[int, int] = {}
        self._lately: dict[tuple[str, str], tuple[str, int]] = {}
        self._new: list[tuple[int, int, str, str]] = []
        self._next = int(database.value("SELECT coalesce(max(id), 0) FROM wording")) + 1

    def add(self, library: Database, symbol: str) -> None:
        """All texts of a resolution."""
        shared = of_resolution(library, symbol)
        asked = of_paragraphs(library, symbol)
        adopted, session = next(library.rows("SELECT adopted, session FROM resolution WHERE symbol = ?", (symbol,)), (None, None))
        day = int(adopted.replace("-", "")) if adopted else (1945 + (session or 0)) * 10_000
        for text, language, entry, title in list(
            library.rows("SELECT id, language, entry, title FROM text WHERE symbol = ?", (symbol,))
        ):
            own = of_text(library, text)
            heading = " ".join(term.word for term in terms(f"{title or ''} {symbol}", language))
            for place, identifier, kind, words, closing, aligned in library.rows(
                "SELECT place, id, kind, words, closing, aligned FROM paragraph WHERE text = ? ORDER BY place", (text,)
            ):
                said = f"{words} {closing}" if closing else words
                paragraph = aligned or identifier
                row = self.size
                searched, wording = self._read(said, language)
                self._rows.append((row, text, entry, place, symbol, paragraph, language, wording))
                self._words[language].append((row, searched, heading))
                self.days.append(day)
                for key in (
                    {("language", language), ("kind", kind)} | shared | asked.get(paragraph, set()) | own.get(identifier, set())
                ):
                    self.values[key].append(row)
                self.size += 1
            self._accents |= set(_accents(title or "", language))

    def _read(self, words: str, language: str) -> tuple[str, int]:
        """The terms of a paragraph, and the number of its wording; one that stands in many texts is read once."""
        if (words, language) in self._lately:
            return self._lately[words, language]
        said = masked(words, language)
        number = digest(said, language)
        if number not in self._wordings:
            known = self._database.value("SELECT id FROM wording WHERE digest = ?", (number,))
            if known is None:
                known = self._next
                self._next += 1
                self._new.append((known, number, language, said))
            self._wordings[number] = known
        self._accents |= set(_accents(words, language))
        if len(self._lately) >= SPARE:
            self._lately.clear()
        read = " ".join(term.word for term in terms(words, language)), self._wordings[number]
        self._lately[words, language] = read
        return read

    def write(self) -> None:
        """What was gathered, into the tables."""
        ours = self._database
        ours.many("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?)", self._rows)
        ours.many("INSERT INTO wording VALUES (?, ?, ?, ?)", self._new)
        ours.many(
            "INSERT OR IGNORE INTO shingle VALUES (?, ?)",
            sorted((code, wording) for wording, _, language, said in self._new for code in shingles(said, language)),
        )
        ours.many("INSERT OR IGNORE INTO accent VALUES (?, ?, ?)", sorted(self._accents))
        for language, rows in self._words.items():
            ours.many(f"INSERT INTO words_{language} (rowid, words, title) VALUES (?, ?, ?)", rows)
        for gathered in (self._rows, self._new, self._accents, self._words):
            gathered.clear()


def _accents(words: str, language: str) -> Iterator[tuple[str, str, str]]:
    """The words whose accents lead to another term."""
    if words.isascii():
        return
    for word, _, _, han in words_of(fold(words).text, language):
        if not han and (plain := bare(word)) != word and (term := term_of(word, language)) != term_of(plain, language):
            yield language, plain, term


_open: weakref.WeakKeyDictionary[Library, Index] = weakref.WeakKeyDictionary()


def index_of(library: Library) -> Index:
    """The index of a library, up to date with it. A file that is damaged, or of another form, is built again."""
    index = _open.get(library) or _opened(library)
    try:
        index.catch_up()
    except DamagedError:
        index.close()
        remove(library.folder / FILE)
        index = _opened(library)
        index.catch_up()
    return index


def _opened(library: Library) -> Index:
    index = _open[library] = Index(library, _database(library.folder / FILE))
    weakref.finalize(library, index.close)
    return index


def _database(path: Path) -> Database:
    try:
        database = Database(path, SCHEMA, FORM)
        if database.form == FORM:
            return database
        database.close()
    except DamagedError:
        pass
    remove(path)
    return Database(path, SCHEMA, FORM)


def remove(path: Path) -> None:
    """The index's file and what SQLite keeps beside it: nothing is lost but the time to build it again."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)
