"""The part of a paragraph that shows best why it was found, with the words marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .words import Term, terms

#: Characters of a snippet, about.
LENGTH = 260
#: A character of a writing without blanks says as much as some of another.
LENGTH_HAN = 90
#: So many characters are shown before the first word that was found.
BEFORE = 60
Runs = Iterable[tuple[tuple[str, ...], bool]]


class Mark(NamedTuple):
    """A piece of a snippet; ``found``: it is what was searched for."""

    words: str
    found: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a paragraph: joined, its marks are the words as they stand there. ``before``, ``after``: it goes on."""

    marks: tuple[Mark, ...]
    before: bool = False
    after: bool = False

    @property
    def words(self) -> str:
        """The words without marks."""
        return "".join(mark.words for mark in self.marks)


def snippet(words: str, runs: Runs, language: str, *, whole: bool = False) -> Snippet:
    """Where in a paragraph do the runs of terms stand? The densest part of it, or the ``whole``, with what was found marked.

    >>> snippet("Calls for wells, and for ploughs.", [(("plough",), False)], "en").marks[1]
    Mark(words='ploughs', found=True)
    """
    spans = found_in(words, runs, language)
    length = len(words) if whole else LENGTH_HAN if language == "zh" else LENGTH
    start, stop = (0, len(words)) if len(words) <= length else _window(words, spans, length)
    marks: list[Mark] = []
    at = start
    for begin, end in spans:
        begin, end = max(begin, start), min(end, stop)
        if begin >= end:
            continue
        if begin > at:
            marks.append(Mark(words[at:begin], False))
        marks.append(Mark(words[begin:end], True))
        at = end
    if at < stop:
        marks.append(Mark(words[at:stop], False))
    return Snippet(tuple(marks), start > 0, stop < len(words))


def found_in(words: str, runs: Runs, language: str) -> list[tuple[int, int]]:
    """The places of a text where the runs of terms stand, in order, none over another."""
    first: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    begins: list[str] = []
    for run, beginning in runs:
        if beginning and len(run) == 1:
            begins.append(run[0])
        else:
            first[run[0]].append(run)
    said = terms(words, language)
    spans: list[tuple[int, int]] = []
    for place, term in enumerate(said):
        for run in first.get(term.word, ()):
            if all(place + n < len(said) and _same(said[place + n], want) for n, want in enumerate(run)):
                spans.append((term.start, said[place + len(run) - 1].stop))
        if any(term.word.startswith(beginning) for beginning in begins):
            spans.append((term.start, term.stop))
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _same(term: Term, want: str) -> bool:
    return term.word == want


def _window(words: str, spans: list[tuple[int, int]], length: int) -> tuple[int, int]:
    """The stretch of some length that holds most of what was found, from a blank to a blank."""
    best, most = 0, -1
    for start, _ in spans or [(0, 0)]:
        held = sum(1 for begin, end in spans if start <= begin and end <= start + length - BEFORE)
        if held > most:
            best, most = start, held
    start = max(0, min(best - BEFORE, len(words) - length))
    stop = min(len(words), start + length)
    if start and (blank := words.find(" ", start, min(start + BEFORE // 2, best or start))) >= 0:
        start = blank + 1
    if stop < len(words) and (blank := words.rfind(" ", stop - BEFORE // 2, stop)) > start:
        stop = blank
    return start, stop
