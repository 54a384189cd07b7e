"""An open page of PDFium → its characters with their places, and the lines and pictures on it.

PDFium is a C library that is asked character by character. To be fast enough, the calls that every character needs go by
plain addresses into arrays (one call for the text, two a character for where it stands); the others are made once for each
kind of type. Everything is turned upright here, and counted from the lower left corner of the page as it is shown.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter, deque
from itertools import repeat
from typing import Any

import pypdfium2.raw as pdfium

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Box
from ploughshare.reading.pdf_page import Drawn, Page
from ploughshare.reading.rtl import RTL

#: What stands for a hyphen at a line end in the text of PDFium, whether hard or soft.
HYPHEN = "\ufffe"
#: Accents and vowel signs that are characters of their own.
SIGNS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]+")
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffc\ue000-\uf8ff]")
_MOST = 300_000  # characters a page may hold; a crowded page has ten thousand
_OBJECTS = 50_000
_RULES = 200
_SAMPLE = 200
_PATH, _IMAGE = 2, 3


def _fast(name: str, result: Any, *arguments: Any) -> Any:
    """A function of PDFium that is called for every character: plain addresses in, nothing converted."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value
    return ctypes.PYFUNCTYPE(result, *arguments)(address or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
_char_box = _fast("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_char_origin = _fast("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
_char_size = _fast("FPDFText_GetFontSize", ctypes.c_double, _P, _I)
_char_matrix = _fast("FPDFText_GetMatrix", _I, _P, _I, _P)
_char_ink = _fast("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
_char_angle = _fast("FPDFText_GetCharAngle", ctypes.c_float, _P, _I)
_char_code = _fast("FPDFText_GetUnicode", ctypes.c_uint, _P, _I)
_char_unknown = _fast("FPDFText_HasUnicodeMapError", _I, _P, _I)
_char_font = _fast("FPDFText_GetFontInfo", ctypes.c_ulong, _P, _I, _P, ctypes.c_ulong, _P)
_char_weight = _fast("FPDFText_GetFontWeight", _I, _P, _I)
_page_object = _fast("FPDFPage_GetObject", _P, _P, _I)
_object_type = _fast("FPDFPageObj_GetType", _I, _P)
_object_bounds = _fast("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)


class Glyphs:
    """The characters of a page: ``text``, and for each its box, its base line and where the pen was set down.

    Boxes are those of the font widened to the ink of the letter. Blanks that PDFium only guesses have boxes without width.
    """

    def __init__(self, page: Any, textpage: Any) -> None:
        self._handle = ctypes.cast(textpage, ctypes.c_void_p).value
        self.count = max(0, pdfium.FPDFText_CountChars(textpage))
        if self.count > _MOST:
            raise UnreadableError(
                f"a page of the PDF holds {self.count} characters, more than {_MOST}", advice="it is no document to read"
            )
        self.text = _text(textpage, self.count, self._handle) if self.count else ""
        self._bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, self._bounds)
        self._matrix = pdfium.FS_MATRIX()
        self._name = ctypes.create_string_buffer(80)
        self._edges = (ctypes.c_double * 4)()
        self._angle = self._usual_angle()
        #: Quarter turns by which text stands turned on the page as it is shown.
        self._turn = (self._angle - pdfium.FPDFPage_GetRotation(page)) % 4
        self._place()

    def _usual_angle(self) -> int:
        """The quarter turns of most letters: pages are turned when shown, and tables are set sideways."""
        step = max(1, self.count // 16)
        asked = [place for place in range(0, self.count, step) if not self.text[place].isspace()]
        angles = Counter(self._quarter(place) for place in asked)
        return angles.most_common(1)[0][0] if angles else 0

    def _quarter(self, place: int) -> int:
        # PDFium counts its angles clockwise.
        quarters: int = round(-_char_angle(self._handle, place) / (math.pi / 2)) % 4
        return quarters

    def _place(self) -> None:
        count, bounds = self.count, self._bounds
        store = (ctypes.c_float * (4 * count))()
        first = ctypes.addressof(store)
        deque(map(_char_box, repeat(self._handle), range(count), range(first, first + 16 * count, 16)), 0)
        flat = list(store)
        left, bottom = bounds.left, bounds.bottom
        lefts, tops = _less(flat[0::4], left), _less(flat[1::4], bottom)
        rights, bottoms = _less(flat[2::4], left), _less(flat[3::4], bottom)
        if self._angle or RTL.search(self.text):
            pens, bases = self._origins()
        else:
            pens, bases = lefts, self._bases(bottoms, tops)
        wide, high = bounds.right - left, bounds.top - bottom
        if self._angle == 1:
            lefts, bottoms, rights, tops = bottoms, _from(wide, rights), tops, _from(wide, lefts)
            pens, bases = bases, _from(wide, pens)
        elif self._angle == 2:
            lefts, bottoms, rights, tops = _from(wide, rights), _from(high, tops), _from(wide, lefts), _from(high, bottoms)
            pens, bases = _from(wide, pens), _from(high, bases)
        elif self._angle == 3:
            lefts, bottoms, rights, tops = _from(high, tops), lefts, _from(high, bottoms), rights
            pens, bases = _from(high, bases), pens
        for signs in SIGNS.finditer(self.text):
            # They stand on the line of their letter, wherever they are drawn.
            start, stop = signs.span()
            letter = start - 1 if start and not self.text[start - 1].isspace() else min(stop, count - 1)
            bases[start:stop] = [bases[letter]] * (stop - start)
        self.lefts, self.bottoms, self.rights, self.tops = lefts, bottoms, rights, tops
        self.pens, self.bases = pens, bases
        self.wide, self.high = (high, wide) if self._angle % 2 else (wide, high)

    def _origins(self) -> tuple[list[float], list[float]]:
        """Where the pen was set down for every character."""
        count = self.count
        across, up = (ctypes.c_double * count)(), (ctypes.c_double * count)()
        one, other = ctypes.addressof(across), ctypes.addressof(up)
        steps = range(one, one + 8 * count, 8), range(other, other + 8 * count, 8)
        deque(map(_char_origin, repeat(self._handle), range(count), *steps), 0)
        return _less(list(across), self._bounds.left), _less(list(up), self._bounds.bottom)

    def _bases(self, bottoms: list[float], tops: list[float]) -> list[float]:
        """The base line of every character. Where its box goes as low as the one before, it stands on the same."""
        changes = [
            place
            for place, (low, low_before, top) in enumerate(zip(bottoms[1:], bottoms, tops[1:], strict=False), 1)
            if not -0.02 < (low - low_before) / (top - low + 0.01) < 0.02
        ]
        first = ctypes.addressof(self._edges)
        bases: list[float] = []
        for start, stop in zip([0, *changes], [*changes, self.count], strict=True):
            _char_origin(self._handle, start, first, first + 8)
            bases += [self._edges[1] - self._bounds.bottom] * (stop - start)
        return bases

    def survey(self) -> tuple[int, int]:
        """How many characters are there to see, and how many of them does the file not name? A sample tells."""
        shown = len(self.text) - sum(map(self.text.count, " \r\n"))
        asked = unknown = 0
        for place in range(0, self.count, max(1, self.count // _SAMPLE)):
            if not self.text[place].isspace():
                asked += 1
                unknown += _char_unknown(self._handle, place) == 1 or _UNMAPPED.match(self.text[place]) is not None
        return shown, round(shown * unknown / asked) if asked else 0

    def size(self, place: int) -> float:
        """The size of the type of a character, as it is shown."""
        matrix = self._matrix
        _char_matrix(self._handle, place, ctypes.addressof(matrix))
        size: float = _char_size(self._handle, place) * math.hypot(matrix.c, matrix.d)
        return size if 0.5 < size < 500.0 else 0.9 * (self.tops[place] - self.bottoms[place])

    def leans(self, place: int) -> bool:
        """Does this letter stand at another angle than most?"""
        return self._quarter(place) != self._angle

    def bold(self, place: int) -> bool:
        """Is this letter bold, as the name of its font has it?"""
        length = _char_font(self._handle, place, ctypes.addressof(self._name), 80, None)
        if length > 1:
            lower = self._name.value.lower()
            return b"bold" in lower or b"black" in lower or b"heavy" in lower
        return bool(_char_weight(self._handle, place) >= 600)

    def is_stroke(self, place: int, base: float, size: float) -> bool:
        """Is nothing to be seen here but a stroke along the base line? So Arabic words are lengthened to fill a line."""
        first = ctypes.addressof(self._edges)
        if self._angle or not _char_ink(self._handle, place, first, first + 8, first + 16, first + 24):
            return False
        left, right, bottom, top = self._edges
        low, high = bottom - self._bounds.bottom - base, top - bottom
        return bool(0.0 < high < 0.2 * size and -0.12 * size < low < 0.12 * size and right - left > 1.6 * high)

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """The box on the page as it is shown, where letters had to be turned to be read."""
        wide, high = (self.high, self.wide) if self._turn % 2 else (self.wide, self.high)
        if self._turn == 1:
            left, bottom, right, top = wide - top, left, wide - bottom, right
        elif self._turn == 2:
            left, bottom, right, top = wide - right, high - top, wide - left, high - bottom
        elif self._turn == 3:
            left, bottom, right, top = bottom, high - right, top, high - left
        return Box(round(left, 2), round(bottom, 2), round(right, 2), round(top, 2))


def _less(values: list[float], what: float) -> list[float]:
    return [value - what for value in values] if what else values


def _from(edge: float, values: list[float]) -> list[float]:
    return [edge - value for value in values]


def _text(textpage: Any, count: int, handle: int | None) -> str:
    store = (ctypes.c_ushort * (count + 1))()
    pdfium.FPDFText_GetText(textpage, 0, count, store)
    text = bytes(store)[: 2 * count].decode("utf-16-le", errors="replace")
    if len(text) == count and "\0" not in text:
        return text
    # Characters beyond the first plane, or such as PDFium leaves out: one by one, so that each keeps its box.
    codes = (_char_code(handle, place) for place in range(count))
    return "".join(
        HYPHEN if code == 2 else chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes
    )


def draw(page: Any, found: Page) -> None:
    """Put down the horizontal lines of the page, broken ones mended, and the share of it under pictures."""
    handle = ctypes.cast(page, ctypes.c_void_p).value
    edges = (ctypes.c_float * 4)()
    first = ctypes.addressof(edges)
    pieces: list[Drawn] = []
    covered = 0.0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _OBJECTS)):
        thing = _page_object(handle, index)
        kind = _object_type(thing)
        if kind not in (_PATH, _IMAGE) or not _object_bounds(thing, first, first + 4, first + 8, first + 12):
            continue
        left, bottom, right, top = edges
        if kind == _IMAGE:
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif top - bottom < 3.0 and right >= left and math.isfinite(bottom):
            pieces.append(Drawn(left, right, (bottom + top) / 2))
    found.pictured = covered / max(1.0, found.width * found.height)
    pieces.sort(key=lambda piece: (round(piece.height), piece.left))
    rules: list[Drawn] = []
    for piece in pieces:
        last = rules[-1] if rules else None
        if last is not None and abs(last.height - piece.height) < 1.5 and piece.left - last.right < 3.0:
            rules[-1] = Drawn(last.left, max(last.right, piece.right), last.height)
        else:
            rules.append(piece)
    found.rules = [rule for rule in rules if rule.right - rule.left >= 20.0][:_RULES]
