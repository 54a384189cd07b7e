"""``ploughshare publish``: the site as files."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from ploughshare.cli.options import json_option, library_option, on_option, print_json
from ploughshare.lexicon.load import LANGUAGES


@click.command("publish", epilog="Example: ploughshare publish site/ --library disarmament --language en --language fr")
@click.argument("into", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--language", "languages", type=click.Choice(LANGUAGES), multiple=True, help="Pages in this language; all six else.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Processes; all cores by default.")
@click.option("--no-bulk", is_flag=True, help="Without the whole library as JSON Lines and SQLite.")
@on_option
@library_option
@json_option
def command(
    into: Path, languages: tuple[str, ...], jobs: int | None, no_bulk: bool, on: date | None, folder: Path, as_json: bool
) -> int:
    """Write all pages of a library as files into DIR: for any web server, or a USB stick. Open DIR/index.html."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ploughshare.web.files import publish

    columns = (TextColumn("Writing pages"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        done = publish(
            folder,
            into,
            languages=list(dict.fromkeys(languages)) or LANGUAGES,
            on=on,
            jobs=jobs or os.cpu_count() or 1,
            bulk=not no_bulk,
            progress=lambda count, total: bar.update(task, completed=count, total=total),
        )
    if as_json:
        print_json([{"folder": str(done.folder), "pages": done.pages}])
    else:
        click.echo(f"{done.pages} pages in {done.folder}; open {done.folder / 'index.html'}")
    return 0
