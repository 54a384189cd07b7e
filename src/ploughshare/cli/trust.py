"""What the commands of the record have in common: keys, and whom a reader trusts."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.errors import RecordError

if TYPE_CHECKING:
    from ploughshare.recording.compare import Side
    from ploughshare.recording.note import Signer, VerifierKey
    from ploughshare.recording.policy import Policy

FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
#: Files that a person names are read up to here; all of ours are far smaller.
LARGEST = 2_000_000

passphrase_option = click.option("--passphrase-file", metavar="FILE", type=FILE, help="Read the passphrase from a file.")
key_option = click.option("--key", "key", metavar="VKEY", help="The vkey of the log that you trust, or a file that holds it.")
policy_option = click.option(
    "--policy", "policy", metavar="FILE", type=FILE, help="The policy that you trust: logs, witnesses, quorum."
)


def answer(content: dict[str, Any], words: str, as_json: bool) -> None:
    """Print what came of it, for programs or for people."""
    click.echo(json.dumps(content, ensure_ascii=False) if as_json else words)


def contents(path: Path) -> bytes:
    """The bytes of a file that a person named."""
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RecordError("the file is too large to be what is expected here", where=str(path))
    return data


def key_path(library: Path) -> Path:
    """Where the library keeps the key of its own log."""
    return library / "keys" / "library.key"


def library_signer(library: Path, passphrase_file: Path | None) -> Signer:
    """The library's own key. It usually has no passphrase; one that has is opened as others are."""
    from ploughshare.recording import keys

    path = key_path(library)
    return keys.load(path, lambda: keys.find_passphrase(passphrase_file, ask_for(path)))


def vkey_of(text: str) -> VerifierKey:
    """The key that a vkey, or a file with one, or a key file, names."""
    from ploughshare.recording import keys, note

    path = Path(text)
    if "+" in text and not path.exists():
        return note.vkey(text)
    data = contents(path)
    return keys.public(path) if data.lstrip().startswith(b"{") else note.vkey(data.decode("utf-8", "replace").strip())


def trusted(key: str | None, policy: Path | None) -> Policy | None:
    """What the reader trusts, if anything is said."""
    from ploughshare.recording import policy as policies

    if key and policy:
        raise click.UsageError("Give --key or --policy, not both: a policy names its logs.")
    if policy:
        return policies.parse(contents(policy))
    return policies.trusting(vkey_of(key)) if key else None


def ask_for(path: Path) -> Callable[[], str]:
    """Ask for the passphrase of a key."""
    return lambda: str(click.prompt(f"Passphrase of {path.name}", hide_input=True))


def side_of(path: Path, stack: ExitStack) -> Side:
    """A log in a folder, or only a checkpoint in a file."""
    from ploughshare.recording import note
    from ploughshare.recording.compare import Side
    from ploughshare.recording.mirror import open_log

    if not path.is_dir():
        return Side(note.parse(contents(path)))
    log = stack.enter_context(open_log(path))
    signed = log.latest()
    if signed is None:
        raise RecordError("there is no checkpoint yet", where=str(path), advice="record checkpoint makes one")
    return Side(signed, log)


def known_key(side: Side) -> VerifierKey:
    """The key that a log says is its own; a checkpoint alone says nothing of the kind."""
    if side.log is None:
        raise click.UsageError("Give --key VKEY: a checkpoint alone does not say whose it should be.")
    return side.log.key()
