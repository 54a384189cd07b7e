"""The register of arrangements and the lives of agreements: the data, and what is told of a day."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.parsing.symbols import parse_symbol
from ploughshare.tracking.arrangements import arrangements
from ploughshare.tracking.lives import life
from ploughshare.tracking.states import by_code

REGISTER = load("arrangements")["arrangement"]
LABELS = load("arrangements", "en")
DAY = re.compile(r"^\d{4}(-\d\d(-\d\d)?)?$")


@pytest.mark.parametrize("code", REGISTER)
def test_every_entry_is_whole(code: str) -> None:
    table = REGISTER[code]
    assert table["kind"] in LABELS["kinds"]
    assert table.get("treaty", "NPT") in load("treaties")
    starts = [stage["from"] for stage in table["stages"]]
    assert starts == sorted(starts)
    assert all(DAY.match(start) for start in starts)
    for stage in table["stages"]:
        assert stage["stage"] in LABELS["stages"]
        assert [by_code(state).iso3 for state in stage.get("who", ())] == list(stage.get("who", ()))
    for symbol in table["documents"]:
        assert parse_symbol(symbol).text == symbol
    for position in table.get("positions", ()):
        assert len(position["views"]) > 1, "one view alone is no dispute"
        assert position["source"]
    for language in load("arrangements")["languages"]:
        words = load("arrangement_texts", language)[code]
        assert all(words[name] for name in ("title", "mandate", "parties", "verifies"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    tables = load("arrangements", language)
    assert {name: set(table) for name, table in tables.items()} == {name: set(table) for name, table in LABELS.items()}


def test_what_was_promised_is_there() -> None:
    wanted = {
        "IAEA-CSA",
        "IAEA-AP",
        "IAEA-item-specific",
        "IAEA-voluntary-offer",
        "CTBTO",
        "OPCW",
        "NewSTART",
        "START",
        "SORT",
        "INF",
    }
    wanted |= {"IPNDV", "Quad", "UKNI", "NuDiVe", "Trilateral", "GGE-NDV-2019", "GGE-NDV-2023", "GSTE-NDV", "ABACC", "PMDA"}
    assert wanted <= set(REGISTER)


def test_what_is_only_proposed_is_called_so() -> None:
    [proposed] = [each for each in arrangements(on=date(2026, 11, 21)) if each.kind == "proposal"]
    assert proposed.code == "GSTE-NDV"
    assert proposed.life.stage is not None
    assert proposed.life.stage.stage == "proposed"
    assert "proposed" in proposed.words["title"]
    assert "A/RES/79/240" in proposed.documents


@pytest.mark.parametrize(
    ("code", "day", "stage", "since"),
    [
        ("NewSTART", "2010-12-31", "signed", []),
        ("NewSTART", "2023-02-27", "extended", []),
        ("NewSTART", "2025-01-01", "extended", ["RUS"]),
        ("NewSTART", "2026-02-05", "lapsed", []),
        ("INF", "2019-03-04", "in-force", ["USA", "RUS"]),
        ("INF", "2019-08-02", "ended", []),
        ("SORT", "2012-01-01", "ended", []),
        ("Trilateral", "2002-08-31", "running", []),
        ("Trilateral", "2002-09-01", "ended", []),
        ("TPNW", "2021-01-21", "open", []),
        ("TPNW", "2021-01-22", "in-force", []),
        ("CTBTO", "2026-01-01", "running", []),
        ("FMCT", "2026-01-01", "proposed", []),
    ],
)
def test_a_life_on_a_day(code: str, day: str, stage: str, since: list[str]) -> None:
    found = life(code, date.fromisoformat(day))
    assert found.stage is not None
    assert (found.stage.stage, [state for each in found.since for state in each.who]) == (stage, since)


def test_positions_are_told_from_their_day_on_and_decide_nothing() -> None:
    assert not life("NewSTART", date(2023, 2, 20)).positions
    [position] = life("NewSTART", date(2023, 2, 21)).positions
    assert [who for who, _ in position.views] == ["Russian Federation", "United States"]
    assert [each.state for each in life("IAEA-CSA", date(2026, 1, 1)).positions] == ["PRK"]


@given(
    st.sampled_from(sorted(REGISTER)), st.dates(date(1950, 1, 1), date(2040, 1, 1)), st.dates(date(1950, 1, 1), date(2040, 1, 1))
)
def test_a_life_only_grows(code: str, one: date, other: date) -> None:
    before, after = (life(code, day) for day in sorted((one, other)))
    assert after.stages[: len(before.stages)] == before.stages
    assert after.positions[: len(before.positions)] == before.positions
    for found in (before, after):
        assert all(each.start <= found.on for each in found.stages)
        assert all(each.who for each in found.since)
        assert found.stage is None or not found.stage.who


def test_before_anything_was_there_is_nothing() -> None:
    assert life("NewSTART", date(2009, 1, 1)).stage is None
    assert "NewSTART" not in {each.code for each in arrangements(on=date(2009, 1, 1))}


def test_an_unknown_code_is_refused() -> None:
    with pytest.raises(UnknownError, match="no agreement"):
        life("XYZ")


def test_words_choose() -> None:
    assert {each.code for each in arrangements("dismantlement")} >= {"UKNI", "NuDiVe", "IPNDV"}
    assert {each.code for each in arrangements("norway managed")} == {"UKNI"}
    assert {each.code for each in arrangements("79/240")} == set()
    assert {each.code for each in arrangements("A/RES/79/240")} == {"GSTE-NDV"}
    assert [each.code for each in arrangements("NORWAY letterpress")] == ["Quad"]
    assert arrangements("nosuchword") == []
