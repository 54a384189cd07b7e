"""``ploughshare due``: what wants an act, and by when."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import Day, json_option, library_option, on_option, opened, print_json, print_table, styled


@click.command(
    "due",
    epilog="""\b
Examples:
  ploughshare due --for SG --by 2027-09-01
  ploughshare due --all --json
""",
)
@click.option(
    "--for", "addressees", metavar="CODE", multiple=True, help="Only of this addressee (SG, MS, CD, …); may be given again."
)
@click.option("--by", metavar="DATE", type=Day(), help="Only what is due up to this day.")
@click.option("--all", "everything", is_flag=True, help="What its time has passed too.")
@on_option
@library_option
@json_option
def command(addressees: tuple[str, ...], by: date | None, everything: bool, on: date | None, folder: Path, as_json: bool) -> int:
    """What is due now and next, of whom, until when; with --all also what its time has passed without an act in the library."""
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import StatusWording, standing_json
    from ploughshare.tracking.due import WANTING, due, last_day

    language = interface_language()
    words = StatusWording(language)
    with opened(folder) as library:
        states = WANTING if everything else WANTING[:3]
        found = due(library, addressees=addressees, by=by, on=on, states=states)
        if as_json:
            print_json(standing_json(standing, language) for standing in found)
            return 0
    if not found:
        click.echo(words["nothing"])
        return 0
    print_table(
        [words["until"], words["addressees"], words["state"], words["mandate"], words["why"]],
        (
            (
                last_day(s) or "",
                ", ".join(s.undertaking.addressees),
                styled(s.status.state, words.state(s.status.state)),
                s.undertaking.id,
                words.why(s.status),
            )
            for s in found
        ),
        title=found[0].status.on,
    )
    return 0
