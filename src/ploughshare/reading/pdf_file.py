"""Bytes of a PDF → its pages, or the reason why there are none to read.

In come the bytes, out go ``Page``s. PDFium (through pypdfium2) opens the file; it is a C library that trusts what it is given
with its memory, so what it is given is looked at before, and every handle it hands out is closed again. Whatever is wrong with a
file ends as one UnreadableError.
"""

from __future__ import annotations

import re
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # noqa: F401  (its import starts the library; the calls go to it directly)
import pypdfium2.raw as pdfium

from ploughshare.errors import UnreadableError
from ploughshare.reading.pdf_page import Page
from ploughshare.reading.pdf_rows import page_of

LARGEST = 200_000_000
MOST_PAGES = 5_000
MOST_CHARACTERS = 30_000_000
#: Bytes of drawing instructions that one stream, and all of them, may unpack to; a page of text takes fifty thousand.
_LARGEST_STREAM = 16_000_000
_ALL_STREAMS = 250_000_000
#: Deflate makes nothing smaller than this.
_MOST_PACKED = 1032
_OCR = "let OCR make a searchable PDF or a text of it"
_AGAIN = "get the file again"
_OPEN = "open it with its password and save it without one"
_ERRORS = {
    3: ("the PDF is damaged or cut off", _AGAIN),
    4: ("the PDF is encrypted with a password", _OPEN),
    5: ("the PDF is encrypted in a way that is not known here", _OPEN),
    6: ("the PDF has a page that cannot be found", _AGAIN),
}
# PDFium keeps state between calls and is not made for several threads at once.
_ONE_AT_A_TIME = threading.Lock()
_STREAM = re.compile(rb"(?<!end)stream\r?\n")


def pages_of(data: bytes) -> list[Page]:
    """What stands on the pages of this file? Raises UnreadableError where that cannot be told."""
    _check_bytes(data)
    with _ONE_AT_A_TIME, _document(data) as document:
        count = pdfium.FPDF_GetPageCount(document)
        if count < 1:
            raise UnreadableError("the PDF has no pages", advice=_AGAIN)
        if count > MOST_PAGES:
            raise UnreadableError(f"the PDF says that it has {count} pages, more than {MOST_PAGES}", advice="split it")
        pages: list[Page] = []
        characters = 0
        for index in range(count):
            with _page(document, index) as (page, textpage):
                pages.append(page_of(page, textpage, index + 1, pages[-1] if pages else None))
            characters += pages[-1].characters
            if characters > MOST_CHARACTERS:
                raise UnreadableError(f"the PDF has more than {MOST_CHARACTERS} characters", advice="split it")
    _check_pages(pages)
    return pages


def _check_bytes(data: bytes) -> None:
    """Is this a whole PDF, of a size that can be opened safely?"""
    if not data.strip():
        raise UnreadableError("the file is empty", advice=_AGAIN)
    if len(data) > LARGEST:
        raise UnreadableError(f"the PDF has {len(data) // 1_000_000} MB, more than {LARGEST // 1_000_000}", advice="split it")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError("this is not a PDF", advice="give the document as text, HTML, DOCX, DOC, PDF or Akoma Ntoso XML")
    if b"%%EOF" not in data[-4096:]:
        # PDFium would mend it by leaving out what is missing.
        raise UnreadableError("the PDF is cut off: its last line is missing", advice=_AGAIN)
    _check_streams(data)


def _check_streams(data: bytes) -> None:
    """Do the drawing instructions unpack to a size that PDFium can be trusted with?"""
    streams: list[tuple[int, int, bytes]] = []
    for found in _STREAM.finditer(data):
        about = data[max(0, found.start() - 1024) : found.start()].rpartition(b"obj")[2]
        # Pictures and fonts are looked into only as far as they are needed.
        if b"/Image" not in about and b"/Length1" not in about and b"/FontFile" not in about:
            stop = data.find(b"endstream", found.end())
            streams.append((found.end(), stop if stop >= 0 else len(data), about))
    packed = [stop - start for start, stop, _ in streams]
    if _MOST_PACKED * sum(packed) < _ALL_STREAMS and _MOST_PACKED * max(packed, default=0) < _LARGEST_STREAM:
        return
    total = 0
    for start, stop, about in streams:
        size = _unpacked(data, start, stop, about)
        total += size
        if size > _LARGEST_STREAM or total > _ALL_STREAMS:
            limit = (_LARGEST_STREAM if size > _LARGEST_STREAM else _ALL_STREAMS) // 1_000_000
            raise UnreadableError(f"the PDF unpacks to more than {limit} MB of drawing", advice="it is no document to read")


def _unpacked(data: bytes, start: int, stop: int, about: bytes) -> int:
    """How many bytes does this stream hold? Counting stops above the limit."""
    if b"Flate" not in about:
        return stop - start
    if about.count(b"Flate") > 1:
        return _LARGEST_STREAM + 1  # packed twice over: nobody does that to be read
    unpacker = zlib.decompressobj()
    size = 0
    try:
        while start < stop and size <= _LARGEST_STREAM and not unpacker.eof:
            size += len(unpacker.decompress(data[start : min(stop, start + 65536)], _LARGEST_STREAM + 1))
            if unpacker.unconsumed_tail:
                return _LARGEST_STREAM + 1
            start += 65536
    except zlib.error:
        pass  # a damaged stream ends where it is damaged, for PDFium too
    return size


def _check_pages(pages: list[Page]) -> None:
    """Is there a text to read at all, and all of it?"""
    pictures = [page.number for page in pages if page.characters < 20 and page.pictured > 0.4]
    texts = [page.number for page in pages if page.characters >= 20]
    if pictures and not texts:
        raise UnreadableError("the PDF is made of pictures without text", advice=_OCR)
    if pictures and pictures[0] < texts[-1]:
        # Pictures at the end may be an annex; before, they hide a part of the text.
        raise UnreadableError(f"page {pictures[0]} of the PDF is a picture without text", advice=_OCR)
    if not any(page.rows for page in pages):
        raise UnreadableError("the PDF has no text in it", advice=f"if it shows one, {_OCR}")
    if 10 * sum(page.unmapped for page in pages) > 3 * sum(page.characters for page in pages):
        raise UnreadableError("the fonts of the PDF do not say which letters they draw, so its text cannot be told", advice=_OCR)


@contextmanager
def _document(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        what, advice = _ERRORS.get(pdfium.FPDF_GetLastError(), _ERRORS[3])
        raise UnreadableError(what, advice=advice)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


@contextmanager
def _page(document: Any, index: int) -> Iterator[tuple[Any, Any]]:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        raise UnreadableError(f"page {index + 1} of the PDF is damaged", advice=_AGAIN)
    try:
        textpage = pdfium.FPDFText_LoadPage(page)
        if not textpage:
            raise UnreadableError(f"the text of page {index + 1} of the PDF is damaged", advice=_AGAIN)
        try:
            yield page, textpage
        finally:
            pdfium.FPDFText_ClosePage(textpage)
    finally:
        pdfium.FPDF_ClosePage(page)
