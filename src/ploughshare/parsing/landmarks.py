"""Lines that are no paragraphs: a line or block comes in, what it is (enacting words, title, closing line, annex, part) goes out.

Readers use it to see where paragraphs begin and end; ``structure`` to see what they belong to. Each question is cheap to
answer with no for the many lines that are plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load
from ploughshare.model.resolution import Meeting

from .dates import find_dates
from .numbers import find_ordinals, to_roman

_BLANKS = re.compile(r"\s+")
_ROMAN_TEXT = r"(?:X{0,3}(?:IX|IV|V?I{0,3}))"
_SESSION = rf"(?:E?S-\d{{1,2}}|S-{_ROMAN_TEXT}|{_ROMAN_TEXT})"
_DASH = "[-\u2010-\u2013\u2212]"
_LETTERS = rf"(?:\s?\[?([A-Z](?:\s?{_DASH}\s?[A-Z])?)\]?)?(?![\w])"
# The number of a resolution: 79/240, S-10/2, 2373 (XXII), 1540 (2004), 2018/5.
_TITLE = re.compile(
    rf"(?:(\d{{1,4}}/\d{{1,4}}|E?S{_DASH}\d{{1,2}}/\d{{1,3}})|(\d{{1,4}})\s?[(\uff08]\s?((?:E?S{_DASH})?[IVXL]{{1,8}}|(?:19|20)\d\d)\s?[)\uff09])"
    rf"{_LETTERS}\s?([.:\uff0e\uff1a\u3002]|[-\u2010-\u2015\u2212](?=\s))?\s*"
)
_PART = re.compile(
    rf"({_ROMAN_TEXT}|[A-Z]|\u0410|\u0412|\u0421|\u0415)(?:[.:\uff0e\u3001]|\s?[\u2013\u2014-](?=\s)|$)\s*"
    rf"|((?=[IVX]){_ROMAN_TEXT})\s+(?=[A-Z\u00c0-\u00de\u0410-\u042f])"
)
_CLOSE = " \t\u00a0,.:;\u060c\u061b\uff0c\uff1a\uff1b\u3002*_"
_LONGEST_DATE = 40
_LONGEST_CLOSING = {"zh": 48}
_LONGEST_ANNEX = {"zh": 4, "ar": 24}
# A paragraph or a part of one ends here.
_FULL_STOPS = frozenset(";.\u061b\uff1b\u3002")
_COMMAS = frozenset(",\u060c\uff0c")
_MARKUP = " *_\u00a0\u200f\u200e"
_ENDS = frozenset(",.;:\u060c\u061b\uff0c\uff1b\uff1a\u3002")
_GOES_ON = frozenset(",;:\u060c\u061b\uff0c\uff1b\uff1a")
_DIGIT = re.compile(r"\d")
_NUMBER_WORD = re.compile(r"\d{1,5}")
_HOMOGLYPHS = str.maketrans("\u0410\u0412\u0421\u0415", "ABCE")


class Title(NamedTuple):
    """The numbered line that opens a resolution: its number without brackets, what stands in them, letters, the title itself."""

    number: str
    bracket: str | None
    letters: str | None
    start: int


def phrase(text: str) -> str:
    """A line as the lexicon of layout compares it: folded, single blanks, no punctuation around."""
    return _BLANKS.sub(" ", fold(text).text).strip(_CLOSE)


@cache
def phrases(table: str, language: str) -> tuple[str, ...]:
    """The folded phrases of a table of the layout lexicon, the longest first."""
    return tuple(sorted(map(phrase, load("layout", language).get(table, {})), key=len, reverse=True))


@cache
def phrase_codes(table: str, language: str) -> dict[str, str]:
    """Folded phrase → code, of a table of tables."""
    tables = load("layout", language).get(table, {})
    return {phrase(words): code for code, table in tables.items() for words in table}


@cache
def _gate(language: str, *tables: str) -> frozenset[str]:
    """The characters with which a phrase of these tables may begin: most lines are known by their first not to be one."""
    found: set[str] = set()
    for table in tables:
        for words, example in _flat(load("layout", language).get(table, {})):
            for first in (words[0], phrase(words)[0], example[0]):
                found |= {first, first.lower(), first.upper()}
    return frozenset(found) | frozenset("*_#")


def _flat(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for words, example in table.items():
        if isinstance(example, str):
            yield words, example
        else:
            yield from _flat(example)


@cache
def _raw(table: str, language: str) -> tuple[str, ...]:
    return tuple(words.lower() for words, _ in _flat(load("layout", language).get(table, {})))


@cache
def _enacting(language: str) -> tuple[dict[str, str], int]:
    codes = phrase_codes("enacting", language)
    return codes, max(map(len, codes)) + 12


def enacting(text: str, language: str, *, bare: bool = False) -> str | None:
    """Which body speaks, if these are the words before the first paragraph?

    Where a language has no article, the name alone may be that of a cover: only the comma after it tells, unless ``bare``.

    >>> enacting("The General Assembly,", "en"), enacting("\u5927\u4f1a\uff0c", "zh"), enacting("Recalling,", "en")
    ('GA', 'GA', None)
    """
    codes, longest = _enacting(language)
    if len(text) > longest or text[0] not in _gate(language, "enacting"):
        return None
    if text[0].islower() or text.rstrip(_MARKUP)[-1:] in _FULL_STOPS:
        return None  # a line of a paragraph that names a body, or its last line
    words = phrase(text)
    code = codes.get(words)
    if code and not bare and words in phrase_codes("body", language) and text.rstrip(_MARKUP)[-1:] not in _COMMAS:
        return None
    return code


def enacting_words(text: str, language: str) -> tuple[str, int] | None:
    """Which body speaks, if a longer paragraph begins with its name; and where the rest of it begins."""
    codes, longest = _enacting(language)
    if text[0] not in _gate(language, "enacting"):
        return None
    head = phrase(text[:longest])
    for words, code in codes.items():
        if head.startswith(words):
            # The words are found again in the text as it is: folding may leave signs out, never add any.
            stop = len(words)
            while phrase(text[:stop]) != words and stop < longest:
                stop += 1
            rest = text[stop:]
            if stop < longest and rest[:1] in " ,\u060c\uff0c\n":
                return code, stop + len(rest) - len(rest.lstrip(_CLOSE))
    return None


def title(text: str) -> Title | None:
    """Is this the numbered line that opens a resolution?

    >>> title("79/240. Experts"), title("2373 (XXII). Treaty").bracket, title("55/33 D Talks").letters, title("5. Requests")
    (Title(number='79/240', bracket=None, letters=None, start=8), 'XXII', 'D', None)
    """
    found = _TITLE.match(text)
    if found is None:
        return None
    number, numeral, bracket, letters, _ = found.groups()
    return Title((number or numeral).replace("\u2011", "-").replace("\u2013", "-"), bracket, letters, found.end())


def meeting(text: str, language: str) -> Meeting | None:
    """Which meeting does this line name?

    >>> meeting("50th (resumed) plenary meeting", "en"), meeting("A meeting was held", "en")
    (Meeting(number=50, resumed=True), None)
    """
    found = _meeting(text, language)
    return found[0] if found else None


def _meeting(text: str, language: str) -> tuple[Meeting, int] | None:
    """The meeting, and how many characters of the line are not needed to name it."""
    lowered = text.lower()
    if not any(words in lowered for words in _raw("meeting", language)):
        return None
    folded = phrase(text)
    named = next((words for words in phrases("meeting", language) if words in folded), None)
    if named is None:
        return None
    resumed = next((words for words in phrases("resumed", language) if words in folded), "")
    rest = len(folded) - len(named) - len(resumed)
    place = folded.index(named)
    numbers = [(found.start(), found.end(), int(found[0])) for found in _NUMBER_WORD.finditer(folded)]
    if not numbers:
        numbers = [(found.start, found.stop, found.value) for found in find_ordinals(folded, language)]
    if not numbers:
        return None
    # The number that stands nearest, rather before than after: dates have numbers too.
    start, stop, value = min(numbers, key=lambda found: max(place - found[1], 3 * (found[0] - place - len(named))))
    return Meeting(value, bool(resumed)), rest - (stop - start)


def closing(text: str, language: str) -> bool:
    """Is this a closing line: a meeting, a date, or both, and nothing else?

    >>> closing("2 December 2024", "en"), closing("12th plenary meeting, 3 May 2044", "en"), closing("3 May 2044, in Geneva,", "en")
    (True, True, False)
    """
    if len(text) > _LONGEST_CLOSING.get(language, 90):
        return False
    goes_on = text[-1] in _GOES_ON
    if goes_on and text[-1] != ",":
        return False
    found = _meeting(text, language)
    if found is None and (goes_on or len(text) > _LONGEST_DATE or not _DIGIT.search(text)):
        return False
    dates = find_dates(text, language)
    dated = dates[0].stop - dates[0].start if dates else 0
    if dated and not goes_on and len(text) - dated <= 4:
        return True
    return found is not None and found[1] - dated <= (6 if language == "zh" else 16)


def date_of(text: str, language: str) -> str | None:
    """The first date in a line, in its language or in English (covers keep English lines in every language)."""
    if not _DIGIT.search(text):
        return None
    for tongue in dict.fromkeys((language, "en")):
        found = find_dates(text, tongue)
        if found:
            return found[0].value
    return None


def annex(text: str, language: str) -> bool:
    """Is this the heading of an annex?

    >>> annex("Annex II", "en"), annex("ANNEX", "en"), annex("Annexed to the report", "en"), annex("Annex. A programme", "en")
    (True, True, False, True)
    """
    if len(text) > 160 or text[0] not in _gate(language, "annex"):
        return False
    folded = phrase(text)
    for words in phrases("annex", language):
        if folded.startswith(words):
            rest = folded[len(words) :]
            if not rest or (rest[0] in ".:" and text[-1] not in _GOES_ON):
                return True
            # "Annex II", "Annex to resolution …": short, and no sentence.
            return (
                len(rest) <= _LONGEST_ANNEX.get(language, 40)
                and (rest[0] == " " or language in ("zh", "ar"))
                and text[-1] not in _ENDS
            )
    return False


@cache
def _part_words(language: str) -> tuple[dict[str, str], tuple[str, ...]]:
    return phrase_codes("part_letter", language), tuple(word + " " for word in phrases("part", language))


def part(text: str, language: str) -> tuple[str, int] | None:
    """Is this the heading of a lettered or Roman part? Its letter or numeral, and where a title on the same line begins.

    >>> part("II", "en"), part("A. Working methods", "en"), part("Section B", "en"), part("A matter", "en")
    (('II', 2), ('A', 3), ('B', 9), None)
    """
    if len(text) > 200:
        return None
    names, words = _part_words(language)
    found = _PART.match(text)
    if found and (found[1] or found[2]):
        return (found[1] or found[2]).translate(_HOMOGLYPHS), found.end()
    if (names or words) and text[0] in _gate(language, "part", "part_letter"):
        folded = phrase(text[:40])
        for word in words:
            if folded.startswith(word):
                bare = text.strip("*_ ")
                found = _PART.match(bare, len(word))
                if found and found[1] and found.end() == len(bare):
                    return found[1].translate(_HOMOGLYPHS), len(text)
                ordinals = find_ordinals(bare, language)
                if ordinals and (ordinals[0].start, ordinals[0].stop) == (len(word), len(bare)):
                    return to_roman(ordinals[0].value), len(text)
        if folded in names:
            return names[folded], len(text)
        head, sign, _ = folded.partition(" ")
        if names and sign and head.rstrip(".:\u2013-\u3001") in names and head[-1] in ".:-\u2013\u3001":
            return names[head.rstrip(".:\u2013-\u3001")], text.find(" ") + 1
    return None
