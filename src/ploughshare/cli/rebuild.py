"""``ploughshare rebuild``: derive everything anew from the originals and the record."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from ploughshare.cli.options import library_option


@click.command("rebuild", epilog="\b\nExample:\n  ploughshare rebuild --library disarmament --jobs 2\n")
@library_option
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, show_default=True, help="Read on N cores.")
def command(folder: Path, jobs: int) -> int:
    """Derive everything anew from the originals and the record: after a better version of this program, or a damaged table.

    Nothing recorded changes. The old tables are used until the new ones are whole. Exit status: 0 done, 1 some originals are
    gone or damaged, or could not be read (all else is derived); add those files again.
    """
    from ploughshare.tracking.keeping import adrift, rebuild

    with _progress() as progress:
        library = rebuild(folder, jobs=jobs, progress=progress)
    try:
        lost = adrift(library)
        count = library.database.value("SELECT count(*) FROM resolution")
        unread = library.unread()
    finally:
        library.close()
    click.echo(f"{count} resolutions were derived anew in {folder}.")
    for act, mandate in lost:
        click.echo(f"{act} names {mandate}, which is in no text as it is read now; look at both", err=True)
    for sentence in unread:
        click.echo(sentence, err=True)
    return 1 if unread else 0


def _progress() -> Any:
    if not sys.stderr.isatty():
        return nullcontext(None)
    return _bar()


@contextmanager
def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("", total=None)
        told: Callable[[int, int], None] = lambda done, total: shown.update(task, completed=done, total=total)  # noqa: E731
        yield told
