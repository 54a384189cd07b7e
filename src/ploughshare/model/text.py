"""Text: what a reader makes of a file, before anybody asks what it says.

A reader turns bytes into a ``Text``: whole paragraphs and whole footnotes in reading order, free of page furniture, each
character traceable to its place in the decoded input. Positions are code points.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in the decoded input."""

    start: int
    stop: int


class Offsets:
    """Where each character of a cleaned string stood in the decoded input.

    Cleaning copies runs of characters and leaves others out, so the map is a short list of runs: from position
    ``cleaned[i]`` on, characters stand at ``original[i]`` and after, until run i + 1 begins. A character that a reader
    wrote itself (the blank that joins two lines, a list number that the file only implies) belongs to the run before it.

    >>> offsets = Offsets((0, 5), (10, 20))  # "hello" from 10, then the rest from 20
    >>> offsets.at(4), offsets.at(5), offsets.span(3, 6)
    (14, 20, Span(start=13, stop=21))
    """

    __slots__ = ("cleaned", "original")

    def __init__(self, cleaned: tuple[int, ...], original: tuple[int, ...]) -> None:
        self.cleaned, self.original = cleaned, original

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offsets) and (self.cleaned, self.original) == (other.cleaned, other.original)

    def __hash__(self) -> int:
        return hash((self.cleaned, self.original))

    def __repr__(self) -> str:
        return f"Offsets({self.cleaned}, {self.original})"

    def at(self, position: int) -> int:
        """The place in the input of the character at ``position`` of the cleaned string."""
        run = bisect_right(self.cleaned, position) - 1
        here = self.original[run] + position - self.cleaned[run]
        # A character that the reader wrote stays in front of the next run, whatever its length.
        if run + 1 < len(self.original) and self.original[run] <= self.original[run + 1] < here:
            return self.original[run + 1]
        return here

    def span(self, start: int, stop: int) -> Span:
        """The range of the input that holds the cleaned range; an empty range gives an empty span."""
        first = self.at(start)
        return Span(first, max(first, self.at(stop - 1) + 1)) if stop > start else Span(first, first)

    def cut(self, start: int, stop: int) -> Offsets:
        """The map of the slice ``[start:stop]`` of the cleaned string."""
        first = bisect_right(self.cleaned, start) - 1
        last = max(first + 1, bisect_right(self.cleaned, stop - 1))
        cleaned = (0, *(c - start for c in self.cleaned[first + 1 : last]))
        return Offsets(cleaned, (self.at(start), *self.original[first + 1 : last]))


class Anchor(NamedTuple):
    """A reference to a footnote: it stands before the character at ``position`` of the cleaned string."""

    position: int
    mark: str


@dataclass(frozen=True, slots=True)
class Block:
    """One whole paragraph (or heading, or footnote) of a document, cleaned.

    White space inside is single blanks; markers of footnotes are taken out of the text and kept as anchors; the printed
    or automatic number ("1.", "(a)", "一、") is still in front of the words. A ``note`` carries its mark apart.
    """

    text: str
    offsets: Offsets
    kind: Literal["text", "note"] = "text"
    mark: str | None = None
    anchors: tuple[Anchor, ...] = ()


class Box(NamedTuple):
    """A rectangle on a page in points, measured from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


class Place(NamedTuple):
    """Where on paper something stands: the page (from 1) and a box on it."""

    page: int
    box: Box


class Line(NamedTuple):
    """A line of a page: the range of the decoded input it holds, and where it stands."""

    start: int
    stop: int
    place: Place


@dataclass(frozen=True, slots=True)
class Source:
    """The file a text came from: its name, SHA-256 of its bytes (hex), what it turned out to be, and its encoding."""

    name: str
    digest: str
    format: str
    encoding: str | None = None
    size: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A document as whole paragraphs. ``decoded`` is what every span points into; ``lines`` is filled for PDF only."""

    source: Source
    language: str
    decoded: str = field(repr=False)
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...] = ()


def places(lines: tuple[Line, ...], span: Span) -> tuple[Place, ...]:
    """The boxes on paper of the lines that hold a span; empty for a format without pages."""
    if not lines:
        return ()
    found = []
    for line in lines[max(0, bisect_right(lines, span.start, key=lambda line: line.start) - 1) :]:
        if line.start >= span.stop:
            break
        if line.stop > span.start:
            found.append(line.place)
    return tuple(found)
