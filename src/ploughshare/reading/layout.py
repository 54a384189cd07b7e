"""Lines of the body → paragraphs: which line begins one, and which goes on where a line or a page ended.

A paragraph begins with a number or letter, with an opening verb after a comma, after a full stop; it goes on where the words
before do not end. What a line is (enacting words, closing line, annex) comes from the lexicon; what it ends with, from ``wrap``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ploughshare.parsing.landmarks import annex, closing, enacting, part
from ploughshare.parsing.numbering import item, number
from ploughshare.parsing.verbs import opens

from .lines import Line
from .weave import Piece, is_wide, joint
from .words import Words, after_apostrophe
from .wrap import COMMAS, PERIODS, STOPS, Wrap

_FIRST_LETTER = re.compile(r"[^\W\d_]")
#: "…; and" before the last member of a list.
_JOINED = re.compile(r"[;,\u061b\u060c\uff1b\uff0c] ?[^\W\d_]{1,5}")
_QUOTES = frozenset("\"'\u00ab\u201c\u2018\u300a(")
_APOSTROPHES = frozenset("'\u2019")
#: Landmarks and headings are shorter than these.
_LANDMARK, _CLOSING, _HEADING = 200, 90, 60
#: Languages in which a paragraph begins with a capital letter.
_CASED = frozenset({"en", "es", "fr"})


def paragraphs(text: str, lines: Sequence[Line], wrap: Wrap, language: str) -> Iterator[list[Piece]]:
    """The paragraphs, each as the ranges it is made of."""
    return _Joining(text, wrap, language).run(lines)


class _Joining:
    """The lines of one document, joined from first to last."""

    def __init__(self, text: str, wrap: Wrap, language: str) -> None:
        self.text, self.wrap, self.language = text, wrap, language
        self.cased = language in _CASED
        self.words: Words | None = None
        self.spoken = False  # have the enacting words been read?
        self.plain = False  # do they stand without a comma, as on a cover?
        self.last = 0  # the number of the last operative paragraph
        self.preamble = True  # has no operative paragraph been read since the enacting words or the heading of a part?
        # Of the paragraph in hand:
        self.single = False  # is it a landmark, complete in itself?
        self.closed = False  # is it a closing line?
        self.item = False  # does it begin with a letter?
        self.bare = False  # does it begin with neither number nor letter?
        self.first: Line | None = None  # its first line

    def run(self, lines: Sequence[Line]) -> Iterator[list[Piece]]:
        short = [self._words(line) for line in lines if line.stop - line.start <= _HEADING]
        self.plain = not any(enacting(words, self.language) for words in short)
        self.spoken = self.plain and not any(enacting(words, self.language, bare=True) for words in short)
        pieces: list[Piece] = []
        before: Line | None = None
        marked = False
        for line in lines:
            if line.mark:
                if pieces:
                    pieces.append(Piece(line.start, line.stop, ""))
                marked = True
                continue
            # A mark set apart broke its line in two: what follows at once is the rest of that line.
            rest = marked and not line.gap and not line.torn and not number(self.text, line.start)
            marked = False
            if (not rest and self._begins(before or line, line)) or before is None:
                if pieces:
                    yield pieces
                self._start(line)
                pieces = [Piece(line.start, line.stop)]
            else:
                pieces.append(Piece(line.start, line.stop, self._joint(before, line)))
            before = line
        if pieces:
            yield pieces

    def _words(self, line: Line) -> str:
        return self.text[line.start : line.stop]

    def _start(self, line: Line) -> None:
        """A paragraph begins with this line."""
        self.first = line
        self.item = item(self.text, line.start, self.language) is not None
        found = number(self.text, line.start)
        self.bare = found is None and not self.item
        if found and self.spoken and not self.closed:
            self.last, self.preamble = found[1], False

    # -- does a paragraph begin here? ------------------------------------------------------------------------------
    def _begins(self, before: Line, line: Line) -> bool:
        single, self.single = self.single, False
        closed, self.closed = self.closed, False
        last = self.wrap.last_sign(before)
        if line.stop - line.start <= _LANDMARK and self._landmark(before, line, last, closed):
            return True
        if single or line.heading or before.heading or not self.spoken:
            return True
        if self._numbered(before, line, last) or self._lettered(before, line, last):
            return True
        if last in STOPS:
            return self._after_stop(before, line, last)
        if last in COMMAS:
            return self._after_comma(before, line)
        return self._after_word(before, line)

    def _landmark(self, before: Line, line: Line, last: str, closed: bool) -> bool:
        """A line that is no paragraph, or the first of one that it says to begin."""
        content = self._words(line)
        ended = last in STOPS
        begins = ended or line.gap > 0 or not self.spoken
        if begins and len(content) <= _HEADING and enacting(content, self.language, bare=self.plain):
            self.spoken, self.last, self.single, self.preamble = True, 0, True, True
            return True
        if not self.spoken:
            return False
        # The last paragraph may lack its full stop; a date that a line's end cut off from its sentence is no closing line.
        if (
            len(content) <= _CLOSING
            and closing(content, self.language)
            and (ended or closed or not (line.torn or self.wrap.full(before, line)))
        ):
            self.single = self.closed = True
            return True
        if (ended or line.gap) and annex(content, self.language):
            self.single = True
            return True
        apart = ended or line.heading or (line.gap and not line.torn and not self.wrap.loose)
        if apart and (found := part(content, self.language)):
            self.single = found[1] >= len(content)
            if self.single or (content[-1] not in STOPS and not self.wrap.full(line, line)):
                self.preamble = True
                return True
        return False

    def _numbered(self, before: Line, line: Line, last: str) -> bool:
        found = number(self.text, line.start)
        if found is None:
            return False
        if last in STOPS:
            return True
        expected = found[1] in (1, self.last + 1)
        if line.torn:
            return expected
        if line.gap or not self.wrap.width:
            return True
        # "… and paragraph / 12. Further" is a number by the chance of a line's end.
        return expected and (not self.last or last in COMMAS or not self.wrap.full(before, line))

    def _lettered(self, before: Line, line: Line, last: str) -> bool:
        found = item(self.text, line.start, self.language)
        if found is None:
            return False
        if last in STOPS or (line.gap and not line.torn and not self.wrap.loose):
            return True
        if last in COMMAS:
            return line.gap > 0 or not self.wrap.full(before, line)
        tail = self.text[max(before.start, before.stop - 7) : before.stop]
        joined = _JOINED.search(tail)
        return joined is not None and joined.end() == len(tail)

    def _after_stop(self, before: Line, line: Line, last: str) -> bool:
        """After a full stop, semicolon or colon a line goes on only where the stop stood inside the paragraph by chance."""
        if line.torn:
            # A page ended after a semicolon inside a paragraph: small letters go on.
            return last in PERIODS or not self._small(line)
        said = self.wrap.begins(line)
        if said is not None:
            return said
        if line.gap and not self.wrap.loose:
            return True
        if self.wrap.full(before, line) and not (self.wrap.loose and last == "\u3002"):
            return self.preamble and opens(self._words(line), self.language)
        return True

    def _after_comma(self, before: Line, line: Line) -> bool:
        if not self.preamble:
            return False
        small = self._small(line)
        if not line.torn and not self.wrap.width:
            # A line is a paragraph, unless a break that left no trace cut it in two.
            if not small or (line.gap and (self.item or not self.cased)):
                return True
            return opens(self._words(line), self.language)
        if self.cased and small:
            return False
        said = self.wrap.begins(line)
        if said is not None:
            return said
        if opens(self._words(line), self.language):
            return True
        first = self.text[line.start]
        return not line.torn and (first.isalpha() or first in _QUOTES) and not self.wrap.full(before, line)

    def _after_word(self, before: Line, line: Line) -> bool:
        """The words before do not end: the line goes on, unless what stands before is a heading."""
        if self.cased and self._small(line):
            return False
        if self.wrap.width or line.torn:
            # Only a line that ends long before the margin may be a paragraph without its full stop.
            if not self.cased or (self.wrap.width and self.wrap.room(before) * 4 < self.wrap.width):
                return False
        elif line.gap and (self._is_heading(before) or (self.cased and not self.preamble)):
            return True
        elif not self.cased:
            return False
        return opens(self._words(line), self.language)

    def _is_heading(self, before: Line) -> bool:
        """May the paragraph in hand be a heading? A short line that opens with no verb."""
        if not self.bare or before is not self.first or before.stop - before.start > _HEADING:
            return False
        return not opens(self._words(before), self.language)

    def _small(self, line: Line) -> bool:
        found = _FIRST_LETTER.search(self.text, line.start, min(line.stop, line.start + 12))
        return found is not None and found[0].islower()

    # -- what joins two lines --------------------------------------------------------------------------------------
    def _joint(self, before: Line, line: Line) -> str:
        text, stop, start = self.text, before.stop, line.start
        last, first = text[stop - 1], text[start]
        if line.torn and last.isalpha() and first.isalpha() and not is_wide(last):
            self.words = self.words or Words(text)
            return "" if self.words.one(stop, start) else " "
        if last in _APOSTROPHES and first.isalpha() and not is_wide(first):
            return "" if after_apostrophe(text, stop, start) else " "
        if line.torn and last.isdigit() and first.isdigit():
            return ""
        return joint(text, stop, start)
