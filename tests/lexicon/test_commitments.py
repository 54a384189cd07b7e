"""The data of commitments: codes, addressees, kinds of act, sources; titles and words in the languages that are claimed."""

import tomllib
from importlib.resources import files

import pytest

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.lexicon.phrases import Phrases
from ploughshare.parsing.symbols import parse_symbol
from ploughshare.tracking.citing import patterns
from ploughshare.tracking.sources import all_commitments, said

COMMITMENTS = all_commitments()
SOURCES = {each.source.code: each.source for each in COMMITMENTS.values()}
FILES = list((files("ploughshare.lexicon") / "commitments").iterdir())


def test_codes_are_there_once() -> None:
    codes = [code for file in FILES for code in tomllib.loads(file.read_text(encoding="utf-8"))["commitment"]]
    assert len(codes) == len(set(codes)) == len(COMMITMENTS)
    assert not set(codes) & set(SOURCES)
    assert not [code for code in codes if "#" in code or "/" in code]


def test_what_was_promised_is_there() -> None:
    assert [f"NPT-2000-step-{n}" in COMMITMENTS for n in range(1, 14)] == [True] * 13
    assert [f"NPT-2010-action-{n}" in COMMITMENTS for n in range(1, 65)] == [True] * 64
    assert {f"TPNW-{n}" for n in (*range(1, 8), 12)} < set(COMMITMENTS)
    assert {"NPT-VI", "OEWG-2016-conference"} < set(COMMITMENTS)


def test_addressees_and_kinds_are_known() -> None:
    known = set(load("groups", "en")) | set(load("publishing", "en")["who"])
    kinds = set(load("kinds")["kinds"])
    wrong = [each.code for each in COMMITMENTS.values() if not each.addressees or set(each.addressees) - known]
    assert not wrong
    assert not [each.code for each in COMMITMENTS.values() if each.action not in kinds]


def test_every_source_is_a_document_or_a_treaty() -> None:
    for source in SOURCES.values():
        for symbol in (source.symbol, *source.targets, *source.near):
            if symbol.startswith("treaty:"):
                assert symbol.removeprefix("treaty:") in load("treaties")
            elif not symbol.startswith("UNTS/"):
                assert parse_symbol(symbol).text == symbol
        assert source.place
        assert source.missing, f"{source.code} does not say what it leaves out"


@pytest.mark.parametrize("code", COMMITMENTS)
def test_title_and_sentence_are_there_in_the_languages_that_are_claimed(code: str) -> None:
    each = COMMITMENTS[code]
    assert "en" in each.source.languages
    for language in each.source.languages:
        words = load("commitment_texts", language)["commitments"][code]
        assert words["title"]
        assert words["text"][-1] in ".。", language
        assert load("commitment_texts", language)["sources"][each.source.code]["title"]
    if len({said(each, language) for language in each.source.languages}) < len(each.source.languages):
        pytest.fail("two languages say it in the same words")


def test_no_words_for_what_is_not_there() -> None:
    for language in LANGUAGES:
        texts = load("commitment_texts", language)
        assert set(texts["commitments"]) <= set(COMMITMENTS)
        assert set(texts["sources"]) <= set(SOURCES)
        words = load("commitments", language)
        assert set(words["names"]) | set(words["beside"]) | set(words["numbered"]) <= set(SOURCES)
        assert set(words["own"]) <= set(COMMITMENTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_pattern_finds_its_example(language: str) -> None:
    """Of a pattern with a number, one of the numbers does."""
    grammar, table = load("grammar", language), load("commitments", language)
    whole = {pattern for name in ("names", "beside", "own") for lines in table[name].values() for pattern in lines}
    silent: list[str] = []
    numbered: dict[tuple[str, str], bool] = {}
    for pattern, meant, example in patterns(language):
        found = bool(
            Phrases([(pattern, meant)], spaced=grammar["spaced"], proclitics=grammar.get("proclitics", "")).matches(
                fold(example).text
            )
        )
        if pattern in whole:
            silent += [] if found else [pattern]
        else:
            numbered[meant.code.rpartition("-")[0], example] = (
                numbered.get((meant.code.rpartition("-")[0], example), False) or found
            )
    assert not silent
    assert not [example for example, matched in numbered.items() if not matched]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_tables(language: str) -> None:
    words, english = load("commitments", language), load("commitments", "en")
    assert set(words) == set(english)
    for table in ("names", "beside", "own", "numbered", "labels"):
        assert set(words[table]) == set(english[table]), table
