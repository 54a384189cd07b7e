"""``ploughshare key``: make a key, show its public half, introduce an author to the record."""

from __future__ import annotations

from pathlib import Path

import click

from ploughshare.cli.options import library_option
from ploughshare.cli.trust import FILE, answer, library_signer, passphrase_option


def ask_new() -> str:
    """A new passphrase, typed twice."""
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True))


@click.group(
    "key",
    epilog="""\b
Examples:
  ploughshare key new anna.urania.example --out anna.key
  ploughshare key show anna.key
  ploughshare key trust "$(ploughshare key show anna.key)" --name "Anna Example" --role rapporteur
""",
)
def command() -> None:
    """Make and show keys, and introduce authors to the record.

    A key has a name that looks like an address (anna.urania.example) and a file that only its owner can read. What others
    need is its vkey, which ``show`` prints. Exit status: 0 done, 1 refused, 64 wrong use.
    """


@command.command("new", epilog="Example: ploughshare key new anna.urania.example --out anna.key")
@click.argument("name")
@click.option(
    "--out", "out", type=FILE, required=True, metavar="FILE", help="Where to write the key; a file that is there is kept."
)
@click.option("--witness", is_flag=True, help="Make the key of a witness: it cosigns checkpoints, and signs no entries.")
@click.option("--no-passphrase", is_flag=True, help="Do not seal the key. Only for keys that a program uses by itself.")
@passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def new(name: str, out: Path, witness: bool, no_passphrase: bool, passphrase_file: Path | None, as_json: bool) -> None:
    """Make a key NAME and write it to a file, sealed with a passphrase.

    The passphrase comes from --passphrase-file, from PLOUGHSHARE_PASSPHRASE, or is asked for.
    """
    from ploughshare.recording import keys, note

    signer = note.Signer.new(name, note.COSIGNATURE if witness else note.ED25519)
    keys.save(out, signer, None if no_passphrase else keys.find_passphrase(passphrase_file, ask_new))
    answer({"vkey": str(signer.key), "file": str(out), "witness": witness, "sealed": not no_passphrase}, str(signer.key), as_json)


@command.command("show", epilog="Example: ploughshare key show anna.key")
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def show(file: Path, as_json: bool) -> None:
    """Print the vkey of a key file: the public half, to give to others. No passphrase is needed."""
    from ploughshare.recording import keys, note

    key = keys.public(file)
    content = {"vkey": str(key), "name": key.name, "witness": key.type == note.COSIGNATURE, "sealed": keys.sealed(file)}
    answer(content, str(key), as_json)


@command.command("trust", epilog='Example: ploughshare key trust VKEY --name "Anna Example" --role rapporteur')
@click.argument("vkey")
@click.option("--name", required=True, help="The author's name as people know it.")
@click.option("--role", required=True, help="What the author is to the record: rapporteur, archivist, delegation of Urania.")
@library_option
@passphrase_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def trust(vkey: str, name: str, role: str, folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Introduce the author with this VKEY: from here on, entries signed by that key belong on the record."""
    from ploughshare.recording.entry import Author
    from ploughshare.recording.store import Record

    with Record.open(folder / "record") as record:
        (index,) = record.add([("author", Author(vkey, name, role))], library_signer(folder, passphrase_file))
    answer({"entry": index, "vkey": vkey, "name": name, "role": role}, f"Entry {index} introduces {name}.", as_json)
