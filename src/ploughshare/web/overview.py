"""One look at everything a library asks for: what is needed to list, count and find it, and no more.

The pages take the few undertakings they show from the tables again; a hundred thousand lines here take some tens of megabytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from sys import intern

from ploughshare.library.library import Library
from ploughshare.model.status import State
from ploughshare.tracking.due import last_day
from ploughshare.tracking.standing import standings

#: The lists of what is due, in the order in which people look.
LISTS: tuple[State, ...] = ("due", "open", "in part", "unanswered")
#: A group of States that hangs on a treaty.
OF_A_TREATY = frozenset(("StatesParties", "NonParties"))


@dataclass(frozen=True, slots=True)
class Line:
    """An undertaking in short. ``last``: the last day of its present or next turn; ``treaties``: those its addressee hangs on."""

    id: str
    symbol: str
    state: State
    addressees: tuple[str, ...]
    action: str
    last: str | None
    dated: bool
    treaties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """Where everything stands on a day."""

    lines: tuple[Line, ...]
    lists: dict[State, list[Line]] = field(default_factory=dict)
    months: dict[str, list[Line]] = field(default_factory=dict)
    by_addressee: dict[str, list[Line]] = field(default_factory=dict)

    def listed(self, state: State, addressee: str | None = None) -> list[Line]:
        """What stands so, of everybody or of one addressee, by its last day."""
        found = self.lists.get(state, [])
        return [line for line in found if addressee in line.addressees] if addressee else found

    def addressees(self) -> list[tuple[str, Counter[str]]]:
        """Who is asked for dated things, and how many stand how; those of whom most is asked first."""
        counted: dict[str, Counter[str]] = defaultdict(Counter)
        for state in LISTS:
            for line in self.lists.get(state, ()):
                for code in line.addressees:
                    counted[code][state] += 1
        return sorted(counted.items(), key=lambda one: (-one[1].total(), one[0]))


def overview_of(library: Library, on: date) -> Overview:
    """Where does everything in a settled library stand on a day?"""
    lines = tuple(_lines(library, on))
    found = Overview(lines)
    for line in sorted((line for line in lines if line.dated), key=lambda line: (line.last or "9999", line.id)):
        if line.state in LISTS:
            found.lists.setdefault(line.state, []).append(line)
        if line.last and line.state != "superseded":
            found.months.setdefault(line.last[:7], []).append(line)
    # What its time has passed longest ago is the least news.
    found.lists.get("unanswered", []).sort(key=lambda line: line.last or "", reverse=True)
    for line in lines:
        if line.state not in ("superseded", "answered"):
            for code in line.addressees:
                found.by_addressee.setdefault(code, []).append(line)
    return found


def _lines(library: Library, on: date) -> Iterator[Line]:
    for standing in standings(library, "", (), on):
        asked = standing.undertaking
        yield Line(
            asked.id,
            intern(asked.symbol),
            standing.status.state,
            asked.addressees,
            intern(asked.action),
            last_day(standing) if asked.due else None,
            asked.due is not None,
            _treaties(asked.details.get("instrument", ())) if OF_A_TREATY & set(asked.addressees) else (),
        )


def _treaties(instruments: str | Sequence[str]) -> tuple[str, ...]:
    several: Iterable[str] = [instruments] if isinstance(instruments, str) else instruments
    return tuple(str(one).removeprefix("treaty:") for one in several)
