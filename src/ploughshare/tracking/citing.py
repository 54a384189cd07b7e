"""Which paragraphs of resolutions cite a commitment? By the document they cite, beside them or in a footnote, and by words.

A citation comes near in three degrees. It names the very commitment ("action 21"); it names the whole that this is part of
("the 13 practical steps"); or it cites the document that holds it, for whatever reason. The words are data:
``lexicon/<language>/commitments.toml``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import msgspec

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load
from ploughshare.lexicon.phrases import Phrases
from ploughshare.library.database import Database
from ploughshare.model.commitment import Citing, Commitment, How, Source

from .sources import all_commitments
from .symbols import Place, place_of

TREATY = "treaty:"
#: What ends the citations of a document with its corrections, and stands before any other symbol.
CORRECTIONS = "/Corr.~"


class Meant(NamedTuple):
    """What a phrase means: the degree, and the source or commitment; ``alone``: it needs no citation in the paragraph."""

    how: How
    code: str
    alone: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase that means something, and where it stands; None in a footnote."""

    meant: Meant
    place: int | None


@dataclass(frozen=True, slots=True)
class _Cited:
    """A document or treaty cited in a paragraph, and where; None in a footnote."""

    target: str
    place: int | None


@dataclass(frozen=True, slots=True)
class _Paragraph:
    id: str
    words: str
    notes: tuple[str, ...]
    cited: tuple[_Cited, ...]


def citings(database: Database, commitments: Sequence[Commitment]) -> Mapping[str, tuple[Citing, ...]]:
    """By the code of each commitment: the paragraphs that cite it, the oldest resolution first."""
    sources = {commitment.source.code: commitment.source for commitment in commitments}
    codes: dict[str, list[str]] = defaultdict(list)
    for commitment in commitments:
        codes[commitment.source.code].append(commitment.code)
    #: (commitment, symbol, paragraph) → the nearest degree, and the languages that come so near.
    found: dict[str, dict[tuple[str, str], dict[str, How]]] = defaultdict(lambda: defaultdict(dict))
    for text, symbol, language in _texts(database, sources.values()):
        for paragraph in _paragraphs(database, text):
            concerned = [source for source in sources.values() if _concerns(source, paragraph)]
            words = _find(paragraph, language) if concerned else []
            if not words and not paragraph.cited:
                continue
            for source in concerned:
                for code, how in _read(paragraph, words, source, codes[source.code]):
                    found[code][symbol, paragraph.id][language] = how
    return {code: tuple(sorted(_merged(places), key=_order)) for code, places in found.items()}


def _concerns(source: Source, paragraph: _Paragraph) -> bool:
    """An article is cited only where its treaty is."""
    return not source.treaty or any(cited.target in source.near for cited in paragraph.cited)


def _merged(places: Mapping[tuple[str, str], Mapping[str, How]]) -> Iterator[Citing]:
    for (symbol, paragraph), said in places.items():
        nearest = min(said.values(), key=("own", "whole", "document").index)
        yield Citing(symbol, paragraph, nearest, tuple(sorted(language for language, how in said.items() if how == nearest)))


def _order(citing: Citing) -> tuple[Place, str]:
    return place_of(citing.symbol) or Place(0, 0, citing.symbol), citing.paragraph


def _read(paragraph: _Paragraph, found: Sequence[_Found], source: Source, codes: Sequence[str]) -> Iterator[tuple[str, How]]:
    """The commitments of a source that a paragraph cites, each with the nearest degree."""
    document = any(_is(cited.target, source.targets) for cited in paragraph.cited)
    beside = document or any(cited.target in source.near for cited in paragraph.cited)
    meant = [each.meant for each in found if _source_of(each.meant) == source.code and _belongs(each, paragraph, source)]
    whole = any(each.how == "whole" and (each.alone or document) for each in meant)
    own = {each.code for each in meant if each.how == "own" and (document or whole or (each.alone and beside))}
    for code in codes:
        if code in own:
            yield code, "own"
        elif whole:
            yield code, "whole"
        elif document and not source.treaty:
            yield code, "document"


def _belongs(found: _Found, paragraph: _Paragraph, source: Source) -> bool:
    """An article is one of the treaty that is named nearest to it; the number of another document is nobody's article."""
    return not source.treaty or (found.place is not None and _nearest(paragraph.cited, found.place) in source.near)


def _find(paragraph: _Paragraph, language: str) -> list[_Found]:
    """What the words of a paragraph and of its footnotes mean, whatever their source."""
    found = [_Found(meant, place) for meant, place in _matches(paragraph.words, language)]
    return found + [_Found(meant, None) for note in paragraph.notes for meant, _ in _matches(note, language)]


def _matches(words: str, language: str) -> Iterator[tuple[Meant, int]]:
    folded = fold(words)
    for match in _phrases(language).matches(folded.text):
        # "Action 2" does not stand in "action 21", in a language without blanks either.
        if not (folded.text[match.stop - 1].isdigit() and folded.text[match.stop : match.stop + 1].isdigit()):
            yield match.pattern.payload, folded.at(match.start)


def _nearest(cited: Iterable[_Cited], place: int) -> str | None:
    treaties = [
        (abs(each.place - place), each.target) for each in cited if each.place is not None and each.target.startswith(TREATY)
    ]
    return min(treaties)[1] if treaties else None


def _is(target: str, targets: Iterable[str]) -> bool:
    return any(each <= target <= each + CORRECTIONS for each in targets)


# -- the tables ---------------------------------------------------------------------------------------------------------------
def _texts(database: Database, sources: Iterable[Source]) -> list[tuple[int, str, str]]:
    """The texts that cite a document that holds commitments, or a treaty these are about."""
    targets = sorted({target for source in sources for target in (*source.targets, *source.near)})
    if not targets:
        return []
    where = " OR ".join("citation.target BETWEEN ? AND ?" for _ in targets)
    values = tuple(value for target in targets for value in (target, target + CORRECTIONS))
    query = f"SELECT DISTINCT text.id, symbol, language FROM citation JOIN text ON text.id = citation.text WHERE {where}"
    return [(text, symbol, language) for text, symbol, language in database.rows(query, values)]


def _paragraphs(database: Database, text: int) -> Iterator[_Paragraph]:
    notes = dict(database.rows("SELECT mark, words FROM footnote WHERE text = ?", (text,)))
    cited: dict[str | None, list[tuple[str, str]]] = defaultdict(list)
    noted: dict[str | None, list[str]] = defaultdict(list)
    for paragraph, mark, words, target in database.rows(
        "SELECT paragraph, mark, words, target FROM citation WHERE text = ?", (text,)
    ):
        if mark is None:
            cited[paragraph].append((target, words))
        else:
            noted[mark].append(target)
    for identifier, aligned, words, marks in database.rows(
        "SELECT id, aligned, words, marks FROM paragraph WHERE text = ? ORDER BY place", (text,)
    ):
        here = [mark for _, mark in msgspec.json.decode(marks)]
        yield _Paragraph(
            aligned or identifier,
            words,
            tuple(notes[mark] for mark in here if mark in notes),
            (
                *(_Cited(target, place) for target, said in cited[identifier] for place in _places(words, said)),
                *(_Cited(target, None) for mark in here for target in noted[mark]),
            ),
        )


def _places(words: str, said: str) -> list[int]:
    """Where a citation stands in its paragraph: wherever its words do."""
    found, place = [], words.find(said)
    while place >= 0 and said:
        found.append(place)
        place = words.find(said, place + len(said))
    return found or [0]


# -- the words ----------------------------------------------------------------------------------------------------------------
def _source_of(meant: Meant) -> str:
    return meant.code if meant.how == "whole" else all_commitments()[meant.code].source.code


@cache
def _phrases(language: str) -> Phrases[Meant]:
    grammar = load("grammar", language)
    return Phrases(
        ((pattern, meant) for pattern, meant, _ in patterns(language)),
        spaced=grammar.get("spaced", True),
        proclitics=grammar.get("proclitics", ""),
    )


@cache
def patterns(language: str) -> tuple[tuple[str, Meant, str], ...]:
    """The patterns of a language, what each means, and the example it stands with."""
    table = load("commitments", language)
    found: list[tuple[str, Meant, str]] = []
    for code, lines in table.get("names", {}).items():
        found += [(pattern, Meant("whole", code, True), example) for pattern, example in lines.items()]
    for code, lines in table.get("beside", {}).items():
        found += [(pattern, Meant("whole", code, False), example) for pattern, example in lines.items()]
    for code, lines in table.get("own", {}).items():
        found += [(pattern, Meant("own", code, True), example) for pattern, example in lines.items()]
    for code, lines in table.get("numbered", {}).items():
        found += _numbered(code, lines, table["numerals"])
    return tuple(found)


def _numbered(code: str, lines: Mapping[str, str], numerals: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Meant, str]]:
    """Patterns with a number: {n} stands for that of the commitment, {m} for any other of its source."""
    ours = {each.number: each.code for each in all_commitments().values() if each.source.code == code and each.number}
    others = "/".join(str(number) for number in ours)
    for pattern, example in lines.items():
        for number, commitment in ours.items():
            for numeral in (str(number), *numerals.get(str(number), ())):
                said = pattern.replace("{m}", others).replace("{n}", numeral.replace(" ", "_"))
                yield said, Meant("own", commitment, False), example
