"""Flows of a page → the text and the footnotes at its foot, each footnote with its mark.

In come the flows of a page, out go those of the text alone, and the rows of the notes. What parts them is a short rule, drawn
or typed; where there is none, smaller type that begins with a mark. A note that has no mark of its own goes on from the page
before.
"""

from __future__ import annotations

import re

from ploughshare.reading.pdf_columns import Flow
from ploughshare.reading.pdf_page import Drawn, Row
from ploughshare.reading.pdf_paragraphs import Body, Paragraph

_TYPED_RULE = re.compile(r"[_\u2500\u2501\u2014\u2015\u203e-]{5,}|(?:[_\u2014-] ?){6,}")
_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079"
_DIGITS = str.maketrans(_SUPERSCRIPTS, "0123456789")
_MARK = re.compile(r"\d{1,4}|[*\u2020\u2021\u00a7#]{1,4}|[^\W\d_]")
_OPENING = re.compile(
    rf"[(\uff08\[]?(?P<mark>[{_SUPERSCRIPTS}]{{1,4}}|\d{{1,3}}|[*\u2020\u2021\u00a7]{{1,4}}|[a-z](?=[/)\uff09]))[)\uff09\]/.]*(?=[^\d.,/:%\u2013-])"
)


def marks_in(text: str) -> tuple[str, ...]:
    """The marks of footnotes that a raised piece of text consists of; none if it is something else.

    >>> marks_in("(12)"), marks_in("1, 2"), marks_in("st")
    (('12',), ('1', '2'), ())
    """
    bare = text.translate(_DIGITS).strip(" ()\uff08\uff09[].,;:\u060c\u3001\uff0c")
    parts = [part for part in re.split(r"[\s,;\u060c\u3001\uff0c]+", bare) if part]
    if not all(_MARK.fullmatch(part) for part in parts):
        return ()
    return tuple(str(int(part)) if part.isdecimal() else part for part in parts)


def is_typed_rule(row: Row) -> bool:
    """Is this row nothing but a rule made of strokes?"""
    return _TYPED_RULE.fullmatch(row.text) is not None


def under_rule(lines: list[list[Row]], rules: list[Drawn], size: float) -> int:
    """The place of the first line under a rule that runs under all columns, with nothing but smaller type below; else the end."""
    for place in range(len(lines) - 1, 0, -1):
        rows = lines[place]
        if _TYPED_RULE.fullmatch(rows[0].text):
            return place if place + 1 < len(lines) else len(lines)
        if any(row.size > 0.95 * size for row in rows):
            return len(lines)
        top = max(row.box.top for row in rows)
        above = min(row.box.bottom for row in lines[place - 1])
        left = min(row.box.left for row in lines[place])
        right = max(row.box.right for row in lines[place])
        for rule in rules:
            between = top - 3.0 < rule.height < above + 3.0
            if between and (abs(rule.left - left) < 100.0 or abs(rule.right - right) < 100.0):
                return place
    return len(lines)


def part(flows: list[Flow], rules: list[Drawn], body: Body) -> tuple[list[Flow], list[Row]]:
    """The flows of the text, and the rows of the footnotes under them.

    In two columns each has footnotes of its own.
    """
    kept: list[Flow] = []
    notes: list[Row] = []
    last = len(flows) - 1
    for index, flow in enumerate(flows):
        # Notes stand at the end of a page or of a column of it; cells of a table before them are no columns.
        below = any(later.rows[0].base < flow.rows[-1].base for later in flows[index + 1 :] if not later.cell)
        place, skip = (len(flow.rows), 0) if flow.cell or (below and index < last) else _foot(flow.rows, rules, body)
        notes.extend(flow.rows[place + skip :])
        if place:
            kept.append(Flow(flow.rows[:place], flow.cell, flow.column))
    return kept, notes


def _foot(rows: list[Row], rules: list[Drawn], body: Body) -> tuple[int, int]:
    """The place of the first row that is no text, and how many rows the rule itself takes."""
    for place in range(len(rows) - 1, -1, -1):
        if _TYPED_RULE.fullmatch(rows[place].text):
            return (place, 1) if place + 1 < len(rows) and _small_or_marked(rows[place + 1], body) else (len(rows), 0)
    for place in range(len(rows) - 1, -1, -1):
        above, below = rows[place - 1] if place else None, rows[place]
        if (above is not None and above.base - below.base < 0.9 * below.size) or not _small_or_marked(below, body):
            continue
        if any(_is_rule(rule, above, below, body) for rule in rules):
            return place, 0
    # No rule: the end of the page in smaller type, if it begins with a mark.
    place = len(rows)
    while place and rows[place - 1].size < 0.93 * body.size:
        place -= 1
    while place < len(rows):
        found = opening(rows[place])
        if found is not None and (rows[place].raised or found[0] in "*\u2020\u2021"):
            return place, 0
        place += 1
    return len(rows), 0


def _small_or_marked(row: Row, body: Body) -> bool:
    return row.size < 0.95 * body.size or opening(row) is not None


def _is_rule(rule: Drawn, above: Row | None, below: Row, body: Body) -> bool:
    """Is this line drawn between those rows, short, and not in the middle of the page, where it ends a document?"""
    highest = below.box.top + 2 * below.size if above is None else above.box.bottom + 0.3 * above.size
    if not below.box.top - 0.3 * below.size < rule.height < highest:
        return False
    width = body.right - body.left
    if not 0.08 * width < rule.right - rule.left < 0.7 * width:
        return False
    at_left = abs(rule.left - below.box.left) < 0.2 * width
    return at_left or abs(rule.right - below.box.right) < 0.2 * width


def opening(row: Row) -> tuple[str, int] | None:
    """The mark with which a row of notes opens and how many characters it takes, if it opens with one."""
    if row.raised and row.raised[0][0] <= 1:
        stop = row.raised[0][1]
        while stop < len(row.text) and row.text[stop] in ")\uff09]":
            stop += 1
        marks = marks_in(row.text[:stop])
        if len(marks) == 1:
            return marks[0], stop
    found = _OPENING.match(row.text)
    if found is None:
        return None
    marks = marks_in(found["mark"])
    return (marks[0], found.end()) if marks else None


def notes_of(pages: list[list[Row]], body: Body) -> list[Paragraph]:
    """The footnotes of the document, whole, from the rows at the foot of each page."""
    found: list[Paragraph] = []
    for rows in pages:
        edge = min((row.left for row in rows if row.raised and row.raised[0][0] <= 1), default=None)
        for row in rows:
            mark = opening(row)
            if mark is not None and (found or mark) and _opens(row, mark[0], found, edge):
                found.append(Paragraph([row], body, mark[0], mark[1]))
            elif found:
                found[-1].rows.append(row)
            else:
                found.append(Paragraph([row], body))
    return found


def _opens(row: Row, mark: str, found: list[Paragraph], edge: float | None) -> bool:
    """A raised mark opens a note; one on the line does where it comes next, and not among lines whose notes have raised ones."""
    if row.raised and row.raised[0][0] <= 1:
        return True
    if any(sign in row.text[:2] for sign in _SUPERSCRIPTS):
        return True
    if edge is not None and row.left > edge + 0.3 * row.size:
        return False
    if not mark.isdecimal():
        return mark[0] in "*\u2020\u2021\u00a7" or row.text[1:2] in "/)\uff09"
    before = next((note for note in reversed(found) if note.mark and note.mark.isdecimal()), None)
    if before is None or before.mark is None or int(mark) == int(before.mark) + 1:
        return True
    # A page may have them out of order, but then they stand where the others begin.
    near = (
        abs(int(mark) - int(before.mark)) < 4
        and row.left < before.rows[0].left + 0.3 * row.size
        and before.rows[-1].end in ".\u3002)"
    )
    return near or (mark == "1" and edge is None)
