"""``ploughshare calendar``: what is due, as a file that calendar programs read."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import json_option, library_option, on_option, opened, print_json


@click.command(
    "calendar",
    epilog="""\b
Examples:
  ploughshare calendar --output due.ics
  ploughshare calendar --for MS --output member-states.ics
""",
)
@click.option("--for", "addressees", metavar="CODE", multiple=True, help="Only of this addressee; may be given again.")
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write here instead of standard output."
)
@on_option
@library_option
@json_option
def command(addressees: tuple[str, ...], output: Path | None, on: date | None, folder: Path, as_json: bool) -> int:
    """Deadlines and sessions as all-day events (iCalendar). A later calendar moves events; it never doubles them."""
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.ical import calendar
    from ploughshare.publishing.status import standing_json
    from ploughshare.tracking.due import due

    language = interface_language()
    with opened(folder) as library:
        if as_json:
            print_json(standing_json(standing, language) for standing in due(library, addressees=addressees, on=on))
            return 0
        data = calendar(library, addressees=addressees, on=on, language=language)
    if output:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
    return 0
