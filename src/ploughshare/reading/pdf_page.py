"""What a page of PDF is made of once its characters are put in rows: plain data between the steps of reading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from ploughshare.model.text import Box

#: Characters of Chinese script, its punctuation and full-width forms: no blanks part them.
HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]")


class Drawn(NamedTuple):
    """A horizontal line drawn on a page."""

    left: float
    right: float
    height: float


@dataclass(slots=True)
class Row:
    """A piece of one line in one column. ``raised`` are the ranges of its text that are set small and high.

    ``left`` and ``right`` count in the direction of reading (mirrored on a page of Arabic); ``box`` is the place on paper.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    box: Box
    page: int
    raised: tuple[tuple[int, int], ...] = ()
    bold: bool = False
    #: Where its text begins in the decoded text, once that is laid out.
    start: int = 0

    @property
    def end(self) -> str:
        """Its last character, marks of footnotes aside."""
        stop = len(self.text)
        for first, last in reversed(self.raised):
            if last != stop:
                break
            stop = first
        return self.text[max(0, stop - 8) : stop].rstrip()[-1:]

    @property
    def opening(self) -> float:
        """The room that its first word and a blank before it take."""
        if HAN.match(self.text):
            return (self.right - self.left) / len(self.text)
        word = self.text.find(" ")
        letters = word if word > 0 else len(self.text)
        return (self.right - self.left) * letters / len(self.text) + 0.25 * self.size


@dataclass(slots=True)
class Page:
    """The rows of a page from top to bottom, the lines drawn on it, and how well its characters are known."""

    number: int
    width: float
    height: float
    rows: list[list[Row]] = field(default_factory=list)
    rules: list[Drawn] = field(default_factory=list)
    characters: int = 0
    #: How many of them the file does not name.
    unmapped: int = 0
    right_to_left: bool = False
    #: The share of the page that pictures cover.
    pictured: float = 0.0
    #: The middle of the white strip between its columns (in the direction of reading), if it has two.
    gutter: float | None = None
