"""Where texts are found without searching: by body, by year, by subject."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from ..page import MissingError, Page, Visit, sheet
from .standing import titles

#: So many texts stand on one page of a list.
LINES = 100
KINDS = ("body", "year", "subject")


def subject_key(label: str) -> str:
    """What a subject is called in an address: subjects are words of any language, with any signs in them."""
    return sha256(label.encode("utf-8", "replace")).hexdigest()[:10]


def listings(visit: Visit) -> dict[str, list[tuple[str, str, int]]]:
    """For each kind of list: (key, name, how many texts)."""

    def make() -> dict[str, list[tuple[str, str, int]]]:
        rows = visit.library.database.rows
        return {
            "body": [
                (b, b, n) for b, n in rows("SELECT coalesce(body, '-'), count(*) FROM resolution GROUP BY 1 ORDER BY 2 DESC, 1")
            ],
            "year": [
                (y, y, n)
                for y, n in rows("SELECT coalesce(substr(adopted, 1, 4), '-'), count(*) FROM resolution GROUP BY 1 ORDER BY 1 DESC")
            ],
            "subject": [
                (subject_key(label), label, n)
                for label, n in rows("SELECT label, count(DISTINCT symbol) FROM subject GROUP BY 1 ORDER BY 1")
            ],
        }

    found: dict[str, list[tuple[str, str, int]]] = visit.keep("listings", make)
    return found


def texts(visit: Visit) -> Page:
    """The lists there are, and the newest texts."""
    _ = visit.tongue
    found = listings(visit)
    newest = [
        (symbol, adopted)
        for symbol, adopted in visit.library.database.rows(
            "SELECT symbol, adopted FROM resolution ORDER BY adopted DESC, session DESC, symbol DESC LIMIT 20"
        )
    ]
    rows = _rows(visit, newest)
    return Page(
        "texts",
        "texts",
        _("Texts"),
        {
            "rows": rows,
            "kinds": [
                ("body", _("By body"), [(key, _.who([name]), n) for key, name, n in found["body"]]),
                ("year", _("By year"), found["year"]),
                ("subject", _("By subject"), found["subject"][:400]),
            ],
        },
        lambda: {
            "newest": [symbol for symbol, __ in newest],
            **{kind: [{"key": key, "name": name, "texts": n} for key, name, n in found[kind]] for kind in KINDS},
        },
        lambda: (("kind", "key", "name", "texts"), [(kind, *row) for kind in KINDS for row in found[kind]]),
        under="texts",
        downloads=[("JSON Lines", "bulk/resolutions.jsonl"), ("SQLite", "bulk/library.sqlite")],
    )


def texts_by(visit: Visit, kind: str, key: str, page: int = 1) -> Page:
    """The texts of one body, year or subject, the newest first."""
    _ = visit.tongue
    name = next((name for known, name, __ in listings(visit).get(kind, []) if known == key), None)
    if name is None:
        raise MissingError(_("There is no such list."), [(_("Texts"), "texts")])
    where = {
        "body": "coalesce(body, '-') = ?",
        "year": "coalesce(substr(adopted, 1, 4), '-') = ?",
        "subject": "symbol IN (SELECT symbol FROM subject WHERE label = ?)",
    }[kind]
    found = [
        (symbol, adopted)
        for symbol, adopted in visit.library.database.rows(
            f"SELECT symbol, adopted FROM resolution WHERE {where} ORDER BY adopted DESC, length(symbol) DESC, symbol DESC", (name,)
        )
    ]
    part = sheet(visit, found, page, f"texts/{kind}/{key}", LINES)
    rows = _rows(visit, part.lines)
    return Page(
        "texts_by",
        f"texts/{kind}/{key}",
        _.who([name]) if kind == "body" else name,
        {"rows": rows, "sheet": part},
        lambda: {
            kind: name,
            "total": part.total,
            "page": part.number,
            "pages": part.last,
            "texts": [{"symbol": symbol, "adopted": adopted, "title": title} for symbol, adopted, title, __ in rows],
        },
        lambda: (("symbol", "adopted", "title"), [(symbol, adopted, title) for symbol, adopted, title, __ in rows]),
        query={"page": page if page > 1 else None},
        under="texts",
    )


def _rows(visit: Visit, found: Sequence[tuple[str, str | None]]) -> list[tuple[str, str | None, str, str]]:
    names = titles(visit, [symbol for symbol, __ in found])
    return [(symbol, adopted, *names.get(symbol, ("", ""))) for symbol, adopted in found]
