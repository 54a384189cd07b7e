"""``ploughshare add``: documents into a library."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import json_option, library_option, opened, print_json
from ploughshare.cli.read import STANDARD_INPUT, files_of, progress_of

if TYPE_CHECKING:
    from ploughshare.library.library import Added


@click.command(
    "add",
    epilog="""\b
Examples:
  ploughshare add resolutions/ --library disarmament
  ploughshare add A_RES_79_240.pdf --language zh
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@library_option
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, show_default=True, help="Read on N cores.")
@click.option(
    "--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Take this language instead of detecting it."
)
@json_option
def command(paths: tuple[str, ...], folder: Path, jobs: int, language: str | None, as_json: bool) -> int:
    """Take resolutions into a library: their bytes, an entry of the record for each, and all that follows from them.

    PATH is a file or a folder. What is in the library already changes nothing. An interruption loses nothing that was told;
    the next `add` goes on. Exit status: 0 all are in, 1 some were refused (the others are in), 64 wrong use.
    """
    from ploughshare.tracking.settle import settled

    if STANDARD_INPUT in paths:
        raise click.UsageError("A library keeps files; write standard input to one first.")
    refused = 0
    told: list[Added] = []

    def refuse(sentence: str) -> None:
        nonlocal refused
        refused += 1
        click.echo(sentence, err=True)

    found = files_of(paths, refuse)
    with opened(folder, create=True) as library:
        with progress_of(found) as advance:

            def tell(added: Added) -> None:
                if added.why is not None:
                    refuse(added.why)
                else:
                    told.append(added)
                    if added.beside:
                        click.echo(
                            f"{added.name}: another text of {added.symbol} ({added.language}) is in the library, {added.beside}; "
                            "both are kept, and the one that was added last is followed",
                            err=True,
                        )
                advance()

            library.add([(Path(file.path), file.below) for file in found], language=language, jobs=jobs, told=tell)
        settled(library)
    if as_json:
        print_json(_plain(added) for added in told)
    else:
        new = sum(added.new for added in told)
        resolutions = len({added.symbol for added in told})
        click.echo(f"New: {new}, there already: {len(told) - new}, refused: {refused}; resolutions among them: {resolutions}.")
    if not found and not refused:
        refuse(f"{', '.join(paths)}: there is no file here; name a file or a folder that holds some")
    return 1 if refused else 0


def _plain(added: Added) -> dict[str, Any]:
    return {"file": added.name, "symbol": added.symbol, "language": added.language, "new": added.new}
