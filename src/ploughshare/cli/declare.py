"""``ploughshare declare``: commit to an inventory, open it field by field, check what others open, challenge."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ploughshare.cli.act import author_options, signer
from ploughshare.cli.declare_check import check
from ploughshare.cli.options import json_option, library_option
from ploughshare.cli.trust import FILE, answer, library_signer
from ploughshare.errors import DeclarationError

if TYPE_CHECKING:
    from ploughshare.recording.entry import Body
    from ploughshare.verifying.vault import Vault

Command = TypeVar("Command", bound=Callable[..., Any])
#: A file of records or of evidence is no larger than this.
LARGEST = 256 * 2**20
LOSING = "Keep the passphrase: without it the vault stays closed for ever, and nothing that was declared can be opened."


def vault_option(command: Command) -> Command:
    """``--vault-passphrase-file FILE``."""
    return click.option(
        "--vault-passphrase-file", "vault_passphrase", metavar="FILE", type=FILE, help="Where the passphrase of the vault stands."
    )(command)


@click.group(
    "declare",
    epilog="""\b
Examples:
  ploughshare declare commit inventory.csv --schema kind,uid,site,status --slots 64 --id urania-2026-03-01-initial \\
      --declarant Urania --period 2026-03-01 --vault urania.vault
  ploughshare declare disclose urania.vault --uid EX-0003 --open uid,site --out slot.json
  ploughshare declare check slot.json --proof statement.tlog-proof --policy policy
  ploughshare declare challenge urania-2026-03-01-initial --uid EX-0003 --deadline 2026-04-01T12:00:00Z
  ploughshare declare check
""",
)
def command() -> None:
    """Commit to a complete inventory, keep it in a sealed vault, and open it field by field; check what others open.

    Exit status: 0 it holds, 1 input refused, 2 anomaly, 3 misbehaviour proven by the declarant's own signatures,
    4 inconclusive (too few witnesses, an opening that is overdue), 64 wrong use. Training and record-keeping software; not
    certified for any treaty use.
    """


command.add_command(check)


# -- the host ------------------------------------------------------------------------------------------------------------------
@command.command(
    "commit",
    epilog="""\b
Examples:
  ploughshare declare commit inventory.csv --schema kind,uid,site,status --slots 64 --id urania-2026-03-01-initial \\
      --declarant Urania --period 2026-03-01 --vault urania.vault
  ploughshare declare commit photo.jpg --evidence --id urania-photo-7 --declarant Urania --period 2026-03-01 \\
      --region face=1000:9000 --vault photo.vault
""",
)
@click.argument("file", type=FILE)
@click.option("--schema", metavar="FIELDS", help="The fields of a record in order, with commas: kind,uid,site,status.")
@click.option("--slots", type=click.IntRange(1, 2**32 - 1), metavar="N", help="So many slots; those without a record are void.")
@click.option("--id", "name", required=True, metavar="NAME", help="The name of the declaration: urania-2026-03-01-initial.")
@click.option("--declarant", required=True, help="Who declares.")
@click.option("--period", required=True, metavar="DATE", help="What it is for: 2026, 2026-03 or 2026-03-01.")
@click.option("--update", "supersedes", metavar="NAME", help="It is an update that supersedes this declaration.")
@click.option("--open-by", metavar="TIME", help="Promise to open everything by then (2027-01-01T00:00:00Z).")
@click.option(
    "--vault", "vault_file", type=FILE, required=True, metavar="FILE", help="Where to write the vault; none is overwritten."
)
@click.option("--evidence", is_flag=True, help="FILE is evidence, committed to in segments that can be withheld later.")
@click.option(
    "--region", "regions", multiple=True, metavar="NAME=FROM:TO", help="A part of the evidence by bytes; else 64 KiB each."
)
@click.option("--not-on-record", is_flag=True, help="Only print the statement.")
@vault_option
@author_options
@library_option
@json_option
def commit(
    file: Path,
    schema: str | None,
    slots: int | None,
    name: str,
    declarant: str,
    period: str,
    supersedes: str | None,
    open_by: str | None,
    vault_file: Path,
    evidence: bool,
    regions: tuple[str, ...],
    not_on_record: bool,
    vault_passphrase: Path | None,
    key_file: Path | None,
    passphrase_file: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Commit to the records in FILE (JSON, one JSON object a line, or CSV), and put the statement on the record.

    Records hold codes and days from a list of fields, no free text; anything else is refused before it is hashed. The vault
    holds everything and is sealed with a passphrase that nobody can replace.
    """
    import msgspec

    from ploughshare.recording import keys
    from ploughshare.verifying import entries, vault
    from ploughshare.verifying.evidence import commit_file

    vault.keep_out_of_core_dumps()
    if evidence:
        if schema or slots or supersedes:
            raise click.UsageError("Evidence has no --schema, --slots or --update: it is cut into segments.")
        statement, opened = commit_file(
            _bytes(file), declaration_id=name, declarant=declarant, regions=tuple(map(_region, regions))
        )
    else:
        if not schema or not slots or regions:
            raise click.UsageError("Give --schema and --slots for an inventory; --region is for evidence.")
        names = tuple(schema.split(","))
        records = _records(_bytes(file), names, csv_file=file.suffix == ".csv")
        statement, opened = vault.commit(records, names, slots, declaration_id=name, declarant=declarant, supersedes=supersedes)
    kind = "evidence" if evidence else "update" if supersedes else "initial"
    plain = msgspec.to_builtins(statement)
    body = entries.DeclarationBody(statement, period, kind, open_by)  # type: ignore[arg-type]
    try:
        msgspec.convert(msgspec.to_builtins(body), entries.DeclarationBody)
    except msgspec.ValidationError:
        raise DeclarationError("the period or the promised time is none", advice="2026-03-01; 2027-01-01T00:00:00Z") from None
    opened.save(vault_file, keys.find_passphrase(vault_passphrase, _new_passphrase))
    index = None
    if not not_on_record:
        try:
            index = _record(folder, "declaration", body, key_file, passphrase_file)
        except BaseException:
            vault_file.unlink()  # nothing was committed to: its passphrase guards nothing
            raise
    words = f"{name}: {statement.n_slots} slots under the root {statement.root}"
    words += f"\nEntry {index} of the record." if index is not None else ""
    answer({"entry": index, "statement": plain, "vault": str(vault_file)}, f"{words}\n{vault_file} is the vault. {LOSING}", as_json)


@command.command(
    "disclose",
    epilog="""\b
Examples:
  ploughshare declare disclose urania.vault --uid EX-0003 --open uid,site --out slot.json
  ploughshare declare disclose urania.vault --slot 3 --open kind --on-record --challenge 17
""",
)
@click.argument("vault_file", metavar="VAULT", type=FILE)
@click.option("--slot", type=click.IntRange(0), metavar="N", help="The slot to open.")
@click.option("--uid", metavar="UID", help="The item whose slot to open.")
@click.option("--open", "fields", required=True, metavar="FIELDS", help="The fields to open, with commas.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write the disclosure; standard output else.")
@click.option("--on-record", is_flag=True, help="Sign it and put it on the record.")
@click.option("--challenge", type=click.IntRange(0), metavar="ENTRY", help="The challenge that it answers, with --on-record.")
@vault_option
@author_options
@library_option
@json_option
def disclose(
    vault_file: Path,
    slot: int | None,
    uid: str | None,
    fields: str,
    out: Path | None,
    on_record: bool,
    challenge: int | None,
    vault_passphrase: Path | None,
    key_file: Path | None,
    passphrase_file: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Open fields of one slot; of the others only the commitments are shown. What is opened cannot be closed again."""
    from ploughshare.verifying.entries import OpeningBody

    if (slot is None) == (uid is None):
        raise click.UsageError("Give --slot N or --uid UID, one of them.")
    if challenge is not None and not on_record:
        raise click.UsageError("A challenge is answered on the record: give --on-record.")
    vault = _open(vault_file, vault_passphrase)
    disclosure = vault.disclose(vault.slot_of(uid) if uid is not None else int(slot or 0), fields.split(","))
    index = None
    if on_record:
        body = OpeningBody(vault.statement.root, disclosure.plain(), challenge)
        index = _record(folder, "opening", body, key_file, passphrase_file)
    data = bytes(disclosure)
    if out:
        out.write_bytes(data + b"\n")
    content = {"slot": disclosure.slot, "entry": index, "file": str(out) if out else None, "disclosure": disclosure.plain()}
    words = f"{out} opens {fields} of slot {disclosure.slot}." if out else data.decode()
    answer(content, words + (f"\nEntry {index} of the record." if index is not None else ""), as_json)


@command.command("open", epilog="Example: ploughshare declare open urania.vault --out everything.jsonl")
@click.argument("vault_file", metavar="VAULT", type=FILE)
@click.option("--out", type=FILE, required=True, metavar="FILE", help="Where to write the disclosures, one a line.")
@vault_option
@json_option
def open_all(vault_file: Path, out: Path, vault_passphrase: Path | None, as_json: bool) -> None:
    """Open the whole declaration: every field of every slot, the void ones too. What is opened cannot be closed again."""
    vault = _open(vault_file, vault_passphrase)
    with out.open("wb") as file:
        for slot in range(vault.statement.n_slots):
            file.write(bytes(vault.disclose(slot, vault.schema)) + b"\n")
    count = vault.statement.n_slots
    answer({"slots": count, "file": str(out)}, f"{out} opens all {count} slots. declare check --full checks it.", as_json)


@command.command(
    "redact",
    epilog="""\b
Examples:
  ploughshare declare redact photo.vault
  ploughshare declare redact photo.vault --withhold face=privacy --out release.json
""",
)
@click.argument("vault_file", metavar="VAULT", type=FILE)
@click.option("--withhold", "withheld", multiple=True, metavar="SEGMENT=REASON", help="Keep a segment back, for a reason code.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write the release; without it the segments are listed.")
@vault_option
@json_option
def redact(vault_file: Path, withheld: tuple[str, ...], out: Path | None, vault_passphrase: Path | None, as_json: bool) -> None:
    """Release a file of evidence with some of its segments withheld. The rest can be checked against what was committed to."""
    from ploughshare.lexicon.load import load
    from ploughshare.verifying.evidence import release

    vault = _open(vault_file, vault_passphrase)
    if out is None:
        reasons = load("declarations")["reasons"]
        content = {"segments": list(vault.schema), "reasons": reasons}
        told = "\n".join(f"  {code}: {what}" for code, what in reasons.items())
        answer(content, f"Segments: {', '.join(vault.schema)}\nReasons:\n{told}", as_json)
        return
    pairs = [each.partition("=") for each in withheld]
    made = release(vault, {name: reason for name, _, reason in pairs})
    out.write_bytes(bytes(made) + b"\n")
    count = f"{len(made.withheld)} of {len(vault.schema)} segments withheld"
    answer({"file": str(out), "withheld": dict(made.withheld), "segments": len(vault.schema)}, f"{out}: {count}.", as_json)


# -- the inspecting side -------------------------------------------------------------------------------------------------------
@command.command(
    "challenge",
    epilog="Example: ploughshare declare challenge urania-2026-03-01-initial --uid EX-0003 --deadline 2026-04-01T12:00:00Z",
)
@click.argument("declaration")
@click.option("--uid", metavar="UID", help="Open the slot of this item.")
@click.option("--site", metavar="CODE", help="Open a slot at this place.")
@click.option("--deadline", required=True, metavar="TIME", help="By when (2026-04-01T12:00:00Z).")
@author_options
@library_option
@json_option
def challenge(
    declaration: str,
    uid: str | None,
    site: str | None,
    deadline: str,
    key_file: Path | None,
    passphrase_file: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Ask, on the record, for a slot of a declaration to be opened before a time.

    An item seen that no slot is opened for is the question this is made for. No answer is inconclusive; it proves nothing.
    """
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying.declaration import find
    from ploughshare.verifying.entries import ChallengeBody

    if (uid is None) == (site is None):
        raise click.UsageError("Give --uid UID or --site CODE, one of them.")
    if _moment(deadline) <= datetime.now(UTC):
        raise DeclarationError("the deadline lies in the past", advice="give a time to come")
    with open_log(folder / "record") as log:
        find(log, declaration)
    index = _record(folder, "challenge", ChallengeBody(declaration, deadline, uid, site), key_file, passphrase_file)
    answer({"entry": index, "deadline": deadline}, f"Entry {index} asks {declaration} for a slot by {deadline}.", as_json)


# -- what they share -----------------------------------------------------------------------------------------------------------
def _record(folder: Path, kind: str, body: Body, key_file: Path | None, passphrase_file: Path | None) -> int:
    from ploughshare.recording.store import Record

    author = signer(key_file, passphrase_file) or library_signer(folder, passphrase_file)
    with Record.open(folder / "record") as record:
        (index,) = record.add([(kind, body)], author)
    return index


def _open(path: Path, passphrase_file: Path | None) -> Vault:
    from ploughshare.recording import keys
    from ploughshare.verifying.vault import open_vault

    ask = lambda: str(click.prompt(f"Passphrase of {path.name}", hide_input=True, err=True))  # noqa: E731
    return open_vault(path, keys.find_passphrase(passphrase_file, ask))


def _new_passphrase() -> str:
    click.echo(LOSING, err=True)
    return str(click.prompt("Passphrase of the vault", hide_input=True, confirmation_prompt=True, err=True))


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise DeclarationError("the file is too large", where=str(path), advice="declare in several parts")
    return data


def _records(data: bytes, schema: tuple[str, ...], *, csv_file: bool) -> list[dict[str, Any]]:
    """The records in a file. Nothing of what cannot be read is repeated; what may stand in a record, ``commit`` checks."""
    try:
        if csv_file:
            rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), strict=True))
            found: Any = [{name: value for name, value in row.items() if name} for row in rows]
            if any(None in row or None in row.values() for row in rows):
                raise ValueError
        elif data.lstrip().startswith(b"["):
            found = json.loads(data, object_pairs_hook=_once)
        else:
            found = [json.loads(line, object_pairs_hook=_once) for line in data.splitlines() if line.strip()]
        if not all(isinstance(one, dict) for one in found):
            raise ValueError
    except (ValueError, RecursionError, csv.Error):
        what = "the records cannot be read: neither JSON objects, one a line or in a list, nor CSV with a head line"
        raise DeclarationError(what, advice=f"write one object for each, with {', '.join(schema)}") from None
    records: list[dict[str, Any]] = found
    return records


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once each."""
    if len(found := dict(pairs)) < len(pairs):
        raise ValueError
    return found


def _region(text: str) -> Any:
    from ploughshare.verifying.evidence import Region

    name, _, span = text.partition("=")
    start, _, stop = span.partition(":")
    if not (start.isdecimal() and stop.isdecimal() and len(span) < 30):
        raise click.UsageError("A region is written NAME=FROM:TO, in bytes.")
    return Region(name, int(start), int(stop))


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        raise DeclarationError("the deadline is no time", advice="write it as 2026-04-01T12:00:00Z") from None
