"""Lines → lines without what belongs to the pages: running heads, page numbers, job numbers, "Page 2", "/...".

For texts that have lost their pages; where pages are known, ``furniture`` sees more. A running head is known by what it
repeats: the symbol, the title, or a line that stands beside a page number again and again. What stands on the cover is kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ploughshare.parsing.landmarks import enacting, phrases, title

from .lines import Line
from .wrap import ENDS

_JOB = r"(?:\d{2}-\d{5,6})(?: ?\([A-Z]{1,2}\))?(?: +\d{6})?"
_PAGE_OF = r"\d{1,4} ?/ ?\d{1,4}"
_PAGE = re.compile(
    rf"(?:{_JOB} +{_PAGE_OF}|{_PAGE_OF} +{_JOB}|{_JOB}|[-\u2013\u2014] ?\d{{1,4}} ?[-\u2013\u2014]"
    r"|\* ?\d{7,8} ?\*|/ ?(?:\.{3}|\u2026)|\d{1,4} ?\|)"
)
_OF = re.compile(r"(\d{1,4}) ?/ ?(\d{1,4})")
_LONE = re.compile(r"\d{1,4}")
_RULE = re.compile(r"[-=*\u2014\u2015\u2500\u2501 ]{3,}")
_SHORT_RULE = frozenset("-=* ")
_COMMENT = re.compile(r"<!-- ?[^<>]{0,80} ?-->")
_SYMBOL = re.compile(r"[A-Z]{1,5}(?:/[\w.()\[\] -]{1,24}){1,7}\*{0,2}")
_NOT_LETTERS = re.compile(r"[\W_]+")
_QUOTES = frozenset('"\u00ab\u201c\u201d\u201e\u300a')
_LONGEST = 240


@dataclass(frozen=True, slots=True)
class Cover:
    """What the pages of this document may repeat: its symbols and its title; and where its text begins."""

    body: int
    symbols: frozenset[str]
    title: str
    number: str


def squeeze(text: str) -> str:
    """Letters and digits alone, small."""
    return _NOT_LETTERS.sub("", text).lower()


def strip_heads(text: str, lines: Sequence[Line], language: str) -> tuple[list[Line], int]:
    """The lines that belong to the document, the first after something left out marked as torn; and where the text begins."""
    if not lines:
        return [], 0
    cover = _cover(text, lines, language)
    typical = Counter(line.gap for line in lines[:2000]).most_common(1)[0][0]
    away = _known(text, lines, cover, language, typical)
    _symbols(text, lines, cover, away)
    if away and cover.title:
        _spread(text, lines, cover, away)
    if away:
        _repeated(text, lines, cover, away)
    _lone_numbers(text, lines, cover, away)
    kept, torn = [], False
    for place, line in enumerate(lines):
        if away and place in away:
            torn = torn or place >= cover.body
            continue
        if (torn or line.gap >= typical + 2) and not line.torn:
            line = line._replace(torn=True)
        kept.append(line)
        torn = False
    return kept, lines[cover.body].start


def _cover(text: str, lines: Sequence[Line], language: str) -> Cover:
    """Where does the text begin, and what is it called?"""
    body = 0
    for place, line in enumerate(lines):
        if line.stop - line.start <= 60 and enacting(text[line.start : line.stop], language):
            body = place
            break
    symbols, words, number = set(), "", ""
    for place in range(body):
        line = lines[place]
        content = text[line.start : line.stop]
        last = content.rpartition(" ")[2]
        if "/" in last and len(content) < 90 and _SYMBOL.fullmatch(last):
            symbols.add(squeeze(last))
        elif found := title(content):
            number = squeeze(content[: found.start])
            after = lines[place + 1 : min(body, place + 8)]
            words = squeeze("".join([content[found.start :], *(text[other.start : other.stop] for other in after)]))
    return Cover(body, frozenset(symbols), words, number)


@cache
def _words(language: str) -> re.Pattern[str]:
    words = sorted({*phrases("furniture", language), *phrases("furniture", "en")}, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))}) ?\d{{0,4}} ?[.*]?")


def _known(text: str, lines: Sequence[Line], cover: Cover, language: str, typical: int) -> set[int]:
    """Lines that are furniture by their look alone, or because they repeat the symbol or the whole title."""
    away: set[int] = set()
    words = _words(language)
    named = bool(cover.title or cover.symbols)
    for place, line in enumerate(lines):
        length = line.stop - line.start
        if length > _LONGEST:
            continue
        first = text[line.start]
        if length <= 40:
            if _PAGE.fullmatch(text, line.start, line.stop) or (
                (found := _OF.fullmatch(text, line.start, line.stop)) and int(found[1]) <= int(found[2])
            ):
                away.add(place)
                continue
            if not first.isalnum() and _RULE.fullmatch(text, line.start, line.stop):
                if set(text[line.start : line.stop]) <= _SHORT_RULE:
                    away.add(place)
                    continue
            elif place >= cover.body and words.fullmatch(text[line.start : line.stop].lower()):
                away.add(place)
                continue
        if first == "<" and _COMMENT.fullmatch(text, line.start, line.stop):
            away.add(place)
        elif named and place > cover.body and text[line.stop - 1] not in ENDS:
            if length <= 60 and _SYMBOL.fullmatch(text, line.start, line.stop):
                content = squeeze(text[line.start : line.stop])
                if content in cover.symbols or (cover.number and content.endswith(cover.number)):
                    away.add(place)
            elif (
                line.gap > typical and abs(length - len(cover.title)) <= 60 and squeeze(text[line.start : line.stop]) == cover.title
            ):
                away.add(place)
    return away


def _symbols(text: str, lines: Sequence[Line], cover: Cover, away: set[int]) -> None:
    """Symbols that stand alone on a line twice or more."""
    places: dict[str, list[int]] = {}
    for place in range(cover.body, len(lines)):
        line = lines[place]
        if line.stop - line.start <= 60 and place not in away and _SYMBOL.fullmatch(text, line.start, line.stop):
            places.setdefault(text[line.start : line.stop], []).append(place)
    for found in places.values():
        if len(found) > 1:
            away.update(found)


def _repeated(text: str, lines: Sequence[Line], cover: Cover, away: set[int]) -> None:
    """Lines that stand beside page numbers and other furniture again and again."""
    beside = Counter(
        _same(text, lines[other])
        for place in away
        if place >= cover.body
        for other in (place - 1, place + 1)
        if cover.body < other < len(lines) and other not in away and lines[other].stop - lines[other].start <= _LONGEST
    )
    heads = {content for content, count in beside.items() if count > 1 and len(content) > 2 and content[-1] not in ENDS}
    if heads:
        for place in range(cover.body + 1, len(lines)):
            line = lines[place]
            if line.stop - line.start <= _LONGEST and _same(text, line) in heads:
                away.add(place)


def _same(text: str, line: Line) -> str:
    """What a running head says on every page: the line without a page number at either end."""
    return text[line.start : line.stop].strip(" 0123456789\t")


def _spread(text: str, lines: Sequence[Line], cover: Cover, away: set[int]) -> None:
    """Lines beside furniture that together are the running head: the whole title, with or without the symbol.

    A piece of the title alone may be words of the last paragraph, which names the item of the agenda.
    """
    heads = {
        cover.title,
        *(f"{symbol}{cover.title}" for symbol in cover.symbols),
        *(f"{cover.title}{symbol}" for symbol in cover.symbols),
    }
    longest = max(map(len, heads))
    for place in [place for place in away if place > cover.body]:
        for step in (-1, 1):
            found: list[int] = []
            content = ""
            other = place + step
            while cover.body < other < len(lines) and other not in away and len(content) < longest:
                line = lines[other]
                if line.stop - line.start > _LONGEST:
                    break
                words = squeeze(text[line.start : line.stop])
                content = content + words if step > 0 else words + content
                found.append(other)
                if content in heads:
                    # The last paragraph names the item in quotation marks, and ends with a stop.
                    if text[lines[max(found)].stop - 1] not in ENDS and text[lines[min(found)].start] not in _QUOTES:
                        away.update(found)
                    break
                other += step


def _lone_numbers(text: str, lines: Sequence[Line], cover: Cover, away: set[int]) -> None:
    """A number alone on its line is a page number beside other furniture, or with empty lines on both sides."""
    for place, line in enumerate(lines):
        if line.stop - line.start > 4 or place <= cover.body or place in away or not _LONE.fullmatch(text, line.start, line.stop):
            continue
        following = lines[place + 1] if place + 1 < len(lines) else None
        free = following is None or following.gap > 0 or following.torn
        if (free and (line.gap or line.torn or place - 1 in away)) or (line.gap and place + 1 in away):
            away.add(place)
