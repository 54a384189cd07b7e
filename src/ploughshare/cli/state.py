"""``ploughshare state``: a State, its names, and what is known of it.

What is told is a list of parts. Another part of the program that knows something of a State (what is asked of it, its
votes, the views it submitted) adds one to ``PARTS``: a key, what it says as JSON, and how it shows that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import json_option, library_option, on_option, opened, print_json, print_table, styled

if TYPE_CHECKING:
    from rich.console import Console

    from ploughshare.model.state import State
    from ploughshare.tracking.delegation import Delegation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a State: for which day, and with which library."""

    state: State
    on: date | None
    library: Path


@dataclass(frozen=True, slots=True)
class Part:
    """Something that is told of a State. ``find`` looks it up once; ``tell`` makes JSON of it, ``show`` prints it."""

    key: str
    find: Callable[[Asked], Any]
    tell: Callable[[Any], Any]
    show: Callable[[Console, Any], None]


def _find_treaties(asked: Asked) -> Sequence[Any]:
    from ploughshare.tracking.treaties import standings

    return standings(asked.state, asked.on, asked.library)


def _tell_treaties(found: Sequence[Any]) -> list[dict[str, Any]]:
    from ploughshare.publishing.standing import standing_to_json

    return [standing_to_json(each) for each in found]


def _show_treaties(out: Console, found: Sequence[Any]) -> None:
    from ploughshare.cli.standing import show_standings

    show_standings(out, found)


def _find_delegation(asked: Asked) -> Delegation | None:
    from ploughshare.tracking.delegation import delegation, has_library

    if not has_library(asked.library):
        return None
    with opened(asked.library) as library:
        return delegation(library, asked.state.iso3, asked.on)


def _tell_delegation(found: Delegation | None) -> dict[str, Any] | None:
    if found is None:
        return None
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import standing_json

    language = interface_language()
    return {
        "asked": [standing_json(standing, language) for standing in found.asked],
        "answered": [{"act": act, "day": day, "mandates": mandates} for act, day, mandates in found.answered],
        "votes": [{"symbol": b.symbol, "adopted": b.adopted, "cast": b.cast} for b in found.ballots],
        "sponsored": [symbol for symbol, _ in found.sponsored],
    }


def _show_delegation(out: Console, found: Delegation | None) -> None:
    if found is None:
        return
    from collections import Counter

    from ploughshare.cli.table import due_in_words, interface_language
    from ploughshare.publishing.status import StatusWording

    words = StatusWording(interface_language())
    counted = Counter(standing.status.state for standing in found.asked)
    out.print()
    print_table(
        [words["asked"], "", ""],
        [(styled(state, words.state(state)), str(count), "") for state, count in counted.most_common()]
        + [
            (s.undertaking.id, due_in_words(s.undertaking.due), words.why(s.status))
            for s in found.asked
            if s.status.state in ("due", "open", "in part")
        ],
    )
    casts = ", ".join(f"{cast} {count}" for cast, count in sorted(found.casts.items()))
    out.print(f"\n{words['votes']}: {casts or words['nothing']}")
    out.print(f"{words['sponsored']}: {len(found.sponsored)}")
    for act, day, mandates in found.answered:
        out.print(f"{day}  {act}  {mandates}")


#: What is told of a State after its names, in this order.
PARTS: list[Part] = [
    Part("treaties", _find_treaties, _tell_treaties, _show_treaties),
    Part("library", _find_delegation, _tell_delegation, _show_delegation),
]


@click.command(
    "state",
    epilog="""\b
Examples:
  ploughshare state KEN
  ploughshare state "Côte d'Ivoire" --on 2018-01-01
  ploughshare state Кения --json
""",
)
@click.argument("name", metavar="CODE_OR_NAME")
@on_option
@json_option
@library_option
def command(name: str, on: date | None, as_json: bool, folder: Path) -> None:
    """Show a State: names in six languages, codes, regional group, admission, and its treaties.

    CODE_OR_NAME is an ISO or M49 code, or a name of today or of another time in any official language. Exit status: 0 shown, 1 no
    such State, 64 wrong use.
    """
    from ploughshare.tracking.groups import groups_of
    from ploughshare.tracking.states import state

    asked = Asked(state(name), on, folder)
    groups = groups_of(asked.state, on, folder)
    found = [(part, part.find(asked)) for part in PARTS]
    if as_json:
        from ploughshare.publishing.standing import state_to_json

        said = state_to_json(asked.state)
        said["groups"] = [{"code": each.code, "treaty": each.treaty, "disputed": each.disputed} for each in groups]
        print_json([said | {part.key: part.tell(each) for part, each in found}])
        return
    from ploughshare.cli.standing import console, show_state

    out = console()
    show_state(out, asked.state, groups)
    for part, each in found:
        part.show(out, each)
