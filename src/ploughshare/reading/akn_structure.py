"""Pieces of Akoma Ntoso → paragraphs with identifiers, headings, annexes.

Where the mark-up says of every piece what it is, as in most files, that is taken, and identifiers follow the printed numbers
(those that the files give do not). Where it does not (loose lines in the body, headings, numbers that restart) the lines are
read as any other text is, by what is printed. Files that we wrote ourselves have identifiers that say everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ploughshare.model.resolution import Heading, Kind, Paragraph
from ploughshare.model.text import Anchor, Block, Offsets, Source, Text
from ploughshare.parsing import landmarks
from ploughshare.parsing.drafts import Drafts, Slice
from ploughshare.parsing.numbering import Reading, item, number
from ploughshare.parsing.structure import structure

from .akn_walk import Piece, Run

_SIGNS = " \t().-\u2013\u2014\u3001\uff08\uff09"
# A point that bears neither letter nor numeral.
_BULLET = (Reading("\u2022", 0),)
_OWN = {"part": "s", "pp": "pp", "para": "op", "annex": "annex"}


@dataclass(frozen=True, slots=True)
class Structure:
    """What the pieces of a document make up; ``loose`` are footnotes that turned out to stand in headings and the like."""

    enacting: str | None
    paragraphs: tuple[Paragraph, ...]
    headings: tuple[Heading, ...]
    annexes: tuple[str, ...]
    loose: tuple[tuple[str, str], ...] = ()


def structured(pieces: Sequence[Piece], source: Source, language: str, *, ours: bool) -> Structure:
    """What do these pieces make up?"""
    if ours:
        return _Own(pieces).structure()
    annexed = next((place for place, piece in enumerate(pieces) if piece.kind == "annex"), len(pieces))
    body, annexes = pieces[:annexed], pieces[annexed:]
    labels = [_label(piece, language) for piece in body]
    found = _as_marked_up(body, labels) if _says_all(body, labels) else _as_printed(body, labels, source, language)
    return _with_annexes(found, annexes, language)


class _Label(NamedTuple):
    """A piece's number: the value of an operative paragraph's or the readings of a point's; where in the words it ends."""

    printed: str
    value: int | None
    readings: tuple[Reading, ...]
    stop: int


def _label(piece: Piece, language: str) -> _Label | None:
    """The number of a piece, from its element or at the head of its words."""
    if piece.number:
        return _of_element(piece.number, piece.depth, language)
    if piece.kind in ("preambular", "operative", "text", "more"):
        text = piece.run.text
        if piece.depth == 0 and (main := number(text)):
            return _Label(main[0], main[1], (), main[2])
        if point := item(text, 0, language):
            return _Label(point.printed, None, point.readings, point.stop)
        if piece.depth and piece.kind != "more":
            return _Label("", None, _BULLET, 0)
    return None


def _of_element(printed: str, depth: int, language: str) -> _Label:
    """A number in an element of its own, whatever signs it carries."""
    bare = printed.strip(_SIGNS)
    if depth == 0 and bare.isdecimal() and len(bare) < 9:
        return _Label(bare, int(bare), (), 0)
    if depth == 0 and (main := number(printed + " ")):
        return _Label(main[0], main[1], (), 0)
    point = item(printed + " ", 0, language) or item(f"({bare}) ", 0, language)
    return _Label(point.printed, None, point.readings, 0) if point else _Label(bare or printed, None, (), 0)


# -- as the mark-up says -----------------------------------------------------------------------------------------------


def _says_all(pieces: Sequence[Piece], labels: Sequence[_Label | None]) -> bool:
    """Does the mark-up say of every piece what it is? Preamble first, then numbers that grow, points inside them."""
    last, unnumbered, spoken = 0, 0, False
    for piece, label in zip(pieces, labels, strict=True):
        if piece.kind == "enacting":
            if spoken:
                return False
            spoken = True
        elif piece.kind == "preambular":
            if last or unnumbered or (label is not None) != (piece.depth > 0) or (label and not label.readings):
                return False
        elif piece.kind == "operative" and piece.depth == 0 and not (label and label.readings):
            if label is None:
                unnumbered += 1
            elif label.value is None or label.value <= last:
                return False
            else:
                last = label.value
        elif piece.kind == "operative":
            if label is None or not label.readings or not (last or unnumbered):
                return False
        elif piece.kind == "more":
            if label is not None and label.value is not None:
                return False
        elif piece.kind not in ("closing", "row"):
            return False
    return (last > 0 and not unnumbered) or (not last and unnumbered == 1)


def _as_marked_up(pieces: Sequence[Piece], labels: Sequence[_Label | None]) -> Structure:
    enacting = None
    drafts = Drafts()
    more: list[Run] = []  # joined at once: a thousand lines one by one would take a thousand passes
    for place, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if piece.kind in ("more", "closing", "row") and not (label and label.readings):
            more += [piece.run] if piece.run.text or piece.run.anchors else []
            continue
        if more:
            drafts.more(_together(more))
            more = []
        words = _slice(piece.run).cut(label.stop if label else 0)
        if piece.kind == "enacting":
            enacting = words.text or None
        elif label is not None and label.readings:
            after = labels[place + 1] if place + 1 < len(labels) else None
            opened = drafts.last_text().endswith((":", "\uff1a"))
            drafts.sub(label.printed, label.readings, words, after.readings if after else (), opened=opened)
        elif piece.kind == "preambular":
            drafts.preambular(words)
        else:
            drafts.operative(label.value or 1 if label else 1, label.printed if label else None, words)
    if more:
        drafts.more(_together(more))
    return Structure(enacting, drafts.paragraphs(), tuple(drafts.headings()), ())


def _slice(run: Run) -> Slice:
    return Slice(run.text, run.offsets, run.anchors)


def _together(runs: Sequence[Run]) -> Slice:
    """Lines that follow one another, as one."""
    if len(runs) == 1:
        return _slice(runs[0])
    cleaned: list[int] = []
    original: list[int] = []
    anchors: list[Anchor] = []
    at = 0
    for run in runs:
        cleaned += [at + position for position in run.offsets.cleaned]
        original += run.offsets.original
        anchors += [Anchor(at + anchor.position, anchor.mark) for anchor in run.anchors]
        at += len(run.text) + 1
    return Slice(" ".join(run.text for run in runs), Offsets(tuple(cleaned), tuple(original)), tuple(anchors))


# -- as it is printed --------------------------------------------------------------------------------------------------


def _as_printed(pieces: Sequence[Piece], labels: Sequence[_Label | None], source: Source, language: str) -> Structure:
    """The lines with their numbers in front, read like a text of any other format."""
    first = next((piece for piece in pieces if piece.run.text), None)
    enacting = None
    if first is not None and first.kind == "enacting":
        enacting = first.run.text
        start = pieces.index(first) + 1
        pieces, labels = pieces[start:], labels[start:]
    blocks = list(_blocks(pieces, labels))
    speaks = enacting is None and first is not None and landmarks.enacting(first.run.text, language) is not None
    if not speaks:
        # Enacting words that are known stand for those of the file, or for those it lacks: no line is taken for a cover then.
        blocks.insert(0, Block(next(iter(landmarks.phrase_codes("enacting", language))), Offsets((0,), (0,))))
    read = structure(Text(source, language, "", tuple(blocks)))
    return Structure(read.enacting if speaks else enacting, read.paragraphs, read.headings, read.annexes, read.loose_anchors)


def _blocks(pieces: Sequence[Piece], labels: Sequence[_Label | None]) -> Iterator[Block]:
    for piece, label in zip(pieces, labels, strict=True):
        run, prefix = piece.run, ""
        if piece.number:
            prefix = _in_front(piece)
        elif piece.kind == "row":
            prefix = "| "
        elif label is not None and label.readings == _BULLET and not label.stop:
            prefix = "\u2022 "
        if piece.kind == "end" or not (run.text or prefix):
            continue
        if prefix:
            yield _prefixed(run, prefix if run.text else prefix.rstrip(" ."))
        else:
            yield Block(run.text, run.offsets, anchors=run.anchors)


def _in_front(piece: Piece) -> str:
    """The number of a piece as it would be printed before its words."""
    bare = (piece.number or "").strip(_SIGNS)
    if piece.kind == "part" or bare.isdecimal():
        return f"{bare}. "
    return f"({bare}) " if bare == piece.number and bare.isalpha() else f"{piece.number} "


def _prefixed(run: Run, prefix: str) -> Block:
    """The words with something in front that stands elsewhere in the file; its place is that of the first word."""
    first, size = run.offsets.at(0), len(prefix)
    offsets = Offsets((0, *(size + at for at in run.offsets.cleaned)), (first, *run.offsets.original))
    return Block(prefix + run.text, offsets, anchors=tuple(Anchor(size + anchor.position, anchor.mark) for anchor in run.anchors))


# -- annexes -----------------------------------------------------------------------------------------------------------


def _with_annexes(found: Structure, pieces: Sequence[Piece], language: str) -> Structure:
    """What is attached: each paragraph by its place in its annex."""
    if not pieces:
        return found
    drafts = Drafts()
    titles = list(found.annexes)
    drafts.annex = len(titles)
    for piece in pieces:
        words = _slice(piece.run)
        if piece.kind == "annex":
            titles.append(piece.run.text)
            drafts.begin_annex()
        elif piece.kind in ("heading", "part"):
            label = piece.number.strip(_SIGNS) if piece.number else None
            if words.text or label:
                drafts.heading(words if words.text else Slice(label or "", words.offsets), piece.depth or 2)
        elif piece.kind != "end":
            label_ = _label(piece, language)
            drafts.annexed(label_.printed if label_ else None, words.cut(label_.stop if label_ else 0))
    return Structure(
        found.enacting,
        found.paragraphs + drafts.paragraphs(),
        found.headings + tuple(drafts.headings()),
        tuple(titles),
        found.loose,
    )


# -- files of our own --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Written:
    """A paragraph of a file of ours, and the words that follow its points."""

    id: str
    number: str | None
    run: Run
    depth: int
    closing: list[Run] = field(default_factory=list)

    def paragraph(self) -> Paragraph:
        first = next(part for part in self.id.split(".") if not part.startswith("s"))
        kind: Kind = "annex" if first.startswith("annex") else "preambular" if first.startswith("pp") else "operative"
        anchors, at = list(self.run.anchors), len(self.run.text)
        for more in self.closing:
            anchors += [Anchor(at + 1 + anchor.position, anchor.mark) for anchor in more.anchors]
            at += 1 + len(more.text)
        closing = " ".join(more.text for more in self.closing)
        return Paragraph(self.id, kind, self.number, self.run.text, self.run.offsets, (), tuple(anchors), closing)


class _Own:
    """Identifiers say everything: "part_A__para_2__point_b" is sA.op2.b."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.enacting: str | None = None
        self._written: list[_Written] = []
        self._headings: list[Heading] = []
        self._waiting = 0
        self._annexes: list[str] = []
        for piece in pieces:
            self._take(piece)

    def _take(self, piece: Piece) -> None:
        kind, run = piece.kind, piece.run
        name = own_id(piece.eid) if kind in ("preambular", "operative") else ""
        if kind == "enacting":
            self.enacting = run.text or None
        elif kind in ("part", "heading"):
            span = run.offsets.span(0, len(run.text))
            self._headings.append(Heading(run.text, None, span, piece.depth, piece.number))
            self._waiting += 1
        elif kind == "annex":
            if piece.depth:
                self._annexes.append(run.text)
        elif name:
            self._written.append(_Written(name, own_number(piece.number), run, piece.depth))
            for place in range(len(self._headings) - self._waiting, len(self._headings)):
                heading = self._headings[place]
                self._headings[place] = Heading(heading.text, name, heading.span, heading.level, heading.part)
            self._waiting = 0
        elif kind != "end":
            owner = next((written for written in reversed(self._written) if written.depth == piece.depth), None)
            if owner is not None:
                owner.closing.append(run)

    def structure(self) -> Structure:
        paragraphs = tuple(written.paragraph() for written in self._written)
        return Structure(self.enacting, paragraphs, tuple(self._headings), tuple(self._annexes))


def own_id(eid: str) -> str:
    """Which paragraph does an identifier in our own files name?

    >>> own_id("part_A__para_3__point_b__point_ii"), own_id("pp_4"), own_id("para_5~2")
    ('sA.op3.b.ii', 'pp4', 'op5')
    """
    names = []
    for segment in eid.partition("~")[0].split("__"):
        word, _, value = segment.partition("_")
        names.append(_OWN.get(word, "") + value)
    return ".".join(names)


def own_number(printed: str | None) -> str | None:
    """The number without the signs that a language puts round it."""
    return printed.strip(_SIGNS + "\u2018\u2019") or printed if printed else None
