"""How fast is the site? ``python -m bench.web [DIR]``: the library of ``bench.library --keep DIR`` (made if it is not there).

Server time of every page with nothing kept (each request another page of its kind), requests a second for the front page over
a real port, the size of the largest pages, the start, and publishing.
"""

from __future__ import annotations

import http.client
import logging
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

from litestar.testing import TestClient
from rich.console import Console
from rich.table import Table

from ploughshare.library.library import Library
from ploughshare.tracking.keeping import add
from ploughshare.web.app import site
from ploughshare.web.files import publish
from ploughshare.web.shelf import Shelf

from .made_up_library import write

ON = date(2026, 3, 1)
COUNT = 12_000
SAMPLES = 40
PORT = 8799


def addresses(library: Library) -> dict[str, list[str]]:
    """Addresses of each kind of page, some of many."""
    some = random.Random(1)
    rows = library.database.rows
    symbols = [s for (s,) in rows("SELECT symbol FROM resolution")]
    mandates = [i.replace("#", "/").replace("!", "/") for (i,) in rows("SELECT id FROM undertaking")]
    last = library.record.size - 1
    return {
        "What is due": [f"due?for={code}" for code in ("SG", "MS", "GA")] + ["due"],
        "list of what is due": [f"due/open?page={n}" for n in range(1, 9)],
        "resolution": some.sample(symbols, SAMPLES),
        "mandate": [f"mandates/{one}" for one in some.sample(mandates, SAMPLES)],
        "series": [f"series/{one}" for one in some.sample(symbols, SAMPLES)],
        "agenda of a session": [f"agenda/{n}" for n in range(60, 84)],
        "calendar": ["calendar", *(f"calendar/{year}-09" for year in (2025, 2026, 2027))],
        "States": ["states", *(f"states/{code}" for code in ("KEN", "FRA", "MEX", "FJI", "KAZ"))],
        "treaties": ["treaties", *(f"treaties/{code}" for code in ("TPNW", "NPT", "CTBT", "CWC", "ATT"))],
        "record": [f"record?page={n}" for n in range(1, 20)] + [f"record/{some.randrange(last)}" for _ in range(SAMPLES)],
        "texts": ["texts", *(f"texts/year/{year}" for year in range(1980, 2020)), "texts/body/GA?page=7"],
        "about": ["about"],
    }


def pages(console: Console, folder: Path) -> None:
    """Server time of pages that nobody asked for before, in two languages, and their sizes."""
    library = Library.open(folder)
    wanted = addresses(library)
    library.close()
    table = Table("page", "asked", "median ms", "p95 ms", "slowest ms", "largest kB", title="Server time of pages, none kept")
    with TestClient(site(folder, ON)) as client:
        client.get("/es/due")
        for kind, paths in wanted.items():
            times, sizes = [], []
            for language in ("en", "zh"):
                for path in paths:
                    start = time.perf_counter()
                    answer = client.get(f"/{language}/{path}")
                    times.append((time.perf_counter() - start) * 1000)
                    assert answer.status_code == 200, path
                    sizes.append(len(answer.content))
            ordered = sorted(times)
            p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
            table.add_row(
                kind,
                str(len(times)),
                f"{statistics.median(times):.1f}",
                f"{p95:.1f}",
                f"{ordered[-1]:.1f}",
                f"{max(sizes) / 1000:.0f}",
            )
    console.print(table)


def started(folder: Path) -> tuple[subprocess.Popen[bytes], float]:
    """The server in a process of its own, and the seconds until it answers."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "ploughshare", "serve", "--library", str(folder), "--port", str(PORT), "--on", ON.isoformat()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while time.perf_counter() - start < 30:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
            connection.request("GET", "/static/mark.svg")
            connection.getresponse().read()
            break
        except OSError:
            time.sleep(0.005)
    return process, time.perf_counter() - start


def served(console: Console, folder: Path) -> None:
    """Requests a second for the front page: two readers with open connections, as fast as they are answered."""
    process, start = started(folder)
    console.print(f"The server answers after {start:.2f} s")
    counted: list[int] = []

    def read(seconds: float) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        stop, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < stop:
            connection.request("GET", "/en/", headers={"accept-encoding": "gzip"})
            connection.getresponse().read()
            count += 1
        counted.append(count)

    try:
        read(2)
        counted.clear()
        readers = [threading.Thread(target=read, args=(5,)) for _ in range(2)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        console.print(f"Front page: {sum(counted) / 5:.0f} requests/s")
    finally:
        process.terminate()
        process.wait(10)


def published(console: Console, folder: Path) -> None:
    """Pages a second of publishing one language, on two cores."""
    shelf = Shelf(folder, ON)
    shelf.close()
    with tempfile.TemporaryDirectory() as out:
        start = time.perf_counter()
        done = publish(folder, Path(out), languages=("en",), on=ON, jobs=2, bulk=False)
        seconds = time.perf_counter() - start
        console.print(f"Published: {done.pages} pages in {seconds:.0f} s, {done.pages / seconds:.0f} pages/s")


def main(arguments: list[str]) -> None:
    """Run everything on a library that is kept in a folder, or on one that is made for it."""
    logging.disable(logging.INFO)
    console = Console(width=120)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(arguments[0]) if arguments else Path(made)
        if not (folder / "library").exists():
            write(folder / "documents", COUNT)
            library = Library.open(folder / "library", create=True)
            add(library, [folder / "documents"], jobs=2)
            library.close()
        for part in (pages, served, published):
            part(console, folder / "library")


if __name__ == "__main__":
    main(sys.argv[1:])
