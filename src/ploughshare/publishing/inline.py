"""Text with places in it → what a writer puts down one after the other: words, marked words, references to footnotes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from ploughshare.model.resolution import Footnote, Heading, Paragraph, Resolution
from ploughshare.model.text import Anchor

Meaning = TypeVar("Meaning")


class Marked(NamedTuple, Generic[Meaning]):
    """A range of a text that means something: a verb, a citation."""

    start: int
    stop: int
    meaning: Meaning


class NoteRef(NamedTuple):
    """A reference to a footnote by its mark."""

    mark: str


class Words(NamedTuple, Generic[Meaning]):
    """A stretch of text, with what it means if it is marked, and the references inside it."""

    parts: tuple[str | NoteRef, ...]
    meaning: Meaning | None = None


def flow(text: str, anchors: Sequence[Anchor] = (), marks: Iterable[Marked[Meaning]] = ()) -> Iterator[Words[Meaning] | NoteRef]:
    """What comes after what? Of marks that overlap the one that begins first is kept; a footnote at the edge of one is outside.

    >>> for part in flow("See A/79/1 now", [Anchor(10, "1")], [Marked(4, 10, "document")]):
    ...     print(part)
    Words(parts=('See ',), meaning=None)
    Words(parts=('A/79/1',), meaning='document')
    NoteRef(mark='1')
    Words(parts=(' now',), meaning=None)
    """
    waiting = sorted(anchors, key=lambda anchor: anchor.position)
    taken = at = 0

    def plain(stop: int) -> Iterator[Words[Meaning] | NoteRef]:
        nonlocal at, taken
        while taken < len(waiting) and waiting[taken].position <= stop:
            position, mark = waiting[taken]
            if at < position:
                yield Words((text[at:position],))
                at = position
            yield NoteRef(mark)
            taken += 1
        if at < stop:
            yield Words((text[at:stop],))
            at = stop

    for start, stop, meaning in sorted(marks, key=lambda marked: (marked.start, -marked.stop)):
        if start < at or stop <= start or stop > len(text):
            continue
        yield from plain(start)
        parts: list[str | NoteRef] = []
        while taken < len(waiting) and waiting[taken].position < stop:
            position, mark = waiting[taken]
            if at < position:
                parts.append(text[at:position])
                at = position
            parts.append(NoteRef(mark))
            taken += 1
        parts.append(text[at:stop])
        at = stop
        yield Words(tuple(parts), meaning)
    yield from plain(len(text))
    yield from (NoteRef(mark) for _, mark in waiting[taken:])


def written(
    parts: Iterable[Words[Meaning] | NoteRef],
    plain: Callable[[str], str],
    reference: Callable[[str], str],
    dressed: Callable[[str, Meaning], str],
) -> str:
    """``flow`` as a line of mark-up: words that are ``plain``, a ``reference`` to a footnote, what means something ``dressed``.

    >>> parts = flow("See A/79/1 now", [Anchor(10, "1")], [Marked(4, 10, "document")])
    >>> written(parts, str, "[^{}]".format, "[{}]({})".format)
    'See [A/79/1](document)[^1] now'
    """

    def line() -> Iterator[str]:
        for part in parts:
            if isinstance(part, NoteRef):
                yield reference(part.mark)
                continue
            words = "".join(reference(piece.mark) if isinstance(piece, NoteRef) else plain(piece) for piece in part.parts)
            yield words if part.meaning is None else dressed(words, part.meaning)

    return "".join(line())


def own_anchors(paragraph: Paragraph) -> tuple[tuple[Anchor, ...], tuple[Anchor, ...]]:
    """The footnotes of a paragraph's own words, and those of the words that follow its sub-paragraphs.

    The latter count on from the end of the own words, over one blank.
    """
    end = len(paragraph.text)
    own = tuple(anchor for anchor in paragraph.anchors if anchor.position <= end or not paragraph.closing)
    later = tuple(Anchor(anchor.position - end - 1, anchor.mark) for anchor in paragraph.anchors if anchor.position > end)
    return own, later if paragraph.closing else ()


class Notes:
    """The footnotes of a document while it is written: which one a mark refers to.

    Where several share a mark, as stars do, each reference takes the next; further references mean the last.

    >>> notes = Notes([Footnote("*", "One.", None), Footnote("*", "Two.", None)])
    >>> notes.refer("*"), notes.refer("*"), notes.refer("*"), notes.refer("5")
    ((1, True), (2, True), (2, False), (0, False))
    """

    def __init__(self, footnotes: Sequence[Footnote]) -> None:
        self._waiting: dict[str, list[tuple[int, Footnote]]] = {}
        for place, note in enumerate(footnotes, 1):
            self._waiting.setdefault(note.mark, []).append((place, note))
        for waiting in self._waiting.values():
            waiting.reverse()
        self._last: dict[str, int] = {}

    def refer(self, mark: str) -> tuple[int, bool]:
        """The place of the note that is meant, from 1 (0: there is none), and whether it is referred to for the first time."""
        waiting = self._waiting.get(mark)
        if waiting:
            self._last[mark] = waiting.pop()[0]
            return self._last[mark], True
        return self._last.get(mark, 0), False

    def left(self) -> list[tuple[int, Footnote]]:
        """The notes that nothing referred to, in their order."""
        return sorted((entry for waiting in self._waiting.values() for entry in waiting), key=lambda entry: entry[0])


def headings_by_paragraph(resolution: Resolution) -> dict[str | None, list[Heading]]:
    """The headings before each paragraph; those before none that exists stand at the end."""
    known = {paragraph.id for paragraph in resolution.paragraphs}
    found: dict[str | None, list[Heading]] = {}
    for heading in resolution.headings:
        found.setdefault(heading.before if heading.before in known else None, []).append(heading)
    return found


def closings(resolution: Resolution) -> dict[str, list[Paragraph]]:
    """After which paragraph do the words stand that close another: after its last point, the innermost first."""
    last: dict[str, str] = {}
    owners = {paragraph.id: paragraph for paragraph in resolution.paragraphs if paragraph.closing}
    for paragraph in resolution.paragraphs if owners else ():
        outer = paragraph.id
        while outer:
            if outer in owners:
                last[outer] = paragraph.id
            outer = outer.rpartition(".")[0]
    found: dict[str, list[Paragraph]] = {}
    for owner in sorted(last, key=lambda name: -name.count(".")):
        found.setdefault(last[owner], []).append(owners[owner])
    return found
