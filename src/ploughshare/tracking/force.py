"""Entry into force: when was a condition met, from which day is a treaty in force, for all and for one State?

Pure functions of terms, actions and a day; nothing is read here and nothing kept.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby

from ploughshare.model.treaty import Condition, Delay, Force, Terms, TreatyAction


def after(start: date, delay: Delay) -> date:
    """Which day is so long after another? A month that is too short gives its last day.

    >>> after(date(2020, 10, 24), Delay(days=90)), after(date(1998, 9, 16), Delay(months=6, first=True))
    (datetime.date(2021, 1, 22), datetime.date(1999, 3, 1))
    """
    if not delay.months:
        return start + timedelta(days=delay.days)
    years, month = divmod(start.month - 1 + delay.months, 12)
    year, month = start.year + years, month + 1
    day = 1 if delay.first else min(start.day, monthrange(year, month)[1])
    return date(year, month, day) + timedelta(days=delay.days)


def force(condition: Condition, actions: Iterable[TreatyAction], on: date) -> Force:
    """How far was the condition of entry into force met on a day, when was it met first, and who was missing?

    An instrument taken back before that no longer counts; what happens after the condition is met does not undo it, and the
    States that counted are those of that day.
    """
    standing: set[str] = set()
    met: date | None = None
    named = frozenset(condition.states)
    relevant = sorted((each for each in actions if each.date <= on), key=lambda each: (each.date, each.kind == "withdrawal"))
    for day, of_day in groupby(relevant, key=lambda each: each.date):
        for each in of_day:
            if each.kind == "withdrawal":
                standing.discard(each.state)
            elif each.kind in condition.only:
                standing.add(each.state)
        if named <= standing and len(standing - named) >= condition.others:
            met = day
            break
    entered = after(met, condition.delay) if met else None
    if entered and condition.not_before:
        entered = max(entered, condition.not_before)
    return Force(tuple(sorted(standing)), tuple(sorted(named - standing)), len(standing - named), condition.others, met, entered)


def in_force_for(terms: Terms, instrument: TreatyAction, met: date | None, entered: date | None) -> date | None:
    """From which day is the treaty in force for the State of an instrument? None while it is not, or where the data cannot tell.

    It cannot for a successor, which is bound from a day before its notice (its independence, as a rule), nor where the terms for
    a State that joins later are not known.
    """
    if entered is None or instrument.kind == "succession":
        return None
    threshold = met if terms.later and terms.later.after == "condition" else entered
    if threshold is None or instrument.date <= threshold:
        return entered
    return max(entered, after(instrument.date, terms.later.delay)) if terms.later else None


def may_bind(terms: Terms, entered: date | None) -> bool:
    """Whether a treaty may bind a State for which no day is known: it cannot while it is known to be in force for nobody."""
    return entered is not None or terms.condition is None


def leaves(terms: Terms, notice: date, bound_since: date | None) -> date | None:
    """On which day does a withdrawal take effect whose notice was received on ``notice``?

    At once where the treaty did not bind the State yet: there was only an instrument to take back. None where the
    treaty's notice period is not known.
    """
    if bound_since is None or notice < bound_since:
        return notice
    return after(notice, terms.withdrawal.delay) if terms.withdrawal else None


def by_state(actions: Iterable[TreatyAction]) -> Mapping[str, list[TreatyAction]]:
    """The actions of each State, in the order of their days."""
    found: dict[str, list[TreatyAction]] = {}
    for each in sorted(actions, key=lambda each: (each.date, each.kind == "withdrawal", each.kind, each.depositary)):
        found.setdefault(each.state, []).append(each)
    return found
