"""A resolution: its text with what it asks, who cites it and what it cites, and how it was adopted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ploughshare.errors import UnknownError
from ploughshare.flow import read_mandates
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.library.consensus import PREFERRED
from ploughshare.library.library import Library
from ploughshare.publishing.akn import to_akn
from ploughshare.publishing.links import link
from ploughshare.publishing.markdown import to_markdown
from ploughshare.publishing.wording import facts, printed_title
from ploughshare.tracking.standing import status
from ploughshare.tracking.states import state

from ..page import MissingError, Page, Visit
from ..pictures import Ballot, votes_picture
from ..tongue import NAMES
from . import text as texts
from .standing import COLUMNS, Shown, as_data, as_rows, shown, titles

#: So many of the texts that cite a resolution are shown, the newest.
CITING = 60


def resolution(visit: Visit, symbol: str, text: str | None = None, beside: str | None = None) -> Page:
    """The page of a resolution; ``text``: the language of the text, ``beside``: another next to it."""
    _ = visit.tongue
    library = visit.library
    there = texts.languages_of(library, symbol)
    if not there:
        raise missing(visit, symbol)
    for asked in (text, beside):
        if asked is not None and asked not in there:
            said = _("The library does not hold this text in that language.")
            raise MissingError(said, [(f"{symbol}: {NAMES[one]}", symbol) for one in there])
    chosen = text or next(one for one in (visit.language, *PREFERRED) if one in there)
    left = texts.text_of(library, symbol, chosen)
    right = texts.text_of(library, symbol, beside) if beside and beside != chosen else None
    if left is None:
        raise missing(visit, symbol)
    found = status(library, symbol, visit.day)
    by_paragraph: dict[str, list[Shown]] = {}
    for one in shown(visit, found):
        by_paragraph.setdefault(one.asked.paragraph, []).append(one)
    of, ballots = left.resolution, _ballots(library, symbol)
    cites, cited_by = _cites(library, symbol), _cited_by(library, symbol)
    names = titles(visit, [*cites, *(other for other, __ in cited_by[:CITING])])
    targets = {piece.target for line in left.lines for piece in line.pieces if piece.kind == "citation"}
    targets |= {piece.target for _mark, pieces, _back in left.notes for piece in pieces if piece.kind == "citation"}
    if right:
        targets |= {piece.target for line in right.lines for piece in line.pieces if piece.kind == "citation"}
    series = library.database.value("SELECT series FROM series WHERE symbol = ?", (symbol,))
    subjects = [label for (label,) in library.database.rows("SELECT label FROM subject WHERE symbol = ?", (symbol,))]
    sponsors = [name for (name,) in library.database.rows("SELECT state FROM sponsor WHERE symbol = ? ORDER BY state", (symbol,))]
    query = {"text": text, "beside": beside}
    return Page(
        "resolution",
        symbol,
        printed_title(of, _.words),
        {
            "symbol": symbol,
            "text": left,
            "other": right,
            "rows": texts.beside(left.lines, right.lines) if right else [(line, None) for line in left.lines],
            "there": [(one, NAMES[one]) for one in LANGUAGES if one in there],
            "chosen": chosen,
            "facts": facts(of, _.words),
            "asked": by_paragraph,
            "held": _held(library, targets),
            "external": {target: link(target, chosen) for target in targets},
            "cites": [(target, *names.get(target, ("", ""))) for target in cites],
            "cited_by": [(other, places, *names.get(other, ("", ""))) for other, places in cited_by[:CITING]],
            "cited_by_total": len(cited_by),
            "ballots": ballots,
            "picture": votes_picture(ballots),
            "series": series,
            "subjects": subjects,
            "sponsors": sponsors,
            "forces": {force: _.words.force(force) for force in ("decide", "request", "call", "encourage", "state")},
        },
        lambda: {
            "symbol": symbol,
            "languages": there,
            **{
                name: getattr(of, name)
                for name in ("language", "body", "session", "title", "agenda_item", "agenda_title", "adopted", "enacting")
            },
            "paragraphs": [
                {"id": p.id, "kind": p.kind, "number": p.number, "text": p.text, "closing": p.closing, "footnotes": p.marks}
                for p in of.paragraphs
            ],
            "footnotes": [{"mark": note.mark, "text": note.text} for note in of.footnotes],
            "beside": right
            and {
                "language": right.resolution.language,
                "pairs": [[a and a.id, b and b.id] for a, b in texts.beside(left.lines, right.lines)],
                "paragraphs": [{"id": p.id, "text": p.text} for p in right.resolution.paragraphs],
            },
            "mandates": as_data(visit, found),
            "cites": cites,
            "cited_by": [{"symbol": other, "paragraphs": places} for other, places in cited_by],
            "votes": [{"state": b.name, "iso3": b.iso3, "cast": b.cast} for b in ballots],
            "sponsors": sponsors,
            "subjects": subjects,
            "series": series,
            "source": {"entry": left.entry, "sha256": left.digest, "format": left.format, "name": left.name},
        },
        lambda: (COLUMNS, as_rows(visit, found)),
        query={name: value for name, value in query.items() if value},
        under="texts",
        downloads=[
            (name, f"{visit.language}/{symbol}.{ending}?text={chosen}")
            for name, ending in (("Akoma Ntoso", "akn"), ("Markdown", "md"))
        ],
        files={"akn": lambda: _again(library, left, "akn"), "md": lambda: _again(library, left, "md")},
    )


def _again(library: Library, text: texts.Shown, form: str) -> bytes:
    """The original read once more, and written in another form: the tables do not hold all of it."""
    reading = read_mandates(library.originals.bytes_of(text.digest), text.name, text.resolution.language)
    if form == "akn":
        return to_akn(reading.resolution, reading.extraction)
    return to_markdown(reading.resolution, reading.extraction).encode("utf-8", "replace")


def missing(visit: Visit, symbol: str) -> MissingError:
    """A symbol that is not in the library: who cites it, and what is near."""
    _ = visit.tongue
    library = visit.library
    if not symbol or len(symbol) > 200 or not symbol.isprintable():
        return MissingError(_("There is no such page."), [(_("What is due"), "due"), (_("Texts"), "texts")])
    near = [(other, other) for other, __ in _cited_by(library, symbol)[:5]]
    rows = library.database.rows(
        "SELECT symbol FROM (SELECT symbol FROM resolution WHERE symbol >= ?1 ORDER BY symbol LIMIT 3) "
        "UNION SELECT symbol FROM (SELECT symbol FROM resolution WHERE symbol < ?1 ORDER BY symbol DESC LIMIT 2)",
        (symbol.upper(),),
    )
    near += [(other, other) for (other,) in rows if (other, other) not in near]
    return MissingError(_("{symbol} is not in this library.").format(symbol=symbol), near)


def _held(library: Library, targets: Iterable[str]) -> set[str]:
    """Which documents does the library hold?"""
    wanted = sorted(targets)[:900]
    marks = ", ".join("?" * len(wanted))
    return {one for (one,) in library.database.rows(f"SELECT symbol FROM resolution WHERE symbol IN ({marks})", tuple(wanted))}


def _cites(library: Library, symbol: str) -> list[str]:
    """The resolutions of the library that a text cites."""
    rows = library.database.rows(
        "SELECT DISTINCT target FROM citation JOIN text ON text.id = citation.text JOIN resolution ON resolution.symbol = target "
        "WHERE text.symbol = ?1 AND target != ?1 ORDER BY target",
        (symbol,),
    )
    return [target for (target,) in rows]


def _cited_by(library: Library, symbol: str) -> list[tuple[str, list[str]]]:
    """The texts that cite a document, the newest first, with the paragraphs that do."""
    rows = library.database.rows(
        "SELECT DISTINCT text.symbol, coalesce(citation.paragraph, '') FROM citation JOIN text ON text.id = citation.text "
        "JOIN resolution ON resolution.symbol = text.symbol WHERE target = ?1 AND text.symbol != ?1 "
        "ORDER BY adopted DESC, text.symbol DESC, citation.place",
        (symbol,),
    )
    found: dict[str, list[str]] = {}
    for other, paragraph in rows:
        places = found.setdefault(other, [])
        if paragraph and paragraph not in places:
            places.append(paragraph)
    return list(found.items())


def _ballots(library: Library, symbol: str) -> list[Ballot]:
    rows = library.database.rows('SELECT state, "cast" FROM vote WHERE symbol = ? ORDER BY state', (symbol,))
    return [Ballot(name, iso3_of(name), cast) for name, cast in rows]


_KNOWN: dict[str, str] = {}


def iso3_of(name: str) -> str:
    """The code of a State as the record of a vote prints it; empty where none is known."""
    if name not in _KNOWN:
        if len(_KNOWN) > 5000:
            _KNOWN.clear()
        _KNOWN[name] = next((code for code in map(_code, (name, name.partition(" (")[0])) if code), "")
    return _KNOWN[name]


def _code(name: str) -> str:
    try:
        return state(name).iso3
    except UnknownError:
        return ""


def known_names(visit: Visit) -> Mapping[str, list[str]]:
    """Each State → the names under which votes and sponsors of this library print it."""

    def make() -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for (name,) in visit.library.database.rows("SELECT DISTINCT state FROM vote UNION SELECT DISTINCT state FROM sponsor"):
            if code := iso3_of(name):
                found.setdefault(code, []).append(name)
        return found

    names: dict[str, list[str]] = visit.keep("names", make)
    return names


def every(library: Library) -> list[Any]:
    """The symbols of all resolutions."""
    return [symbol for (symbol,) in library.database.rows("SELECT symbol FROM resolution ORDER BY symbol")]
