"""Flows of rows, page after page → whole paragraphs and whole footnotes.

In come the flows of every page and the footnotes under them, out go the ``Block``s of the document. What begins a paragraph is
told by the page itself: a wider gap, an indent, a number, another type, a line that ended before it was full. Paragraphs and
words go on across lines, columns and pages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from ploughshare.reading.pdf_columns import Flow
from ploughshare.reading.pdf_page import Row

_ENDS = ".;:!?,\u2026\u060c\u061b\u061f\u3002\uff0c\uff1a\uff1b\uff1f\uff01\u3001"
_DASHES = "-\u2013\u2014"
_MARK = re.compile(r"[(\uff08]?\d{1,3}[)\uff09]?[,.;:\u3001\u3002\uff0c\uff1b\u060c\u061b]?")
_NUMERALS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
# The number of a paragraph or sub-paragraph, in any of the scripts, or a bullet.
_NUMBER = re.compile(
    r"\d{1,3}(?:/\d{1,4}(?: [A-Z])?)?[.)\uff0e\u3001](?!\d)|\d{1,3} ?[-\u2013\u2014](?= )|[a-z]{1,3}\)"
    r"|[\u2018\u2019]\d{1,2}[\u2018\u2019]"
    rf"|[(\uff08](?:[a-z]{{1,4}}|[\u0430-\u044f]|\d{{1,3}}|[\u0620-\u064a]\u0640?|[{_NUMERALS}]{{1,3}})[)\uff09]"
    rf"|[{_NUMERALS}]{{1,3}}\u3001|[\u2022\u25aa\u25cf\u25e6\u2013\u2014-](?= )"
)
# The number in front of the title of a resolution.
_TITLE = re.compile(r"\d{1,3}/\d{1,4}(?: [A-Z])?\.? ")


@dataclass(slots=True)
class Body:
    """What the body of a document looks like: its type, its pitch, its margins, and whether paragraphs are indented."""

    size: float
    pitch: float
    left: float = 0.0
    right: float = 0.0
    indented: bool = False
    #: How far first lines are set in.
    indent: float = 0.0
    #: From this many times the pitch on, the gap between two rows parts paragraphs.
    gap: float = 1.3
    #: The words with which paragraphs begin, where gaps show that they do, more than once.
    openings: frozenset[str] = frozenset()

    @classmethod
    def of(cls, found: Iterable[Flow], size: float, pitch: float) -> Body:
        """The margins as most rows show them."""
        body = cls(size, pitch)
        rows = [row for flow in found if not flow.cell for row in flow.rows if abs(row.size - size) < 0.07 * size]
        if not rows:
            return body
        left, body.right = _margins(rows, pitch, 2)
        body.left = min(row.left for row in rows) if left is None else left
        inner: Counter[int] = Counter()
        opening = after = 0
        for before, row in pairwise(rows):
            close = row.page == before.page and 0 < before.base - row.base < 1.25 * pitch
            if row.page == before.page and before.base - row.base > 1.25 * pitch:
                after += 1
                opening += 0.8 * size < row.left - body.left < 8 * size
            elif row.left - before.left > 0.8 * size and abs(before.left - body.left) < 0.5 * size:
                opening += 1
                after += 1
            if close and abs(row.left - body.left) < 0.5 * size and 0.8 * size < before.left - body.left < 8 * size:
                inner[round(before.left - body.left)] += 1
        body.indented = 5 * opening > 2 * after
        body.indent = float(inner.most_common(1)[0][0]) if inner else 0.0
        body.gap = _gap(rows, pitch)
        first = Counter(
            _opening(row) for before, row in pairwise(rows) if before.page == row.page and before.base - row.base > body.gap * pitch
        )
        body.openings = frozenset(word for word, count in first.items() if count > 1)
        return body

    def at(self, flow: Flow) -> Body:
        """The same for one flow, whose margins may differ from page to page and from column to column."""
        same = [row for row in flow.rows if abs(row.size - self.size) < 0.07 * self.size]
        left, right = _margins(same, self.pitch, 6) if len(same) > 7 else (None, 0.0)
        if left is None:
            if not flow.column:
                return self
            left, right = min(row.left for row in flow.rows), max(row.right for row in flow.rows)
        return Body(self.size, self.pitch, left, right, self.indented, self.indent, self.gap, self.openings)


def _gap(rows: list[Row], pitch: float) -> float:
    """Where the gaps between paragraphs begin: nearly all rows before such a gap end a sentence or a clause."""
    steps = [
        ((before.base - row.base) / pitch, before.end in _ENDS)
        for before, row in pairwise(rows)
        if before.page == row.page and 1.06 * pitch < before.base - row.base < 1.3 * pitch
    ]
    best = 1.3
    for least in (1.24, 1.18, 1.12, 1.06):
        wider = [ended for ratio, ended in steps if ratio > least]
        if len(wider) < 3 or 8 * sum(wider) < 7 * len(wider):
            continue
        best = least
    return best


def _margins(rows: list[Row], pitch: float, least: int) -> tuple[float | None, float]:
    """The edges of the text: on the left that of most rows that follow close upon another, for those begin no paragraph."""
    lefts = Counter(
        round(row.left) for before, row in pairwise(rows) if before.page == row.page and 0 < before.base - row.base < 1.1 * pitch
    )
    rights = sorted(row.right for row in rows)
    # Short paragraphs without gaps between them have as many first lines as others; the margin is the outer of the two.
    common = max(lefts.values(), default=0)
    left = min((float(left) for left, count in lefts.items() if count >= least and 4 * count >= common), default=None)
    return left, rights[min(len(rights) - 1, int(0.97 * len(rights)))]


@dataclass(slots=True)
class Paragraph:
    """The rows of a paragraph in the making, and the mark of the footnote it is, if it is one."""

    rows: list[Row]
    #: What the flow looks like in which it stands (the last of them).
    body: Body
    mark: str | None = None
    #: Characters at the front of the first row that are the mark.
    skip: int = 0
    #: Something else stood between it and what follows.
    closed: bool = False


def paragraphs(pages: list[list[Flow]], body: Body) -> list[Paragraph]:
    """Which rows make a paragraph together?"""
    found: list[Paragraph] = []
    going: Paragraph | None = None
    for page in pages:
        for flow in page:
            if flow.cell:
                found.extend(_split(flow.rows, body, None))
                if going is not None:
                    going.closed = True
                continue
            here = body.at(flow)
            pieces = _split(flow.rows, here, going)
            if going is not None and pieces and pieces[0] is going:
                pieces = pieces[1:]
            found.extend(pieces)
            if pieces:
                going = pieces[-1]
    return found


def _split(rows: list[Row], body: Body, going: Paragraph | None) -> list[Paragraph]:
    """The paragraphs of one flow; the first of them is ``going`` where that goes on here."""
    clumps = _clumps(rows, body)
    found: list[Paragraph] = []
    for place, row in enumerate(rows):
        before = found[-1] if found else going
        if before is not None and not before.closed and _is_lone_mark(row, before.rows[-1]):
            row.raised = ((0, len(row.text)),)
            before.rows.append(row)
            found = found or [before]
        elif place == 0:
            if going is not None and not going.closed and _continues(going, row, body):
                going.rows.append(row)
                going.body = body
                found.append(going)
            else:
                found.append(Paragraph([row], body))
        elif _begins(found[-1].rows, row, rows[place + 1] if place + 1 < len(rows) else None, body, clumps[place]):
            found.append(Paragraph([row], body))
        else:
            found[-1].rows.append(row)
    return found


def _is_lone_mark(row: Row, last: Row) -> bool:
    """Is this row nothing but the mark of a footnote, which slipped from the end of the line above?"""
    return row.size < 0.75 * last.size and _MARK.fullmatch(row.text) is not None


class Clump(NamedTuple):
    """Rows of one type that stand close together: how many, and the right edge of the longest."""

    rows: int
    right: float


def _clumps(rows: list[Row], body: Body) -> list[Clump]:
    """For every row the clump that it is part of."""
    clumps: list[Clump] = []
    start = 0
    for place in range(1, len(rows) + 1):
        if place < len(rows):
            before, row = rows[place - 1], rows[place]
            step = before.base - row.base
            if _same_type(before, row) and 0 < step <= body.gap * _pitch(body, row):
                continue
        clumps.extend([Clump(place - start, max(row.right for row in rows[start:place]))] * (place - start))
        start = place
    return clumps


def _pitch(body: Body, row: Row) -> float:
    return body.pitch if abs(row.size - body.size) < 0.07 * body.size else 1.2 * row.size * max(1.0, body.pitch / (1.2 * body.size))


def _same_type(one: Row, other: Row) -> bool:
    return abs(one.size - other.size) < 0.07 * max(one.size, other.size) and one.bold == other.bold


def _begins(before: list[Row], row: Row, after: Row | None, body: Body, clump: Clump) -> bool:
    """Does this row begin a paragraph, after these in the same flow? ``after`` is the row below it."""
    last = before[-1]
    step = last.base - row.base
    if step <= 0 or step > body.gap * _pitch(body, row) or not _same_type(last, row):
        return True
    em = row.size
    edge = clump.right
    ended = last.end in _ENDS
    set_apart = row.left - last.left > 0.5 * em or edge - last.right > row.opening + 0.5 * em
    if _numbered(row) and (ended or (set_apart and row.text[0] not in _DASHES)):
        return True
    width = body.right - body.left
    half = body.left + 0.42 * width
    if row.left > half and last.left > half:
        return True  # lines set apart on the right: the date of distribution, the meeting
    if (
        not row.bold
        and abs(row.left - last.left) > 0.3 * em
        and _centred(last, row)
        and last.right - last.left + row.opening < 0.75 * width
    ):
        return True  # the same in the middle
    if row.left - last.left > 0.8 * em:
        if len(before) > 1:
            return True
        # A number in the margin, with the text hanging beside it.
        hangs = (_numbered(last) or _TITLE.match(last.text) is not None) and row.left - last.left < 8 * em
        return not hangs and not _centred(last, row)
    if len(before) > 1 and last.left - row.left > 0.8 * em and not _centred(last, row):
        return True
    if row.bold:
        return False
    narrow = clump.rows > 2 and edge < body.right - 0.12 * width
    if narrow or row.left < body.left - em or last.left < body.left - em or abs(row.size - body.size) > 0.07 * body.size:
        # A block narrower than the body, such as the item of the agenda on a cover: its own lines tell how wide it is.
        return edge - last.right > row.opening + 0.5 * em
    side_by_side = abs(row.left - last.left) < 0.5 * em and len(before) == 1
    if side_by_side and ended and after is not None and 0.8 * em < row.left - after.left < 6 * em:
        return True  # both are first lines, for the next one stands further out
    if abs(row.left - body.left) < 0.5 * em and body.indented:
        return False
    room = max(edge, body.right) - last.right
    if side_by_side and row.left - body.left > 0.8 * em and body.indented:
        return (ended and abs(row.left - body.left - body.indent) < 0.5 * em) or room > row.opening + 0.5 * em
    return room > row.opening + max(0.5 * em, 0.25 * width) or (ended and room > 3 * em + row.opening)


def _continues(going: Paragraph, row: Row, body: Body) -> bool:
    """Does a paragraph of the page (or column) before go on with this row?"""
    last, there = going.rows[-1], going.body
    if not _same_type(last, row) or row.bold:
        return False
    em = row.size
    stopped = last.end in _ENDS
    ended = stopped and last.end not in ",\u060c\uff0c\u3001"
    inner, inner_before = row.left - body.left, last.left - there.left
    if _numbered(row) and (stopped or inner > 0.8 * em):
        return False
    if inner_before > 0.5 * (there.right - there.left):
        return False  # the meeting and its date, on the right
    width = there.right - there.left
    room = there.right - last.right
    if len(going.rows) > 1 and abs(going.rows[0].left - last.left) > 0.8 * em:
        # Its first line was set in or out: is this one like its others, or like the first?
        if abs(row.left - last.left) < 0.5 * em:
            return not (ended and room > 0.4 * width)
        if abs(row.left - going.rows[0].left) < 0.5 * em:
            return False
    if len(going.rows) > 1 and inner_before > 0.8 * em:
        return abs(inner - inner_before) < em and not ended  # an indented block
    if len(going.rows) == 1 and 0.8 * em < last.left - row.left < 6 * em:
        return not (ended and room > 0.4 * width)  # a first line at the foot of the page, and the second at the head of this
    if inner > 0.8 * em or inner < -em:
        return not body.indented and not ended and inner > 0
    if body.indented:
        return not (ended and room > 0.4 * width)
    if not stopped:
        return True
    return room < row.opening + 0.5 * em and not ended and not row.text[:1].isupper() and _opening(row) not in body.openings


def _opening(row: Row) -> str:
    """Its first word; its first two characters where words are not parted by blanks."""
    word = row.text.split(" ", 1)[0]
    return word if word.isascii() or len(word) < 9 else word[:2]


def _numbered(row: Row) -> bool:
    return _NUMBER.match(row.text) is not None and not (row.raised and row.raised[0][0] < 2)


def _centred(one: Row, other: Row) -> bool:
    return abs(one.left + one.right - other.left - other.right) < 0.8 * one.size
