"""``ploughshare fetch``: documents by their symbols into a library."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.options import json_option, library_option, opened, print_json

if TYPE_CHECKING:
    from ploughshare.library.library import Added
    from ploughshare.reading.fetch import Form


@click.command(
    "fetch",
    epilog="""\b
Examples:
  ploughshare fetch A/RES/79/240 --language zh
  ploughshare fetch A/RES/79/240 --form pdf --output 79-240.pdf
""",
)
@click.argument("symbol")
@click.option("--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), default="en", show_default=True)
@click.option("--form", type=click.Choice(["docx", "pdf", "doc"]), default="docx", show_default=True)
@click.option(
    "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Keep it in this file, in no library."
)
@click.option("--service", metavar="URL", envvar="PLOUGHSHARE_DOCUMENTS", help="Another address of the document service.")
@library_option
@json_option
def command(symbol: str, language: str, form: Form, output: Path | None, service: str | None, folder: Path, as_json: bool) -> int:
    """Get a document by its symbol from the document service of the United Nations, and add it to the library."""
    from ploughshare.reading.fetch import SERVICE, fetch

    data = fetch(symbol, language, form, service=service or SERVICE)
    if output:
        output.write_bytes(data)
        click.echo(f"{symbol} is in {output} ({len(data)} bytes).", err=as_json)
        return 0
    told: list[Added] = []
    with tempfile.TemporaryDirectory() as place, opened(folder, create=True) as library:
        name = f"{symbol.replace('/', '_')}.{language}.{form}"
        path = Path(place) / name
        path.write_bytes(data)
        library.add([(path, name)], told=told.append)
    (added,) = told
    if added.why is not None:
        click.echo(added.why, err=True)
        return 1
    if as_json:
        print_json([{"symbol": added.symbol, "language": added.language, "new": added.new, "size": len(data)}])
    else:
        click.echo(f"{added.symbol} ({added.language}) is {'new' if added.new else 'there already'} in {folder}.")
    return 0
