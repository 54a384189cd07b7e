"""A draft read against a library: what its drafters may want to look at again. Advice, never a verdict.

A finding is the name of a sentence of the lexicon (``search.toml``, ``[findings]``) and what fills it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from ploughshare.errors import UnknownError
from ploughshare.flow import Reading
from ploughshare.lexicon.load import load
from ploughshare.library.library import Library
from ploughshare.model.mandate import Mandate
from ploughshare.tracking.sessions import session_on
from ploughshare.tracking.standing import status
from ploughshare.tracking.symbols import document_session, place_of

Kind = Literal["no_addressee", "no_date", "no_recipient", "repeated", "future_symbol", "high_symbol"]
#: An act usually has a date where so many of a hundred in the library have one, of at least so many.
USUAL, ENOUGH = 60, 8
#: A session tells how far its numbers run where the library holds so many of its texts; beyond that by more than this is far.
TEXTS, BEYOND = 20, 40
#: What still wants something.
STANDING = frozenset(("open", "due", "in part", "standing"))
REPORTS = frozenset(("submit-report",))
ASKING = frozenset(("request", "call", "encourage"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a paragraph that its drafters may want to look at again."""

    kind: Kind
    paragraph: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def sentence(self, language: str = "en") -> str:
        """The finding in words.

        >>> Finding("no_addressee", "op4", {"act": "convene"}).sentence()
        'op4 asks for an act (convene) and names nobody who is to do it.'
        """
        return str(load("search", language)["findings"][self.kind]).format(paragraph=self.paragraph, **self.values)


def check(library: Library, reading: Reading, repeated: Mapping[str, Sequence[str]], on: date | None = None) -> Iterator[Finding]:
    """What may a draft's authors want to look at again, paragraph by paragraph?

    ``repeated``: by paragraph, the paragraphs of the library that say the same or nearly so.
    """
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    usual = _dated(library)
    seen: set[str] = set()
    for mandate in reading.extraction.mandates:
        yield from _form(mandate, usual)
        if mandate.paragraph in repeated and mandate.paragraph not in seen:
            seen.add(mandate.paragraph)
            yield from _again(library, mandate, repeated[mandate.paragraph], day)
    yield from _symbols(library, reading, day)


def _form(mandate: Mandate, usual: Mapping[str, tuple[int, int]]) -> Iterator[Finding]:
    if mandate.force not in ASKING:
        return
    if not mandate.addressees:
        yield Finding("no_addressee", mandate.paragraph, {"act": mandate.action})
    dated, total = usual.get(mandate.action, (0, 0))
    if mandate.due is None and total >= ENOUGH and dated * 100 >= USUAL * total:
        yield Finding("no_date", mandate.paragraph, {"act": mandate.action, "dated": dated, "total": total})
    if mandate.action in REPORTS and not mandate.recipients:
        yield Finding("no_recipient", mandate.paragraph)


def _dated(library: Library) -> dict[str, tuple[int, int]]:
    """Kind of act → how many of the library's have a date, of how many."""
    return {
        action: (dated, total)
        for action, dated, total in library.database.rows(
            "SELECT action, count(due), count(*) FROM undertaking WHERE force != 'decide' GROUP BY action"
        )
    }


def _again(library: Library, mandate: Mandate, addresses: Sequence[str], on: date) -> Iterator[Finding]:
    """The same act asked of the same, by a text whose request still stands."""
    for address in addresses:
        try:
            standings = status(library, address, on)
        except UnknownError:
            continue
        for standing in standings:
            asked, state = standing.undertaking, standing.status.state
            if asked.action == mandate.action and set(asked.addressees) == set(mandate.addressees) and state in STANDING:
                yield Finding("repeated", mandate.paragraph, {"mandate": asked.id, "state": state})
                return


def _symbols(library: Library, reading: Reading, on: date) -> Iterator[Finding]:
    """Symbols of sessions that have not begun, and numbers far beyond those of a session that is over."""
    current = session_on(on)
    highest: dict[int, tuple[int, int]] = {}
    seen: set[tuple[str | None, str]] = set()
    for citation in reading.resolution.citations:
        target, paragraph = citation.target, citation.paragraph
        if (paragraph, target) in seen or target == reading.resolution.symbol:
            continue
        seen.add((paragraph, target))
        place = place_of(target)
        session = place.session if place else document_session(target)
        if session is None:
            continue
        values = {"symbol": target, "session": session, "current": current}
        if session > current:
            yield Finding("future_symbol", paragraph or "", values)
            continue
        if place and session < current:
            if session not in highest:
                highest[session] = _numbers(library, session)
            count, last = highest[session]
            if count >= TEXTS and place.number > last + BEYOND:
                yield Finding("high_symbol", paragraph or "", values | {"highest": last})


def _numbers(library: Library, session: int) -> tuple[int, int]:
    """How many texts of a session of the General Assembly the library has, and the highest of their numbers."""
    symbols = library.database.rows("SELECT symbol FROM resolution WHERE body = 'GA' AND session = ?", (session,))
    numbers = [place.number for (symbol,) in symbols if (place := place_of(symbol))]
    return len(numbers), max(numbers, default=0)
