"""The characters of a page → its lines, and the strip between its columns.

In come characters with their places, out go ``Line``s from top to bottom, each of runs of one kind of type. The order and the
line ends of PDFium are guesses (it splits a line at a raised figure and glues the cells of a table), so lines are told by
their base alone; what is set small and high goes with the word it stands at.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from ploughshare.reading.pdf_glyphs import SIGNS, Glyphs

#: Sizes of type that may lie between a number (or mark) and the paragraph (or note) it stands in front of.
LABEL_GAP = 8.0
_BLANKS = re.compile(r"\s+")
_SHORT = 8  # characters of the longest run that may be a mark of a footnote
_CROWDED = 20_000  # runs; a page with more is a drawing, and its figures are left where they stand
_SHELF = 40


class Run(NamedTuple):
    """Characters of one kind of type side by side: a range of the text of the page, and where it stands."""

    start: int
    stop: int
    left: float
    right: float
    base: float
    size: float
    bottom: float
    top: float
    #: There is a blank in front of it, typed, not guessed.
    spaced: bool


@dataclass(slots=True)
class Line:
    """Runs on one base line, in no order yet; ``raised`` holds the identities of those set small and high."""

    base: float
    size: float
    runs: list[Run] = field(default_factory=list)
    raised: set[int] = field(default_factory=set)


def runs_of(glyphs: Glyphs, *, mixed: bool) -> tuple[list[Run], list[int]]:
    """Characters of one kind of type side by side; and the places of letters that stand at another angle.

    On a page with Arabic (``mixed``) the order of the characters tells nothing, so that runs are whole lines there.
    """
    text, lefts, rights, tops, bottoms, bases = glyphs.text, glyphs.lefts, glyphs.rights, glyphs.tops, glyphs.bottoms, glyphs.bases
    runs: list[Run] = []
    aside: list[int] = []
    typed = False
    for start, stop in _cuts(glyphs, mixed=mixed):
        while start < stop and text[start].isspace():
            # A blank of no width is a guess of PDFium.
            typed = typed or rights[start] > lefts[start]
            start += 1
        if start == stop:
            continue
        end = stop
        while text[stop - 1].isspace():
            stop -= 1
        left, right = (min(lefts[start:stop]), max(rights[start:stop])) if mixed else (lefts[start], rights[stop - 1])
        bottom, top = min(bottoms[start:stop]), max(tops[start:stop])
        base, size = bases[start], glyphs.size(start)
        right = min(right, glyphs.wide)  # what is cut off at the edge takes no room
        if not (left < glyphs.wide and right > 0.0 and left < right + 1.0 and -1.0 < base < glyphs.high and 0.1 < size < 1000.0):
            continue  # off the page, or not a number
        if stop - start == 1 and glyphs.leans(start):
            aside.append(start)
            continue
        runs.append(Run(start, stop, left, right, base, size, bottom, max(top, bottom + 0.5 * size), typed))
        typed = any(rights[place] > lefts[place] for place in range(stop, end))
    return runs, aside


def _cuts(glyphs: Glyphs, *, mixed: bool) -> Iterator[tuple[int, int]]:
    """Where one run ends and another begins."""
    lefts, rights, bases = glyphs.lefts, glyphs.rights, glyphs.bases
    cuts = {place for place, (base, before) in enumerate(zip(bases[1:], bases, strict=False), 1) if not -0.5 < base - before < 0.5}
    if not mixed:
        cuts.update(place for place, (left, before) in enumerate(zip(lefts[1:], lefts, strict=False), 1) if before - left > 3.0)
        for blanks in _BLANKS.finditer(glyphs.text, 1):
            start, stop = blanks.span()
            # The blanks that PDFium only guesses have no width; whether they are ones is for the gap to say.
            if lefts[start] == rights[start]:
                cuts.add(start)
            if stop < glyphs.count and lefts[stop] - rights[start - 1] > glyphs.tops[stop] - glyphs.bottoms[stop] + 2.0:
                cuts.add(stop)
    order = sorted(cuts)
    yield from zip([0, *order], [*order, glyphs.count], strict=True)


def lines_of(runs: list[Run], text: str, *, mixed: bool) -> list[Line]:
    """Runs on one base line together, from top to bottom; small raised figures go with the word they stand at."""
    lines: list[Line] = []
    near: dict[int, list[Line]] = {}
    for run in runs:
        shelf = int(run.base // 4)
        for line in chain(near.get(shelf, ()), near.get(shelf - 1, ()), near.get(shelf + 1, ())):
            if abs(line.base - run.base) <= 0.3 * min(line.size, run.size) and _of_a_size(run, line):
                line.runs.append(run)
                line.size = max(line.size, run.size)
                break
        else:
            line = Line(run.base, run.size, [run])
            lines.append(line)
            if len(near.setdefault(shelf, [])) < _SHELF:
                near[shelf].append(line)
    for line in lines:
        line.base = max(line.runs, key=lambda run: run.stop - run.start).base
    lines.sort(key=lambda line: line.base)
    if len(runs) < _CROWDED:
        _rehouse(lines, text, mixed=mixed)
    # Side by side on one base, type of different sizes makes lines of its own; Arabic begins on the right.
    found = [line for line in lines if line.runs]
    found.sort(key=lambda line: (-line.base, -max(run.right for run in line.runs) if mixed else min(run.left for run in line.runs)))
    return found


def _of_a_size(run: Run, line: Line) -> bool:
    """Type of another size is on a line only beside others on it: the mark of a footnote may stand level with the next column."""
    if 0.85 * line.size < run.size < 1.18 * line.size:
        return True
    return any(gap(run, other) < line.size and abs(run.base - other.base) < 0.12 * line.size for other in line.runs[-_SHELF:])


class _Shelf(NamedTuple):
    """A line as it is looked through for the word at which something small belongs."""

    line: Line
    runs: list[Run]
    lefts: list[float]
    right: float
    letters: int

    @classmethod
    def of(cls, line: Line) -> _Shelf:
        runs = sorted(line.runs, key=lambda run: run.left)
        return cls(
            line, runs, [run.left for run in runs], max(run.right for run in runs), sum(run.stop - run.start for run in runs)
        )

    def beside(self, small: Run) -> list[Run]:
        """The few runs among which the nearest one is."""
        place = bisect_left(self.lefts, small.left)
        return self.runs[max(0, place - 6) : place + 4]


def _rehouse(lines: list[Line], text: str, *, mixed: bool) -> None:
    """Take what is set high or low to the line it belongs to."""
    shelves = [_Shelf.of(line) for line in lines]
    bases = [line.base for line in lines]
    for line in lines:
        if not all(run.stop - run.start <= _SHORT for run in line.runs):
            continue
        stay: list[Run] = []
        for run in line.runs:
            place = bisect_left(bases, run.base - 30.0)
            near = [
                shelf
                for shelf in shelves[place : place + _SHELF]
                if shelf.line is not line and shelf.line.runs and shelf.line.base < run.base + 10.0
            ]
            signs = mixed and SIGNS.search(text, run.start, run.stop) is not None
            host = _host_of_signs(run, near) if signs else _host(run, near)
            if host is None:
                stay.append(run)
                continue
            to, beside = host
            to.runs.append(run)
            if not signs and run.base - beside.base > 0.12 * beside.size:
                to.raised.add(id(run))
        line.runs = stay


def _host(small: Run, near: list[_Shelf]) -> tuple[Line, Run] | None:
    """The line of larger type at one of whose words this run is set high (or low), and that word."""
    best: tuple[float, Line, Run] | None = None
    for shelf in near:
        for run in shelf.beside(small):
            rise = (small.base - run.base) / run.size
            if not -0.3 <= rise <= 0.7 or not (small.size <= 0.82 * run.size or (small.size <= 0.9 * run.size and rise >= 0.15)):
                continue
            # The mark in front of a footnote may stand well before it.
            apart = gap(small, run) / run.size
            at_edge = small.right <= shelf.lefts[0] or small.left >= shelf.right
            if apart <= 1.0 or (apart <= LABEL_GAP and at_edge):
                away = abs(rise - 0.35) + max(0.0, apart)
                if best is None or away < best[0]:
                    best = away, shelf.line, run
    return best[1:] if best else None


def _host_of_signs(small: Run, near: list[_Shelf]) -> tuple[Line, Run] | None:
    """The line of Arabic in which this letter with a vowel sign has its place, though it is put where the sign stands."""
    found = [
        (abs(small.base - shelf.line.base), index, shelf.line, run)
        for index, shelf in enumerate(near)
        if -0.4 * shelf.line.size <= small.base - shelf.line.base <= 0.7 * shelf.line.size and shelf.letters > _SHORT
        for run in shelf.beside(small)
        if gap(small, run) <= 0.5 * run.size
    ]
    return min(found, key=lambda one: one[:2])[2:] if found else None


def gap(one: Run, other: Run) -> float:
    """The gap from one run to another; where one begins within the other, how far it is from the nearer edge is no matter."""
    return max(one.left - other.right, other.left - one.right, -0.5 * other.size)


def gutter_of(lines: list[Line]) -> float | None:
    """The middle of a white strip between two columns, if the page has one."""
    if len(lines) < 12:
        return None
    few = len(lines) // 25
    left = sorted(min(run.left for run in line.runs) for line in lines)[few]
    width = sorted(max(run.right for run in line.runs) for line in lines)[-1 - few] - left

    def crossing(part: int) -> int:
        place = left + width * part / 100
        on = [sides(line, place) for line in lines]
        enough = 3 * min(sum(side & 1 for side in on), sum(side >> 1 for side in on)) > len(lines)
        return on.count(0) if enough else len(lines)

    if all(2 * crossing(part) > len(lines) for part in (40, 44, 47, 50, 53, 56, 60)):
        return None  # prose in one column
    found = [(crossing(part), part) for part in range(36, 65)]
    least = min(found)[0]
    if 6 * least >= len(lines):
        return None
    best = [part for count, part in found if count == least]
    return left + width * best[len(best) // 2] / 100


def sides(line: Line, place: float) -> int:
    """Does the line have text on the left of a place (1), on the right (2), on both with a gap between (3), or across it (0)?"""
    before = max((run.right for run in line.runs if run.left < place), default=None)
    after = min((run.left for run in line.runs if run.left >= place), default=None)
    if before is None:
        return 2
    if before > place:
        return 0
    if after is None:
        return 1
    return 3 if after - before > 0.5 * line.size else 0
