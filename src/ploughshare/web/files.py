"""The site as a folder of files: the same pages, with links from file to file, for any web server or a USB stick."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ploughshare.errors import RecordError
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.tracking.states import states
from ploughshare.tracking.terms import all_terms

from .addresses import Lying, file_of
from .app import STATIC, static
from .downloads import WRITERS, feed, proof_of
from .page import LINES, MissingError, Page, Visit, as_html
from .shelf import Pinned, Shelf
from .tongue import NAMES
from .views import about, agenda, calendar, due, mandate, record, resolution, series, texts, treaties
from .views import states as states_view

#: A page: its place (empty: that of the page itself), its name among the views, and what it takes.
Wanted = tuple[str, str, tuple[object, ...]]
#: So many pages go to a process at a time.
BATCH = 200

VIEWS: dict[str, Callable[..., Page]] = {
    "front": due.front,
    "list": due.listed,
    "mandate": mandate.mandate,
    "resolution": resolution.resolution,
    "series": series.series,
    "agenda": agenda.agenda,
    "calendar": calendar.calendar,
    "month": calendar.month,
    "states": states_view.states,
    "state": states_view.state,
    "treaties": treaties.treaties,
    "treaty": treaties.treaty,
    "record": record.record,
    "entry": record.entry,
    "texts": texts.texts,
    "texts_by": texts.texts_by,
    "about": about.about,
}


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing: how many pages were written, and into which folder."""

    folder: Path
    pages: int


def publish(
    library: Path,
    into: Path,
    *,
    languages: Sequence[str] = LANGUAGES,
    on: date | None = None,
    jobs: int = 1,
    bulk: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Published:
    """Write the site of a library as files below ``into``; ``index.html`` leads to the front page of the first language.

    ``bulk``: with everything as JSON Lines and SQLite. Files that are there are written over, others are left alone.
    """
    shelf = Shelf(library, on)
    try:
        moment = shelf.moment()
        overview, __ = shelf.overview(moment)
        pinned = Pinned(moment, overview)
        with shelf.reading() as one:
            wanted = [(language, page) for language in languages for page in pages(Visit(shelf, one, moment, language))]
            _extras(Visit(shelf, one, moment, languages[0]), into, languages, bulk)
    finally:
        shelf.close()
    done = 0
    for count in _written(library, into, pinned, wanted, jobs):
        done += count
        if progress:
            progress(done, len(wanted))
    return Published(into, done)


def _written(library: Path, into: Path, pinned: Pinned, wanted: Sequence[tuple[str, Wanted]], jobs: int) -> Iterator[int]:
    """Write the pages, here or in several processes; how many were written, batch by batch."""
    batches = [wanted[start : start + BATCH] for start in range(0, len(wanted), BATCH)]
    if jobs < 2 or len(batches) < 2:
        _begin(library, into, pinned)
        yield from map(_write, batches)
        _end()
        return
    # Forked, so that what was looked up once is there in each.
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(jobs, context, _begin, (library, into, pinned)) as pool:
        yield from pool.map(_write, batches)


_here: list[tuple[Shelf, Path, Pinned]] = []


def _begin(library: Path, into: Path, pinned: Pinned) -> None:
    _here[:] = [(Shelf(library, pinned=pinned), into, pinned)]


def _end() -> None:
    _here.pop()[0].close()


def _write(batch: Sequence[tuple[str, Wanted]]) -> int:
    """Write some pages; how many. A page that is not there for this library (a list that became shorter) is passed over."""
    shelf, into, pinned = _here[0]
    count = 0
    with shelf.reading() as library:
        for language, (place, name, takes) in batch:
            visit = Visit(shelf, library, pinned.moment, language)
            try:
                page = VIEWS[name](visit, *takes)
            except MissingError:
                continue
            file = file_of(place or page.path, language, page.query)
            html = as_html(page, language, visit.day, Lying(file))
            _put(into / file, html.encode("utf-8", "replace"))
            count += 1
    return count


def _extras(visit: Visit, into: Path, languages: Sequence[str], bulk: bool) -> None:
    """What is no page: the style, calendars, the checkpoint and the proofs, all of it as JSON Lines and SQLite."""
    for name in STATIC:
        if not name.endswith(".js"):
            _put(into / "static" / name, static(name))
    for language in languages:
        _put(into / language / "calendar.ics", feed(Visit(visit.shelf, visit.library, visit.moment, language)))
    log = visit.library.record
    if newest := log.latest():
        _put(into / "record" / "checkpoint", bytes(newest))
        for index in range(log.size):
            try:
                _put(into / "record" / f"{index}.tlog-proof", proof_of(visit.library, index))
            except RecordError:  # it came after the last checkpoint
                break
    for name, write in WRITERS.items() if bulk else ():
        (into / "bulk").mkdir(parents=True, exist_ok=True)
        write(visit.library, visit.moment, into / "bulk" / name)
    links = "".join(f'<li><a href="{code}/index.html" lang="{code}">{NAMES[code]}</a></li>' for code in languages)
    start = f'<meta http-equiv="refresh" content="0; url={languages[0]}/index.html">' if len(languages) == 1 else ""
    _put(
        into / "index.html",
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">{start}<title>Ploughshare</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="static/site.css"></head>'
        f"<body><main><h1>Ploughshare</h1><ul>{links}</ul></main></body></html>\n".encode(),
    )


def _put(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def pages(visit: Visit) -> Iterator[Wanted]:
    """Every page of one language: its name among the views, and what the view takes."""
    database = visit.library.database
    overview = visit.overview
    yield "index", "front", ()
    for name in ("front", "calendar", "states", "treaties", "texts", "about"):
        yield "", name, ()
    for slug, state in due.SLUGS.items():
        lists = [None, *(code for code, counted in overview.addressees() if counted[state])]
        for code in lists:
            count = len(overview.listed(state, code))
            yield from (("", "list", (slug, code, n)) for n in _numbers(count, LINES))
    yield from (("", "front", (code,)) for code, __ in overview.addressees())
    for symbol in resolution.every(visit.library):
        yield "", "resolution", (symbol,)
    yield from (("", "mandate", (line.id,)) for line in overview.lines)
    held = {symbol for (symbol,) in database.rows("SELECT symbol FROM resolution")}
    for name in [name for (name,) in database.rows("SELECT DISTINCT series FROM series ORDER BY series")]:
        members = [m for (m,) in database.rows("SELECT symbol FROM series WHERE series = ? ORDER BY place", (name,))]
        there = [member for member in members if member in held]
        yield "", "series", (name,)
        yield from (("", "series", (name, step)) for step in there[1:])
    yield from (("", "agenda", (session,)) for session in agenda.sessions(visit.day))
    yield "agenda", "agenda", ()
    for month in calendar.months(visit):
        yield from (("", "month", (month, n)) for n in _numbers(len(overview.months.get(month, ())), calendar.LINES))
    yield from (("", "state", (state.iso3,)) for state in states())
    yield from (("", "treaty", (code,)) for code in all_terms())
    size = visit.library.record.size
    yield from (("", "record", (n,)) for n in _numbers(size, LINES))
    yield from (("", "entry", (n,)) for n in range(size))
    for kind, listed in texts.listings(visit).items():
        for key, __, count in listed:
            yield from (("", "texts_by", (kind, key, n)) for n in _numbers(count, texts.LINES))


def _numbers(count: int, size: int) -> range:
    return range(1, max(1, -(-count // size)) + 1)
