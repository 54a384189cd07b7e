"""Paragraphs in the making: pieces of blocks come in with what they are, paragraphs with identifiers go out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ploughshare.model.resolution import Heading, Kind, Paragraph
from ploughshare.model.text import Anchor, Block, Offsets

from .numbering import Outline, Reading


class Slice(NamedTuple):
    """Words of a block with their places and footnote marks."""

    text: str
    offsets: Offsets
    anchors: tuple[Anchor, ...] = ()

    @classmethod
    def of(cls, block: Block) -> Slice:
        """The whole of a block."""
        return cls(block.text, block.offsets, block.anchors)

    def cut(self, start: int) -> Slice:
        """The words from ``start`` on; marks before them are kept at their beginning."""
        if not start:
            return self
        text, anchors = self.text, self.anchors
        while text[start : start + 1] == " ":
            start += 1
        if anchors:
            anchors = tuple(Anchor(max(0, anchor.position - start), anchor.mark) for anchor in anchors)
        if start >= len(text):
            return Slice("", Offsets((0,), (self.offsets.span(0, len(text)).stop,)), anchors)
        return Slice(text[start:], self.offsets.cut(start, len(text)), anchors)

    def block(self) -> Block:
        """The same as a block."""
        return Block(self.text, self.offsets, anchors=self.anchors)


def joined(slices: Sequence[Slice]) -> Slice:
    """Several pieces as one, with blanks between in a script that has them."""
    words = [piece for piece in slices if piece.text] or slices[:1]
    if len(slices) == 1:
        return slices[0]
    parts: list[str] = []
    cleaned: list[int] = []
    original: list[int] = []
    anchors: list[Anchor] = []
    length = 0
    for piece in words:
        if parts and not ("\u2e80" <= piece.text[:1] <= "\u9fff" or "\u2e80" <= parts[-1][-1:] <= "\u9fff"):
            parts.append(" ")
            length += 1
        cleaned += [length + at for at in piece.offsets.cleaned]
        original += piece.offsets.original
        anchors += [Anchor(length + anchor.position, anchor.mark) for anchor in piece.anchors]
        parts.append(piece.text)
        length += len(piece.text)
    return Slice("".join(parts), Offsets(tuple(cleaned), tuple(original)), tuple(anchors))


@dataclass(slots=True)
class _Draft:
    id: str
    kind: Kind
    number: str | None
    words: Slice
    more: list[Slice] = field(default_factory=list)
    closing: list[Slice] = field(default_factory=list)

    def paragraph(self) -> Paragraph:
        words = joined([self.words, *self.more]) if self.more else self.words
        if not self.closing:
            return Paragraph(self.id, self.kind, self.number, words.text, words.offsets, (), words.anchors)
        # Marks in the words after the points count on from the end of the paragraph's own.
        anchors, at = list(words.anchors), len(words.text)
        for more in self.closing:
            anchors += [Anchor(at + 1 + anchor.position, anchor.mark) for anchor in more.anchors]
            at += 1 + len(more.text)
        closing = " ".join(more.text for more in self.closing)
        return Paragraph(self.id, self.kind, self.number, words.text, words.offsets, (), tuple(anchors), closing)


class Drafts:
    """All paragraphs and headings of a resolution, as they are found."""

    def __init__(self) -> None:
        self.last = 0  # the number of the last operative paragraph of this part
        self.unnumbered = False  # do operative paragraphs of this part bear no numbers?
        self.operative_begun = False
        self.annex = 0
        self.part_open = False
        self._prefix = ""
        self._preambular = self._annexed = 0
        self._drafts: list[_Draft] = []
        self._headings: list[Heading] = []
        self._waiting = 0
        self._main: _Draft | None = None
        self._outline: Outline | None = None
        self.points = False
        self._used: dict[str, int] = {}
        self._parts: list[str] = []

    @property
    def open(self) -> bool:
        """Is there a paragraph to which points may belong?"""
        return self._main is not None

    def last_text(self) -> str:
        """The words of the last paragraph or point."""
        if not self._drafts:
            return ""
        last = self._drafts[-1]
        return last.more[-1].text if last.more else last.words.text

    def begin_part(self, name: str, title: Slice, level: int) -> None:
        """A lettered or Roman part: numbers begin anew, and the part comes first in identifiers.

        A letter inside a Roman part (level 2) comes after it.
        """
        outer = self._parts[:1] if level > 1 else []
        self._parts = [*outer, name]
        self._start("".join(f"s{part}." for part in self._parts))
        self.annex, self.part_open = 0, True
        self.heading(title, level, name)

    def speech(self) -> None:
        """Enacting words: a preamble begins."""
        if self.operative_begun and not self.part_open:
            self._start(self._prefix)
        self.part_open = False

    def begin_annex(self) -> None:
        """What follows is annexed; nothing in it is operative."""
        self.annex += 1
        self._annexed = 0
        self._main = None

    def _start(self, prefix: str) -> None:
        self._prefix, self.last, self._preambular = prefix, 0, 0
        self.operative_begun = self.unnumbered = False
        self._main = None

    def operative(self, value: int, printed: str | None, words: Slice, part: str = "") -> None:
        """An operative paragraph. ``part`` is given where numbers restart without the heading of a part."""
        if part:
            self._start(f"s{part}.")
        self.operative_begun, self.last = True, value
        self._begin(f"{self._prefix}op{value}", "operative", printed, words)

    def preambular(self, words: Slice) -> None:
        """A paragraph of the preamble."""
        self._preambular += 1
        self._begin(f"{self._prefix}pp{self._preambular}", "preambular", None, words)

    def annexed(self, printed: str | None, words: Slice) -> None:
        """A paragraph of an annex."""
        self._annexed += 1
        self._add(_Draft(f"annex{self.annex}.{self._annexed}", "annex", printed, words))

    def sub(
        self, printed: str, readings: Sequence[Reading], words: Slice, after: Sequence[Reading], *, opened: bool = False
    ) -> None:
        """A point of the paragraph in hand."""
        assert self._main is not None
        if self._outline is None:
            self._outline = Outline()
        path = self._outline.place(tuple(readings), tuple(after), opened=opened)
        self.points = True
        number = None if readings[0].kind == "\u2022" else printed
        self._add(_Draft(self._unique(".".join((self._main.id, *path))), self._main.kind, number, words))

    def split_last(self, printed: str, readings: Sequence[Reading], words: Slice, after: Sequence[Reading]) -> None:
        """The last paragraph turns out to have no words of its own: they are those of its first point."""
        last = self._drafts[-1]
        last.words = Slice("", Offsets((0,), (last.words.offsets.at(0),)))
        self.sub(printed, readings, words, after, opened=True)

    def more(self, words: Slice) -> None:
        """Words without a number that belong to the paragraph in hand: after its points, or in its own words."""
        if self._main is None:
            self.preambular(words)
        elif self.points:
            self._main.closing.append(words)
        else:
            self._main.more.append(words)

    def heading(self, words: Slice, level: int, part: str | None = None) -> None:
        """A heading; it stands before the paragraph that follows."""
        span = words.offsets.span(0, len(words.text))
        last = self._headings[-1] if self._headings else None
        if part is None and last is not None and last.part and not last.text and self._waiting:
            # "II", and its title on the next line.
            self._headings[-1] = replace(last, text=words.text, span=span)
            return
        self._headings.append(Heading(words.text, None, span, level, part))
        self._waiting += 1

    def _begin(self, name: str, kind: Kind, printed: str | None, words: Slice) -> None:
        draft = _Draft(self._unique(name), kind, printed, words)
        self._main, self._outline, self.points = draft, None, False
        self.part_open = False
        self._add(draft)

    def _unique(self, name: str) -> str:
        """The same number printed twice: both paragraphs are kept, and told apart."""
        count = self._used[name] = self._used.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"

    def _add(self, draft: _Draft) -> None:
        self._drafts.append(draft)
        for place in range(len(self._headings) - self._waiting, len(self._headings)):
            self._headings[place] = replace(self._headings[place], before=draft.id)
        self._waiting = 0

    def headings(self) -> tuple[Heading, ...]:
        """The headings in order."""
        return tuple(self._headings)

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order."""
        return tuple(draft.paragraph() for draft in self._drafts)
