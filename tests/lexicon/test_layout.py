"""The lexicon of layout: every phrase stands in its example, and is told by it; all languages have the same tables."""

from collections.abc import Iterator
from typing import Any

import pytest

from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.parsing import landmarks
from ploughshare.parsing.landmarks import phrase
from ploughshare.parsing.numbering import item

#: Words for parts that only some languages need, and abbreviations, whose full stop ``phrase`` takes off.
OPTIONAL = {"part_letter"}


def entries(language: str) -> Iterator[tuple[str, str, str]]:
    def walk(name: str, table: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        for key, value in table.items():
            if isinstance(value, dict):
                yield from walk(f"{name}.{key}" if name else key, value)
            else:
                yield name, key, value

    yield from walk("", load("layout", language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_stands_in_its_example(language: str) -> None:
    for table, words, example in entries(language):
        if table == "letters":
            found = item(example, 0, language)
            assert found is not None, (table, words)
            assert found.printed in words
        elif table == "abbreviation":
            assert words in example, (table, words)
        else:
            assert phrase(words) in phrase(example), (table, words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_told_for_what_they_are(language: str) -> None:
    tellers = {"annex": landmarks.annex, "part": landmarks.part, "part_letter": landmarks.part, "meeting": landmarks.meeting}
    for table, words, example in entries(language):
        name, _, code = table.partition(".")
        if name == "enacting":
            assert landmarks.enacting(example, language) == code, words
        elif name == "resumed":
            found = landmarks.meeting(example, language)
            assert found is not None, words
            assert found.resumed, words
        elif name in tellers:
            assert tellers[name](example, language), (table, words)


def test_all_languages_have_the_same_tables() -> None:
    tables = {language: {table for table in load("layout", language) if table not in OPTIONAL} for language in LANGUAGES}
    assert all(names == tables["en"] for names in tables.values())
    for table in ("enacting", "body", "committee"):
        assert len({frozenset(load("layout", language)[table]) for language in LANGUAGES}) == 1
