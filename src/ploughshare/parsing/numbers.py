"""Numbers in words and digits: a piece of text comes in, what it counts (cardinals) and numbers (ordinals) goes out.

The lexicon holds the parts ("seventy", "ninth") with their values and the shapes in which a language puts them together;
every value is the sum of the parts of a shape. So all numbers are read in all inflections without being listed.
"""

from __future__ import annotations

import re
from functools import cache

from ploughshare.lexicon.fold import Folded
from ploughshare.lexicon.load import load

from .shapes import Found, Grammar, found_at, place

__all__ = ["Found", "find_cardinals", "find_ordinals", "roman", "to_roman"]


def find_ordinals(text: str | Folded, language: str) -> list[Found[int]]:
    """Which ordinal numbers does the text name, spelled or in digits, in order?

    Positions count in the text as given; a text that is already folded keeps its own.

    >>> find_ordinals("from its seventy-ninth to its 81st session", "en")
    [Found(start=9, stop=22, value=79), Found(start=30, stop=34, value=81)]
    """
    return _find(text, "ordinal", language)


def find_cardinals(text: str | Folded, language: str) -> list[Found[int]]:
    """How many does the text say, spelled or in digits, in order? Words for "twice", and Arabic pairs, count as two.

    Digits inside a symbol or a larger number are not taken apart; Chinese numerals count only before what they count.

    >>> [found.value for found in find_cardinals("three meetings, two of them in A/79/93, and 14 others", "en")]
    [3, 2, 14]
    """
    return _find(text, "cardinal", language)


def roman(numeral: str) -> int | None:
    """Which number is this Roman numeral? None where it is not one in its usual form.

    >>> roman("XXIX"), roman("IIX")
    (29, None)
    """
    found = _ROMAN.fullmatch(numeral.upper())
    if found is None or not numeral:
        return None
    return sum(digits.index(part) * scale for digits, part, scale in zip(_ROMAN_DIGITS, found.groups(), (100, 10, 1), strict=True))


def to_roman(number: int) -> str:
    """How is a number from 1 to 399 written in Roman numerals?

    >>> to_roman(22)
    'XXII'
    """
    hundreds, tens, units = number // 100, number // 10 % 10, number % 10
    return _ROMAN_DIGITS[0][hundreds] + _ROMAN_DIGITS[1][tens] + _ROMAN_DIGITS[2][units]


_ROMAN_DIGITS = (
    ("", "C", "CC", "CCC"),
    ("", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"),
    ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"),
)
_ROMAN = re.compile("(C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")


@cache
def _grammar(language: str) -> Grammar:
    romans = {to_roman(number).lower(): number for number in range(1, 151)}
    return Grammar(load("numbers", language), ["ordinal", "cardinal"], more={"roman": romans})


def _find(text: str | Folded, wanted: str, language: str) -> list[Found[int]]:
    # Both kinds are looked for together, so that the "seventy" of "seventy-ninth" is not taken for seventy.
    folded, back = place(text)
    return [
        found_at(start, stop, sum(value for _, value in slots), back)
        for kind, start, stop, slots in _grammar(language).find(folded)
        if kind == wanted
    ]
