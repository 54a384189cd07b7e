"""Fold a text for comparison: one spelling for what readers take as the same, without losing the place of a character.

Case, kinds of dash, quotation mark and blank, Arabic vowel signs, tatweel and the seats of hamza do not tell words apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

# Each on the left becomes the one character on the right; the length never changes here.
_SAME: dict[str, str] = {
    **dict.fromkeys("\u00a0\u2007\u2008\u2009\u200a\u202f\u3000\t\n\r", " "),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u201b\u2032", "'"),
    **dict.fromkeys("\u0622\u0623\u0625\u0671", "\u0627"),  # the alefs
    "\u0649": "\u064a",  # alef maqsura, final yeh
    "\u0451": "\u0435",  # Cyrillic yo
    "\uff0c": ",",
    "\u060c": ",",
    "\u061b": ";",
    "\uff1b": ";",
    "\uff1a": ":",
    "\uff08": "(",
    "\uff09": ")",
}
_OTHER = re.compile(f"[{''.join(map(re.escape, _SAME))}]")
# Signs that a word may carry or lack: Arabic vowels, superscript alef, tatweel; soft hyphen, joiners, direction marks.
_OPTIONAL = re.compile("[\u0640\u064b-\u0652\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")


#: Texts up to this length are remembered.
_SHORT = 8192


class Folded(NamedTuple):
    """A folded text. ``places`` gives the position of each character in the text it was made from; None: the same."""

    text: str
    places: Sequence[int] | None

    def at(self, position: int) -> int:
        """The position in the text as it was of a position in the folded one (its end too)."""
        if self.places is None:
            return position
        return self.places[position] if position < len(self.places) else (self.places[-1] + 1 if self.places else 0)


def fold(text: str) -> Folded:
    """How does a text of any language read with one spelling for what readers take as the same?

    Short texts are remembered, since several stages ask for the same one in turn.

    >>> fold("Requests\u00a0the non\u2011nuclear").text
    'requests the non-nuclear'
    >>> folded = fold("\u062a\u064f\u062f\u0631\u062c x")  # a vowel sign after the first letter
    >>> len(folded.text), folded.at(1)
    (6, 2)
    """
    return _remembered(text) if len(text) <= _SHORT else _fold(text)


def _fold(text: str) -> Folded:
    same = _lower(text)
    if same.isascii():
        return Folded(same.replace("\t", " ").replace("\n", " ").replace("\r", " "), None)
    for letter in set(_OTHER.findall(same)):
        same = same.replace(letter, _SAME[letter])
    if _OPTIONAL.search(same) is None:
        return Folded(same, None)
    kept: list[int] = []
    pieces: list[str] = []
    start = 0
    for found in _OPTIONAL.finditer(same):
        pieces.append(same[start : found.start()])
        kept.extend(range(start, found.start()))
        start = found.end()
    pieces.append(same[start:])
    kept.extend(range(start, len(same)))
    return Folded("".join(pieces), kept)


_remembered = lru_cache(maxsize=1024)(_fold)


def _lower(text: str) -> str:
    lowered = text.lower()
    # A few letters grow when lowered (the dotted capital I); then lower one at a time, leaving those as they are.
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
