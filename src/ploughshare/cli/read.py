"""``ploughshare read``: files and folders in, a table for people out, or JSON, or documents."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ploughshare.errors import PloughshareError, UnreadableError
from ploughshare.pool import outcomes

if TYPE_CHECKING:
    from ploughshare.flow import Reading

#: A document larger than this is refused unread.
LARGEST = 512 * 1024 * 1024
#: A progress bar appears from so many files, or so many bytes, on.
LONG_FILES, LONG_BYTES = 8, 4_000_000
STANDARD_INPUT = "-"
ENDINGS = {"akn": ".xml", "markdown": ".md", "html": ".html"}


@dataclass(frozen=True, slots=True)
class Job:
    """One document to read: where it is, its name in the output, and the files to write from it."""

    path: str
    name: str
    language: str | None
    as_json: bool
    #: Form → path of the file to write.
    outputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: a line of JSON or a reading to show, or the one sentence that says why not."""

    name: str
    line: bytes | None = None
    reading: Reading | None = None
    error: str | None = None


# -- the work, in this process or another ---------------------------------------------------------------------------------
def work(job: Job) -> Outcome:
    """Read one document and write what is asked of it. Never raises: a document that cannot be read says so in its outcome."""
    from ploughshare.flow import read_mandates

    try:
        reading = read_mandates(_bytes(job), job.name, job.language)
        for form, path in job.outputs:
            _write(Path(path), _document(form, reading))
        if job.as_json:
            from ploughshare.publishing.json import to_line

            return Outcome(job.name, line=to_line(reading.resolution, reading.extraction, job.name))
        return Outcome(job.name, reading=reading)
    except PloughshareError as error:
        return Outcome(job.name, error=str(error))
    except OSError as error:
        return Outcome(
            job.name, error=f"{job.name}: {error.strerror or error}; check that the file is there and may be read and written"
        )
    except RecursionError:
        return Outcome(job.name, error=f"{job.name}: it nests too deeply to be a resolution; save it anew as plain text")
    except MemoryError:
        return Outcome(job.name, error=f"{job.name}: it does not fit into memory; cut it into smaller files")
    except Exception as error:
        # A fault of ours must not take the other files with it.
        return Outcome(job.name, error=f"{job.name}: the program failed on it ({type(error).__name__}: {error}); please report it")


def _bytes(job: Job) -> bytes:
    if job.path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    with open(job.path, "rb") as file:  # noqa: PTH123 - one call, no Path needed
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableError(
            f"it is larger than {LARGEST // 1024 // 1024} MiB", where=job.name, advice="cut it into smaller files"
        )
    return data


def _document(form: str, reading: Reading) -> bytes:
    if form == "akn":
        from ploughshare.publishing.akn import to_akn

        return to_akn(reading.resolution, reading.extraction)
    if form == "markdown":
        from ploughshare.publishing.markdown import to_markdown

        return to_markdown(reading.resolution, reading.extraction).encode()
    from ploughshare.publishing.html import to_html

    return to_html(reading.resolution, reading.extraction).encode()


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def ended(job: Job) -> Outcome:
    """What is said of a document that ended the process it was read in."""
    return Outcome(job.name, error=f"{job.name}: the process that read it was ended; it may need more memory than there is")


# -- which files ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Found:
    """A file to read: its path, and its path below the folder that was named."""

    path: str
    below: str


def files_of(paths: Iterable[str], refuse: Callable[[str], None]) -> list[Found]:
    """The files of paths, folders walked in the order of names; what cannot be opened goes to ``refuse`` as a sentence."""
    found: list[Found] = []
    for path in paths:
        if path == STANDARD_INPUT:
            found.append(Found(path, "standard-input"))
        elif Path(path).is_dir():

            def fail(error: OSError) -> None:
                refuse(f"{error.filename}: the folder cannot be opened ({error.strerror}); check its permissions")

            for folder, folders, names in os.walk(path, onerror=fail):
                folders[:] = sorted(name for name in folders if not name.startswith("."))
                for name in sorted(names):
                    if not name.startswith("."):
                        full = str(Path(folder) / name)
                        found.append(Found(full, os.path.relpath(full, path)))
        else:
            found.append(Found(path, Path(path).name))
    return found


def jobs_of(found: list[Found], language: str | None, as_json: bool, folders: dict[str, str]) -> list[Job]:
    """A job for each file; documents keep the folders below the named path, and their full name where two would clash."""
    stems: dict[str, int] = {}
    for file in found:
        stem = str(Path(file.below).with_suffix(""))
        stems[stem] = stems.get(stem, 0) + 1
    jobs = []
    for file in found:
        stem = str(Path(file.below).with_suffix(""))
        name = file.below if stems[stem] > 1 else stem
        outputs = tuple((form, str(Path(folder) / (name + ENDINGS[form]))) for form, folder in folders.items())
        shown = "standard input" if file.path == STANDARD_INPUT else file.path
        jobs.append(Job(file.path, shown, language, as_json, outputs))
    return jobs


# -- the command --------------------------------------------------------------------------------------------------------------
@click.command(
    "read",
    epilog="""\b
Examples:
  ploughshare read A_RES_79_240.pdf
  ploughshare read resolutions/ --jobs 2 --json > mandates.jsonl
  ploughshare read draft.docx --html out/ --akn out/
  cat text.txt | ploughshare read - --language fr
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line instead of tables.")
@click.option("--akn", metavar="DIR", type=click.Path(file_okay=False), help="Write each resolution as Akoma Ntoso XML.")
@click.option("--markdown", metavar="DIR", type=click.Path(file_okay=False), help="Write each resolution as Markdown.")
@click.option("--html", metavar="DIR", type=click.Path(file_okay=False), help="Write each resolution as a page.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 256), default=1, show_default=True, help="Read on N cores.")
@click.option(
    "--language", type=click.Choice(["ar", "en", "es", "fr", "ru", "zh"]), help="Take this language instead of detecting it."
)
def command(
    paths: tuple[str, ...], as_json: bool, akn: str | None, markdown: str | None, html: str | None, jobs: int, language: str | None
) -> int:
    """Read resolutions in any of the six official languages, and say who must do what by when.

    PATH is a file, a folder, or - for standard input. Formats are told by content: plain text and Markdown, HTML, DOCX,
    DOC, PDF, and the UN's own Akoma Ntoso XML. Exit status: 0 all read, 1 some refused (the others are done), 64 wrong use.
    """
    if paths.count(STANDARD_INPUT) > 1:
        raise click.UsageError("Standard input (-) can be read once only.")
    refused = 0

    def refuse(sentence: str) -> None:
        nonlocal refused
        refused += 1
        click.echo(sentence, err=True)

    folders = {form: folder for form, folder in (("akn", akn), ("markdown", markdown), ("html", html)) if folder}
    found = files_of(paths, refuse)
    show = _printer(as_json)
    work_list = jobs_of(found, language, as_json, folders)
    with progress_of(found) as advance:
        for outcome in outcomes(work, work_list, min(jobs, len(work_list)) if work_list else 1, ended):
            if outcome.error is not None:
                refuse(outcome.error)
            else:
                show(outcome)
            advance()
    if not found and not refused:
        refuse(f"{', '.join(paths)}: there is no file here; name a file or a folder that holds some")
    return 1 if refused else 0


def _printer(as_json: bool) -> Callable[[Outcome], None]:
    if as_json:
        out = sys.stdout.buffer

        def write_line(outcome: Outcome) -> None:
            if outcome.line is not None:
                out.write(outcome.line)
                out.flush()

        return write_line
    from ploughshare.cli.table import show

    def show_table(outcome: Outcome) -> None:
        if outcome.reading is not None:
            show(outcome.reading, outcome.name)

    return show_table


def progress_of(found: list[Found]) -> Any:
    """A progress bar on standard error while there is much to do and somebody is looking."""

    def nothing() -> None:
        """Nobody is looking."""

    size = sum(_size(file.path) for file in found) if len(found) < LONG_FILES else LONG_BYTES
    if not sys.stderr.isatty() or size < LONG_BYTES:
        return nullcontext(nothing)
    from ploughshare.cli.table import bar

    return bar(len(found))


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
