"""How fast is a library? ``python -m bench.library [COUNT]``: builds one of COUNT made-up documents (1,000), asks it everything.

With ``--keep DIR`` the documents and the library stay there, and are used again.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from itertools import count as count_from
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.made_up_library import write
from ploughshare.library.entries import ActBody
from ploughshare.library.library import Library
from ploughshare.tracking import acts
from ploughshare.tracking.agenda import agenda
from ploughshare.tracking.due import due
from ploughshare.tracking.history import series, steps
from ploughshare.tracking.settle import settled
from ploughshare.tracking.standing import status

ON = date(2026, 3, 1)


def timed(ask: Callable[[], Any], times: int = 3) -> float:
    """The best time of some, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        ask()
        best = min(best, time.perf_counter() - start)
    return best


@contextmanager
def place(kept: str | None) -> Any:
    """Where the documents and the library lie."""
    if kept:
        yield Path(kept)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def main(arguments: list[str]) -> None:
    """Build, ask, print."""
    kept = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else None
    numbers = [int(a) for a in arguments if a.isdecimal()]
    count = numbers[0] if numbers else 1000
    table = Table("what", "figure", title=f"A library of {count:,} documents")
    with place(kept) as folder:
        source = folder / "documents"
        if not source.exists() or len(list(source.iterdir())) < count:
            write(source, count)
        files = [(path, path.name) for path in sorted(source.iterdir())][:count]
        library = Library.open(folder / "library", create=True)
        if library.database.value("SELECT count(*) FROM original") < count:
            start = time.perf_counter()
            library.add(files, jobs=2, told=lambda _: None)
            added = time.perf_counter() - start
            settled(library)
            whole = time.perf_counter() - start
            table.add_row(
                "added on two cores, settled", f"{count / whole:.0f} documents/s ({added:.1f} s, then {whole - added:.1f} s)"
            )
        size = sum(path.stat().st_size for path in (folder / "library").rglob("*") if path.is_file())
        table.add_row(
            "on the disk", f"{size / 1e6:.0f} MB, originals {sum(p.stat().st_size for p, _ in files) / 1e6:.0f} MB of them"
        )
        mandates = len(status(library, None, ON))
        table.add_row(f"status of all {mandates:,} mandates", f"{timed(lambda: status(library, None, ON)):.2f} s")
        table.add_row("due", f"{timed(lambda: due(library, on=ON, states=('due', 'open'))):.2f} s")
        table.add_row("agenda of a session", f"{timed(lambda: agenda(library, 81, on=ON)):.2f} s")

        def history() -> None:
            steps(library, series(library, "A/RES/80/1", on=ON))

        table.add_row(
            "a series of 50, with its changes",
            f"{timed(lambda: series(library, 'A/RES/80/1', on=ON)):.2f} s, {timed(history):.2f} s",
        )
        mandate = next(s.undertaking.id for s in status(library, "A/RES/80/1", ON) if s.undertaking.action == "submit-report")
        numbers_of_acts = count_from(1)

        def act() -> None:
            acts.record(library, ActBody("report-issued", "2026-02-02", (mandate,), note=f"Report {next(numbers_of_acts)}."))

        table.add_row("one act, on the disk", f"{timed(act, 20) * 1000:.1f} ms")
        table.add_row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        library.close()
    Console(width=120).print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
