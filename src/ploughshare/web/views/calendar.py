"""The calendar: the months with what falls due in them, and one month as a sheet and as a list."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import defaultdict
from datetime import date

from ploughshare.tracking.sessions import sittings

from ..page import MissingError, Page, Visit, sheet
from .standing import COLUMNS, as_data, as_rows, by_ids, shown

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
#: So many years around today are in the calendar.
BEFORE, AFTER = 2, 10
#: A month in which more falls due shows the first of it, page by page.
LINES = 50


def months(visit: Visit) -> list[str]:
    """The months in which something falls due or somebody sits, near enough to be looked up."""
    found = set(visit.overview.months) | {
        s.first.isoformat()[:7] for s in sittings(visit.library.folder / "calendar.toml").values()
    }
    start, stop = f"{visit.day.year - BEFORE:04}", f"{visit.day.year + AFTER:04}"
    return sorted(month for month in found if start <= month[:4] <= stop)


def calendar(visit: Visit) -> Page:
    """The list of months."""
    _ = visit.tongue
    rows = []
    for month in months(visit):
        lines = visit.overview.months.get(month, [])
        rows.append((month, _.month(month), len(lines), sum(line.state in ("due", "open", "in part") for line in lines)))
    return Page(
        "calendar",
        "calendar",
        _("Calendar"),
        {"rows": rows, "now": visit.day.isoformat()[:7], "sittings": _sittings(visit)},
        lambda: {
            "on": visit.day,
            "months": [{"month": month, "mandates": all_, "waiting": waiting} for month, __, all_, waiting in rows],
            "sittings": [
                {"code": s.code, "body": s.body, "first": s.first, "last": s.last, "place": s.place} for s in _sittings(visit)
            ],
        },
        lambda: (("month", "mandates", "waiting"), [(month, all_, waiting) for month, __, all_, waiting in rows]),
        under="calendar",
        downloads=[(_("Calendar file"), "calendar.ics")],
    )


def month(visit: Visit, name: str, page: int = 1) -> Page:
    """One month."""
    _ = visit.tongue
    known = months(visit)
    if not _MONTH.fullmatch(name) or name not in known:
        raise MissingError(_("Nothing falls due in that month."), [(_("Calendar"), "calendar")])
    lines = visit.overview.months.get(name, [])
    part = sheet(visit, lines, page, f"calendar/{name}", LINES)
    found = by_ids(visit, [line.id for line in part.lines])
    days: dict[str, int] = defaultdict(int)
    for line in lines:
        days[line.last or ""] += 1
    year, number = int(name[:4]), int(name[5:])
    weeks = [
        [
            (day.day, day.isoformat(), days.get(day.isoformat(), 0), day == visit.day) if day.month == number else None
            for day in week
        ]
        for week in Calendar(_.week()[0]).monthdatescalendar(year, number)
    ]
    place = known.index(name)
    first, last = date(year, number, 1).isoformat(), f"{name}-31"
    return Page(
        "month",
        f"calendar/{name}",
        _.month(name),
        {
            "weeks": weeks,
            "weekdays": _.weekdays(),
            "lines": shown(visit, found),
            "sheet": part,
            "before": known[place - 1] if place else None,
            "after": known[place + 1] if place + 1 < len(known) else None,
            "sittings": [s for s in _sittings(visit) if s.first.isoformat() <= last and s.last.isoformat() >= first],
        },
        lambda: {
            "month": name,
            "on": visit.day,
            "total": part.total,
            "page": part.number,
            "pages": part.last,
            "mandates": as_data(visit, found),
        },
        lambda: (COLUMNS, as_rows(visit, found)),
        query={"page": page if page > 1 else None},
        under="calendar",
    )


def _sittings(visit: Visit) -> list:  # type: ignore[type-arg]
    known = sittings(visit.library.folder / "calendar.toml").values()
    return sorted((s for s in known if s.last.year >= visit.day.year - BEFORE), key=lambda s: (s.first, s.code))
