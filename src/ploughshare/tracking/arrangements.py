"""The register of arrangements that verify something: what a new proposal would build on, or repeat.

>>> [each.code for each in arrangements("plutonium")]
['PMDA']
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load
from ploughshare.model.arrangement import Arrangement

from .lives import life

#: A language without sentences of its own shows those of this one.
FALLBACK = "en"


def arrangements(words: str = "", *, on: date | None = None, language: str = FALLBACK) -> list[Arrangement]:
    """Which arrangements and initiatives have these words in their code, title, mandate, parties, documents or stage?

    Every word must be there, at the beginning of a word and whatever its case; no words: all of them. In the order of the
    register. What began only after the day ``on`` is left out.
    """
    wanted = fold(words).text.split()
    return [each for each in _all(on, language) if each.life.stage and all(_holds(each, word, language) for word in wanted)]


def _all(on: date | None, language: str) -> Iterator[Arrangement]:
    texts = load("arrangement_texts", language if language in load("arrangements")["languages"] else FALLBACK)
    for code, table in load("arrangements")["arrangement"].items():
        yield Arrangement(code, table["kind"], texts[code], tuple(table["documents"]), life(code, on), table.get("treaty"))


def _holds(each: Arrangement, word: str, language: str) -> bool:
    labels = load("arrangements", language)
    stage = labels["stages"][each.life.stage.stage] if each.life.stage else ""
    said = " ".join((each.code, labels["kinds"][each.kind], stage, *each.words.values(), *each.documents, each.treaty or ""))
    # In a language without blanks a word begins anywhere.
    return word in fold(said).text if not word.isascii() else any(part.startswith(word) for part in _parts(said))


def _parts(said: str) -> Iterator[str]:
    for part in fold(said).text.split():
        yield part
        yield part.lstrip("(\u201c\"'")
        yield from part.split("-")
