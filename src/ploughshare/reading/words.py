"""A word at the end of a page and one at the beginning of the next: were they one word?

Conversions cut words at the end of a page without a hyphen. Nothing but the text itself tells "any n|egotiations" from
"for the|wide spectrum": what stands elsewhere in it as a word, and with which letters its words begin and end.
"""

from __future__ import annotations

import re

_LAST = re.compile(r"[^\W\d_]+$")
_FIRST = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "'\u2019"
_ELISION = frozenset(_APOSTROPHES)
#: How far around a cut its words are looked for, and how many finds are enough: a cut costs the same in any text.
_WINDOW = 1 << 15
_ENOUGH = 40


class Words:
    """What the words of a text say about the places where it is cut.

    >>> text = "They hold negotiations. I doubt that any n / egotiations will help."
    >>> Words(text).one(text.index(" /"), text.index("ego"))
    True
    >>> text = "We met in the spring, and in the / wide hall we talked of the spring."
    >>> Words(text).one(text.index(" /"), text.index("wide"))
    False
    """

    __slots__ = ("_lower", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        lower = text.lower()
        # A few letters grow when lowered; then places would not fit.
        self._lower = lower if len(lower) == len(text) else text

    def one(self, stop: int, start: int) -> bool:
        """Do the letters before ``stop`` and those from ``start`` on make one word?"""
        text = self._text
        left = _LAST.search(text, max(0, stop - 40), stop)
        right = _FIRST.match(text, start, start + 40)
        if left is None or right is None or (right[0][0].isupper() and not left[0].isupper()):
            return False
        before, after = left[0].lower(), right[0].lower()
        # The cut itself must not bear witness.
        elsewhere = f"{self._lower[max(0, stop - _WINDOW) : left.start()]}\n{self._lower[right.end() : start + _WINDOW]}"
        elided = text[right.end() : right.end() + 1] in _APOSTROPHES
        whole = _stands(elsewhere, before + after, elided)
        left_stands, right_stands = _stands(elsewhere, before, False), _stands(elsewhere, after, elided)
        if left_stands and right_stands:
            return whole and f"{before} {after}" not in elsewhere
        if whole:
            return True
        ends, inside = _sides(elsewhere, before[-3:], left=False)
        begins, within = _sides(elsewhere, after[:3], left=True)
        return inside * within > ends * begins * (8 if left_stands or right_stands else 1)


def after_apostrophe(text: str, stop: int, start: int) -> bool:
    """Do a word that ends in an apostrophe and the next belong together, as in French or "People's"?"""
    left = _LAST.search(text, max(0, stop - 41), stop - 1)
    if left is None:
        return False
    if len(left[0]) <= 2 or text[start : start + 2].rstrip() == "s" or not text[start + 1 : start + 2].isalpha():
        return True
    near = text[max(0, stop - _WINDOW) : stop - 1] + text[start : start + _WINDOW]
    word = f"{left[0]}{text[stop - 1]}"
    place = near.find(word)
    return place >= 0 and near[place + len(word) : place + len(word) + 1].isalpha()


def _stands(text: str, word: str, elided: bool) -> bool:
    """Does this word stand in the text, with no letter on either side?"""
    place = text.find(word)
    if place < 0:
        return False
    if f" {word} " in text:
        return True
    size = len(word)
    for _ in range(_ENOUGH):
        following = text[place + size : place + size + 1]
        if not text[place - 1 : place].isalpha() and not following.isalpha() and (elided or following not in _ELISION):
            return True
        place = text.find(word, place + 1)
        if place < 0:
            break
    return False


def _sides(text: str, letters: str, *, left: bool) -> tuple[float, float]:
    """How often these letters stand at the edge of a word, and how often inside one (with few finds, fewer letters)."""
    while True:
        edge = inside = 0
        size = len(letters)
        place = text.find(letters)
        for _ in range(_ENOUGH):
            if place < 0:
                break
            beside = text[place - 1 : place] if left else text[place + size : place + size + 1]
            if beside.isalpha():
                inside += 1
            else:
                edge += 1
            place = text.find(letters, place + 1)
        if edge + inside or size == 1:
            return edge + 0.5, inside + 0.5
        letters = letters[:-1] if left else letters[1:]
