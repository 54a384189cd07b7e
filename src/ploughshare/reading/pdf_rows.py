"""A page of PDF → its rows: pieces of one line in one column, in the order of reading, with their place on paper.

In come open handles of PDFium, out goes a ``Page``. Lines are cut where columns or cells part; blanks are put where the gap
between letters says so (PDFium guesses some, and some lines are stretched or set apart); lines with Arabic are read by place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from unicodedata import normalize

import pypdfium2.raw as pdfium

from ploughshare.model.text import Box
from ploughshare.reading.pdf_glyphs import HYPHEN, Glyphs, draw
from ploughshare.reading.pdf_lines import LABEL_GAP, Line, Run, gutter_of, lines_of, runs_of, sides
from ploughshare.reading.pdf_page import HAN, Page, Row
from ploughshare.reading.rtl import RTL, TATWEEL, Glyph, in_sight, logical

_SIGNS = {  # of the Symbol and Wingdings fonts, mapped to the private area by Word
    "\uf0b7": "\u2022",
    "\uf0a7": "\u25aa",
    "\uf0d8": "\u27a2",
    "\uf0fc": "\u2713",
    "\uf02d": "-",
    "\uf020": " ",
    HYPHEN: "-",
}
_ODD = re.compile("[" + "".join(_SIGNS) + "]")
# Letters that are drawn as one or stand for another for the sake of old fonts; each is written out as the letters it means.
_FORMS = re.compile("[\u2f00-\u2fd5\uf900-\ufaff\ufb00-\ufb06\ufb50-\ufdff\ufe70-\ufefc]")
_NUMERALS = "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341"
# A number or bullet in front of a paragraph: a wide gap after it belongs to it.
_LABEL = re.compile(
    rf"[(\uff08\[]?(?:\d{{1,3}}|[ivxlcdm]{{1,6}}|[^\W\d_]|[{_NUMERALS}]{{1,3}})[)\uff09\].\u3001\uff0e]{{1,2}}"
    r"|\d{1,3} ?[-\u2013\u2014]|\d{1,3}/\d{1,4}(?: [A-Z])?\.?|[-\u2013\u2014\u2022\u25aa\u25cf\u25e6\u00b7*]",
    re.IGNORECASE,
)
_MARK = re.compile(r"[(\uff08]?(?:\d{1,3}|[*\u2020\u2021]{1,4})[)\uff09]?")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_NAMELESS = "\ufffd"
_BLANKS = re.compile("[ \u00a0]{2,}")
# Letters whose ink reaches over the blank behind them.
_REACHING = "fFTVWYPKvwyr\u0443\u0433\u0442\u0413\u0422\u2019\u201d'"
# Letters set apart for emphasis: at least four on their own, one blank between each.
_APART = re.compile(r"(?<!\S)[^\W\d_](?: [^\W\d_]){3,}(?!\S)")
_WIDE = 2.0  # sizes of type: a gap as wide as this parts cells


def page_of(page: Any, textpage: Any, number: int, before: Page | None = None) -> Page:
    """What stands on this page? ``page`` and ``textpage`` are open handles of PDFium; ``number`` counts from 1.

    ``before`` is the page before it: where that has two columns, a few lines of two tell that this one has them too.
    """
    found = Page(number, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))
    draw(page, found)
    glyphs = Glyphs(page, textpage)
    if glyphs.count:
        _Rows(glyphs, found, before).put()
    return found


class _Rows:
    """A page while its rows are made: the characters, the size of the main type, and where full lines end."""

    def __init__(self, glyphs: Glyphs, page: Page, before: Page | None) -> None:
        self.glyphs, self.page, text = glyphs, page, glyphs.text
        page.width, page.height = glyphs.wide, glyphs.high
        page.characters, page.unmapped = glyphs.survey()
        arabic = sum(1 for _ in RTL.finditer(text))
        # A page of notes may be mostly Latin; then it goes on in the direction of the page before.
        share = 10 if before is not None and before.right_to_left else 3
        page.right_to_left = share * arabic > len(text) - text.count(" ")
        self.mixed = arabic > 0
        runs, self.aside = runs_of(glyphs, mixed=self.mixed)
        sizes: Counter[float] = Counter()
        for run in runs:
            sizes[round(run.size, 1)] += run.stop - run.start
        # Footnotes may fill more of a page than its text does.
        self.main = max((size for size, count in sizes.items() if 6 * count > sizes.total()), default=10.0)
        self.lines = lines_of(runs, text, mixed=self.mixed)
        ends = Counter(round(max(run.right for run in line.runs)) for line in self.lines)
        self.full = [end for end, count in ends.items() if 12 * count >= len(self.lines)]
        self.gutter = self._gutter(before)

    def _gutter(self, before: Page | None) -> float | None:
        # Heads and footnotes run across columns.
        main = [line for line in self.lines if line.size > 0.93 * self.main]
        gutter = gutter_of(main)
        if gutter is None and before is not None and before.gutter is not None:
            known = self.glyphs.wide - before.gutter if self.page.right_to_left else before.gutter
            on = [sides(line, known) for line in main]
            gutter = known if 6 * on.count(0) <= len(main) and on.count(3) > 1 else None
        if gutter is not None:
            self.page.gutter = self.glyphs.wide - gutter if self.page.right_to_left else gutter
        return gutter

    def put(self) -> None:
        """Put the rows on the page, line by line."""
        rows_of = self._by_place if self.mixed else self._from_left
        self.page.rows = [rows for line in self.lines if (rows := rows_of(line))]
        self.page.rows.extend([row] for row in self._leaning())

    def _from_left(self, line: Line) -> list[Row]:
        """The pieces of a line that belong together, from left to right."""
        runs = sorted(line.runs, key=lambda run: run.left)
        if self.gutter is not None and sides(line, self.gutter) == 3:
            middle = next(index for index, run in enumerate(runs) if run.left >= self.gutter)
            return self._pieces(runs[:middle], line.raised) + self._pieces(runs[middle:], line.raised)
        return self._pieces(runs, line.raised)

    def _pieces(self, runs: list[Run], high: set[int]) -> list[Row]:
        loose = self._tracking(runs)
        widest = self._stretched(runs)
        rows: list[Row] = []
        parts: list[str] = []
        raised: list[tuple[int, int]] = []
        inside: list[Run] = []
        length = 0
        for run in runs:
            piece = self._piece(run)
            is_raised = id(run) in high
            if inside:
                before = inside[-1]
                gap = run.left - before.right
                size = max(run.size, before.size)
                if gap < -0.6 * (before.right - before.left) and piece == parts[-1]:
                    continue  # the same words once more, to make them look bold
                label = len(parts) < 4 and length < 10 and self._is_label("".join(parts), inside[0].size, whole=bool(raised))
                if gap > (LABEL_GAP if label else widest) * size:
                    rows.append(self._row(parts, raised, inside))
                    parts, raised, inside, length = [], [], [], 0
                elif _is_blank(parts[-1][-1], piece[0], gap / size, loose / size, typed=run.spaced, raised=is_raised):
                    parts.append(" ")
                    length += 1
            if is_raised:
                raised.append((length, length + len(piece)))
            parts.append(piece)
            length += len(piece)
            inside.append(run)
        rows.append(self._row(parts, raised, inside))
        return rows

    def _stretched(self, runs: list[Run]) -> float:
        """From which gap on (in sizes of type) are runs of this line pieces of their own? A line of few words, stretched to fill
        its column, has wide gaps that are all alike.
        """
        wide = [after.left - run.right for run, after in pairwise(runs) if after.left - run.right > 1.2 * run.size]
        if len(wide) < 2 or not any(abs(runs[-1].right - end) < 3.0 for end in self.full):
            return _WIDE
        words = all((end := self.glyphs.text[run.stop - 1]).isalpha() or end in ",.;:" for run in runs[1:])
        return 5.0 if words and max(wide) < 1.15 * min(wide) else _WIDE

    def _tracking(self, runs: list[Run]) -> float:
        """The gap between letters of a line whose letters are set apart; 0 for most."""
        if len(runs) < 5 or 2 * sum(run.stop - run.start < 3 for run in runs) < len(runs):
            return 0.0
        lefts, rights = self.glyphs.lefts, self.glyphs.rights
        gaps = [after.left - run.right for run, after in pairwise(runs)]
        for run in runs:
            gaps += [lefts[place] - rights[place - 1] for place in range(run.start + 1, run.stop)]
        gaps.sort()
        return max(0.0, gaps[len(gaps) // 2])

    def _piece(self, run: Run) -> str:
        piece = self.glyphs.text[run.start : run.stop]
        if not (piece.isascii() and piece.isprintable()):
            piece = _CONTROLS.sub(lambda sign: " " if sign[0].isspace() else _NAMELESS, piece)
            piece = _ODD.sub(lambda sign: _SIGNS[sign[0]], piece)
            piece = _FORMS.sub(lambda form: _written_out(form[0]), piece)
            return _BLANKS.sub(" ", piece)
        return _BLANKS.sub(" ", piece) if "  " in piece else piece

    def _row(self, parts: list[str], raised: list[tuple[int, int]], inside: list[Run]) -> Row:
        text = "".join(parts)
        if _APART.search(text):
            text, raised = _APART.sub(lambda letters: letters[0].replace(" ", ""), text), []
        left, right = inside[0].left, inside[-1].right
        return self._made(text, left, right, inside, tuple(raised))

    def _made(self, text: str, left: float, right: float, inside: list[Run], raised: tuple[tuple[int, int], ...]) -> Row:
        main = inside[0] if len(inside) == 1 else _usual(inside)
        box = self.glyphs.box(left, min(run.bottom for run in inside), right, max(run.top for run in inside))
        bold = self.glyphs.bold(inside[0].start) and self.glyphs.bold(inside[-1].stop - 1)
        if self.page.right_to_left:
            left, right = self.glyphs.wide - right, self.glyphs.wide - left
        return Row(text, left, right, main.base, main.size, box, self.page.number, raised, bold)

    def _is_label(self, text: str, size: float, *, whole: bool) -> bool:
        """Does this stand in front of a paragraph or footnote: its number, a bullet, a mark (raised as a ``whole``, or small)?"""
        return whole or _LABEL.fullmatch(text) is not None or (size < 0.95 * self.main and _MARK.fullmatch(text) is not None)

    def _by_place(self, line: Line) -> list[Row]:
        """The pieces of a line with Arabic, in the order of reading."""
        blank = 0.15 * line.size
        rows: list[Row] = []
        for piece in self._apart(line):
            text, raised = logical(piece, blank) if self.page.right_to_left else _with_arabic(piece, blank)
            if not text:
                continue  # nothing but a stroke
            shown = [glyph for glyph in piece if glyph.char != " "]
            left, right = min(glyph.left for glyph in shown), max(glyph.right for glyph in shown)
            inside = [run for run in line.runs if run.left < right and run.right > left] if len(line.runs) < 500 else []
            row = self._made(text, left, right, inside or line.runs, raised)
            label = rows[-1] if rows else None
            if (
                label is not None
                and self._is_label(label.text, label.size, whole=label.raised == ((0, len(label.text)),))
                and row.left - label.right < LABEL_GAP * row.size
            ):
                row = _glued(rows.pop(), row)
            rows.append(row)
        return rows

    def _apart(self, line: Line) -> list[list[Glyph]]:
        """The glyphs of a line, cut where wide gaps or the strip between columns part them, in the order of reading."""
        pieces: list[list[Glyph]] = []
        edge = -1e9
        for glyph in sorted(self._letters(line), key=in_sight):
            if glyph.char != " ":
                gap = glyph.left - edge
                across = self.gutter is not None and edge <= self.gutter <= glyph.left and gap > 0.5 * line.size
                if gap > _WIDE * line.size or across:
                    pieces.append([])
                edge = max(edge, glyph.right)
            if pieces:
                pieces[-1].append(glyph)
        return pieces[::-1] if self.page.right_to_left else pieces

    def _letters(self, line: Line) -> Iterator[Glyph]:
        glyphs = self.glyphs
        for run in line.runs:
            raised = id(run) in line.raised
            for place in range(run.start, run.stop):
                char, left, right = glyphs.text[place], glyphs.lefts[place], glyphs.rights[place]
                if char.isspace():
                    if right - left < 0.01:
                        continue  # a guess of PDFium
                    char = " "
                elif char in _SIGNS:
                    char = _SIGNS[char]
                elif not char.isprintable() and _CONTROLS.match(char):
                    char = _NAMELESS
                elif _FORMS.match(char):
                    char = _written_out(char)
                elif char < "\u0590" and glyphs.is_stroke(place, line.base, line.size):
                    # Programs name a lengthening stroke by any letter, or not at all.
                    char = TATWEEL
                for letter in char:
                    yield Glyph(letter, left, right, raised, glyphs.pens[place])

    def _leaning(self) -> Iterator[Row]:
        """Letters at another angle, a row for each stretch of them: a note in the margin, the head of a column of a table."""
        glyphs = self.glyphs
        stretches: list[list[int]] = []
        for place in self.aside:
            if stretches and place - stretches[-1][-1] < 3:
                stretches[-1].append(place)
            else:
                stretches.append([place])
        for stretch in stretches:
            start, stop = stretch[0], stretch[-1] + 1
            left, right = min(glyphs.lefts[start:stop]), max(glyphs.rights[start:stop])
            bottom, top = min(glyphs.bottoms[start:stop]), max(glyphs.tops[start:stop])
            text = " ".join(_CONTROLS.sub(" ", glyphs.text[start:stop]).split()) or _NAMELESS
            yield Row(text, left, right, bottom, glyphs.size(start), glyphs.box(left, bottom, right, top), self.page.number)


def _usual(runs: list[Run]) -> Run:
    """A run in the size of most of the letters."""
    letters: Counter[float] = Counter()
    for run in runs:
        letters[round(run.size, 1)] += run.stop - run.start
    size = letters.most_common(1)[0][0]
    return max((run for run in runs if round(run.size, 1) == size), key=lambda run: run.stop - run.start)


def _is_blank(before: str, after: str, gap: float, loose: float, *, typed: bool, raised: bool) -> bool:
    """Is there a blank between these two characters, ``gap`` sizes of type apart?"""
    if raised:
        return gap > 0.5
    han = (HAN.match(before) is not None) + (HAN.match(after) is not None)
    if han:
        # Lines of Chinese are stretched between any two characters; a blank of its own is as wide as one of them.
        return gap > (0.6 if han == 2 else 0.3)
    return (typed and gap > 0) or gap > loose + (0.05 if before in _REACHING else 0.15)


def _written_out(form: str) -> str:
    return normalize("NFKC", form).replace(" ", "")


def _with_arabic(glyphs: list[Glyph], blank: float) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A row of a page that is read from the left, with Arabic words in it: each stretch of them is turned around."""
    stretches: list[tuple[bool, list[Glyph]]] = []
    waiting: list[Glyph] = []
    for glyph in glyphs:
        arabic = RTL.match(glyph.char) is not None
        if not arabic and not glyph.char.isalnum() and stretches and stretches[-1][0]:
            waiting.append(glyph)  # within the Arabic words, or after them
        elif stretches and stretches[-1][0] == arabic:
            stretches[-1][1].extend((*waiting, glyph))
            waiting = []
        else:
            stretches.append((arabic, [*waiting, glyph]))
            waiting = []
    if waiting:
        stretches.append((False, waiting))
    chars: list[str] = []
    raised: list[tuple[int, int]] = []
    edge = glyphs[0].left
    for arabic, stretch in stretches:
        if stretch[0].left - edge > blank and chars and chars[-1] != " " and stretch[0].char != " ":
            chars.append(" ")
        if arabic:
            chars.extend(logical(stretch, blank)[0])
            edge = max(glyph.right for glyph in stretch)
            continue
        for glyph in stretch:
            if glyph.left - edge > blank and chars and chars[-1] != " " and glyph.char != " ":
                chars.append(" ")
            if glyph.raised and glyph.char != " ":
                start = raised.pop()[0] if raised and raised[-1][1] == len(chars) else len(chars)
                raised.append((start, len(chars) + 1))
            chars.append(glyph.char)
            edge = glyph.right
    return "".join(chars), tuple(raised)


def _glued(label: Row, row: Row) -> Row:
    """A number and the row it stands in front of, as one row."""
    shift = len(label.text) + 1
    one, other = label.box, row.box
    box = Box(min(one.left, other.left), min(one.bottom, other.bottom), max(one.right, other.right), max(one.top, other.top))
    raised = (*label.raised, *((start + shift, stop + shift) for start, stop in row.raised))
    return Row(f"{label.text} {row.text}", label.left, row.right, row.base, row.size, box, row.page, raised, row.bold)
