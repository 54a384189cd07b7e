"""DOCX → Text: paragraphs with their automatic numbers, and real footnotes and endnotes.

In come the bytes of a WordprocessingML file (ECMA-376, transitional or strict), out goes its text as it reads with all
tracked changes accepted. Spans point into ``decoded``, which for this format is our own writing of it: one paragraph a line,
number in front, then a line for each note that begins with its mark. Running headers and footers are left out, but for the
header of a cover that bears the symbol of the document: its paragraphs come first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from lxml import etree

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Source, Text
from ploughshare.reading.detect import language_of
from ploughshare.reading.docx_numbering import Numbering, W, integer, is_on
from ploughshare.reading.docx_package import Package
from ploughshare.reading.numerals import numeral
from ploughshare.reading.writing import Passage, Piece, Writing

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = W + "val"

_SYMBOL = re.compile(r"(?<!\w)[A-Z]{1,5}/(?:[\w().-]+/)*[\w().-]*\d")
# What is deleted or moved away, properties, and content given twice over are not read.
_SKIPPED = frozenset(
    (
        *(W + name for name in ("del", "moveFrom", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sdtPr", "sdtEndPr", "rt", "instrText")),
        *(W + name for name in ("delText", "delInstrText", "footnoteRef", "endnoteRef", "annotationRef", "sectPr", "pgNum")),
        _MC + "Fallback",
    )
)
_BREAKS = frozenset(W + name for name in ("tab", "br", "cr", "ptab"))
_MOST_NESTED, _MOST_BOXES = 400, 8
#: Code points of the Symbol font that are not where ASCII has them.
_SYMBOLS = {0xA2: "\u2032", 0xA7: "\u2022", 0xA8: "\u2022", 0xB0: "\u00b0", 0xB2: "\u2033", 0xB7: "\u2022", 0xD7: "\u00b7"}


@dataclass(slots=True)
class _Notes:
    """The footnotes or the endnotes of a document: where their texts are, how they count, and which were met so far."""

    texts: dict[str, etree._Element]
    style: str
    next: int
    met: list[tuple[str, etree._Element, bool]] = field(default_factory=list)

    def mark(self, identifier: str, custom: str | None) -> str:
        """The mark of the note that is referred to here."""
        mark = custom or ""
        if custom is None:
            mark = numeral(self.next, self.style)
            self.next += 1
        note = self.texts.get(identifier)
        if note is not None and mark:
            self.met.append((mark, note, custom is not None))
        return mark


def read(data: bytes, name: str, language: str | None = None) -> Text:
    """What does this Word document say?

    Numbers of automatic lists are counted and written as Word prints them; insertions count, deletions do not; what a field
    shows is read, not how it is computed. Notes come in the order of the references to them, under the marks that Word prints.

    >>> from io import BytesIO
    >>> from zipfile import ZipFile
    >>> body = "<w:body><w:p><w:r><w:t>Asks </w:t></w:r><w:del><w:r><w:delText>some</w:delText></w:r></w:del>"
    >>> body += "<w:ins><w:r><w:t>all.</w:t></w:r></w:ins></w:p></w:body>"
    >>> with ZipFile(file := BytesIO(), "w") as made:
    ...     made.writestr("word/document.xml", f"<w:document xmlns:w='{W[1:-1]}'>{body}</w:document>")
    >>> [block.text for block in read(file.getvalue(), "towns.docx").blocks]
    ['Asks all.']
    """
    package = Package(data)
    root = package.xml(package.main)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise UnreadableError(
            f"the DOCX file has no text: {package.main} is missing or is something else",
            advice="open it in a word processor and save it anew",
        )
    story = _Story(package, body)
    passages = list(story.passages(body))
    symbol, cover = _cover(package, body, story)
    if symbol and not any(symbol in passage.text for passage in passages[:40]):
        passages[:0] = cover
    writing = Writing()
    writing.paragraphs(passages)
    for notes in story.notes.values():
        # A note may refer to another one, which then is met while we read.
        for mark, note, custom in notes.met:
            writing.note(mark, story.passages(note), custom=custom)
    decoded, blocks = writing.text()
    if not blocks:
        raise UnreadableError("the DOCX file holds no text", advice="if it holds a picture of one, let OCR make text of it")
    source = Source(name, sha256(data).hexdigest(), "docx", None, len(data))
    return Text(source, language or language_of(decoded), decoded, blocks)


class _Story:
    """Reads paragraphs out of the body, a note or a header, counting lists and notes as they go by."""

    def __init__(self, package: Package, body: etree._Element) -> None:
        parts = dict(reversed(package.related(package.main)))  # of two of a kind the first counts
        styles = package.xml(parts["styles"]) if "styles" in parts else None
        self.numbering = Numbering(package.xml(parts["numbering"]) if "numbering" in parts else None, styles)
        self._raised = {
            style.get(W + "styleId")
            for style in (styles.iter(W + "style") if styles is not None else ())
            if (align := style.find(f"{W}rPr/{W}vertAlign")) is not None and align.get(_VAL) == "superscript"
        }
        settings = package.xml(parts["settings"]) if "settings" in parts else None
        section = next(body.iter(W + "sectPr"), None)
        self.notes = {
            W + f"{kind}Reference": _notes(kind, package.xml(parts[f"{kind}s"]) if f"{kind}s" in parts else None, settings, section)
            for kind in ("footnote", "endnote")
        }
        self._rows = 0
        self._fields: list[bool] = []  # for each open field: is this its result?
        self._computing = 0  # how many are not
        self._awaited: tuple[_Notes, str] | None = None  # the note whose own mark comes next

    def passages(self, container: etree._Element, depth: int = 0) -> Iterator[Passage]:
        """The paragraphs in this part of the document, one after the other, whatever they stand in."""
        if depth > _MOST_BOXES:
            raise _too_deep()
        joining: Passage | None = None
        stack = [(0, iter(container))]
        while stack:
            row, children = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                continue
            if child.tag == W + "p":
                passage = joining or Passage(row=row)
                boxes = self._paragraph(child, passage)
                properties = child.find(W + "pPr")
                joining = passage if properties is not None and _runs_on(properties) else None
                if joining is None:
                    passage.number = self.numbering.number(properties)
                    yield passage
                for box in boxes:
                    yield from self.passages(box, depth + 1)
            elif child.tag == W + "tr":
                if child.find(f"{W}trPr/{W}del") is None:
                    self._rows += 1
                    stack.append((self._rows, iter(child)))
            elif child.tag not in _SKIPPED:
                stack.append((row, iter(child)))
            if len(stack) > _MOST_NESTED:
                raise _too_deep()
        if joining is not None:
            yield joining

    def _paragraph(self, paragraph: etree._Element, passage: Passage) -> list[etree._Element]:
        """Fill in the words of a paragraph; the text boxes that hang on it are given back."""
        boxes: list[etree._Element] = []
        stack = [iter(paragraph)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.tag == W + "r":
                self._run(child, passage, boxes)
            elif child.tag == _M + "t":
                passage.pieces.append(Piece(child.text or ""))
            elif child.tag not in _SKIPPED:
                stack.append(iter(child))
                if len(stack) > _MOST_NESTED:
                    raise _too_deep()
        # A field whose instruction does not end with its paragraph is damaged, and must not swallow the document.
        if self._computing:
            self._fields, self._computing = [True] * len(self._fields), 0
        self._awaited = None
        return boxes

    def _run(self, run: etree._Element, passage: Passage, boxes: list[etree._Element]) -> None:
        properties = run.find(W + "rPr")
        raised = False
        if properties is not None:
            if is_on(properties.find(W + "vanish")):
                return
            align, style = properties.find(W + "vertAlign"), properties.find(W + "rStyle")
            raised = (
                align.get(_VAL) == "superscript" if align is not None else style is not None and style.get(_VAL) in self._raised
            )
        pieces = passage.pieces
        for child in run:
            tag = child.tag
            if tag == W + "fldChar":
                self._field(child.get(W + "fldCharType"))
            elif tag in _SKIPPED or self._computing:
                continue
            elif tag == W + "t" or tag == W + "sym":
                text = child.text or "" if tag == W + "t" else _symbol(child)
                if self._awaited is None:
                    pieces.append(Piece(text, raised))
                elif text.strip():
                    notes, identifier = self._awaited
                    pieces.append(Piece("", mark=notes.mark(identifier, text.strip())))
                    self._awaited = None
            elif tag in _BREAKS:
                pieces.append(Piece("\t" if tag in (W + "tab", W + "ptab") else "\v"))
            elif tag == W + "noBreakHyphen":
                pieces.append(Piece("-"))
            elif tag in self.notes:
                notes, identifier = self.notes[tag], child.get(W + "id", "")
                if child.get(W + "customMarkFollows") in ("1", "true", "on"):
                    self._awaited = notes, identifier
                elif mark := notes.mark(identifier, None):
                    pieces.append(Piece("", mark=mark))
            elif tag == W + "ruby":
                for base in child.iter(W + "rubyBase"):
                    for inner in base.iter(W + "t"):
                        pieces.append(Piece(inner.text or ""))
            elif len(child):
                boxes.extend(_boxes(child))

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
            self._computing += 1
        elif self._fields and kind in ("separate", "end"):
            self._computing -= not self._fields[-1]
            self._fields[-1] = True
            if kind == "end":
                self._fields.pop()


def _too_deep() -> UnreadableError:
    return UnreadableError("the DOCX file is nested deeper than any document", advice="do not trust it; ask for a PDF")


def _runs_on(properties: etree._Element) -> bool:
    """Is the end of this paragraph deleted (or invisible), so that the next one goes on in the same line?"""
    mark = properties.find(W + "rPr")
    return mark is not None and (
        mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None or is_on(mark.find(W + "specVanish"))
    )


def _boxes(element: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a drawing: each once, though the file may give it twice, and none inside another."""
    stack = [element]
    while stack:
        one = stack.pop()
        if one.tag == W + "txbxContent":
            yield one
        elif one.tag != _MC + "Fallback":
            stack.extend(reversed(one))


def _symbol(element: etree._Element) -> str:
    """A character of a symbol font: its asterisks and dashes are those of ASCII, moved to where fonts keep their own."""
    code = element.get(W + "char", "")
    value = int(code, 16) if re.fullmatch("[0-9A-Fa-f]{2,4}", code) else 0
    value -= 0xF000 if value >= 0xF000 else 0
    if value in _SYMBOLS:
        return _SYMBOLS[value]
    return chr(value) if 0x20 <= value < 0x7F else ""


def _notes(kind: str, root: etree._Element | None, settings: etree._Element | None, section: etree._Element | None) -> _Notes:
    """The notes of a kind; separators are none. Their numerals are as the section says, else as the document does."""
    texts = {
        note.get(W + "id", ""): note
        for note in (root.iter(W + kind) if root is not None else ())
        if note.get(W + "type", "normal") == "normal"
    }
    style, start = "decimal" if kind == "footnote" else "lowerRoman", "1"
    for place in (settings, section):
        found = place.find(W + f"{kind}Pr") if place is not None else None
        if found is not None:
            for child in found:
                if child.tag == W + "numFmt":
                    style = child.get(_VAL, style)
                elif child.tag == W + "numStart":
                    start = child.get(_VAL, start)
    return _Notes(texts, style, integer(start, 1))


def _cover(package: Package, body: etree._Element, story: _Story) -> tuple[str, list[Passage]]:
    """The symbol that the header of the first page shows, and what stands in that header with it."""
    section = next(body.iter(W + "sectPr"), None)
    if section is None:
        return "", []
    targets = {identifier: target for identifier, _, target in package.relationships(package.main)}
    headers = {one.get(W + "type", "default"): one.get(_R + "id", "") for one in section.iter(W + "headerReference")}
    for kind in ("first", "default", "even") if is_on(section.find(W + "titlePg")) else ("default", "even"):
        root = package.xml(targets[headers[kind]]) if headers.get(kind) in targets else None
        passages = list(story.passages(root)) if root is not None else []
        for passage in passages:
            if found := _SYMBOL.search(passage.text):
                # What runs over every page is no part of the text; only the symbol is taken from it.
                return found[0], passages if kind == "first" else [passage]
    return "", []
