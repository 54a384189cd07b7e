"""A page: what a view found for one visit, to be written as HTML, as JSON or as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from io import StringIO
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from ploughshare import __version__
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.library.library import Library

from .addresses import Links, mandate_path
from .overview import Overview
from .shelf import Moment, Shelf
from .tongue import NAMES, Tongue, tongue

#: The pages that every page leads to: path, and its name in the navigation. Further pages join here.
PAGES: list[tuple[str, str]] = [
    ("due", "What is due"),
    ("texts", "Texts"),
    ("agenda", "Agenda"),
    ("calendar", "Calendar"),
    ("states", "States"),
    ("treaties", "Treaties"),
    ("record", "Record"),
    ("about", "About"),
]
#: So many lines of a list stand on one page.
LINES = 50


class MissingError(Exception):
    """There is no such page; what to look at instead: (words, path)."""

    def __init__(self, what: str, nearest: Sequence[tuple[str, str]] = ()) -> None:
        self.what, self.nearest = what, tuple(nearest)
        super().__init__(what)


@dataclass
class Visit:
    """Somebody looks at the library: in a language, at a moment."""

    shelf: Shelf
    library: Library
    moment: Moment
    language: str
    #: Whether everything shown is of this very moment; else the page is not kept.
    fresh: bool = True

    @property
    def day(self) -> date:
        """The day that everything is told for."""
        return self.moment.day

    @property
    def tongue(self) -> Tongue:
        """The language of the interface."""
        return tongue(self.language)

    @property
    def overview(self) -> Overview:
        """Where everything stands."""
        found, fresh = self.shelf.overview(self.moment)
        self.fresh &= fresh
        return found

    def keep(self, name: str, make: Callable[[], Any]) -> Any:
        """Something that holds for every page of this moment, made once."""
        return self.shelf.keep(self.moment, name, make)


@dataclass
class Page:
    """What a page says. ``values`` is for its template, ``data`` for JSON, ``table`` (headings, rows) for CSV."""

    template: str
    path: str
    title: str
    values: dict[str, Any]
    data: Callable[[], Any]
    table: Callable[[], tuple[Sequence[str], Iterable[Sequence[Any]]]] | None = None
    query: dict[str, object] = field(default_factory=dict)
    #: Where in the navigation it belongs.
    under: str = ""
    status: int = 200
    #: Downloads of the same: (words, path of a file).
    downloads: Sequence[tuple[str, str]] = ()
    #: Other forms of it: ending of the address → its bytes.
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


def as_html(page: Page, language: str, day: date, links: Links) -> str:
    """The page as a document; everything that comes from the library is escaped by the templates."""
    words = tongue(language)

    def to(path: str, at: str = "", **query: object) -> str:
        return links.page(path, language, query, at)

    return (
        _templates()
        .get_template(f"{page.template}.html")
        .render(
            page=page,
            _=words,
            t=words,
            to=to,
            links=links,
            day=day,
            language=language,
            languages=[(code, NAMES[code]) for code in LANGUAGES],
            pages=PAGES,
            mandate_path=mandate_path,
            version=__version__,
            **page.values,
        )
    )


def as_json(page: Page) -> bytes:
    """The page as JSON."""
    return msgspec.json.encode(page.data())


def as_csv(page: Page) -> bytes:
    """The table of the page as CSV with a first line of names (RFC 4180). No cell begins like a formula."""
    headings, rows = page.table() if page.table else ((), ())
    out = StringIO()
    write = csv.writer(out)
    write.writerow(headings)
    write.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Any) -> str:
    said = "" if value is None else ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{said}" if said[:1] in ("=", "+", "-", "@", "\t", "\r") else said


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a long list."""

    lines: Sequence[Any]
    number: int
    last: int
    total: int


def sheet(visit: Visit, lines: Sequence[Any], number: int, path: str, size: int = LINES) -> Sheet:
    """The lines of page ``number`` (from 1) of the list at ``path``; MissingError past the last."""
    last = max(1, -(-len(lines) // size))
    if not 1 <= number <= last:
        said = visit.tongue("The list has {n} pages.").format(n=visit.tongue.number(last))
        raise MissingError(said, [(visit.tongue("Page {n} of {m}").format(n=1, m=last), path)])
    return Sheet(lines[(number - 1) * size : number * size], number, last, len(lines))


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader(__package__, "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        auto_reload=False,
    )
