"""``ploughshare treaty``: who signed, who joined, who is missing, and since when a treaty is in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import json_option, library_option, on_option, print_json


@click.command(
    "treaty",
    epilog="""\b
Examples:
  ploughshare treaty
  ploughshare treaty TPNW --on 2021-01-22
  ploughshare treaty CTBT --json
""",
)
@click.argument("code", required=False)
@on_option
@click.option("--states", "every", is_flag=True, help="List every State with the days of its actions.")
@json_option
@library_option
def command(code: str | None, on: date | None, every: bool, as_json: bool, folder: Path) -> None:
    """Show where a treaty stands on a day: signatories, parties, States that are missing, entry into force.

    CODE is one of the treaties listed without it. Actions come with the program and are known to the day shown; ploughshare
    treaties import takes newer ones. Exit status: 0 shown, 1 refused, 64 wrong use.
    """
    from ploughshare.tracking.terms import all_terms
    from ploughshare.tracking.treaties import treaty

    found = [treaty(each, on, folder) for each in ([code] if code else all_terms())]
    if as_json:
        from ploughshare.publishing.standing import treaty_in_short, treaty_to_json

        for each in found:
            print_json([treaty_to_json(each) if code else treaty_in_short(each)])
        return
    from ploughshare.cli.standing import show_treaties, show_treaty

    if code:
        show_treaty(found[0], every_action=every)
    else:
        show_treaties(found)
