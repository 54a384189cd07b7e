"""``ploughshare agenda``: what resolutions ordered for a session of the General Assembly."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import console, json_option, library_option, on_option, opened, print_json


@click.command("agenda", epilog="\b\nExamples:\n  ploughshare agenda 82\n  ploughshare agenda 82 --language zh --json\n")
@click.argument("session", type=click.IntRange(1, 999), metavar="SESSION")
@click.option(
    "--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Titles in this language, where the text is there."
)
@on_option
@library_option
@json_option
def command(session: int, language: str | None, on: date | None, folder: Path, as_json: bool) -> int:
    """The provisional agenda of a session of the General Assembly, as the resolutions of the library ordered it.

    Each line names the paragraphs that ordered it and the earlier sessions at which the library holds a text under it.
    """
    from rich.text import Text

    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import StatusWording, agenda_json
    from ploughshare.tracking.agenda import agenda

    with opened(folder) as library:
        found = agenda(library, session, language=language, on=on)
    if as_json:
        print_json([agenda_json(found)])
        return 0
    words = StatusWording(interface_language())
    out = console()
    out.print(Text(f"{words['session']} {session} \u00b7 {words['opens']} {found.opens.isoformat()}", "bold"))
    for number, item in enumerate(found.items, 1):
        out.print(Text.assemble((f"\n{number}. {item.title}  ", "bold"), (_from(item.ordered_by, item.before), "dim")))
        for place, line in enumerate(item.subitems):
            out.print(Text.assemble(f"   ({_letter(place)}) {line.title}  ", (_from(line.ordered_by, line.before), "dim")))
    if found.unnamed:
        out.print(Text(f"\n\u2013 {', '.join(found.unnamed)}", "dim"))
    if not found.items:
        out.print(words["nothing"])
    return 0


def _from(ordered_by: tuple[str, ...], before: tuple[int, ...]) -> str:
    sessions = f" ({', '.join(map(str, before))})" if before else ""
    return f"{', '.join(ordered_by)}{sessions}"


def _letter(place: int) -> str:
    """A … z, aa, bb …, as agendas of the Assembly count."""
    return chr(ord("a") + place % 26) * (place // 26 + 1)
