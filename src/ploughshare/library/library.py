"""A library is a folder: originals by digest, the record, and tables derived from both.

The record leads. What an entry says is applied to the tables in the order of the record, so a crash between the two loses
nothing: the next start goes on where the tables stopped. ``rebuild`` is the same walk from the first entry on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from ploughshare import __version__
from ploughshare.errors import LibraryError, RecordError
from ploughshare.model.undertaking import Asked
from ploughshare.pool import outcomes
from ploughshare.recording import entry as entries
from ploughshare.recording import keys
from ploughshare.recording.database import DATABASE
from ploughshare.recording.entry import Body, Correction, Entry
from ploughshare.recording.note import Signer
from ploughshare.recording.store import Record

from .align import Side, align
from .consensus import PREFERRED, consensus
from .database import FORM, Database
from .entries import ActBody, DisputeBody, DocumentBody, composed, spelled
from .founding import KEY, TABLES, begin, remains, remove, remove_abandoned, sealed
from .incoming import Incoming, Read, ended, read_in, read_kept
from .originals import Originals
from .rows import Rows, packed

AnyBody = TypeVar("AnyBody", bound=Body)

#: A better format of the same text takes its place: the UN's own XML says most, pages of print say least.
RANKS = {"akn": 0, "docx": 1, "html": 2, "doc": 3, "text": 4, "pdf": 5}
#: So many documents are recorded and applied at a time.
BATCH = 200


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document: ``new`` on the record, or there already; or refused, and why.

    ``beside``: the name of another text of the same resolution, language and format. The library follows the one that came last.
    """

    name: str
    symbol: str | None = None
    language: str | None = None
    new: bool = False
    why: str | None = None
    beside: str | None = None


class Library:
    """A folder of resolutions and of what was done about them. ``Library.open`` makes one where there is none yet, if told so."""

    def __init__(self, folder: Path, record: Record, database: Database) -> None:
        self.folder, self.record, self.database = folder, record, database
        self.originals = Originals(folder / "originals")

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Library:
        """The library in a folder, repaired from the record if a crash left it behind.

        LibraryError where there is none (and ``create`` is not said), or where it is damaged in a way that needs a person.
        """
        there = (folder / "record" / DATABASE).exists()
        if not there and not create and not remains(folder):
            raise LibraryError(
                "there is no library here", where=str(folder), advice="make one with `ploughshare add FILE --library DIR`"
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                f"the folder cannot be made ({error.strerror})", where=str(folder), advice="name one that may be written"
            ) from error
        if not there:
            begin(folder)
        library = cls(folder, Record.open(folder / "record"), Database(folder / TABLES))
        if library.database.form != FORM:
            library.close()
            return cls.rebuild(folder)
        library.catch_up()
        return library

    def close(self) -> None:
        """Give its files back."""
        self.database.close()
        self.record.close()

    # -- documents in -------------------------------------------------------------------------------------------------
    def add(
        self, documents: Sequence[tuple[Path, str]], *, language: str | None = None, jobs: int = 1, told: Callable[[Added], None]
    ) -> None:
        """Take documents in: (path, name) each. ``told`` hears what became of every one, in their order.

        Bytes that are in the library already change nothing. A document is in when its original and its entry are on the disk;
        what was told before an interruption holds, and the next ``add`` goes on with the rest.
        """
        incoming = (Incoming(path, spelled(name), language, self.originals.folder) for path, name in documents)
        batch: list[Read] = []
        for read in outcomes(read_in, incoming, jobs, ended):
            batch.append(read)
            if len(batch) >= BATCH:
                self._take(batch, told)
                batch = []
        self._take(batch, told)
        # Published as it now stands, so that everything added can be proven at once.
        self.record.checkpoint(self.key())

    def _take(self, batch: list[Read], told: Callable[[Added], None]) -> None:
        """Record and apply what was read."""
        batch = [self._read_after_all(read) for read in batch]
        rows = {read.digest: read.rows for read in batch if read.rows is not None}
        fresh: dict[str, Read] = {}
        # In one turn: what another process adds at the same time is seen first, and so recorded once.
        with self.record.writing():
            self.catch_up(rows)
            for read in batch:
                if read.why is None and not self._knows(read.digest):
                    fresh.setdefault(read.digest, read)
            bodies = [DocumentBody(r.digest, r.size, r.name[-400:], r.language) for r in fresh.values()]  # type: ignore[arg-type]
            if bodies:
                self.record.add([("document", body) for body in bodies], self.key())
        self.catch_up(rows)
        self._heal(rows)
        for read in batch:
            if read.why is not None:
                told(Added(read.name, why=read.why))
            else:
                told(self._added(read, fresh.pop(read.digest, None) is read))

    def _added(self, read: Read, new: bool) -> Added:
        query = "SELECT symbol, language, format FROM original WHERE digest = ?"
        symbol, language, form = next(self.database.rows(query, (read.digest,)), (None, None, None))
        query = "SELECT name FROM original WHERE symbol = ? AND language = ? AND format = ? AND digest != ? ORDER BY entry DESC"
        return Added(read.name, symbol, language, new, beside=self.database.value(query, (symbol, language, form, read.digest)))

    def _read_after_all(self, read: Read) -> Read:
        """A document whose original was here: unread so far, and to be read now if a crash kept it off the record, or if it could
        not be read when it was last needed.
        """
        if read.rows is not None or read.why is not None or (self._knows(read.digest) and not self._owes(read.digest)):
            return read
        return read_kept(Incoming(self.originals.path(read.digest), read.name, read.language, self.originals.folder, read.digest))

    def _knows(self, digest: str) -> bool:
        return self.database.value("SELECT 1 FROM original WHERE digest = ?", (digest,)) is not None

    def _owes(self, digest: str) -> bool:
        """Is it on the record, and could not be read when the tables were made: gone, or damaged?"""
        return self.database.value("SELECT 1 FROM original WHERE digest = ? AND why IS NOT NULL", (digest,)) is not None

    def _heal(self, rows: Mapping[str, Rows]) -> None:
        """Apply originals that came back."""
        owed = {digest: found for digest, found in rows.items() if self._owes(digest)}
        if not owed:
            return
        with self.database.writing():
            for digest, found in owed.items():
                self.database.run(
                    "UPDATE original SET why = NULL, format = ?, symbol = ?, language = ? WHERE digest = ?",
                    (found.format, found.symbol, found.language, digest),
                )
                self._put(self.database.value("SELECT entry FROM original WHERE digest = ?", (digest,)), found)
                self._settle(found.symbol)
            self.database.set_state("settled", None)

    def unread(self) -> list[str]:
        """Which documents of the record could not be read when the tables were made? One sentence each."""
        return [why for (why,) in self.database.rows("SELECT why FROM original WHERE why IS NOT NULL ORDER BY entry")]

    # -- acts in --------------------------------------------------------------------------------------------------------
    def put(self, kind: str, body: Body, author: Signer | None = None) -> int:
        """Put an act, a dispute or a correction on the record, signed by its author (the library itself, if nobody else), and
        apply it: the number of its entry.
        """
        entry = self.record.add([(kind, composed(body))], author or self.key())[0]
        self.catch_up()
        return entry

    def key(self) -> Signer:
        """The library's own key, which signs what comes in without another author."""
        if not (self.folder / KEY).exists():
            raise LibraryError(
                "the library's own key is gone",
                where=str(self.folder / KEY),
                advice="put it back from a copy; a new key cannot sign for this record, which can still be read and proven",
            )
        return keys.load(self.folder / KEY, sealed)

    # -- the record → the tables ------------------------------------------------------------------------------------------
    def catch_up(self, rows: Mapping[str, Rows | Read] | None = None, until: int | None = None) -> None:
        """Apply the entries (up to ``until``) that the tables have not seen. ``rows``: what was just read, by digest.

        LibraryError for an entry that is forged, or may not stand where it stands.
        """
        database = self.database
        seen = int(database.state("seen") or 0)
        if self.record.size <= seen:
            if self.record.size < seen:
                raise LibraryError(
                    f"the record has {self.record.size} entries, and the tables know {seen}",
                    where=str(self.folder),
                    advice="if the record was restored from a copy, run `ploughshare rebuild`; else restore the record",
                )
            return
        with database.writing():
            seen = int(database.state("seen") or 0)  # another process may have been faster
            touched: set[str] = set()
            for index, entry in self._sound(seen, until):
                touched |= self._apply(index, entry, rows or {})
                seen = index + 1
            for symbol in sorted(touched):
                self._settle(symbol)
            database.set_state("seen", seen)
            database.set_state("reader", __version__)

    @classmethod
    def rebuild(cls, folder: Path, *, jobs: int = 1, progress: Callable[[int, int], None] | None = None) -> Library:
        """The library with everything derived anew from the originals and the record.

        The new tables are built beside the old, which may be damaged, and take their place when they are whole.
        """
        record = Record.open(folder / "record")
        path = folder / TABLES
        remove_abandoned(folder)
        fresh = folder / f"new-{os.getpid()}.{TABLES}"
        library = cls(folder, record, Database(fresh))
        library._derive(jobs, progress)
        library.database.close(whole=True)
        remove(path)
        fresh.replace(path)
        remove(fresh)
        library.database = Database(path)
        return library

    def _derive(self, jobs: int, progress: Callable[[int, int], None] | None) -> None:
        """Apply the whole record, with many cores reading ahead."""
        documents = (self._kept(_body(entry, DocumentBody)) for _, entry in self._entries() if entry.type == "document")
        reads = outcomes(read_kept, documents, jobs, ended)
        rows: dict[str, Read] = {}
        total = self.record.size
        for index, entry in self._entries(0, total):
            if entry.type == "document":
                rows[_body(entry, DocumentBody).digest] = next(reads)
            if len(rows) >= BATCH:
                self.catch_up(rows, until=index + 1)
                rows.clear()
            if progress:
                progress(index + 1, total)
        self.catch_up(rows)

    def _kept(self, body: DocumentBody) -> Incoming:
        return Incoming(self.originals.path(body.digest), body.name, body.language, self.originals.folder, body.digest)

    def _entries(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, Entry]]:
        for index, raw in enumerate(self.record.entries(start, stop), start):
            yield index, entries.parse(raw)

    def _sound(self, start: int, stop: int | None) -> Iterator[tuple[int, Entry]]:
        """Entries that are signed and may stand where they stand: what was put into the file by hand changes nothing."""
        chain = self.record.chain(start)
        for index, raw in enumerate(self.record.entries(start, stop), start):
            try:
                entry = entries.parse_verified(raw)
            except RecordError as error:
                raise _refused(self.folder, index, error.what) from error
            if problems := chain.step(entry):
                raise _refused(self.folder, index, problems[0].what)
            yield index, entry

    def _apply(self, index: int, entry: Entry, rows: Mapping[str, Rows | Read]) -> set[str]:
        """What one entry changes in the tables; the symbols of the resolutions it touches."""
        if entry.type == "document":
            return self._apply_document(index, entry, _body(entry, DocumentBody), rows)
        if entry.type == "act":
            act = _body(entry, ActBody)
            self.database.run(
                "INSERT INTO act VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, NULL)",
                (f"act:{index}", act.act, act.day, packed(act.actors), act.document, index, entry.author.name, packed(act)),
            )
            self.database.many("INSERT OR IGNORE INTO answer VALUES (?, ?)", [(mandate, f"act:{index}") for mandate in act.answers])
        elif entry.type == "dispute":
            dispute = _body(entry, DisputeBody)
            self.database.run("INSERT INTO dispute VALUES (?, ?, ?, ?)", (dispute.act, index, entry.author.name, dispute.why))
        elif entry.type == "correction":
            said = _body(entry, Correction)
            if said.withdraws:
                self.database.run("UPDATE act SET withdrawn = ? WHERE entry = ?", (said.why, said.corrects))
        return set()

    def _apply_document(self, index: int, entry: Entry, body: DocumentBody, known: Mapping[str, Rows | Read]) -> set[str]:
        found = known.get(body.digest) or read_kept(self._kept(body))
        rows, why = (found.rows, found.why) if isinstance(found, Read) else (found, None)
        self.database.run(
            "INSERT OR IGNORE INTO original VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                index,
                body.digest,
                body.name,
                body.size,
                entry.at,
                body.language,
                rows and rows.format,
                rows and rows.symbol,
                rows and rows.language,
                why,
            ),
        )
        if rows is None:
            return set()
        self._put(index, rows)
        return {rows.symbol}

    def _put(self, entry: int, rows: Rows) -> None:
        """The rows of a text into the tables, unless a better original of the same text is there."""
        database = self.database
        old = next(
            database.rows(
                "SELECT text.id, original.format FROM text JOIN original ON original.entry = text.entry "
                "WHERE text.symbol = ? AND text.language = ?",
                (rows.symbol, rows.language),
            ),
            None,
        )
        if old is not None:
            if RANKS.get(old[1], 9) < RANKS.get(rows.format, 9):
                return
            for table in ("paragraph", "footnote", "citation", "mandate", "unread"):
                database.run(f"DELETE FROM {table} WHERE text = ?", (old[0],))
            database.run("DELETE FROM text WHERE id = ?", (old[0],))
        database.run(
            "INSERT INTO text VALUES (NULL, ?, ?, ?, ?, ?, ?)",
            (rows.symbol, rows.language, entry, rows.title, rows.agenda_title, rows.enacting),
        )
        text = database.value("SELECT last_insert_rowid()")
        for table, fields, values in (
            ("paragraph", 12, [(*row, None) for row in rows.paragraphs]),
            ("footnote", 4, rows.footnotes),
            ("citation", 8, rows.citations),
            ("mandate", 13, rows.mandates),
            ("unread", 3, rows.unread),
        ):
            marks = ", ".join("?" * fields)
            database.many(f"INSERT INTO {table} VALUES ({marks})", [(text, *row) for row in values])
        self._put_facts(rows)

    def _put_facts(self, rows: Rows) -> None:
        """What holds for the resolution in every language: its session and dates, votes, sponsors, subjects."""
        database, symbol = self.database, rows.symbol
        reference = database.value("SELECT reference FROM resolution WHERE symbol = ?", (symbol,))
        if reference is None:
            database.run(f"INSERT INTO resolution VALUES ({', '.join('?' * 16)})", (symbol, *rows.resolution, rows.language))
        elif PREFERRED.index(rows.language) <= PREFERRED.index(reference):
            # Facts that only the text before knew are kept.
            names = [
                "body",
                "session",
                "title",
                "agenda_item",
                "agenda_title",
                "adopted",
                "report",
                "report_paragraph",
                "committee",
                "meeting",
                "outcome",
                "in_favour",
                "against",
                "abstaining",
            ]
            changes = ", ".join(f"{name} = coalesce(?, {name})" for name in names)
            database.run(
                f"UPDATE resolution SET {changes}, reference = ? WHERE symbol = ?",
                (*rows.resolution, rows.language, symbol),
            )
        database.many("INSERT OR IGNORE INTO vote VALUES (?, ?, ?)", [(symbol, *row) for row in rows.votes])
        database.many("INSERT OR IGNORE INTO sponsor VALUES (?, ?, ?)", [(symbol, *row) for row in rows.sponsors])
        if rows.subjects and database.value("SELECT 1 FROM subject WHERE symbol = ?", (symbol,)) is None:
            database.many("INSERT INTO subject VALUES (?, ?, ?, ?)", [(symbol, *row) for row in rows.subjects])

    # -- one resolution, all its texts --------------------------------------------------------------------------------------
    def _settle(self, symbol: str) -> None:
        """Put side by side the texts of a resolution, and settle what it asks."""
        texts = dict(self.database.rows("SELECT language, id FROM text WHERE symbol = ?", (symbol,)))
        languages = [language for language in PREFERRED if language in texts]
        if not languages:
            return
        if len(languages) > 1:
            self._align(languages[0], texts)
        readings = {language: self.asked(texts[language]) for language in languages}
        order = {
            paragraph: place
            for place, paragraph in self.database.rows("SELECT place, id FROM paragraph WHERE text = ?", (texts[languages[0]],))
        }
        paragraphs = [*order, *dict.fromkeys(a.paragraph for asked in readings.values() for a in asked if a.paragraph not in order)]
        counted: dict[str, int] = {}
        rows = []
        for place, settled in enumerate(consensus(readings, paragraphs)):
            asked = settled.asked
            identifier = f"{symbol}#{asked.paragraph}!{asked.action}"
            counted[identifier] = counted.get(identifier, 0) + 1
            if counted[identifier] > 1:
                identifier += f".{counted[identifier]}"
            rows.append(
                (
                    identifier,
                    symbol,
                    asked.paragraph,
                    place,
                    asked.force,
                    packed(asked.addressees),
                    asked.action,
                    packed(asked.recipients),
                    asked.due,
                    asked.details,
                    packed(settled.languages),
                    None,
                    None,
                )
            )
        self.database.run("DELETE FROM undertaking WHERE symbol = ?", (symbol,))
        self.database.many(f"INSERT INTO undertaking VALUES ({', '.join('?' * 13)})", rows)

    def _align(self, reference: str, texts: Mapping[str, int]) -> None:
        sides = {language: self._sides(text) for language, text in texts.items()}
        for language, text in texts.items():
            if language != reference:
                pairs = align(sides[language], sides[reference])
                self.database.many(
                    "UPDATE paragraph SET aligned = ? WHERE text = ? AND id = ?",
                    [(theirs, text, mine) for mine, theirs in pairs.items() if mine != theirs],
                )

    def _sides(self, text: int) -> list[Side]:
        cited: dict[str, set[str]] = {}
        for paragraph, target in self.database.rows(
            "SELECT paragraph, target FROM citation WHERE text = ? AND paragraph IS NOT NULL", (text,)
        ):
            cited.setdefault(paragraph, set()).add(target)
        return [
            Side(identifier, kind, words, frozenset(cited.get(identifier, ())))
            for identifier, kind, words in self.database.rows(
                "SELECT id, kind, words FROM paragraph WHERE text = ? ORDER BY place", (text,)
            )
        ]

    def asked(self, text: int) -> list[Asked]:
        """The mandates of one text, without its words."""
        decode = msgspec.json.decode
        return [
            Asked(paragraph, force, tuple(decode(addressees)), action, tuple(decode(recipients)), due, details, place)
            for place, paragraph, force, addressees, action, recipients, due, details in self.database.rows(
                "SELECT place, paragraph, force, addressees, action, recipients, due, details "
                "FROM mandate WHERE text = ? ORDER BY place",
                (text,),
            )
        ]


def _refused(folder: Path, index: int, what: str) -> LibraryError:
    return LibraryError(
        f"entry {index} of the record may not be relied on: {what}",
        where=str(folder / "record"),
        advice="`ploughshare record audit` says what is wrong where; put back a sound copy",
    )


def _body(entry: Entry, shape: type[AnyBody]) -> AnyBody:
    """The body of an entry of a type that is known here."""
    body = entries.shape(entry)
    if not isinstance(body, shape):
        raise LibraryError(f"an entry of type {entry.type} has the body of another", advice="run `ploughshare record audit`")
    return body
