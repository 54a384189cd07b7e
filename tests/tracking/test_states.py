"""The States: the data adds up, and every code and name leads to the State it means."""

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import LANGUAGES, load_rows
from ploughshare.model.state import GROUPS
from ploughshare.tracking.states import LONGEST, former_names, state, states
from tests.shared import SHARED, needs_shared


def test_the_membership_of_the_united_nations() -> None:
    """Figures of the United Nations: 193 Members, by group, and 51 original ones."""
    members = [each for each in states() if each.status == "member"]
    assert len(members) == 193
    assert Counter(each.group for each in members) == {
        "african": 54,
        "asia-pacific": 54,
        "eastern-european": 23,
        "latin-american-and-caribbean": 33,
        "western-european-and-other": 29,
    }
    assert {each.group for each in members} == set(GROUPS)
    assert {each.iso3: each.status for each in states() if each not in members} == {
        "VAT": "observer",
        "PSE": "observer",
        "COK": "other",
        "NIU": "other",
    }


@pytest.mark.parametrize(("day", "members"), [("1990-12-31", 157), ("2006-12-31", 192), ("2011-12-31", 193)])
def test_members_by_the_days_of_admission(day: str, members: int) -> None:
    """After a year's admissions; the two of the 159 Members of 1990 that are no more are not counted."""
    assert sum(each.admitted is not None and each.admitted <= date.fromisoformat(day) for each in states()) == members


def test_every_code_once_and_every_name_there() -> None:
    for codes in zip(*((each.iso3, each.iso2, each.m49) for each in states()), strict=True):
        assert len(set(codes)) == len(states())
    for each in states():
        assert all(each.names[language].name for language in LANGUAGES)
        assert (each.admitted is None) == (each.status != "member") == (each.group is None)
        assert each.admitted is None or date(1945, 10, 24) <= each.admitted <= date(2011, 7, 14)
    for language in LANGUAGES:
        assert {row["iso3"] for row in load_rows(f"states/names.{language}.csv")} == {each.iso3 for each in states()}


def test_every_code_and_name_finds_its_state() -> None:
    for each in states():
        for code in (each.iso3, each.iso2, each.m49, each.iso3.lower()):
            assert state(code) is each
        for name in each.names.values():
            for words in filter(None, (name.name, name.formal, *name.also)):
                assert state(words) is each, words
                assert state(words.upper()) is each, words


def test_former_names_lead_to_the_state_of_today_and_keep_their_years() -> None:
    for former in former_names():
        assert former.until is not None
        assert former.start is None or 1945 <= former.start < former.until <= 2022
        for name in former.names.values():
            if len(former.states) == 1:
                assert state(name).iso3 == former.states[0], name
            else:
                with pytest.raises(UnknownError, match="no single State"):
                    state(name)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("TURKIYE", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("COTE D'IVOIRE", "CIV"),
        ("the Netherlands", "NLD"),
        ("NETHERLANDS (KINGDOM OF THE)", "NLD"),
        ("Bahamas (The)", "BHS"),
        ("l’Iran", "IRN"),
        ("Guinea Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("Congo", "COG"),
        ("Zaire", "COD"),
        ("SUN", "RUS"),
        ("8", "ALB"),
        ("СССР", "RUS"),
        ("朝鲜民主主义人民共和国", "PRK"),
        ("БИРМА", "MMR"),
        ("كينيا", "KEN"),
    ],
)
def test_spellings(name: str, code: str) -> None:
    assert state(name).iso3 == code


def test_a_name_that_is_nobodys_says_what_is_near() -> None:
    with pytest.raises(UnknownError, match="Germany"):
        state("GE RMANY")
    with pytest.raises(UnknownError, match="Slovakia"):
        state("Czechoslovakia")


@given(st.text(max_size=LONGEST * 2))
def test_any_characters_are_a_state_or_a_sentence(name: str) -> None:
    try:
        found = state(name)
    except UnknownError:
        return
    assert found in states()


@needs_shared
@pytest.mark.shared
def test_the_names_in_six_sessions_of_voting_records() -> None:
    """Every name that stands in the record of a vote."""
    lost = set()
    for file in sorted((SHARED / "corpus" / "official" / "metadata").glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            vote = json.loads(line)
            for side in ("MS_in_favour", "MS_against", "MS_abstaining"):
                for name in vote.get(side) or ():
                    try:
                        state(name)
                    except UnknownError:
                        lost.add(name)
    assert not lost
