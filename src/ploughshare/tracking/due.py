"""What is due: now, next, and what its time has passed without an act in the library."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ploughshare.library.library import Library
from ploughshare.library.rows import packed
from ploughshare.model.status import Occurrence, State

from .settle import settled
from .standing import Standing, standings
from .times import times

#: What still wants an act, in the order in which people look: what sits now, what comes, what has passed.
WANTING: tuple[State, ...] = ("due", "open", "in part", "unanswered")


def due(
    library: Library,
    *,
    addressees: Collection[str] = (),
    by: date | None = None,
    on: date | None = None,
    states: Collection[State] = WANTING,
) -> list[Standing]:
    """Which dated undertakings want an act: of any addressee, or of some; with a last day up to ``by``?

    In the order of their last days; what recurs stands at the last day of its present turn.
    """
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    settled(library)
    where, values = "WHERE undertaking.due IS NOT NULL", ()
    if not {"unanswered", "answered", "superseded"} & set(states):
        # What has passed for good need not be looked at; what recurs has no last day.
        where, values = f"{where} AND (last IS NULL OR last >= ?)", (day.isoformat(),)  # type: ignore[assignment]
    found = [
        standing
        for standing in standings(library, where, values, day)
        if standing.status.state in states
        and (not addressees or set(addressees) & set(standing.undertaking.addressees))
        and (by is None or ((last := last_day(standing)) is not None and last <= by.isoformat()))
    ]
    return sorted(found, key=lambda s: (last_day(s) or "9999", s.undertaking.id))


def coming(standing: Standing, until: date) -> list[Occurrence]:
    """The next turns of an undertaking that comes round: those that have not begun, up to a day. None once it was asked anew."""
    asked, status = standing.undertaking, standing.status
    if not asked.due or "every" not in asked.due or any(reason.name == "anew" for reason in status.reasons):
        return []
    told = {turn.label for turn in status.occurrences}
    adopted = date.fromisoformat(asked.adopted) if asked.adopted else None
    turns = times(packed(asked.due), adopted, until, {}).windows
    return [
        Occurrence(turn.label, turn.first.isoformat(), turn.last.isoformat())
        for turn in turns
        if turn.label not in told and turn.first.isoformat() > status.on
    ]


def last_day(standing: Standing) -> str | None:
    """The last day of the turn that an undertaking is in, or of the next."""
    waiting = [turn for turn in standing.status.occurrences if not turn.answered and turn.last >= standing.status.on]
    turns = waiting or list(standing.status.occurrences[-1:])
    return turns[0].last if turns else standing.undertaking.last
