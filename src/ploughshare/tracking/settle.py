"""What follows from all texts and acts together, derived once after documents came in: series, requests made anew, acts
that later texts tell of, and the days between which things are due. All of it can be thrown away and derived again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from hashlib import sha256

import msgspec
from rapidfuzz import fuzz

from ploughshare import __version__
from ploughshare.library.consensus import PREFERRED
from ploughshare.library.database import Database
from ploughshare.library.library import Library

from .changes import REWORDED
from .readout import agenda_keys, items, reports, row_of
from .series import Member, series_of, title_key
from .sessions import sittings
from .symbols import place_of
from .times import times

#: What a text asks once: an act with a document or a day. Reworded as it may be, it is the same request.
DATED = frozenset(("submit-report", "seek-views", "inform", "transmit", "agenda"))


def settled(library: Library) -> Library:
    """The library with everything derived that its texts allow; does nothing where that is done already."""
    database = library.database
    if database.looking:
        return library
    stand = _stand(library)
    if database.state("settled") == stand:
        return library
    with database.writing():
        series = series_of(list(_members(database)))
        _write_series(database, series)
        _write_titles(database)
        before = _before(database)
        _write_anew(database, before)
        _write_acts(database, before)
        _write_days(library)
        database.set_state("settled", stand)
    return library


def _stand(library: Library) -> str:
    """What the derived things depend on: the documents, this version of the program, and the person's own calendar; no acts."""
    own = library.folder / "calendar.toml"
    calendar = sha256(own.read_bytes()).hexdigest()[:16] if own.exists() else ""
    return f"{library.database.value('SELECT max(entry) FROM original')} {__version__} {calendar}"


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
    """A request of one text that a later text of the series makes again: the same kind of act, of the same addressees, in a
    paragraph of much the same words; an order of the agenda, of the same item. Each is made again by one at most.
    """
    asked: dict[str, dict[tuple[str, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    for identifier, symbol, action, addressees, details in database.rows(
        "SELECT id, symbol, action, addressees, details FROM undertaking ORDER BY symbol, place"
    ):
        key: tuple[str, ...] = (action, " ".join(sorted(msgspec.json.decode(addressees))))
        if action == "agenda":
            said = msgspec.json.decode(details)
            key += (title_key(said.get("subitem") or said.get("item") or ""),)
        asked[symbol][key].append(identifier)
    after = {earlier: later for later, earlier in before.items()}
    rows: list[tuple[str, str]] = []
    for symbol, requests in asked.items():
        left = {key: list(identifiers) for key, identifiers in requests.items()}
        later = after.get(symbol)
        while later is not None and left:
            made = asked.get(later, {})
            if left.keys() & made.keys():
                likeness = _likeness(database, symbol, later)
                for key in [key for key in left if key in made]:
                    pairs = again(left[key], made[key], likeness, sole=key[0] in DATED)
                    rows += pairs
                    kept = [one for one in left.pop(key) if one not in dict(pairs)]
                    if kept:
                        left[key] = kept
            later = after.get(later)
    database.run("DELETE FROM anew")
    database.many("INSERT INTO anew VALUES (?, ?)", rows)


def again(
    earlier: Sequence[str], later: Sequence[str], likeness: Callable[[str, str], float], *, sole: bool
) -> list[tuple[str, str]]:
    """Which of the later requests makes which of the earlier ones again? The likest first, each once.

    ``sole``: one request on either side is the same one, whatever its words.
    """
    if sole and len(earlier) == len(later) == 1:
        return [(earlier[0], later[0])]
    ranked = sorted(
        (-like, place, other)
        for place, one in enumerate(earlier)
        for other, two in enumerate(later)
        if (like := likeness(one, two)) >= REWORDED
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, place, other in ranked:
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return [(earlier[place], later[other]) for place, other in sorted(pairs.items())]


def _likeness(database: Database, earlier: str, later: str) -> Callable[[str, str], float]:
    """How alike are the words of two mandates' paragraphs, of a hundred? In a language that both resolutions have."""
    words = {symbol: _words(database, symbol) for symbol in (earlier, later)}
    shared = next((tongue for tongue in PREFERRED if all(tongue in words[symbol] for symbol in words)), None)

    def like(one: str, two: str) -> float:
        if shared is None:
            return 0.0
        said = [
            words[symbol][shared].get(mandate.partition("#")[2].partition("!")[0], "")
            for symbol, mandate in ((earlier, one), (later, two))
        ]
        return fuzz.ratio(*said) if all(said) else 0.0

    return like


def _words(database: Database, symbol: str) -> Mapping[str, Mapping[str, str]]:
    """Language → paragraph → its words."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for language, identifier, words in database.rows(
        "SELECT language, paragraph.id, words FROM text JOIN paragraph ON paragraph.text = text.id WHERE symbol = ?", (symbol,)
    ):
        found[language][identifier] = words
    return found


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
