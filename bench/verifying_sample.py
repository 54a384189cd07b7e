"""How fast sampling is: ``python -m bench.verifying_sample`` prints the figures. Each is the worst of a few runs, not the best."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import partial

from rich.console import Console
from rich.table import Table

from ploughshare.verifying.clean import bound
from ploughshare.verifying.selection import select
from ploughshare.verifying.sequential import bernoulli
from ploughshare.verifying.sizes import sample_size
from ploughshare.verifying.strata import allocate, spread, stratum

RUNS = 9
MILLION = 1_000_000


def worst(work: Callable[[], object]) -> float:
    """Milliseconds of the slowest of a few runs, the first included."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * max(times)


def main() -> None:
    """Sizes, bounds, draws, plans."""
    console = Console(width=None if sys.stdout.isatty() else 132)
    table = Table("what", "worst, ms", "aim", title="Sampling")
    plans = [(d, beta) for d in (1, 10, 1000, 100_000) for beta in (0.5, 0.05, 0.001)]
    sizes = [worst(partial(sample_size, MILLION, d, beta)) for d, beta in plans]
    table.add_row("exact size, N = 1,000,000, twelve plans", f"{max(sizes):.3f}", "≤ 10 ms")
    table.add_row("… a test that recognises 9 of 10, d = 1000", f"{worst(lambda: sample_size(MILLION, 1000, 0.05, 0.9)):.3f}", "")
    table.add_row("bound after a clean sample of 300 of 1,000,000", f"{worst(lambda: bound(MILLION, 300, 0.05)):.3f}", "")
    table.add_row("joint draw of 1,000 of 1,000,000", f"{worst(lambda: select(bytes(32), MILLION, 1000)):.3f}", "≤ 50 ms")
    plan = bernoulli(0.01, 0.10, 0.05, 0.05)
    table.add_row("true risks of a sequential plan", f"{worst(lambda: plan.characteristic(0.01)):.3f}", "")
    table.add_row("three strata, fixed shares compared", f"{worst(lambda: spread([12, 6, 6], 6, 2)):.3f}", "")
    kinds = [stratum(200), stratum(80, 1, 2), stratum(20, 1, 5)]
    table.add_row("three strata by cost, with the worst case", f"{worst(lambda: allocate(kinds, 60, 5)):.3f}", "")
    table.caption = f"{os.cpu_count()} cores; load when it ended: {os.getloadavg()[0]:.1f}"
    console.print(table)


if __name__ == "__main__":
    main()
