"""``ploughshare arrangements``: what verifies what already, and what was tried."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import console, json_option, on_option, print_json, print_table

if TYPE_CHECKING:
    from ploughshare.model.arrangement import Arrangement, Life, Stage


@click.command(
    "arrangements",
    epilog="""\b
Examples:
  ploughshare arrangements
  ploughshare arrangements dismantlement
  ploughshare arrangements NewSTART --on 2024-01-01
""",
)
@click.argument("words", nargs=-1)
@on_option
@json_option
def command(words: tuple[str, ...], on: date | None, as_json: bool) -> int:
    """Which arrangements and initiatives verify something, or study how to, and at which stage is each?

    WORDS are looked for in codes, titles, mandates, parties and documents; all must be there. One code shows all that is known.
    A new proposal would build on what this lists, or repeat it. Where a status is disputed the positions are shown, none taken.
    """
    from ploughshare.cli.table import interface_language
    from ploughshare.lexicon.load import load
    from ploughshare.tracking.arrangements import arrangements

    language = interface_language()
    found = arrangements(" ".join(words), on=on, language=language)
    exact = [each for each in found if [each.code.casefold()] == [word.casefold() for word in words]]
    found = exact or found
    if as_json:
        from ploughshare.publishing.arrangements import arrangement_to_json

        print_json(arrangement_to_json(each) for each in found)
        return 0
    tables = load("arrangements", language)
    if not found:
        click.echo(tables["labels"]["nothing"])
    elif len(found) == 1:
        _show(found[0], tables)
    else:
        label = tables["labels"]
        print_table(
            [label["code"], label["kind"], label["status"], label["title"], label["verifies"]],
            (
                (each.code, tables["kinds"][each.kind], _status(each.life, tables), each.words["title"], each.words["verifies"])
                for each in found
            ),
            title=found[0].life.on,
        )
        if any(each.life.positions for each in found):
            click.echo(f"* {label['disputed']}")
    return 0


def _status(life: Life, tables: dict[str, Any]) -> str:
    """The stage that all are in, and what single States did since."""
    said = [tables["stages"][life.stage.stage] if life.stage else ""]
    said += [f"{tables['stages'][each.stage]} ({', '.join(each.who)})" for each in life.since]
    return "; ".join(said) + (" *" if life.positions else "")


def _show(each: Arrangement, tables: dict[str, Any]) -> None:
    from rich.table import Table
    from rich.text import Text

    label, out = tables["labels"], console()
    out.print()
    out.print(Text.assemble((each.code, "bold"), "  ", each.words["title"]))
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_row(label["kind"], tables["kinds"][each.kind])
    table.add_row(f"{label['status']} {each.life.on}", _status(each.life, tables))
    for name in ("mandate", "parties", "verifies"):
        table.add_row(label[name], each.words[name])
    table.add_row(
        label["documents"], ", ".join((*each.documents, *((f"treaty:{each.treaty}",) if each.treaty else ()))) or "\u2013"
    )
    for place, stage in enumerate(each.life.stages):
        table.add_row("" if place else label["stages"], _stage(stage, tables))
    for position in each.life.positions:
        table.add_row(label["disputed"], Text(f"{position.matter} ({position.start})", "yellow"))
        for who, says in position.views:
            table.add_row("", Text.assemble((f"{who}: ", "bold"), says))
        table.add_row("", Text(f"{label['source']}: {position.source}", "dim"))
    out.print(table)


def _stage(stage: Stage, tables: dict[str, Any]) -> str:
    by = f", {tables['labels']['by']} {', '.join(stage.who)}" if stage.who else ""
    note = f" ({stage.note})" if stage.note else ""
    return f"{stage.start} {tables['stages'][stage.stage]}{by}{note}"
