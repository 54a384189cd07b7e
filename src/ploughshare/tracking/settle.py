"""What follows from all texts and acts together, derived once after documents came in: series, requests made anew, acts
that later texts tell of, and the days between which things are due. All of it can be thrown away and derived again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from ploughshare.library.database import Database
from ploughshare.library.library import Library

from .readout import agenda_keys, items, reports, row_of
from .series import Member, series_of, title_key
from .sessions import sittings
from .symbols import place_of
from .times import times


def settled(library: Library) -> Library:
    """The library with everything derived that its texts allow; does nothing where that is done already."""
    database = library.database
    if database.state("settled") == database.state("seen"):
        return library
    with database.writing():
        series = series_of(list(_members(database)))
        _write_series(database, series)
        _write_titles(database)
        before = _before(database)
        _write_anew(database, before)
        _write_acts(database, before)
        _write_days(library)
        database.set_state("settled", database.state("seen"))
    return library


def _members(database: Database) -> Iterable[Member]:
    titles: dict[str, set[str]] = defaultdict(set)
    subitems: dict[str, set[str]] = defaultdict(set)
    first: dict[str, int] = {}
    for text, symbol, language, title, agenda_title in database.rows(
        "SELECT text.id, text.symbol, language, text.title, text.agenda_title FROM text JOIN resolution USING (symbol) "
        "ORDER BY text.symbol, language != reference"
    ):
        first.setdefault(symbol, text)
        if title:
            titles[symbol].add(f"{language} {title_key(title)}")
        _, colon, subitem = (agenda_title or "").replace("\uff1a", ":").partition(":")
        if colon:
            subitems[symbol].add(f"{language} {title_key(subitem)}")
    recalled: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    by_text = {text: symbol for symbol, text in first.items()}
    for text, paragraph, target in database.rows(
        "SELECT citation.text, paragraph, target FROM citation WHERE paragraph LIKE 'pp%' AND target LIKE 'A/RES/%' "
        "ORDER BY citation.text, citation.place"
    ):
        if text in by_text:
            recalled[by_text[text]][paragraph].append(target)
    for symbol in first:
        lists = tuple(tuple(cited) for cited in recalled[symbol].values())
        yield Member(symbol, frozenset(titles[symbol]), frozenset(subitems[symbol]), lists)


def _write_series(database: Database, found: Iterable[list[str]]) -> None:
    database.run("DELETE FROM series")
    database.many(
        "INSERT INTO series VALUES (?, ?, ?)",
        [(symbol, symbols[0], place) for symbols in found for place, symbol in enumerate(symbols)],
    )


def _write_titles(database: Database) -> None:
    rows = set()
    for symbol, title, agenda_title in database.rows("SELECT symbol, title, agenda_title FROM text"):
        if place := place_of(symbol):
            rows |= {(key, place.session) for key in agenda_keys(agenda_title, title)}
    database.run("DELETE FROM stood")
    database.many("INSERT INTO stood VALUES (?, ?)", sorted(rows))


def _before(database: Database) -> Mapping[str, str]:
    """Each text of the library → the text before it in its series that the library holds."""
    before: dict[str, str] = {}
    last: dict[str, str] = {}
    for symbol, series in database.rows(
        "SELECT symbol, series FROM series JOIN resolution USING (symbol) ORDER BY series, series.place"
    ):
        if series in last:
            before[symbol] = last[series]
        last[series] = symbol
    return before


def _write_anew(database: Database, before: Mapping[str, str]) -> None:
    """A request of one text that a later text of the series makes again: the same kind of act, of the same addressees."""
    asked: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, symbol, action, addressees in database.rows(
        "SELECT id, symbol, action, addressees FROM undertaking ORDER BY symbol, place"
    ):
        who = " ".join(sorted(msgspec.json.decode(addressees)))
        asked[symbol][action, who].append(identifier)
    after = {earlier: later for later, earlier in before.items()}
    rows = []
    for symbol, requests in asked.items():
        for key, identifiers in requests.items():
            later = after.get(symbol)
            while later is not None and key not in asked.get(later, {}):
                later = after.get(later)
            if later is not None:
                again = asked[later][key]
                rows += [(one, again[min(n, len(again) - 1)]) for n, one in enumerate(identifiers)]
    database.run("DELETE FROM anew")
    database.many("INSERT INTO anew VALUES (?, ?)", rows)


def _write_acts(database: Database, before: Mapping[str, str]) -> None:
    database.run("DELETE FROM answer WHERE act IN (SELECT id FROM act WHERE entry IS NULL)")
    database.run("DELETE FROM act WHERE entry IS NULL")
    for act in [*reports(database, before), *items(database)]:
        database.run("INSERT OR IGNORE INTO act VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row_of(act))
        database.many("INSERT OR IGNORE INTO answer VALUES (?, ?)", [(identifier, act.id) for identifier in act.answers])


def _write_days(library: Library) -> None:
    """The days of each due date, so that what is due can be asked by day."""
    known = sittings(library.folder / "calendar.toml")
    rows = []
    for identifier, due, adopted in library.database.rows(
        "SELECT id, due, adopted FROM undertaking JOIN resolution USING (symbol) WHERE due IS NOT NULL"
    ):
        day = date.fromisoformat(adopted) if adopted else None
        turns = times(due, day, day or date.min.replace(year=1946), known)
        if turns.windows:
            last = None if turns.recurs else turns.windows[-1].last.isoformat()
            rows.append((turns.windows[0].first.isoformat(), last, identifier))
    library.database.many("UPDATE undertaking SET first = ?, last = ? WHERE id = ?", rows)
