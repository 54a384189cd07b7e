"""Two texts side by side: what stayed, moved, was reworded, is new, was dropped; and how much of the later one is the earlier."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from ploughshare.errors import QueryError, UnknownError
from ploughshare.flow import Reading, read_mandates
from ploughshare.library.consensus import PREFERRED
from ploughshare.library.library import Library
from ploughshare.tracking.changes import Change, Words, changes, folded
from ploughshare.tracking.history import series, words_of

from .masking import masked

#: A text of more paragraphs is not compared: every paragraph that changed is held against every other.
MOST = 2000
_OPERATIVE = re.compile(r"(?:s[^.]*\.)?op")
#: What can be compared: a symbol of the library, a file, or a document read already.
Side = str | Path | Reading


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of each paragraph of the earlier text in the later one, in one language.

    ``same`` of ``of`` operative paragraphs of the later text stand word for word in the earlier one; with ``mask``, word for
    word but for sessions, dates and numbers of documents.
    """

    earlier: str
    later: str
    language: str
    mask: bool
    changes: tuple[Change, ...]
    same: int
    of: int

    @property
    def sameness(self) -> float | None:
        """The share of operative paragraphs that are the same; None where the later text has none."""
        return self.same / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class _Text:
    name: str
    languages: tuple[str, ...]
    words: Callable[[str], list[Words]]


def compare(library: Library | None, earlier: Side, later: Side, *, language: str | None = None, mask: bool = False) -> Comparison:
    """What changed from one text to another, and how much of the later one stood in the earlier?

    A side is a symbol of the library, the path of a file, or a ``Reading``. ``mask``: sessions, dates and numbers of documents
    do not count. The language is the one asked for or the first that both have. UnknownError for a symbol that is not there,
    QueryError where no language is shared.
    """
    one, other = _text(library, earlier, language), _text(library, later, language)
    shared = [tongue for tongue in PREFERRED if tongue in one.languages and tongue in other.languages]
    if language is not None and language not in shared:
        raise QueryError(
            f"{one.name} and {other.name} are not both there in {language}",
            advice=f"compare in {', '.join(shared)}" if shared else "add the texts in one language",
        )
    if not shared:
        raise QueryError(f"{one.name} and {other.name} share no language", advice="add one of them in the language of the other")
    chosen = language or shared[0]
    return _compared(one.name, other.name, chosen, one.words(chosen), other.words(chosen), mask)


def compare_series(library: Library, symbol: str, *, language: str | None = None, mask: bool = False) -> list[Comparison]:
    """What changed from text to text in the series of a resolution, oldest first? Texts without a shared language are passed over.

    UnknownError for a symbol in no series.
    """
    found = []
    for earlier, later in pairwise([text for text in series(library, symbol) if text.held]):
        shared = [tongue for tongue in PREFERRED if tongue in earlier.languages and tongue in later.languages]
        chosen = language if language in shared else shared[0] if shared and language is None else None
        if chosen is not None:
            old, new = (words_of(library, text.symbol, chosen) for text in (earlier, later))
            found.append(_compared(earlier.symbol, later.symbol, chosen, old, new, mask))
    return found


def _compared(earlier: str, later: str, language: str, old: Sequence[Words], new: Sequence[Words], mask: bool) -> Comparison:
    for name, words in ((earlier, old), (later, new)):
        if len(words) > MOST:
            raise QueryError(f"{name} has {len(words):,} paragraphs", advice=f"texts of up to {MOST:,} can be compared")
    found = tuple(changes(old, new, partial(masked, language=language) if mask else folded))
    operative = [change for change in found if change.after is not None and _OPERATIVE.match(change.after)]
    same = sum(change.what in ("same", "moved") for change in operative)
    return Comparison(earlier, later, language, mask, found, same, len(operative))


def _text(library: Library | None, side: Side, language: str | None) -> _Text:
    if isinstance(side, str):
        held = (
            []
            if library is None
            else [row[0] for row in library.database.rows("SELECT language FROM text WHERE symbol = ?", (side,))]
        )
        if library is None or not held:
            raise UnknownError(f"{side} is not in the library", advice="add it, or name a file")
        return _Text(side, tuple(held), partial(words_of, library, side))
    name = side.name if isinstance(side, Path) else side.resolution.symbol or side.resolution.source.name
    reading = read_mandates(side.read_bytes(), name, language) if isinstance(side, Path) else side
    paragraphs = [Words(p.id, p.text) for p in reading.resolution.paragraphs if p.kind != "annex"]
    return _Text(name, (reading.resolution.language,), lambda _: paragraphs)
