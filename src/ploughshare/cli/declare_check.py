"""``ploughshare declare check``: what others opened, against what they had committed to; and what a record tells of it all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import json_option, library_option, print_table
from ploughshare.cli.trust import FILE, answer, policy_option, trusted
from ploughshare.errors import DeclarationError, RecordError

if TYPE_CHECKING:
    from ploughshare.recording.note import VerifierKey
    from ploughshare.recording.policy import Policy
    from ploughshare.verifying.declaration import Anchored
    from ploughshare.verifying.disclosure import Disclosure

LARGEST = 512 * 2**20
PROOF = b"c2sp.org/tlog-proof@v1"


@click.command(
    "check",
    epilog="""\b
Examples:
  ploughshare declare check slot.json --proof statement.tlog-proof --policy policy
  ploughshare declare check everything.jsonl --full --policy policy
  ploughshare declare check release.json --policy policy --out photo-as-released.jpg
  ploughshare declare check
""",
)
@click.argument("file", type=FILE, required=False)
@click.option(
    "--proof", "proof_file", type=FILE, metavar="FILE", help="The proof of the statement; else it is sought on the record."
)
@click.option("--full", is_flag=True, help="FILE opens every slot, one a line: count them, and seek what stands twice.")
@click.option("--out", type=FILE, metavar="FILE", help="Where to write what was released of a file of evidence.")
@click.option("--at", "now", metavar="TIME", help="Tell what is overdue at this time (default: now).")
@policy_option
@library_option
@json_option
def check(
    file: Path | None,
    proof_file: Path | None,
    full: bool,
    out: Path | None,
    now: str | None,
    policy: Path | None,
    folder: Path,
    as_json: bool,
) -> int:
    """Check what FILE opens against the declaration; without FILE, tell what the record holds of declarations and challenges.

    FILE is a disclosure, a signed opening (its entry, or the proof of it), a release of evidence, or a full opening. The
    statement must stand on a record whose checkpoint meets the policy that you trust: --policy names logs, witnesses and quorum.
    """
    if file is None:
        return _standing(folder, now, as_json)
    trust = trusted(None, policy)
    if trust is None:
        raise click.UsageError("Give --policy FILE: which log, and which witnesses you trust.")
    return _check(file, proof_file, full, out, trust, folder, as_json)


def _check(file: Path, proof_file: Path | None, full: bool, out: Path | None, trust: Policy, folder: Path, as_json: bool) -> int:
    from ploughshare.verifying import disclosure, evidence
    from ploughshare.verifying.challenge import verify_opening, weight_of

    anchored: Anchored | None = None
    signed: VerifierKey | None = None
    try:
        if full:
            lines = _lines(file)
            first = next(lines, None)
            if first is None:
                raise DeclarationError("the file opens nothing", code="INCOMPLETE_OPENING")
            anchored = _anchor(first.declaration_id, proof_file, trust, folder)
            found = disclosure.verify_full_opening(anchored, _chain(first, lines))
            content: dict[str, Any] = {"counts": dict(found.counts), "duplicates": list(found.duplicates)}
            content |= {"void_not_empty": list(found.not_void), "codes": list(found.codes)}
            told = ", ".join(f"{count} {kind}" for kind, count in sorted(found.counts.items()))
            words = f"All {anchored.statement.n_slots} slots are open: {told}."
            if found.duplicates:
                words += f"\nDUPLICATE_UID: {', '.join(found.duplicates)}"
            words += "\nVOID_NOT_EMPTY: " + ", ".join(map(str, found.not_void)) if found.not_void else ""
            return _say(anchored, content, words, 2 if found.codes else 0, as_json)
        data = _bytes(file)
        if entry := _entry(data, trust):
            body = entry.body.get("disclosure")
            name = body.get("declaration_id") if isinstance(body, dict) else None
            anchored = _anchor(str(name), proof_file, trust, folder)
            signed = entry.author
            verified = verify_opening(anchored, entry)
        elif data.lstrip()[:14].startswith(b'{"disclosure":'):
            released = evidence.parse(data)
            anchored = _anchor(released.disclosure.declaration_id, proof_file, trust, folder)
            shown = evidence.verify_release(anchored, released)
            if out:
                out.write_bytes(shown.content())
            content = {"segments": len(shown.segments), "withheld": dict(shown.withheld), "file": str(out) if out else None}
            return _say(anchored, content, shown.words, 0, as_json)
        else:
            one = disclosure.parse(data)
            anchored = _anchor(one.declaration_id, proof_file, trust, folder)
            verified = disclosure.verify_disclosure(anchored, one)
    except DeclarationError as error:
        status = weight_of(error, anchored.by if anchored else None, signed)
        content = {"outcome": "refused", "exit": status, "code": error.code, "what": error.what}
        answer(content, f"{error}\nNo value is shown.", as_json)
        return status
    from ploughshare.verifying.sentences import say

    total = len(verified.values) + len(verified.hidden)
    content = {"slot": verified.slot, "values": dict(verified.values), "hidden": list(verified.hidden)}
    words = say("opened", opened=len(verified.values), total=total, slot=verified.slot)
    words += "".join(f"\n  {name}: {value}" for name, value in verified.values.items())
    return _say(anchored, content, words, 0, as_json)


def _say(anchored: Anchored, content: dict[str, Any], words: str, status: int, as_json: bool) -> int:
    """What holds, and who vouches for the statement it was held against."""
    content = {
        "outcome": "consistent" if status == 0 else "anomaly",
        "exit": status,
        "declaration": anchored.statement.declaration_id,
        "declarant": anchored.statement.declarant,
        "signed_by": str(anchored.by),
        "record": anchored.origin,
        "entry": anchored.entry,
        "witnesses": list(anchored.witnesses),
        **content,
    }
    stands = f"{anchored.statement.declaration_id} of {anchored.statement.declarant}, signed by {anchored.by.name}: "
    stands += f"entry {anchored.entry} of {anchored.origin}, seen by {', '.join(anchored.witnesses)}."
    answer(content, f"{words}\n{stands}\nNothing is said about items that were never declared.", as_json)
    return status


def _anchor(name: str, proof_file: Path | None, trust: Policy, folder: Path) -> Anchored:
    from ploughshare.recording import proof
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying.declaration import anchor, find

    if proof_file:
        return anchor(proof.parse(_bytes(proof_file)), trust)
    with open_log(folder / "record") as log:
        return anchor(proof.prove(log, find(log, name)), trust)


def _entry(data: bytes, trust: Policy) -> Any:
    """The signed entry in a file, if it holds one: its proof under a trusted log, or the entry alone."""
    from ploughshare.recording import entry, proof

    if data.startswith(PROOF):
        found = proof.verify(proof.parse(data), trust).entry
        if found is None:
            raise DeclarationError("the proof is not of an opening")
        return found
    if data.startswith(b'{"at":'):
        return entry.parse_verified(data.rstrip(b"\n"))
    return None


def _lines(path: Path) -> Iterator[Disclosure]:
    from ploughshare.verifying import disclosure

    with path.open("rb") as file:
        while line := file.readline(LARGEST):
            yield disclosure.parse(line)


def _chain(first: Disclosure, rest: Iterator[Disclosure]) -> Iterator[Disclosure]:
    yield first
    yield from rest


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise RecordError("the file is too large to be what is expected here", where=str(path))
    return data


def _standing(folder: Path, now: str | None, as_json: bool) -> int:
    from ploughshare.recording import entry
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying.challenge import standing

    with open_log(folder / "record") as log:
        found = standing(log, now or entry.stamp(datetime.now(UTC)))
    challenges = [
        {
            "entry": one.entry,
            "declaration": one.body.declaration_id,
            "deadline": one.body.deadline,
            "state": one.state,
            "answer": one.answer,
        }
        for one in found.challenges
    ]
    findings = [{"code": one.code, "entry": one.entry, "what": one.what} for one in found.findings]
    content = {
        "exit": found.exit_code,
        "declarations": found.declarations,
        "opened": {name: len(slots) for name, slots in found.opened.items()},
        "challenges": challenges,
        "findings": findings,
    }
    if as_json:
        answer(content, "", as_json)
        return found.exit_code
    for name, index in found.declarations.items():
        click.echo(f"{name}: entry {index}, {len(found.opened.get(name, ()))} slots opened on the record")
    if challenges:
        rows = [(str(one.entry), one.body.declaration_id, one.body.deadline, one.state) for one in found.challenges]
        print_table(("challenge", "declaration", "deadline", "state"), rows)
    if findings:
        print_table(("code", "entry", "what"), [(one.code, str(one.entry), one.what) for one in found.findings])
    click.echo("Nothing is said about items that were never declared.")
    return found.exit_code
