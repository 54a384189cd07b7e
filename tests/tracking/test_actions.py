"""The data of treaty actions: each line is possible, and the whole agrees with what is published."""

import csv
from collections.abc import Iterator
from datetime import date

import pytest

from ploughshare.lexicon.load import load
from ploughshare.model.state import GROUPS
from ploughshare.model.treaty import INSTRUMENTS, TreatyAction
from ploughshare.tracking.actions import merged, own_actions, placeless
from ploughshare.tracking.states import by_code, state
from ploughshare.tracking.terms import all_terms, positions
from tests.shared import SHARED, needs_shared

CODES = list(all_terms())
DATA = SHARED / "data"
#: A slip of the source that is mended in our data: Andorra acceded ten years later.
SLIPS = {TreatyAction("NPT", "AND", "accession", date(1986, 6, 7))}
WORDS = load("treaty_actions/columns")["kinds"]


@pytest.mark.parametrize("code", CODES)
def test_every_action_is_possible(code: str) -> None:
    terms, rows = all_terms()[code], own_actions(code)
    assert len(set(rows)) == len(rows)
    assert list(rows) == sorted(rows, key=lambda row: row.state)
    for row in rows:
        by_code(row.state)
        assert terms.opened <= row.date <= max(terms.data_to, date(2025, 7, 10)), row
        assert row.kind != "withdrawal" or any(
            each.kind in INSTRUMENTS and each.state == row.state and each.date < row.date for each in rows
        ), row
        assert row.depositary == "" or row.depositary in terms.depositaries, row
        if isinstance(terms.open_to, tuple):
            assert row.state in terms.open_to
        elif terms.open_to:
            assert by_code(row.state).group == terms.open_to


def test_terms_name_known_treaties_states_and_groups() -> None:
    assert set(CODES) <= set(load("treaties"))
    for terms in all_terms().values():
        assert terms.opened.year == load("treaties")[terms.code]["opened"]
        for codes in (terms.condition.states if terms.condition else (), terms.open_to if isinstance(terms.open_to, tuple) else ()):
            assert len(set(codes)) == len(codes)
            for code in codes:
                by_code(code)
        if isinstance(terms.open_to, str):
            assert terms.open_to in GROUPS
        if terms.condition is None or terms.later is None:
            assert terms.note or terms.code == "CTBT", terms.code


def test_positions_stand_at_known_places_and_take_no_side() -> None:
    for position in positions():
        by_code(position.state)
        assert position.treaty in all_terms()
        assert len(position.views) >= 2
        assert position.source
        said = " ".join(says for _, says in position.views).casefold()
        assert not [word for word in ("violat", "complian", "illegal", "unlawful") if word in said]


def test_newer_rows_replace_a_state_under_a_treaty_unless_they_say_nothing_new() -> None:
    old = [
        TreatyAction("NPT", "KEN", "signature", date(1968, 7, 1), "London"),
        TreatyAction("NPT", "KEN", "ratification", date(1970, 6, 11), "Moscow"),
        TreatyAction("NPT", "FJI", "accession", date(1972, 7, 21), "Washington"),
    ]
    assert merged(old, [placeless(old[1])]) == tuple(sorted(old, key=lambda row: row.state))
    newer = TreatyAction("NPT", "KEN", "ratification", date(1970, 6, 12))
    assert merged(old, [newer]) == (old[2], newer)


def test_an_older_table_does_not_take_a_later_action_away() -> None:
    joined, left = (
        TreatyAction("CCM", "LTU", "ratification", date(2011, 3, 24)),
        TreatyAction("CCM", "LTU", "withdrawal", date(2024, 9, 6)),
    )
    other = TreatyAction("CCM", "LTU", "ratification", date(2011, 3, 25))
    assert merged([joined, left], [joined]) == (joined, left)
    assert merged([joined, left], [other]) == (other, left)


# -- against the tables it was made from --------------------------------------------------------------------------------------
def table(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("name", ["treaty_events_2026-08-22.csv", "treaty_events_unoda_2018-07_all_depositaries.csv"])
def test_nothing_of_the_sources_was_lost(name: str) -> None:
    ours = {placeless(row) for code in CODES for row in own_actions(code)}
    lost = []
    for row in table(name):
        action = TreatyAction(
            row["treaty"], row["iso3"] or state(row["state_as_named"]).iso3, WORDS[row["action"]], date.fromisoformat(row["date"])
        )
        if action not in ours | SLIPS:
            lost.append(action)
    assert not lost


@needs_shared
@pytest.mark.shared
def test_annex_2_and_what_its_states_did() -> None:
    rows = {row["iso3"]: row for row in table("ctbt_annex2_states.csv")}
    condition = all_terms()["CTBT"].condition
    assert condition is not None
    assert condition.states == tuple(sorted(rows))
    assert len(rows) == 44
    done: dict[tuple[str, str], str] = {(row.state, row.kind): row.date.isoformat() for row in own_actions("CTBT")}
    for code, row in rows.items():
        for column, kind in (("signed", "signature"), ("ratified", "ratification"), ("withdrew_ratification", "withdrawal")):
            assert done.get((code, kind), "") == row[column], (code, kind)
