"""Facets: by what the paragraphs of a library can be narrowed down, and the values each paragraph has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import msgspec

from ploughshare.errors import QueryError, UnknownError
from ploughshare.library.database import Database
from ploughshare.library.library import Library
from ploughshare.tracking.standing import standings
from ploughshare.tracking.states import state as state_of

#: Every facet, in the order people narrow down by.
FACETS = (
    "session",
    "body",
    "committee",
    "language",
    "kind",
    "act",
    "addressee",
    "force",
    "due",
    "status",
    "treaty",
    "state",
)
#: A State and how it voted ("FRA:against"): can be asked for, and is not counted beside the States.
CAST = "cast"
#: How a due date is said, the telling key first; a mandate without one has the last.
DUE = ("every", "sessions", "session", "years", "year", "date", "within", "event", "until")
NO_DATE = "none"
_TREATY = "treaty:"
_SPONSOR = "sponsor"
_decode = msgspec.json.decode
Wanted = Mapping[str, tuple[str, ...]]


def wanted(asked: Mapping[str, Any]) -> Wanted:
    """The facets asked for, each with its values as they are kept. QueryError for a State that is none."""
    found = {}
    for facet, values in asked.items():
        several = values if isinstance(values, Collection) and not isinstance(values, str) else [values]
        said = tuple(dict.fromkeys(str(value).strip() for value in several if value is not None and str(value).strip()))
        if said:
            found[facet] = tuple(map(_state, said)) if facet == "state" else said
    return found


def _state(said: str) -> str:
    name, _, how = said.partition(":")
    try:
        code = state_of(name).iso3
    except UnknownError as error:
        raise QueryError(error.what, advice=error.advice) from error
    return f"{code}:{how}" if how else code


def of_resolution(database: Database, symbol: str) -> set[tuple[str, str]]:
    """What every paragraph of a resolution has: (facet, value)."""
    found: set[tuple[str, str]] = set()
    for row in database.rows("SELECT session, body, committee FROM resolution WHERE symbol = ?", (symbol,)):
        found |= {(facet, str(value)) for facet, value in zip(FACETS, row, strict=False) if value is not None}
    votes = database.rows('SELECT state, "cast" FROM vote WHERE symbol = ?', (symbol,))
    sponsors = database.rows("SELECT state, ? FROM sponsor WHERE symbol = ?", (_SPONSOR, symbol))
    for name, how in [*votes, *sponsors]:
        if code := _code(name):
            found |= {("state", code), (CAST, f"{code}:{how}")}
    return found


def of_paragraphs(database: Database, symbol: str) -> Mapping[str, set[tuple[str, str]]]:
    """What the paragraphs of a resolution ask, by the identifier they have in its reference language: (facet, value)."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for paragraph, force, addressees, action, due, details in database.rows(
        "SELECT paragraph, force, addressees, action, due, details FROM undertaking WHERE symbol = ?", (symbol,)
    ):
        found[paragraph] |= {("force", force), ("act", action), ("due", _due(due))}
        found[paragraph] |= {("addressee", code) for code in _decode(addressees)}
        instruments = _decode(details).get("instrument", ())
        found[paragraph] |= {
            ("treaty", str(one).removeprefix(_TREATY)) for one in ([instruments] if isinstance(instruments, str) else instruments)
        }
    return found


def of_text(database: Database, text: int) -> Mapping[str, set[tuple[str, str]]]:
    """What the paragraphs of one text have by their own words: treaties they name, the force of their verbs."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for paragraph, target in database.rows(
        "SELECT paragraph, target FROM citation WHERE text = ? AND paragraph IS NOT NULL AND target LIKE 'treaty:%'", (text,)
    ):
        found[paragraph].add(("treaty", target.removeprefix(_TREATY)))
    return found


def states_on(library: Library, on: date) -> Mapping[str, set[tuple[str, str]]]:
    """Where everything stands on a day: state → (symbol, paragraph) of what is in it."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for standing in standings(library, "", (), on):
        found[standing.status.state].add((standing.undertaking.symbol, standing.undertaking.paragraph))
    return found


@cache
def _due(due: str | None) -> str:
    keys = _decode(due) if due else ()
    return next((form for form in DUE if form in keys), NO_DATE)


@cache
def _code(name: str) -> str | None:
    # "Kenya (on behalf of …)" is Kenya; "Bolivia (Plurinational State of)" is a whole name.
    for candidate in (name, name.partition(" (")[0]):
        try:
            return state_of(candidate).iso3
        except UnknownError:
            continue
    return None


def counted(values: Iterable[tuple[str, int]], facet: str) -> list[tuple[str, int]]:
    """Values with their counts as people want to see them: sessions the newest first, others the most frequent first."""
    found = [(value, count) for value, count in values if count]
    if facet == "session":
        return sorted(found, key=lambda pair: (len(pair[0]), pair[0]), reverse=True)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
