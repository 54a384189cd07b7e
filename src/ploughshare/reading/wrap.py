"""How a text is laid out: whether its lines are cut to a width, and what the end of a line says.

In come lines, out goes a ``Wrap`` that answers: is this line full, and with which sign do its words end?
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ploughshare.lexicon.load import load
from ploughshare.parsing.numbering import number

from .edits import Edit, between
from .lines import Line
from .weave import WIDE

COMMAS = frozenset(",\u060c\uff0c")
#: What ends a sentence for good; a colon or semicolon may stand inside one.
PERIODS = frozenset(".!?\u061f\u3002\uff0e\uff01\uff1f")
STOPS = frozenset(".;:!?\u061b\u061f\u3002\uff0e\uff1b\uff1a\uff01\uff1f")
ENDS = COMMAS | STOPS
_CLOSERS = frozenset("\"'\u201d\u2019\u00bb)]}\uff09\u3011\u300b\u300f\u300d* _")
_WIDE_RUN = re.compile(f"[{WIDE}]+")
_WORD = re.compile(r"\S{1,40}")
_SAMPLE = 300


@dataclass(frozen=True, slots=True)
class Wrap:
    """The layout of a text's lines.

    ``width`` is 0 where a line is a whole paragraph; ``wide`` says that some signs are twice as wide as others. ``loose``:
    empty lines stand between the lines of a paragraph too; ``spaced``: they stand between paragraphs, and only there;
    ``indented``: the first line of a paragraph is indented, and the others are not.
    """

    text: str
    edits: Sequence[Edit]
    width: int = 0
    loose: bool = False
    indented: bool = False
    spaced: bool = False
    wide: bool = True

    def begins(self, line: Line) -> bool | None:
        """Does the layout alone say whether a paragraph begins with this line? None where it says nothing."""
        if line.torn or not self.width:
            return None
        if self.indented:
            return line.indent > 0
        return line.gap > 0 if self.spaced else None

    def last_sign(self, line: Line) -> str:
        """The sign with which the words of a line end, marks of footnotes and closing quotation marks apart."""
        text, stop = self.text, line.stop
        sign = text[stop - 1]
        if sign in ENDS:
            return sign
        marks = between(self.edits, line.start, stop) if self.edits else ()
        count = len(marks)
        while stop > line.start:
            if count and marks[count - 1].stop == stop:
                count -= 1
                stop = marks[count].start
            elif text[stop - 1] in _CLOSERS:
                stop -= 1
            else:
                break
        return text[stop - 1] if stop > line.start else ""

    def sentence_ends(self, line: Line, language: str) -> bool:
        """Does a sentence end with this line? Not where the full stop belongs to an abbreviation or brackets are open."""
        if self.last_sign(line) not in PERIODS:
            return False
        tail = self.text[max(line.start, line.stop - 12) : line.stop].lower()
        if tail.endswith(abbreviations(language)):
            return False
        content = self.text[line.start : line.stop]
        return content.rfind("(") <= content.rfind(")")

    def room(self, line: Line) -> int:
        """How many columns of the line are free."""
        taken = columns(self.text, line.start, line.stop) if self.wide else line.stop - line.start
        return self.width - taken - (line.indent if line.indent < 12 else 0)

    def full(self, line: Line, following: Line) -> bool:
        """Would the first word of the next line not have stood on this one any more?"""
        if not self.width:
            return False
        word = _WORD.match(self.text, following.start)
        room = self.room(line)
        first = word[0] if word else ""
        if self.wide and _WIDE_RUN.match(first):
            return room <= 6
        # Letters differ in width: lines of the same length in print differ by some characters.
        return room <= len(first) + max(3, self.width // 12)


@cache
def abbreviations(language: str) -> tuple[str, ...]:
    """What stands at the end of a line that ends in an abbreviation, with the sign before it."""
    words = [word.lower() for word in load("layout", language)["abbreviation"]]
    return tuple(before + word for word in words for before in (" ", "(", "\u00ab", "\u201c"))


def columns(text: str, start: int, stop: int) -> int:
    """How wide a range is in print: signs of Chinese count two."""
    return stop - start + sum(found.end() - found.start() for found in _WIDE_RUN.finditer(text, start, stop))


def wrap_of(text: str, lines: Sequence[Line], edits: Sequence[Edit]) -> Wrap:
    """How are these lines laid out?

    A text of whole paragraphs has lines that end with a stop or comma, and some that a page broke; one that is cut to a width
    has many lines of nearly the same length that end anywhere.
    """
    step = max(1, len(lines) // _SAMPLE)
    ends = sum(text[line.stop - 1] in ENDS for line in lines[::step])
    if ends * step * 5 > len(lines) * 4:
        return Wrap(text, edits)
    long = open_ends = gaps = 0
    inner = inner_indented = first = first_indented = first_spaced = 0
    widths: list[int] = []
    wrap = Wrap(text, edits)
    wide = _WIDE_RUN.search(text) is not None
    for place in range(0, len(lines), step):
        line = lines[place]
        if line.stop - line.start < 12 or line.mark:
            continue
        stop = min(line.stop, line.start + 400)
        width = columns(text, line.start, stop) if wide else stop - line.start
        if width < 30:
            continue
        long += 1
        sign = wrap.last_sign(line)
        if sign not in ENDS:
            open_ends += 1
            widths.append(width)
            if place + 1 < len(lines):
                gaps += lines[place + 1].gap > 0
                inner += 1
                inner_indented += lines[place + 1].indent > 0
        # Numbered paragraphs show whether first lines are indented; other lines after a stop may be footnotes.
        if line.indent < 40 and number(text, line.start):
            first += 1
            first_indented += line.indent > 0
            first_spaced += line.gap > 0
    if long < 4 or open_ends < 3 or open_ends * 10 < long * 3:
        return wrap
    widths.sort()
    # Most open lines are cut to the width; a heading is shorter.
    width = widths[len(widths) * 17 // 20]
    if width > 170 or widths[len(widths) // 2] * 5 < width * 3:
        return wrap
    indented = first >= 2 and first_indented * 10 >= first * 8 and inner_indented * 10 <= inner
    spaced = first >= 2 and first_spaced * 10 >= first * 8 and gaps * 10 <= inner
    return Wrap(text, edits, width, gaps * 2 > open_ends, indented, spaced, wide)
