"""``ploughshare act``: put on the record what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import Day, json_option, library_option, opened, print_json

if TYPE_CHECKING:
    from ploughshare.recording.note import Signer


def author_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--key FILE`` and ``--passphrase-file FILE``: who signs."""
    command = click.option(
        "--key",
        "key_file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Sign with this key (default: the library's own).",
    )(command)
    return click.option(
        "--passphrase-file",
        metavar="FILE",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Where the passphrase of the key stands.",
    )(command)


def signer(key_file: Path | None, passphrase_file: Path | None) -> Signer | None:
    """The key of a file, opened; None for the library's own."""
    if key_file is None:
        return None
    from ploughshare.recording import keys

    return keys.load(
        key_file, lambda: keys.find_passphrase(passphrase_file, lambda: str(click.prompt("Passphrase", hide_input=True, err=True)))
    )


@click.group("act")
def command() -> None:
    """Put on the record what was done: an act that answers mandates; a dispute about one; or take one's own back.

    Nothing recorded is ever changed: a correction is a further entry that names the first.
    """


@command.command(
    "add",
    epilog="""\b
Examples:
  ploughshare act add report-issued --answers 'A/RES/79/47#op13!submit-report' --document A/80/123 --day 2025-07-14 --by SG
  ploughshare act add meeting-held --answers 'A/RES/79/240#op3!convene' --place geneva --day 2025-06-03
  ploughshare act kinds
""",
)
@click.argument("kind")
@click.option(
    "--answers",
    "mandates",
    metavar="MANDATE",
    multiple=True,
    help="A mandate it answers (A/RES/79/240#op5!submit-report), or a commitment (NPT-2010-action-20).",
)
@click.option("--day", metavar="DATE", type=Day(), required=True, help="When it was done.")
@click.option("--by", "actors", metavar="CODE", multiple=True, help="Who did it: a code (SG, CD) or a State's (KEN).")
@click.option("--document", metavar="SYMBOL", help="The document that shows it.")
@click.option("--instrument", metavar="CODE", help="The treaty it is about.")
@click.option("--for", "occurrence", metavar="N", type=int, help="The session or year it is for, of a request that recurs.")
@click.option("--place", help="Where it was done.")
@click.option("--note", help="What else should be known.")
@click.option(
    "--evidence",
    metavar="FILE",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file to keep as evidence.",
)
@author_options
@library_option
@json_option
def add(
    kind: str,
    mandates: tuple[str, ...],
    day: date,
    actors: tuple[str, ...],
    document: str | None,
    instrument: str | None,
    occurrence: int | None,
    place: str | None,
    note: str | None,
    evidence: tuple[Path, ...],
    key_file: Path | None,
    passphrase_file: Path | None,
    folder: Path,
    as_json: bool,
) -> int:
    """Record that something was done. It is on the disk, signed, when the command returns."""
    from ploughshare.library.entries import ActBody
    from ploughshare.tracking.acts import keep_evidence, record

    author = signer(key_file, passphrase_file)
    with opened(folder) as library:
        kept = keep_evidence(library, [path.read_bytes() for path in evidence])
        body = ActBody(
            act=kind,
            day=day.isoformat(),
            answers=mandates,
            actors=actors,
            document=document,
            instrument=instrument,
            occurrence=occurrence,
            place=place,
            note=note,
            evidence=kept,
        )
        identifier = record(library, body, author)
    _tell(as_json, identifier, f"{identifier} is on the record.")
    return 0


@command.command("dispute", epilog="\b\nExample:\n  ploughshare act dispute act:17 --why 'The meeting was cancelled.'\n")
@click.argument("act")
@click.option("--why", required=True, help="The reason.")
@author_options
@library_option
@json_option
def dispute(act: str, why: str, key_file: Path | None, passphrase_file: Path | None, folder: Path, as_json: bool) -> int:
    """Dispute an act, of the record or read out of a text. Both stand side by side from then on."""
    from ploughshare.tracking import acts

    author = signer(key_file, passphrase_file)
    with opened(folder) as library:
        entry = acts.dispute(library, act, why, author)
    _tell(as_json, entry, f"The dispute is entry {entry} of the record.")
    return 0


@command.command("withdraw", epilog="\b\nExample:\n  ploughshare act withdraw act:17 --why 'Recorded twice.'\n")
@click.argument("act")
@click.option("--why", required=True, help="The reason.")
@author_options
@library_option
@json_option
def withdraw(act: str, why: str, key_file: Path | None, passphrase_file: Path | None, folder: Path, as_json: bool) -> int:
    """Take an act of the record back. It stays on the record, with the correction that names it."""
    from ploughshare.tracking import acts

    author = signer(key_file, passphrase_file)
    with opened(folder) as library:
        entry = acts.withdraw(library, act, why, author)
    _tell(as_json, entry, f"The correction is entry {entry} of the record.")
    return 0


@command.command("kinds")
@json_option
def kinds_of_act(as_json: bool) -> int:
    """The kinds of act, and what each records."""
    from ploughshare.cli.options import print_table
    from ploughshare.tracking.acts import kinds

    if as_json:
        print_json([kinds()])
    else:
        print_table(["", ""], kinds().items())
    return 0


def _tell(as_json: bool, value: str | int, sentence: str) -> None:
    if as_json:
        print_json([{"act" if isinstance(value, str) else "entry": value}])
    else:
        click.echo(sentence)
