"""Paragraphs of a page with what may be footnote marks → whole paragraphs and whole footnotes, tied to one another.

Pages have no footnotes of their own; every program writes them in its way. What they share: a mark that is raised, linked
or named as one, and further down a paragraph that it links to, that opens with the same mark, or that stands in a part of
the page named for footnotes.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping

from ploughshare.model.text import Anchor, Block, Offsets
from ploughshare.reading.draft import Cut, Draft, Reference

_SUPERSCRIPT = re.compile("[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+")
_DIGITS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
_MARK = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]{1,4}|[*\u2020\u2021\u00a7\u00b6#]{1,4}")
_LETTERS = re.compile("[^\\W\\d_]{1,3}|[ivxlIVXL]{1,6}")
_AROUND = " []()\uff08\uff09\u3014\u3015.:"
_BETWEEN = re.compile(r"\s*[,;\u060c\u3001\uff0c\s]\s*")
_ARROW = re.compile("[\u2190-\u21ff\u2934\u2935\u2b00-\u2b11^]+\ufe0e?")
#: A short word of Latin letters in front: the raised figure is a power or an index (m², CO₂), unless a footnote bears it.
_UNIT = re.compile(r"(?:^|[^\w])([A-Za-z]{1,2})$")
_LENGTH = re.compile(r"(?:^|[^\w])[kcdm]?m$")


def blocks_of(drafts: list[Draft], targets: Mapping[str, tuple[int, int]], real: Collection[str] = ()) -> list[Block]:
    """Which of these paragraphs are footnotes, and where in the others are they referred to?

    ``targets`` says for each identifier of the page the paragraph it points to and the position in it. A raised mark without a
    footnote is still a reference (the page may be an extract), but not one that follows a unit of measure. Where the file has
    footnotes of its own (``real``), a raised mark is one of theirs or none.
    """
    for draft in drafts:
        _note_superscripts(draft)
    regions = _regions(drafts)
    linked = _linked(drafts, targets)
    found: list[tuple[Draft, str]] = []  # each with the mark of the footnote it opens
    for number, draft in enumerate(drafts):
        mark = (
            _opening_mark(draft, draft.region in regions) or linked.get(number) or (draft.item if draft.region in regions else "")
        )
        found.append((draft, mark))
    known = {*real, *(mark for _, mark in found if mark)}
    blocks: list[Block] = []
    note: list[Block] = []  # the paragraphs of the footnote that is being read
    region = 0
    for draft, mark in found:
        inside = draft.region if draft.region in regions else 0
        if note and inside and inside == region and not mark and not draft.heading:
            note.extend(filter(None, (draft.block(_cuts_in_note(draft), mark=note[0].mark),)))
            continue
        if note:
            blocks.append(joined(note))
            note = []
        if mark:
            opened = draft.block(_cuts_in_note(draft), mark=mark, first=draft.prefix)
            note, region = [opened] if opened else [], inside
        elif not (inside and draft.heading):  # the heading over the footnotes is furniture
            blocks.extend(filter(None, (draft.block(_cuts_in_text(draft, known, closed=bool(real))),)))
    if note:
        blocks.append(joined(note))
    return blocks


def _note_superscripts(draft: Draft) -> None:
    text = draft.text
    if text.isascii() or not _SUPERSCRIPT.search(text):
        return
    stops = [reference.stop for reference in draft.references]
    new = []
    for match in _SUPERSCRIPT.finditer(text):
        after = bisect_right(stops, match.start())
        if after == len(stops) or draft.references[after].start >= match.end():
            new.append(Reference(match.start(), match.end(), raised=True))
    draft.references = sorted((*draft.references, *new), key=lambda reference: reference.start)


def _marks(draft: Draft, reference: Reference) -> tuple[str, ...]:
    """The marks a piece consists of; none if it is something else."""
    if reference.marks:
        return reference.marks
    written = draft.text[reference.start : reference.stop].translate(_DIGITS).strip(_AROUND)
    marks = tuple(part.strip(_AROUND) for part in _BETWEEN.split(written)) if written else ()
    sure = reference.named or (reference.raised and reference.target)
    if all(_MARK.fullmatch(mark) or (sure and _LETTERS.fullmatch(mark)) for mark in marks):
        return marks
    return ()


def _regions(drafts: list[Draft]) -> set[int]:
    """The parts of the page named for footnotes, unless one of them is the page itself."""
    inside = [draft.region for draft in drafts if draft.region]
    return set(inside) if 5 * len(inside) < 4 * len(drafts) or len(drafts) < 3 else set()


def _opening_mark(draft: Draft, inside: bool) -> str:
    """The mark with which a footnote opens."""
    first = next((reference for reference in draft.references if not reference.marks), None)
    if first is None or not _in_front(draft, first) or first.stop >= draft.length:
        return ""
    if not (first.raised or first.named or inside):
        return ""
    marks = _marks(draft, first)
    return marks[0] if len(marks) == 1 else ""


def _in_front(draft: Draft, reference: Reference) -> bool:
    """Does the paragraph begin with this, but for its number and a bracket?"""
    start = draft.prefix
    return reference.start <= start or (reference.start == start + 1 and draft.text[start] in "([\uff08\u3014")


def _linked(drafts: list[Draft], targets: Mapping[str, tuple[int, int]]) -> dict[int, str]:
    """The paragraphs that marks further up link to, with those marks."""
    linked: dict[int, str] = {}
    for number, draft in enumerate(drafts):
        for reference in draft.references:
            if not reference.target or reference.target not in targets:
                continue
            paragraph, position = targets[reference.target]
            if paragraph <= number or paragraph >= len(drafts):
                continue
            note = drafts[paragraph]
            at_front = position <= note.prefix or (note.references and position <= note.references[0].stop)
            bracketed = draft.text[reference.start : reference.start + 1] in ("[", "(", "\uff08", "\u3014")
            if (
                at_front
                and (reference.raised or reference.named or bracketed or note.region)
                and (marks := _marks(draft, reference))
            ):
                linked.setdefault(paragraph, marks[0])
                reference.named = True
    return linked


def _cuts_in_note(draft: Draft) -> list[Cut]:
    """Out of a footnote go its own mark and the links back."""
    text = draft.text
    return [
        (reference.start, reference.stop, ())
        for place, reference in enumerate(draft.references)
        if (place == 0 and not reference.marks and _in_front(draft, reference) and _marks(draft, reference))
        or (reference.target and _ARROW.fullmatch(text[reference.start : reference.stop].strip()))
    ]


def _cuts_in_text(draft: Draft, known: set[str], *, closed: bool) -> list[Cut]:
    """Out of a paragraph go the marks that refer to footnotes."""
    cuts = []
    for reference in draft.references:
        if not (reference.raised or reference.named or reference.marks):
            continue
        marks = _marks(draft, reference)
        if not marks:
            continue
        in_front = draft.text[max(0, reference.start - 4) : reference.start]
        if not (reference.named or reference.marks):
            if _LENGTH.search(in_front) and not reference.target:
                continue
            if (closed or _UNIT.search(in_front)) and not known.issuperset(marks):
                continue
        cuts.append((reference.start, reference.stop, marks))
    return cuts


def joined(paragraphs: list[Block]) -> Block:
    """A footnote of several paragraphs as one."""
    if len(paragraphs) == 1:
        return paragraphs[0]
    cleaned: list[int] = []
    original: list[int] = []
    anchors: list[Anchor] = []
    shift = 0
    for block in paragraphs:
        cleaned.extend(shift + position for position in block.offsets.cleaned)
        original.extend(block.offsets.original)
        anchors.extend(Anchor(shift + anchor.position, anchor.mark) for anchor in block.anchors)
        shift += len(block.text) + 1
    text = " ".join(block.text for block in paragraphs)
    return Block(text, Offsets(tuple(cleaned), tuple(original)), "note", paragraphs[0].mark, tuple(anchors))
