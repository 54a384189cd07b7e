"""Tables for the terminal: the mandates of a resolution as people want to see them, and the progress of long work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from rich.cells import cell_len
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text as Styled

from ploughshare.flow import Reading
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.model.mandate import Mandate
from ploughshare.model.resolution import Paragraph
from ploughshare.publishing.wording import Wording

#: A colour for each force: what binds most stands out most.
COLOURS = {"decide": "bold magenta", "request": "bold green", "call": "yellow", "encourage": "cyan"}
#: Without a terminal (a pipe, a file) a table is this wide.
WIDTH = 132
SNIPPET = 90
#: Label of a column → how wide it may grow before it wraps.
COLUMNS = {"paragraph_short": 12, "force": 9, "addressees": 22, "action": 13, "recipients": 12, "due": 16}
#: The words get at least this, even where a narrow terminal must then wrap the line.
LEAST = 16


def show(reading: Reading, name: str) -> None:
    """Print the table of one resolution."""
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    resolution, extraction = reading.resolution, reading.extraction
    console.print()
    console.print(
        Styled.assemble(
            (resolution.symbol or name, "bold"), "  ", (f"[{resolution.language}]", "dim"), "  ", resolution.title or ""
        ),
        soft_wrap=False,
    )
    facts = [fact for fact in (resolution.adopted, resolution.agenda_item, name if resolution.symbol else None) if fact]
    console.print(Styled(" · ".join(facts), "dim"))
    if extraction.mandates:
        console.print(_table(reading, console.width))
    else:
        console.print(Styled("–"))
    labels = Wording(interface_language())
    if extraction.no_mandate:
        console.print(Styled(f"{labels['no_mandate']}{labels.colon}{', '.join(extraction.no_mandate)}", "dim"))
    for unread in extraction.unread:
        console.print(Styled(f"{labels['unread']}{labels.colon}{unread.paragraph}{labels.colon}{unread.why}", "red"))


def interface_language() -> str:
    """Language of the headings: that of the terminal (``LC_ALL``, ``LC_MESSAGES``, ``LANG``) if it is official; English else."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        language = os.environ.get(variable, "")[:2].lower()
        if language in LANGUAGES:
            return language
    return "en"


def _table(reading: Reading, width: int) -> Table:
    paragraphs = {paragraph.id: paragraph for paragraph in reading.resolution.paragraphs}
    rows = [
        (
            m.paragraph,
            m.force,
            ", ".join(m.addressees) or "–",
            m.action,
            ", ".join(m.recipients),
            due_in_words(m.due),
            _words(m, paragraphs[m.paragraph]),
        )
        for m in reading.extraction.mandates
    ]
    table = Table(box=None, pad_edge=False, header_style="dim")
    left = width
    labels = Wording(interface_language())
    for place, (label, widest) in enumerate(COLUMNS.items()):
        heading = labels[label]
        column = min(widest, max(cell_len(heading), *(cell_len(row[place]) for row in rows)))
        table.add_column(heading, overflow="fold", width=column)
        left -= column + 2
    # The words take what is left: they are a reminder, the evidence has them all.
    table.add_column(labels["words"], no_wrap=True, overflow="ellipsis", width=max(left, LEAST))
    for row in rows:
        table.add_row(row[0], Styled(row[1], COLOURS[row[1]]), *row[2:6], Styled(row[6]))
    return table


def due_in_words(due: Mapping[str, Any] | None) -> str:
    """A due date in a few characters.

    >>> due_in_words({"session": 80}), due_in_words({"every": "year", "on": "09-26"}), due_in_words(None)
    ('session 80', 'every year 09-26', '')
    """
    if not due:
        return ""
    words = []
    for key, value in due.items():
        shown = (
            ", ".join(map(str, value))
            if isinstance(value, list)
            else due_in_words(value)
            if isinstance(value, Mapping)
            else str(value)
        )
        words.append(
            shown
            if key in ("on", "body", "date", "year", "years", "event")
            else f"{key.rstrip('s') if key != 'sessions' else 'session'} {shown}"
        )
    return " ".join(words)


def _words(mandate: Mandate, paragraph: Paragraph) -> str:
    """The words that the act was read from, as far as they fit."""
    place = mandate.evidence.span.start
    start = next((n for n in range(len(paragraph.text)) if paragraph.offsets.at(n) >= place), 0)
    return paragraph.text[start : start + SNIPPET]


@contextmanager
def bar(total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error; the call it gives counts one more file."""
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda: progress.advance(task)
