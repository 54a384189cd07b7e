"""Old Word files (.doc, Word 97 to 2003) → Text: paragraphs with their automatic numbers, footnotes and endnotes.

In come the bytes of an OLE file, out goes its text ([MS-DOC]). Spans point into ``decoded``, which is our own writing of it, as
for DOCX: one paragraph a line, number in front, then the notes. Deleted and hidden runs are left out, fields show their
results, and of headers only the symbol on the first page is read.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO

import olefile

from ploughshare.errors import PloughshareError, UnreadableError
from ploughshare.model.text import Source, Text
from ploughshare.reading.detect import language_of
from ploughshare.reading.doc_binary import (
    ENDNOTE_REFERENCES,
    ENDNOTE_TEXTS,
    ENDNOTES,
    FOOTNOTE_REFERENCES,
    FOOTNOTE_TEXTS,
    FOOTNOTES,
    HEADER_TEXTS,
    HEADERS,
    MAIN,
    Binary,
    properties,
)
from ploughshare.reading.doc_lists import IN_TABLE, ROW_END, Numbering
from ploughshare.reading.numerals import numeral
from ploughshare.reading.writing import Passage, Piece, Writing

_AGAIN = "open it in a word processor and save it as DOCX"
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f]")
_PARAGRAPH, _CELL, _PAGE_BREAK = "\r", "\x07", "\x0c"
_FIELD_BEGIN, _FIELD_SEPARATOR, _FIELD_END = "\x13", "\x14", "\x15"
_WRITTEN = {"\x0b": "\v", "\x0e": "\v", "\x0a": "\v", "\x1e": "-"}
# Properties of runs ([MS-DOC] 2.6.1): deleted, hidden, raised, a character of a symbol font.
_DELETED, _HIDDEN, _POSITION, _SYMBOL = 0x0800, 0x083C, 0x2A48, 0x6A09
_UNSEEN, _RAISED = "hidden", "raised"
_DOCUMENT_SYMBOL = re.compile(r"(?<!\w)[A-Z]{1,5}/(?:[\w().-]+/)*[\w().-]*\d")
_FIRST_HEADERS = (10, 7, 6)  # of the first section: on its first page, on odd ones, on even ones


def read(data: bytes, name: str, language: str | None = None) -> Text:
    """What does this old Word document say?

    Numbers of automatic lists are counted and written as Word prints them. Word 6 and 95 wrote another format, which is
    refused; so is a file that was saved with a password.

    >>> read(b"no OLE file", "towns.doc")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ploughshare.errors.UnreadableError: this Word document is damaged (not an OLE2 structured storage file); open it in a word ...
    """
    try:
        decoded, blocks = _writing(data).text()
    except PloughshareError:
        raise
    # The container and the structures in it are read by offsets that the file gives; damaged ones can fail anywhere.
    except (
        struct.error,
        IndexError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        OSError,
        OverflowError,
        RecursionError,
    ) as error:
        raise UnreadableError(f"this Word document is damaged ({error})", advice=_AGAIN) from error
    if not blocks:
        raise UnreadableError("the Word document holds no text", advice="if it holds a picture of one, let OCR make text of it")
    source = Source(name, sha256(data).hexdigest(), "doc", None, len(data))
    return Text(source, language or language_of(decoded), decoded, blocks)


def _writing(data: bytes) -> Writing:
    story = _Story(_open(data))
    writing = Writing()
    passages = list(story.passages(*story.binary.part(MAIN)))
    symbol, cover = story.cover()
    if symbol and not any(symbol in passage.text for passage in passages[:40]):
        passages.insert(0, cover)
    writing.paragraphs(passages)
    for mark, start, stop, custom in story.notes:
        writing.note(mark, story.passages(start, stop), custom=custom)
    return writing


def _open(data: bytes) -> Binary:
    with olefile.OleFileIO(BytesIO(data)) as container:
        if container.exists("EncryptedPackage"):
            raise UnreadableError(
                "this is an encrypted Office document", advice="open it with its password and save it without one"
            )
        if not container.exists("WordDocument"):
            raise UnreadableError("this file holds no Word document", advice=_AGAIN)
        tables = {name: container.openstream(name).read() for name in ("0Table", "1Table") if container.exists(name)}
        return Binary(container.openstream("WordDocument").read(), tables)


class _Story:
    """Reads paragraphs out of a part of the text, counting lists as they go by."""

    def __init__(self, binary: Binary) -> None:
        self.binary = binary
        self._numbering = Numbering(binary)
        self._paragraphs = binary.paragraphs()
        self._paragraph_starts = [start for start, _, _ in self._paragraphs]
        self._runs = [run for run in map(_looks, binary.runs()) if run[2] != ""]
        self._run_starts = [run[0] for run in self._runs]
        self._rows = 0
        #: Mark, range of the text, and whether the mark is the author's own, in the order of the references.
        self.notes: list[tuple[str, int, int, bool]] = []
        self._marks: dict[int, str] = {}
        self._find_notes(FOOTNOTE_REFERENCES, FOOTNOTE_TEXTS, FOOTNOTES, "decimal")
        self._find_notes(ENDNOTE_REFERENCES, ENDNOTE_TEXTS, ENDNOTES, "lowerRoman")
        self._own_marks = sorted(at for at in self._marks if binary.text[at] > " ")

    def _find_notes(self, references: int, texts: int, part: int, style: str) -> None:
        table, places = self.binary.table_part(references), self.binary.table_part(texts)
        count = max(0, (len(table) - 4) // 6)
        first, end = self.binary.part(part)
        main = self.binary.part(MAIN)[1]
        number = before = 0
        for place in range(count):
            at = struct.unpack_from("<I", table, 4 * place)[0]
            automatic = struct.unpack_from("<H", table, 4 * (count + 1) + 2 * place)[0]
            if at >= main or 4 * place + 8 > len(places):
                continue
            start, stop = (max(before, min(first + offset, end)) for offset in struct.unpack_from("<2I", places, 4 * place))
            before = stop
            if automatic:
                number += 1
                mark = numeral(number, style)
            else:
                mark = self._own_mark(at, start, stop)
            self._marks[at] = mark
            # A note whose reference was deleted is not printed.
            if self._look(at) != _UNSEEN:
                self.notes.append((mark, start, stop, not automatic))

    def _own_mark(self, at: int, start: int, stop: int) -> str:
        """The author's own mark: what the text at the reference and the note itself begin with."""
        text, length = self.binary.text, 0
        while text[start : start + 1].isspace() and start < stop:
            start += 1
        while length < 8 and start + length < stop and " " < text[start + length] == text[at + length : at + length + 1]:
            length += 1
        return text[at : at + max(length, 1)] if text[at] > " " else "*"

    def passages(self, start: int, stop: int) -> Iterator[Passage]:
        """The paragraphs in this range of the text, one after the other."""
        text = self.binary.text
        passage = Passage()
        fields: list[bool] = []  # for each open field: is this its result?
        computing = 0
        at = start
        while at < stop:
            own = bisect_left(self._own_marks, at)
            limit = min(stop, self._own_marks[own]) if own < len(self._own_marks) else stop
            found = _CONTROL.search(text, at, limit)
            end = found.start() if found else limit
            if not computing and end > at:
                self._pieces(passage, at, end)
            if end == stop:
                break
            if found is None:
                mark = self._marks[end]
                if not computing and self._look(end) != _UNSEEN:
                    passage.pieces.append(Piece("", mark=mark))
                at = end + (len(mark) if text.startswith(mark, end) else 1)
                continue
            sign, at = found[0], end + 1
            if sign == _FIELD_BEGIN:
                fields.append(False)
                computing += 1
            elif sign in (_FIELD_SEPARATOR, _FIELD_END):
                if fields:
                    computing -= not fields[-1]
                    fields[-1] = True
                    if sign == _FIELD_END:
                        fields.pop()
            elif sign in (_PARAGRAPH, _CELL, _PAGE_BREAK):
                # A field whose instruction runs over the end of its paragraph is damaged, and must not swallow the document.
                fields, computing = ([True] * len(fields), 0) if computing else (fields, 0)
                if self._look(end) == _UNSEEN:
                    continue
                self._end(passage, end, sign)
                yield passage
                passage = Passage()
            elif not computing and self._look(end) != _UNSEEN:
                if end in self._marks:
                    passage.pieces.append(Piece("", mark=self._marks[end]))
                elif sign in _WRITTEN:
                    passage.pieces.append(Piece(_WRITTEN[sign]))
        yield passage

    def _end(self, passage: Passage, at: int, sign: str) -> None:
        """The end of a paragraph carries its properties: its list, and whether it stands in a table."""
        place = bisect_right(self._paragraph_starts, at) - 1
        data = self._paragraphs[place][2] if place >= 0 and at < self._paragraphs[place][1] else b""
        own = properties(data, 2)
        if sign == _CELL or own.get(IN_TABLE, b"\0") != b"\0":
            passage.row = self._rows + 1
            self._rows += own.get(ROW_END, b"\0") != b"\0"
        if len(data) >= 2:
            passage.number = self._numbering.number(data)

    def _pieces(self, passage: Passage, start: int, stop: int) -> None:
        """The characters of a range, cut where their look changes."""
        place, at = max(0, bisect_right(self._run_starts, start) - 1), start
        while place < len(self._runs) and self._runs[place][0] < stop:
            first, last, look = self._runs[place]
            place += 1
            if last <= at:
                continue
            self._plain(passage, at, max(at, first))
            low, at = max(at, first), min(last, stop)
            if look == _RAISED:
                self._plain(passage, low, at, raised=True)
            elif look != _UNSEEN:
                passage.pieces.append(Piece(look * (at - low)))
        self._plain(passage, at, stop)

    def _plain(self, passage: Passage, start: int, stop: int, *, raised: bool = False) -> None:
        if start < stop:
            passage.pieces.append(Piece(_whole(self.binary.text[start:stop]), raised))

    def _look(self, at: int) -> str:
        place = bisect_right(self._run_starts, at) - 1
        return self._runs[place][2] if place >= 0 and at < self._runs[place][1] else ""

    def cover(self) -> tuple[str, Passage]:
        """The symbol in the header of the first page, and the line it stands in."""
        table = self.binary.table_part(HEADERS)
        first, end = self.binary.part(HEADER_TEXTS)
        for which in _FIRST_HEADERS:
            if 4 * which + 8 <= len(table):
                start, stop = (min(first + offset, end) for offset in struct.unpack_from("<2I", table, 4 * which))
                for passage in self.passages(start, stop):
                    if found := _DOCUMENT_SYMBOL.search(passage.text):
                        return found[0], passage
        return "", Passage()


def _looks(run: tuple[int, int, bytes]) -> tuple[int, int, str]:
    """How a run looks, as far as it matters: hidden, raised, or the one character of a symbol font it shows."""
    start, stop, data = run
    own = properties(data)
    if own.get(_DELETED, b"\0") == b"\1" or own.get(_HIDDEN, b"\0") == b"\1":
        return start, stop, _UNSEEN
    if len(own.get(_SYMBOL, b"")) == 4:
        code = int.from_bytes(own[_SYMBOL][2:], "little") & 0xFF
        return start, stop, chr(code) if 0x20 < code < 0x7F else "\u2022"
    return start, stop, _RAISED if own.get(_POSITION) == b"\1" else ""


def _whole(text: str) -> str:
    """Pairs of surrogates as the characters they stand for."""
    if text.isascii() or not re.search("[\ud800-\udfff]", text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
