"""Due dates → days: between which days is something due, turn by turn.

The forms of a due date are those of the contract (docs/words.md). What no calendar knows gives no days.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any

import msgspec

from .sessions import Sitting, session_on, sitting_of

#: A thing due on a day is called due from so many days before.
NEAR = timedelta(30)
_EVERY = re.compile(r"^(?:(\d+) )?(year|month|session)s?$")
_WITHIN = re.compile(r"^(\d+) (day|week|month|year)s?$")
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
#: Recurring requests are followed for so many years, unless a later text takes their place.
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which a turn is due, both included, and the session or year it is for."""

    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Times:
    """All turns of a due date that begin up to a day; ``recurs`` without end. No turns: no calendar knows it."""

    windows: tuple[Window, ...]
    recurs: bool = False


@lru_cache(maxsize=65536)
def _decoded(due: str) -> Mapping[str, Any]:
    return msgspec.json.decode(due, type=dict[str, Any])


def times(due: str, adopted: date | None, until: date, sittings: Mapping[str, Sitting]) -> Times:
    """Which turns of a due date begin up to ``until`` (or the first, if none does)?

    >>> times('{"session":80}', None, date(2026, 1, 1), {}).windows[0].first.isoformat()
    '2025-09-09'
    """
    said = _decoded(due)
    if "every" in said:
        return Times(_recurring(said, adopted, until, sittings), recurs=True)
    if "sessions" in said or "years" in said:
        name = "sessions" if "sessions" in said else "years"
        each = [_single({**said, name[:-1]: value}, adopted, sittings) for value in said[name]]
        return Times(tuple(window for window in each if window))
    window = _single(said, adopted, sittings)
    return Times((window,) if window else ())


def _single(said: Mapping[str, Any], adopted: date | None, sittings: Mapping[str, Sitting]) -> Window | None:
    body = said.get("body", "GA")
    if "session" in said:
        if body == "GA":
            return Window(str(said["session"]), *sitting_of(said["session"]))
        return _sitting(f"{body}-{said['session']}", sittings)
    if "date" in said:
        day = _day(said["date"])
        return Window(said["date"], day - NEAR, day) if day else None
    if "year" in said:
        known = _sitting(f"{body}-{said['year']}", sittings)
        return known or Window(str(said["year"]), date(said["year"], 1, 1), date(said["year"], 12, 31))
    if "event" in said:
        return _sitting(said["event"], sittings)
    if adopted and "within" in said and (found := _WITHIN.match(said["within"])):
        last = adopted + timedelta(int(found[1]) * _DAYS[found[2]])
        return Window(said["within"], max(adopted, last - NEAR), last)
    until = said.get("until")
    if adopted and isinstance(until, str) and (day := _day(until)):
        return Window(until, adopted, day)
    if adopted and isinstance(until, dict):
        inner = _single(until, adopted, sittings)
        return Window(inner.label, adopted, inner.last) if inner else None
    return None


def _sitting(code: str, sittings: Mapping[str, Sitting]) -> Window | None:
    known = sittings.get(code)
    return Window(code, known.first, known.last) if known else None


def _recurring(said: Mapping[str, Any], adopted: date | None, until: date, sittings: Mapping[str, Sitting]) -> tuple[Window, ...]:
    """Turns of a request that recurs: on its day of the year, at sessions, or once in each year."""
    found = _EVERY.match(said["every"])
    begin = said.get("from") or {}
    if found is None or (adopted is None and not begin):
        return ()
    step = int(found[1] or 1)
    begins = _single(begin, adopted, sittings) if begin else None
    start = begins.first if begins else adopted
    if start is None:
        return ()
    windows: list[Window] = []
    if found[2] == "month":
        days = [_months_after(start, step * turn) for turn in range(LONGEST)]
        windows = [Window(b.isoformat(), a + timedelta(turn > 0), b) for turn, (a, b) in enumerate(pairwise(days))]
    elif on := said.get("on"):
        # Adopted in December for a day in September: the first turn is the one that comes after.
        years = range(start.year, min(until.year + 1, start.year + LONGEST) + 1, step)
        days = [day for year in years if (day := _day(f"{year}-{on}")) and day > start]
        windows = [Window(str(day.year), day - NEAR, day) for day in days]
    else:
        # "Every year" to an organ of the United Nations is once a session, from the next one on; "every three years" so many on.
        first = begin["session"] if "session" in begin else session_on(start) + (0 if begin else step)
        windows = [Window(str(session), *sitting_of(session)) for session in range(first, first + LONGEST, step)]
    begun = [window for window in windows if window.first <= until]
    return tuple(begun or windows[:1])


def _months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
