"""By when: the words of an act to a due date, in one of the forms of the contract.

A due date belongs to the act whose words it stands among. What lies before the adoption is history, not a date due.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ploughshare.lexicon.fold import Folded
from ploughshare.lexicon.leap import Leaping
from ploughshare.lexicon.load import load
from ploughshare.parsing.dates import find_dates, find_days
from ploughshare.parsing.numbers import Found, find_cardinals, find_ordinals

from .clauses import Act
from .grammar import Grammar, either, grammar

#: A body plans its sessions no further ahead than this.
SESSIONS_AHEAD = 15
#: How far the number of a session may stand from its word.
NEAR = 34
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
SESSION_BODIES = frozenset({"GA", "HRC", "ECOSOC", "SC"})
YEAR_BODIES = frozenset({"CD", "UNDC"})


@dataclass(frozen=True, slots=True)
class _Words:
    #: Any word of time at all: most acts have none, and are asked nothing more.
    any: Leaping
    session: re.Pattern[str]
    years: Leaping
    until: re.Pattern[str]
    begin: re.Pattern[str]
    #: Any word of recurrence, and likewise of a span of time.
    any_every: Leaping
    any_within: Leaping
    every: tuple[tuple[re.Pattern[str], str], ...]
    within: tuple[tuple[re.Pattern[str], str], ...]
    events: tuple[tuple[re.Pattern[str], str], ...]


@cache
def _words(language: str) -> _Words:
    table = load("due", language)

    def one(name: str) -> re.Pattern[str]:
        return re.compile(either(table.get(name, ())))

    def by_value(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        return tuple((re.compile(pattern), value) for value, patterns in table.get(name, {}).items() for pattern in patterns)

    everything = [pattern for name in ("session", "year", "until") for pattern in table.get(name, {})]
    for name in ("every", "within", "event"):
        everything += [pattern for patterns in table.get(name, {}).values() for pattern in patterns]
    every, within = by_value("every"), by_value("within")
    return _Words(
        Leaping(either((r"\d", *everything))),
        one("session"),
        Leaping(either(table.get("year", ()))),
        one("until"),
        one("begin"),
        Leaping(either(pattern.pattern for pattern, _ in every)),
        Leaping(either(pattern.pattern for pattern, _ in within)),
        every,
        within,
        by_value("event"),
    )


def due_of(act: Act, text: str, language: str, *, body: str, session: int | None, adopted: str | None) -> Mapping[str, Any] | None:
    """When the act is due, or None where its words name no time.

    ``session`` and ``adopted`` are those of the resolution: earlier sessions, dates and years are not due dates.
    """
    for first, last in act.stretches:
        due = _due_in(text[first:last], language, act.actors, body=body, session=session, adopted=adopted)
        if due is not None:
            return due
    return None


def _due_in(
    passage: str, language: str, actors: tuple[str, ...], *, body: str, session: int | None, adopted: str | None
) -> Mapping[str, Any] | None:
    words = _words(language)
    if not words.any.stands(passage):
        return None
    folded = Folded(passage, None)
    for pattern, unit in words.every if words.any_every.stands(passage) else ():
        if found := pattern.search(passage):
            return _recurrence(unit, folded, words, language, session)
    sessions = _sessions(folded, words, language, grammar(language), body, session)
    if sessions:
        return sessions
    dates = [date for date in find_dates(folded, language) if adopted is None or date.value >= adopted]
    if dates:
        first = dates[0]
        last = words.until.search(passage, max(0, first.start - 20), first.start)
        return {"until": first.value} if last else {"date": first.value}
    for pattern, unit in words.within if words.any_within.stands(passage) else ():
        if found := pattern.search(passage):
            counted = find_cardinals(Folded(found.group(), None), language)
            if counted:
                return {"within": f"{counted[0].value} {unit}"}
    for pattern, event in words.events:
        if found := pattern.search(passage):
            year = YEAR.search(passage, max(0, found.start() - 12), min(len(passage), found.end() + 12))
            if year and (adopted is None or year.group() >= adopted[:4]):
                return {"event": f"{event}-{year.group()}"}
    return _years(passage, words, grammar(language), actors, adopted)


def _recurrence(unit: str, folded: Folded, words: _Words, language: str, session: int | None) -> dict[str, Any]:
    due: dict[str, Any] = {"every": unit}
    days = find_days(folded, language)
    if days:
        due["on"] = days[0].value
    begin = words.begin.search(folded.text)
    if begin:
        numbers = [
            n for n in _session_numbers(folded, words, language) if n.start >= begin.start() - 4 and _ahead(n.value, session)
        ]
        year = YEAR.search(folded.text, begin.end(), begin.end() + 24)
        if numbers:
            due["from"] = {"session": numbers[0].value}
        elif year:
            due["from"] = {"year": int(year.group())}
    return due


def _ahead(number: int, session: int | None) -> bool:
    return session is None or session <= number <= session + SESSIONS_AHEAD


def _session_numbers(folded: Folded, words: _Words, language: str) -> list[Found[int]]:
    """The ordinals that stand at a word for "session", lists included."""
    text = folded.text
    places = [match.span() for match in words.session.finditer(text)]
    if not places:
        return []
    return [
        n
        for n in find_ordinals(folded, language)
        if any(n.stop - NEAR <= start <= n.stop + NEAR or -2 <= n.start - stop <= 12 for start, stop in places)
    ]


def _sessions(
    folded: Folded, words: _Words, language: str, rules: Grammar, body: str, session: int | None
) -> dict[str, Any] | None:
    numbers = _session_numbers(folded, words, language)
    if not numbers:
        return None
    text = folded.text
    whose = [(m.start, m.stop, m.pattern.payload) for m in rules.groups.scan(text) if m.pattern.payload in SESSION_BODIES]
    whose += [(m.start(), m.end(), body) for m in rules.itself.finditer(text)]
    near = [
        code
        for start, stop, code in sorted(whose)
        if numbers[0].start - stop <= 80 and _belongs(start, numbers[-1].stop, text, rules)
    ]
    owner = near[-1] if near else body
    values = [n.value for n in numbers if owner != body or _ahead(n.value, session)]
    if not values:
        return None
    values = list(dict.fromkeys(values))
    due: dict[str, Any] = {"session": values[0]} if len(values) == 1 else {"sessions": values}
    if owner != "GA":
        due["body"] = owner
    return due


def _belongs(owner: int, session: int, text: str, rules: Grammar) -> bool:
    """Does a body named here own the session? After it only close by, with neither a further act nor a new list in between."""
    between = text[session:owner]
    if len(between) > 30 or rules.also.search(between) or rules.toward.search(between):
        return False
    return not any(mark.lastgroup in ("head", "join") for mark in rules.marks.finditer(text, session, max(session, owner)))


def _years(passage: str, words: _Words, rules: Grammar, actors: tuple[str, ...], adopted: str | None) -> dict[str, Any] | None:
    years: list[int] = []
    for match in words.years.finditer(passage):
        years += [int(y.group()) for y in YEAR.finditer(match.group()) if adopted is None or y.group() >= adopted[:4]]
    years = list(dict.fromkeys(years))
    if not years:
        return None
    due: dict[str, Any] = {"year": years[0]} if len(years) == 1 else {"years": years}
    if words.session.search(passage):
        # Where no name stands by it, the session is that of whoever acts.
        named = (m.pattern.payload for m in rules.groups.scan(passage))
        bodies = [code for code in (*named, *actors) if code in YEAR_BODIES]
        if bodies:
            due["body"] = bodies[0]
    return due
