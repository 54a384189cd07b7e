"""Treaties on a day: who signed, who joined, who is missing, since when each is in force, and for whom.

>>> tpnw = treaty("TPNW", on=date(2021, 1, 22))
>>> tpnw.in_force.isoformat(), len(tpnw.parties), tpnw.force.met.isoformat()
('2021-01-22', 52, '2020-10-24')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from ploughshare.model.state import GROUPS, State
from ploughshare.model.treaty import INSTRUMENTS, StateStanding, Terms, TreatyAction, TreatyStanding

from .actions import own_actions
from .force import by_state, force, in_force_for, leaves, may_bind
from .imports import actions
from .states import by_code, folded, states
from .terms import all_terms, positions, terms_of


def treaty(code: str, on: date | None = None, library: Path | None = None) -> TreatyStanding:
    """Where does a treaty stand on a day (today, if none is given): signatories, parties, non-parties, entry into force?

    Computed from the actions on record up to that day; ``terms.data_to`` says how far these go. Raises UnknownError.
    """
    day = on or today()
    terms = terms_of(code)
    done = actions(terms.code, library)
    fulfilled = force(terms.condition, done, day) if terms.condition else None
    entered = fulfilled.date if fulfilled else terms.official
    met = fulfilled.met if fulfilled else None
    each = by_state(action for action in done if action.date <= day)
    found = tuple(
        standing_of(state, terms, each.get(state.iso3, ()), met, entered, day)
        for state in states()
        if state.iso3 in each or may_join(state, terms, day)
    )
    imported = len(set(done) - set(own_actions(terms.code)))
    return TreatyStanding(terms, day, fulfilled, entered if entered and entered <= day else None, found, imported)


def standings(state: State, on: date | None = None, library: Path | None = None) -> tuple[StateStanding, ...]:
    """Where does a State stand under every treaty that is known and open to it?

    >>> from .states import state
    >>> [each.treaty for each in standings(state("Kazakhstan"), date(2020, 1, 1)) if each.place == "party"][-2:]
    ['ATT', 'TPNW']
    """
    found = (treaty(code, on, library) for code in all_terms())
    return tuple(each for standing in found for each in standing.states if each.state == state)


def may_join(state: State, terms: Terms, on: date) -> bool:
    """Whether a State could join a treaty on a day: it is open to it, and the State was a Member by then (or is none)."""
    if state.admitted and state.admitted > on:
        return False
    if terms.open_to is None:
        return True
    return state.iso3 in terms.open_to if isinstance(terms.open_to, tuple) else state.group == terms.open_to


def by_group(found: Iterable[StateStanding]) -> Mapping[str, tuple[StateStanding, ...]]:
    """The States of each regional group, in the order of the groups; those of no group under the empty name."""
    rows = list(found)
    sorted_rows = {group: tuple(each for each in rows if (each.state.group or "") == group) for group in (*GROUPS, "")}
    return {group: members for group, members in sorted_rows.items() if members}


def standing_of(
    state: State, terms: Terms, done: Sequence[TreatyAction], met: date | None, entered: date | None, day: date
) -> StateStanding:
    """Where does what a State did, in the order of its days, leave it: it signs, joins, gives notice, leaves, may join again?

    ``met`` and ``entered``: when the condition of the treaty was met, and its entry into force.
    """
    signed: date | None = None
    instrument: TreatyAction | None = None
    #: Since when the treaty is in force for the State, and since when it is bound as far as anybody can tell.
    since: date | None = None
    bound: date | None = None
    notice: date | None = None
    left: date | None = None
    for action in done:
        if action.kind == "signature":
            signed = signed or action.date
        elif action.kind in INSTRUMENTS and (instrument is None or (left and left <= action.date)):
            instrument, notice, left = action, None, None
            since = in_force_for(terms, action, met, entered)
            bound = since or (action.date if may_bind(terms, entered) else None)
        elif action.kind == "withdrawal" and instrument and notice is None:
            notice, left = action.date, leaves(terms, action.date, bound)
    was_bound = bound is not None and left is not None and bound <= left
    if left and left <= day:
        instrument = since = None
    return StateStanding(
        state,
        terms.code,
        "party" if instrument else "signatory" if signed and not was_bound else "outside",
        signed,
        instrument,
        since,
        instrument is not None and since is None and bound is not None,
        notice,
        left,
        tuple(done),
        tuple(each for each in positions() if (each.treaty, each.state) == (terms.code, state.iso3) and each.start <= day),
    )


def today() -> date:
    """The day it is, in Universal Time."""
    return datetime.now(tz=UTC).date()


def names(codes: Iterable[str], language: str = "en") -> list[str]:
    """The names of States by their codes, in alphabetical order.

    >>> names(["SVK", "CZE"])
    ['Czechia', 'Slovakia']
    """
    return sorted((by_code(code).name(language) for code in codes), key=folded)
