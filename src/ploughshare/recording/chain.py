"""What must hold from one entry to the next: the header first, times in order, authors introduced before they write.

The writer asks before it appends; an audit asks again of every entry, because the log may be foreign.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ploughshare.errors import RecordError
from ploughshare.recording import note
from ploughshare.recording.entry import Author, Correction, Entry, Header, Remark, shape


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an entry where it stands: a code for programs, a sentence for people, what to try."""

    code: str
    what: str
    advice: str = ""


@dataclass(slots=True)
class Chain:
    """The state that runs along the entries of a log. ``step`` takes the next entry in and says what is wrong with it."""

    #: Was this key introduced in the entries before the ones that this chain has seen?
    introduced: Callable[[str], bool]
    #: The entry of an index below ``size``.
    entry: Callable[[int], Entry]
    size: int = 0
    last: str = ""
    header: Header | None = None
    #: Keys introduced in entries that this chain has seen, and where.
    authors: dict[str, int] = field(default_factory=dict)
    unknown: dict[str, int] = field(default_factory=dict)

    def step(self, entry: Entry) -> list[Problem]:
        """What is wrong with this as the next entry? It is taken in all the same."""
        problems = list(self._time(entry))
        try:
            body = shape(entry)
        except RecordError as error:
            problems.append(Problem("BODY_MALFORMED", error.what))
        else:
            if self.size == 0 or isinstance(body, Header):
                problems += self._header(entry, body)
            elif not self._known(entry.by):
                problems.append(
                    Problem(
                        "AUTHOR_UNKNOWN",
                        f"no entry before introduced its author, {entry.author.name}",
                        "key trust introduces an author",
                    )
                )
            if isinstance(body, Author):
                problems += self._author(entry, body)
            elif isinstance(body, Correction):
                problems += self._correction(entry, body)
            elif isinstance(body, Remark) and isinstance(body.about, int) and body.about >= self.size:
                problems.append(Problem("REFERENCE_BAD", f"it is about entry {body.about}, which does not come before it"))
            elif body is None:
                self.unknown[entry.type] = self.unknown.get(entry.type, 0) + 1
        self.size += 1
        self.last = entry.at
        return problems

    def skip(self) -> None:
        """The next entry cannot be read: it counts, and says nothing."""
        self.size += 1

    def _known(self, by: str) -> bool:
        return (self.header is not None and by == self.header.log) or by in self.authors or self.introduced(by)

    def _time(self, entry: Entry) -> list[Problem]:
        if entry.at >= self.last:
            return []
        what = f"its time, {entry.at}, lies before that of the entry before it, {self.last}"
        return [Problem("TIME_DISORDER", what, "set the clock, or give the time")]

    def _header(self, entry: Entry, body: object) -> list[Problem]:
        if self.size:
            return [Problem("HEADER_BAD", "a log has one header, its entry 0")]
        if not isinstance(body, Header):
            return [Problem("HEADER_BAD", "entry 0 is not a header")]
        self.header = body
        if entry.by != body.log or entry.author.name != body.origin:
            return [Problem("HEADER_BAD", "the header is not signed by the key that it names as the log's")]
        return []

    def _author(self, entry: Entry, body: Author) -> list[Problem]:
        if self.header is None or entry.by != self.header.log:
            return [Problem("AUTHOR_UNKNOWN", "only the log itself introduces authors")]
        try:
            key = note.vkey(body.key)
        except RecordError as error:
            return [Problem("BODY_MALFORMED", error.what)]
        if key.type != note.ED25519:
            return [Problem("BODY_MALFORMED", f"the key of {key.name} is that of a witness, and witnesses write no entries")]
        if self._known(body.key):
            return [Problem("AUTHOR_TWICE", f"{key.name} was introduced before", "a correction changes what was said of an author")]
        self.authors[body.key] = self.size
        return []

    def _correction(self, entry: Entry, body: Correction) -> list[Problem]:
        if not 0 < body.corrects < self.size:
            return [
                Problem("REFERENCE_BAD", f"it corrects entry {body.corrects}, which is no entry before it that can be corrected")
            ]
        if body.withdraws and self.header is not None and entry.by not in (self.header.log, self._by(body.corrects)):
            what = f"it withdraws entry {body.corrects}, which another author wrote"
            return [Problem("REFERENCE_BAD", what, "correct it without withdrawing it")]
        return []

    def _by(self, index: int) -> str:
        try:
            return self.entry(index).by
        except RecordError:
            return ""  # an entry that cannot be read has no author who could take it back
