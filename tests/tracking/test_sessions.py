"""Days of sessions, and the turns of due dates."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import CalendarError
from ploughshare.tracking.sessions import opening, session_on, sitting_of, sittings
from ploughshare.tracking.times import times

#: As the General Assembly opened them.
OPENED = {
    75: "2020-09-15",
    76: "2021-09-14",
    77: "2022-09-13",
    78: "2023-09-05",
    79: "2024-09-10",
    80: "2025-09-09",
    81: "2026-09-08",
}


@pytest.mark.parametrize(("session", "day"), OPENED.items())
def test_sessions_open_when_they_did(session: int, day: str) -> None:
    assert opening(session).isoformat() == day


@given(st.integers(58, 400))
def test_a_session_sits_until_the_next_one_opens(session: int) -> None:
    first, last = sitting_of(session)
    assert first.strftime("%a") == "Tue"
    assert session_on(first) == session_on(last) == session
    assert (opening(session + 1) - last).days == 1


def test_there_is_no_session_nought() -> None:
    with pytest.raises(CalendarError, match="count from 1"):
        opening(0)


def test_a_persons_own_calendar_goes_before_ours(tmp_path: Path) -> None:
    mine = tmp_path / "calendar.toml"
    mine.write_text("[RevCon-NPT-2026]\nfirst = 2026-05-04\nlast = 2026-05-29\n[CD-2031]\nfirst = 2031-01-20\nlast = 2031-09-12\n")
    known = sittings(mine)
    assert known["RevCon-NPT-2026"].first == date(2026, 5, 4)
    assert known["CD-2031"].body == "CD"
    assert sittings()["RevCon-NPT-2026"].first == date(2026, 4, 27)


@pytest.mark.parametrize(
    "words", ["[CD-2031]\nfirst = 2031-09-12\nlast = 2031-01-20\n", "[CD-2031]\nfirst = 'soon'\n", "[CD-2031\n"]
)
def test_a_calendar_that_cannot_be_used_is_refused(tmp_path: Path, words: str) -> None:
    mine = tmp_path / "calendar.toml"
    mine.write_text(words)
    with pytest.raises(CalendarError, match="calendar"):
        sittings(mine)


ADOPTED = date(2024, 12, 2)


@pytest.mark.parametrize(
    ("due", "turns"),
    [
        ('{"session":80}', [("80", "2025-09-09", "2026-09-07")]),
        ('{"sessions":[80,82]}', [("80", "2025-09-09", "2026-09-07"), ("82", "2027-09-07", "2028-09-04")]),
        ('{"date":"2026-06-30"}', [("2026-06-30", "2026-05-31", "2026-06-30")]),
        ('{"year":2026}', [("2026", "2026-01-01", "2026-12-31")]),
        ('{"body":"CD","year":2025}', [("CD-2025", "2025-01-20", "2025-09-12")]),
        ('{"event":"RevCon-NPT-2026"}', [("RevCon-NPT-2026", "2026-04-27", "2026-05-22")]),
        ('{"event":"RevCon-ABC-1999"}', []),
        ('{"within":"30 days"}', [("30 days", "2024-12-02", "2025-01-01")]),
        ('{"until":"2025-12-31"}', [("2025-12-31", "2024-12-02", "2025-12-31")]),
        ('{"every":"year"}', [("80", "2025-09-09", "2026-09-07"), ("81", "2026-09-08", "2027-09-06")]),
        ('{"every":"2 years"}', [("81", "2026-09-08", "2027-09-06")]),
        ('{"every":"year","from":{"session":81}}', [("81", "2026-09-08", "2027-09-06")]),
        ('{"every":"year","on":"09-26"}', [("2025", "2025-08-27", "2025-09-26"), ("2026", "2026-08-27", "2026-09-26")]),
        ('{"every":"year","on":"02-29"}', []),
    ],
)
def test_due_dates_are_days(due: str, turns: list[tuple[str, str, str]]) -> None:
    found = times(due, ADOPTED, date(2026, 11, 21), sittings()).windows
    assert [(window.label, window.first.isoformat(), window.last.isoformat()) for window in found] == turns


def test_months_come_round_too() -> None:
    found = times('{"every":"6 months"}', ADOPTED, date(2025, 11, 1), sittings())
    assert found.recurs
    assert [(window.label, window.first.isoformat(), window.last.isoformat()) for window in found.windows] == [
        ("2025-06-02", "2024-12-02", "2025-06-02"),
        ("2025-12-02", "2025-06-03", "2025-12-02"),
    ]
