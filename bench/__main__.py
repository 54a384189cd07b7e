"""MB/s, documents/s, pages/s and peak memory of every stage and format; on the specimen, on generated input, on the shared corpus.

Each figure is the best of three runs in this process; memory and start-up are measured in processes of their own.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ploughshare.extracting import extract
from ploughshare.flow import read_mandates, read_resolution, read_text
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.parsing import parse

from .generated import hostile

ROOT = Path(__file__).resolve().parents[1]
SPECIMEN = ROOT / "specimen"
CORPUS = ROOT.parent / "shared" / "corpus"
RUNS = 3
#: A specimen is read so many times in one run, so that the clock has something to count.
COPIES = 20


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of a few runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def stages(documents: list[bytes]) -> tuple[float, float, float]:
    """Seconds for reading, parsing (with verbs and citations) and extracting."""
    texts = [read_text(data, "bench") for data in documents]
    resolutions = [parse(text) for text in texts]
    return (
        best(lambda: [read_text(data, "bench") for data in documents]),
        best(lambda: [parse(text) for text in texts]),
        best(lambda: [extract(resolution) for resolution in resolutions]),
    )


def plain_text(console: Console) -> None:
    """Plain text, stage by stage, for each language: the shared corpus where it is there, the specimen else."""
    table = Table(
        "language",
        "documents",
        "MB",
        "read MB/s",
        "parse MB/s",
        "extract MB/s",
        "all MB/s",
        "documents/s",
        title="Plain text to mandates",
    )
    for language in LANGUAGES:
        folder = CORPUS / "official" / "printed" / language
        files = sorted(folder.glob("*.txt")) if folder.is_dir() else [SPECIMEN / "text" / f"specimen.{language}.txt"] * COPIES
        documents = [file.read_bytes() for file in files]
        size = sum(map(len, documents)) / 1e6
        seconds = stages(documents)
        total = sum(seconds)
        table.add_row(
            language,
            str(len(files)),
            f"{size:.2f}",
            *(f"{size / s:.2f}" for s in seconds),
            f"{size / total:.2f}",
            f"{len(files) / total:.0f}",
        )
    console.print(table)


def formats(console: Console) -> None:
    """Every other format to mandates, in documents and, for PDF, pages a second."""
    table = Table("format", "documents", "documents/s", "pages/s", title="Other formats to mandates")
    for form, files in (
        ("html", sorted((SPECIMEN / "html").glob("*"))),
        ("docx", sorted((SPECIMEN / "docx").glob("*"))),
        ("xml (specimen)", sorted((SPECIMEN / "xml").glob("*"))),
        ("xml (official)", sorted((CORPUS / "official" / "akn" / "en").glob("*.xml"))),
        ("pdf (specimen)", sorted((SPECIMEN / "pdf").glob("*"))),
        ("pdf (official)", sorted((CORPUS / "pdf").glob("A_*.pdf"))),
    ):
        documents = [file.read_bytes() for file in files]
        if not documents:
            table.add_row(form, "–", "–", "the shared corpus is not here")
            continue
        seconds = best(lambda documents=documents: [read_mandates(data, "bench") for data in documents])  # type: ignore[misc]
        pages = ""
        if form.startswith("pdf"):
            count = sum(_pages(data) for data in documents)
            reading = best(lambda documents=documents: [read_text(data, "bench") for data in documents])  # type: ignore[misc]
            pages = f"{count / seconds:.0f} ({count / reading:.0f} to text alone)"
        table.add_row(form, str(len(documents)), f"{len(documents) / seconds:.0f}", pages)
    console.print(table)


def _pages(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()


def sizes(console: Console) -> None:
    """Hostile sizes: none may take more than seconds."""
    table = Table("input", "MB", "seconds", "what came of it", title="Large and hostile input")
    for name, data in hostile():
        start = time.perf_counter()
        try:
            resolution = read_resolution(data, name)
            extraction = extract(resolution)
            result = f"{len(resolution.paragraphs)} paragraphs, {len(extraction.mandates)} mandates"
        except Exception as error:
            result = f"{type(error).__name__}: {error}"[:70]
        table.add_row(name, f"{len(data) / 1e6:.1f}", f"{time.perf_counter() - start:.2f}", result)
    console.print(table)


def memory(console: Console) -> None:
    """Peak memory of reading a folder once and many times over: flat in the number of documents."""
    code = (
        "import resource, sys; from pathlib import Path; from ploughshare.flow import read_mandates\n"
        "files = sorted(Path(sys.argv[1]).glob('*.txt'))\n"
        "for _ in range(int(sys.argv[2])):\n"
        "    for file in files: read_mandates(file.read_bytes(), file.name)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)\n"
    )
    table = Table("documents read in one process", "peak memory, MB", title="Memory")
    folder = SPECIMEN / "text"
    for rounds in (1, 10, 40):
        out = subprocess.run([sys.executable, "-c", code, str(folder), str(rounds)], capture_output=True, text=True, check=True)
        table.add_row(str(rounds * len(list(folder.glob("*.txt")))), out.stdout.strip())
    console.print(table)


def start(console: Console) -> None:
    """How long the command line takes to answer."""
    command = [sys.executable, "-m", "ploughshare", "--version"]
    seconds = best(lambda: subprocess.run(command, capture_output=True, check=True))
    console.print(f"ploughshare --version: {seconds:.3f} s")


def main(wanted: Iterable[str]) -> None:
    """Run the parts that are named, or all."""
    console = Console(width=None if sys.stdout.isatty() else 132)
    parts = {"plain": plain_text, "formats": formats, "sizes": sizes, "memory": memory, "start": start}
    for name in list(wanted) or parts:
        parts[name](console)


if __name__ == "__main__":
    main(sys.argv[1:])
