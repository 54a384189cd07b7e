"""Blocks → signs: what each block is by its number, its look and its neighbours.

Some things are known only from what follows: whether "II" begins a part (its numbers restart) or is a heading, whether "1."
counts points inside paragraph 5 (paragraph 6 follows) or begins anew, whether numbered paragraphs are still to come.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ploughshare.model.text import Block

from . import landmarks
from .numbering import Reading, item, number
from .verbs import opens

STOPS = frozenset(".;:!?\u061b\u061f\u3002\uff0e\uff1b\uff1a\uff01\uff1f")
COMMAS = frozenset(",\u060c\uff0c")
ENDS = STOPS | COMMAS
COLONS = (":", "\uff1a")
_CLOSERS = " \"'\u201d\u2019\u00bb)]\uff09\u3011\u300d*"
#: A heading is shorter than this.
HEADING = 250
#: How many blocks (a part's letter, titles) may stand between the number of another resolution and its enacting words.
_NEAR = 8


class Kind(Enum):
    """What a block is."""

    WORDS = 0
    NUMBER = 1
    ITEM = 2
    HEADING = 3
    PART = 4
    ANNEX = 5
    CLOSING = 6
    ENACTING = 7
    OTHER = 8


@dataclass(slots=True)
class Sign:
    """What a block is, and what its number says."""

    kind: Kind
    name: str = ""
    value: int = 0
    #: Where the words begin.
    start: int = 0
    readings: tuple[Reading, ...] = ()
    level: int = 0
    #: The part that begins here without a heading of its own.
    part: str = ""
    #: Do numbered operative paragraphs of the same part follow?
    numbers_follow: bool = False


_PLAIN = Sign(Kind.WORDS)
_AFTER_HEADING = frozenset({Kind.NUMBER, Kind.HEADING, Kind.PART, Kind.ENACTING})
_PARAGRAPHS = frozenset({Kind.WORDS, Kind.NUMBER, Kind.ITEM})


def signs_of(body: Sequence[Block], first: int, language: str) -> list[Sign]:
    """What are these blocks? Those before ``first`` are left out of account."""
    signs = [_PLAIN] * first
    signs += [_look(block.text, language) for block in body[first:]]
    _others(signs, first)
    _annexes(signs, first)
    _parts(signs, first)
    _restarts(body, signs, first)
    _numbers_follow(signs, first)
    _headings(body, signs, first, language)
    return signs


def _look(text: str, language: str) -> Sign:
    """What a block is by itself."""
    size = len(text)
    found = number(text)
    if found is not None:
        if size <= 90 and landmarks.closing(text, language):
            return Sign(Kind.CLOSING)
        printed, value, start = found
        return Sign(Kind.NUMBER, printed, value, start)
    if size <= 200:
        if size <= 80 and landmarks.enacting(text, language):
            return Sign(Kind.ENACTING)
        if size <= 90 and landmarks.closing(text, language):
            return Sign(Kind.CLOSING)
        if landmarks.annex(text, language):
            return Sign(Kind.ANNEX)
        part = landmarks.part(text, language)
        if part is not None and (part[1] >= size or text[-1] not in ENDS):
            return Sign(Kind.PART, part[0], 0, part[1])
        if text[0].isdigit() and landmarks.title(text):
            return Sign(Kind.OTHER)
    point = item(text, 0, language)
    if point is not None:
        return Sign(Kind.ITEM, point.printed, 0, point.stop, point.readings)
    return Sign(Kind.WORDS)


def _others(signs: list[Sign], first: int) -> None:
    """A numbered title begins another resolution only where enacting words follow; else it is words."""
    for place in range(first, len(signs)):
        if signs[place].kind is Kind.OTHER:
            near = signs[place + 1 : place + 1 + _NEAR]
            spoken = next((other for other, sign in enumerate(near) if sign.kind is Kind.ENACTING), None)
            numbered = any(sign.kind is Kind.NUMBER for sign in near[:spoken])
            if spoken is None or numbered or place == first:
                signs[place] = Sign(Kind.WORDS)


def _annexes(signs: list[Sign], first: int) -> None:
    """Before the first operative paragraph nothing is annexed; inside an annex enacting words are words of the annex."""
    begun = annexed = False
    for place in range(first, len(signs)):
        sign = signs[place]
        if sign.kind is Kind.NUMBER or sign.kind is Kind.CLOSING:
            begun = True
        elif sign.kind is Kind.ANNEX:
            # A single operative paragraph bears no number; it stands right before.
            begun = begun or place > first + 1
            if begun:
                annexed = True
            else:
                signs[place] = Sign(Kind.WORDS)
        elif sign.kind is Kind.ENACTING and annexed:
            part = next((other for other in range(place - 1, max(first, place - 4), -1) if signs[other].kind is Kind.PART), None)
            if part is None:
                signs[place] = Sign(Kind.WORDS)
            else:
                annexed = False
        elif sign.kind is Kind.OTHER:
            annexed = False


def _is_roman(name: str) -> bool:
    return bool(name) and all(letter in "IVXL" for letter in name)


def _parts(signs: list[Sign], first: int) -> None:
    """Which headings "I", "A" begin parts whose numbers count anew? The others are headings."""
    places = [place for place in range(first, len(signs)) if signs[place].kind is Kind.PART]
    if not places:
        return
    annexed = _inside_annex(signs, first)
    # "I" after "H" is a letter; C, D, L after A, B are letters too.
    letters = any(signs[place].name == "H" for place in places)
    romans = {place: _is_roman(signs[place].name) and not (letters and len(signs[place].name) == 1) for place in places}
    before = 0
    restarting: set[bool] = set()
    following: dict[int, tuple[int | None, bool]] = {}
    numbers_before: dict[int, int] = {}
    for place in range(first, len(signs)):
        sign = signs[place]
        if sign.kind is Kind.NUMBER and not annexed[place]:
            before = sign.value
        elif sign.kind is Kind.PART:
            numbers_before[place] = before
            following[place] = _next_number(signs, place)
    for place in places:
        if annexed[place]:
            continue
        value, spoken = following[place]
        if spoken or (value == 1 and numbers_before[place] >= 1):
            restarting.add(romans[place])
    outer: bool | None = None
    for place in places:
        sign = signs[place]
        value, spoken = following[place]
        goes_on = value is not None and value == numbers_before[place] + 1 and value > 1
        real = romans[place] in restarting and not goes_on and not (annexed[place] and not spoken)
        if annexed[place] and not spoken:
            signs[place] = Sign(Kind.HEADING, sign.name, 0, 0, level=2)
        elif real:
            # Letters inside Roman parts, or the other way round: the kind that comes first is the outer one.
            outer = romans[place] if outer is None else outer
            signs[place] = Sign(Kind.PART, sign.name, 0, sign.start, level=1 if romans[place] is outer else 2)
        else:
            signs[place] = Sign(Kind.HEADING, sign.name, 0, sign.start, level=1 if romans[place] else 2)


def _inside_annex(signs: list[Sign], first: int) -> list[bool]:
    inside, found = False, [False] * len(signs)
    for place in range(first, len(signs)):
        kind = signs[place].kind
        if kind is Kind.ANNEX:
            inside = True
        elif kind in (Kind.ENACTING, Kind.OTHER):
            inside = False
        found[place] = inside
    return found


def _next_number(signs: list[Sign], place: int) -> tuple[int | None, bool]:
    """The first number after the heading of a part, and whether enacting words stand before it."""
    for other in range(place + 1, len(signs)):
        sign = signs[other]
        if sign.kind is Kind.ENACTING:
            return None, other - place <= 4
        if sign.kind is Kind.NUMBER:
            return sign.value, False
        if sign.kind in (Kind.PART, Kind.ANNEX, Kind.OTHER) and other > place + 1:
            return None, False
    return None, False


def _restarts(body: Sequence[Block], signs: list[Sign], first: int) -> None:
    """Numbers that begin again at 1 in the middle of a part: points of a paragraph, or a part without a heading."""
    last, count, place = 0, 1, first
    while place < len(signs):
        sign = signs[place]
        if sign.kind in (Kind.PART, Kind.ENACTING, Kind.ANNEX, Kind.OTHER):
            last = 0
            if sign.kind is Kind.ANNEX:
                break
        elif sign.kind is Kind.NUMBER:
            if sign.value == 1 and last >= 1:
                stop = _goes_on(signs, place, last + 1)
                if stop and _announced(body, place):
                    for other in range(place, stop):
                        if signs[other].kind is Kind.NUMBER:
                            point = signs[other]
                            point.level, point.readings = 1, (Reading("1", point.value),)
                    place = stop
                    continue
                count += 1
                sign.part = str(count)
            last = sign.value
        place += 1


def _goes_on(signs: list[Sign], place: int, value: int) -> int:
    """Where the number that was due stands, after a run that begins at 1 and never passes it."""
    expected = 1
    for other in range(place, min(len(signs), place + 400)):
        sign = signs[other]
        if sign.kind in (Kind.PART, Kind.ENACTING, Kind.ANNEX, Kind.OTHER, Kind.CLOSING):
            return 0
        if sign.kind is Kind.NUMBER:
            if sign.value == value and sign.value != expected:
                return other
            if sign.value != expected:
                return 0
            expected += 1
    return 0


def _announced(body: Sequence[Block], place: int) -> bool:
    """Do the words before end in a colon?"""
    return place > 0 and body[place - 1].text.endswith(COLONS)


def _numbers_follow(signs: list[Sign], first: int) -> None:
    follow = False
    for place in range(len(signs) - 1, first - 1, -1):
        sign = signs[place]
        if sign.kind in (Kind.PART, Kind.ENACTING, Kind.ANNEX, Kind.OTHER, Kind.CLOSING):
            follow = False
        elif sign.kind is Kind.NUMBER and not sign.level:
            follow = not sign.part
        elif sign.kind is Kind.WORDS:
            sign.numbers_follow = follow


def _headings(body: Sequence[Block], signs: list[Sign], first: int, language: str) -> None:
    """Short words without a stop before a numbered paragraph, a heading or a paragraph that opens with a verb."""
    for place in range(len(signs) - 2, first - 1, -1):
        sign, text = signs[place], body[place].text
        if sign.kind is not Kind.WORDS or len(text) >= HEADING or last_sign(text) in ENDS or _is_small(text):
            continue
        after = signs[place + 1].kind
        if after in _AFTER_HEADING or (after is Kind.WORDS and opens(body[place + 1].text, language)):
            follows = place > first and signs[place - 1].kind in _PARAGRAPHS
            if (not follows or last_sign(body[place - 1].text) in ENDS) and not opens(text, language):
                sign.kind, sign.level = Kind.HEADING, 1


def last_sign(text: str) -> str:
    """The sign that the words end with, before closing quotation marks and brackets.

    >>> last_sign("the item entitled \u201cBees\u201d."), last_sign("(Part I)"), last_sign("(see paragraph 3.)")
    ('.', 'I', '.')
    """
    return text.rstrip(_CLOSERS)[-1:] if text[-1:] in _CLOSERS else text[-1:]


def _is_small(text: str) -> bool:
    first = next((letter for letter in text if letter.isalpha()), "")
    return first.islower()
