"""The text of a resolution as the tables hold it, ready for a template: paragraphs in pieces, footnotes, two languages aligned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec

from ploughshare.library.library import Library
from ploughshare.model.resolution import Citation, Footnote, Meeting, Paragraph, Report, Resolution, Verb, Vote
from ploughshare.model.text import Anchor, Offsets, Source, Span
from ploughshare.publishing.inline import Marked, NoteRef, Notes, closings, flow, own_anchors
from ploughshare.publishing.wording import Wording, annex_of, depth

_decode = msgspec.json.decode
#: Rows of the tables have no way back to the decoded input.
_NOWHERE = Offsets((0,), (0,))


class Piece(NamedTuple):
    """A run of words. ``kind`` and ``target``: words; a verb and its force; a citation and its target; a footnote and its place."""

    kind: str
    words: str
    target: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, or the words that close one (without an identifier). ``over`` is printed above: a part, an annex."""

    id: str
    key: str
    kind: str
    number: str
    pieces: Sequence[Piece]
    depth: int
    over: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in one language."""

    resolution: Resolution
    entry: int
    digest: str
    format: str
    name: str
    lines: Sequence[Line]
    notes: Sequence[tuple[str, Sequence[Piece], bool]] = field(default_factory=tuple)


def languages_of(library: Library, symbol: str) -> list[str]:
    """In which languages does the library hold a resolution?"""
    rows = library.database.rows("SELECT language FROM text WHERE symbol = ? ORDER BY language", (symbol,))
    return [language for (language,) in rows]


def text_of(library: Library, symbol: str, language: str) -> Shown | None:
    """The text of a resolution in a language, or None."""
    found = next(
        library.database.rows(
            "SELECT text.id, text.title, text.agenda_title, enacting, text.entry, digest, format, name "
            "FROM text LEFT JOIN original ON original.entry = text.entry WHERE text.symbol = ? AND text.language = ?",
            (symbol, language),
        ),
        None,
    )
    if found is None:
        return None
    text, title, agenda_title, enacting, entry, digest, form, name = found
    resolution, keys = _resolution(library, symbol, language, (text, title, agenda_title, enacting, digest, form, name))
    notes = Notes(resolution.footnotes)
    lines = tuple(_lines(resolution, keys, notes))
    left = {place for place, _ in notes.left()}
    listed = tuple(
        (note.mark, _pieces(note.text, (), _cited(note.citations), notes), place not in left)
        for place, note in enumerate(resolution.footnotes, 1)
    )
    return Shown(resolution, entry, digest or "", form or "", name or "", lines, listed)


def _resolution(library: Library, symbol: str, language: str, text: Sequence[Any]) -> tuple[Resolution, dict[str, str]]:
    """The resolution as far as the tables hold it, and what each paragraph is called in the text that others are aligned to."""
    identifier, title, agenda_title, enacting, digest, form, name = text
    database = library.database
    body, session, item, adopted, report, report_paragraph, committee, meeting, outcome, *counts = next(
        database.rows(
            "SELECT body, session, agenda_item, adopted, report, report_paragraph, committee, meeting, outcome, "
            "in_favour, against, abstaining FROM resolution WHERE symbol = ?",
            (symbol,),
        )
    )
    citations, in_notes = [], {}  # type: ignore[var-annotated]
    for paragraph, mark, words, target, start, stop in database.rows(
        "SELECT paragraph, mark, words, target, start, stop FROM citation WHERE text = ? ORDER BY place", (identifier,)
    ):
        citation = Citation(words, target, Span(0, 0), paragraph, start or 0, stop or 0)
        if paragraph is None:
            in_notes.setdefault(mark, []).append(citation)
        else:
            citations.append(citation)
    notes = tuple(
        Footnote(mark, words, _NOWHERE, tuple(in_notes.get(mark, ())))
        for mark, words in database.rows("SELECT mark, words FROM footnote WHERE text = ? ORDER BY place", (identifier,))
    )
    paragraphs, keys = [], {}
    for one, kind, number, words, closing, verbs, marks, aligned in database.rows(
        "SELECT id, kind, number, words, closing, verbs, marks, aligned FROM paragraph WHERE text = ? ORDER BY place", (identifier,)
    ):
        keys[one] = aligned or one
        leading = tuple(Verb(words[start:stop], lemma, force, start, stop) for lemma, force, start, stop in _decode(verbs))
        anchors = tuple(Anchor(*anchor) for anchor in _decode(marks))
        paragraphs.append(Paragraph(one, kind, number, words, _NOWHERE, leading, anchors, closing))
    return (
        Resolution(
            Source(name or "", digest or "", form or ""),
            language,
            symbol,
            body,
            session,
            title,
            item,
            agenda_title,
            adopted,
            None,
            Report(report, report_paragraph, committee) if report or committee else None,
            Meeting(meeting) if meeting is not None else None,
            enacting,
            tuple(paragraphs),
            notes,
            tuple(citations),
            vote=Vote(outcome, counts=tuple(counts)) if outcome else None,
        ),
        keys,
    )


def _lines(resolution: Resolution, keys: Mapping[str, str], notes: Notes) -> Iterator[Line]:
    wording = Wording(resolution.language)
    marks: dict[str, list[Marked[Citation | Verb]]] = {}
    for citation in resolution.citations:
        marks.setdefault(citation.paragraph or "", []).append(Marked(citation.start, citation.stop, citation))
    after = closings(resolution)
    annex, part = 0, ""
    for paragraph in resolution.paragraphs:
        over = ""
        if paragraph.kind == "annex" and annex_of(paragraph.id) > annex:
            annex = annex_of(paragraph.id)
            over = wording["annex"]
        elif (here := _part(paragraph.id)) != part:
            over = part = here
        own, _ = own_anchors(paragraph)
        verbs = [Marked[Citation | Verb](verb.start, verb.stop, verb) for verb in paragraph.verbs]
        below = depth(paragraph.id)
        number = wording.numbered(paragraph.number, point=below > 0) if paragraph.number is not None else "\u2022" if below else ""
        pieces = _pieces(paragraph.text, own, [*verbs, *marks.get(paragraph.id, ())], notes)
        yield Line(paragraph.id, keys[paragraph.id], paragraph.kind, number, pieces, min(below, 4), over)
        for owner in after.get(paragraph.id, ()):
            _, later = own_anchors(owner)
            yield Line(
                "", f"{keys[owner.id]} closing", owner.kind, "", _pieces(owner.closing, later, (), notes), min(depth(owner.id), 4)
            )


def _part(paragraph: str) -> str:
    """The lettered or Roman part that a paragraph belongs to."""
    first = paragraph.partition(".")[0]
    return first[1:] if first[:1] == "s" and first[1:].isupper() else ""


def _cited(citations: Sequence[Citation]) -> list[Marked[Citation | Verb]]:
    return [Marked(citation.start, citation.stop, citation) for citation in citations]


def _pieces(words: str, anchors: Sequence[Anchor], marks: Sequence[Marked[Citation | Verb]], notes: Notes) -> list[Piece]:
    found: list[Piece] = []
    for part in flow(words, anchors, marks):
        if isinstance(part, NoteRef):
            found.append(_note(part.mark, notes))
            continue
        for piece in part.parts:
            if isinstance(piece, NoteRef):
                found.append(_note(piece.mark, notes))
            elif isinstance(part.meaning, Verb):
                found.append(Piece("verb", piece, part.meaning.force))
            elif isinstance(part.meaning, Citation):
                found.append(Piece("citation", piece, part.meaning.target))
            else:
                found.append(Piece("words", piece))
    return found


def _note(mark: str, notes: Notes) -> Piece:
    place, first = notes.refer(mark)
    return Piece("note", mark, str(place or ""), first)


def beside(one: Sequence[Line], other: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    """Two texts of a resolution side by side: paragraph by paragraph, a lone one beside nothing."""
    places = {line.key: place for place, line in enumerate(other)}
    rows: list[tuple[Line | None, Line | None]] = []
    mine = {line.key for line in one}
    told = 0
    for line in one:
        place = places.get(line.key)
        if place is not None:
            # Only theirs, and before this one: told before it.
            rows += [(None, lone) for lone in other[told:place] if lone.key not in mine]
            told = max(told, place + 1)
        rows.append((line, other[place] if place is not None else None))
    return rows + [(None, lone) for lone in other[told:] if lone.key not in mine]
