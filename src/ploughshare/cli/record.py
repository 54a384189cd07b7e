"""``ploughshare record``: begin a record, sign and prove what is on it, and check records and proofs of anybody."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from pathlib import Path

import click

from ploughshare.cli.checking import audit, compare_logs, verify
from ploughshare.cli.options import json_option, library_option, print_table
from ploughshare.cli.trust import (
    FILE,
    FOLDER,
    answer,
    ask_for,
    contents,
    key_option,
    key_path,
    known_key,
    library_signer,
    passphrase_option,
    side_of,
    vkey_of,
)
from ploughshare.errors import RecordError
from ploughshare.library import entries as _library  # noqa: F401 - what a library records is known from here on
from ploughshare.verifying import entries as _verifying  # noqa: F401 - and what is declared and drawn

ANOMALY, PROVEN = 2, 3


@click.group(
    "record",
    epilog="""\b
Examples:
  ploughshare record init urania.example/record --purpose "acts of Urania"
  ploughshare record checkpoint
  ploughshare record prove 12 --out act.tlog-proof
  ploughshare record verify act.tlog-proof --key VKEY
  ploughshare record audit
""",
)
def command() -> None:
    """The append-only record: begin it, sign it, prove what is on it, and check anybody's.

    Exit status: 0 done or consistent, 1 refused, 2 anomaly, 3 misbehaviour proven by signed evidence, 4 inconclusive,
    64 wrong use.
    """


for checker in (verify, audit, compare_logs):
    command.add_command(checker)


# -- writing ------------------------------------------------------------------------------------------------------------------
@command.command("init", epilog='Example: ploughshare record init urania.example/record --purpose "acts of Urania"')
@click.argument("origin")
@click.option("--purpose", required=True, help="What the record is for; stands in its first entry for ever.")
@click.option("--policy", metavar="FILE", type=FILE, help="Who must cosign (tlog-policy); without it, nobody.")
@library_option
@json_option
def init(origin: str, purpose: str, policy: Path | None, folder: Path, as_json: bool) -> None:
    """Begin the record of a library. ORIGIN is its name for the world, like an address: urania.example/record.

    The library's own key is made beside it, without a passphrase: the library signs by itself.
    """
    from ploughshare.recording import keys, note
    from ploughshare.recording import policy as policies
    from ploughshare.recording.store import Record

    path = key_path(folder)
    data = contents(policy) if policy else None
    wanted = policies.parse(data) if data is not None else None
    if path.exists():
        signer = library_signer(folder, None)
    else:
        signer = note.Signer.new(origin)
        if wanted and signer.key not in wanted.logs:
            what = "the policy does not name the key of this log, which is yet to be made"
            raise RecordError(what, where=str(policy), advice=f"make it first: key new {origin} --no-passphrase --out {path}")
        keys.save(path, signer, None)
    with Record.create(folder / "record", origin, signer, purpose, policy=data) as record:
        content = {"origin": origin, "vkey": str(signer.key), "folder": str(record.folder), "size": record.size}
    answer(content, f"The record {origin} has begun. Its vkey, for everybody who is to check it:\n{signer.key}", as_json)


@command.command("checkpoint", epilog="Example: ploughshare record checkpoint")
@library_option
@passphrase_option
@json_option
def sign_checkpoint(folder: Path, passphrase_file: Path | None, as_json: bool) -> None:
    """Sign the present state of the record, and write the static files that others mirror."""
    from ploughshare.recording import checkpoint
    from ploughshare.recording.store import Record

    with Record.open(folder / "record") as record:
        signed = record.checkpoint(library_signer(folder, passphrase_file))
    state = checkpoint.parse(signed.text)
    content = {"origin": state.origin, "size": state.size, "root": state.root.hex(), "checkpoint": bytes(signed).decode()}
    answer(content, bytes(signed).decode().rstrip("\n"), as_json)


@command.command("prove", epilog="Example: ploughshare record prove 12 --out act.tlog-proof")
@click.argument("entry", type=click.IntRange(0))
@click.option("--out", type=FILE, metavar="FILE", help="Where to write the proof; standard output else.")
@library_option
@json_option
def prove(entry: int, out: Path | None, folder: Path, as_json: bool) -> None:
    """Write the proof that ENTRY is on the record, under its newest checkpoint: a file that verifies without anything else."""
    from ploughshare.recording import proof
    from ploughshare.recording.mirror import open_log

    with open_log(folder / "record") as log:
        data = bytes(proof.prove(log, entry))
    if out:
        out.write_bytes(data)
        answer({"entry": entry, "file": str(out)}, f"{out} proves entry {entry}.", as_json)
    else:
        answer({"entry": entry, "proof": data.decode()}, data.decode().rstrip("\n"), as_json)


@command.command("cosign", epilog="Example: ploughshare record cosign --library mirror --witness w.key --pins pins --key VKEY")
@click.option("--witness", "witness_file", type=FILE, required=True, metavar="FILE", help="The key file of the witness.")
@click.option("--pins", type=FOLDER, required=True, metavar="DIR", help="Where the witness keeps what it has seen.")
@click.option("--first-contact", is_flag=True, help="Take this log's present state on trust; once for each log.")
@key_option
@library_option
@passphrase_option
@json_option
def cosign(
    witness_file: Path,
    pins: Path,
    first_contact: bool,
    key: str | None,
    folder: Path,
    passphrase_file: Path | None,
    as_json: bool,
) -> int:
    """As a witness, cosign the newest checkpoint of the library, if it goes on from the one seen before.

    The cosignature is put under the checkpoint in the folder. What contradicts the state seen before is kept as evidence,
    and nothing is cosigned: exit status 3 if the log signed two histories, 2 else.
    """
    from ploughshare.recording import keys, witness
    from ploughshare.recording.store import Record

    signer = keys.load(witness_file, lambda: keys.find_passphrase(passphrase_file, ask_for(witness_file)))
    with ExitStack() as stack:
        side = side_of(folder / "record", stack)
        log = vkey_of(key) if key else known_key(side)
        act = witness.first_contact if first_contact else witness.cosign
        try:
            cosigned = act(pins, side, log, signer, int(time.time()))
        except witness.ContradictionError as error:
            click.echo(str(error), err=True)
            answer(
                {"cosigned": False, "evidence": str(error.evidence or pins / witness.EVIDENCE)}, "", as_json
            ) if as_json else None
            return PROVEN if error.evidence else ANOMALY
    (line,) = [line for line in cosigned.signatures if (line.name, line.id) == (signer.name, signer.key.id)]
    if (folder / "record" / "record.sqlite").exists():
        with Record.open(folder / "record") as record:
            record.cosigned(cosigned, [line])
    else:
        beside = folder / "record" / "checkpoint.new"
        beside.write_bytes(bytes(side.signed.joined([line])))
        beside.replace(folder / "record" / "checkpoint")
    answer({"cosigned": True, "line": str(line).rstrip("\n")}, str(line).rstrip("\n"), as_json)
    return 0


# -- reading ------------------------------------------------------------------------------------------------------------------
@command.command("show", epilog="Example: ploughshare record show 12")
@click.argument("entry", type=click.IntRange(0))
@library_option
@json_option
def show(entry: int, folder: Path, as_json: bool) -> None:
    """Print ENTRY, after checking its author's signature. With --json, exactly as it is on the record."""
    from ploughshare.recording import entry as entries
    from ploughshare.recording.mirror import open_log

    with open_log(folder / "record") as log:
        found = entries.parse_verified(log.entry(entry))
    if as_json:
        click.echo(found.raw)
        return
    click.echo(f"Entry {entry}: {found.type}, {found.at}, signed by {found.author.name}")
    click.echo(json.dumps(found.body, ensure_ascii=False, indent=2))


@command.command("log", epilog="Example: ploughshare record log --last 20")
@click.option("--last", type=click.IntRange(1), default=20, show_default=True, help="So many entries from the end.")
@library_option
@json_option
def show_log(last: int, folder: Path, as_json: bool) -> None:
    """List the last entries: number, time, type, author, and the beginning of what they say."""
    from ploughshare.recording import entry as entries
    from ploughshare.recording.mirror import open_log

    with open_log(folder / "record") as log:
        size = log.size
        first = max(0, size - last)
        found = [(index, entries.parse(raw)) for index, raw in enumerate(log.entries(first, size), first)]
    if as_json:
        for index, one in found:
            click.echo(
                json.dumps({"entry": index, "at": one.at, "type": one.type, "by": one.by, "body": one.body}, ensure_ascii=False)
            )
        return
    rows = [
        (str(index), one.at, one.type, one.author.name, json.dumps(one.body, ensure_ascii=False)[1:-1].replace('"', ""))
        for index, one in found
    ]
    print_table(("entry", "at", "type", "author", "body"), rows)
