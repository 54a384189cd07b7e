"""Pieces of a source, as they come → one paragraph with white space collapsed and every character traceable.

A ``Draft`` is a paragraph in the making. Pieces are copied in with their place; what might be a reference to a footnote is
noted by the way (whether it is one is known only when the whole page has been seen), and cut out at the end.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ploughshare.model.text import Anchor, Block, Offsets

# Soft hyphens and joiners of no width: nothing a reader sees.
_UNSEEN = "\u00ad\u200b\u2060\ufeff"
# Scripts written without blanks, and the signs of their typography.
_WIDE = "\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65"
_UNEVEN = re.compile(rf"[\s{_UNSEEN}]{{2,}}|[{_UNSEEN}]|(?<=[{_WIDE}])[\n\v]")
# Words with single blanks between them: nothing to collapse. Possessive, for it is asked of every piece.
_NEAT = re.compile(rf"[^\s{_UNSEEN}]*+(?: [^\s{_UNSEEN}]++)*+")
_OTHER_BLANK = re.compile(r"[^\S ]")
_WIDE_LETTER = re.compile(f"[{_WIDE}]")
_LINE = re.compile(r"[\n\v]")
_PAIRS = frozenset(("()", "[]", "\uff08\uff09", "\u3014\u3015"))
# No blank stands before these in any language; before the others French sets one.
_CLOSES = frozenset(",.)]\u2019\u060c\u061b\u061f\u3001\u3002\uff0c\uff1b\uff1a\uff09")
_CLOSES_AFTER_MARK = _CLOSES | frozenset(";:!?\u00bb\u201d ")
#: What is cut out of a paragraph: its start and stop, and the marks it stands for.
Cut = tuple[int, int, tuple[str, ...]]


@dataclass(slots=True)
class Reference:
    """A piece of a paragraph that looks like the mark of a footnote: where it is, what it links to, how sure that is."""

    start: int
    stop: int
    target: str = ""
    raised: bool = False
    named: bool = False
    #: Known for sure: the marks of real footnotes, which stand at a point and take no room.
    marks: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """A paragraph in the making. ``prefix`` is the length of the list number in front that the reader wrote itself."""

    parts: list[str] = field(default_factory=list)
    cleaned: list[int] = field(default_factory=list)
    original: list[int] = field(default_factory=list)
    length: int = 0
    #: The whole of it, once it is closed.
    text: str = ""
    #: Where a blank stands that is not written yet, and whether it is the end of a line.
    gap: int = -1
    line: bool = False
    references: list[Reference] = field(default_factory=list)
    prefix: int = 0
    #: The number of the list item it opens, printed or not; "" if none.
    item: str = ""
    #: The region of footnotes it stands in (0: none), and whether it is a heading.
    region: int = 0
    heading: bool = False

    def copy(self, text: str, origin: int) -> None:
        """Take over a piece that stands in the source as it is; white space in it collapses."""
        body = text.strip()
        if not body:
            self.blank(text, origin)
            return
        if len(body) < len(text):
            lead = text.index(body[0])
            if lead:
                self.blank(text[:lead], origin)
                origin += lead
            self._collapse(body, origin)
            if lead + len(body) < len(text):
                self.blank(text[lead + len(body) :], origin + len(body))
        else:
            self._collapse(body, origin)

    def _collapse(self, body: str, start: int) -> None:
        if _NEAT.fullmatch(body):
            self._put(body, start)
            return
        # Western text that only wraps: each blank as one, in its place.
        if body.isascii() and _NEAT.fullmatch(flat := _OTHER_BLANK.sub(" ", body)):
            self._put(flat, start)
            return
        at = 0
        while (uneven := _UNEVEN.search(body, at)) is not None:
            if uneven.start() > at:
                self._put(_OTHER_BLANK.sub(" ", body[at : uneven.start()]), start + at)
            self.blank(uneven[0].strip(_UNSEEN), start + uneven.start())
            at = uneven.end()
        if at < len(body):
            self._put(_OTHER_BLANK.sub(" ", body[at:]), start + at)

    def blank(self, text: str, origin: int) -> None:
        """White space, if any: a blank is owed, or none where a line ends between characters that take none."""
        if text:
            if self.gap < 0:
                self.gap, self.line = origin, False
            self.line = self.line or _LINE.search(text) is not None

    def write(self, text: str, origin: int) -> None:
        """Put in characters that the source shows otherwise (an entity) or not at all (a list number)."""
        if text.isspace():
            self.blank(text, origin)
        elif seen := text.strip(_UNSEEN):
            self._put(seen, origin, own=True)

    def _put(self, text: str, origin: int, *, own: bool = False) -> None:
        if self.gap >= 0:
            if self.length and not (self.line and _is_wide(self.parts[-1][-1]) and _is_wide(text)):
                self._run(self.gap)
                self.parts.append(" ")
                self.length += 1
            self.gap = -1
        self._run(origin, own=own)
        self.parts.append(text)
        self.length += len(text)

    def _run(self, origin: int, *, own: bool = False) -> None:
        """From here on characters stand from ``origin`` on; those of our own do not go on from the run before."""
        if self.cleaned:
            if not own and self.original[-1] - self.cleaned[-1] == origin - self.length:
                return
            if self.cleaned[-1] == self.length:
                self.original[-1] = origin
                return
        self.cleaned.append(self.length)
        self.original.append(origin)

    def close(self) -> None:
        """No more pieces come."""
        self.text = "".join(self.parts)
        for reference in reversed(self.references):
            if reference.stop <= self.length:
                break
            reference.start, reference.stop = min(reference.start, self.length), self.length

    def block(self, cuts: list[Cut], *, mark: str | None = None, first: int = 0) -> Block | None:
        """The paragraph without the pieces in ``cuts`` (start, stop, marks they stand for) and from ``first`` on.

        Where a reference leaves two blanks, or a blank before a comma, the blank goes with it.
        """
        text = self.text
        kind: Literal["text", "note"] = "text" if mark is None else "note"
        if not cuts and not first:
            offsets = Offsets(tuple(self.cleaned), tuple(self.original))
            return Block(text, offsets, kind, mark) if text else None
        parts: list[str] = []
        cleaned: list[int] = []
        original: list[int] = []
        anchors: list[Anchor] = []
        offsets = Offsets(tuple(self.cleaned), tuple(self.original))
        length = 0
        at = first

        def keep(start: int, stop: int) -> None:
            nonlocal length
            if start == 0 and stop == len(text):
                cleaned.extend(self.cleaned)
                original.extend(self.original)
            else:
                slice_of = offsets.cut(start, stop)
                cleaned.extend(length + position for position in slice_of.cleaned)
                original.extend(slice_of.original)
            parts.append(text[start:stop])
            length += stop - start

        for start, stop, marks in _merged(cuts):
            if start < at:
                continue
            # Some languages put the mark in brackets.
            while start > at and text[start - 1] + text[stop : stop + 1] in _PAIRS:
                start, stop = start - 1, stop + 1
            before = text[start - 1 : start] if start > at else "".join(parts[-1:])[-1:]
            after, following = text[stop : stop + 1], text[stop + 1 : stop + 2]
            if start > at:
                keep(at, start - (before == " " and (not after or after in _CLOSES_AFTER_MARK or _is_wide(after))))
            anchors.extend(Anchor(length, mark) for mark in marks)
            at = stop
            if after == " ":
                # The blank belonged to the mark, not to a text written without blanks.
                at += not length or following in _CLOSES or _is_wide(following) or (_is_wide(before) and not before.isalpha())
            elif before.isalnum() and after.isalnum() and not _is_wide(before) and not _is_wide(after):
                parts.append(" ")
                length += 1
        if at < len(text):
            keep(at, len(text))
        if not length:
            return None
        return Block("".join(parts), Offsets(tuple(cleaned), tuple(original)), kind, mark, tuple(anchors))


def _is_wide(letter: str) -> bool:
    return _WIDE_LETTER.match(letter) is not None


def _merged(cuts: list[Cut]) -> list[Cut]:
    """Cuts that touch one another as one."""
    merged: list[tuple[int, int, list[str]]] = []
    for start, stop, marks in cuts:
        if merged and start == merged[-1][1]:
            merged[-1][2].extend(marks)
            merged[-1] = (merged[-1][0], stop, merged[-1][2])
        else:
            merged.append((start, stop, [*marks]))
    return [(start, stop, tuple(marks)) for start, stop, marks in merged]
