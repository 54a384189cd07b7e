"""Options that several commands share, and how a command says what went wrong."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from ploughshare.errors import PloughshareError

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _day(_context: click.Context, _parameter: click.Parameter, value: datetime | None) -> date | None:
    return value.date() if value else None


def on_day(command: _Command) -> _Command:
    """``--on DATE``: the day that is told about."""
    day = click.DateTime(formats=["%Y-%m-%d"])
    return click.option("--on", type=day, callback=_day, metavar="DATE", help="Tell for this day (2021-01-22) instead of today.")(
        command
    )


def in_library(command: _Command) -> _Command:
    """``--library DIR``: the folder that imported tables lie in."""
    folder = click.Path(file_okay=False, path_type=Path)
    return click.option(
        "--library", type=folder, default=Path("library"), show_default=True, metavar="DIR", help="The folder of the library."
    )(command)


def as_json(command: _Command) -> _Command:
    """``--json``: objects instead of tables."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")(command)


def print_json(said: Any) -> None:
    """One object on one line of standard output."""
    import msgspec

    sys.stdout.buffer.write(msgspec.json.encode(said) + b"\n")


@contextmanager
def one_sentence() -> Iterator[None]:
    """What a person can act on ends the command with a sentence and status 1."""
    try:
        yield
    except PloughshareError as error:
        raise _Refused(str(error)) from error


class _Refused(click.ClickException):
    """The sentence alone, without a word in front."""

    def show(self, file: Any = None) -> None:  # noqa: ARG002
        click.echo(self.message, err=True)
