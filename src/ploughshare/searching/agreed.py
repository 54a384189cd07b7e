"""Agreed language: where a library has said the same before, or nearly the same; paragraph by paragraph of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from ploughshare.errors import NotAResolutionError, QueryError
from ploughshare.flow import Reading, read_mandates, read_text
from ploughshare.library.library import Library
from ploughshare.tracking.changes import Passage, marked
from ploughshare.tracking.series import title_key

from .draft import Finding, check
from .index import Index, index_of
from .masking import digest, masked, shingles
from .search import Place, placed

#: From this likeness on, of a hundred, a paragraph says nearly the same.
NEARLY = 78
#: From this likeness on a paragraph holds another; one shorter than so many characters is held by chance.
WITHIN, LEAST = 93, 40
#: So many wordings that share runs of words are looked at, and so many are told of.
CANDIDATES, TOLD = 60, 5
#: Draft of more characters, or more paragraphs, is refused.
LONGEST, MOST = 400_000, 1000
#: A paragraph longer than this is not compared word by word.
MARKED = 6000
_PARAGRAPHS = re.compile(r"\n\s*\n")
How = Literal["same", "nearly", "within"]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A wording of the library that says the same, or nearly so.

    It stands in ``texts`` resolutions, in any language; ``oldest`` and ``newest`` of them; ``predecessor`` is the newest of the
    draft's own subject. ``passages`` mark what differs between the question and ``compared``: the predecessor or, where there
    is none, the newest in the language of the question.
    """

    how: How
    likeness: float
    texts: int
    oldest: Place
    newest: Place
    predecessor: Place | None
    compared: Place
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph of a draft, and what the library said before, the likest and newest first."""

    paragraph: str
    words: str
    earlier: tuple[Earlier, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A draft against a library. ``findings`` are advice to its drafters, never a verdict."""

    language: str
    paragraphs: tuple[Said, ...]
    findings: tuple[Finding, ...]


class _Part(NamedTuple):
    id: str
    words: str


class _Row(NamedTuple):
    """Where a wording stands, in the order of age; in one day the language of the question comes last."""

    day: int
    asked: bool
    number: int
    symbol: str


def agreed(
    library: Library,
    draft: str | bytes | Path | Reading,
    *,
    language: str | None = None,
    name: str = "draft",
    on: date | None = None,
) -> Agreed:
    """Where has this been said before? For a sentence, or for every paragraph of a draft.

    Ordinals, dates and numbers of documents do not count. A draft that is a resolution (a file of any format, its bytes, or its
    text) is also checked: addressees, dates, to whom reports go, requests that still stand, symbols that cannot exist; and if
    the library holds it, only earlier texts are looked at. QueryError for nothing, or for too much.
    """
    reading, tongue, parts = _parts(draft, language, name)
    if not parts:
        raise QueryError("there are no words to look for", advice="paste a sentence, or name the file of a draft")
    if len(parts) > MOST:
        raise QueryError(f"the draft has {len(parts):,} paragraphs", advice=f"look at up to {MOST:,} at a time")
    index = index_of(library)
    with index.reading():
        finder = _Finder(library, index, tongue, reading)
        said = tuple(Said(part.id, part.words, finder.earlier(part.words)) for part in parts)
    if reading is None:
        return Agreed(tongue, said, ())
    repeated = {
        each.paragraph: tuple(dict.fromkeys((each.earlier[0].compared.address, each.earlier[0].newest.address)))
        for each in said
        if each.earlier and each.earlier[0].how != "within"
    }
    return Agreed(tongue, said, tuple(check(library, reading, repeated, on)))


def _parts(draft: str | bytes | Path | Reading, language: str | None, name: str) -> tuple[Reading | None, str, list[_Part]]:
    if isinstance(draft, str):
        if len(draft) > LONGEST:
            raise QueryError(f"the text has {len(draft):,} characters", advice=f"look at up to {LONGEST:,} at a time, or at a file")
        if not any(letter.isalnum() for letter in draft):
            return None, "en", []
        data = draft.encode("utf-8", "replace")
        reading = _resolution(data, name, language)
        if reading is None:
            tongue = read_text(data, name, language).language
            pieces = (" ".join(piece.split()) for piece in _PARAGRAPHS.split(data.decode()))
            return None, tongue, [_Part(str(n), piece) for n, piece in enumerate(filter(None, pieces), 1)]
        draft = reading
    elif isinstance(draft, Path):
        draft = read_mandates(draft.read_bytes(), draft.name, language)
    elif isinstance(draft, bytes):
        draft = read_mandates(draft, name, language)
    resolution = draft.resolution
    parts = [_Part(p.id, f"{p.text} {p.closing}" if p.closing else p.text) for p in resolution.paragraphs if p.kind != "annex"]
    return draft, resolution.language, parts


def _resolution(data: bytes, name: str, language: str | None) -> Reading | None:
    """Pasted words as a resolution; None for sentences, which have no operative part."""
    try:
        reading = read_mandates(data, name, language)
    except NotAResolutionError:
        return None
    return reading if any(p.kind == "operative" for p in reading.resolution.paragraphs) else None


class _Finder:
    """Finds what one draft repeats."""

    def __init__(self, library: Library, index: Index, language: str, reading: Reading | None) -> None:
        self._library, self._index, self._language = library, index, language
        self._several = len(index.bits("language")) > 1
        resolution = reading.resolution if reading else None
        self._symbol = resolution.symbol if resolution else None
        #: Only what is older than the draft counts, where its day is known.
        self._before = int(resolution.adopted.replace("-", "")) if resolution and resolution.adopted else 99_999_999
        self._kin = self._series(resolution.title) if resolution and resolution.title else frozenset()

    def _series(self, title: str) -> frozenset[str]:
        """The texts of the draft's own subject, told by its title: theirs come before others that say the same."""
        key = title_key(title)
        database = self._library.database
        titles = database.all("SELECT symbol, title FROM text WHERE language = ? AND title IS NOT NULL", (self._language,))
        alike = [symbol for symbol, other in titles if title_key(other) == key]
        query = "SELECT other.symbol FROM series JOIN series other ON other.series = series.series WHERE series.symbol = ?"
        return frozenset(alike).union(*({other for (other,) in database.rows(query, (symbol,))} for symbol in alike))

    def earlier(self, words: str) -> tuple[Earlier, ...]:
        """What the library said before, the likest first, and of what is equally like the newest."""
        said = masked(words, self._language)
        found: list[tuple[float, How, int, list[_Row]]] = []
        for wording, how, likeness in sorted(self._like(said), key=lambda one: -one[2]):
            if len(found) >= TOLD and likeness < found[TOLD - 1][0]:
                break
            if rows := self._rows(wording):
                found.append((likeness, how, wording, rows))
        found.sort(key=lambda one: (-one[0], not any(row.symbol in self._kin for row in one[3]), -max(one[3]).day))
        told = (self._told(words, how, likeness, wording, rows) for likeness, how, wording, rows in found[:TOLD])
        return tuple(earlier for earlier in told if earlier)

    def _like(self, said: str) -> Iterable[tuple[int, How, float]]:
        """Wordings that say the same, or nearly so."""
        database = self._index.database
        exact = database.value("SELECT id FROM wording WHERE digest = ?", (digest(said, self._language),))
        if exact is not None:
            yield exact, "same", 100.0
        codes = shingles(said, self._language)
        marks = ", ".join("?" * len(codes))
        for wording, words in list(
            database.rows(
                f"SELECT wording.id, wording.words FROM (SELECT wording, count(*) AS shared FROM shingle WHERE hash IN ({marks}) "
                "GROUP BY wording ORDER BY shared DESC, wording DESC LIMIT ?) JOIN wording ON wording.id = wording",
                (*codes, CANDIDATES),
            )
        ):
            if wording == exact:
                continue
            likeness = fuzz.ratio(said, words, score_cutoff=NEARLY)
            if likeness:
                yield wording, "nearly", round(likeness, 1)
            elif min(len(said), len(words)) >= LEAST and (held := fuzz.partial_ratio(said, words, score_cutoff=WITHIN)):
                # Holding it whole is less like than saying nearly the same.
                yield wording, "within", round(held * NEARLY / 100 * min(len(said), len(words)) / max(len(said), len(words)), 1)

    def _rows(self, wording: int) -> list[_Row]:
        """Where a wording stands that may count, in its own language."""
        days, before, own = self._index.days, self._before, self._symbol
        rows = self._index.database.all("SELECT id, symbol, language FROM row WHERE wording = ?", (wording,))
        return [
            _Row(day, language == self._language, row, symbol)
            for row, symbol, language in rows
            if (day := days[row]) < before and symbol != own
        ]

    def _told(self, words: str, how: How, likeness: float, wording: int, rows: list[_Row]) -> Earlier | None:
        everywhere = [*rows, *self._across(wording)]
        own = max((row for row in rows if row.symbol in self._kin), default=None)
        chosen = [row.number for row in (min(everywhere), max(everywhere), own or max(rows))]
        places = [placed(self._library, row) for row in self._index.rows(chosen)]
        if len(places) < 3 or None in places:
            return None
        (oldest, _), (newest, _), (compared, theirs) = places  # type: ignore[misc]
        passages = marked(theirs, words) if len(words) + len(theirs) <= MARKED else (Passage("old", theirs), Passage("new", words))
        texts = len({row.symbol for row in everywhere})
        return Earlier(how, likeness, texts, oldest, newest, compared if own else None, compared, passages)

    def _across(self, wording: int) -> list[_Row]:
        """Where the library says it in another language: by the paragraphs that are the same one of the same text."""
        if not self._several:
            return []
        database = self._index.database
        others = {
            other
            for (other,) in database.rows(
                "SELECT DISTINCT other.wording FROM row JOIN row other USING (symbol, paragraph) "
                "WHERE row.wording = ? AND other.language != row.language",
                (wording,),
            )
        }
        return [row for other in others for row in self._rows(other)]
