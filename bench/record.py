"""How fast the record is: ``python -m bench.record [ENTRIES]`` (a million by default) prints the figures of docs/performance.md.

Times are told by the clock on the wall; for signatures also by the processor's own clock, which other work on the machine
does not stretch.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ploughshare.recording import entry, merkle, note, proof
from ploughshare.recording.audit import audit
from ploughshare.recording.entry import Author
from ploughshare.recording.policy import trusting
from ploughshare.recording.store import Record

ORIGIN = "urania.example/bench"
BATCH = 1000
ONE = 200
PROOFS = 200


def body(number: int) -> tuple[str, dict[str, object]]:
    """An entry of a usual size, about 500 bytes with its envelope."""
    return "note", {"text": f"entry {number}: " + "words for the record, " * 8}


def processor(who: int = resource.RUSAGE_SELF) -> float:
    """Seconds of the processor so far."""
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def main(count: int = 1_000_000) -> None:
    """Build a record of so many entries, measure everything on it, and remove it."""
    console = Console(width=None if sys.stdout.isatty() else 132)
    folder = Path(tempfile.mkdtemp(prefix="ploughshare-bench-"))
    try:
        table = measure(folder / "record", count)
    finally:
        shutil.rmtree(folder)
    console.print(table)


def measure(folder: Path, count: int) -> Table:
    """The figures, one a row: by the wall, and by the processor where that tells more."""
    table = Table("what", "by the wall", "by the processor", "aim", title=f"The record, {count:,} entries")
    log, author = note.Signer.new(ORIGIN), note.Signer.new("author.example")
    record = Record.create(folder, ORIGIN, log, "bench")
    record.add([("author", Author(str(author.key), "Author", "bench"))], log)

    wall, used = time.perf_counter(), processor()
    for first in range(0, count, BATCH):
        record.add([body(first + n) for n in range(BATCH)], author)
    wall, used = time.perf_counter() - wall, processor() - used
    table.add_row(f"sign and append, {BATCH} at a time", f"{count / wall:,.0f}/s", f"{count / used:,.0f}/s", "≥ 2,000/s")

    ready = [entry.sign(*body(n), author, datetime.now(UTC)) for n in range(10 * BATCH)]
    wall, used = time.perf_counter(), processor()
    for first in range(0, len(ready), BATCH):
        record.append(ready[first : first + BATCH])
    wall, used = time.perf_counter() - wall, processor() - used
    rates = f"{len(ready) / wall:,.0f}/s", f"{len(ready) / used:,.0f}/s"
    table.add_row(f"verify and append what others signed, {BATCH} at a time", *rates, "")

    times = []
    for number in range(ONE):
        start = time.perf_counter()
        record.add([body(number)], author)
        times.append(time.perf_counter() - start)
    table.add_row("one durable entry", f"{spread(times)} ms", "", "≤ 10 ms")

    wall = time.perf_counter()
    record.checkpoint(log)
    table.add_row("first checkpoint, with all static files", f"{time.perf_counter() - wall:.1f} s", "", "")
    record.add([body(0)], author)
    wall = time.perf_counter()
    record.checkpoint(log)
    table.add_row("next checkpoint", f"{1000 * (time.perf_counter() - wall):.1f} ms", "", "")

    record.close()
    wall = time.perf_counter()
    record = Record.open(folder)
    table.add_row("open", f"{1000 * (time.perf_counter() - wall):.1f} ms", "", "")
    size, root = record.size, record.root()
    times = []
    for number in range(PROOFS):
        index = number * (size // PROOFS)
        start = time.perf_counter()
        path = record.inclusion(index, size)
        times.append(time.perf_counter() - start)
        merkle.verify_inclusion(merkle.leaf_hash(record.entry(index)), index, size, path, root)
    table.add_row("inclusion proof", f"{spread(times)} ms", "", "≤ 5 ms")
    data = bytes(proof.prove(record, size // 3))
    wall = time.perf_counter()
    proof.verify(proof.parse(data), trusting(log.key))
    table.add_row("verify a proof file", f"{1000 * (time.perf_counter() - wall):.2f} ms", "", "")
    times = []
    for number in range(PROOFS):
        start = time.perf_counter()
        record.consistency(1 + number * (size // PROOFS), size)
        times.append(time.perf_counter() - start)
    table.add_row("consistency proof", f"{spread(times)} ms", "", "")
    record.close()

    for static in (False, True):
        before = processor(resource.RUSAGE_CHILDREN)
        found = audit(folder, static=static, key=log.key)
        assert found.exit_code == 0, found.findings
        used = processor(resource.RUSAGE_CHILDREN) - before
        name = "static files" if static else "database"
        table.add_row(f"audit ({name}): tree and chain", f"{found.seconds['tree and chain']:.1f} s", "", "≤ 60 s")
        rates = f"{found.size / found.seconds['signatures']:,.0f}/s on {found.workers} cores", f"{found.size / used:,.0f}/s a core"
        table.add_row(f"audit ({name}): signatures", *rates, "≥ 8,000/s a core")
    bytes_ = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    table.add_row("on disk, with static files", f"{bytes_ / 1e6:,.0f} MB", "", "")
    table.add_row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", "", "")
    table.caption = f"{os.cpu_count()} cores; load when it ended: {os.getloadavg()[0]:.1f}"
    return table


def spread(times: list[float]) -> str:
    """Median and worst, in milliseconds."""
    return f"{1000 * sorted(times)[len(times) // 2]:.2f} (worst {1000 * max(times):.1f})"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
