"""The rows of a paragraph → its block: rows and broken words put together, marks of footnotes taken out, each place kept.

Between two rows stands a blank, nothing, or a hyphen that belongs to the line and not to the word. PDF does not tell a hyphen
that was typed from one that a program put in where it broke a word. What tells is the document: the word whole, or with its
hyphen, in another place; the halves as words; how many lines end in hyphens that nothing explains. And a list of first halves
that keep their hyphen stands in the lexicon.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from ploughshare.lexicon.load import load
from ploughshare.model.text import Anchor, Block, Offsets
from ploughshare.reading.pdf_feet import marks_in
from ploughshare.reading.pdf_page import Row
from ploughshare.reading.pdf_paragraphs import Paragraph

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\u2018-\u201d\u2026\U00020000-\U0003ffff]")
_IDEOGRAPH = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff65\U00020000-\U0003ffff]")
_HYPHENS = "-\u2010\u00ad"
_DASHES = "\u2011\u2012\u2013\u2014/"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:[-\u2010\u2011][^\W\d_]+)*[-\u2010\u00ad]$")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_OTHER_BLANK = re.compile(r"[^\S ]")
#: A piece without two blanks side by side, and with those at its edges.
_EVEN = re.compile(r" ?[^ ]+(?: [^ ]+)*")
_GLUED = re.compile(r"[\s,.;:!?)\]\u00bb\u2019\u201d\u060c\u061b\u061f\u3001\u3002\uff01\uff09\uff0c\uff1a\uff1b]")
_UNIT = re.compile(r"(?:^|[^\w])[A-Za-z]{1,2}$")
_STARS = re.compile(r"(?<=[^\s*\u2020\u2021])[*\u2020\u2021]{1,4}(?![*\u2020\u2021])")
#: Languages whose words have hyphens; for the others there is nothing to know.
_WITH_HYPHENS = frozenset({"en", "es", "fr", "ru"})
#: From this share of lines on that end in a hyphen, a program breaks words.
_BREAKS_WORDS = 0.025
_ONE_HYPHEN = str.maketrans("\u2010\u2011\u00ad", "---")


class Joints:
    """How the rows of one document are put together."""

    def __init__(self, rows: list[Row], language: str) -> None:
        self.rows = rows
        self.language = language
        self._known: tuple[set[str], set[str]] | None = None
        self._breaking: bool | None = None
        #: So many of its broken words stand whole elsewhere that no doubt is left.
        self._sure = False

    def between(self, one: Row, other: Row) -> tuple[bool, bool]:
        """Does the last character of the first row fall away, and is there a blank after it?"""
        end, begin = one.text[-1:], other.text[:1]
        if not end or not begin:
            return False, True
        if end in _HYPHENS and one.text[-2:-1].isalpha() and begin.isalpha():
            return end == "\u00ad" or self._falls(one.text, other.text), False
        if (end in _HYPHENS or end in _DASHES) and one.text[-2:-1].strip() and begin.isalnum():
            return False, False
        if (_HAN.match(end) and _IDEOGRAPH.match(begin)) or (_IDEOGRAPH.match(end) and _HAN.match(begin)):
            return False, False
        if _IDEOGRAPH.match(end) or _IDEOGRAPH.match(begin):
            return False, False
        return False, True

    def _falls(self, one: str, other: str) -> bool:
        """Is the hyphen between these rows the line's own?"""
        halves = _halves(one, other)
        if halves is None:
            return False
        told = self._told(*halves)
        if told is not None:
            return told
        if not self._breaks():
            return False
        return self._sure or not self._both_words(*halves)

    def _told(self, left: str, right: str) -> bool | None:
        """What the document and the lexicon say of a hyphen between these halves: its own word, the line's, or nothing."""
        whole, hyphened = self._words()
        if left + right in whole or left + right in hyphened:
            return True
        before, after = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
        if f"{before}-{after}" in hyphened or before in _keeping(self.language):
            return False
        return None

    def _both_words(self, left: str, right: str) -> bool:
        """Are the halves words of their own elsewhere?"""
        whole = self._words()[0]
        before, after = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
        return before in whole and after in whole and len(after) > 2 and len(before) > 2

    def _words(self) -> tuple[set[str], set[str]]:
        """The words of the document: whole ones, and those with hyphens, in pairs."""
        if self._known is None:
            whole: set[str] = set()
            hyphened: set[str] = set()
            broken = False
            for row in self.rows:
                text = row.text.lower().translate(_ONE_HYPHEN)
                words = _WORD.findall(text)
                if broken:
                    del words[:1]  # the second half of a word
                broken = text.endswith("-")
                if broken:
                    del words[-1:]
                for word in words:
                    if "-" in word:
                        pieces = word.split("-")
                        hyphened.add(word)
                        hyphened.update("-".join(pair) for pair in pairwise(pieces))
                    else:
                        whole.add(word)
            self._known = whole, hyphened
        return self._known

    def _breaks(self) -> bool:
        """Does the program that wrote this document break words? Then many lines end in hyphens that nothing explains."""
        if self._breaking is None:
            broken = proven = lines = 0
            for row, after in pairwise(self.rows):
                lines += len(row.text) > 30
                if row.text[-1] in _HYPHENS and (halves := _halves(row.text, after.text)) is not None:
                    told = self._told(*halves)
                    proven += told is True
                    broken += told is True or (told is None and not self._both_words(*halves))
            self._breaking = proven > 1 or (broken > 2 and broken > _BREAKS_WORDS * lines)
            self._sure = proven > 4
        return self._breaking


def _halves(one: str, other: str) -> tuple[str, str] | None:
    """The pieces of a word around the end of a line, without the hyphen."""
    last, first = _LAST.search(one), _WORD.match(other)
    if last is None or first is None or not first[0][0].islower():
        return None
    return last[0][:-1].lower().translate(_ONE_HYPHEN), first[0].lower().translate(_ONE_HYPHEN)


@cache
def _keeping(language: str) -> frozenset[str]:
    """First halves of words that keep their hyphen."""
    return frozenset(load("page", language)["first_half"]) if language in _WITH_HYPHENS else frozenset()


class Composer:
    """A paragraph being put together: characters kept, with their places in the decoded text."""

    __slots__ = ("anchors", "cleaned", "gap", "length", "original", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.cleaned: list[int] = []
        self.original: list[int] = []
        self.anchors: list[Anchor] = []
        self.length = 0
        self.gap = -1

    def put(self, text: str, origin: int) -> None:
        """Take over a piece of a row; blanks at its ends wait for what follows."""
        if not text.isascii():
            if _UNSEEN.search(text):
                at = 0
                for unseen in _UNSEEN.finditer(text):
                    self.put(text[at : unseen.start()], origin + at)
                    at = unseen.end()
                self.put(text[at:], origin + at)
                return
            text = _OTHER_BLANK.sub(" ", text)
        body = text.strip()
        if not body:
            if text and self.gap < 0:
                self.gap = origin
            return
        if "  " in body:
            for piece in _EVEN.finditer(text):
                self.put(piece[0], origin + piece.start())
                self.gap = origin + piece.end() if piece.end() < len(text) else self.gap
            return
        lead = text.index(body[0])
        if lead and self.gap < 0:
            self.gap = origin
        if self.gap >= 0 and self.length:
            # A mark taken out before a comma leaves no blank there.
            at_anchor = self.anchors and self.anchors[-1].position == self.length
            if not (at_anchor and _GLUED.match(body)):
                self._run(self.gap)
                self.parts.append(" ")
                self.length += 1
        self._run(origin + lead)
        self.parts.append(body)
        self.length += len(body)
        self.gap = origin + lead + len(body) if lead + len(body) < len(text) else -1

    def anchor(self, marks: tuple[str, ...]) -> None:
        """Note a reference to footnotes here."""
        self.anchors.extend(Anchor(self.length, mark) for mark in marks)

    def _run(self, origin: int) -> None:
        if not self.cleaned or self.original[-1] - self.cleaned[-1] != origin - self.length:
            self.cleaned.append(self.length)
            self.original.append(origin)

    def block(self, mark: str | None) -> Block | None:
        """What has been put together; None if that is nothing."""
        if not self.length:
            return None
        text = "".join(self.parts)
        return Block(
            text, Offsets(tuple(self.cleaned), tuple(self.original)), "text" if mark is None else "note", mark, tuple(self.anchors)
        )


def composed(paragraph: Paragraph, joints: Joints, marks: frozenset[str]) -> Block | None:
    """The rows of a paragraph (or of a footnote) as one block. ``marks`` are those of the footnotes of the document."""
    composer = Composer()
    rows = paragraph.rows
    for index, row in enumerate(rows):
        text, at = row.text, paragraph.skip if index == 0 else 0
        falls, blank = joints.between(row, rows[index + 1]) if index + 1 < len(rows) else (False, False)
        for start, stop, found in references(row, at, marks, in_note=paragraph.mark is not None):
            composer.put(text[at:start], row.start + at)
            composer.anchor(found)
            at = stop
        composer.put(text[at:-1] if falls else text[at:], row.start + at)
        if blank:
            composer.put(" ", row.start + len(text))
    return composer.block(paragraph.mark)


def references(row: Row, at: int, marks: frozenset[str], *, in_note: bool) -> list[tuple[int, int, tuple[str, ...]]]:
    """The pieces of a row from ``at`` on that refer to footnotes: where they are, brackets included, and the marks."""
    text = row.text
    found: list[tuple[int, int, tuple[str, ...]]] = []
    for start, stop in row.raised:
        if start < at:
            continue
        cited = marks_in(text[start:stop])
        if not cited or not (marks.issuperset(cited) or (all(map(str.isdecimal, cited)) and _UNIT.search(text[:start]) is None)):
            continue
        if text[start - 1 : start] in ("(", "\uff08") and text[stop : stop + 1] in (")", "\uff09"):
            start, stop = start - 1, stop + 1
        found.append((start, stop, cited))
    if not in_note and any(mark[0] in "*\u2020\u2021" for mark in marks):
        taken = [(start, stop) for start, stop, _ in found]
        for star in _STARS.finditer(text, at):
            if star[0] in marks and not any(start < star.end() and star.start() < stop for start, stop in taken):
                found.append((star.start(), star.end(), (star[0],)))
        found.sort()
    return found
