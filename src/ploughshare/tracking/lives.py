"""The lives of agreements: proposed, negotiated, open, in force, suspended, withdrawn from, lapsed – and on a day, which of these?

>>> found = life("NewSTART", date(2024, 1, 1))
>>> found.stage.stage, [(each.stage, each.who) for each in found.since], len(found.positions)
('extended', [('suspended', ('RUS',))], 1)
>>> life("NewSTART", date(2026, 11, 21)).stage.stage
'lapsed'
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import load
from ploughshare.model.arrangement import Life, Stage
from ploughshare.model.treaty import Position

from .terms import all_terms, positions, terms_of
from .treaties import today


def life(code: str, on: date | None = None) -> Life:
    """At which stage was an agreement or arrangement on a day, by which steps did it come there, and who sees it otherwise?

    A stage of all the parties is its stage; what one State did stands beside it (``since``) and changes nothing for the others.
    Positions on a disputed standing are told as positions. Raises UnknownError for a code that is not known.
    """
    day = (on or today()).isoformat()
    table = load("arrangements")["arrangement"].get(code, {})
    treaty = table.get("treaty", code)
    stages = tuple(_stage(each) for each in table["stages"]) if table else _of_treaty(code)
    begun = tuple(each for each in stages if each.start <= day[: len(each.start)])
    common = [place for place, each in enumerate(begun) if not each.who]
    last = common[-1] if common else -1
    told = (*(_position(code, each) for each in table.get("positions", ())), *_of_states(treaty))
    return Life(
        day,
        begun,
        begun[last] if common else None,
        begun[last + 1 :],
        tuple(each for each in told if each.start.isoformat() <= day),
    )


def _of_treaty(code: str) -> tuple[Stage, ...]:
    """A treaty that is not in the register: it opened, and it entered into force."""
    if code not in all_terms():
        known = load("treaties").get(code)
        if known is None:
            raise UnknownError(f"no agreement has the code {code[:40]!r}", advice="`ploughshare arrangements` lists the register")
        opened = known.get("opened")
        return (Stage("open", str(opened)),) if opened else (Stage("proposed", ""),)
    terms = terms_of(code)
    found = [Stage("open", terms.opened.isoformat())]
    if terms.official:
        found.append(Stage("in-force", terms.official.isoformat()))
    return tuple(found)


def _of_states(treaty: str) -> Iterable[Position]:
    return (each for each in positions() if each.treaty == treaty)


def _stage(table: Mapping[str, Any]) -> Stage:
    return Stage(table["stage"], table["from"], tuple(table.get("who", ())), table.get("note", ""))


def _position(code: str, table: Mapping[str, Any]) -> Position:
    views = tuple((view["who"], view["says"]) for view in table["views"])
    return Position(code, table["state"], table["from"], table["matter"], views, table["source"])
