"""The labels of the written forms: complete in six languages, and due dates that a person understands."""

from __future__ import annotations

from typing import Any

import pytest

from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.publishing.wording import Wording
from tests.publishing.made_up import asked, made_up


def keys(table: dict[str, Any]) -> dict[str, set[str]]:
    return {name: set(inner) - {"first"} for name, inner in table.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_labels(language: str) -> None:
    tables = load("publishing", language)
    assert keys(tables) == keys(load("publishing", "en"))
    assert all(value for inner in tables.values() for value in inner.values())
    assert len(tables["dates"]["months"]) == 12


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_act_has_a_label(language: str) -> None:
    assert set(load("publishing", language)["actions"]) == set(load("kinds")["kinds"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_due_date_is_said_in_words(language: str) -> None:
    wording = Wording(language)
    for mandate in asked(made_up()).mandates:
        said = wording.due(mandate.due)
        assert (said == "") == (mandate.due is None)
        assert "{" not in said


@pytest.mark.parametrize(
    ("due", "words"),
    [
        ({"session": 100}, "session 100"),
        ({"sessions": [100, 101], "body": "HRC"}, "sessions 100, 101, Human Rights Council"),
        ({"date": "2045-06-30"}, "30 June 2045"),
        ({"every": "year", "on": "09-26"}, "every year, on 26 September"),
        ({"every": "2 years"}, "every 2 years"),
        ({"every": "fortnight"}, "fortnight"),
        ({"within": "30 days"}, "within 30 days"),
        ({"within": "1 month"}, "within 1 month"),
        ({"until": {"year": 2050}}, "until 2050"),
        ({"until": "2046-12-31"}, "until 31 December 2046"),
        ({"event": "RevCon-NPT-2045"}, "RevCon-NPT-2045"),
        (None, ""),
    ],
)
def test_due_dates_in_english(due: dict[str, Any] | None, words: str) -> None:
    assert Wording("en").due(due) == words


def test_dates_as_they_are_printed() -> None:
    printed = [Wording(language).date("2044-12-01") for language in LANGUAGES]
    assert printed == [
        "1 كانون الأول/ديسمبر 2044",
        "1 December 2044",
        "1 de diciembre de 2044",
        "1er décembre 2044",
        "1 декабря 2044 года",
        "2044年12月1日",
    ]
    assert Wording("en").date("some day") == "some day"
