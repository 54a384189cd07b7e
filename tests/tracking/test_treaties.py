"""Treaties on a day, against figures published by their depositaries and meetings: numbers, entry into force, who is missing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import UnknownError
from ploughshare.model.treaty import Condition, Delay, Kind, StateStanding, TreatyAction
from ploughshare.tracking.force import after, force, leaves
from ploughshare.tracking.groups import groups_of, members
from ploughshare.tracking.states import state, states
from ploughshare.tracking.terms import all_terms, terms_of
from ploughshare.tracking.treaties import by_group, standing_of, standings, treaty

DAY = date(2026, 8, 22)
LEAVING: list[tuple[Kind, tuple[int, int, int]]] = [("ratification", (2000, 1, 1)), ("withdrawal", (2020, 1, 1))]


def standing(code: str, iso3: str, on: date = DAY) -> StateStanding:
    return next(each for each in treaty(code, on).states if each.state.iso3 == iso3)


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("PTBT", "1963-10-10"),
        ("NPT", "1970-03-05"),
        ("BWC", "1975-03-26"),
        ("Rarotonga", "1986-12-11"),
        ("Bangkok", "1997-03-27"),
        ("CWC", "1997-04-29"),
        ("APMBC", "1999-03-01"),
        ("CANWFZ", "2009-03-21"),
        ("Pelindaba", "2009-07-15"),
        ("CCM", "2010-08-01"),
        ("ATT", "2014-12-24"),
        ("TPNW", "2021-01-22"),
    ],
)
def test_entry_into_force_as_published(code: str, day: str) -> None:
    """Computed from the actions alone; the published day is here and, as a check, in the data."""
    official = date.fromisoformat(day)
    found = treaty(code, DAY)
    assert found.force is not None
    assert found.force.date == official == found.terms.official
    assert found.in_force == official
    assert treaty(code, official - timedelta(days=1)).in_force is None
    assert treaty(code, official).in_force == official


def test_the_treaties_without_a_day() -> None:
    assert treaty("CTBT", DAY).in_force is None
    assert treaty("Tlatelolco", DAY).in_force is None
    assert treaty("Tlatelolco", DAY).terms.note


@pytest.mark.parametrize(
    ("code", "on", "signed", "joined"),
    [
        ("NPT", "2026-08-22", 93, 191),
        ("CTBT", "2026-08-22", 188, 179),
        ("CTBT", "2023-01-01", 186, 176),
        ("TPNW", "2026-08-22", 95, 75),
        ("TPNW", "2021-01-22", 86, 52),
        ("BWC", "2026-08-22", 109, 189),
        ("CWC", "2018-07-10", 165, 193),
        ("APMBC", "2018-07-10", 133, 164),
        ("CCM", "2018-07-10", 108, 103),
        ("ATT", "2018-06-01", 130, 95),
        ("Tlatelolco", "2026-08-22", 33, 33),
        ("Pelindaba", "2026-08-22", 51, 43),
    ],
)
def test_signatories_and_parties_as_published(code: str, on: str, signed: int, joined: int) -> None:
    found = treaty(code, date.fromisoformat(on))
    assert len(found.signatories) == signed
    assert len(found.parties) == joined


def test_who_is_not_a_party_to_the_non_proliferation_treaty() -> None:
    outside = treaty("NPT", DAY).non_parties
    assert {each.state.iso3 for each in outside if each.state.status == "member"} == {"IND", "ISR", "PAK", "SSD"}
    assert sum(len(each) for each in by_group(outside).values()) == len(outside)


@pytest.mark.parametrize(
    ("on", "missing"),
    [
        ("2026-08-22", {"CHN", "EGY", "IND", "IRN", "ISR", "PAK", "PRK", "RUS", "USA"}),
        ("2023-11-02", {"CHN", "EGY", "IND", "IRN", "ISR", "PAK", "PRK", "USA"}),
        ("2012-02-05", {"CHN", "EGY", "IDN", "IND", "IRN", "ISR", "PAK", "PRK", "USA"}),
    ],
)
def test_which_states_of_annex_2_are_missing(on: str, missing: set[str]) -> None:
    found = treaty("ctbt", date.fromisoformat(on)).force
    assert found is not None
    assert set(found.missing) == missing
    assert found.met is None
    assert found.date is None


def test_the_day_the_condition_was_met_and_who_counted() -> None:
    tpnw, att = treaty("TPNW", DAY).force, treaty("ATT", DAY).force
    assert tpnw is not None
    assert att is not None
    assert (tpnw.met, len(tpnw.counted)) == (date(2020, 10, 24), 50)
    # Eight instruments came on the day of the fiftieth, so that there were 53.
    assert (att.met, len(att.counted)) == (date(2014, 9, 25), 53)


@pytest.mark.parametrize(
    ("code", "iso3", "day"),
    [
        ("CWC", "SYR", "2013-10-14"),
        ("CWC", "CHN", "1997-04-29"),
        ("APMBC", "POL", "2013-06-01"),
        ("CCM", "ISL", "2016-02-01"),
        ("NPT", "PSE", "2015-02-10"),
        ("TPNW", "KHM", "2021-04-22"),
        ("ATT", "CHL", "2018-08-16"),
        ("CANWFZ", "UZB", "2009-03-21"),
        ("CWC", "KIR", "2000-10-07"),
        ("NPT", "AND", "1996-06-07"),
    ],
)
def test_entry_into_force_for_one_state(code: str, iso3: str, day: str) -> None:
    assert standing(code, iso3).in_force == date.fromisoformat(day)


def test_a_withdrawal_takes_effect_after_its_notice() -> None:
    before, pending, gone = (standing("APMBC", "FIN", day) for day in (date(2025, 7, 9), date(2026, 1, 9), date(2026, 1, 10)))
    assert (before.place, before.notice) == ("party", None)
    assert (pending.place, pending.notice, pending.left) == ("party", date(2025, 7, 10), date(2026, 1, 10))
    assert (gone.place, gone.joined, gone.left) == ("outside", None, date(2026, 1, 10))
    assert standing("CCM", "LTU", date(2025, 3, 5)).in_force == date(2011, 9, 1)
    assert standing("CCM", "LTU", date(2025, 3, 6)).place == "outside"


def test_where_the_data_cannot_tell_since_when_it_says_so() -> None:
    successor, waiver, not_yet = standing("NPT", "MNE"), standing("Tlatelolco", "MEX"), standing("CTBT", "MEX")
    assert (successor.place, successor.in_force, successor.untold) == ("party", None, True)
    assert (waiver.place, waiver.in_force, waiver.untold) == ("party", None, True)
    assert (not_yet.place, not_yet.in_force, not_yet.untold) == ("party", None, False)
    # A notice runs all the same where the day is not known.
    done = [TreatyAction("Tlatelolco", "MEX", kind, date(*day)) for kind, day in LEAVING]
    found = standing_of(state("MEX"), terms_of("Tlatelolco"), done, None, None, date(2020, 3, 1))
    assert (found.place, found.left) == ("party", date(2020, 4, 1))


def test_an_instrument_taken_back_before_entry_into_force_leaves_the_signature() -> None:
    found = standing("CTBT", "RUS")
    assert (found.place, found.signed, found.left) == ("signatory", date(1996, 9, 24), date(2023, 11, 3))
    assert found.positions


def test_a_disputed_standing_is_told_and_not_settled() -> None:
    found = standing("NPT", "PRK")
    assert found.place == "party"
    assert len(found.positions[0].views) == 3
    assert not standing("NPT", "PRK", date(2002, 12, 31)).positions


def test_a_state_joins_again_after_it_left() -> None:
    terms = terms_of("APMBC")
    days: dict[Kind, tuple[int, int, int]] = {
        "signature": (1998, 2, 1),
        "ratification": (2000, 1, 10),
        "withdrawal": (2010, 3, 31),
        "accession": (2020, 5, 5),
    }
    done = [TreatyAction("APMBC", "KEN", kind, date(*day)) for kind, day in days.items()]

    def on(day: date) -> StateStanding:
        known = [each for each in done if each.date <= day]
        return standing_of(state("KEN"), terms, known, date(1998, 9, 16), date(1999, 3, 1), day)

    assert on(date(1999, 1, 1)).place == "signatory"
    assert (on(date(2001, 1, 1)).place, on(date(2001, 1, 1)).in_force) == ("party", date(2000, 7, 1))
    assert (on(date(2010, 9, 29)).place, on(date(2010, 9, 29)).left) == ("party", date(2010, 9, 30))
    assert (on(date(2010, 9, 30)).place, on(date(2010, 9, 30)).joined) == ("outside", None)
    again = on(date(2021, 1, 1))
    assert (again.place, again.in_force, again.notice, again.left) == ("party", date(2020, 11, 1), None, None)


def test_an_instrument_taken_back_before_it_bound_takes_effect_at_once() -> None:
    assert leaves(terms_of("APMBC"), date(1998, 1, 1), None) == date(1998, 1, 1)
    assert leaves(terms_of("CTBT"), date(2023, 11, 3), None) == date(2023, 11, 3)


def test_states_that_were_no_members_yet_are_not_missing() -> None:
    assert not [each for each in treaty("NPT", date(1975, 1, 1)).non_parties if each.state.iso3 in ("KIR", "SSD", "MNE")]


def test_an_unknown_treaty_names_the_known() -> None:
    with pytest.raises(UnknownError, match="TPNW"):
        treaty("TPWN")
    with pytest.raises(UnknownError, match="not in the data"):
        treaty("OuterSpace")


def test_every_state_stands_somewhere() -> None:
    for each in states():
        found = standings(each, DAY)
        assert {row.treaty for row in found} >= {"NPT", "CTBT", "TPNW", "BWC", "CWC", "CCM", "APMBC", "ATT", "PTBT"}
        assert len({row.treaty for row in found}) == len(found)


# -- groups -------------------------------------------------------------------------------------------------------------------
def test_groups_that_resolutions_address() -> None:
    assert len(members("NNWS", on=DAY)) == 191 - 5
    assert {each.iso3 for each in members("NonParties", "CANWFZ", DAY)} == set()
    assert [each.code for each in groups_of(state("India"), DAY) if each.treaty == "NPT"] == ["NonParties"]
    assert [each.disputed for each in groups_of(state("PRK"), DAY) if each.treaty == "NPT"] == [True, True]
    with pytest.raises(UnknownError, match="NWS"):
        members("Everybody")


# -- rules that hold for any actions ------------------------------------------------------------------------------------------
CODES = ["AAA", "BBB", "CCC", "DDD", "EEE"]
DAYS = st.dates(date(2000, 1, 1), date(2003, 12, 31))
ACTIONS = st.lists(
    st.builds(
        TreatyAction, st.just("X"), st.sampled_from(CODES), st.sampled_from(["ratification", "accession", "withdrawal"]), DAYS
    )
)


@given(ACTIONS, st.integers(1, 3), st.sets(st.sampled_from(CODES), max_size=2), DAYS, DAYS)
def test_a_condition_once_met_stays_met_on_the_same_day(
    actions: list[TreatyAction], others: int, named: set[str], one: date, two: date
) -> None:
    condition = Condition("1", tuple(sorted(named)), others, ("ratification", "accession"), Delay(days=90))
    early, late = (force(condition, actions, day) for day in sorted((one, two)))
    if early.met:
        assert late == early
        assert set(named) <= set(early.counted)
        assert early.date == early.met + timedelta(days=90)
    else:
        assert early.missing or early.others < others


@given(ACTIONS, DAYS)
def test_a_state_is_a_party_just_while_an_instrument_stands(actions: list[TreatyAction], day: date) -> None:
    done = sorted((each for each in actions if each.state == "AAA" and each.date <= day), key=lambda each: each.date)
    found = standing_of(state("KEN"), terms_of("TPNW"), done, date(2001, 1, 1), date(2001, 4, 1), day)
    assert (found.place == "party") == (found.joined is not None)
    assert found.in_force is None or (found.joined is not None and found.in_force >= found.joined.date)
    assert (found.notice is None) == (found.left is None)
    if found.notice and found.left:
        assert found.notice <= found.left
        assert (found.place == "party") == (found.left > day)
    if not done:
        assert found.place == "outside"


@given(DAYS, st.integers(1, 24))
def test_months_lead_to_a_month_that_many_later(day: date, months: int) -> None:
    for delay in (Delay(months=months), Delay(months=months, first=True)):
        found = after(day, delay)
        assert (found.year - day.year) * 12 + found.month - day.month == months
    assert after(day, Delay(months=months, first=True)).day == 1


def test_a_month_that_is_too_short() -> None:
    assert after(date(2024, 8, 31), Delay(months=6)) == date(2025, 2, 28)


def test_all_terms_are_in_the_order_of_their_opening() -> None:
    days = [terms.opened for terms in all_terms().values()]
    assert days == sorted(days)
