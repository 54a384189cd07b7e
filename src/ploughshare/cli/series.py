"""``ploughshare series``: the history of a subject."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.options import console, json_option, library_option, on_option, opened, print_json, print_table, styled

if TYPE_CHECKING:
    from ploughshare.tracking.history import Step, Text

MARKS = {"same": "", "old": "red strike", "new": "green underline"}


@click.command(
    "series",
    epilog="""\b
Examples:
  ploughshare series A/RES/79/47
  ploughshare series A/RES/79/47 --changes --language es
""",
)
@click.argument("symbol")
@click.option("--changes", "changed", is_flag=True, help="What changed from one text to the next, paragraph by paragraph.")
@click.option("--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Compare in this language.")
@on_option
@library_option
@json_option
def command(symbol: str, changed: bool, language: str | None, on: date | None, folder: Path, as_json: bool) -> int:
    """The resolutions of one subject, oldest first: which the library holds, which are only cited, what each asked and how
    that stands; with --changes what was reworded, added, moved, dropped.
    """
    import msgspec

    from ploughshare.tracking.history import series, steps

    with opened(folder) as library:
        texts = series(library, symbol, on=on)
        found = steps(library, texts, language) if changed else []
    if as_json:
        print_json([{"series": msgspec.to_builtins(texts), "changes": msgspec.to_builtins(found)}])
        return 0
    _show(texts)
    for step in found:
        _show_step(step)
    return 0


def _show(texts: list[Text]) -> None:
    from ploughshare.cli.table import interface_language
    from ploughshare.publishing.status import StatusWording
    from ploughshare.publishing.wording import Wording

    words, labels = StatusWording(interface_language()), Wording(interface_language())
    rows = []
    for text in texts:
        rows.append(
            (text.symbol, text.adopted or "", words["in_library"] if text.held else words["only_cited"], "", text.title or "")
        )
        rows += [
            ("", "", styled(s.status.state, words.state(s.status.state)), s.undertaking.id.partition("#")[2], words.why(s.status))
            for s in text.asked
            if s.undertaking.due is not None
        ]
    print_table([labels["symbol"], labels["adopted"], words["state"], words["mandate"], words["why"]], rows, title=words["series"])


def _show_step(step: Step) -> None:
    from rich.text import Text as Styled

    out = console()
    out.print(Styled(f"\n{step.earlier} \u2192 {step.later} [{step.language}]", "bold"))
    for change in step.changes:
        if change.what == "same":
            continue
        line = Styled(f"{change.before or ''} \u2192 {change.after or ''}  {change.what}  ", "dim")
        for passage in change.passages:
            line.append(passage.words, MARKS[passage.kind])
        out.print(line)
