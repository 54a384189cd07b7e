"""A regular expression that is searched by leaps: tried only where one of its beginnings stands.

The lexicons hold alternations of dozens of phrases. Trying each of them at each character costs far more than finding their
first letters, all in one pass, and looking only there. What is found is exactly what ``re`` finds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import ahocorasick

#: The standard library's own reader of expressions. By name, because its types are published nowhere.
op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

#: Beginnings are told apart up to the first of these lengths that makes no more of them than this.
_LENGTHS, _MOST = (8, 5, 4, 3, 2), 5000
#: Stands in a beginning where the match begins, if some of it must stand before.
_HERE = "\0"
#: A set of more letters than these ends a beginning.
_MANY = 100
#: A repetition is followed so many times.
_FEW = 3
#: What the signs for digits and blanks stand for, in all writings.
_DIGITS = tuple(letter for code in range(0x20000) if (letter := chr(code)).isdecimal())
_BLANKS = tuple(letter for code in range(0x3001) if (letter := chr(code)).isspace())


class Leaping:
    """An expression compiled for long texts and few finds. Takes no flags that make letters equal.

    >>> leaping = Leaping(r"\\bevery (?:two|three) years?\\b|annually")
    >>> [found.group() for found in leaping.finditer("in every season, every two years or annually")]
    ['every two years', 'annually']
    """

    def __init__(self, source: str) -> None:
        self.pattern = re.compile(source)
        begins = _beginnings(parser.parse(source)) if not self.pattern.flags & re.IGNORECASE else {""}
        self._automaton: Any = None
        #: How far before its place a beginning may be looked for.
        self._behind = 0
        if "" not in begins:
            self._automaton = ahocorasick.Automaton()
            for begin in sorted(begins):
                if not self._add(begin, begins):
                    self._automaton = None
                    return
            if begins:
                self._automaton.make_automaton()

    def _add(self, begin: str, begins: set[str]) -> bool:
        """Look for a beginning; False where it cannot be told from another one."""
        behind, _, ahead = begin.rpartition(_HERE)
        while behind and behind + ahead in self._automaton:
            behind = behind[1:]
        # Of two beginnings of which one begins the other, the shorter finds both.
        if not behind and any(ahead[:length] in begins for length in range(1, len(ahead))):
            return True
        word, back = behind + ahead, len(ahead) - 1
        if not word or self._automaton.get(word, back) != back:
            return False
        self._automaton.add_word(word, back)
        self._behind = max(self._behind, len(behind))
        return True

    def finditer(self, text: str, start: int = 0, stop: int | None = None) -> Iterator[re.Match[str]]:
        """All finds in order, none inside another."""
        stop = len(text) if stop is None else min(stop, len(text))
        if self._automaton is None:
            yield from self.pattern.finditer(text, start, stop)
            return
        match = self.pattern.match
        for place in self._places(text, start, stop):
            if place >= start and (found := match(text, place, stop)):
                yield found
                start = found.end()
                if start == place:  # an empty find: what is not empty may stand at the same place
                    following = self.pattern.finditer(text, place, stop)
                    next(following)
                    if (more := next(following, None)) and more.start() == place:
                        yield more
                        start = more.end()
                    start = max(start, place + 1)

    def search(self, text: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
        """The first find."""
        return next(self.finditer(text, start, stop), None)

    def stands(self, text: str) -> bool:
        """Is there any find?"""
        if self._automaton is None:
            return self.pattern.search(text) is not None
        match = self.pattern.match
        return bool(len(self._automaton)) and any(match(text, last - back) for last, back in self._automaton.iter(text))

    def _places(self, text: str, start: int, stop: int) -> list[int]:
        """Where it may begin, in order."""
        if not len(self._automaton):
            return []
        places = [last - back for last, back in self._automaton.iter(text, max(0, start - self._behind), stop)]
        # Beginnings of unequal length are found in the order of their ends.
        places.sort()
        return places


def _beginnings(tree: Any) -> set[str]:
    """The strings of which one stands wherever the expression matches; with the empty one where nothing is known."""
    begins: set[str] = set()
    for longest in _LENGTHS:
        ended, open_ = _sequence(tree, {""}, longest)
        begins = ended | open_
        if len(begins) <= _MOST and "" not in begins:
            return begins
    return {""}


def _sequence(nodes: Any, open_: set[str], longest: int) -> tuple[set[str], set[str]]:
    """The beginnings made of ``open_`` and what follows it: those that nothing can be added to, and those still open."""
    ended: set[str] = set()
    for node in nodes:
        if not open_:
            break
        more, further = _follow(node, open_, longest)
        if len(more) + len(further) > _MOST:
            return ended | open_, set()
        ended |= more
        open_ = further
    return ended, open_


def _follow(node: Any, open_: set[str], longest: int) -> tuple[set[str], set[str]]:
    kind, value = node
    if kind is op.LITERAL:
        return _join(open_, {chr(value)}, longest)
    if kind is op.IN:
        letters = _letters(value)
        if not letters:
            return open_, set()
        if len(letters) <= _MANY:
            return _join(open_, letters, longest)
        return (open_ - {""}) | (letters if "" in open_ else set()), set()
    if kind is op.SUBPATTERN and not value[1]:
        return _sequence(value[3], open_, longest)
    if kind is op.BRANCH:
        ways = [_sequence(way, open_, longest) for way in value[1]]
        return set().union(*(ended for ended, _ in ways)), set().union(*(further for _, further in ways))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(value[0], value[1], value[2], open_, longest)
    if kind is op.FAILURE:
        return set(), set()
    if kind in (op.AT, op.ASSERT_NOT):
        return set(), open_
    if kind is op.ASSERT and value[0] < 0:
        return _after(value[1], open_)
    if kind is op.ASSERT:  # what is only looked at; what follows stands at the same place
        ended, further = _sequence(value[1], open_, longest)
        return ended | further, set()
    return open_, set()


def _repeated(least: int, most: int, inner: Any, open_: set[str], longest: int) -> tuple[set[str], set[str]]:
    ended: set[str] = set()
    further = set() if least else set(open_)
    for time in range(1, min(most, _FEW) + 1):
        more, open_ = _sequence(inner, open_, longest)
        ended |= more
        if time >= least:
            further |= open_
    return (ended, further) if most <= _FEW else (ended | open_, further)


def _after(nodes: Any, open_: set[str]) -> tuple[set[str], set[str]]:
    """What must stand before, where it is plain letters: the beginnings that end with them, or that they end with."""
    if not all(kind is op.LITERAL for kind, _ in nodes):
        return set(), open_
    letters = "".join(chr(value) for _, value in nodes)
    before = {letters[: len(letters) - len(begin)] + _HERE + begin for begin in open_ if letters.endswith(begin)}
    return before, {begin for begin in open_ if begin.endswith(letters)}


def _join(open_: set[str], letters: set[str], longest: int) -> tuple[set[str], set[str]]:
    """Each beginning with each letter behind it; those that are long enough are gone on from no more."""
    grown = {begin + letter for begin in open_ for letter in letters}
    return {begin for begin in grown if len(begin) >= longest}, {begin for begin in grown if len(begin) < longest}


def _letters(members: list[Any]) -> set[str]:
    """The letters of a set, if they can be listed."""
    letters: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            letters.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] < _MANY:
            letters.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            letters.update(_DIGITS)
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            letters.update(_BLANKS)
        else:
            return set()
    return letters
