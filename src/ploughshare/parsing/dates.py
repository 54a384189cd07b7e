"""Dates in six languages: a piece of text comes in, the days, months and years it names go out in the forms of ISO 8601.

The lexicon holds the names of the months and the shapes in which a language writes a date. A range gives its first day.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from ploughshare.lexicon.fold import Folded
from ploughshare.lexicon.load import load

from .shapes import Found, Grammar, found_at, place

__all__ = ["Found", "find_dates", "find_days", "find_times", "find_years"]


def find_dates(text: str | Folded, language: str) -> list[Found[str]]:
    """Which full dates does the text name, as "YYYY-MM-DD", in order?

    A range is one find with its first day; a day that no calendar has is no date.

    >>> find_dates("in Geneva from 28 November to 2 December 2024", "en")
    [Found(start=15, stop=45, value='2024-11-28')]
    """
    return [found for found in _find(text, language, "date") if len(found.value) == 10]


def find_days(text: str | Folded, language: str) -> list[Found[str]]:
    """Which days of any year does the text name, as "MM-DD"?

    >>> find_days("every year on 26 September, and on 3 May 2025", "en")
    [Found(start=14, stop=26, value='09-26')]
    """
    return [found for found in _find(text, language, "date", "day") if len(found.value) == 5]


def find_years(text: str | Folded, language: str) -> list[Found[str]]:
    """Which years ("YYYY") and months ("YYYY-MM") does the text name, outside full dates and numbers of documents?

    >>> [found.value for found in find_years("in 2026 and in March 2027, not on 3 May 2025, A/CONF.229/2017/8, 1540 (2004)", "en")]
    ['2026', '2027-03']
    """
    return [found for found in _find(text, language, "date", "month", "year") if len(found.value) in (4, 7)]


def find_times(text: str | Folded, language: str) -> list[Found[str]]:
    """Which dates, days of any year, months and years does the text name, in one pass, each as far as it says?

    >>> [found.value for found in find_times("on 26 September, in March 2027, on 3 May 2025", "en")]
    ['09-26', '2027-03', '2025-05-03']
    """
    return list(_find(text, language, "date", "day", "month", "year"))


@cache
def _grammar(language: str, kinds: tuple[str, ...]) -> Grammar:
    return Grammar(load("dates", language), kinds)


def _find(text: str | Folded, language: str, *kinds: str) -> Iterator[Found[str]]:
    folded, back = place(text)
    for _, start, stop, slots in _grammar(language, kinds).find(folded):
        value = _value(slots)
        if value is not None:
            yield found_at(start, stop, value, back)


def _value(slots: list[tuple[str, int]]) -> str | None:
    years, months, days = ([value for slot, value in slots if slot.startswith(name)] for name in ("year", "month", "day"))
    year = years[0] if years else None
    if year and len(years) == 1 and len(months) > 1 and months[0] > months[1]:
        year -= 1  # "28 December to 5 January 2024"
    month = months[0] if months else None
    if days:
        try:
            first = date(year or 2000, month or 0, days[0])
        except ValueError:
            return None
        return first.isoformat() if year else first.isoformat()[5:]
    return f"{year}-{month:02}" if month else str(year)
