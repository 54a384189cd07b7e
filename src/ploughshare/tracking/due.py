"""What is due: now, next, and what its time has passed without an act in the library."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from ploughshare.library.library import Library
from ploughshare.model.status import State

from .standing import Standing, status

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
    found = [
        standing
        for standing in status(library, None, on)
        if standing.undertaking.due is not None
        and standing.status.state in states
        and (not addressees or set(addressees) & set(standing.undertaking.addressees))
        and (by is None or ((last := last_day(standing)) is not None and last <= by.isoformat()))
    ]
    return sorted(found, key=lambda s: (last_day(s) or "9999", s.undertaking.id))


def last_day(standing: Standing) -> str | None:
    """The last day of the turn that an undertaking is in, or of the next."""
    waiting = [turn for turn in standing.status.occurrences if not turn.answered and turn.last >= standing.status.on]
    turns = waiting or list(standing.status.occurrences[-1:])
    return turns[0].last if turns else standing.undertaking.last
