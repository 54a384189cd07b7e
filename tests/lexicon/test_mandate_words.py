"""The lexicons of mandates are checked line by line: every pattern reads its own example, and no two claim the same words."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from ploughshare.extracting.passage import WEAK, kinds
from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.lexicon.phrases import Phrases

#: Tables of regular expressions: file → names (None: the file's own top level holds settings besides).
EXPRESSIONS = {
    "grammar": (
        "head", "join", "purpose", "skip", "shade", "lead", "also", "aside", "link", "tie", "pair", "bridge", "agent", "toward",
        "itself", "that", "attribute", "clause", "pronoun", "particle", "bound", "before", "likewise", "noun", "back",
    ),
    "due": ("session", "year", "until", "begin"),
    "details": ("meeting", "unit", "about", "item", "subitem"),
}  # fmt: skip
#: Tables of patterns by value.
PATTERNS = {"groups": (), "acts": (), "details": ("mode", "place", "resources")}
SETTINGS = {"spaced", "final", "reach", "verb_first", "proclitics", "receivers", "bare", "wants"}


def lines(file: str, language: str) -> Iterator[tuple[str, str, str]]:
    """(value, pattern, example) for each line of the tables of patterns."""
    tables: dict[str, Any] = load(file, language)
    for name in PATTERNS[file] or tables:
        entries = tables.get(name, {})
        if PATTERNS[file]:
            yield from ((value, pattern, example) for value, found in entries.items() for pattern, example in found.items())
        else:
            yield from ((name, pattern, example) for pattern, example in entries.items())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", PATTERNS)
def test_every_pattern_reads_its_example(file: str, language: str) -> None:
    grammar = load("grammar", language)
    wrong = []
    for value, pattern, example in lines(file, language):
        phrases = Phrases([(pattern, value)], spaced=grammar.get("spaced", True), proclitics=grammar.get("proclitics", ""))
        text = fold(example).text
        read = any(m.pattern.after is None or m.pattern.after.search(text, m.stop) for m in phrases.matches(text))
        if not read:
            wrong.append(f"{file}.toml [{value}] {pattern!r} does not read {example!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["groups", "acts"])
def test_no_two_values_claim_the_same_pattern(file: str, language: str) -> None:
    claimed: dict[str, str] = {}
    clashes = []
    for value, pattern, _ in lines(file, language):
        folded = fold(pattern).text
        if claimed.setdefault(folded, value) != value:
            clashes.append(f"{pattern!r}: {claimed[folded]} and {value}")
    assert not clashes, "\n".join(clashes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_act_is_known(language: str) -> None:
    assert {kind.rstrip(WEAK) for kind in load("acts", language)} <= {*kinds(), "none"}


def test_the_languages_know_the_same_actors() -> None:
    codes = {language: {code for code in load("groups", language) if not code.startswith("@")} for language in LANGUAGES}
    everywhere = set.intersection(*codes.values())
    missing = {language: sorted(set.union(*codes.values()) - known) for language, known in codes.items()}
    assert len(everywhere) > 60
    assert not any(missing.values()), missing


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", EXPRESSIONS)
def test_every_expression_reads_its_example(file: str, language: str) -> None:
    tables = load(file, language)
    wrong = []
    for name in EXPRESSIONS[file]:
        for pattern, example in tables.get(name, {}).items():
            if not re.search(pattern, fold(example).text):
                wrong.append(f"{file}.toml [{name}] {pattern!r} does not read {example!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_recurrence_and_period_reads_its_example(language: str) -> None:
    tables = load("due", language)
    wrong = [
        f"due.toml [{name}.{value}] {pattern!r} does not read {example!r}"
        for name in ("every", "within", "event")
        for value, found in tables.get(name, {}).items()
        for pattern, example in found.items()
        if not re.search(pattern, fold(example).text)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_table_of_the_grammar_is_unknown(language: str) -> None:
    assert set(load("grammar", language)) <= {*EXPRESSIONS["grammar"], *SETTINGS}
