"""Full-text search: which paragraphs of a library hold these words, narrowed down by facets."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ploughshare.errors import QueryError
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.library.library import Library

from .bits import bits_of, rows_of
from .facets import CAST, FACETS, counted, wanted
from .index import Index, index_of
from .query import Query, Sought, parse, sought
from .snippet import Snippet, snippet

#: Paragraphs on a page, and the last page that is told.
PAGE, PAGES = 20, 50
#: How much a word in the title counts against one in the paragraph (BM25).
WEIGHTS = "1.0, 0.4"
#: Scores that differ by less are the same: then the newer text comes first.
STEP = 1e-4
Order = Literal["best", "newest"]
Value = str | int | Collection[str | int] | None


@dataclass(frozen=True, slots=True)
class Vote:
    """How a text was adopted; counts where the record of the vote is in the library."""

    outcome: str | None
    in_favour: int | None = None
    against: int | None = None
    abstaining: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A paragraph of a resolution in one language, and what is known of the resolution."""

    symbol: str
    paragraph: str
    language: str
    kind: str
    number: str | None
    title: str | None
    session: int | None
    body: str | None
    committee: str | None
    adopted: str | None
    vote: Vote

    @property
    def address(self) -> str:
        """The address of the paragraph: ``A/RES/79/240#op5``."""
        return f"{self.symbol}#{self.paragraph}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that was found: where, what it says, and where what it asks stands."""

    place: Place
    snippet: Snippet
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: a page of paragraphs, how many there are, and what each facet would leave.

    A facet counts what all other facets leave, so that a person sees what another choice would give.
    """

    words: str
    count: int
    page: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Sequence[tuple[str, int]]]

    @property
    def pages(self) -> int:
        """How many pages there are to look at."""
        return min(PAGES, -(-self.count // PAGE))


def search(
    library: Library,
    words: str = "",
    *,
    language: Value = None,
    session: Value = None,
    body: Value = None,
    committee: Value = None,
    act: Value = None,
    addressee: Value = None,
    force: Value = None,
    due: Value = None,
    status: Value = None,
    state: Value = None,
    treaty: Value = None,
    kind: Value = None,
    page: int = 1,
    order: Order = "best",
    on: date | None = None,
) -> Found:
    """Which paragraphs hold all these words, in any of their forms, the best first?

    ``"…"`` keeps words together, ``OR`` joins alternatives, ``-`` leaves out. Each facet takes one value or several (any of
    them fits); ``state`` is a State that voted on or sponsored the text, ``"FRA:against"`` one that voted so. ``status`` is
    told for the day ``on`` (today). Without words everything that fits the facets is found, the newest first.
    QueryError for a question that cannot be answered.
    """
    query = parse(words)
    facets = wanted(
        {
            "language": language,
            "session": session,
            "body": body,
            "committee": committee,
            "act": act,
            "addressee": addressee,
            "force": force,
            "due": due,
            "status": status,
            "state": state,
            "treaty": treaty,
            "kind": kind,
        }
    )
    if not query and not facets:
        raise QueryError("there is nothing to search for", advice="give words, or a facet such as session or act")
    if not 1 <= page <= PAGES:
        raise QueryError(f"there is no page {page}", advice=f"pages are 1 to {PAGES}; narrow the search by a facet")
    index = index_of(library)
    with index.reading(on or date.today()):  # noqa: DTZ011 - a day of the calendar, where the person is
        questions = _questions(index, query, facets.get("language", LANGUAGES))
        scores = _scores(index, questions) if query else {}
        size = len(index.days)
        hits = bits_of(scores, size) if query else _union(index.bits("language").values())
        cuts = {facet: _cut(index, facet, values) for facet, values in facets.items()}
        left = _all(hits, cuts.values())
        chosen = _chosen(index, scores, left, page, "newest" if not query else order)
        found = [_hit(library, index, row, questions) for row in index.rows(chosen)]
        return Found(words, left.bit_count(), page, tuple(hit for hit in found if hit), _count(index, hits, cuts))


def _questions(index: Index, query: Query, languages: Iterable[str]) -> dict[str, Sought]:
    found = {language: sought(query, language, index.accents(language)) for language in languages if language in LANGUAGES}
    return {language: question for language, question in found.items() if question}


def _scores(index: Index, questions: Mapping[str, Sought]) -> dict[int, float]:
    """Row → score, less for what fits better (SQLite's way)."""
    scores: dict[int, float] = {}
    for language, question in questions.items():
        table = f"words_{language}"
        scores.update(
            index.database.all(f"SELECT rowid, bm25({table}, {WEIGHTS}) FROM {table} WHERE {table} MATCH ?", (question.expression,))
        )
    return scores


def _cut(index: Index, facet: str, values: Iterable[str]) -> int:
    """The rows that have any of these values."""
    named = index.bits(facet)
    return _union((index.bits(CAST) if facet == "state" and ":" in value else named).get(value, 0) for value in values)


def _union(sets: Iterable[int]) -> int:
    union = 0
    for one in sets:
        union |= one
    return union


def _all(hits: int, cuts: Iterable[int]) -> int:
    for cut in cuts:
        hits &= cut
    return hits


def _count(index: Index, hits: int, cuts: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
    within = _all(hits, cuts.values())
    counts = {}
    for facet in FACETS:
        left = _all(hits, (cut for other, cut in cuts.items() if other != facet)) if facet in cuts else within
        counts[facet] = counted(((value, (left & rows).bit_count()) for value, rows in index.bits(facet).items()), facet)
    return counts


def _chosen(index: Index, scores: Mapping[int, float], left: int, page: int, order: Order) -> list[int]:
    """The rows of a page, in order. Only those that may be on it are sorted."""
    days, upto = index.days, page * PAGE
    rows = list(scores) if left.bit_count() == len(scores) else rows_of(left)
    if order == "newest":
        best = heapq.nsmallest(upto, rows, key=lambda row: (-days[row], row))
    else:
        if len(rows) > upto:
            last = heapq.nsmallest(upto, map(scores.__getitem__, rows))[-1] + STEP
            rows = [row for row in rows if scores[row] <= last]
        best = heapq.nsmallest(upto, rows, key=lambda row: (round(scores[row] / STEP), -days[row], row))
    return best[upto - PAGE :]


_PARAGRAPH = """
SELECT paragraph.id, kind, number, words, closing, coalesce(text.title, resolution.title), resolution.session, body, committee,
       adopted, outcome, in_favour, against, abstaining
FROM text JOIN paragraph ON paragraph.text = text.id JOIN resolution ON resolution.symbol = text.symbol
WHERE text.id = ? AND text.entry = ? AND place = ?
"""


def placed(library: Library, row: tuple[int, int, int, int, str, str, str, int]) -> tuple[Place, str] | None:
    """A row's place and words; None where the library has another text there by now."""
    _, text, entry, place, symbol, _, language, _ = row
    found = next(library.database.rows(_PARAGRAPH, (text, entry, place)), None)
    if found is None:
        return None
    identifier, kind, number, words, closing, title, session, body, committee, adopted, *vote = found
    said = f"{words} {closing}" if closing else words
    return Place(symbol, identifier, language, kind, number, title, session, body, committee, adopted, Vote(*vote)), said


def _hit(
    library: Library, index: Index, row: tuple[int, int, int, int, str, str, str, int], questions: Mapping[str, Sought]
) -> Hit | None:
    found = placed(library, row)
    if found is None:
        return None
    place, words = found
    question = questions.get(place.language)
    states = tuple(state for state, rows in index.bits("status").items() if rows >> row[0] & 1)
    return Hit(place, snippet(words, question.runs if question else (), place.language), states)
