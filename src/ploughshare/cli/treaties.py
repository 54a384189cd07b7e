"""``ploughshare treaties import``: newer tables of treaty actions into the library."""

from __future__ import annotations

from pathlib import Path

import click

from ploughshare.cli.options import json_option, library_option, print_json


@click.group("treaties")
def command() -> None:
    """Newer facts about treaties."""


@command.command(
    "import",
    epilog="""\b
Example:
  ploughshare treaties import actions.csv
where actions.csv is a table like
  treaty,iso3,action,date,place
  TPNW,KEN,signed,2017-09-20,New York
""",
)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@library_option
def import_(file: Path, as_json: bool, folder: Path) -> int:
    """Take a newer table of treaty actions (CSV) into the library, if every line of it is right.

    Columns: treaty, iso3 or state, action, date, and place of deposit if there are several. A line that is not right is named with
    its number; then nothing is taken, and the good lines are kept aside. Exit status: 0 taken, 1 refused, 64 wrong use.
    """
    from ploughshare.tracking.imports import import_table

    done = import_table(file, folder)
    for sentence in done.refused:
        click.echo(sentence, err=True)
    if as_json:
        print_json(
            [
                {
                    "file": done.name,
                    "found": done.found,
                    "refused": list(done.refused),
                    "new": done.new,
                    "written": str(done.written) if done.written else None,
                    "aside": str(done.aside) if done.aside else None,
                }
            ]
        )
    elif done.refused:
        click.echo(
            f"{done.name}: nothing taken; {len(done.refused)} lines refused, {done.found} good ones kept aside in {done.aside}. "
            "Mend the lines and import the table again.",
            err=True,
        )
    else:
        click.echo(f"{done.name}: {done.found} actions, {done.new} of them new; {done.written} has {done.total}.")
    return 1 if done.refused else 0
