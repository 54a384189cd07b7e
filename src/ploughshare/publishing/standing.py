"""Where treaties and States stand, as plain objects for JSON: every fact with the actions it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ploughshare.model.state import FormerName, State
from ploughshare.model.treaty import Condition, Delay, Force, Position, StateStanding, TreatyAction, TreatyStanding
from ploughshare.publishing.arrangements import life_to_json
from ploughshare.tracking.lives import life


def treaty_to_json(found: TreatyStanding) -> dict[str, Any]:
    """A treaty on a day: counts, entry into force and what it rests on, and each State with its actions."""
    return treaty_in_short(found) | {
        "condition": _condition(found.terms.condition, found.force),
        "withdrawal": {"article": leave.article, **_delay(leave.delay), "wartime": leave.wartime}
        if (leave := found.terms.withdrawal)
        else None,
        "note": found.terms.note,
        "life": life_to_json(life(found.terms.code, found.on)),
        "states": [
            {"iso3": each.state.iso3, "name": each.state.name(), "group": each.state.group, **standing_to_json(each)}
            for each in found.states
        ],
    }


def treaty_in_short(found: TreatyStanding) -> dict[str, Any]:
    """The same without its States: a line of the list of treaties."""
    terms = found.terms
    return {
        "code": terms.code,
        "title": terms.title,
        "on": found.on.isoformat(),
        "data_to": terms.data_to.isoformat(),
        "imported": found.imported,
        "opened": terms.opened.isoformat(),
        "depositaries": list(terms.depositaries),
        "in_force": _day(found.in_force),
        "signatories": len(found.signatories),
        "parties": len(found.parties),
        "non_parties": len(found.non_parties),
    }


def standing_to_json(found: StateStanding) -> dict[str, Any]:
    """Where one State stands under one treaty. ``in_force`` is null where it is not, or is untold."""
    return {
        "treaty": found.treaty,
        "place": found.place,
        "signed": _day(found.signed),
        "joined": {"action": found.joined.kind, "date": found.joined.date.isoformat()} if found.joined else None,
        "in_force": _day(found.in_force),
        "in_force_untold": found.untold,
        "notice": _day(found.notice),
        "left": _day(found.left),
        "actions": [_action(each) for each in found.actions],
        "positions": [_position(each) for each in found.positions],
    }


def state_to_json(state: State) -> dict[str, Any]:
    """A State: its codes, status, group, day of admission, and names in six languages."""
    return {
        "iso3": state.iso3,
        "iso2": state.iso2,
        "m49": state.m49,
        "unterm": state.unterm,
        "status": state.status,
        "group": state.group,
        "admitted": _day(state.admitted),
        "names": {
            language: {"name": name.name, "formal": name.formal or name.name, "also": list(name.also)}
            for language, name in state.names.items()
        },
        "former": [_former(each) for each in state.former],
    }


def _condition(condition: Condition | None, force: Force | None) -> dict[str, Any] | None:
    if condition is None or force is None:
        return None
    return {
        "article": condition.article,
        "states": list(condition.states),
        "others": condition.others,
        "instruments": list(condition.only),
        **_delay(condition.delay),
        "not_before": _day(condition.not_before),
        "met": _day(force.met),
        "in_force": _day(force.date),
        "counted": list(force.counted),
        "others_there": force.others,
        "missing": list(force.missing),
    }


def _delay(delay: Delay) -> dict[str, Any]:
    return {"days": delay.days, "months": delay.months, "first_of_month": delay.first}


def _action(action: TreatyAction) -> Mapping[str, str]:
    said = {"action": action.kind, "date": action.date.isoformat()}
    return said | {"depositary": action.depositary} if action.depositary else said


def _position(position: Position) -> dict[str, Any]:
    return {
        "from": position.start.isoformat(),
        "matter": position.matter,
        "views": [{"who": who, "says": says} for who, says in position.views],
        "source": position.source,
    }


def _former(former: FormerName) -> dict[str, Any]:
    return {"names": dict(former.names), "code": former.code, "fate": former.fate, "from": former.start, "until": former.until}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
