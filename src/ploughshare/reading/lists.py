"""Numbered lists of a word processor → the number of each paragraph, counted as the paragraphs go by.

DOCX and the old DOC keep the same model in different clothes (ECMA-376 part 1, 17.9; [MS-DOC] 2.4.6.3): a list has nine
levels; each says how it counts, what it prints ("(%2)") and when it starts over. Lists that share a definition share its
counters, until one of them says where to start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from ploughshare.reading.numerals import numeral

LEVELS = 9
BULLET = "\u2022"
_PLACE = re.compile("%([1-9])")
#: Fonts of symbols keep their pictures in the private area.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(slots=True)
class Level:
    """How a level of a list counts, and what it prints: ``%2`` in the text stands for the number of the second level."""

    start: int = 1
    style: str = "decimal"
    text: str = ""
    #: The level (from 1) at or above which a number starts this one over; 0: none does; -1: any above.
    restart: int = -1
    legal: bool = False
    hidden: bool = False
    paragraph_style: str = ""


@dataclass(slots=True)
class List:
    """A list: the definition whose counters it shares, its levels, and where it says that one starts over."""

    definition: Hashable
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Counters:
    """The numbers that the lists of a document have reached."""

    def __init__(self) -> None:
        self._values: dict[Hashable, list[int | None]] = {}
        self._started: set[tuple[int, int]] = set()

    def number(self, of: List, level: int) -> str:
        """What is printed in front of the next paragraph at this level of this list?

        A bullet is printed as one, whatever its picture. A level that the list lacks prints nothing.

        >>> letters = List("a", {0: Level(text="%1."), 1: Level(style="lowerLetter", text="(%2)")})
        >>> count = Counters()
        >>> [count.number(letters, level) for level in (0, 1, 1, 0, 1)]
        ['1.', '(a)', '(b)', '2.', '(a)']
        """
        here = of.levels.get(level)
        if here is None:
            return ""
        values = self._values.setdefault(of.definition, [None] * LEVELS)
        value = values[level]
        if level in of.starts and (id(of), level) not in self._started:
            self._started.add((id(of), level))
            values[level] = of.starts[level]
        else:
            values[level] = here.start if value is None else value + 1
        for below in range(level + 1, LEVELS):
            deeper = of.levels.get(below)
            if deeper is None or deeper.restart < 0 or level < deeper.restart:
                values[below] = None
        if here.hidden:
            return ""
        if here.style == "bullet":
            return BULLET
        return _PRIVATE.sub("", _PLACE.sub(_printed(of, values, here.legal), here.text)).strip()


def _printed(of: List, values: list[int | None], legal: bool) -> Callable[[re.Match[str]], str]:
    def number(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        level = of.levels.get(at, Level())
        value = values[at]
        # A level that nothing was counted on yet stands at its start.
        reached = of.starts.get(at, level.start) if value is None else value
        return numeral(reached, "decimal" if legal else level.style)

    return number
