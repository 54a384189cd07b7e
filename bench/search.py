"""How fast are search, agreed language and comparison? ``python -m bench.search [COUNT]``: in a library of COUNT made-up
documents (1,000). With ``--keep DIR`` the documents and the library stay there, and are used again.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.library import place
from bench.made_up_library import MANNERS, OPERATIVE, PREAMBLE, THINGS, write
from ploughshare.flow import Reading, read_mandates
from ploughshare.library.library import Library
from ploughshare.searching.agreed import agreed
from ploughshare.searching.compare import compare, compare_series
from ploughshare.searching.index import FILE, index_of, remove
from ploughshare.searching.search import search
from ploughshare.tracking.settle import settled

ON = date(2026, 3, 1)
ROUNDS = 5
SENTENCES = [
    sentence.format(a=manner, b=thing)
    for sentence, manner, thing in zip((*PREAMBLE, *OPERATIVE), MANNERS * 2, THINGS, strict=False)
]


def questions() -> list[tuple[str, dict[str, Any]]]:
    """What people ask: words, phrases, symbols, facets; what stands in a handful of paragraphs, and what stands in a quarter."""
    asked: list[tuple[str, dict[str, Any]]] = []
    for n, thing in enumerate(THINGS):
        manner = MANNERS[n % len(MANNERS)]
        asked += [
            (thing, {}),
            (f"{manner} {thing}", {}),
            (f"{manner} use of {thing}", {"session": 60 + n}),
            (f'"upkeep of their {thing}"', {}),
            (f"meetings {thing} -{THINGS[n - 1]}", {}),
            (f"{thing} OR {THINGS[n - 1]} progress", {}),
            (f"report {thing}", {"act": "submit-report", "status": "unanswered"}),
            (f"A/RES/{50 + n}/{n + 1}", {}),
            (f"{thing[:4]}* account", {}),
            ("", {"addressee": "SG", "session": [70 + n % 10, 71]}),
        ]
    return [*asked, ("report", {}), ("national laws", {}), ('"General Assembly"', {}), ("secretary-general", {}), ("states", {})]


def spread(times: list[float]) -> str:
    """Half of them, 95 of a hundred, and the slowest, in milliseconds."""
    ordered = sorted(times)
    half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    return f"{half * 1000:.1f}, {most * 1000:.1f}, {ordered[-1] * 1000:.1f} ms"


def each(work: Callable[[Any], object], inputs: list[Any]) -> tuple[str, str]:
    """Each, round after round: by the wall, and by the processor."""
    wall, processor = [], []
    for _ in range(ROUNDS):
        for given in inputs:
            start, used = time.perf_counter(), time.process_time()
            work(given)
            wall.append(time.perf_counter() - start)
            processor.append(time.process_time() - used)
    return spread(wall), spread(processor)


def draft(paragraphs: int) -> Reading:
    """A draft of so many operative paragraphs, as somebody would write it from older ones."""
    words = [sentence.format(a=MANNERS[n % 10], b=THINGS[n % 15]).rstrip(";") for n, sentence in enumerate(OPERATIVE * 5)][
        :paragraphs
    ]
    numbered = "\n\n".join(f"{n}. {sentence}{', in due time' * (n % 3 == 0)};" for n, sentence in enumerate(words, 1))
    return read_mandates(
        f"81/999. Things\n\nThe General Assembly,\n\nRecalling its resolution 80/1,\n\n{numbered}\n".encode(), "draft"
    )


def main(arguments: list[str]) -> None:
    """Build, ask, print."""
    kept = arguments[arguments.index("--keep") + 1] if "--keep" in arguments else None
    numbers = [int(a) for a in arguments if a.isdecimal()]
    count = numbers[0] if numbers else 1000
    with place(kept) as folder:
        source = folder / "documents"
        library = Library.open(folder / "library", create=True)
        if library.database.value("SELECT count(*) FROM original") < count:
            if not source.exists() or len(list(source.iterdir())) < count:
                write(source, count)
            library.add([(path, path.name) for path in sorted(source.iterdir())][:count], jobs=2, told=lambda _: None)
        settled(library)
        Console(width=120).print(measured(library, count))
        library.close()


def measured(library: Library, count: int) -> Table:
    """The figures."""
    paragraphs = library.database.value("SELECT count(*) FROM paragraph")
    table = Table(
        "what", "by the wall", "by the processor", "aim", title=f"Looking things up: {count:,} documents, {paragraphs:,} paragraphs"
    )
    remove(library.folder / FILE)
    start, used = time.perf_counter(), time.process_time()
    index = index_of(library)
    table.add_row("index built from nothing", f"{time.perf_counter() - start:.1f} s", f"{time.process_time() - used:.1f} s", "")
    start, used = time.perf_counter(), time.process_time()
    index.stand_on(ON)
    table.add_row(
        "status of everything, once a day", f"{time.perf_counter() - start:.1f} s", f"{time.process_time() - used:.1f} s", ""
    )
    index.database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    tables = library.database.value("SELECT sum(length(words)) FROM paragraph")
    size = (library.folder / FILE).stat().st_size
    table.add_row("index on the disk", f"{size / 1e6:.0f} MB, for {tables / 1e6:.0f} MB of words", "", "")
    asked = questions()
    table.add_row(
        f"search, {len(asked)} questions: half, 95 %, slowest",
        *each(lambda q: search(library, q[0], on=ON, **q[1]), asked),
        "95 % ≤ 30 ms",
    )
    table.add_row(
        f"agreed, {len(SENTENCES)} sentences: half, 95 %, slowest",
        *each(lambda words: agreed(library, words, on=ON), SENTENCES),
        "≤ 100 ms",
    )
    reading = draft(40)
    table.add_row("agreed, a draft of 40 paragraphs", *each(lambda one: agreed(library, one, on=ON), [reading]), "≤ 2 s")
    table.add_row(
        "compare two texts", *each(lambda s: compare(library, f"A/RES/{s}/1", f"A/RES/{s + 1}/1"), list(range(60, 70))), ""
    )
    table.add_row("compare a series of 50", *each(lambda s: compare_series(library, s, mask=True), ["A/RES/80/1"]), "")
    table.add_row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", "", "")
    return table


if __name__ == "__main__":
    main(sys.argv[1:])
