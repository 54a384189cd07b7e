"""What is due: now, next, in part, and without an act on record; by addressee."""

from __future__ import annotations

from ploughshare.model.status import State

from ..overview import LISTS
from ..page import MissingError, Page, Visit, sheet
from .standing import COLUMNS, as_data, as_rows, by_ids, shown

#: So many lines of each list stand on the front page.
FRONT = 8
SLUGS: dict[str, State] = {state.replace(" ", "-"): state for state in LISTS}


def headings(visit: Visit) -> dict[State, tuple[str, str]]:
    """What each list is called, and what it holds."""
    _ = visit.tongue
    return {
        "due": (_("Now"), _("The session sits, or the day is less than 30 days off.")),
        "open": (_("Next"), _("The time that is said has not begun.")),
        "in part": (_("In part"), _("Some of the acts that are asked for are on record.")),
        "unanswered": (
            _("No act on record"),
            _("The time has passed and the library holds no act. That does not mean that nothing was done."),
        ),
    }


def front(visit: Visit, addressee: str | None = None) -> Page:
    """The front page: the beginning of each list, and all addressees."""
    _ = visit.tongue
    overview = visit.overview
    if addressee:
        _known(visit, addressee)
    beginnings = {state: overview.listed(state, addressee) for state in LISTS}
    found = {state: by_ids(visit, [line.id for line in lines[:FRONT]]) for state, lines in beginnings.items()}
    names = headings(visit)
    lists = [
        {
            "slug": slug,
            "name": names[state][0],
            "says": names[state][1],
            "lines": shown(visit, found[state]),
            "total": len(beginnings[state]),
        }
        for slug, state in SLUGS.items()
    ]
    everybody = overview.addressees()
    everything = [standing for state in LISTS for standing in found[state]]
    return Page(
        "due",
        "due",
        _("What is due"),
        {
            "lists": lists,
            "addressees": [(code, _.who([code]), counted) for code, counted in everybody],
            "states": [(state, names[state][0]) for state in LISTS],
            "addressee": addressee,
            "empty": not overview.lines,
        },
        lambda: {
            "on": visit.day,
            "for": addressee,
            "lists": {
                slug: {"total": len(beginnings[state]), "first": as_data(visit, found[state])} for slug, state in SLUGS.items()
            },
            "addressees": dict(everybody),
        },
        lambda: (COLUMNS, as_rows(visit, everything)),
        query={"for": addressee} if addressee else {},
        under="due",
        downloads=[(_("Calendar file"), "calendar.ics")],
    )


def listed(visit: Visit, slug: str, addressee: str | None = None, page: int = 1) -> Page:
    """One list as a whole, page by page."""
    _ = visit.tongue
    if slug not in SLUGS:
        raise MissingError(_("There is no such list."), [(name, f"due/{one}") for one, name in _lists(visit)])
    if addressee:
        _known(visit, addressee)
    state = SLUGS[slug]
    lines = visit.overview.listed(state, addressee)
    part = sheet(visit, lines, page, f"due/{slug}")
    found = by_ids(visit, [line.id for line in part.lines])
    name, says = headings(visit)[state]
    return Page(
        "list",
        f"due/{slug}",
        name,
        {
            "says": says,
            "lines": shown(visit, found),
            "sheet": part,
            "addressee": addressee,
            "addressee_name": _.who([addressee]) if addressee else "",
        },
        lambda: {
            "on": visit.day,
            "state": state,
            "for": addressee,
            "page": part.number,
            "pages": part.last,
            "total": part.total,
            "mandates": as_data(visit, found),
        },
        lambda: (COLUMNS, as_rows(visit, found)),
        query={"for": addressee, "page": page if page > 1 else None},
        under="due",
    )


def _known(visit: Visit, addressee: str) -> None:
    codes = [code for code, counted in visit.overview.addressees()]
    if addressee not in codes:
        raise MissingError(visit.tongue("Nothing dated is asked of this addressee."), [(visit.tongue("What is due"), "due")])


def _lists(visit: Visit) -> list[tuple[str, str]]:
    names = headings(visit)
    return [(slug, names[state][0]) for slug, state in SLUGS.items()]
