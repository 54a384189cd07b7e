"""A table of treaty actions from a file: every line checked, a bad one named with its number and its reason.

Two shapes are read. One action a line: ``treaty``, ``iso3`` (or ``state``, ``state_as_named``), ``action``, ``date`` and, if
there is one, ``place`` or ``depositary``. Or one State a line, as lists of Annex 2 of the CTBT have it: ``iso3`` or ``state``,
``signed``, ``ratified`` and ``withdrew_ratification``. Further columns are allowed and left.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import get_args

from ploughshare.errors import PloughshareError, TableError
from ploughshare.lexicon.load import load
from ploughshare.model.treaty import INSTRUMENTS, Kind, TreatyAction

from .actions import own_actions
from .states import state
from .terms import all_terms, terms_of

#: The tables of all treaties together have a few thousand lines; one much larger is no such table.
LARGEST = 16 * 1024 * 1024
#: After so many bad lines the rest is not read: it is another kind of file, or all its lines have one fault.
MOST_REFUSED = 100
#: A cell longer than this is not a name, a date or a place.
LONGEST_CELL = 500
#: The treaty of a table that has one State a line.
ONE_STATE_A_LINE = "CTBT"
COLUMNS = ("treaty", "state", "action", "date", "depositary")
_SPREAD: Mapping[str, Kind] = {"signed": "signature", "ratified": "ratification", "withdrew_ratification": "withdrawal"}
#: Other sources' names of our columns.
_SAME = {"iso3": "state", "place": "depositary"}


@dataclass(slots=True)
class Table:
    """What a file holds: the actions that can be taken, and a sentence for each line that cannot."""

    name: str
    actions: list[TreatyAction] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def refuse(self, number: int, why: str) -> None:
        """Name a line that cannot be taken."""
        self.refused.append(f"{self.name}, line {number}: {why}")

    def whole(self) -> tuple[TreatyAction, ...]:
        """The actions, if no line is refused. Raises TableError with the first sentence otherwise."""
        if self.refused:
            more = f" (and {len(self.refused) - 1} more lines)" if len(self.refused) > 1 else ""
            raise TableError(self.refused[0] + more, advice="mend the lines, or import the table again")
        return tuple(self.actions)


def read_table(path: Path, *, today: date | None = None) -> Table:
    """Which treaty actions does a CSV file hold, and which of its lines cannot be taken?

    A line needs a known treaty and State, a kind of action, and a day that is neither before the treaty opened nor ahead of
    today; a withdrawal needs something to withdraw from. Raises TableError for a file that is no such table at all.
    """
    table = Table(path.name)
    #: Each action once, with the line that says it first.
    lines: dict[TreatyAction, int] = {}
    day = today or datetime.now(tz=UTC).date()
    for number, cells in _rows(_text(path), path.name):
        try:
            for action in _actions(cells, day):
                lines.setdefault(action, number)
        except PloughshareError as error:
            table.refuse(number, str(error))
            if len(table.refused) == MOST_REFUSED:
                table.refused.append(
                    f"{path.name}: {MOST_REFUSED} lines are bad up to line {number}; the lines after it were not read"
                )
                return table
    joined = _joined(lines)
    for action, number in lines.items():
        if action.kind == "withdrawal" and joined.get((action.treaty, action.state), date.max) > action.date:
            table.refuse(number, f"{action.state} withdraws from {action.treaty}, which it has not joined by then")
        else:
            table.actions.append(action)
    return table


def _joined(rows: Iterable[TreatyAction]) -> dict[tuple[str, str], date]:
    """The day on which each State first joined each treaty, as these rows or the program's own say."""
    first: dict[tuple[str, str], date] = {}
    for row in (row for each in (*(own_actions(code) for code in all_terms()), rows) for row in each):
        if row.kind in INSTRUMENTS:
            key = row.treaty, row.state
            first[key] = min(row.date, first.get(key, row.date))
    return first


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise TableError(
            f"the table cannot be read ({error.strerror or error})", where=str(path), advice="check that it is there"
        ) from error
    if len(data) > LARGEST:
        raise TableError(
            f"it is larger than {LARGEST // 1024 // 1024} MiB", where=path.name, advice="give the treaty actions alone"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError("it is not UTF-8 text", where=path.name, advice="save it as CSV in UTF-8") from error


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str] | None]]:
    """The lines as cells by the names of their columns, with the number of the line each ends on; None: too few or too many."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            raise TableError(
                f"line {reader.line_num} is not CSV ({error})", where=name, advice="save it as CSV with commas"
            ) from error
        if not any(row) or row[0].startswith("#"):
            continue
        if header is None:
            header = _header(row, name)
        elif len(row) != len(header):
            yield reader.line_num, None
        else:
            # Of two columns that mean the same, the first that says something counts: a code before a name.
            cells: dict[str, str] = {}
            for column, cell in zip(header, row, strict=True):
                if not cells.get(column):
                    cells[column] = cell.strip()
            yield reader.line_num, cells
    if header is None:
        raise TableError("the table is empty", where=name, advice=f"give one with the columns {', '.join(COLUMNS)}")


def _header(row: list[str], name: str) -> list[str]:
    header = [_SAME.get(cell.strip().lower(), cell.strip().lower()) for cell in row]
    header = ["state" if cell == "state_as_named" else cell for cell in header]
    if "state" not in header or not ({"treaty", "action", "date"} <= set(header) or {"signed", "ratified"} <= set(header)):
        raise TableError(
            f"its columns are {', '.join(header)[:200]}",
            where=name,
            advice=f"a table of treaty actions has {', '.join(COLUMNS[:4])}",
        )
    return header


def _actions(cells: Mapping[str, str] | None, today: date) -> Iterator[TreatyAction]:
    if cells is None:
        raise TableError("it has not as many cells as the first line")
    if any(len(cell) > LONGEST_CELL for cell in cells.values()):
        raise TableError(f"a cell has more than {LONGEST_CELL} characters")
    place = cells.get("depositary", "")
    if not place.isprintable() or place.startswith(("=", "+", "-", "@")):
        raise TableError(f"{place[:40]!r} is not a place")
    if "action" in cells:
        yield _action(cells["treaty"], cells["state"], _kind(cells["action"]), cells["date"], place, today)
    else:
        for column, kind in _SPREAD.items():
            if cells.get(column):
                yield _action(ONE_STATE_A_LINE, cells["state"], kind, cells[column], place, today)


def _action(treaty: str, name: str, kind: Kind, day: str, place: str, today: date) -> TreatyAction:
    terms = terms_of(treaty)
    who = state(name)
    when = _day(day)
    if when < terms.opened:
        raise TableError(f"{when} is before {terms.code} opened ({terms.opened})")
    if when > today:
        raise TableError(f"{when} lies ahead of today ({today})")
    # Where there is one depositary its place says nothing.
    places = {each.casefold(): each for each in terms.depositaries}
    return TreatyAction(terms.code, who.iso3, kind, when, places.get(place.casefold(), place) if len(places) > 1 else "")


def _day(word: str) -> date:
    try:
        if len(word) != len("2021-01-22"):
            raise ValueError
        return date.fromisoformat(word)
    except ValueError:
        raise TableError(f"{word[:40]!r} is not a day", advice="write it as 2021-01-22") from None


def _kind(word: str) -> Kind:
    kinds: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)} | load("treaty_actions/columns")["kinds"]
    if kind := kinds.get(word.strip().lower()):
        return kind
    raise TableError(f"{word[:40]!r} is not an action", advice=f"actions are {', '.join(kinds)}")
