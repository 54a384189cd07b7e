"""The agenda of a session, as the resolutions themselves ordered it."""

from __future__ import annotations

from datetime import date

from ploughshare.tracking.agenda import agenda as agenda_of
from ploughshare.tracking.sessions import session_on

from ..page import MissingError, Page, Visit

#: Sessions that anybody may ask for: a text of the first one orders nothing for it, and nothing reaches much further.
FIRST, LAST = 2, 150
#: So many before and after the next one lead to each other.
BEFORE, AFTER = 60, 10


def sessions(day: date) -> range:
    """The sessions that lead to each other, around the one to come on a day."""
    coming = session_on(day) + 1
    return range(max(FIRST, coming - BEFORE), min(LAST, coming + AFTER) + 1)


def agenda(visit: Visit, session: int | None = None) -> Page:
    """The page of a session: the next one, if none is said."""
    _ = visit.tongue
    coming = session_on(visit.day) + 1
    number = session if session is not None else coming
    if not FIRST <= number <= LAST:
        raise MissingError(_("There is no such session."), [(f"{_.words['session']} {coming}", f"agenda/{coming}")])
    found = visit.keep(
        f"agenda {number} {visit.language}",
        lambda: agenda_of(visit.library, number, language=visit.language, on=visit.day),
    )
    return Page(
        "agenda",
        f"agenda/{number}",
        _("Agenda of session {n}").format(n=number),
        {
            "agenda": found,
            "before": number - 1 if number - 1 in sessions(visit.day) else None,
            "after": number + 1 if number + 1 in sessions(visit.day) else None,
            "count": sum(len(item.subitems) or 1 for item in found.items),
            "linked": _linked,
        },
        lambda: found,
        lambda: (
            ("item", "subitem", "ordered_by", "state", "earlier_sessions"),
            [
                row
                for item in found.items
                for row in (
                    [(item.title, line.title, line.ordered_by, line.state, line.before) for line in item.subitems]
                    or [(item.title, "", item.ordered_by, item.state, item.before)]
                )
            ],
        ),
        under="agenda",
    )


def _linked(paragraph: str) -> tuple[str, str, str]:
    """A paragraph as words, the path of its page, and the place in it."""
    symbol, __, place = paragraph.partition("#")
    return f"{symbol} {place}", symbol, place
