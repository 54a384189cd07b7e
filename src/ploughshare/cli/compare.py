"""``ploughshare compare``: two texts side by side, or a whole series."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.options import console, json_option, library_option, opened, print_json
from ploughshare.cli.series import MARKS

if TYPE_CHECKING:
    from ploughshare.searching.compare import Comparison


@click.command(
    "compare",
    epilog="""\b
Examples:
  ploughshare compare A/RES/78/47 A/RES/79/47
  ploughshare compare A/RES/79/47 draft.docx --mask
  ploughshare compare A/RES/79/47 --series --mask
""",
)
@click.argument("earlier")
@click.argument("later", required=False)
@click.option("--series", "whole", is_flag=True, help="The whole series of EARLIER, from text to text.")
@click.option("--mask", is_flag=True, help="Sessions, dates and numbers of documents do not count.")
@click.option("--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Compare in this language.")
@library_option
@json_option
def command(earlier: str, later: str | None, whole: bool, mask: bool, language: str | None, folder: Path, as_json: bool) -> int:
    """What changed from one text to another (symbols of the library, or files): moved, reworded with the words marked, new,
    dropped; and how many of its operative paragraphs stand word for word in the earlier text.
    """
    import msgspec

    from ploughshare.searching.compare import Side, compare, compare_series
    from ploughshare.tracking.delegation import has_library

    if whole == (later is not None):
        raise click.UsageError("Name two texts, or one with --series.")

    def side(named: str) -> Side:
        return Path(named) if Path(named).is_file() else named

    if later is not None and Path(earlier).is_file() and Path(later).is_file() and not has_library(folder):
        found = [compare(None, Path(earlier), Path(later), language=language, mask=mask)]
    else:
        with opened(folder) as library:
            if later is None:
                found = compare_series(library, earlier, language=language, mask=mask)
            else:
                found = [compare(library, side(earlier), side(later), language=language, mask=mask)]
    if as_json:
        print_json({**msgspec.to_builtins(one), "sameness": one.sameness} for one in found)
        return 0
    for one in found:
        _show(one)
    return 0


def _show(found: Comparison) -> None:
    from rich.text import Text

    from ploughshare.cli.table import interface_language
    from ploughshare.lexicon.load import load

    labels, out = load("search", interface_language())["labels"], console()
    out.print(Text(f"\n{found.earlier} \u2192 {found.later} [{found.language}]", "bold"))
    for change in found.changes:
        line = Text(f"{change.before or ''} \u2192 {change.after or ''}  ", "dim")
        if change.what == "same":
            continue
        line.append(f"{labels[change.what]}  ", "bold")
        for passage in change.passages:
            line.append(passage.words, MARKS[passage.kind])
        out.print(line)
    if found.sameness is not None:
        out.print(Text(labels["sameness"].format(same=found.same, of=found.of, percent=round(found.sameness * 100)), "bold"))
