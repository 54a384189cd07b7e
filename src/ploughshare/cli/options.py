"""What several commands share: options, opening a library, tables, JSON."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ploughshare.library.library import Library

Command = TypeVar("Command", bound=Callable[..., Any])
#: Without a terminal (a pipe, a file) a table is this wide.
WIDTH = 132
#: A colour for each state: what wants an act stands out.
STATES = {
    "due": "bold yellow",
    "open": "cyan",
    "answered": "green",
    "in part": "yellow",
    "unanswered": "bold red",
    "superseded": "dim",
    "standing": "",
    "unknown": "magenta",
}


class Day(click.ParamType[date]):
    """A day of the calendar, as people write it in files: 2026-11-21."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; wrong use says how to write one."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no day; write it like 2026-11-21", param, ctx)


def library_option(command: Command) -> Command:
    """``--library DIR``."""
    return click.option(
        "--library",
        "folder",
        metavar="DIR",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("library"),
        show_default=True,
        envvar="PLOUGHSHARE_LIBRARY",
        help="The folder of the library.",
    )(command)


def json_option(command: Command) -> Command:
    """``--json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(command)


def on_option(command: Command) -> Command:
    """``--on DATE``."""
    return click.option("--on", metavar="DATE", type=Day(), help="Tell it for this day (default: today).")(command)


@contextmanager
def opened(folder: Path, *, create: bool = False) -> Iterator[Library]:
    """The library of a folder, closed afterwards."""
    from ploughshare.library.library import Library

    library = Library.open(folder, create=create)
    try:
        yield library
    finally:
        library.close()


def print_json(values: Iterable[Any]) -> None:
    """One JSON object a line."""
    import msgspec

    for value in values:
        sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def print_table(headings: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> None:
    """A table that fits the terminal; its last column takes what is left. Cells are words as they are, or styled already."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim", title=title, title_justify="left", title_style="bold")
    for place, heading in enumerate(headings):
        last = place == len(headings) - 1
        table.add_column(heading, overflow="fold", ratio=1 if last else None)
    for row in rows:
        table.add_row(*(Text(cell) if isinstance(cell, str) else cell for cell in row))
    console().print(table)


def console() -> Any:
    """Where tables go: as wide as the terminal, or as a page."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else WIDTH)


def styled(state: str, shown: str) -> Any:
    """A state in its colour."""
    from rich.text import Text

    return Text(shown, STATES.get(state, ""))
