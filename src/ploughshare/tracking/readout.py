"""Acts read out of later texts: a report taken note of answers the request for it; an item under which a text was adopted
answers the order to put it on the agenda.

A document of the Assembly carries its session in its symbol. Where a paragraph names somebody who was asked to report at that
session, speaks of a report, and cites the document in its words or its footnote, the document is that report: of the resolution
that the same paragraph cites ("submitted pursuant to resolution 78/27"), or else of the text before in the series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec
from rapidfuzz import fuzz

from ploughshare.extracting.grammar import grammar
from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load
from ploughshare.library.database import Database
from ploughshare.library.rows import packed

from .series import title_key
from .symbols import document_session, place_of

#: Titles so alike, of a hundred, are one title in two spellings.
ALIKE = 92


@dataclass(frozen=True, slots=True)
class ReadOut:
    """An act that a paragraph tells of, and the undertakings it answers."""

    id: str
    kind: str
    day: str
    actors: tuple[str, ...]
    document: str
    symbol: str
    paragraph: str | None
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Request:
    """A report asked for: by whom, for which sessions (None: no session is said)."""

    id: str
    addressees: frozenset[str]
    sessions: frozenset[int] | None


def _sessions(due: str | None, adopted_session: int | None) -> frozenset[int] | None:
    """The sessions of the General Assembly that a due date names; None where it names no time, empty where another one."""
    if due is None:
        return None
    said = msgspec.json.decode(due)
    if said.get("body", "GA") != "GA":
        return frozenset()
    if "session" in said:
        return frozenset((said["session"],))
    if "sessions" in said:
        return frozenset(said["sessions"])
    if said.get("every") == "year" and adopted_session is not None:
        begin = said.get("from", {}).get("session", adopted_session + 1)
        return frozenset(range(begin, begin + 40))
    return frozenset()


# -- reports ------------------------------------------------------------------------------------------------------------------
def reports(database: Database, before: Mapping[str, str]) -> Iterator[ReadOut]:
    """The reports that texts take note of, with the requests they answer. ``before``: text → the one before in its series."""
    requests = _requests(database)
    adopted = dict(database.rows("SELECT symbol, adopted FROM resolution WHERE adopted IS NOT NULL"))
    seen: set[tuple[str, str]] = set()
    for text, symbol, language in list(
        database.rows("SELECT id, symbol, language FROM text ORDER BY symbol, language = 'en' DESC, id")
    ):
        for paragraph, documents, resolutions in _citing(database, text):
            named_one = any(place_of(r) for r in resolutions)
            candidates = [r for r in resolutions if r in requests] if named_one else [before[symbol]] if symbol in before else []
            if not candidates or symbol not in adopted:
                continue
            words = fold(database.value("SELECT words FROM paragraph WHERE text = ? AND id = ?", (text, paragraph)) or "").text
            if not any(word in words for word in _report_words(language)):
                continue
            named = {m.pattern.payload for m in grammar(language).groups.scan(words)}
            for document in documents:
                session = document_session(document)
                answered = [
                    request
                    for candidate in candidates
                    for request in requests.get(candidate, ())
                    if request.addressees & named and (request.sessions is None or session in request.sessions)
                ]
                # A request that names the session goes before one without a time; only words can lead to the latter.
                dated = [request for request in answered if request.sessions is not None] or (answered if named_one else [])
                if not dated or (symbol, document) in seen:
                    continue
                seen.add((symbol, document))
                actors = sorted({code for request in dated for code in request.addressees & named})
                yield ReadOut(
                    f"read:{symbol}#{paragraph}~{document}",
                    "report-issued",
                    adopted[symbol],
                    tuple(actors),
                    document,
                    symbol,
                    paragraph,
                    tuple(request.id for request in dated),
                )


@cache
def _report_words(language: str) -> tuple[str, ...]:
    return tuple(fold(word).text for word in load("readout", language)["report"])


def _requests(database: Database) -> Mapping[str, list[Request]]:
    found: dict[str, list[Request]] = defaultdict(list)
    for identifier, symbol, addressees, due in database.rows(
        "SELECT id, symbol, addressees, due FROM undertaking WHERE action = 'submit-report' ORDER BY symbol, place"
    ):
        place = place_of(symbol)
        sessions = _sessions(due, place.session if place else None)
        found[symbol].append(Request(identifier, frozenset(msgspec.json.decode(addressees)), sessions))
    return found


def _citing(database: Database, text: int) -> Iterator[tuple[str, list[str], list[str]]]:
    """The paragraphs of a text that cite a document of the Assembly: (paragraph, documents, resolutions)."""
    by_mark: dict[str, list[str]] = defaultdict(list)
    by_paragraph: dict[str, list[str]] = defaultdict(list)
    for paragraph, mark, target in database.rows(
        "SELECT paragraph, mark, target FROM citation WHERE text = ? ORDER BY place", (text,)
    ):
        (by_paragraph[paragraph] if paragraph else by_mark[mark]).append(target)
    if not any(document_session(t) for targets in (*by_mark.values(), *by_paragraph.values()) for t in targets):
        return
    for identifier, marks in database.rows("SELECT id, marks FROM paragraph WHERE text = ? ORDER BY place", (text,)):
        cited = list(by_paragraph.get(identifier, ()))
        for _, mark in msgspec.json.decode(marks):
            cited += by_mark.get(mark, ())
        documents = [t for t in dict.fromkeys(cited) if document_session(t)]
        if documents:
            yield identifier, documents, [t for t in dict.fromkeys(cited) if place_of(t)]


# -- items of the agenda --------------------------------------------------------------------------------------------------------
def items(database: Database) -> Iterator[ReadOut]:
    """The texts adopted under an item that an earlier text ordered, with the orders they answer."""
    texts: dict[tuple[int, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    adopted: dict[str, str] = {}
    for symbol, language, title, agenda_title, day in database.rows(
        "SELECT text.symbol, language, text.title, text.agenda_title, adopted FROM text JOIN resolution USING (symbol)"
    ):
        place = place_of(symbol)
        if place is None or day is None:
            continue
        adopted[symbol] = day
        for key in agenda_keys(agenda_title, title):
            texts[place.session, language][key].append(symbol)
    orders: dict[str, list[str]] = defaultdict(list)
    rows = database.rows(
        "SELECT undertaking.id, undertaking.due, undertaking.symbol, text.language, mandate.details FROM undertaking "
        "JOIN text USING (symbol) JOIN mandate ON mandate.text = text.id AND mandate.paragraph = undertaking.paragraph "
        "AND mandate.action = 'agenda' WHERE undertaking.action = 'agenda' AND undertaking.due IS NOT NULL"
    )
    for identifier, due, symbol, language, details in list(rows):
        place = place_of(symbol)
        said = msgspec.json.decode(details)
        key = title_key(said.get("subitem") or said.get("item") or "")
        if not key:
            continue
        for session in _sessions(due, place.session if place else None) or ():
            for found in _under(texts.get((session, language)), key):
                if identifier not in orders[found]:
                    orders[found].append(identifier)
    for symbol, identifiers in sorted(orders.items()):
        yield ReadOut(f"read:{symbol}~item", "item-included", adopted[symbol], ("GA",), symbol, symbol, None, tuple(identifiers))


def agenda_keys(agenda_title: str | None, title: str | None) -> set[str]:
    """The names under which a text may stand on an agenda: its item, its sub-item, its own title."""
    names = {title or "", agenda_title or ""}
    _, colon, subitem = fold(agenda_title or "").text.partition(":")
    if colon:
        names.add(subitem)
    return {key for name in names if (key := title_key(name))}


def _under(texts: Mapping[str, list[str]] | None, key: str) -> list[str]:
    if not texts:
        return []
    if key in texts:
        return texts[key]
    near = max(texts, key=lambda other: fuzz.ratio(key, other))
    return texts[near] if fuzz.ratio(key, near) >= ALIKE else []


def row_of(act: ReadOut) -> tuple[object, ...]:
    """The row of the table of acts."""
    body = {"answers": act.answers}
    return (act.id, act.kind, act.day, packed(act.actors), act.document, None, None, act.symbol, act.paragraph, packed(body), None)
