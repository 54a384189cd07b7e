"""The words of a text as they are searched: one term for all forms of a word, with the place it stands at.

Words are those of Unicode (UAX 29), folded, without accents, and reduced to their stems. Chinese is cut into pairs of
neighbouring characters, since nothing parts its words. What differs between languages is in ``lexicon/<language>/search.toml``.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

import apsw.unicode
import snowballstemmer

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load

#: Of a longer word only so many letters count.
LONGEST = 64
#: So many letters of a word stay when its article or its ending goes.
LEAST = 3
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
#: Inside a word of Unicode, these part words of ours.
_PIECE = re.compile(r"[^'.,:;_\u00b7\u2027]+")
#: What leaves letters of other scripts alone when accents go.
_LATIN = "\u0370"
_TIED = str.maketrans({"\u0153": "oe", "\u00e6": "ae"})
_lock = threading.Lock()


class Term(NamedTuple):
    """A word as it is searched, and where it stands in the text."""

    word: str
    start: int
    stop: int


class Word(NamedTuple):
    """A word as folded, with its place in the folded text; ``han``: a run of Chinese characters."""

    word: str
    start: int
    stop: int
    han: bool


def terms(text: str, language: str) -> list[Term]:
    """Which words does the text hold, as they are searched, in order?

    >>> [term.word for term in terms("Reports of States, 79/240", "en")]
    ['report', 'of', 'state', '79', '240']
    >>> [term.word for term in terms("\u6838\u88c1\u519b", "zh")]
    ['\u6838\u88c1', '\u88c1\u519b', '\u519b']
    """
    folded = fold(text)
    found: list[Term] = []
    for word, start, stop, han in words_of(folded.text, language):
        if han:
            found += [Term(word[n : n + 2], start + n, min(start + n + 2, stop)) for n in range(len(word))]
        else:
            found.append(Term(term_of(word, language), start, stop))
    if folded.places is None:
        return found
    return [Term(word, folded.at(start), folded.at(stop - 1) + 1) for word, start, stop in found]


def words_of(folded: str, language: str) -> Iterator[Word]:
    """The words of a folded text, those apart that stand beside an apostrophe and are none."""
    silent = _silent(language)
    run: tuple[int, int] | None = None
    parted: Iterator[Any] = apsw.unicode.word_iter_with_offsets(folded)
    for begin, end, word in parted:
        if _HAN.match(word):
            if run and run[1] != begin:
                yield Word(folded[slice(*run)], *run, True)
                run = None
            run = (run[0] if run else begin, end)
            continue
        if run:
            yield Word(folded[slice(*run)], *run, True)
            run = None
        if word.isalnum():
            yield Word(word, begin, end, False)
            continue
        pieces = [Word(piece[0], begin + piece.start(), begin + piece.end(), False) for piece in _PIECE.finditer(word)]
        yield from (piece for piece in pieces if len(pieces) == 1 or piece.word not in silent)
    if run:
        yield Word(folded[slice(*run)], *run, True)


@lru_cache(maxsize=200_000)
def term_of(word: str, language: str) -> str:
    """The term of a folded word: its stem, without accents.

    >>> term_of("disarming", "en"), term_of("d\u00e9sarmement", "fr")
    ('disarm', 'desarm')
    """
    word = word[:LONGEST]
    if word.isdecimal():
        return "".join(str(unicodedata.decimal(digit)) for digit in word)
    table = load("search", language)
    if "articles" in table:
        return _light(word, table)
    if "stemmer" not in table:
        return bare(word)
    with _lock:  # a stemmer keeps its word while it works
        for _ in range(table.get("passes", 1)):
            word = _stemmer(table["stemmer"]).stemWord(word)
    for ending in table.get("trimmed", ()):
        if len(word) > LEAST:
            word = word.removesuffix(ending)
    return bare(word)


@lru_cache(maxsize=200_000)
def bare(word: str) -> str:
    """A folded word without the accents of Latin letters.

    >>> bare("\u00e9tats"), bare("\u0439")
    ('etats', '\u0439')
    """
    if word.isascii():
        return word
    word = word.translate(_TIED)
    if word[:1] >= _LATIN:
        return unicodedata.normalize("NFC", word)
    return "".join(letter for letter in unicodedata.normalize("NFKD", word) if unicodedata.category(letter) != "Mn")


def forms(word: str, language: str) -> list[str]:
    """The terms under which a folded word of a question may stand in the index, the likeliest first."""
    first = term_of(word, language)
    found = [first, term_of(bare(word), language)]
    table = load("search", language)
    if letter := table.get("doubled"):
        core = _without(word, table["articles"], str.removeprefix)
        found += [term_of(letter + core, language)] * core.startswith(letter)
        found += [term_of(word[1:], language)] * word.startswith(letter * 2)
    particles = () if word.isascii() else table.get("particles", ())
    for particle in particles:
        rest = first.removeprefix(particle)
        if rest != first and len(rest) > LEAST:
            found.append(rest)
    found += [particle + core for core in dict.fromkeys(found) for particle in particles]
    return list(dict.fromkeys(filter(None, found)))


def common(language: str) -> frozenset[str]:
    """The folded words that stand nearly everywhere in a language."""
    return _folded(language, "common")


def _silent(language: str) -> frozenset[str]:
    return _folded(language, "silent")


@cache
def _folded(language: str, name: str) -> frozenset[str]:
    return frozenset(fold(word).text for word in load("search", language)[name])


def _light(word: str, table: dict[str, Any]) -> str:
    """A word without article and ending."""
    shorter = _without(word, table["articles"], str.removeprefix)
    shorter = _without(shorter, table["articles"], str.removeprefix)
    shorter = _without(shorter, table["endings"], str.removesuffix)
    return _without(shorter, table["endings"], str.removesuffix)


def _without(word: str, parts: list[str], take: Any) -> str:
    for part in parts:
        shorter: str = take(word, part)
        if shorter != word and len(shorter) >= LEAST:
            return shorter
    return word


@cache
def _stemmer(name: str) -> Any:
    return snowballstemmer.stemmer(name)
