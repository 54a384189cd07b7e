"""What is due, as a calendar that other programs subscribe to (RFC 5545, RFC 7986).

Deadlines are all-day events, because many programs leave tasks out. The UID of an event is made from the mandate and its
turn alone, so that a later calendar moves an event and never doubles it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from ploughshare.library.library import Library
from ploughshare.model.status import Occurrence
from ploughshare.publishing.status import StatusWording
from ploughshare.publishing.wording import Wording
from ploughshare.tracking.due import coming, due
from ploughshare.tracking.sessions import Sitting, sittings
from ploughshare.tracking.standing import Standing

NOBODY = "\u2013"
#: Events of a request that recurs are written so many turns ahead.
AHEAD = 2


def calendar(
    library: Library, *, addressees: Collection[str] = (), on: date | None = None, language: str = "en", name: str | None = None
) -> bytes:
    """What is due of a library, and the sessions it waits for, as iCalendar: all dated undertakings but the superseded.

    ``addressees``: only theirs. A calendar told for a later day has the same UIDs.
    """
    standings = due(library, addressees=addressees, on=on, states=("due", "open", "in part", "unanswered", "answered"))
    known = sittings(library.folder / "calendar.toml").values()
    return to_ical(standings, known, language, name=name or f"Ploughshare: {library.folder.name}")


def to_ical(standings: Iterable[Standing], sittings: Iterable[Sitting], language: str, *, name: str) -> bytes:
    """The calendar of dated undertakings (the last day of each turn) and of the sessions they wait for.

    Categories are the addressees, so that a desk can show its own; the description says the state, its reasons and the
    day it was told for.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Ploughshare//ploughshare//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    told, words = StatusWording(language), Wording(language)
    for standing in standings:
        for turn in _turns(standing):
            calendar.add_component(_deadline(standing, turn, told, words))
    for sitting in sittings:
        calendar.add_component(_sitting(sitting))
    return bytes(calendar.to_ical())


def _turns(standing: Standing) -> list[Occurrence]:
    turns = list(standing.status.occurrences)
    on = date.fromisoformat(standing.status.on)
    ahead = [turn for turn in turns if turn.last >= standing.status.on]
    ahead += coming(standing, date(on.year + AHEAD, 12, 31))
    return ahead[:AHEAD] or turns[-1:]


def _deadline(standing: Standing, turn: Occurrence, told: StatusWording, words: Wording) -> Event:
    asked, status = standing.undertaking, standing.status
    who = words.who(asked.addressees) or NOBODY
    event = _event(f"{asked.id}@{turn.label}", date.fromisoformat(turn.last), date.fromisoformat(turn.last), status.on)
    event.add("summary", f"{asked.symbol} {asked.paragraph}: {words.action(asked.action)} ({who})")
    event.add("description", f"{asked.id}\n{told.state(status.state)}: {told.why(status)} ({status.on})")
    event.add("categories", list(asked.addressees) or ["none"])
    event.add("status", "CONFIRMED" if status.state != "superseded" else "CANCELLED")
    return event


def _sitting(sitting: Sitting) -> Event:
    event = _event(f"sitting:{sitting.code}", sitting.first, sitting.last, sitting.first.isoformat())
    event.add("summary", sitting.code)
    if sitting.place:
        event.add("location", sitting.place)
    event.add("categories", [sitting.body])
    return event


def _event(fact: str, first: date, last: date, stamp: str) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(fact.encode()).hexdigest()[:32]}@ploughshare")
    event.add("dtstamp", datetime.combine(date.fromisoformat(stamp), datetime.min.time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(1))
    event.add("transp", "TRANSPARENT")
    return event
