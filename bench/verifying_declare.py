"""How fast declarations are: ``python -m bench.verifying_declare [ITEMS]`` (100,000 by default) prints the figures.

Times are by the clock on the wall, and where it tells more by the processor's own clock.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ploughshare.recording import note
from ploughshare.verifying import disclosure, vault
from ploughshare.verifying.declaration import Anchored

SCHEMA = ("kind", "uid", "site", "area", "status", "seal", "tag", "since")
ROUNDS = 500


def records(count: int) -> list[dict[str, str]]:
    """An inventory of Urania."""
    return [
        {
            "kind": "item",
            "uid": f"EX-{number:07}",
            "site": f"Site-{number % 7}",
            "area": f"Area-{number % 31}",
            "status": "stored",
            "seal": f"S-{number}",
            "tag": f"T-{number}",
            "since": "2026-03-01",
        }
        for number in range(count)
    ]


def main(count: int = 100_000) -> None:
    """Commit, save, open, disclose, verify, open everything."""
    console = Console(width=None if sys.stdout.isatty() else 132)
    table = Table("what", "figure", "aim", title=f"Declarations, {count:,} items of {len(SCHEMA)} fields")
    inventory = records(count)
    wall, used = time.perf_counter(), time.process_time()
    statement, opened = vault.commit(inventory, SCHEMA, count, declaration_id="bench", declarant="Urania")
    table.add_row("commit", f"{time.perf_counter() - wall:.2f} s ({time.process_time() - used:.2f} s of the processor)", "≤ 10 s")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "vault"
        wall = time.perf_counter()
        opened.save(file, "a long sentence")
        table.add_row("seal and write the vault", f"{time.perf_counter() - wall:.2f} s, {file.stat().st_size / 1e6:.0f} MB", "")
        wall = time.perf_counter()
        opened = vault.open_vault(file, "a long sentence")
        table.add_row("open the vault", f"{time.perf_counter() - wall:.2f} s", "")
    held = Anchored(statement, "initial", note.Signer.new("host.example").key, "", "", 0, ())
    opened.slot_of("EX-0000000")
    for name, fields, work in (("two of eight fields", ("uid", "site"), ROUNDS), ("all fields", SCHEMA, ROUNDS)):
        made, checked, size = [], [], 0
        for number in range(work):
            start = time.perf_counter()
            one = bytes(opened.disclose(opened.slot_of(f"EX-{number * (count // work):07}"), fields))
            made.append(time.perf_counter() - start)
            start = time.perf_counter()
            disclosure.verify_disclosure(held, disclosure.parse(one))
            checked.append(time.perf_counter() - start)
            size = len(one)
        table.add_row(f"disclose {name} ({size} bytes)", spread(made), "≤ 5 ms")
        table.add_row(f"read and verify {name}", spread(checked), "≤ 1 ms")
    table.add_row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB", "")
    table.caption = f"{os.cpu_count()} cores; load when it ended: {os.getloadavg()[0]:.1f}"
    console.print(table)


def spread(times: list[float]) -> str:
    """Median and worst, in milliseconds."""
    return f"{1000 * sorted(times)[len(times) // 2]:.3f} ms (worst {1000 * max(times):.2f})"


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
