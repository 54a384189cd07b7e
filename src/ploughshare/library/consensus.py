"""Several texts of one resolution → what it asks: for each paragraph the reading that most languages give.

The texts are equally authentic, so none is taken for the others; where as many give one reading as another, the order of
``PREFERRED`` decides, only so that the answer is the same every time. ``differences`` lists what the vote passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ploughshare.model.undertaking import Asked

#: Decides between readings that equally many languages give.
PREFERRED = ("en", "fr", "es", "ru", "zh", "ar")


@dataclass(frozen=True, slots=True)
class Settled:
    """A mandate of a resolution, and the languages whose texts give it."""

    asked: Asked
    languages: tuple[str, ...]


def consensus(readings: Mapping[str, Sequence[Asked]], paragraphs: Sequence[str]) -> list[Settled]:
    """What does a resolution ask, by the vote of its texts, paragraph by paragraph in the order of ``paragraphs``?

    ``readings``: language → the mandates of its text. Details are those of the first language of ``PREFERRED`` that gives
    the mandate.
    """
    languages = [language for language in PREFERRED if language in readings]
    by_paragraph = {language: _by_paragraph(readings[language]) for language in languages}
    settled = []
    for paragraph in paragraphs:
        given = {language: by_paragraph[language].get(paragraph, []) for language in languages}
        votes: dict[tuple[tuple[object, ...], ...], list[str]] = {}
        for language, asked in given.items():
            votes.setdefault(tuple(sorted(a.key for a in asked)), []).append(language)
        if not votes:
            continue
        voters = max(votes.values(), key=len)
        for one in given[voters[0]]:
            also = [language for language in languages if any(other.key == one.key for other in given[language])]
            settled.append(Settled(one, tuple(also)))
    return settled


def _by_paragraph(asked: Iterable[Asked]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in asked:
        found.setdefault(one.paragraph, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that the texts of a resolution read differently: each reading with the languages that give it."""

    symbol: str
    paragraph: str
    readings: tuple[tuple[tuple[str, ...], tuple[Asked, ...]], ...]


def differences(symbol: str, readings: Mapping[str, Sequence[Asked]], present: Mapping[str, frozenset[str]]) -> list[Difference]:
    """In which paragraphs do the texts of a resolution ask for different things? The reading of most languages first.

    ``present``: language → the paragraphs its text has; one that a text lacks under this number is no reading of it.
    """
    by_paragraph = {language: _by_paragraph(asked) for language, asked in readings.items()}
    found = []
    for paragraph in dict.fromkeys(a.paragraph for asked in readings.values() for a in asked):
        votes: dict[tuple[tuple[object, ...], ...], tuple[list[str], tuple[Asked, ...]]] = {}
        for language in sorted(readings):
            if paragraph not in present[language]:
                continue
            asked = tuple(by_paragraph[language].get(paragraph, ()))
            votes.setdefault(tuple(sorted(a.key for a in asked)), ([], asked))[0].append(language)
        if len(votes) > 1:
            ordered = sorted(votes.values(), key=lambda vote: -len(vote[0]))
            found.append(Difference(symbol, paragraph, tuple((tuple(languages), asked) for languages, asked in ordered)))
    return found
