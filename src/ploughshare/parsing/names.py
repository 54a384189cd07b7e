"""Fixed names in a folded text, all in one pass: phrases of the lexicon come in, where they stand goes out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import ahocorasick

from ploughshare.lexicon.fold import fold

Payload = TypeVar("Payload")


class Named(NamedTuple, Generic[Payload]):
    """A name found: its place in the folded text, and what the lexicon says it stands for."""

    start: int
    stop: int
    payload: Payload


class Names(Generic[Payload]):
    """Many names, found together, the longest where several begin at one place. Each is a whole word or several.

    ``spaced``: the language parts its words by blanks. ``proclitics``: a pattern of what may be written on to a word's front.

    >>> Names([("the Council", 1), ("Council of State", 2)]).find("the council of states, the council of state, councils")
    [Named(start=0, stop=11, payload=1), Named(start=23, stop=34, payload=1)]
    """

    def __init__(self, names: Iterable[tuple[str, Payload]], *, spaced: bool = True, proclitics: str = "") -> None:
        self._spaced = spaced
        self._proclitics = re.compile(proclitics or "(?!)")
        self._automaton = ahocorasick.Automaton()
        for name, payload in names:
            folded = fold(name).text
            self._automaton.add_word(folded, (len(folded), payload))
        self._automaton.make_automaton()

    def find(self, folded: str) -> list[Named[Payload]]:
        """Every name in a folded text, from left to right, none inside another."""
        found: list[Named[Payload]] = []
        spaced, size = self._spaced, len(folded)
        for end, (length, payload) in self._automaton.iter(folded):
            stop = end + 1
            start = stop - length
            if spaced and (
                (stop < size and folded[stop].isalnum())
                or (start and folded[start - 1].isalnum() and not self._begins(folded, start))
            ):
                continue
            while found and found[-1].start >= start:  # the longer one that begins no later takes the place of the shorter
                found.pop()
            if found and found[-1].stop > start:
                continue
            found.append(Named(start, stop, payload))
        return found

    def _begins(self, folded: str, start: int) -> bool:
        """Is what is written on to the front of a word no part of it?"""
        word = start
        while word and start - word < 5 and folded[word - 1].isalnum():
            word -= 1
        return self._proclitics.fullmatch(folded, word, start) is not None
