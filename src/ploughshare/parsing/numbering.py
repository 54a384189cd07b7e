"""Numbers in front of paragraphs: the beginning of a paragraph comes in, its printed number and what it may mean go out.

"5.", "5 -", "٥ -", "五、" number operative paragraphs; "(a)", "a)", "а)", "(أ)", "(i)", "(1)", "(一)", "•" sub-paragraphs. A letter
can mean several things: (i) is the ninth letter or the first numeral. ``Outline`` decides by what stands before and after.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ploughshare.lexicon.load import load

from .numbers import roman, to_roman

_SPACE = "\u0020\u00a0\u2000-\u200a\u202f\u3000\t"
_HAN = "一二三四五六七八九十"
_DIGITS = str.maketrans(
    {chr(first + value): str(value) for first in (0x660, 0x6F0, 0xFF10) for value in range(10)},
)
# Letters that look like Latin ones, as typists mix them into Latin lists.
_LOOKALIKE = dict(zip("аеосрхуіјкмтнв", "aeocpxyijkmthb", strict=True))

# "5." (Markdown may escape the stop), "5、", "5 -", "5. -"; or a Chinese numeral.
_NUMBER = re.compile(
    rf"(\d{{1,6}})(?:[{_SPACE}]?\\?[.\uff0e\u3002](?!\d)(?:[{_SPACE}]?[-\u2013](?=[{_SPACE}]))?|\u3001"
    rf"|[{_SPACE}]?[-\u2010-\u2015\u2212\u0640](?=[{_SPACE}]))[{_SPACE}]*"
    rf"|([{_HAN}]{{1,4}})[\u3001\uff0e][{_SPACE}]*"
)
_ITEM = re.compile(
    rf"[(\uff08][{_SPACE}]?(?:([^\W\d_{_HAN}]{{1,5}}\u0640?|[^\W\d_][{_SPACE}][^\W\d_])|(\d{{1,3}})|([{_HAN}]{{1,3}}))[{_SPACE}]?[)\uff09][{_SPACE}]*"
    rf"|([^\W\d_{_HAN}]{{1,5}}\u0640?)[)\uff09][{_SPACE}]*"
    rf"|(\d{{1,3}})[)\uff09][{_SPACE}]*"
    rf"|([\u3220-\u3229])[{_SPACE}]*"
    rf"|([a-z])\.[{_SPACE}]+"
    rf"|([•\u00b7\u2022\u2023\u25aa\u25cf\u25e6\uf0b7\u2043]|[-\u2013\u2014](?=[{_SPACE}]))[{_SPACE}]*"
    rf"|[\u2018'`\u2019](\d{{1,2}})[\u2019'`\u2018][{_SPACE}]*"
)
_ITEM_BEGINS = frozenset("(\uff08•\u00b7\u2022\u2023\u25aa\u25cf\u25e6\uf0b7\u2043-\u2013\u2014\u2018'`\u2019") | {
    chr(code) for code in range(0x3220, 0x322A)
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One thing that a printed number may mean: the ``index``-th of a kind of list."""

    kind: str
    index: int


class Number(NamedTuple):
    """A number that opens a paragraph: as printed without its brackets, where the words begin, what it may mean."""

    printed: str
    stop: int
    readings: tuple[Reading, ...]


def number(text: str, start: int = 0) -> tuple[str, int, int] | None:
    """Does an operative paragraph's number stand here? As printed, its value, and where the words begin.

    >>> number("5. Requests"), number("٣ - تطلب"), number("一、请"), number("79/240. Title"), number("1.5 million")
    (('5', 5, 3), ('٣', 3, 4), ('一', 1, 2), None, None)
    """
    found = _NUMBER.match(text, start)
    if found is None:
        return None
    if found[1]:
        return found[1], int(found[1]), found.end()
    return found[2], _han(found[2]), found.end()


def item(text: str, start: int, language: str) -> Number | None:
    """Does the letter or numeral of a sub-paragraph stand here?

    >>> item("(i) To meet", 0, "en").readings
    (Reading(kind='a', index=9), Reading(kind='i', index=1))
    >>> item("б) провести", 0, "ru").printed, item("(A/79/1) is a document", 0, "en")
    ('б', None)
    """
    first = text[start : start + 1]
    if first not in _ITEM_BEGINS:
        # Most paragraphs open with a word: one look at the next characters spares the pattern.
        near = text[start + 1 : start + 7]
        if ")" not in near and "." not in near and "\uff09" not in near:
            return None
    found = _ITEM.match(text, start)
    if found is None:
        return None
    letters, digits, han, half, half_digits, circled, dotted, bullet, quoted = found.groups()
    letters = letters or half or dotted
    if letters:
        readings = _letters(letters, language)
        if not readings:
            return None
        return Number(letters.rstrip("\u0640"), found.end(), readings)
    if bullet:
        return Number(bullet, found.end(), (Reading("•", 0),))
    if digits or half_digits:
        printed = digits or half_digits
        return Number(printed, found.end(), (Reading("1", int(printed)),))
    if quoted:
        return Number(quoted, found.end(), (Reading("i", int(quoted)),))
    if circled:
        return Number(circled, found.end(), (Reading("\u3220", ord(circled) - 0x321F),))
    return Number(han, found.end(), (Reading("一", _han(han)),))


@cache
def _letters(printed: str, language: str) -> tuple[Reading, ...]:
    """What a letter, a doubled letter or a Roman numeral may count."""
    letters = printed.rstrip("\u0640").replace(" ", "")
    lower = letters.lower()
    if letters not in (lower, letters.upper()):
        return ()
    case = "" if lower == letters else "A"
    single = lower[0].translate(_HAMZA)
    readings = []
    if lower == lower[0] * len(lower) and len(lower) <= 3:
        for place, alphabet in enumerate(alphabets(language)):
            index = alphabet.find(single)
            if index < 0 and alphabet[0] == "a":
                index = alphabet.find(_LOOKALIKE.get(single, "?"))
            if index >= 0:
                readings.append(Reading(f"a{place or ''}{case}", index + 1 + (len(lower) - 1) * len(alphabet)))
    value = roman("".join(_LOOKALIKE.get(letter, letter) for letter in lower))
    if value and value < 40:
        readings.append(Reading(f"i{case}", value))
    return tuple(readings)


_HAMZA = str.maketrans(
    {"\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0649": "\u064a", "\u06be": "\u0647", "\u0629": "\u0647"}
)


@cache
def alphabets(language: str) -> tuple[str, ...]:
    """The orders in which the letters of a language count; Latin ones always may."""
    own = tuple(load("layout", language)["letters"])
    latin = "abcdefghijklmnopqrstuvwxyz"
    return own if latin in own else (*own, latin)


def _han(numeral: str) -> int:
    tens, ten, units = numeral.rpartition("十")
    return (10 * (_HAN.find(tens) + 1 if tens else 1) if ten else 0) + (_HAN.find(units) + 1 if units else 0)


def letter(index: int) -> str:
    """The name of the index-th sub-paragraph in an identifier.

    >>> letter(1), letter(26), letter(27), letter(53)
    ('a', 'z', 'aa', 'aaa')
    """
    turn, place = divmod(index - 1, 26)
    return chr(97 + place) * (turn + 1)


class _Level(NamedTuple):
    """An open list: the readings that its last member still may have, and that member's name."""

    readings: tuple[Reading, ...]
    name: str


class Outline:
    """Where in nested lists each sub-paragraph of one paragraph stands.

    What a letter means may stay open until the next: а) is Latin before b) and Cyrillic before б).

    >>> outline = Outline()
    >>> marks = [item(f"({mark})", 0, "en").readings for mark in ("a", "i", "ii", "b", "h", "i", "j")]
    >>> [".".join(outline.place(mark, after)) for mark, after in zip(marks, [*marks[1:], ()])]
    ['a', 'a.i', 'a.ii', 'b', 'h', 'i', 'j']
    """

    __slots__ = ("_levels",)

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def place(self, readings: tuple[Reading, ...], after: tuple[Reading, ...] = (), *, opened: bool = False) -> tuple[str, ...]:
        """The path of names of the next sub-paragraph: ``after`` are the readings of the one that follows it.

        ``opened`` says that the words before end with a colon, so that a deeper list may begin.
        """
        depth, chosen = self._choose(readings, after, opened)
        if not chosen[0].index:  # a bullet counts by its place
            last = self._levels[depth].readings[0].index if depth < len(self._levels) else 0
            chosen = (Reading(chosen[0].kind, last + 1),)
        del self._levels[depth:]
        self._levels.append(_Level(chosen, _name(chosen[0].kind, chosen[0].index, depth)))
        return tuple(level.name for level in self._levels)

    def _choose(self, readings: tuple[Reading, ...], after: tuple[Reading, ...], opened: bool) -> tuple[int, tuple[Reading, ...]]:
        levels = self._levels
        depth, goes_on = next(
            (
                (depth, following)
                for depth in range(len(levels) - 1, -1, -1)
                if (following := tuple(reading for reading in readings if _follows(reading, levels[depth].readings)))
            ),
            (0, ()),
        )
        kinds = {reading.kind for level in levels for reading in level.readings}
        deeper = tuple(reading for reading in readings if reading.index <= 1 and reading.kind not in kinds)
        if goes_on and deeper:
            # (i) after (h): a letter, unless (ii) follows or a list was announced and no (j) follows.
            if any(Reading(reading.kind, 2) in after for reading in deeper):
                return len(levels), deeper
            follows = any(Reading(reading.kind, reading.index + 1) in after for reading in goes_on)
            return (len(levels), deeper) if opened and not follows else (depth, goes_on)
        if goes_on:
            return depth, goes_on
        if deeper:
            return len(levels), deeper
        # A number skipped, restarted or printed twice: stay in the list it belongs to by its kind.
        for later in (True, False):
            for depth in range(len(levels) - 1, -1, -1):
                last = {reading.kind: reading.index for reading in levels[depth].readings}
                same = tuple(
                    reading for reading in readings if reading.kind in last and (not later or reading.index > last[reading.kind])
                )
                if same:
                    return depth, same
        # A list whose first members are missing; the numeral with the smallest value is the likeliest.
        return len(levels), (min(readings, key=lambda reading: reading.index),)


def _follows(reading: Reading, last: tuple[Reading, ...]) -> bool:
    return any(each.kind == reading.kind and (each.index + 1 == reading.index or not reading.index) for each in last)


def _name(kind: str, index: int, depth: int) -> str:
    if kind == "1":
        return str(index)
    if kind.startswith("i"):
        return to_roman(index).lower()
    # Signs that are neither letter nor numeral take the usual name of their depth.
    if kind in ("•", "一", "\u3220") and depth % 2:
        return to_roman(index).lower()
    return letter(index)
