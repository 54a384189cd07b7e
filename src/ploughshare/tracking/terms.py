"""The terms of treaties: when it enters into force, how a State leaves it, and positions where a standing is disputed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import load
from ploughshare.model.treaty import INSTRUMENTS, Condition, Delay, LaterState, Position, Terms, Withdrawal


@cache
def all_terms() -> Mapping[str, Terms]:
    """Which treaties are known with the actions of States, and on what terms? By code, in the order in which they opened.

    >>> list(all_terms())[:3]
    ['PTBT', 'Tlatelolco', 'NPT']
    """
    found = [_terms(code, table) for code, table in load("treaty_actions/treaties").items()]
    return {terms.code: terms for terms in sorted(found, key=lambda terms: terms.opened)}


def terms_of(code: str) -> Terms:
    """The terms of one treaty, whatever the case of its code. Raises UnknownError, with the codes nearest to it.

    >>> terms_of("tpnw").condition.others
    50
    """
    codes = {known.casefold(): known for known in all_terms()}
    if known := codes.get(code.casefold()):
        return all_terms()[known]
    if any(code.casefold() == other.casefold() for other in load("treaties")):
        raise UnknownError(
            f"the actions of States under {code} are not in the data",
            advice=f"there are {', '.join(codes.values())}; `ploughshare arrangements` has the agreements between few States",
        )
    nearest = [codes[each] for each in get_close_matches(code.casefold(), codes, n=3, cutoff=0.5)]
    raise UnknownError(f"no treaty has the code {code[:40]!r}", advice=f"codes are {', '.join(nearest or codes.values())}")


@cache
def positions() -> tuple[Position, ...]:
    """Whose standing under which treaty is disputed, and who holds what? Told, never settled.

    >>> [(position.state, position.treaty) for position in positions()]
    [('PRK', 'NPT'), ('RUS', 'CTBT')]
    """
    return tuple(
        Position(
            table["treaty"],
            table["state"],
            table["from"],
            table["matter"],
            tuple((view["who"], view["says"]) for view in table["views"]),
            table["source"],
        )
        for table in load("treaty_actions/positions")["position"]
    )


def _terms(code: str, table: Mapping[str, Any]) -> Terms:
    open_to = table.get("open_to")
    return Terms(
        code,
        load("treaties")[code]["title"],
        table["opened"],
        tuple(table["depositaries"]),
        table["data_to"],
        table.get("in_force"),
        _condition(table["condition"]) if "condition" in table else None,
        _later(table["state"]) if "state" in table else None,
        _withdrawal(table["withdrawal"]) if "withdrawal" in table else None,
        tuple(open_to) if isinstance(open_to, list) else open_to,
        table.get("note", ""),
    )


def _condition(table: Mapping[str, Any]) -> Condition:
    not_before: date | None = table.get("not_before")
    return Condition(
        table["article"],
        tuple(sorted(table.get("states", ()))),
        table["others"],
        tuple(table.get("only", INSTRUMENTS)),
        _delay(table, first=True),
        not_before,
    )


def _later(table: Mapping[str, Any]) -> LaterState:
    return LaterState(table["article"], table["after"], _delay(table, first=True))


def _withdrawal(table: Mapping[str, Any]) -> Withdrawal:
    return Withdrawal(table["article"], _delay(table, first=False), table.get("wartime", False))


def _delay(table: Mapping[str, Any], *, first: bool) -> Delay:
    """Months of a condition lead to the first day of a month, those of a notice to the same day."""
    months = table.get("months", 0)
    return Delay(table.get("days", 0), months, first and months > 0)
