"""Treaties by their names: a folded text comes in, the treaties that it names go out, each by its code.

The list is closed and lies in the lexicon: ``treaties.toml`` the codes and facts, ``<language>/treaties.toml`` the names. A
bare "the Treaty" names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import NamedTuple

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load

from .names import Named, Names
from .shapes import any_of

_SLOT = re.compile(r"\{(\w+)\}")


class Treaty(NamedTuple):
    """A treaty named in a folded text: its place and its code."""

    start: int
    stop: int
    code: str


def find_treaties(folded: str, language: str) -> list[Treaty]:
    """Which treaties does a folded text name, in order?

    A list of zones ("the Treaties of Tlatelolco and Pelindaba") is taken apart.

    >>> [found.code for found in find_treaties("the parties to the treaty on the non-proliferation of nuclear weapons", "en")]
    ['NPT']
    """
    names = _names(language).find(folded)
    return list(treaties_at(folded, names, language))


def treaties_at(folded: str, names: Iterable[Named[str]], language: str) -> Iterator[Treaty]:
    """Which treaties do these names mean, which ``treaty_names`` gave and were found in the text?"""
    for start, stop, code in names:
        if code:
            yield Treaty(start, stop, code)
        else:
            yield from _places(language).list_at(folded, stop)


@cache
def treaty_names(language: str) -> dict[str, str]:
    """Every name of a treaty with its code; words that a list of places follows ("the treaties of") have none."""
    lexicon = load("treaties", language)
    heads = {name: tuple(words) for name, words in lexicon.get("heads", {}).items()}
    lists = {name: "" for phrase in lexicon.get("list", {}) for name in _expanded(phrase, heads)}
    return lists | {
        variant: code
        for code, table in lexicon["treaty"].items()
        for phrase in table
        for name in _expanded(phrase, heads)
        for variant in _variants(name, lexicon.get("dated"), code)
    }


@cache
def _names(language: str) -> Names[str]:
    lexicon = load("treaties", language)
    return Names(treaty_names(language).items(), spaced=lexicon.get("spaced", True), proclitics=lexicon.get("proclitics", ""))


@cache
def _places(language: str) -> _Places:
    return _Places(language)


class _Places:
    """Places that stand for the treaties opened there."""

    def __init__(self, language: str) -> None:
        lexicon = load("treaties", language)
        self._codes = {fold(place).text: code for code, table in lexicon["place"].items() for place in table}
        place, joint = any_of(self._codes), any_of(fold(word).text for word in lexicon["joint"])
        # Empty brackets are what is left of the mark of a footnote in some texts.
        between = rf"(?: ?\(\))? ?[,\u060c\u3001]?[ \u300b\u300a]*(?:{joint} ?)?"
        self._list = re.compile(rf" ?{place}(?:{between}{place})*")
        self._place = re.compile(place)

    def list_at(self, folded: str, start: int) -> Iterator[Treaty]:
        """The treaties of the places listed from here on."""
        if places := self._list.match(folded, start):
            for place in self._place.finditer(folded, places.start(), places.end()):
                yield Treaty(place.start(), place.end(), self._codes[place[0]])


def _expanded(phrase: str, heads: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """The phrase with every form of the words in braces."""
    slots = _SLOT.findall(phrase)
    for words in product(*(heads[slot] for slot in slots)):
        yield phrase.format(**dict(zip(slots, words, strict=True)))


def _variants(name: str, dated: str | None, code: str) -> Iterator[str]:
    """A name as it is; with blanks for its hyphens; with the year of the treaty after its first word."""
    yield name
    if "-" in name:
        yield name.replace("-", " ")
    facts = load("treaties")[code]
    if dated and " " in name and "opened" in facts:
        first, _, rest = name.partition(" ")
        for year in (facts["opened"], *facts.get("also", ())):
            yield f"{first} {dated.format(year=year)} {rest}"
