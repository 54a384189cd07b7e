"""``ploughshare search``: paragraphs of the library that hold some words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ploughshare.cli.options import console, json_option, library_option, on_option, opened, print_json

if TYPE_CHECKING:
    from ploughshare.searching.search import Found
    from ploughshare.searching.snippet import Snippet

Command = TypeVar("Command", bound=Callable[..., Any])
#: Option → the help it shows; each may be given again.
FACETS = {
    "session": "Of this session.",
    "body": "Of this body (GA, SC, …).",
    "committee": "On the report of this committee.",
    "language": "Texts of this language.",
    "kind": "preambular, operative or annex.",
    "act": "Asking for this kind of act (submit-report, convene, …).",
    "addressee": "Asking this addressee (SG, MS, CD, …).",
    "force": "decide, request, call, encourage or state.",
    "due": "Due dates of this form: session, date, year, every, …, none.",
    "status": "Asking what stands so: due, open, unanswered, …",
    "treaty": "Naming this treaty (NPT, CTBT, …).",
    "state": "Texts this State voted on or sponsored; FRA:against for one vote.",
}
#: So many values of a facet are shown.
SHOWN = 6


def facet_options(command: Command) -> Command:
    """An option for each facet."""
    for facet in reversed(FACETS):
        command = click.option(f"--{facet}", metavar="VALUE", multiple=True, help=FACETS[facet])(command)
    return command


@click.command(
    "search",
    epilog="""\b
Examples:
  ploughshare search ploughs shares
  ploughshare search '"small arms" OR mines -trade' --session 79 --act submit-report
  ploughshare search reports --status unanswered --save silent
  ploughshare search --saved silent --feed silent.atom
""",
)
@click.argument("words", nargs=-1)
@facet_options
@click.option("--page", type=click.IntRange(1, 50), default=1, show_default=True, help="Which page of twenty.")
@click.option("--newest", is_flag=True, help="The newest texts first, not the best.")
@click.option("--save", "name", metavar="NAME", help="Keep this search in the library under a name.")
@click.option("--saved", metavar="NAME", help="Run a search that was kept.")
@click.option(
    "--feed", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write it as an Atom feed, newest first."
)
@on_option
@library_option
@json_option
def command(
    words: tuple[str, ...],
    page: int,
    newest: bool,
    name: str | None,
    saved: str | None,
    feed: Path | None,
    on: date | None,
    folder: Path,
    as_json: bool,
    **facets: tuple[str, ...],
) -> int:
    """Paragraphs that hold all the WORDS, in any of their forms, in six languages. "…" keeps words together, OR joins
    alternatives, - leaves out, * stands for any ending. Put -words after --.
    """
    import msgspec

    from ploughshare.searching.saved import Saved, find_saved, save
    from ploughshare.searching.search import search

    asked, facets = " ".join(words), {facet: values for facet, values in facets.items() if values}
    with opened(folder) as library:
        if saved is not None:
            kept = find_saved(library, saved)
            asked, facets = " ".join(filter(None, (kept.words, asked))), {**kept.facets, **facets}
        order = "newest" if newest or feed else "best"
        found = search(library, asked, page=page, order=order, on=on, **facets)  # type: ignore[arg-type]
        if name is not None:
            save(library, Saved(name, asked, facets))
    if feed is not None:
        from ploughshare.publishing.atom import feed as atom

        feed.write_bytes(atom(name or saved or asked, found))
    if as_json:
        print_json([msgspec.to_builtins(found)])
    else:
        show(found)
    return 0


def show(found: Found) -> None:
    """The page, and by what it can be narrowed down."""
    from rich.text import Text

    from ploughshare.cli.table import interface_language
    from ploughshare.lexicon.load import load

    labels, out = load("search", interface_language())["labels"], console()
    if not found.count:
        click.echo(labels["nothing"])
        return
    out.print(Text(labels["found"].format(count=f"{found.count:,}") + f"  {found.page}/{found.pages}", "bold"))
    for hit in found.hits:
        place = hit.place
        head = Text(f"\n{place.address} [{place.language}]  ", "bold")
        head.append(f"{place.adopted or ''}  {place.title or ''}", "dim")
        out.print(head)
        out.print(shown(hit.snippet))
    out.print()
    for facet, values in found.facets.items():
        if len(values) > 1:
            line = Text(f"{labels[facet]}  ", "dim")
            line.append("  ".join(f"{value} ({count:,})" for value, count in values[:SHOWN]))
            out.print(line)


def shown(snippet: Snippet) -> Any:
    """A snippet with its marks."""
    from rich.text import Text

    line = Text("\u2026" if snippet.before else "")
    for mark in snippet.marks:
        line.append(mark.words, "bold yellow" if mark.found else "")
    return line.append("\u2026" if snippet.after else "")
