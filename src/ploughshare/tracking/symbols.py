"""What a symbol says of itself: body, session, and the order in which resolutions were adopted."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_RESOLUTION = re.compile(r"^(?P<body>A|S|E|A/HRC)/RES/(?P<session>(?:S-|ES-)?\d+)(?:/(?P<number>\d+))?(?P<rest>.*)$")
_OLD = re.compile(r"^A/RES/(?P<number>\d+)\((?P<session>[IVXLC]+)\)")
_DOCUMENT = re.compile(r"^A/(?P<session>\d{1,3})/(?P<number>\d+)(?P<rest>(?:/(?:Add|Rev|Corr)\.\d+)*)$")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Place(NamedTuple):
    """Where a resolution of the General Assembly stands among all: session, number, and the letters behind it."""

    session: int
    number: int
    letter: str


@cache
def place_of(symbol: str) -> Place | None:
    """The place of a regular session's resolution of the General Assembly; None for any other symbol.

    >>> place_of("A/RES/79/240"), place_of("A/RES/2373(XXII)"), place_of("S/RES/1540(2004)")
    (Place(session=79, number=240, letter=''), Place(session=22, number=2373, letter=''), None)
    """
    if old := _OLD.match(symbol):
        return Place(_roman(old["session"]), int(old["number"]), symbol[old.end() :].strip())
    found = _RESOLUTION.match(symbol)
    if not found or found["body"] != "A" or not found["number"] or "-" in found["session"]:
        return None
    return Place(int(found["session"]), int(found["number"]), found["rest"].strip())


@cache
def document_session(symbol: str) -> int | None:
    """The session that a document of the General Assembly was issued for (``A/79/133``); None where it is no such document.

    >>> document_session("A/79/133"), document_session("A/RES/79/47"), document_session("A/CONF.229/2017/8")
    (79, None, None)
    """
    found = _DOCUMENT.match(symbol)
    return int(found["session"]) if found else None


def _roman(letters: str) -> int:
    values = [_ROMAN[letter] for letter in letters]
    return sum(-value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True))
