"""The history of a subject: the texts of a series, what each asked and what came of it, and what changed between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from ploughshare.errors import UnknownError
from ploughshare.library.consensus import PREFERRED
from ploughshare.library.library import Library

from .changes import Change, Words, changes
from .settle import settled
from .standing import Standing, status


@dataclass(frozen=True, slots=True)
class Text:
    """A resolution of a series; ``adopted``, ``title`` and ``asked`` where the library holds it."""

    symbol: str
    held: bool
    adopted: str | None = None
    title: str | None = None
    languages: tuple[str, ...] = ()
    asked: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """From one text of the library to the next: what became of each paragraph, in one language."""

    earlier: str
    later: str
    language: str
    changes: tuple[Change, ...]


def series(library: Library, symbol: str, *, on: date | None = None) -> list[Text]:
    """Which resolutions of one subject are there, oldest first, those that are only cited too, and what did each ask?

    UnknownError for a symbol that the library neither holds nor finds cited in a series.
    """
    settled(library)
    name = library.database.value("SELECT series FROM series WHERE symbol = ?", (symbol,))
    if name is None:
        raise UnknownError(f"{symbol} is in no series of this library", advice="add it, or a later text that recalls it")
    found = []
    for member, adopted, title in list(
        library.database.rows(
            "SELECT series.symbol, adopted, title FROM series LEFT JOIN resolution USING (symbol) WHERE series = ? ORDER BY place",
            (name,),
        )
    ):
        languages = tuple(
            sorted(language for (language,) in library.database.rows("SELECT language FROM text WHERE symbol = ?", (member,)))
        )
        asked = tuple(status(library, member, on)) if languages else ()
        found.append(Text(member, bool(languages), adopted, title, languages, asked))
    return found


def steps(library: Library, texts: Sequence[Text], language: str | None = None) -> list[Step]:
    """What changed from each text of a series to the next that the library holds, in a language that both have."""
    held = [text for text in texts if text.held]
    found = []
    for earlier, later in pairwise(held):
        shared = [tongue for tongue in PREFERRED if tongue in earlier.languages and tongue in later.languages]
        chosen = language if language in shared else shared[0] if shared and language is None else None
        if chosen is not None:
            old, new = (words_of(library, text.symbol, chosen) for text in (earlier, later))
            found.append(Step(earlier.symbol, later.symbol, chosen, tuple(changes(old, new))))
    return found


def words_of(library: Library, symbol: str, language: str) -> list[Words]:
    """The paragraphs of a text of the library, its annexes apart, in order."""
    return [
        Words(identifier, words)
        for identifier, words in library.database.rows(
            "SELECT paragraph.id, words FROM paragraph JOIN text ON text.id = paragraph.text "
            "WHERE symbol = ? AND language = ? AND kind != 'annex' ORDER BY place",
            (symbol, language),
        )
    ]
