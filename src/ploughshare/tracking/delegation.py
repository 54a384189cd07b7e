"""What a library knows of one State: what is asked of it and its groups, what it answered, how it voted, what it sponsored."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from ploughshare.errors import UnknownError
from ploughshare.library.library import Library
from ploughshare.model.state import State

from .groups import groups_of
from .settle import settled
from .standing import Standing, standings
from .states import state as state_of

#: Who is meant hangs on a treaty.
OF_A_TREATY = frozenset(("StatesParties", "NonParties"))
_TREATY = "treaty:"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote of the State: on which text, and how."""

    symbol: str
    title: str | None
    adopted: str | None
    cast: str


@dataclass(frozen=True, slots=True)
class Delegation:
    """A State in a library. ``asked`` are the undertakings that address one of its groups and still want something of it.

    ``answered`` are acts on the record that name it as the one who acted.
    """

    state: State
    asked: tuple[Standing, ...]
    answered: tuple[tuple[str, str, str], ...]
    ballots: tuple[Ballot, ...]
    sponsored: tuple[tuple[str, str | None], ...]

    @property
    def casts(self) -> dict[str, int]:
        """How often it voted how."""
        return dict(Counter(ballot.cast for ballot in self.ballots))


def delegation(library: Library, name: str, on: date | None = None) -> Delegation:
    """What is asked of a State, what has it answered, how did it vote, and what did it sponsor?

    Asked of it is what addresses a group that it belongs to on the day: of the parties to a treaty, where the mandate names
    the treaty. What addresses States by name is left out: which are meant, the words of the paragraph say.
    UnknownError for no State.
    """
    state = state_of(name)
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    settled(library)
    names = _names(library, state)
    marks = ", ".join("?" * len(names))
    ballots = library.database.rows(
        f'SELECT symbol, title, adopted, "cast" FROM vote JOIN resolution USING (symbol) WHERE state IN ({marks}) '
        "ORDER BY adopted, symbol",
        tuple(names),
    )
    sponsored = library.database.rows(
        f"SELECT DISTINCT symbol, title FROM sponsor JOIN resolution USING (symbol) WHERE state IN ({marks}) "
        "ORDER BY adopted, symbol",
        tuple(names),
    )
    return Delegation(
        state,
        tuple(_asked(library, state, day)),
        _answered(library, state),
        tuple(Ballot(*row) for row in ballots),
        tuple((symbol, title) for symbol, title in sponsored),
    )


def _asked(library: Library, state: State, on: date) -> list[Standing]:
    groups = groups_of(state, on, library.folder)
    codes = {group.code for group in groups if group.code not in OF_A_TREATY}
    under = {(group.code, group.treaty) for group in groups}
    found = []
    for standing in standings(library, "", (), on):
        asked = standing.undertaking
        if standing.status.state in ("superseded", "answered"):
            continue
        instruments = asked.details.get("instrument", ())
        treaties = [str(i).removeprefix(_TREATY) for i in ([instruments] if isinstance(instruments, str) else instruments)]
        if codes & set(asked.addressees) or any((code, treaty) in under for code in asked.addressees for treaty in treaties):
            found.append(standing)
    return found


def _answered(library: Library, state: State) -> tuple[tuple[str, str, str], ...]:
    """Acts of the record by this State: (act, day, mandates)."""
    rows = library.database.rows(
        "SELECT id, kind, day, actors, body FROM act WHERE entry IS NOT NULL AND withdrawn IS NULL ORDER BY day, id"
    )
    return tuple(
        (f"{identifier} {kind}", day, ", ".join(msgspec.json.decode(body).get("answers", ())))
        for identifier, kind, day, actors, body in rows
        if state.iso3 in msgspec.json.decode(actors)
    )


def _names(library: Library, state: State) -> list[str]:
    """The names under which the records of votes and sponsors print it."""
    printed = library.database.rows("SELECT DISTINCT state FROM vote UNION SELECT DISTINCT state FROM sponsor")
    return [name for (name,) in printed if _is(name, state)]


def _is(name: str, state: State) -> bool:
    # "Kenya (on behalf of …)" is Kenya; "Bolivia (Plurinational State of)" is a whole name.
    for candidate in (name, name.partition(" (")[0]):
        try:
            return state_of(candidate) == state
        except UnknownError:
            continue
    return False


def has_library(folder: Path) -> bool:
    """Is there a library in this folder? A State can be shown without one."""
    return (folder / "record").is_dir()
