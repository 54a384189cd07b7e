"""When do bodies meet? Sessions of the General Assembly by rule; other bodies' sessions and conferences from a data file.

Session n of the Assembly opens in September of 1945 + n and is replaced when the next one opens. Rule 1 of its rules of
procedure: on the Tuesday of the third week of September, counting from the first week with a working day, until the 77th;
from the 78th of the second (resolution 77/335). Sessions before the 58th opened by older rules, a few days from what the
rule gives; nothing that is still asked is due at one of them.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ploughshare.errors import CalendarError
from ploughshare.lexicon.load import load

#: The last session that opened in the third week.
LAST_IN_THIRD_WEEK = 77
_MONDAY, _TUESDAY = 0, 1
_SPECIAL = re.compile(r"^(?:S|ES)-")


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session or conference: its code (``RevCon-NPT-2026``, ``CD-2026``), the days it sits between, its place, its source."""

    code: str
    body: str
    first: date
    last: date
    place: str | None = None
    source: str | None = None


@cache
def opening(session: int) -> date:
    """On which day does a regular session of the General Assembly open?

    >>> [opening(n).isoformat() for n in (75, 77, 78, 80, 81)]
    ['2020-09-15', '2022-09-13', '2023-09-05', '2025-09-09', '2026-09-08']
    """
    if session < 1:
        raise CalendarError(f"there is no session {session} of the General Assembly", advice="sessions count from 1 (1946)")
    september = date(1945 + session, 9, 1)
    # The first week with a working day: the week of 1 September, or the next where 1 September is a Saturday or Sunday.
    monday = (
        september - timedelta(september.weekday()) if september.weekday() < 5 else september + timedelta(7 - september.weekday())
    )
    weeks = 2 if session <= LAST_IN_THIRD_WEEK else 1
    return monday + timedelta(days=_TUESDAY, weeks=weeks)


def session_on(day: date) -> int:
    """Which regular session of the General Assembly sits, or is resumed, on a day?

    >>> session_on(date(2026, 9, 7)), session_on(date(2026, 9, 8))
    (80, 81)
    """
    session = day.year - 1945
    return session if day >= opening(session) else session - 1


def sitting_of(session: int) -> tuple[date, date]:
    """From the opening of a session to the day before the next one opens."""
    return opening(session), opening(session + 1) - timedelta(1)


@cache
def sittings(extra: Path | None = None) -> Mapping[str, Sitting]:
    """Sessions and conferences of other bodies by their code; ``extra`` is a person's own file, which goes before ours.

    CalendarError names the line of a file that cannot be used.
    """
    found = _sittings(load("sittings"), "the lexicon")
    if extra is not None and extra.exists():
        try:
            found |= _sittings(tomllib.loads(extra.read_text(encoding="utf-8")), str(extra))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise CalendarError(
                f"the calendar cannot be read ({error})", where=str(extra), advice="mend the line it names"
            ) from error
    return found


def _sittings(table: Mapping[str, Any], where: str) -> dict[str, Sitting]:
    found = {}
    for code, fields in table.items():
        first, last = (fields.get(name) if isinstance(fields, dict) else None for name in ("first", "last"))
        if not isinstance(first, date) or not isinstance(last, date) or last < first:
            raise CalendarError(
                f"{code} needs a first and a last day, in this order",
                where=where,
                advice="write first = 2026-04-27 and last = 2026-05-22",
            )
        found[code] = Sitting(
            code, fields.get("body", code.partition("-")[0]), first, last, fields.get("place"), fields.get("source")
        )
    return found
