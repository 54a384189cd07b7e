"""Where do undertakings stand? The library's tables to questions, and the answer for each on a day."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import msgspec

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import load
from ploughshare.library.library import Library
from ploughshare.model.act import Act
from ploughshare.model.status import Status
from ploughshare.model.undertaking import Undertaking

from .assess import Question, assess
from .sessions import sittings
from .settle import settled
from .symbols import Place, place_of

#: How many there are, where a code means a number of States that does not change with the treaty or the year.
MEMBERS = {"MS": 193}
#: So many mandates are offered where another was asked for.
OFFERED = 8
_decode = msgspec.json.decode

_UNDERTAKINGS = """
SELECT undertaking.id, undertaking.symbol, undertaking.paragraph, force, addressees, action, recipients, due, details, languages,
       first, last, adopted, body, anew.by,
       (SELECT adopted FROM resolution r WHERE r.symbol = substr(anew.by, 1, instr(anew.by, '#') - 1))
FROM undertaking JOIN resolution USING (symbol) LEFT JOIN anew ON anew.undertaking = undertaking.id
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An undertaking and where it stands."""

    undertaking: Undertaking
    status: Status


def status(library: Library, what: str | None = None, on: date | None = None) -> list[Standing]:
    """Where does a mandate stand, or all of a paragraph, of a resolution, or of the library (None)?

    ``what`` is a symbol, a paragraph (``A/RES/79/240#op5``) or a mandate (``A/RES/79/240#op5!submit-report``). The answer is
    told for the day ``on`` (today). UnknownError where the library holds no such thing.
    """
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    settled(library)
    with _collector_at_rest():
        return list(standings(library, *_where(library, what), day))


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A hundred thousand answers live as long as their list: looking through them for garbage takes longer than making them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _where(library: Library, what: str | None) -> tuple[str, tuple[Any, ...]]:
    if what is None:
        return "", ()
    symbol, _, rest = what.partition("#")
    if library.database.value("SELECT 1 FROM resolution WHERE symbol = ?", (symbol,)) is None:
        raise UnknownError(f"{symbol} is not in the library", advice="add the document, or `ploughshare fetch` it")
    if not rest:
        return "WHERE undertaking.symbol = ?", (symbol,)
    if "!" in rest:
        found = library.database.value("SELECT 1 FROM undertaking WHERE id = ?", (what,))
        where: tuple[str, tuple[Any, ...]] = "WHERE undertaking.id = ?", (what,)
    else:
        found = library.database.value(
            "SELECT 1 FROM paragraph JOIN text ON text.id = paragraph.text WHERE symbol = ? AND paragraph.id = ?", (symbol, rest)
        )
        where = (
            "WHERE undertaking.symbol = ? AND (undertaking.paragraph = ? OR undertaking.paragraph LIKE ?)",
            (symbol, rest, f"{rest}.%"),
        )
    if found is None:
        raise UnknownError(f"there is no {rest} in {symbol}", advice=f"it asks for {mandates_near(library, what) or 'nothing'}")
    return where


def mandates_near(library: Library, what: str) -> str:
    """The mandates of a resolution, those of the paragraph that was named first; so many that a person can read them."""
    symbol, _, rest = what.partition("#")
    paragraph = rest.partition("!")[0]
    known = [
        row[0]
        for row in library.database.rows(
            "SELECT id FROM undertaking WHERE symbol = ? ORDER BY paragraph != ?, place", (symbol, paragraph)
        )
    ]
    more = f" and {len(known) - OFFERED} more" if len(known) > OFFERED else ""
    return ", ".join(known[:OFFERED]) + more


def standings(library: Library, where: str, values: tuple[Any, ...], on: date) -> Iterator[Standing]:
    """The undertakings of a settled library that fit a condition on their rows, oldest text first, and where they stand."""
    known = sittings(library.folder / "calendar.toml")
    acts = _acts(library, where, values)
    rows = list(library.database.rows(f"{_UNDERTAKINGS} {where}", values))
    rows.sort(key=lambda row: (place_of(row[1]) or Place(0, 0, row[1]),))
    deciding = _by_deciding()
    for (
        identifier,
        symbol,
        paragraph,
        force,
        addressees,
        action,
        recipients,
        due,
        details,
        languages,
        first,
        last,
        adopted,
        body,
        anew,
        anew_on,
    ) in rows:
        who = _names(addressees)
        question = Question(
            identifier,
            action,
            _day(adopted),
            due,
            force == "decide" and action in deciding and who == (body,),
            anew,
            _day(anew_on),
            _count(details) if action == "convene" else None,
            _members(addressees),
        )
        undertaking = Undertaking(
            identifier,
            symbol,
            paragraph,
            force,
            who,
            action,
            _names(recipients),
            _decode(due) if due else None,
            _decode(details),
            _names(languages),
            first,
            last,
            adopted,
        )
        yield Standing(undertaking, assess(question, acts.get(identifier, ()), on, known))


def _acts(library: Library, where: str, values: tuple[Any, ...]) -> Mapping[str, list[Act]]:
    """The acts that name undertakings, by undertaking."""
    join = f"JOIN undertaking ON undertaking.id = answer.undertaking {where} AND" if where else "WHERE"
    return acts_where(library, f"{join} withdrawn IS NULL ", values)


def acts_where(library: Library, clause: str, values: tuple[Any, ...]) -> Mapping[str, list[Act]]:
    """The acts that name undertakings or commitments, by what they name, the earliest first; withdrawn ones left out."""
    disputes: dict[str, list[str]] = defaultdict(list)
    for act, why in library.database.rows("SELECT act, why FROM dispute ORDER BY entry"):
        disputes[act].append(why)
    found: dict[str, list[Act]] = defaultdict(list)
    query = (
        "SELECT answer.undertaking, act.id, kind, day, actors, document, act.symbol, act.paragraph, entry, author, body "
        f"FROM answer JOIN act ON act.id = answer.act {clause}ORDER BY day, act.id"
    )
    for undertaking, identifier, kind, day, actors, document, symbol, paragraph, entry, author, body in library.database.rows(
        query, values
    ):
        place = f"{symbol}#{paragraph}" if symbol and paragraph else symbol
        recorded = _decode(body) if entry is not None else {}
        found[undertaking].append(
            Act(
                identifier,
                kind,
                day,
                _names(actors),
                document,
                recorded.get("occurrence"),
                place,
                entry,
                author,
                tuple(disputes.get(identifier, ())),
                recorded.get("note"),
            )
        )
    return found


@cache
def _members(addressees: str) -> int | None:
    """How many States these codes mean together, if each means a number of them."""
    codes = _names(addressees)
    return sum(MEMBERS[code] for code in codes) if codes and all(code in MEMBERS for code in codes) else None


@cache
def _by_deciding() -> frozenset[str]:
    return frozenset(load("answers")["by_deciding"]["kinds"])


@cache
def _names(packed: str) -> tuple[str, ...]:
    return tuple(_decode(packed))


def _count(details: str) -> int | None:
    count = _decode(details).get("count")
    return count if isinstance(count, int) else None


@cache
def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
