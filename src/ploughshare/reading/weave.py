"""Ranges of a text → one clean paragraph, with the map back and the places of its footnote marks.

Characters are copied in runs and left out between them; the map is written while this is done, so it cannot drift.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ploughshare.model.text import Anchor, Offsets

from .edits import Edit, between

_RUNS = re.compile(" {2,}")
#: Scripts written without blanks, and the signs of their typography.
WIDE = "\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65"
_WIDE = re.compile(f"[{WIDE}]")
# No blank stands before these in any language; before others French sets one.
_CLOSES = frozenset(",.)]\u060c\u061b\u061f\u3001\u3002\uff0c\uff1b\uff1a\uff09")
_OPENS = frozenset("([\u00ab\u201c\u2018/-\u2010\u2011")
_OPENERS = frozenset("([\u201c\u00ab\u2018\u300a")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013/")


class Piece(NamedTuple):
    """A range of the text, and what joins it to the piece before: a blank, or nothing."""

    start: int
    stop: int
    joint: str = " "


def is_wide(letter: str) -> bool:
    """Is this a character of a script written without blanks?"""
    return _WIDE.match(letter) is not None


class _Loom:
    __slots__ = ("anchors", "cleaned", "length", "marked", "original", "parts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.parts: list[str] = []
        self.length = 0
        self.cleaned: list[int] = []
        self.original: list[int] = []
        self.anchors: list[Anchor] = []
        #: A mark was left out just now: the blanks around it need care.
        self.marked = False

    def last(self) -> str:
        return self.parts[-1][-1] if self.parts else ""

    def copy(self, start: int, stop: int) -> None:
        """Copy a range, runs of blanks as one."""
        if start >= stop:
            return
        text = self.text
        last = self.last()
        while start < stop and text[start] == " " and last in ("", " "):
            start += 1
        if start >= stop:
            return
        if self.marked:
            start = self._after_mark(start, stop, last)
            if start >= stop:
                return
        if text.find("  ", start, stop) >= 0:
            for run in _RUNS.finditer(text, start, stop):
                self._run(start, run.start() + 1)
                start = run.end()
        self._run(start, stop)

    def _after_mark(self, start: int, stop: int, last: str) -> int:
        text = self.text
        first = text[start]
        self.marked = False
        if first == " ":
            if start + 1 < stop:
                following = text[start + 1]
                # The blank belonged to the mark, not to a text written without blanks.
                if following in _CLOSES or is_wide(following) or (is_wide(last) and not last.isalpha()):
                    return start + 1
            else:
                self.marked = is_wide(last)
                return stop if self.marked else start
        elif last == " ":
            if first in _CLOSES:
                self.drop_blank()
        elif last and first.isalnum() and last not in _OPENS and not is_wide(last) and not is_wide(first):
            self.write(" ")
        return start

    def _run(self, start: int, stop: int) -> None:
        if start >= stop:
            return
        if not self.cleaned or start - self.length != self.original[-1] - self.cleaned[-1]:
            self.cleaned.append(self.length)
            self.original.append(start)
        self.parts.append(self.text[start:stop])
        self.length += stop - start

    def write(self, sign: str) -> None:
        """Put in what the text does not have; it belongs to the run before."""
        if self.parts and not (sign == " " and self.last() == " "):
            self.parts.append(sign)
            self.length += len(sign)

    def drop_blank(self) -> None:
        part = self.parts[-1][:-1]
        self.length -= 1
        if part:
            self.parts[-1] = part
        else:
            self.parts.pop()
        if self.cleaned and self.cleaned[-1] >= self.length and len(self.cleaned) > 1:
            self.cleaned.pop()
            self.original.pop()

    def edit(self, edit: Edit) -> None:
        if edit.mark:
            self.anchors.append(Anchor(self.length, edit.mark))
            self.marked = True
        elif edit.text == " ":
            self.write(" ")
        elif edit.text:
            self.cleaned.append(self.length)
            self.original.append(edit.start)
            self.parts.append(edit.text)
            self.length += len(edit.text)


def joint(text: str, stop: int, start: int) -> str:
    """What joins words that end before ``stop`` to those on the next line from ``start`` on: a blank or nothing.

    >>> joint("all\\nStates", 3, 4), joint("\u5927\\n\u4f1a", 1, 2), joint("non-\\nnuclear", 4, 5)
    (' ', '', '')
    """
    last, first = text[stop - 1], text[start]
    if is_wide(last) or is_wide(first):
        # Some texts set a blank between Chinese and other letters; nothing is lost without.
        return "" if is_wide(last) or last.isdigit() or first.isdigit() or not last.isalpha() else " "
    if first in _CLOSES or last in _OPENERS:
        return ""
    if last in _DASHES or first in _DASHES:
        # A dash between blanks keeps them; one inside a word or a span of years has none.
        inner = text[max(0, stop - 2) : stop - 1] if last in _DASHES else text[start + 1 : start + 2]
        return "" if inner.isalnum() else " "
    return " "


def weave(text: str, pieces: Iterable[Piece], edits: Sequence[Edit]) -> tuple[str, Offsets, tuple[Anchor, ...]]:
    """The clean text of some ranges, the map of its characters, and the marks that were in it.

    >>> from .edits import edits_of
    >>> source = "the  **report**,\u00b9 sent to\\nall"
    >>> words, offsets, anchors = weave(source, [Piece(0, 25), Piece(26, 29)], edits_of(source))
    >>> words, anchors, offsets.span(4, 10)
    ('the report, sent to all', (Anchor(position=11, mark='1'),), Span(start=7, stop=13))
    """
    pieces = tuple(pieces)
    first, last = (pieces[0].start, pieces[-1].stop) if pieces else (0, 0)
    near = between(edits, first, last) if edits else ()
    # Most paragraphs stand on one line with nothing to leave out.
    if len(pieces) == 1 and not near and text.find("  ", first, last) < 0:
        return text[first:last], Offsets((0,), (first,)), ()
    loom = _Loom(text)
    for start, stop, sign in pieces:
        if sign:
            loom.write(sign)
        for edit in between(near, start, stop) if near else ():
            if edit.start >= start:
                loom.copy(start, edit.start)
                loom.edit(edit)
                start = edit.stop
        loom.copy(start, stop)
    if loom.last() == " ":
        loom.drop_blank()
    words = "".join(loom.parts)
    if not loom.cleaned:
        return words, Offsets((0,), (first,)), tuple(loom.anchors)
    if any(anchor.position > loom.length for anchor in loom.anchors):
        loom.anchors = [Anchor(min(anchor.position, loom.length), anchor.mark) for anchor in loom.anchors]
    return words, Offsets(tuple(loom.cleaned), tuple(loom.original)), tuple(loom.anchors)
