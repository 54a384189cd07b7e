"""``ploughshare sample draw``: a sample drawn by both sides together, and replayed by anybody."""

from __future__ import annotations

import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ploughshare.cli.act import author_options, signer
from ploughshare.cli.options import json_option, library_option
from ploughshare.cli.trust import FILE, answer, contents, library_signer
from ploughshare.errors import SamplingError

if TYPE_CHECKING:
    from ploughshare.recording.entry import Body

SIDE = click.Choice(("host", "inspector"))
FALLBACK = click.Choice(("inspector-chooses", "draw-again"))


@click.group(
    "draw",
    epilog="""\b
Examples, in this order:
  ploughshare sample draw seed --out my.seed
  ploughshare sample draw commit round-1 --side inspector --seed my.seed --root ROOT --population 300 --sample 61 \\
      --reveal-by 2026-03-02T12:00:00Z --fallback inspector-chooses --key inspector.key
  ploughshare sample draw reveal round-1 --side inspector --seed my.seed --key inspector.key
  ploughshare sample draw settle round-1
  ploughshare sample draw replay --host SEED --inspector SEED --root ROOT --population 300 --sample 61
""",
)
def draw() -> None:
    """Draw a sample together: both sides commit to a seed, then show it; neither can choose, and anybody can repeat it.

    Exit status of settle: 0 drawn, 2 void (a seed withheld, terms or order broken), 3 void by a side's own two signatures,
    4 not finished.
    """


@draw.command("seed", epilog="Example: ploughshare sample draw seed --out my.seed")
@click.option("--out", type=FILE, required=True, metavar="FILE", help="Where to write it; a file that is there is kept.")
@json_option
def seed(out: Path, as_json: bool) -> None:
    """Make a seed, in a file that only its owner can read, and print its commitment. Never use one twice."""
    from ploughshare.verifying.selection import SEED, commit_seed

    made = secrets.token_bytes(SEED)
    try:
        file = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SamplingError("there is a file already", where=str(out), advice="name another; a seed is used once") from None
    with os.fdopen(file, "w") as written:
        written.write(f"{made.hex()}\n")
    commitment = commit_seed(made).hex()
    answer({"file": str(out), "commitment": commitment}, commitment, as_json)


@draw.command("commit", epilog="Example: see ploughshare sample draw --help")
@click.argument("name")
@click.option("--side", type=SIDE, required=True, help="Which side signs.")
@click.option("--seed", "seed_text", required=True, metavar="FILE", help="The file of the seed.")
@click.option("--root", required=True, metavar="HEX", help="The root of the inventory: the one of its declaration.")
@click.option("--population", "-N", type=click.IntRange(1, 2**32 - 1), required=True, help="How many items (or slots) there are.")
@click.option("--sample", "-n", type=click.IntRange(1, 2**32 - 1), required=True, help="How many to draw.")
@click.option("--reveal-by", required=True, metavar="TIME", help="By when both seeds are to be shown.")
@click.option("--fallback", type=FALLBACK, required=True, help="What holds if a side does not keep to it.")
@author_options
@library_option
@json_option
def commit(
    name: str,
    side: str,
    seed_text: str,
    root: str,
    population: int,
    sample: int,
    reveal_by: str,
    fallback: str,
    key_file: Path | None,
    passphrase_file: Path | None,
    folder: Path,
    as_json: bool,
) -> None:
    """Put one side's commitment for the draw NAME on the record. Both sides must state the same terms."""
    from ploughshare.verifying.entries import SeedBody
    from ploughshare.verifying.selection import commit_seed

    commitment = commit_seed(_seed(seed_text)).hex()
    body = SeedBody(name, side, commitment, root, population, sample, reveal_by, fallback)  # type: ignore[arg-type]
    if sample > population:
        raise SamplingError(f"{sample} of {population} cannot be drawn")
    index = _record(folder, "draw-seed", body, key_file, passphrase_file)
    answer({"entry": index, "commitment": commitment}, f"Entry {index} commits the {side} to its seed.", as_json)


@draw.command(
    "reveal", epilog="Example: ploughshare sample draw reveal round-1 --side inspector --seed my.seed --key inspector.key"
)
@click.argument("name")
@click.option("--side", type=SIDE, required=True, help="Which side signs.")
@click.option("--seed", "seed_text", required=True, metavar="FILE", help="The file of the seed.")
@author_options
@library_option
@json_option
def reveal(
    name: str, side: str, seed_text: str, key_file: Path | None, passphrase_file: Path | None, folder: Path, as_json: bool
) -> None:
    """Show one side's seed on the record. Refused while the other side has not committed: it could then choose."""
    from datetime import timedelta

    from ploughshare.recording.entry import stamp
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying.entries import RevealBody
    from ploughshare.verifying.selection import SIDES, commit_seed, replay

    value = _seed(seed_text)
    with open_log(folder / "record") as log:
        found = replay(log, name, stamp(datetime.now(UTC) - timedelta(days=36500)))
    if len(found.commitments) < len(SIDES):
        raise SamplingError(
            "the other side has not committed yet", where=name, advice="wait: who shows first lets the other choose"
        )
    if found.commitments[side][1].commitment != commit_seed(value).hex():
        raise SamplingError("this is not the seed that was committed to", where=seed_text, advice="look for the right file")
    index = _record(folder, "draw-reveal", RevealBody(name, side, value.hex()), key_file, passphrase_file)  # type: ignore[arg-type]
    answer({"entry": index}, f"Entry {index} shows the seed of the {side}.", as_json)


@draw.command(
    "fallback", epilog="Example: ploughshare sample draw fallback round-1 --code SEED_WITHHELD --select 3,17,40 --key inspector.key"
)
@click.argument("name")
@click.option("--code", type=click.Choice(("SEED_MISMATCH", "SEED_WITHHELD")), required=True, help="Why the draw is void.")
@click.option("--select", "chosen", default="", metavar="ITEMS", help="What the inspecting side chooses, with commas.")
@author_options
@library_option
@json_option
def fallback(
    name: str, code: str, chosen: str, key_file: Path | None, passphrase_file: Path | None, folder: Path, as_json: bool
) -> None:
    """Apply, on the record, what was agreed for a draw that came to nothing."""
    from ploughshare.recording.entry import stamp
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying.entries import FallbackBody
    from ploughshare.verifying.selection import replay

    with open_log(folder / "record") as log:
        found = replay(log, name, stamp(datetime.now(UTC)))
    if code not in {finding.code for finding in found.findings}:
        raise SamplingError(f"the draw is not void for {code}", where=name, advice="sample draw settle tells where it stands")
    terms = next(iter(found.commitments.values()))[1]
    items = [item for item in chosen.split(",") if item]
    if not all(item.isdecimal() and int(item) < terms.population for item in items):
        raise SamplingError("an item to select is none of the population", advice="write numbers from 0 on, with commas")
    wanted = terms.sample if terms.fallback == "inspector-chooses" else 0
    if len(items) != wanted or len(set(items)) < len(items):
        raise SamplingError(f"{wanted} different items were agreed for this case, and {len(items)} are named")
    body = FallbackBody(name, code, terms.fallback, tuple(map(int, items)))  # type: ignore[arg-type]
    index = _record(folder, "draw-fallback", body, key_file, passphrase_file)
    answer(
        {"entry": index, "applied": terms.fallback, "selected": list(map(int, items))}, f"Entry {index}: {terms.fallback}.", as_json
    )


@draw.command("settle", epilog="Example: ploughshare sample draw settle round-1")
@click.argument("name")
@click.option("--at", "now", metavar="TIME", help="Tell it for this time (default: now).")
@library_option
@json_option
def settle(name: str, now: str | None, folder: Path, as_json: bool) -> int:
    """What came of the draw NAME? Replayed from the record: the items, or why it is void and what then holds."""
    from ploughshare.recording.entry import stamp
    from ploughshare.recording.mirror import open_log
    from ploughshare.verifying import sentences
    from ploughshare.verifying.selection import replay

    with open_log(folder / "record") as log:
        found = replay(log, name, now or stamp(datetime.now(UTC)))
    terms = next(iter(found.commitments.values()))[1]
    codes = ", ".join(dict.fromkeys(finding.code for finding in found.findings))
    if found.selected is not None:
        said = sentences.say("drawn", n=terms.sample, N=terms.population)
    elif found.findings:
        said = sentences.say("void", codes=codes, fallback=sentences.fallback(terms.fallback))
    else:
        said = sentences.say("awaited")
    content = {
        "draw": name,
        "state": found.state,
        "exit": found.exit_code,
        "selected": found.selected,
        "signers": found.signers,
        "fallback": terms.fallback,
        "fallback_entry": found.fallback[0] if found.fallback else None,
        "fallback_selected": list(found.fallback[1].selected) if found.fallback else None,
        "findings": [{"code": one.code, "entry": one.entry, "what": one.what} for one in found.findings],
        "sentences": [said],
    }
    words = [said, *(f"{one.code}, entry {one.entry}: {one.what}" for one in found.findings)]
    words += [", ".join(map(str, found.selected))] if found.selected is not None else []
    answer(content, "\n".join(words), as_json)
    return found.exit_code


@draw.command("replay", epilog="Example: ploughshare sample draw replay --host SEED --inspector SEED --root ROOT -N 300 -n 61")
@click.option("--host", required=True, metavar="SEED", help="The host's seed: 64 hexadecimal digits, or its file.")
@click.option("--inspector", required=True, metavar="SEED", help="The inspecting side's seed.")
@click.option("--root", required=True, metavar="HEX", help="The root of the inventory.")
@click.option("--population", "-N", type=click.IntRange(1, 2**32 - 1), required=True, help="How many items there are.")
@click.option("--sample", "-n", type=click.IntRange(0), required=True, help="How many to draw.")
@json_option
def replay_seeds(host: str, inspector: str, root: str, population: int, sample: int, as_json: bool) -> None:
    """Repeat a draw from its two seeds: the same items for everybody, wherever and whenever it is done."""
    from ploughshare.verifying.selection import commit_seed, joint_seed, select

    one, two = _seed(host), _seed(inspector)
    joint = joint_seed(one, two, _hex(root, "the root"))
    found = select(joint, population, sample)
    content = {
        "host_commitment": commit_seed(one).hex(),
        "inspector_commitment": commit_seed(two).hex(),
        "joint_seed": joint.hex(),
        "selected": found,
    }
    answer(content, ", ".join(map(str, found)), as_json)


def _record(folder: Path, kind: str, body: Body, key_file: Path | None, passphrase_file: Path | None) -> int:
    from ploughshare.recording.store import Record

    author = signer(key_file, passphrase_file) or library_signer(folder, passphrase_file)
    with Record.open(folder / "record") as record:
        (index,) = record.add([(kind, body)], author)
    return index


def _seed(text: str) -> bytes:
    path = Path(text)
    return _hex(contents(path).decode("ascii", "replace").strip() if path.exists() else text, "the seed")


def _hex(text: str, what: str) -> bytes:
    if len(text) != 64 or any(letter not in "0123456789abcdef" for letter in text):
        raise SamplingError(f"{what} is not 64 hexadecimal digits, written small", advice="or it is a file that is not there")
    return bytes.fromhex(text)
