"""``ploughshare differences``: where the texts of one resolution ask for different things."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.options import json_option, library_option, opened, print_json, print_table

if TYPE_CHECKING:
    from ploughshare.model.undertaking import Asked
    from ploughshare.publishing.wording import Wording


@click.command("differences", epilog="\b\nExamples:\n  ploughshare differences A/RES/79/240\n  ploughshare differences --json\n")
@click.argument("symbol", required=False)
@library_option
@json_option
def command(symbol: str | None, folder: Path, as_json: bool) -> int:
    """In which paragraphs do the texts of a resolution (or of all) ask for different things, and what does each say?

    The six languages are equally authentic. What the library follows is the reading that most of them give; here stand the
    others. A difference may lie in a translation, or in our reading of it.
    """
    import msgspec

    from ploughshare.cli.table import interface_language
    from ploughshare.library.disagreements import disagreements
    from ploughshare.publishing.wording import Wording

    with opened(folder) as library:
        found = disagreements(library, symbol)
    if as_json:
        print_json({**msgspec.to_builtins(difference), "words": words} for difference, words in found)
        return 0
    labels = Wording(interface_language())
    rows = []
    for difference, words in found:
        for languages, asked in difference.readings:
            said = "; ".join(_asked(a, labels) for a in asked) or "\u2013"
            rows.append(
                (f"{difference.symbol}#{difference.paragraph}", ", ".join(languages), said, words.get(languages[0], "")[:90])
            )
    print_table([labels["paragraph"], "", labels["mandates"], labels["words"]], rows)
    click.echo(f"Paragraphs that differ: {len(found)}.", err=True)
    return 0


def _asked(one: Asked, labels: Wording) -> str:
    import msgspec

    due = labels.due(msgspec.json.decode(one.due)) if one.due else ""
    return f"{one.action} [{', '.join(one.addressees)}] {due}".strip()
