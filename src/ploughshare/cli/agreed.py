"""``ploughshare agreed``: where something has been said before, and what a draft may want to look at again."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import console, json_option, library_option, on_option, opened, print_json
from ploughshare.cli.series import MARKS

if TYPE_CHECKING:
    from ploughshare.searching.agreed import Agreed, Earlier, Said
    from ploughshare.searching.search import Place

#: So many words of a paragraph are shown above what is like it.
SHOWN = 160


@click.command(
    "agreed",
    epilog="""\b
Examples:
  ploughshare agreed "Calls upon all States to keep an account of their ploughs"
  ploughshare agreed draft.docx
  pbpaste | ploughshare agreed -
""",
)
@click.argument("text", metavar="TEXT|FILE|-")
@click.option(
    "--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Take this language instead of detecting it."
)
@click.option("--all", "everything", is_flag=True, help="All wordings that are like a paragraph, not only the likest.")
@on_option
@library_option
@json_option
def command(text: str, language: str | None, everything: bool, on: date | None, folder: Path, as_json: bool) -> int:
    """Where the library has said this before, or nearly this: a sentence, or every paragraph of a draft. Ordinals, dates and
    numbers of documents do not count. A draft is also checked: what is said of it is advice, never a verdict.
    """
    import msgspec

    from ploughshare.searching.agreed import agreed

    path = Path(text)
    draft: str | Path = sys.stdin.buffer.read().decode("utf-8", "replace") if text == "-" else path if _is_file(path) else text
    with opened(folder) as library:
        found = agreed(library, draft, language=language, on=on)
    if as_json:
        for said in found.paragraphs:
            print_json([msgspec.to_builtins(said)])
        print_json({"finding": msgspec.to_builtins(f), "sentence": f.sentence()} for f in found.findings)
    else:
        _show(found, everything)
    return 0


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a sentence is no name of a file
        return False


def _show(found: Agreed, everything: bool) -> None:
    from rich.text import Text

    from ploughshare.cli.table import interface_language
    from ploughshare.lexicon.load import load

    language, out = interface_language(), console()
    labels: dict[str, str] = load("search", language)["labels"]
    for said in found.paragraphs:
        _show_paragraph(said, labels, everything)
    if found.findings:
        out.print()
    for finding in found.findings:
        out.print(Text(finding.sentence(language), "yellow"))


def _show_paragraph(said: Said, labels: dict[str, str], everything: bool) -> None:
    from rich.text import Text

    out = console()
    head = Text(f"\n{said.paragraph}  ", "bold")
    head.append(said.words[:SHOWN] + ("\u2026" if len(said.words) > SHOWN else ""), "dim")
    out.print(head)
    if not said.earlier:
        out.print(Text(f"  {labels['no_predecessor']}", "cyan"))
    for earlier in said.earlier if everything else said.earlier[:1]:
        out.print(_line(earlier, labels))
        if earlier.how != "same" or len(earlier.passages) > 1:
            line = Text("  ")
            for passage in earlier.passages:
                line.append(passage.words, MARKS[passage.kind])
            out.print(line)


def _line(earlier: Earlier, labels: dict[str, str]) -> Any:
    from rich.text import Text

    line = Text(f"  {labels[earlier.how]}", "green" if earlier.how == "same" else "yellow")
    line.append(f" ({earlier.likeness:.0f})  {labels['texts'].format(texts=earlier.texts)}  ")
    shown = dict.fromkeys(filter(None, (earlier.predecessor, earlier.newest)))
    for place in shown:
        line.append(f"{place.address} [{place.language}] {place.adopted or ''}{_vote(place, labels)}  ")
    if earlier.oldest not in shown:
        line.append(f"{labels['oldest']} {earlier.oldest.address} {earlier.oldest.adopted or ''}", "dim")
    return line


def _vote(place: Place, labels: dict[str, str]) -> str:
    vote = place.vote
    if vote.in_favour is None:
        return f", {vote.outcome}" if vote.outcome else ""
    return ", " + labels["vote"].format(in_favour=vote.in_favour, against=vote.against, abstaining=vote.abstaining)
