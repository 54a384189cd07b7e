"""PDF → Text: whole paragraphs and whole footnotes, free of what the press put around them, each character with its place.

In come the bytes of a PDF, out goes a ``Text``. The steps stand beside this module: ``pdf_file`` opens the file,
``pdf_glyphs``, ``pdf_lines`` and ``pdf_rows`` make rows of its characters (``rtl`` reads Arabic), ``pdf_furniture`` sets
running heads and page numbers aside, ``pdf_columns`` orders the rows, ``pdf_feet`` takes the footnotes from the foot of the
pages, ``pdf_paragraphs`` says which rows belong together, and ``pdf_joints`` joins them. ``decoded`` is the text of all pages
row by row in that order, furniture included, pages parted by a form feed; spans point into it, and ``lines`` say where each
row stands on paper.
"""

from __future__ import annotations

from hashlib import sha256
from itertools import chain

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Block, Line, Place, Source, Text
from ploughshare.reading import rtl
from ploughshare.reading.detect import language_of
from ploughshare.reading.pdf_columns import Flow, flows, side_by_side
from ploughshare.reading.pdf_feet import is_typed_rule, notes_of, part, under_rule
from ploughshare.reading.pdf_file import pages_of
from ploughshare.reading.pdf_furniture import Sheet, body_size, pitch_of, sheets
from ploughshare.reading.pdf_joints import Joints, composed
from ploughshare.reading.pdf_page import Page, Row
from ploughshare.reading.pdf_paragraphs import Body, paragraphs


def read(data: bytes, name: str, language: str | None = None) -> Text:
    """What does this PDF say, as paragraphs and footnotes?

    The language is told from the words where it is not given. Raises UnreadableError for what has no text to read: a damaged or
    encrypted file, pictures of text, fonts that do not say which letters they draw.

    >>> read(b"%PDF-1.7", "79-47.pdf")
    Traceback (most recent call last):
    ploughshare.errors.UnreadableError: 79-47.pdf: the PDF is cut off: its last line is missing; get the file again
    """
    try:
        pages = pages_of(data)
        source = Source(name, sha256(data).hexdigest(), "pdf", None, len(data))
        return _text(pages, source, language)
    except UnreadableError as error:
        raise error.at(name) from error.__cause__


def _text(pages: list[Page], source: Source, language: str | None) -> Text:
    _in_order_of_speech(pages)
    size = body_size(pages)
    pitch = pitch_of(pages, size)
    taken = sheets(pages, size, pitch)
    feet = [under_rule(sheet.lines, sheet.page.rules, size) for sheet in taken]
    found = [flows(sheet.lines[:foot], pitch, sheet.page.gutter) for sheet, foot in zip(taken, feet, strict=True)]
    body = Body.of(chain.from_iterable(found), size, pitch)
    texts: list[list[Flow]] = []
    notes: list[list[Row]] = []
    for sheet, on_page, foot in zip(taken, found, feet, strict=True):
        text, at_foot = part(on_page, sheet.page.rules, body)
        texts.append(text)
        below = side_by_side(sheet.lines[foot:], sheet.page.gutter)
        notes.append(at_foot + (below[1:] if below and is_typed_rule(below[0]) else below))
        on_page.append(Flow(below))
    decoded, lines = _laid_out(taken, found)
    spoken = language or language_of(decoded)
    joints = Joints([row for page in pages for line in page.rows for row in line], spoken)
    footnotes = notes_of(notes, body)
    marks = frozenset(note.mark for note in footnotes if note.mark)
    blocks: list[Block] = []
    for paragraph in chain(paragraphs(texts, body), footnotes):
        block = composed(paragraph, joints, marks)
        if block is not None:
            blocks.append(block)
    return Text(source, spoken, decoded, tuple(blocks), lines)


def _in_order_of_speech(pages: list[Page]) -> None:
    """In a document of Arabic, the numbers of resolutions and spans of years the way they are read."""
    rows = [row for page in pages if page.right_to_left for line in page.rows for row in line]
    if not rows:
        return
    turn = not rtl.sessions_first(row.text for row in rows)
    for row in rows:
        row.text = rtl.years_in_order(rtl.turned(row.text) if turn else row.text)


def _laid_out(sheets: list[Sheet], flows: list[list[Flow]]) -> tuple[str, tuple[Line, ...]]:
    """The text of all pages row by row, and where each row stands."""
    parts: list[str] = []
    lines: list[Line] = []
    at = 0
    for sheet, found in zip(sheets, flows, strict=True):
        for row in chain(sheet.above, (row for flow in found for row in flow.rows), sheet.below):
            row.start = at
            lines.append(Line(at, at + len(row.text), Place(row.page, row.box)))
            parts.append(row.text)
            parts.append("\n")
            at += len(row.text) + 1
        parts.append("\f")
        at += 1
    return "".join(parts), tuple(lines)
