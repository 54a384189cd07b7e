"""The States, and one of them: its treaties, what is asked of it and its groups, what it answered, how it voted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from ploughshare.errors import UnknownError
from ploughshare.model.state import GROUPS, State
from ploughshare.model.treaty import StateStanding
from ploughshare.publishing.standing import standing_to_json, state_to_json
from ploughshare.tracking.groups import Membership, memberships
from ploughshare.tracking.states import by_code, folded
from ploughshare.tracking.states import state as state_of
from ploughshare.tracking.states import states as all_states
from ploughshare.tracking.terms import all_terms

from ..overview import OF_A_TREATY, Line
from ..page import MissingError, Page, Visit
from .resolution import known_names
from .standing import by_ids, shown, titles
from .treaties import standing_of

#: So many lines of each part stand on the page; JSON has them all.
LINES = 12
MOST = 60


def states(visit: Visit) -> Page:
    """All States, by regional group."""
    _ = visit.tongue
    groups = [
        (
            _.standing["groups"].get(group, _.standing["labels"]["no_group"]),
            sorted(
                ((s.iso3, s.name(visit.language)) for s in all_states() if (s.group or "") == group), key=lambda one: folded(one[1])
            ),
        )
        for group in (*GROUPS, "")
    ]
    everyone = sorted(all_states(), key=lambda s: s.iso3)
    return Page(
        "states",
        "states",
        _("States"),
        {"groups": groups},
        lambda: [{"iso3": s.iso3, "name": s.name(visit.language), "group": s.group, "status": s.status} for s in everyone],
        lambda: (
            ("iso3", "iso2", "m49", "name", "group", "status", "admitted"),
            [(s.iso3, s.iso2, s.m49, s.name(visit.language), s.group, s.status, s.admitted) for s in everyone],
        ),
        under="states",
    )


def state(visit: Visit, code: str) -> Page:
    """One State."""
    _ = visit.tongue
    try:
        of = by_code(code)
    except UnknownError:
        raise _unknown(visit, code) from None
    treaties = _standings(visit).get(code, [])
    groups = memberships(of, treaties, visit.day)
    asked = _asked(visit, groups)
    parts = [
        (group, _.who([group]), shown(visit, by_ids(visit, [line.id for line in lines[:LINES]])), len(lines))
        for group, lines in asked
    ]
    ballots, sponsored = _ballots(visit, code), _sponsored(visit, code)
    casts = Counter(cast for *__, cast in ballots)
    answered = _answered(visit, code)
    names = titles(visit, [*(symbol for symbol, __, __ in ballots[:MOST]), *(symbol for symbol, __ in sponsored[:MOST])])
    return Page(
        "state",
        f"states/{code}",
        of.name(visit.language),
        {
            "state": of,
            "formal": of.names[visit.language].formal,
            "treaties": treaties,
            "groups": list(dict.fromkeys(group.code for group in groups if group.treaty in (None, "NPT"))),
            "parts_": parts,
            "ballots": [(symbol, adopted, cast, *names.get(symbol, ("", ""))) for symbol, adopted, cast in ballots[:MOST]],
            "ballots_total": len(ballots),
            "casts": casts,
            "sponsored": [(symbol, *names.get(symbol, ("", ""))) for symbol, __ in sponsored[:MOST]],
            "sponsored_total": len(sponsored),
            "answered": answered,
            "most": MOST,
        },
        lambda: {
            **state_to_json(of),
            "on": visit.day,
            "groups": [{"code": group.code, "treaty": group.treaty} for group in groups],
            "treaties": [standing_to_json(each) for each in treaties],
            "asked": {group: [line.id for line in lines[:1000]] for group, lines in asked},
            "answered": [{"act": act, "kind": kind, "day": day, "mandates": mandates} for act, kind, day, mandates in answered],
            "votes": [{"symbol": symbol, "adopted": adopted, "cast": cast} for symbol, adopted, cast in ballots],
            "sponsored": [symbol for symbol, __ in sponsored],
        },
        lambda: (("symbol", "adopted", "cast"), ballots),
        under="states",
    )


def _unknown(visit: Visit, code: str) -> MissingError:
    """What was meant: a name or another code leads to the State."""
    _ = visit.tongue
    near: list[State] = []
    try:
        near = [state_of(code)]
    except UnknownError:
        near = [s for s in all_states() if folded(code[:40]) and folded(s.name(visit.language)).startswith(folded(code[:3]))][:5]
    return MissingError(
        _("No State has this code."), [*((s.name(visit.language), f"states/{s.iso3}") for s in near), (_("States"), "states")]
    )


def _standings(visit: Visit) -> dict[str, list[StateStanding]]:
    """Each State under every treaty that is known and open to it."""

    def make() -> dict[str, list[StateStanding]]:
        found: dict[str, list[StateStanding]] = {}
        for code in all_terms():
            for each in standing_of(visit, code).states:
                found.setdefault(each.state.iso3, []).append(each)
        return found

    every: dict[str, list[StateStanding]] = visit.keep("standings", make)
    return every


def _asked(visit: Visit, groups: tuple[Membership, ...]) -> list[tuple[str, list[Line]]]:
    """What addresses the groups of a State and still wants something, group by group; what is due first."""
    overview = visit.overview
    under: dict[str, set[str]] = {}
    for group in groups:
        under.setdefault(group.code, set()).add(group.treaty or "")
    order = {"due": 0, "in part": 1, "open": 2, "unanswered": 3}

    def listed(code: str, treaties: frozenset[str]) -> list[Line]:
        lines = overview.by_addressee.get(code, [])
        if code in OF_A_TREATY:
            lines = [line for line in lines if treaties & set(line.treaties)]
        # The newest first, because the newest is what still holds.
        newest = lines[::-1]
        return sorted(newest, key=lambda line: order.get(line.state, 4))

    found = []
    for code, treaties in under.items():
        some = frozenset(treaties)
        lines: list[Line] = visit.keep(f"asked {code} {sorted(some)}", lambda code=code, some=some: listed(code, some))  # type: ignore[misc]
        if lines:
            found.append((code, lines))
    return found


def _ballots(visit: Visit, code: str) -> list[tuple[str, str | None, str]]:
    names = known_names(visit).get(code, [])
    marks = ", ".join("?" * len(names))
    rows = visit.library.database.rows(
        f'SELECT symbol, adopted, "cast" FROM vote JOIN resolution USING (symbol) WHERE state IN ({marks}) '
        "ORDER BY adopted DESC, symbol DESC",
        tuple(names),
    )
    return [(symbol, adopted, cast) for symbol, adopted, cast in rows]


def _sponsored(visit: Visit, code: str) -> list[tuple[str, str | None]]:
    names = known_names(visit).get(code, [])
    marks = ", ".join("?" * len(names))
    rows = visit.library.database.rows(
        f"SELECT DISTINCT symbol, adopted FROM sponsor JOIN resolution USING (symbol) WHERE state IN ({marks}) "
        "ORDER BY adopted DESC, symbol DESC",
        tuple(names),
    )
    return [(symbol, adopted) for symbol, adopted in rows]


def _answered(visit: Visit, code: str) -> list[tuple[int, str, str, Any]]:
    """Acts of the record by this State: (entry, kind, day, mandates)."""

    def make() -> dict[str, list[tuple[int, str, str, Any]]]:
        found: dict[str, list[tuple[int, str, str, Any]]] = {}
        for entry, kind, day, actors, body in visit.library.database.rows(
            "SELECT entry, kind, day, actors, body FROM act WHERE entry IS NOT NULL AND withdrawn IS NULL "
            "ORDER BY day DESC, entry DESC"
        ):
            for actor in msgspec.json.decode(actors):
                found.setdefault(str(actor), []).append((entry, kind, day, msgspec.json.decode(body).get("answers", [])))
        return found

    every: dict[str, list[tuple[int, str, str, Any]]] = visit.keep("answered", make)
    return every.get(code, [])
