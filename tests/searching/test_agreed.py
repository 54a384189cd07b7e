"""Agreed language: what was said before is found whatever its dates; a draft gets advice."""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ploughshare.errors import PloughshareError, QueryError
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.library.library import Library
from ploughshare.searching.agreed import LONGEST, Agreed, agreed
from ploughshare.searching.draft import Finding
from ploughshare.searching.masking import digest, masked, shingles
from ploughshare.tracking.settle import settled

from ..made_up import shelve, text
from ..shared import SHARED, needs_shared

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen" / "text"
ON = date(2026, 11, 1)
REPORT = "Requests the Secretary-General to submit a report on wells to the General Assembly at its {} session"
ACCOUNT = "Calls upon all States to keep an account of their ploughs, their shares and their harrows"
TEXTS = (
    text("77/301", "Ploughs for all", f"1. {ACCOUNT};\n\n2. {REPORT.format('seventy-eighth')}."),
    text("78/301", "Ploughs for all", f"1. {REPORT.format('seventy-ninth')};\n\n2. {ACCOUNT}, and to make it public."),
    text("80/301", "Ploughs for all", f"1. {REPORT.format('eighty-first')};\n\n2. Welcomes small mills."),
    text("80/302", "Other things", f"1. {REPORT.format('eighty-first')}.", item="Other things"),
)
#: Two ways to say the same but for ordinals and dates, by language.
ALIKE = {
    "en": ("Decides to meet at its seventy-ninth session, on 3 May 2025;", "Decides to meet at its 80th session, on 12 June 2026."),
    "fr": (
        "Décide de se réunir à sa soixante-dix-neuvième session, le 3 mai 2025 ;",
        "Décide de se réunir à sa quatre-vingtième session, le 12 juin 2026.",
    ),
    "es": (
        "Decide reunirse en su septuagésimo noveno período de sesiones, el 3 de mayo de 2025;",
        "Decide reunirse en su octogésimo período de sesiones, el 12 de junio de 2026.",
    ),
    "ru": (
        "постановляет собраться на своей семьдесят девятой сессии 3 мая 2025 года;",
        "постановляет собраться на своей восьмидесятой сессии 12 июня 2026 года.",
    ),
    "zh": ("决定在第七十九届会议期间于2025年5月3日开会；", "决定在第八十届会议期间于2026年6月12日开会。"),
    "ar": (
        "تقرر أن تجتمع في دورتها التاسعة والسبعين، في 3 أيار/مايو 2025؛",
        "تقرر أن تجتمع في دورتها الثمانين، في 12 حزيران/يونيه 2026.",
    ),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return shelve(tmp_path_factory.mktemp("agreed"), *TEXTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinals_and_dates_do_not_count(language: str) -> None:
    one, other = (masked(words, language) for words in ALIKE[language])
    assert one == other
    assert "#" in one
    assert digest(one, language) == digest(other, language)


@given(st.text(max_size=400), st.sampled_from(LANGUAGES))
def test_whatever_is_masked_has_shingles(words: str, language: str) -> None:
    said = masked(words, language)
    assert shingles(said, language)
    assert masked(said, language) == masked(masked(said, language), language)


def first(found: Agreed, paragraph: str) -> tuple[str, str, int]:
    earlier = next(said for said in found.paragraphs if said.paragraph == paragraph).earlier[0]
    return earlier.how, earlier.compared.address, earlier.texts


def test_a_sentence_is_found_with_oldest_and_newest(library: Library) -> None:
    [said] = agreed(library, REPORT.format("eighty-second")).paragraphs
    [earlier] = [e for e in said.earlier if e.how == "same"]
    assert (earlier.oldest.address, earlier.texts) == ("A/RES/77/301#op2", 4)
    assert earlier.newest.session == 80
    assert [p.words for p in earlier.passages if p.kind != "same"][:2] == ["first", "second"]


def test_nearly_the_same_is_marked_word_by_word(library: Library) -> None:
    [said] = agreed(library, ACCOUNT.replace("harrows", "carts")).paragraphs
    earlier = said.earlier[0]
    assert (earlier.how, earlier.newest.address) == ("nearly", "A/RES/77/301#op1")
    assert [(p.kind, p.words) for p in earlier.passages if p.kind != "same"][:2] == [("old", "harrows;"), ("new", "carts")]
    assert "".join(p.words for p in earlier.passages if p.kind != "old") == said.words


def test_words_that_nobody_said_are_told_as_such(library: Library) -> None:
    [said] = agreed(library, "Notes that lanterns burn longer where the wick is trimmed every evening").paragraphs
    assert said.earlier == ()


def test_a_draft_finds_its_own_subject_first_and_only_what_is_older(library: Library) -> None:
    found = agreed(library, text("80/301", "Ploughs for all", f"1. {REPORT.format('eighty-first')};\n\n2. {ACCOUNT}."), on=ON)
    assert first(found, "op1") == ("same", "A/RES/78/301#op1", 2)
    assert first(found, "op2") == ("same", "A/RES/77/301#op1", 1)
    draft = text("81/1", "Ploughs for all", f"1. {REPORT.format('eighty-second')}.", day="2 December 2026")
    assert first(agreed(library, draft, on=ON), "op1")[1] == "A/RES/80/301#op1"


def test_what_was_said_in_another_language_counts(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", create=True)
    library.add([(SPECIMEN / f"specimen.{tongue}.txt", tongue) for tongue in ("en", "fr")], told=lambda _: None)
    query = "SELECT words FROM paragraph JOIN text ON text.id = paragraph.text WHERE language = ? AND paragraph.id = 'op9'"
    english, french = (library.database.value(query, (tongue,)) for tongue in ("en", "fr"))
    path = tmp_path / "older.txt"
    path.write_text(text("80/5", "Older", f"1. {english.rstrip(';')}."))
    library.add([(path, path.name)], told=lambda _: None)
    [said] = agreed(library, french).paragraphs
    earlier = said.earlier[0]
    assert (earlier.how, earlier.texts, earlier.newest.language) == ("same", 2, "fr")
    assert (earlier.oldest.address, earlier.oldest.language) == ("A/RES/80/5#op1", "en")
    library.close()


# -- advice -------------------------------------------------------------------------------------------------------------------
def kinds(found: Agreed) -> list[tuple[str, str]]:
    return [(finding.kind, finding.paragraph) for finding in found.findings]


def test_a_draft_gets_advice_on_form(tmp_path: Path) -> None:
    many = [text(f"79/{n}", f"Share {n}", f"1. {REPORT.format('eightieth')}.") for n in range(301, 311)]
    library = shelve(tmp_path, *many)
    draft = text("81/1", "New things", "1. Requests the Secretary-General to submit a report on carts;\n\n2. Welcomes wells.")
    found = kinds(agreed(library, draft.replace("81", "83"), on=ON))
    assert ("no_date", "op1") in found
    assert ("no_recipient", "op1") in found
    assert not [kind for kind, paragraph in found if paragraph == "op2"]
    library.close()


def test_a_request_that_still_stands_is_told_and_one_that_was_superseded_is_not(library: Library) -> None:
    draft = text("83/1", "Things", f"1. {REPORT.format('eighty-first')};\n\n2. {ACCOUNT}.")
    found = agreed(library, draft, on=ON)
    [again] = [finding for finding in found.findings if finding.kind == "repeated" and finding.paragraph == "op1"]
    assert again.values["state"] == "due"
    assert again.sentence().startswith("op1 asks what A/RES/80/30")
    assert not [f for f in agreed(library, draft, on=date(2030, 1, 1)).findings if f.kind == "repeated" and f.paragraph == "op1"]


def test_symbols_of_sessions_to_come_are_told(library: Library) -> None:
    draft = text("83/1", "Things", "1. Welcomes the report in A/95/17;\n\n2. Recalls its resolution 79/12.")
    found = agreed(library, draft, on=ON)
    assert [f.values["symbol"] for f in found.findings if f.kind == "future_symbol"] == ["A/95/17"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_a_sentence_in_every_language(language: str) -> None:
    values = {
        "act": "a",
        "dated": 1,
        "total": 2,
        "mandate": "m",
        "state": "due",
        "symbol": "s",
        "current": 81,
        "session": 80,
        "highest": 9,
    }
    for kind in load("search", "en")["findings"]:
        assert "op4" in Finding(kind, "op4", values).sentence(language)
    assert set(load("search", language)["labels"]) == set(load("search", "en")["labels"])


# -- bad input ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("nothing", ["", " \n ", "...", "x " * LONGEST])
def test_nothing_and_too_much_are_refused(library: Library, nothing: str) -> None:
    with pytest.raises(QueryError):
        agreed(library, nothing)


@given(st.text(max_size=300))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_pasted_is_answered_or_refused(library: Library, words: str) -> None:
    try:
        found = agreed(library, words, on=ON)
    except PloughshareError:
        return
    assert found.paragraphs


# -- official texts -----------------------------------------------------------------------------------------------------------
ORDINALS_AND_DATES = re.compile(
    r"\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-)?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\w+teenth|\w+tieth)\b|\b\d+(?:st|nd|rd|th)?\b|"
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b",
    re.IGNORECASE,
)


def crude(words: str) -> str:
    """Another way to leave out ordinals and dates than the one under test."""
    return re.sub(r"[\s#,.;]+", " ", ORDINALS_AND_DATES.sub("#", words)).strip().lower()


@needs_shared
@pytest.mark.shared
def test_official_paragraphs_find_their_predecessors_first(tmp_path: Path) -> None:
    folder = SHARED / "corpus" / "official" / "akn" / "en"
    library = Library.open(tmp_path / "library", create=True)
    library.add([(path, path.name) for path in sorted(folder.glob("*.xml"))], told=lambda _: None)
    settled(library)
    operative: dict[str, dict[str, str]] = defaultdict(dict)
    for symbol, identifier, words, closing in library.database.rows(
        "SELECT symbol, paragraph.id, words, closing FROM paragraph JOIN text ON text.id = paragraph.text WHERE kind = 'operative'"
    ):
        operative[symbol][identifier] = f"{words} {closing}" if closing else words
    before: dict[str, str] = {}
    last: dict[str, str] = {}
    for symbol, series in library.database.rows(
        "SELECT symbol, series FROM series JOIN resolution USING (symbol) ORDER BY series, place"
    ):
        if series in last:
            before[symbol] = last[series]
        last[series] = symbol
    repeated = found = 0
    for symbol, earlier in before.items():
        places = defaultdict(set)
        for identifier, words in operative[earlier].items():
            places[crude(words)].add(f"{earlier}#{identifier}")
        same = {identifier: places[crude(words)] for identifier, words in operative[symbol].items() if crude(words) in places}
        if not same:
            continue
        told = {
            said.paragraph: said.earlier for said in agreed(library, folder / f"{symbol.replace('/', '_')}.xml", on=ON).paragraphs
        }
        for identifier, addresses in same.items():
            repeated += 1
            found += bool(told[identifier]) and told[identifier][0].compared.address in addresses
    assert repeated > 300
    assert found / repeated >= 0.99, f"{found} of {repeated}"
    library.close()
