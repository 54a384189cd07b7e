"""Resolutions of one subject, session after session: found by their titles, and by what they recall.

Two texts belong together where they have the same title or the same sub-item in different sessions. What a text of the
series recalls in one list ("its resolutions 67/39, 68/32, …, 78/27") belongs to it too, whether the library has it or not:
but only a list that names the text before in the series, or, where the library has none, one that runs without a gap longer
than the subject's own rhythm up to the last session or two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ploughshare.lexicon.fold import fold

from .symbols import Place, place_of

#: A list of fewer resolutions is no history of a subject.
LEAST_LIST = 3
#: The last text before this one is no older than so many sessions.
LONGEST_PAUSE = 3
_SIGNS = re.compile(r"[\W_]+")
#: Blanks beside a character of a writing that has none: a line ended there once.
_WIDE = re.compile(r"(?<=[\u2e80-\u9fff\uf900-\ufaff]) | (?=[\u2e80-\u9fff\uf900-\ufaff])")


@dataclass(frozen=True, slots=True)
class Member:
    """A resolution of the library as far as series ask: its titles in the languages it has, and what it recalls, list by list."""

    symbol: str
    titles: frozenset[str]
    subitems: frozenset[str] = frozenset()
    #: The resolutions cited in one paragraph of the preamble.
    recalled: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True)
class _Sets:
    """Sets that grow together (union and find)."""

    parents: dict[str, str] = field(default_factory=dict)

    def of(self, thing: str) -> str:
        parent = self.parents.setdefault(thing, thing)
        while parent != self.parents[parent]:
            self.parents[parent] = self.parents[self.parents[parent]]
            parent = self.parents[parent]
        return parent

    def join(self, one: str, other: str) -> None:
        self.parents[self.of(one)] = self.of(other)


def title_key(title: str) -> str:
    """A title as it is compared: folded, without signs, and without blanks where the writing has none.

    >>> title_key("Nuclear\u00a0disarmament (follow-up)")
    'nuclear disarmament follow up'
    """
    return _WIDE.sub("", _SIGNS.sub(" ", fold(title).text)).strip()


def series_of(members: Sequence[Member]) -> list[list[str]]:
    """Which resolutions belong together? Each series oldest first, those that are only cited among them."""
    ordered = sorted((m for m in members if place_of(m.symbol)), key=lambda m: place_of(m.symbol) or Place(0, 0, ""))
    sets = _Sets()
    by_title: dict[str, list[Member]] = defaultdict(list)
    for member in ordered:
        sets.of(member.symbol)
        for title in member.titles | member.subitems:
            by_title[title].append(member)
    for alike in by_title.values():
        _join_alike(alike, sets)
    known = {member.symbol for member in ordered}
    # The nearest text before, by title: what recalls it in a list recalls the whole history.
    before = _before(ordered, sets)
    for member in ordered:
        for cited in _history(member, before.get(member.symbol), known, sets):
            sets.join(cited, member.symbol)
    found: dict[str, list[str]] = defaultdict(list)
    for symbol in sets.parents:
        found[sets.of(symbol)].append(symbol)
    return [sorted(symbols, key=lambda s: place_of(s) or Place(0, 0, s)) for symbols in found.values()]


def _join_alike(alike: Sequence[Member], sets: _Sets) -> None:
    """Texts that share a title, where no session has two of them (a title that stands over many texts names no subject)."""
    sessions = [place.session for member in alike if (place := place_of(member.symbol))]
    if len(set(sessions)) < len(sessions):
        return
    for member in alike[1:]:
        sets.join(member.symbol, alike[0].symbol)


def _before(ordered: Iterable[Member], sets: _Sets) -> Mapping[str, str]:
    latest: dict[str, str] = {}
    before = {}
    for member in ordered:
        together = sets.of(member.symbol)
        if together in latest:
            before[member.symbol] = latest[together]
        latest[together] = member.symbol
    return before


def _history(member: Member, before: str | None, known: set[str], sets: _Sets) -> tuple[str, ...]:
    """The list among those it recalls that is the history of its own subject."""
    own = place_of(member.symbol)
    for recalled in member.recalled:
        cited = [(place, symbol) for symbol in dict.fromkeys(recalled) if (place := place_of(symbol))]
        if own is None or not cited:
            continue
        last, latest = max(cited)
        if not 0 < own.session - last.session <= LONGEST_PAUSE:
            continue
        # A text of the library that is of another series makes the list another subject's.
        foreign = [s for _, s in cited if s in known and sets.of(s) != sets.of(member.symbol) and s != before]
        if before is not None and before in recalled and not foreign:
            return tuple(symbol for _, symbol in cited)
        if before is None and len(cited) >= LEAST_LIST and latest not in known and not foreign and _steady(cited):
            return tuple(symbol for _, symbol in cited)
    return ()


def _steady(cited: Sequence[tuple[Place, str]]) -> bool:
    """One text a session, and no pause longer than the subject's rhythm."""
    sessions = sorted(place.session for place, _ in cited)
    gaps = [b - a for a, b in pairwise(sessions)]
    return all(0 < gap <= LONGEST_PAUSE for gap in gaps)
