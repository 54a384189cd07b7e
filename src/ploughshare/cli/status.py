"""``ploughshare status``: where undertakings stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import json_option, library_option, on_option, opened, print_json, print_table, styled


@click.command(
    "status",
    epilog="""\b
Examples:
  ploughshare status A/RES/79/240
  ploughshare status 'A/RES/79/240#op5' --on 2025-12-01
""",
)
@click.argument("what", required=False, metavar="[SYMBOL[#PARAGRAPH]]")
@on_option
@library_option
@json_option
def command(what: str | None, on: date | None, folder: Path, as_json: bool) -> int:
    """Where does what a resolution asks stand: open, due, answered, in part, unanswered, superseded, standing, unknown?

    `unanswered` says that its time has passed and the library holds no act; not that nothing was done. Every status gives
    its reasons and the day it is told for.
    """
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import StatusWording, standing_json
    from ploughshare.publishing.wording import Wording
    from ploughshare.tracking.standing import status

    language = interface_language()
    words, labels = StatusWording(language), Wording(language)
    with opened(folder) as library:
        found = status(library, what, on)
        if as_json:
            print_json(standing_json(standing, language) for standing in found)
            return 0
    if not found:
        click.echo(words["nothing"])
        return 0
    print_table(
        [words["mandate"], words["addressees"], words["until"], words["state"], words["why"]],
        (
            (
                s.undertaking.id,
                ", ".join(s.undertaking.addressees),
                labels.due(s.undertaking.due),
                styled(s.status.state, words.state(s.status.state)),
                words.why(s.status),
            )
            for s in found
        ),
        title=found[0].status.on,
    )
    return 0
