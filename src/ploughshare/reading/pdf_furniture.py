"""Pages → what a writer wrote on them and what the press added: running headers, page numbers, job numbers, bar codes.

In come the pages with their rows, out goes for each a ``Sheet``: the rows above, the lines between, the rows below. Nothing
is thrown away here; the decoded text keeps all of it. A line at the edge of a page is furniture if it is known as such
(a page number, a job number, the symbol of the document), or stands apart from the text and comes back on other pages or
repeats the title. No word of any language is needed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from ploughshare.reading.pdf_page import Page, Row

_PAGE_NUMBER = re.compile(r"[-\u2013\u2014|\s]*(?:\d{1,4}(?:\s*/\s*\d{1,4})?|[ivxl]{1,6})[-\u2013\u2014|\s]*")
_JOB = re.compile(
    r"(?:\([A-Z]\))?(?:[A-Z]{2}\.)?\d\d-?\d{5}(?:\([A-Z]\))?(?:\d{6}){0,3}(?:\([A-Z]\))?|(?:[A-Z]{2}\.)?\d\d-\d{5}.{0,30}"
)
_BARS = re.compile(r"\*?\d{7,12}\*|\*\d{7,12}")
_GOES_ON = re.compile(r"/?\s?(?:\.{2,3}|\u2026)\s?/?")
_SYMBOL = re.compile(r"[A-Z]{1,6}(?:/[A-Za-z0-9.()\u2013-]+)+(?: ?\(\d{4}\))?\*?")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Sheet:
    """A page taken apart: the furniture above and below, and the lines between them."""

    page: Page
    above: list[Row] = field(default_factory=list)
    lines: list[list[Row]] = field(default_factory=list)
    below: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """What tells furniture: the type and the pitch of the body, the words of the first page, and what comes back."""

    size: float
    pitch: float
    front: str
    again: Counter[tuple[str, int]]


def sheets(pages: list[Page], size: float, pitch: float) -> list[Sheet]:
    """Which rows of each page did the press add? ``size`` and ``pitch`` are those of the body."""
    known = _Known(size, pitch, _letters(pages[0].rows) if pages else "", _again(pages))
    return [_sheet(page, known, first=index == 0) for index, page in enumerate(pages)]


def body_size(pages: list[Page]) -> float:
    """The size of type of most of the letters."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.rows:
            for row in line:
                sizes[round(2 * row.size) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def pitch_of(pages: list[Page], size: float) -> float:
    """The distance from line to line in the body."""
    steps: Counter[float] = Counter()
    for page in pages:
        rows = [row for line in page.rows for row in line if abs(row.size - size) < 0.6]
        for place, row in enumerate(rows):
            # Lines of two columns stand between one another.
            above = (
                before
                for before in reversed(rows[max(0, place - 4) : place])
                if before.left < row.right and before.right > row.left
            )
            before = next(above, None)
            if before is not None and 0.8 * size < before.base - row.base < 3.0 * size:
                steps[round(2 * (before.base - row.base)) / 2] += 1
    # Where paragraphs are short, the gaps between them are as many as the lines; the lines are the closer ones.
    often = [step for step, count in steps.items() if count >= 3 and 6 * count >= max(steps.values())]
    return min(often, default=1.2 * size)


def _again(pages: list[Page]) -> Counter[tuple[str, int]]:
    """On how many pages does a row at the edge come back at the same height, its page number aside?"""
    again: Counter[tuple[str, int]] = Counter()
    for page in pages:
        again.update({_key(row) for line in (*page.rows[:6], *page.rows[-5:]) for row in line})
    return again


def _key(row: Row) -> tuple[str, int]:
    own = str(row.page)
    return _DIGITS.sub(lambda digits: "#" if digits[0] == own else digits[0], row.text.replace(" ", "")), round(row.base / 6)


def _letters(lines: list[list[Row]]) -> str:
    return "".join(_NOT_LETTERS.sub("", row.text) for line in lines for row in line).casefold()


def _sheet(page: Page, known: _Known, *, first: bool) -> Sheet:
    lines = page.rows
    top = _running(lines[:4], known) if first else _edge(lines[:7], page, known, upper=True)
    bottom = _edge(lines[top:][::-1][:6], page, known, upper=False)
    stop = len(lines) - bottom
    return Sheet(
        page,
        [row for line in lines[:top] for row in line],
        lines[top:stop],
        [row for line in lines[stop:] for row in line],
    )


def _running(lines: list[list[Row]], known: _Known) -> int:
    """How many lines at the top of the first page are running heads? Its cover is no furniture."""
    for count, line in enumerate(lines):
        if not all(known.again[_key(row)] > 1 for row in line):
            return count
    return 0


def _edge(lines: list[list[Row]], page: Page, known: _Known, *, upper: bool) -> int:
    """How many lines from the edge inwards are furniture?"""
    if not lines:
        return 0
    apart = _apart(lines, page, known, upper=upper)
    if apart:
        group = [row for line in lines[:apart] for row in line]
        if any(_sure(row, known, upper=upper) for row in group) and all(
            _sure(row, known, upper=upper) or _likely(row, known, upper=upper) for row in group
        ):
            return apart
    count = 0
    for line in lines:
        if not all(_sure(row, known, upper=upper) for row in line):
            break
        count += 1
    # A page of nothing but numbers is a table.
    return count if count < 4 else 0


def _apart(lines: list[list[Row]], page: Page, known: _Known, *, upper: bool) -> int:
    """How many lines at the edge stand apart from the others: by a wide gap, or by a line drawn between."""
    for count in range(1, len(lines)):
        outer, inner = lines[count - 1][0], lines[count][0]
        depth = (page.height - outer.base if upper else outer.base) / max(page.height, 1.0)
        if depth > 0.25:
            return 0
        if abs(outer.base - inner.base) > 1.4 * max(known.pitch, 1.1 * min(outer.size, inner.size)):
            return count
        if upper and outer.size < 0.93 * known.size <= inner.size / 0.97:
            return count
        low, high = sorted((outer.base, inner.base))
        if any(low < rule.height < high and rule.right - rule.left > 0.4 * page.width for rule in page.rules):
            return count
    return len(lines) if len(lines) == len(page.rows) and len(lines) < 4 else 0


def _sure(row: Row, known: _Known, *, upper: bool) -> bool:
    """Is this row furniture wherever it stands at the edge of a page?"""
    text = row.text.strip()
    bare = text.replace(" ", "")
    if _PAGE_NUMBER.fullmatch(text) or _JOB.fullmatch(bare) or _BARS.fullmatch(bare) or _GOES_ON.fullmatch(text):
        return True
    # Below, a symbol on its own may be the last line of a footnote.
    if _SYMBOL.fullmatch(text) and row.size <= 1.1 * known.size and (upper or _NOT_LETTERS.sub("", bare).casefold() in known.front):
        return True
    return known.again[_key(row)] > 2 and len(text) < 200


def _likely(row: Row, known: _Known, *, upper: bool) -> bool:
    """May this row be furniture if it stands apart together with one that surely is? Below, footnotes are set small too."""
    if known.again[_key(row)] > 1:
        return True
    letters = _NOT_LETTERS.sub("", row.text).casefold()
    return not letters or (upper and (row.size < 0.93 * known.size or (len(letters) > 11 and letters in known.front)))
