"""The six files of leading verbs are sound: every entry has an example that the code reads as that entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.model.resolution import Kind
from ploughshare.parsing.verbs import FORCES, Found, grammar, plain

#: The tables beside those of the forces, and what an example of theirs shows: see the comments in the files.
AROUND = {
    "modifiers", "leads", "links", "pronouns", "inner", "first", "joined", "nouns", "joints", "pairs", "subjects", "relatives",
    "openers",
}  # fmt: skip


def folded(text: str) -> str:
    return plain(fold(text).text)


def read(example: str, language: str, kind: Kind = "operative") -> list[Found]:
    return list(grammar(language).find(folded(example), kind))


def anywhere(example: str, language: str) -> list[Found]:
    """What is read in an operative paragraph, or else in a preambular one."""
    return read(example, language) or read(example, language, "preambular")


def phrases(language: str) -> Iterator[tuple[str, str, str, str]]:
    tables = load("verbs", language)
    for name in (*FORCES, "preamble"):
        for lemma, entries in tables.get(name, {}).items():
            for phrase, example in entries.items():
                yield name, lemma, phrase, example


def table(language: str, name: str) -> dict[str, str]:
    entries: dict[str, Any] = load("verbs", language).get(name, {})
    return entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_no_other_tables(language: str) -> None:
    assert set(load("verbs", language)) <= {*FORCES, "preamble", "writing", *AROUND}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_read_in_its_example(language: str) -> None:
    wrong = []
    for name, lemma, phrase, example in phrases(language):
        kind: Kind = "preambular" if name == "preamble" else "operative"
        said = [found.meaning for found in read(example, language, kind)]
        if not any(meaning.phrase == phrase and meaning.lemma == lemma for meaning in said):
            wrong.append((name, lemma, phrase, example, [meaning.phrase for meaning in said]))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_has_two_meanings(language: str) -> None:
    shared = load("verbs", language).get("writing", {}).get("shared", False)
    seen: dict[tuple[bool, str], tuple[str, str]] = {}
    twice = []
    for name, lemma, phrase, _ in phrases(language):
        key = (name == "preamble" and not shared, folded(phrase))
        if seen.setdefault(key, (name, lemma)) != (name, lemma):
            twice.append((phrase, lemma, seen[key]))
    assert not twice


def test_a_lemma_is_english_and_has_one_force_in_all_languages() -> None:
    english = {lemma for _, lemma, _, _ in phrases("en")}
    forces: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for name, lemma, _, _ in phrases(language):
            assert lemma in english, (language, lemma)
            if name in FORCES:
                forces.setdefault(lemma, set()).add(name)
    assert {lemma: found for lemma, found in forces.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_modifiers_belong_to_a_verb(language: str) -> None:
    wrong = []
    for word, example in table(language, "modifiers").items():
        text = folded(example)
        if not any(folded(word) in text[found.start : found.stop] for found in anywhere(example, language)):
            wrong.append((word, example, [text[found.start : found.stop] for found in anywhere(example, language)]))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_inner_words_stand_between_the_words_of_a_phrase(language: str) -> None:
    wrong = []
    for word, example in table(language, "inner").items():
        # Without the word the phrase would be read too: that is what "between" means.
        edge = r"\b" if grammar(language).writing.spaced else ""
        without, count = re.subn(edge + re.escape(folded(word)) + edge, "", folded(example), count=1)
        said = {found.meaning.phrase for found in anywhere(example, language)}
        if not count or not said & {found.meaning.phrase for found in anywhere(without, language)}:
            wrong.append((word, example, said))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["links", "pronouns", "leads"])
def test_words_that_do_not_belong_to_a_verb_stand_before_it(language: str, name: str) -> None:
    wrong = []
    for word, example in table(language, name).items():
        text = folded(example)
        before = [text[: found.start].rstrip(" ,") for found in read(example, language)]
        if not any(start.endswith(folded(word)) for start in before):
            wrong.append((word, example, before))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["joints", "pairs"])
def test_words_that_join_have_a_verb_on_either_side(language: str, name: str) -> None:
    wrong = []
    for word, example in table(language, name).items():
        text, found = folded(example), read(example, language)
        between = [text[one.stop : two.start] for one, two in pairwise(found)]
        if not any(folded(word).rstrip("-") in joint for joint in between):
            wrong.append((word, example, between))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["first", "joined", "relatives", "subjects"])
def test_words_that_keep_a_verb_from_being_a_further_one(language: str, name: str) -> None:
    wrong = []
    for word, example in table(language, name).items():
        first, *further = anywhere(example, language)
        if further or not all(part.strip() in folded(example) for part in folded(word).split("~")[0].split("|")[:1]):
            wrong.append((word, example, [found.meaning.phrase for found in (first, *further)]))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["first", "joined"])
def test_what_keeps_to_its_place_is_a_phrase(language: str, name: str) -> None:
    known = {phrase for _, _, phrase, _ in phrases(language)}
    assert set(table(language, name)) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_nouns_are_not_taken_for_verbs(language: str) -> None:
    wrong = []
    for noun, example in table(language, "nouns").items():
        place = folded(example).index(folded(noun))
        if any(found.start <= place < found.stop for found in read(example, language)):
            wrong.append((noun, example))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_openers_stand_before_the_first_verb(language: str) -> None:
    wrong = []
    for opener, example in table(language, "openers").items():
        found = read(example, language)
        if not folded(example).startswith(folded(opener)) or not found or found[0].start == 0:
            wrong.append((opener, example))
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_force_has_its_verbs(language: str) -> None:
    assert {name for name, _, _, _ in phrases(language)} == {*FORCES, "preamble"}
