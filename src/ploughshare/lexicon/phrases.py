"""Patterns of words, as the lexicons write them, and a scanner that finds many of them in one pass.

A pattern is words as they stand in a text, with three signs: ``*`` at the end of a word stands for any ending,
``/`` parts words of which one stands there, ``~`` stands for anything in between, up to the end of the passage searched.
``_`` is a blank inside an alternative; ``...`` stands for a few words within the same part of a sentence. In a language
written without blanks a blank in a pattern means nothing.

    submit*/present* ~ report/reports      "to submit to it, at its eightieth session, a report"
    make ~ contribution*/in-kind_support   "to make voluntary contributions"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from .fold import fold

Payload = TypeVar("Payload")


class Pattern(Generic[Payload]):
    """One line of a lexicon, compiled when it is first asked for: a text needs few of the hundreds."""

    def __init__(self, source: str, head: str, tail: str | None, payload: Payload) -> None:
        self.source, self.payload = source, payload
        self._head, self._tail = head, tail

    @cached_property
    def begin(self) -> re.Pattern[str]:
        """The whole of the first part."""
        return re.compile(self._head)

    @cached_property
    def after(self) -> re.Pattern[str] | None:
        """What must follow after ``~``, if anything."""
        return re.compile(self._tail) if self._tail is not None else None


class Match(NamedTuple, Generic[Payload]):
    """Where the first part of a pattern stands."""

    start: int
    stop: int
    pattern: Pattern[Payload]


def _place(match: Match[Payload]) -> tuple[int, int]:
    return match.start, -match.stop


def _by_letter(patterns: list[tuple[str, Pattern[Payload]]]) -> dict[str, list[Pattern[Payload]]]:
    """Patterns by the letter that the word behind their key begins with; by "" those of which that is not known."""
    letters = {letter for following, _ in patterns for letter in following}
    return {
        letter: [pattern for following, pattern in patterns if not following or letter in following] for letter in ("", *letters)
    }


class Phrases(Generic[Payload]):
    """Many patterns, found together. Texts and patterns are compared folded (``fold``).

    ``spaced``: words are parted by blanks. ``proclitics``: letters that may be written on to the front of a word.

    >>> phrases = Phrases([("nuclear-weapon state*", "NWS"), ("member state*", "MS")])
    >>> [(m.start, m.stop, m.pattern.payload) for m in phrases.scan("all nuclear-weapon states and non-member states")]
    [(4, 25, 'NWS')]
    """

    def __init__(self, lines: Iterable[tuple[str, Payload]], *, spaced: bool = True, proclitics: str = "") -> None:
        self.spaced = spaced
        self._proclitics = f"(?:{proclitics})?" if proclitics else ""
        self._proclitic = re.compile(proclitics or "(?!)")
        by_key: dict[str, list[tuple[str, Pattern[Payload]]]] = {}
        for source, payload in lines:
            head, _, tail = fold(source).text.partition("~")
            pattern = Pattern(source, self._words(head), self._after(tail), payload)
            for key, following in self._keys(head):
                by_key.setdefault(key, []).append((following, pattern))
        #: The patterns that begin with a key, by the first letter of the word behind it; those that want none, by "".
        self._choices = {key: _by_letter(patterns) for key, patterns in by_key.items()}
        self._lengths = sorted({len(key) for key in by_key}, reverse=True)
        self._automaton = ahocorasick.Automaton()
        for key, choices in self._choices.items():
            self._automaton.add_word(key, (len(key) - 1, choices))
        self._automaton.make_automaton()
        self._empty = not by_key

    def _keys(self, head: str) -> list[tuple[str, str]]:
        """The literal beginnings of a pattern: the alternatives of its first word.

        Each with the letters that the next word may begin with, or "" where that is not known.
        """
        blank = " " if self.spaced else ""
        first, *more = head.split()
        following = "".join(alternative[0] for alternative in more[0].split("/")) if more and more[0] != "..." else ""
        return [
            (alternative.rstrip("*").replace("_", blank), "" if alternative.endswith("*") else following)
            for alternative in first.split("/")
        ]

    def _after(self, tail: str) -> str | None:
        """What must follow the first part, in this order and not too far apart."""
        parts = [self._words(part) for part in tail.split("~") if part.strip()]
        if not parts:
            return None
        # Each part begins at the beginning of a word, which may have a proclitic.
        begin = (rf"(?<![\w-]){self._proclitics}") if self.spaced else ""
        return "[^;]{0,160}?".join(f"{begin}(?:{part})" for part in parts)

    def _words(self, part: str) -> str:
        """Words of a pattern as a regular expression."""
        blank = r"\s+" if self.spaced else r"\s*"
        written = ""
        for word in part.split():
            if word == "...":
                written += r"\b[^,;:]{0,70}?\b" if self.spaced else r"[^,;:]{0,70}?"
                continue
            alternatives = [self._word(alternative, blank) for alternative in word.split("/")]
            glue = blank if written and not written.endswith("}?" if not self.spaced else r"}?\b") else ""
            written += glue + (f"(?:{'|'.join(alternatives)})" if len(alternatives) > 1 else alternatives[0])
        return written

    def _word(self, word: str, blank: str) -> str:
        stem = re.escape(word.rstrip("*")).replace("_", blank)
        if not self.spaced:
            return stem
        return stem + (r"[\w'-]*" if word.endswith("*") else r"(?!\w)")

    def scan(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[Match[Payload]]:
        """All matches that are not inside a longer one, from left to right; of several patterns the longest, then the first."""
        # The automaton reads on behind the end of a text if it is told to.
        stop = len(text) if stop is None else min(stop, len(text))
        if self._empty:
            return
        last, longest = start, self._lengths[0]
        pending: list[Match[Payload]] = []
        for begin, end, patterns in self._beginnings(text, start, stop):
            # Keys come in the order of their ends: what begins so far back is complete.
            while pending and pending[0].start <= end - longest:
                pending.sort(key=_place)
                found = pending.pop(0)
                if found.start >= last:
                    yield found
                    last = found.stop
            if begin >= last:
                for pattern in patterns:
                    if match := pattern.begin.match(text, begin, stop):
                        pending.append(Match(begin, match.end(), pattern))
        pending.sort(key=_place)
        for found in pending:
            if found.start >= last:
                yield found
                last = found.stop

    def matches(self, text: str, start: int = 0, stop: int | None = None) -> list[Match[Payload]]:
        """Every match of every pattern, by place, the longest first at each place."""
        stop = len(text) if stop is None else min(stop, len(text))
        if self._empty:
            return []
        found = [
            Match(begin, match.end(), pattern)
            for begin, _, patterns in self._beginnings(text, start, stop)
            for pattern in patterns
            if (match := pattern.begin.match(text, begin, stop))
        ]
        return sorted(found, key=_place)

    def _beginnings(self, text: str, start: int, stop: int) -> Iterator[tuple[int, int, list[Pattern[Payload]]]]:
        """Where patterns may stand: the place, the end of the key, and which ones."""
        spaced = self.spaced
        for end, (back, choices) in self._automaton.iter(text, start, stop):
            begin = end - back
            if (
                spaced
                and begin
                and ((before := text[begin - 1]).isalnum() or before == "-" or before == "_")
                and not self.begins_word(text, begin)
            ):
                continue
            behind = end + 1
            while behind < stop and text[behind].isspace():
                behind += 1
            yield begin, end, choices.get(text[behind : behind + 1]) or choices[""]

    def at(self, text: str, position: int, stop: int | None = None) -> list[Match[Payload]]:
        """Every pattern whose first part stands at this place (after a proclitic, if the language has them)."""
        stop = len(text) if stop is None else stop
        found = []
        for length in self._lengths:
            choices = self._choices.get(text[position : position + length])
            if choices is None:
                continue
            behind = position + length
            while behind < stop and text[behind].isspace():
                behind += 1
            for pattern in choices.get(text[behind : behind + 1]) or choices[""]:
                match = pattern.begin.match(text, position, stop)
                if match:
                    found.append(Match(position, match.end(), pattern))
        return found

    def begins_word(self, text: str, position: int) -> bool:
        """Does a word begin here, proclitics apart?"""
        if position == 0:
            return True
        before = text[position - 1]
        if before == "-":
            return position == 1 or not text[position - 2].isalnum()
        if not (before.isalnum() or before == "_"):
            return True
        word = position - 1
        while word and (text[word - 1].isalnum()) and position - word < 6:
            word -= 1
        return self._proclitic.fullmatch(text, word, position) is not None
