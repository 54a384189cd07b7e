"""The styles and lists of an old Word file → the number that stands in front of each paragraph.

After [MS-DOC] 2.4.6.3 and .5: a paragraph, or its style, or one that style builds on, names an override of a list (from 1)
and a level; the override names the list and may start levels elsewhere.
"""

from __future__ import annotations

import struct

from ploughshare.reading.doc_binary import LIST_OVERRIDES, LISTS, STYLES, Binary, properties
from ploughshare.reading.lists import LEVELS, Counters, Level, List

IN_TABLE, ROW_END, _LEVEL, _LIST = 0x2416, 0x2417, 0x260A, 0x460B
_CHARACTER_VANISH = 0x083C
#: How [MS-OSHARED] 2.2.1.3 counts the kinds of numeral that [ECMA-376] names.
_STYLES = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 9: "chicago", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 15: "decimalHalfWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2",
    22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac",
    33: "taiwaneseCounting", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    39: "chineseCountingThousand", 46: "arabicAlpha", 48: "arabicAbjad", 58: "russianLower", 59: "russianUpper", 255: "none",
}  # fmt: skip
_LONGEST_LINE = 64


class Numbering:
    """The lists of a document, counting as its paragraphs go by."""

    def __init__(self, binary: Binary) -> None:
        self._counters = Counters()
        self._styles = _styles(binary)
        self._lists = _lists(binary)

    def number(self, data: bytes) -> str:
        """What is printed in front of the next paragraph, whose properties begin with the number of its style?"""
        number, level = self._reference(data)
        if not 0 < number <= len(self._lists):
            return ""
        return self._counters.number(self._lists[number - 1], level)

    def _reference(self, data: bytes) -> tuple[int, int]:
        """The list and the level that a paragraph has of its own, or of its line of styles."""
        own = properties(data, 2)
        number = int.from_bytes(own[_LIST], "little") if _LIST in own else None
        level = own[_LEVEL][0] if own.get(_LEVEL) else None
        style = int.from_bytes(data[:2], "little")
        for _ in range(_LONGEST_LINE):
            if (number is not None and level is not None) or not 0 <= style < len(self._styles):
                break
            its_number, its_level, style = self._styles[style]
            number = its_number if number is None else number
            level = its_level if level is None else level
        return number or 0, min(level or 0, LEVELS - 1)


def _styles(binary: Binary) -> list[tuple[int | None, int | None, int]]:
    """Of each style: its list, its level, and the style it builds on."""
    data = binary.table_part(STYLES)
    found: list[tuple[int | None, int | None, int]] = []
    if len(data) < 6:
        return found
    head = _word(data, 0)
    count, base = _word(data, 2), _word(data, 4)
    at = 2 + head
    while len(found) < count and at + 2 <= len(data):
        size = _word(data, at)
        found.append(_style(data[at + 2 : at + 2 + size], base))
        at += 2 + size
    return found


def _style(data: bytes, base: int) -> tuple[int | None, int | None, int]:
    if len(data) < base + 2 or _word(data, 2) & 0xF != 1:  # 1: of paragraphs
        return None, None, 0xFFF
    at = base + 2 + 2 * _word(data, base) + 2  # behind its name
    at += at & 1
    size = _word(data, at)
    own = properties(data[at + 2 : at + 2 + size], 2)
    return (
        int.from_bytes(own[_LIST], "little") if _LIST in own else None,
        own[_LEVEL][0] if own.get(_LEVEL) else None,
        _word(data, 2) >> 4,
    )


def _lists(binary: Binary) -> list[List]:
    """The lists in the order in which paragraphs name them."""
    definitions = _definitions(binary.table_from(LISTS))
    data = binary.table_from(LIST_OVERRIDES)
    if len(data) < 4:
        return []
    count = min(struct.unpack_from("<I", data, 0)[0], (len(data) - 4) // 16)
    at = 4 + 16 * count
    found = []
    for number in range(count):
        identifier, overridden = struct.unpack_from("<i8xB", data, 4 + 16 * number)
        one = List(identifier, dict(definitions.get(identifier, {})))
        # In front of the levels of each stands a field of ones; one without levels may leave only that.
        while overridden and data[at : at + 4] == b"\xff\xff\xff\xff":
            at += 4
        for _ in range(overridden):
            if at + 8 > len(data):
                break
            start, which = struct.unpack_from("<iI", data, at)
            at += 8
            level = which & 0xF
            if which & 0x20:
                size, own = _level(data, at)
                at += size
                one.levels[level] = own
            if which & 0x10:
                one.starts[level] = one.levels[level].start if which & 0x20 else start
        found.append(one)
    return found


def _definitions(data: bytes) -> dict[int, dict[int, Level]]:
    """The levels of each list by its identifier. The levels stand behind all the lists, in their order."""
    if len(data) < 2:
        return {}
    count = min(_word(data, 0), (len(data) - 2) // 28)
    at = 2 + 28 * count
    found: dict[int, dict[int, Level]] = {}
    for number in range(count):
        identifier = struct.unpack_from("<i", data, 2 + 28 * number)[0]
        simple = data[2 + 28 * number + 26] & 1
        levels = found.setdefault(identifier, {})
        for place in range(1 if simple else LEVELS):
            if at + 30 > len(data):
                return found
            size, levels[place] = _level(data, at)
            at += size
    return found


def _level(data: bytes, at: int) -> tuple[int, Level]:
    """A level, and how many bytes it takes."""
    start, style, flags = struct.unpack_from("<iBB", data, at)
    runs, paragraphs, limit = data[at + 24], data[at + 25], data[at + 26]
    text = at + 28 + paragraphs + runs
    length = _word(data, text)
    written = data[text + 2 : text + 2 + 2 * length].decode("utf-16-le", errors="replace")
    printed = "".join(f"%{ord(letter) + 1}" if ord(letter) < LEVELS else letter for letter in written)
    hidden = properties(data[at + 28 + paragraphs : text]).get(_CHARACTER_VANISH, b"\0") == b"\1"
    restart = limit if flags & 0x08 else -1
    return text + 2 + 2 * length - at, Level(start, _STYLES.get(style, "decimal"), printed, restart, bool(flags & 0x04), hidden)


def _word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 2], "little")
