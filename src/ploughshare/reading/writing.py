"""Passages as a word processor keeps them → the text as we write it out, with its paragraphs and notes.

A DOCX or DOC file has no one sequence of characters that a person could count in; so the text is written out, one paragraph
a line, and that writing is what spans point into. White space stays in it as it was and collapses in the blocks only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ploughshare.model.text import Block
from ploughshare.reading.draft import Draft, Reference
from ploughshare.reading.footmarks import blocks_of, joined

_NUMBER_ALONE = re.compile(r"\s*(?:[(\uff08]?[^\W_]{1,5}[.)\uff09\u3001\uff0e]{1,2}|[*\u2022\u00b7-])\s*")
# What is left where a mark stood in brackets.
_EMPTY_BRACKETS = re.compile(r"(?:\( ?\)|\[ ?\]|\uff08 ?\uff09|\u3014 ?\u3015) ?")


class Piece(NamedTuple):
    """A run of characters, raised or not; or (without characters) a reference to a real note, by its mark."""

    text: str
    raised: bool = False
    mark: str = ""


@dataclass(slots=True)
class Passage:
    """A paragraph as the file has it. ``number`` is what its list prints in front; ``row`` the row of a table it stands in."""

    number: str = ""
    pieces: list[Piece] = field(default_factory=list)
    row: int = 0

    @property
    def text(self) -> str:
        """Its characters, without number and marks."""
        return "".join(piece.text for piece in self.pieces)


class Writing:
    """A text that is being written out."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._drafts: list[Draft] = []
        self._notes: list[Block] = []
        self._known: set[str] = set()

    def paragraphs(self, passages: Iterable[Passage]) -> None:
        """Write paragraphs; a number in a cell of its own goes with the words in the next cell of its row."""
        before: Passage | None = None
        for passage in passages:
            if before is not None:
                if before.row == passage.row:
                    passage.pieces[:0] = (*before.pieces, Piece("\t"))
                    passage.number = passage.number or before.number
                else:
                    self._draft(before)
            before = passage if passage.row and _is_number(passage) else None
            if before is None:
                self._draft(passage)
        if before is not None:
            self._draft(before)

    def note(self, mark: str, passages: Iterable[Passage], *, custom: bool = False) -> None:
        """Write a note under its mark; if the mark is the author's own, the note brings it along."""
        opening = re.compile(re.escape(mark) + " ?") if custom else _EMPTY_BRACKETS
        self._known.add(mark)
        blocks = []
        for place, passage in enumerate(passages):
            draft = self._draft(passage, mark="" if place or custom else mark, keep=False)
            first = 0
            if not place and (found := opening.match(draft.text)):
                first = found.end()
            blocks.append(draft.block([], mark=mark, first=first))
        if whole := [block for block in blocks if block is not None]:
            self._notes.append(joined(whole))

    def text(self) -> tuple[str, tuple[Block, ...]]:
        """All that was written, and its paragraphs and notes."""
        return "\n".join(self._lines), (*blocks_of(self._drafts, {}, self._known), *self._notes)

    def _draft(self, passage: Passage, *, mark: str = "", keep: bool = True) -> Draft:
        draft = Draft()
        line = [f"{mark}\t"] if mark else []
        at = self._length + len(line and line[0])
        if passage.number and passage.text.strip():
            draft.copy(f"{passage.number} ", at)
            draft.prefix = len(passage.number) + 1
            line.append(f"{passage.number} ")
            at += len(passage.number) + 1
        for text, raised, note in passage.pieces:
            blank = draft.length > 0 and (draft.gap >= 0 or text[:1].isspace())
            start = draft.length + blank
            if note:
                draft.references.append(Reference(start, start, marks=(note,)))
                continue
            draft.copy(text, at)
            line.append(text)
            at += len(text)
            if raised and start < draft.length:
                draft.references.append(Reference(start, draft.length, raised=True))
        draft.close()
        if draft.length:
            self._lines.append("".join(line))
            self._length = at + 1
            if keep:
                self._drafts.append(draft)
        return draft


def _is_number(passage: Passage) -> bool:
    text = passage.text
    return bool(passage.number) if not text.strip() else len(text) < 12 and _NUMBER_ALONE.fullmatch(text) is not None
