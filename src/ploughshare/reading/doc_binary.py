"""The streams of an old Word file → its characters in order, and the properties of its runs and paragraphs.

After [MS-DOC]: the file information block says where everything is; the piece table says in which order the characters of
the WordDocument stream are to be read; pages of 512 bytes hold the properties of runs and paragraphs by file position.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from ploughshare.errors import UnreadableError

_AGAIN = "open it in a word processor and save it as DOCX"
# Places in the list of what is where in the table stream ([MS-DOC] 2.5.6).
STYLES, FOOTNOTE_REFERENCES, FOOTNOTE_TEXTS, HEADERS, RUN_PAGES, PARAGRAPH_PAGES = 1, 2, 3, 11, 12, 13
PIECES, ENDNOTE_REFERENCES, ENDNOTE_TEXTS, LISTS, LIST_OVERRIDES = 33, 46, 47, 73, 74
# The parts of the text in their order, by the place of their lengths.
MAIN, FOOTNOTES, HEADER_TEXTS, MACROS, COMMENTS, ENDNOTES = range(6)
_PAGE = 512
_OLDER = (b"\xdc\xa5", b"\xdb\xa5", b"\x9b\xa5", b"\x31\xbe")
#: Bytes of the operand by the upper three bits of a property; 6 is variable.
_OPERAND = (1, 1, 2, 4, 2, 2, 0, 3)


class Piece(NamedTuple):
    """Characters that stand together in the stream: from which position of the text on, and where, one or two bytes each."""

    start: int
    stop: int
    offset: int
    width: int


class Binary:
    """An old Word file, opened."""

    def __init__(self, document: bytes, tables: dict[str, bytes]) -> None:
        version, flags = _word(document, 2), _word(document, 10)
        if document[:2] in _OLDER or (document[:2] == b"\xec\xa5" and version < 0xC1):
            raise UnreadableError("this was written by a Word older than Word 97", advice=_AGAIN)
        if len(document) < 512 or document[:2] != b"\xec\xa5":
            raise UnreadableError("this Word document is damaged: it does not begin as one", advice=_AGAIN)
        if flags & 0x0100:
            raise UnreadableError("this is an encrypted Word document", advice="open it with its password and save it without one")
        self.document = document
        self.table = tables.get("1Table" if flags & 0x0200 else "0Table", b"")
        # The block has three lists, each with its length in front.
        longs = 34 + 2 * _word(document, 32) + 2
        self._places = longs + 4 * _word(document, longs - 2) + 2
        self._lengths = [max(0, length) for length in struct.unpack_from("<6i", document, longs + 12)]
        self.pieces = self._read_pieces()
        self.text = self._read_text()

    def part(self, which: int) -> tuple[int, int]:
        """The range of positions that a part of the text takes."""
        start = sum(self._lengths[:which])
        return min(start, len(self.text)), min(start + self._lengths[which], len(self.text))

    def table_part(self, which: int) -> bytes:
        """The bytes of the table stream that hold this."""
        offset, length = struct.unpack_from("<2I", self.document, self._places + 8 * which)
        return self.table[offset : offset + length]

    def table_from(self, which: int) -> bytes:
        """The bytes of the table stream from where this begins to the end of the stream."""
        offset, length = struct.unpack_from("<2I", self.document, self._places + 8 * which)
        return self.table[offset:] if length else b""

    def _read_pieces(self) -> list[Piece]:
        data, at = self.table_part(PIECES), 0
        while at + 3 <= len(data) and data[at] == 1:
            at += 3 + _word(data, at + 1)
        if at + 5 > len(data) or data[at] != 2:
            raise UnreadableError("this Word document is damaged: it has no piece table", advice=_AGAIN)
        size = struct.unpack_from("<I", data, at + 1)[0]
        plc = data[at + 5 : at + 5 + size]
        count = (len(plc) - 4) // 12
        ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
        pieces: list[Piece] = []
        room = len(self.document)
        for place in range(count):
            where = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * place + 2)[0]
            narrow, where = where & 0x40000000, where & 0x3FFFFFFF
            piece = Piece(ends[place], ends[place + 1], where // 2 if narrow else where, 1 if narrow else 2)
            size = (piece.stop - piece.start) * piece.width
            room -= size
            # A character takes its bytes once; a table that reads some over and over is made to harm.
            if size < 0 or room < 0 or piece.start != (pieces[-1].stop if pieces else 0):
                raise UnreadableError("this Word document is damaged: its piece table contradicts itself", advice=_AGAIN)
            pieces.append(piece)
        return pieces

    def _read_text(self) -> str:
        """All characters; one for each position, so a pair of surrogates stays a pair."""
        parts = []
        for piece in self.pieces:
            length = piece.stop - piece.start
            data = self.document[piece.offset : piece.offset + length * piece.width]
            if piece.width == 1:
                part = data.decode("cp1252", errors="replace")
            else:
                part = data[: len(data) & ~1].decode("utf-16-le", errors="surrogatepass")
                if len(part) * 2 < len(data) - 1:
                    part = "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data[: len(data) & ~1])))
            parts.append(part.ljust(length, "\0"))
        return "".join(parts)

    def runs(self) -> list[tuple[int, int, bytes]]:
        """The runs with properties of their own, by positions in the text."""
        return self._mapped(RUN_PAGES, self._run_page)

    def paragraphs(self) -> list[tuple[int, int, bytes]]:
        """The properties of the paragraphs, by positions in the text; the number of the style comes first."""
        return self._mapped(PARAGRAPH_PAGES, self._paragraph_page)

    def _mapped(self, which: int, read: Callable[[bytes], Iterator[tuple[int, int, bytes]]]) -> list[tuple[int, int, bytes]]:
        """The entries of all pages of a kind, in the order of the text."""
        plc = self.table_part(which)
        count = max(0, (len(plc) - 4) // 8)
        numbers = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ()
        pages: dict[int, tuple[int, int, bytes]] = {}  # by where an entry begins, so that none counts twice
        for number in dict.fromkeys(numbers):
            page = self.document[number * _PAGE : (number + 1) * _PAGE]
            if len(page) == _PAGE:
                pages.update((entry[0], entry) for entry in read(page))
        starts = sorted(pages)
        entries = [pages[start] for start in starts]
        found = []
        for piece in self.pieces:
            low, high = piece.offset, piece.offset + (piece.stop - piece.start) * piece.width
            place = max(0, bisect_right(starts, low) - 1)
            while place < len(entries) and entries[place][0] < high:
                start, stop, data = entries[place]
                place += 1
                if stop > low:
                    first = piece.start + (max(start, low) - low) // piece.width
                    found.append((first, piece.start + (min(stop, high) - low) // piece.width, data))
        return found

    @staticmethod
    def _run_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
        count = page[-1]
        if 4 * (count + 1) + count > _PAGE:
            return
        places = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            at = 2 * page[4 * (count + 1) + number]
            if at and places[number] < places[number + 1]:
                yield places[number], places[number + 1], page[at + 1 : at + 1 + page[at]]

    @staticmethod
    def _paragraph_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
        count = page[-1]
        if 4 * (count + 1) + 13 * count > _PAGE:
            return
        places = struct.unpack_from(f"<{count + 1}I", page, 0)
        for number in range(count):
            at = 2 * page[4 * (count + 1) + 13 * number]
            data = b""
            if at:
                # A length of zero says that the length proper follows.
                start, size = (at + 1, 2 * page[at] - 1) if page[at] else (at + 2, 2 * page[at + 1])
                data = page[start : start + size]
            if places[number] < places[number + 1]:
                yield places[number], places[number + 1], data


def properties(data: bytes, start: int = 0) -> dict[int, bytes]:
    """The properties in a list of them: the operand of each, by its number."""
    found: dict[int, bytes] = {}
    at = start
    while at + 2 <= len(data):
        which = _word(data, at)
        at += 2
        size = _OPERAND[which >> 13]
        if which >> 13 == 6:
            if at >= len(data):
                break
            # Two have lengths of their own kind: the definition of a table, and changed tab stops.
            size = _word(data, at) + 1 if which == 0xD608 and at + 2 <= len(data) else data[at] + 1
            if which == 0xC615 and data[at] == 255:
                break
        found[which] = data[at : at + size]
        at += size
    return found


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
