"""What is downloaded: proofs and the checkpoint, the calendar, and the whole library as JSON Lines and SQLite."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import apsw
import msgspec
from litestar import Request, get
from litestar.exceptions import NotFoundException
from litestar.response import File, Response

from ploughshare.errors import RecordError
from ploughshare.library.founding import TABLES
from ploughshare.library.library import Library
from ploughshare.publishing.ical import to_ical
from ploughshare.publishing.status import standing_json
from ploughshare.recording.proof import ENDING, prove
from ploughshare.tracking.sessions import sittings
from ploughshare.tracking.standing import standings

from .overview import LISTS
from .page import Visit
from .routes import Part, Spoken, in_thread
from .shelf import Moment, Shelf
from .views.standing import by_ids

#: A calendar of more events is nobody's.
EVENTS = 2000
#: What its time has passed longer ago stands on no calendar.
LATELY = timedelta(365)


def lines(library: Library, moment: Moment) -> Iterator[bytes]:
    """Each resolution with its texts and what it asks, as one line of JSON."""
    database = library.database
    columns = "symbol, body, session, title, agenda_item, agenda_title, adopted, report, committee, in_favour, against, abstaining"
    for row in database.rows(f"SELECT {columns} FROM resolution ORDER BY symbol"):
        said: dict[str, Any] = dict(zip(columns.split(", "), row, strict=True))
        symbol = said["symbol"]
        said["texts"] = {
            language: {
                "title": title,
                "enacting": enacting,
                "paragraphs": [
                    {"id": one, "kind": kind, "number": number, "text": words, "closing": closing}
                    for one, kind, number, words, closing in database.rows(
                        "SELECT id, kind, number, words, closing FROM paragraph WHERE text = ? ORDER BY place", (text,)
                    )
                ],
                "footnotes": [
                    {"mark": mark, "text": words}
                    for mark, words in database.rows("SELECT mark, words FROM footnote WHERE text = ? ORDER BY place", (text,))
                ],
            }
            for text, language, title, enacting in list(
                database.rows("SELECT id, language, title, enacting FROM text WHERE symbol = ? ORDER BY language", (symbol,))
            )
        }
        said["mandates"] = [
            standing_json(standing, "en") for standing in standings(library, "WHERE undertaking.symbol = ?", (symbol,), moment.day)
        ]
        said["votes"] = dict(database.rows('SELECT state, "cast" FROM vote WHERE symbol = ? ORDER BY state', (symbol,)))
        said["sponsors"] = [
            name for (name,) in database.rows("SELECT state FROM sponsor WHERE symbol = ? ORDER BY state", (symbol,))
        ]
        said["subjects"] = [label for (label,) in database.rows("SELECT label FROM subject WHERE symbol = ?", (symbol,))]
        yield msgspec.json.encode(said) + b"\n"


def write_lines(library: Library, moment: Moment, path: Path) -> None:
    """All of it as a file of JSON Lines."""
    with path.open("wb") as out:
        out.writelines(lines(library, moment))


def write_tables(library: Library, __: Moment, path: Path) -> None:
    """The derived tables as one SQLite file, whole as of one moment."""
    path.unlink(missing_ok=True)
    source = apsw.Connection(str(library.folder / TABLES), flags=apsw.SQLITE_OPEN_READONLY)
    target = apsw.Connection(str(path))
    try:
        with target.backup("main", source, "main") as backup:
            while not backup.done:
                backup.step(1000)
        for __one in target.execute("PRAGMA journal_mode = DELETE"):
            pass
    finally:
        target.close()
        source.close()


WRITERS: dict[str, Callable[[Library, Moment, Path], None]] = {"resolutions.jsonl": write_lines, "library.sqlite": write_tables}


class Bulk:
    """Files of everything, made when somebody asks for them and kept until the library changes."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="ploughshare-")
        self._lock = threading.Lock()
        self._made: dict[str, Moment] = {}

    def file(self, shelf: Shelf, name: str) -> Path:
        """The file of this moment."""
        moment = shelf.moment()
        path = Path(self._folder.name) / name
        with self._lock:
            if self._made.get(name) != moment:
                fresh = path.with_name(f"new.{name}")
                with shelf.reading() as library:
                    WRITERS[name](library, moment, fresh)
                # Whoever is reading the old one goes on reading it.
                os.replace(fresh, path)  # noqa: PTH105
                self._made[name] = moment
        return path

    def close(self) -> None:
        """Remove the files."""
        self._folder.cleanup()


def feed(visit: Visit) -> bytes:
    """The calendar for other programs: what waits for an act, what its time has passed lately, and the sessions of bodies."""
    start = (visit.day - LATELY).isoformat()
    lines = [line for state in LISTS for line in visit.overview.lists.get(state, ()) if line.last and line.last >= start]
    known = sittings(visit.library.folder / "calendar.toml").values()
    found = by_ids(visit, [line.id for line in lines[:EVENTS]])
    return to_ical(found, known, visit.language, name=f"Ploughshare: {visit.library.folder.name}")


def proof_of(library: Library, index: int) -> bytes:
    """The inclusion proof of an entry, as a file."""
    return bytes(prove(library.record, index))


@get("/record/{name:str}", tags=["downloads"], media_type="application/octet-stream")
async def record_file(request: Request[Any, Any, Any], name: Part) -> Response[bytes]:
    """``checkpoint``: the newest one; ``12.tlog-proof``: the inclusion proof of an entry."""
    shelf: Shelf = request.app.state.shelf

    def find() -> bytes | None:
        with shelf.reading() as library:
            if name == "checkpoint":
                newest = library.record.latest()
                return bytes(newest) if newest else None
            number, ending = name[: -len(ENDING)], name[-len(ENDING) :]
            if ending != ENDING or not number.isdecimal() or not number.isascii() or len(number) > 9:
                return None
            try:
                return proof_of(library, int(number))
            except RecordError:
                return None

    found = await in_thread(find)
    if found is None:
        raise NotFoundException
    kind = "text/plain" if name == "checkpoint" else "application/octet-stream"
    return Response(found, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})


@get("/{language:str}/calendar.ics", tags=["downloads"], media_type="text/calendar")
async def calendar_file(request: Request[Any, Any, Any], language: Spoken) -> Response[bytes]:
    """What is due, and the sessions of bodies, for calendar programs."""
    shelf: Shelf = request.app.state.shelf

    def find() -> bytes:
        moment = shelf.moment()
        with shelf.reading() as library:
            return feed(Visit(shelf, library, moment, language))

    return Response(await in_thread(find), media_type="text/calendar")


@get("/bulk/{name:str}", tags=["downloads"], media_type="application/octet-stream")
async def bulk_file(request: Request[Any, Any, Any], name: Part) -> File:
    """The whole library: ``resolutions.jsonl`` or ``library.sqlite``."""
    if name not in WRITERS:
        raise NotFoundException
    path = await in_thread(lambda: request.app.state.bulk.file(request.app.state.shelf, name))
    kind = "application/jsonl" if name.endswith("jsonl") else "application/vnd.sqlite3"
    return File(path, filename=name, media_type=kind)


HANDLERS = [record_file, calendar_file, bulk_file]
