"""``ploughshare record verify``, ``audit`` and ``compare``: what anybody can check of anybody's record."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.cli.options import json_option, library_option, print_table
from ploughshare.cli.trust import (
    FILE,
    FOLDER,
    answer,
    contents,
    key_option,
    known_key,
    policy_option,
    side_of,
    trusted,
    vkey_of,
)
from ploughshare.errors import RecordError

if TYPE_CHECKING:
    from ploughshare.recording.compare import Evidence
    from ploughshare.recording.findings import Audit
    from ploughshare.recording.policy import Policy, Verdict

PROVEN, INCONCLUSIVE = 3, 4


@click.command("verify", epilog="Example: ploughshare record verify act.tlog-proof --key VKEY")
@click.argument("file", type=FILE)
@click.option("--entry", "entry_file", type=FILE, metavar="FILE", help="The entry, if the proof does not carry it.")
@key_option
@policy_option
@json_option
def verify(file: Path, entry_file: Path | None, key: str | None, policy: Path | None, as_json: bool) -> int:
    """Check a proof, a checkpoint, or evidence of a fork. Nothing is needed but the FILE and the key or policy that you trust.

    Exit status: 0 it holds, 1 it does not, 3 it proves that the log signed two histories, 4 it holds, but fewer witnesses
    signed than the policy asks for.
    """
    from ploughshare.recording import compare, note, proof

    trust = trusted(key, policy)
    if trust is None:
        raise click.UsageError("Give --key VKEY or --policy FILE: a proof is worth what the keys are that you trust.")
    data = contents(file)
    if data.startswith(b'{"'):
        return verify_evidence(compare.parse(data), trust, as_json)
    if not data.startswith(proof.FIRST.encode()):
        verdict = trust.judge(note.parse(data))
        return say_verdict({"kind": "checkpoint"}, f"The checkpoint of {verdict.checkpoint.origin}", verdict, as_json)
    proven = proof.verify(proof.parse(data), trust, contents(entry_file) if entry_file else None)
    content: dict[str, Any] = {"kind": "proof", "entry": proven.index, "content": proven.raw.decode("utf-8", "replace")}
    words = f"Entry {proven.index} is on the record {proven.verdict.checkpoint.origin}"
    if proven.entry:
        content |= {"author": proven.entry.by, "at": proven.entry.at, "type": proven.entry.type}
        words += f": {proven.entry.type}, {proven.entry.at}, signed by {proven.entry.author.name}"
    if not as_json:
        click.echo(content["content"])
    return say_verdict(content, words, proven.verdict, as_json)


def say_verdict(content: dict[str, Any], words: str, verdict: Verdict, as_json: bool) -> int:
    """Say who vouches for a checkpoint, and whether that is enough."""
    state = verdict.checkpoint
    times = {name: datetime.fromtimestamp(at, UTC).isoformat() for name, at in verdict.witnesses.items() if at < 2**35}
    content |= {"origin": state.origin, "size": state.size, "root": state.root.hex(), "witnesses": times, "quorum": verdict.met}
    seen = ", ".join(f"{name} ({at})" for name, at in times.items()) or "no witness"
    enough = "as the policy asks" if verdict.met else "fewer than the policy asks: inconclusive"
    answer(content, f"{words}.\nSigned by the log over {state.size} entries; seen by {seen}, {enough}.", as_json)
    return 0 if verdict.met else INCONCLUSIVE


def verify_evidence(evidence: Evidence, trust: Policy, as_json: bool) -> int:
    """Say whether two notes really contradict each other under a trusted key."""
    for log in trust.logs:
        try:
            one, two = evidence.check(log)
        except RecordError as error:
            refusal = error
            continue
        content = {"kind": "fork", "origin": one.origin, "sizes": [one.size, two.size]}
        answer(content, f"{one.origin} signed two histories, at sizes {one.size} and {two.size}: this proves it.", as_json)
        return PROVEN
    raise refusal if trust.logs else RecordError("the policy names no log")


@click.command("audit", epilog="Example: ploughshare record audit mirror/record --key VKEY --pinned checkpoint.before")
@click.argument("log", type=FOLDER, required=False, metavar="[FOLDER]")
@click.option("--tiles", is_flag=True, help="Audit the static files, not the database.")
@click.option("--pinned", type=FILE, metavar="FILE", help="An earlier checkpoint that the log must still lead to.")
@click.option("--evidence", type=FOLDER, metavar="DIR", help="Where to write evidence of two histories, if there is any.")
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Check signatures on N cores; all by default.")
@key_option
@policy_option
@library_option
@json_option
def audit(
    log: Path | None,
    tiles: bool,
    pinned: Path | None,
    evidence: Path | None,
    jobs: int | None,
    key: str | None,
    policy: Path | None,
    folder: Path,
    as_json: bool,
) -> int:
    """Check everything in a record: the library's, or the one in FOLDER, own or foreign.

    Exit status: 0 consistent, 1 there is no record to audit, 2 anomaly, 3 misbehaviour proven by signed evidence,
    4 inconclusive (too few witnesses).
    """
    from ploughshare.recording import audit as auditing
    from ploughshare.recording import compare, note

    trust = trusted(key, policy)
    found = auditing.audit(
        log or folder / "record",
        static=tiles,
        # A key alone says which log it is; who must cosign, the log's own policy then says.
        key=trust.logs[0] if key and trust else None,
        policy=None if key else trust,
        pinned=note.parse(contents(pinned)) if pinned else None,
        workers=jobs,
    )
    kept = [str(compare.keep(one, evidence)) for one in found.evidence] if evidence else []
    if as_json:
        click.echo(json.dumps(audit_json(found, kept), ensure_ascii=False))
    else:
        audit_words(found, kept)
    return found.exit_code


def audit_json(found: Audit, kept: list[str]) -> dict[str, Any]:
    """An audit as one JSON object."""
    from ploughshare.recording.findings import WORDS

    state = found.checkpoint
    return {
        "outcome": WORDS[found.exit_code],
        "exit": found.exit_code,
        "origin": found.origin,
        "log": str(found.key) if found.key else None,
        "key_given": found.key_given,
        "size": found.size,
        "checkpoint": {"size": state.size, "root": state.root.hex()} if state else None,
        "witnesses": dict(found.witnesses),
        "authors": found.authors,
        "types": found.types,
        "unknown_types": dict(found.unknown),
        "findings": [{"code": f.code, "entry": f.index, "what": f.what} for f in found.findings],
        "counts": found.counts,
        "evidence": kept,
        "seconds": {name: round(value, 3) for name, value in found.seconds.items()},
        "cores": found.workers,
    }


def audit_words(found: Audit, kept: list[str]) -> None:
    """An audit for people: what it comes to, what was found, and what it cannot say."""
    from ploughshare.recording.findings import WORDS

    click.echo(f"{found.origin or found.folder}: {WORDS[found.exit_code]}")
    click.echo(
        f"{found.size} entries, {found.authors} authors; " + ", ".join(f"{n} {kind}" for kind, n in sorted(found.types.items()))
    )
    if found.unknown:
        click.echo("Types not known here: " + ", ".join(f"{n} {kind}" for kind, n in sorted(found.unknown.items())))
    if found.checkpoint:
        click.echo(f"Signed by the log: the first {found.checkpoint.size}. Seen by: {', '.join(found.witnesses) or 'no witness'}.")
    if found.findings:
        rows = [(f.code, "" if f.index is None else str(f.index), f.what) for f in found.findings]
        print_table(("code", "entry", "what"), rows)
        told_of = len(found.findings)
        if (total := sum(found.counts.values())) > told_of:
            click.echo(f"… and {total - told_of} more of the same")
    for path in kept:
        click.echo(f"Evidence: {path}")
    if not found.key_given:
        click.echo("The log's key was taken from the log itself: give --key to know whose log this is.")
    click.echo("; ".join(f"{name}: {value:.1f} s" for name, value in found.seconds.items()) + f", on {found.workers} cores")
    click.echo("An audit cannot say whether what was recorded is true, nor what was never recorded.")


@click.command("compare", epilog="Example: ploughshare record compare ../mirror/record --key VKEY")
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--with", "mine", type=click.Path(path_type=Path), metavar="PATH", help="Compare with this instead of the library's.")
@click.option(
    "--evidence", type=FOLDER, metavar="DIR", default=Path("evidence"), show_default=True, help="Where to write evidence."
)
@key_option
@library_option
@json_option
def compare_logs(other: Path, mine: Path | None, evidence: Path, key: str | None, folder: Path, as_json: bool) -> int:
    """Hold the record against OTHER: a folder with a log, or a file with a checkpoint, that say they are of the same log.

    Exit status: 0 the same, or one is the beginning of the other; 3 the log signed two histories, and the evidence is
    written; 4 what is at hand is not enough to tell.
    """
    from ploughshare.recording import compare

    with ExitStack() as stack:
        one, two = side_of(mine or folder / "record", stack), side_of(other, stack)
        found = compare.compare(one, two, vkey_of(key) if key else known_key(one))
    kept = str(compare.keep(found.evidence, evidence)) if found.evidence else None
    a, b = found.a.size, found.b.size
    words = {
        "same": f"Both are the same log of {a} entries.",
        "a-first": f"The log of {a} entries is the beginning of the log of {b}.",
        "b-first": f"The log of {b} entries is the beginning of the log of {a}.",
        "fork": f"The log signed two histories, at sizes {a} and {b}. Evidence: {kept}",
        "open": f"Inconclusive: {found.why}.",
    }
    content = {"outcome": found.outcome, "sizes": [a, b], "path": [h.hex() for h in found.path], "evidence": kept, "why": found.why}
    answer(content, words[found.outcome], as_json)
    return {"fork": PROVEN, "open": INCONCLUSIVE}.get(found.outcome, 0)
