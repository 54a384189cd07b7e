"""Lines → lines of the body, and the footnotes that stood among them.

A footnote begins with its mark; the mark has mostly been seen in the body before. Conversions write marks in many ways, and
some set a mark on a line of its own, where only its surroundings tell whether it refers to a footnote or opens one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ploughshare.parsing.numbering import number
from ploughshare.parsing.verbs import opens

from .edits import Edit
from .lines import Line
from .weave import Piece, joint
from .wrap import STOPS, Wrap

_RULE = re.compile("[_\u2014\u2015\u2500\u2501-]{5,}")
_RULES = frozenset("_\u2014\u2015\u2500\u2501-")
_PLAIN_NOTE = re.compile(r"(\d{1,3}) +(?=[^\s\u2010-\u2015-])")
# A plain number as a mark: glued to a word, to the sign after it, or to a year; or apart, with small letters after it.
_PLAIN_MARK = (
    r"(?:(?<=[^\W\d_]{3})|(?<=[^\W\d_]{2}[,.;:)\u201d\u2019\u00bb])|(?<=\s19\d\d)|(?<=\s20\d\d)"
    r"|(?<=[^\W\d_]{2}[,;)\u201d\u00bb]) (?=\d+ ?[^\W\d_]))"
    r"MARK(?![\d/]|[.,-]\d)"
)
_EMPTY_BRACKETS = re.compile(r" ?\( ?\) ?")
_LONE = re.compile(r"\d{1,3}")


@dataclass(slots=True)
class Note:
    """A footnote in the making."""

    mark: str
    start: int
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Parted:
    """What ``part_notes`` finds: the lines of the body, the footnotes, and the edits that hold."""

    body: list[Line]
    notes: list[Note]
    edits: list[Edit]


def part_notes(text: str, lines: Sequence[Line], edits: list[Edit], wrap: Wrap, language: str) -> Parted:
    """Which lines belong to footnotes, and to which?"""
    if not edits and not any(line.stop - line.start <= 3 for line in lines) and not _RULE.search(text):
        return Parted(list(lines), [], edits)
    return _Parting(text, lines, edits, wrap, language).run()


class _Parting:
    def __init__(self, text: str, lines: Sequence[Line], edits: list[Edit], wrap: Wrap, language: str) -> None:
        self.text, self.lines, self.edits, self.wrap, self.language = text, lines, edits, wrap, language
        self.starts = {edit.start: edit for edit in edits if edit.mark}
        self.marks = [edit for edit in edits if edit.mark]
        self.read = 0  # how many of the marks stand before the line in hand
        self.seen: set[str] = set()
        self.body: list[Line] = []
        self.notes: list[Note] = []
        self.last_note = 0
        self.last_mark = 0
        self.more: list[Edit] = []
        self.open: Note | None = None
        self.torn = False
        self.ruled = False
        self.plain = self._plain_notes()

    def run(self) -> Parted:
        for place, line in enumerate(self.lines):
            self._line(place, line)
        styles = {(note.mark, self.starts[note.start].style) for note in self.notes if note.start in self.starts}
        kept = [edit for edit in self.edits if edit.style not in ("bracket", "slash") or (edit.mark, edit.style) in styles]
        self.more += self._plain_marks()
        if self.more:
            kept = sorted(kept + self.more)
        return Parted(self.body, self.notes, kept)

    def _plain_notes(self) -> set[str]:
        """The numbers that open lines under a rule, which are footnotes whose marks are plain numbers."""
        found: set[str] = set()
        under = False
        for line in self.lines:
            if self.text[line.start] in _RULES and _RULE.fullmatch(self.text, line.start, line.stop):
                under = True
            elif under:
                under = not line.torn
                if under and (plain := _PLAIN_NOTE.match(self.text, line.start, line.stop)):
                    found.add(plain[1])
                elif under and line.stop - line.start <= 3 and _LONE.fullmatch(self.text, line.start, line.stop):
                    found.add(self.text[line.start : line.stop])
        return found

    def _plain_marks(self) -> list[Edit]:
        """The references to footnotes whose marks are plain numbers, as in "the Treaty,4 and"."""
        found: list[Edit] = []
        starts = [line.start for line in self.body]
        place = starts[0] if starts else 0
        for note in self.notes:
            if note.start in self.starts or note.mark in self.seen:
                continue
            for mark in re.compile(_PLAIN_MARK.replace("MARK", note.mark)).finditer(self.text, place, note.start):
                line = self.body[bisect_right(starts, mark.start()) - 1]
                if line.start <= mark.start() < line.stop:
                    found.append(Edit(mark.end() - len(note.mark), mark.end(), "", note.mark, "plain"))
                    place = mark.end()
                    break
        return found

    def _line(self, place: int, line: Line) -> None:
        text = self.text
        if text[line.start] in _RULES and _RULE.fullmatch(text, line.start, line.stop):
            self.open, self.torn, self.ruled = None, True, True
            return
        ruled, self.ruled = self.ruled, False
        if line.torn and self.open is not None:
            self.open, self.torn = None, True
        opening = self.starts.get(line.start)
        if opening is not None and self._opens_note(line, opening, ruled):
            self._begin(opening.mark, opening.stop, line)
            return
        if opening is None and line.stop - line.start <= 3 and _LONE.fullmatch(text, line.start, line.stop):
            if self._lone(place, line):
                return
        elif opening is None and text[line.start].isdigit():
            plain = _PLAIN_NOTE.match(text, line.start, line.stop)
            if plain and self._opens_plain(plain[1], line, ruled):
                self._begin(plain[1], plain.end(), line)
                return
        if ruled and self.notes and not self._ended(self.notes[-1]):
            self.open = self.notes[-1]  # a footnote that goes on at the foot of the next page
            self._add(self.open, line)
            return
        if self.open is not None:
            if self._goes_on(line):
                self._add(self.open, line)
                return
            self.open, self.torn = None, True
        self._to_body(line)

    def _to_body(self, line: Line) -> None:
        if self.torn and not line.torn:
            line = line._replace(torn=True)
        self.torn = False
        self.body.append(line)
        while self.read < len(self.marks) and self.marks[self.read].start < line.stop:
            mark = self.marks[self.read]
            self.read += 1
            if mark.start >= line.start:
                self._saw(mark.mark)

    def _saw(self, mark: str) -> None:
        self.seen.add(mark)
        if mark.isdigit():
            self.last_mark = max(self.last_mark, int(mark))

    def _begin(self, mark: str, start: int, line: Line) -> None:
        brackets = _EMPTY_BRACKETS.match(self.text, start, line.stop)
        start = brackets.end() if brackets else start
        while start < line.stop and self.text[start] == " ":
            start += 1
        self.open = Note(mark, line.start)
        if start < line.stop:
            self.open.pieces.append(Piece(start, line.stop))
        self.notes.append(self.open)
        if mark.isdigit():
            self.last_note = int(mark)

    def _add(self, note: Note, line: Line) -> None:
        between = joint(self.text, note.pieces[-1].stop, line.start) if note.pieces else ""
        note.pieces.append(Piece(line.start, line.stop, between))

    def _opens_note(self, line: Line, opening: Edit, ruled: bool) -> bool:
        """A mark at the beginning of a line opens a footnote, or refers to one where the line before goes on."""
        mark = opening.mark
        expected = not mark.isdigit() or int(mark) == self.last_note + 1
        if ruled or self.open is not None:
            return True
        bare = opening.stop >= line.stop
        if opening.style in ("bracket", "slash") and bare:
            return False
        if line.gap or line.torn or not self.body:
            # A reference that a conversion set apart with empty lines around: its footnote comes later.
            return not (bare and mark not in self.seen)
        if mark in self.seen and expected:
            return not bare or self._last_body_ended()
        return not self.wrap.width and self._last_body_ended() and mark not in self.seen

    def _opens_plain(self, mark: str, line: Line, ruled: bool) -> bool:
        """Does a line that begins with a plain number open a footnote? Under a rule, or where a plain number referred to it."""
        expected = int(mark) == self.last_note + 1
        if ruled or self._in_plain_notes():
            return expected or (ruled and not self.last_note)
        return expected and (line.gap > 0 or line.torn) and any(edit.mark == mark for edit in self.more)

    def _lone(self, place: int, line: Line) -> bool:
        """A number alone on its line: does it open a footnote or refer to one? (If neither, it is words.)"""
        mark = self.text[line.start : line.stop]
        value = int(mark)
        following = self.lines[place + 1] if place + 1 < len(self.lines) else None
        words_follow = following is not None and not following.gap
        if words_follow and self._in_plain_notes() and value == self.last_note + 1:
            self._begin(mark, line.stop, line)
            return True
        after_gap = line.gap > 0 or line.torn or self.open is not None
        if words_follow and after_gap and value == self.last_note + 1 and mark in self.seen:
            self._begin(mark, line.stop, line)
            return True
        refers = value == self.last_mark + 1 or mark in self.seen or (mark in self.plain and not self._last_body_ended())
        if refers and self.open is None and self.body and line.gap <= (1 if self.wrap.loose else 0):
            self.more.append(Edit(line.start, line.stop, "", mark, "lone"))
            self._saw(mark)
            self.body.append(line._replace(mark=True))
            return True
        return False

    def _in_plain_notes(self) -> bool:
        """Is the footnote in hand one whose mark is a plain number, as after a rule?"""
        return self.open is not None and self.open.start not in self.starts

    def _last_body_ended(self) -> bool:
        last = next((line for line in reversed(self.body[-3:]) if not line.mark), None)
        return last is None or self.wrap.last_sign(last) in STOPS

    def _ended(self, note: Note) -> bool:
        last = note.pieces[-1] if note.pieces else None
        return last is not None and self.wrap.sentence_ends(Line(last.start, last.stop, 0), self.language)

    def _goes_on(self, line: Line) -> bool:
        """Does the open footnote go on in this line?"""
        note = self.open
        assert note is not None
        if line.torn or line.heading:
            return False
        if not note.pieces:
            return True
        ended = self._ended(note)
        if line.gap:
            return not ended and self.wrap.loose and not number(self.text, line.start)
        if not self.wrap.width:
            return not ended and line.stop - line.start < 60
        if not ended:
            return True
        # Another sentence of the footnote, or the body again? The body, if it was left in the middle of a sentence.
        if not self._last_body_ended() or number(self.text, line.start):
            return False
        return not opens(self.text[line.start : line.stop], self.language)
