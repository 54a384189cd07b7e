"""Groups: which of the groups that resolutions address does a State belong to, and who belongs to one, on a day?

The codes are those of addressees (docs/words.md): ``MS``, ``States``, ``StatesParties``, ``NonParties``,
``NWS``, ``NNWS``. The last four are meant under a treaty: the Treaty on the Non-Proliferation of Nuclear Weapons, by which
the last two are defined, where no other is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import load
from ploughshare.model.state import State
from ploughshare.model.treaty import StateStanding

from .states import states
from .terms import terms_of
from .treaties import standings, today, treaty

CODES = ("MS", "States", "StatesParties", "NonParties", "NWS", "NNWS")
NPT = "NPT"


@dataclass(frozen=True, slots=True)
class Membership:
    """A group that a State belongs to, of a treaty or of none; ``disputed`` where positions on its standing differ."""

    code: str
    treaty: str | None = None
    disputed: bool = False


def groups_of(state: State, on: date | None = None, library: Path | None = None) -> tuple[Membership, ...]:
    """Which groups that resolutions address does a State belong to on a day?

    "States parties" are those whose instrument stands, signatories count among the "non-parties" that a text calls upon to
    join. A State whose standing is disputed belongs where the actions on record put it, and the membership says so.

    >>> from .states import state
    >>> [group.code for group in groups_of(state("France")) if group.treaty in (None, "NPT", "TPNW")]
    ['MS', 'States', 'StatesParties', 'NWS', 'NonParties']
    """
    day = on or today()
    return memberships(state, standings(state, day, library), day)


def memberships(state: State, under: Iterable[StateStanding], on: date) -> tuple[Membership, ...]:
    """The same, where the State's standing under each treaty is known already."""
    found = [Membership("MS")] if _is_member(state, on) else []
    found.append(Membership("States"))
    for standing in under:
        disputed = bool(standing.positions)
        if standing.place != "party":
            found.append(Membership("NonParties", standing.treaty, disputed))
            continue
        found.append(Membership("StatesParties", standing.treaty, disputed))
        if standing.treaty == NPT:
            found.append(Membership(_nuclear(standing), NPT, disputed))
    return tuple(found)


def members(code: str, under: str = NPT, on: date | None = None, library: Path | None = None) -> tuple[State, ...]:
    """Which States belong to a group on a day?

    Raises UnknownError for a code that stands for no group of States, or no treaty.

    >>> [state.iso3 for state in members("NWS")]
    ['CHN', 'FRA', 'GBR', 'RUS', 'USA']
    >>> len(members("MS", on=date(2010, 1, 1))), len(members("StatesParties", "TPNW", on=date(2021, 1, 22)))
    (192, 52)
    """
    day = on or today()
    if code == "States":
        return states()
    if code == "MS":
        return tuple(state for state in states() if _is_member(state, day))
    if code not in CODES:
        raise UnknownError(f"{code!r} is no group of States", advice=f"groups are {', '.join(CODES)}")
    if code in ("NWS", "NNWS"):
        under = NPT
    standing = treaty(terms_of(under).code, day, library)
    if code == "NonParties":
        return tuple(each.state for each in standing.non_parties)
    return tuple(each.state for each in standing.parties if code == "StatesParties" or _nuclear(each) == code)


def _is_member(state: State, on: date) -> bool:
    return state.admitted is not None and state.admitted <= on


def _nuclear(standing: StateStanding) -> str:
    return "NWS" if standing.state.iso3 in load("treaty_actions/groups")["NWS"]["states"] else "NNWS"
