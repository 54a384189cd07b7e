"""``ploughshare commitments``: undertakings that no resolution made, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.options import console, json_option, library_option, on_option, opened, print_json, print_table, styled

if TYPE_CHECKING:
    from ploughshare.model.commitment import CommitmentStanding
    from ploughshare.publishing.status import StatusWording


@click.command(
    "commitments",
    epilog="""\b
Examples:
  ploughshare commitments
  ploughshare commitments NPT-2010 --for NWS
  ploughshare commitments NPT-2000-step-6 --json
""",
)
@click.argument("code", required=False)
@click.option(
    "--for",
    "addressees",
    metavar="CODE",
    multiple=True,
    help="Only of this addressee (NWS, CD, StatesParties, …); may be given again.",
)
@on_option
@library_option
@json_option
def command(code: str | None, addressees: tuple[str, ...], on: date | None, folder: Path, as_json: bool) -> int:
    """Where do treaty articles, steps, actions and agreed measures stand: what cites them, what answers them, what bodies say?

    CODE is that of a commitment, or of the source of several (NPT-2000). `act add … --answers CODE` records what was done, and
    `act add assessment` how a body sees it: such assessments stand side by side, and none is the program's.
    """
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import StatusWording
    from ploughshare.tracking.commitments import commitments

    language = interface_language()
    with opened(folder) as library:
        found = commitments(library, code, addressees=addressees, on=on)
    if as_json:
        from ploughshare.publishing.commitments import commitment_to_json

        print_json(commitment_to_json(each, language) for each in found)
        return 0
    words = StatusWording(language)
    if not found:
        click.echo(words["nothing"])
    elif len(found) == 1:
        _show(found[0], words, language)
    else:
        _list(found, words, language)
    return 0


def _list(found: Sequence[CommitmentStanding], words: StatusWording, language: str) -> None:
    """A line each; how many resolutions cite it by itself, and as part of the whole."""
    from ploughshare.lexicon.load import load
    from ploughshare.tracking.sources import said

    label = load("commitments", language)["labels"]
    print_table(
        [label["code"], label["to"], words["state"], label["cited"], label["title"]],
        (
            (
                each.commitment.code,
                ", ".join(each.commitment.addressees),
                styled(each.status.state, words.state(each.status.state)),
                f"{len(each.cited('own'))} + {len(each.cited('whole'))}",
                said(each.commitment, language)[0],
            )
            for each in found
        ),
        title=found[0].status.on,
    )


def _show(found: CommitmentStanding, words: StatusWording, language: str) -> None:
    """One commitment with all that is known of it."""
    from rich.table import Table
    from rich.text import Text

    from ploughshare.lexicon.load import load
    from ploughshare.tracking.commitments import ASSESSMENT
    from ploughshare.tracking.sources import said

    label, out, each = load("commitments", language)["labels"], console(), found.commitment
    title, text = said(each, language)
    out.print()
    out.print(Text.assemble((each.code, "bold"), "  ", title))
    out.print(Text(text))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    source = ", ".join(part for part in (each.source.symbol, each.source.place, each.paragraph) if part)
    table.add_row(label["source"], f"{said(each.source, language)[0]} ({source}; {each.source.adopted})")
    table.add_row(label["to"], ", ".join(each.addressees))
    state = Text.assemble(styled(found.status.state, words.state(found.status.state)), f" · {words.why(found.status)}")
    table.add_row(f"{words['state']} {found.status.on}", state)
    for how in ("own", "whole", "document"):
        citings = [f"{citing.symbol}#{citing.paragraph}" for citing in found.citings if citing.how == how]
        table.add_row(f"{label['cited']}, {label[how]}", ", ".join(citings) or "\u2013")
    for act in (act for act in found.status.acts if act.kind != ASSESSMENT):
        shown = [act.day, act.kind, ", ".join(act.actors), act.document or "", act.note or ""]
        table.add_row(label["acts"], Text(" · ".join(part for part in [act.id, *shown] if part)))
    if found.assessments:
        table.add_row(label["assessments"], Text(label["assessments_note"], "dim"))
    for act in found.assessments:
        signed = f"{label['signed']} {act.author}" if act.author else ""
        shown = [act.id, act.day, ", ".join(act.actors), act.document or "", act.note or "", signed]
        told = Text(" · ".join(part for part in shown if part))
        for why in act.disputed:
            told.append(f"\n{label['disputed']}: {why}", "yellow")
        table.add_row("", told)
    if each.source.missing:
        table.add_row(label["missing"], Text(each.source.missing, "dim"))
    out.print(table)
