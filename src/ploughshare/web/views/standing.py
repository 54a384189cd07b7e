"""What several pages show of undertakings: who, what, by when, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ploughshare.library.consensus import PREFERRED
from ploughshare.model.status import Status
from ploughshare.model.undertaking import Undertaking
from ploughshare.publishing.status import standing_json
from ploughshare.tracking.due import last_day
from ploughshare.tracking.standing import Standing, standings

from ..page import Visit

#: The columns of undertakings in CSV: codes, not words.
COLUMNS = ("mandate", "state", "until", "addressees", "action", "recipients", "force", "why")


@dataclass(frozen=True, slots=True)
class Shown:
    """An undertaking in words."""

    asked: Undertaking
    status: Status
    who: str
    act: str
    whom: str
    due: str
    until: str
    state: str
    why: str
    title: str = ""
    title_language: str = ""

    @property
    def css(self) -> str:
        """The state as a class of the style."""
        return self.status.state.replace(" ", "-")


def shown(visit: Visit, found: Iterable[Standing]) -> list[Shown]:
    """Undertakings in the words of the visit's language, each with the title of its resolution."""
    found = list(found)
    tongue = visit.tongue
    names = titles(visit, [standing.undertaking.symbol for standing in found])
    return [
        Shown(
            s.undertaking,
            s.status,
            tongue.who(s.undertaking.addressees),
            tongue.words.action(s.undertaking.action),
            tongue.who(s.undertaking.recipients),
            tongue.due(s.undertaking.due),
            last_day(s) or "" if s.undertaking.due else "",
            tongue.status.state(s.status.state),
            tongue.status.why(s.status),
            *names.get(s.undertaking.symbol, ("", "")),
        )
        for s in found
    ]


def by_ids(visit: Visit, ids: Sequence[str]) -> list[Standing]:
    """Undertakings by their identifiers, in this order; those that are gone meanwhile are left out."""
    if not ids:
        return []
    marks = ", ".join("?" * len(ids))
    found = standings(visit.library, f"WHERE undertaking.id IN ({marks})", tuple(ids), visit.day)
    each = {standing.undertaking.id: standing for standing in found}
    return [each[one] for one in ids if one in each]


def titles(visit: Visit, symbols: Iterable[str]) -> Mapping[str, tuple[str, str]]:
    """The titles of resolutions, in the visit's language where a text is there in it: (title, its language)."""
    wanted = list(dict.fromkeys(symbols))
    order = [visit.language, *PREFERRED]
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        marks = ", ".join("?" * len(some))
        rows = visit.library.database.rows(f"SELECT symbol, language, title FROM text WHERE symbol IN ({marks})", tuple(some))
        for symbol, language, title in rows:
            if title and (symbol not in found or order.index(language) < order.index(found[symbol][1])):
                found[symbol] = (title, language)
    return found


def as_data(visit: Visit, found: Iterable[Standing]) -> list[dict[str, Any]]:
    """Undertakings for JSON."""
    return [standing_json(standing, visit.language) for standing in found]


def as_rows(visit: Visit, found: Iterable[Standing]) -> Iterable[Sequence[Any]]:
    """Undertakings for CSV."""
    for s in found:
        asked = s.undertaking
        yield (
            asked.id,
            s.status.state,
            last_day(s) if asked.due else None,
            asked.addressees,
            asked.action,
            asked.recipients,
            asked.force,
            visit.tongue.status.why(s.status),
        )
