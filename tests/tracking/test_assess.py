"""Where an undertaking stands: each state with its reason; and what holds whatever the acts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.model.act import Act
from ploughshare.model.status import Reason, Status
from ploughshare.publishing.status import StatusWording
from ploughshare.tracking.assess import Question, answers, assess
from ploughshare.tracking.sessions import sittings

ADOPTED = date(2024, 12, 2)
REPORT = {"id": "A/RES/79/901#op1!submit-report", "action": "submit-report", "adopted": ADOPTED, "due": '{"session":80}'}


def told(on: str, *acts: Act, **question: Any) -> Status:
    return assess(Question(**{**REPORT, **question}), acts, date.fromisoformat(on), sittings())


def act(kind: str, day: str, *actors: str, number: int = 1, occurrence: int | None = None) -> Act:
    return Act(f"act:{number}", kind, day, actors, occurrence=occurrence)


@pytest.mark.parametrize(
    ("on", "state", "since"),
    [
        ("2024-12-01", "unknown", None),
        ("2025-09-08", "open", None),
        ("2025-09-09", "due", "2025-09-09"),
        ("2026-09-07", "due", "2025-09-09"),
        ("2026-09-08", "unanswered", "2026-09-07"),
    ],
)
def test_without_an_act_the_day_decides(on: str, state: str, since: str | None) -> None:
    found = told(on)
    assert (found.state, found.since) == (state, since)


def test_an_act_answers_and_is_the_evidence() -> None:
    issued = act("report-issued", "2025-10-01", "SG")
    assert told("2026-01-01", issued).state == "answered"
    assert told("2026-01-01", issued).acts == (issued,)
    # Before it was done it had not been done.
    assert told("2025-09-30", issued).state == "due"


def test_what_tells_of_an_act_and_that_it_is_disputed_is_said() -> None:
    told_of = Act("read:x", "report-issued", "2025-12-02", document="A/80/77", paragraph="A/RES/80/1#pp4", disputed=("No.",))
    assert [reason.name for reason in told("2026-01-01", told_of).reasons] == ["act_told", "disputed"]
    item = Act("read:y", "report-issued", "2025-12-02", document="A/RES/80/1", paragraph="A/RES/80/1")
    words = StatusWording("en")
    assert words.why(told("2026-01-01", item)) == "answered by A/RES/80/1"
    assert words.why(told("2026-01-01")) == "due now: session 80, until 2026-09-07"


def test_an_act_of_another_kind_does_not_answer() -> None:
    found = told("2026-10-01", act("reasons-stated", "2026-08-01"), act("meeting-held", "2026-08-02", number=2))
    assert found.state == "unanswered"
    assert [reason.name for reason in found.reasons] == ["time_passed", "reasons_stated"]
    assert len(found.acts) == 2


def test_meetings_are_counted() -> None:
    meeting = {"action": "convene", "count": 3}
    held = [act("meeting-held", f"2026-0{n}-01", number=n) for n in (1, 2, 3)]
    two = told("2026-06-01", *held[:2], **meeting)
    assert (two.state, two.done, two.of) == ("in part", 2, 3)
    assert two.reasons == (Reason("n_of_m", {"n": 2, "m": 3}),)
    assert told("2026-06-01", *held, **meeting).state == "answered"


def test_addressees_are_counted_each_once() -> None:
    views = [act("views-submitted", "2026-01-01", state, number=n) for n, state in enumerate(["KEN", "NOR", "KEN"])]
    found = told("2026-06-01", *views, action="submit-views", members=193)
    assert (found.state, found.done, found.of) == ("in part", 2, 193)
    unbounded = told("2026-06-01", *views, action="submit-views", members=None)
    assert (unbounded.state, unbounded.reasons[0].name) == ("in part", "some_answered")


def test_a_yearly_day_is_told_turn_by_turn() -> None:
    yearly = {"action": "observe-day", "due": '{"every":"year","on":"09-26"}', "adopted": date(2020, 12, 7)}
    observed = [act("day-observed", f"{year}-09-26", number=year) for year in (2021, 2022, 2024, 2025)]
    found = told("2025-12-01", *observed, **yearly)
    assert (found.state, found.done, found.of) == ("in part", 4, 5)
    assert [turn.label for turn in found.occurrences if not turn.answered] == ["2023"]
    late = act("day-observed", "2024-01-15", number=9, occurrence=2023)
    assert told("2025-12-01", *observed, late, **yearly).state == "answered"


def test_of_several_turns_the_next_is_told() -> None:
    both = {"action": "convene", "due": '{"sessions":[80,82]}'}
    [reason] = told("2025-01-01", **both).reasons
    assert (reason.name, reason.values["label"]) == ("due_later", "80")


def test_a_turn_that_sits_is_due_whatever_came_before() -> None:
    yearly = {"due": '{"every":"year"}', "adopted": date(2022, 12, 7)}
    given = [act("report-issued", f"{year}-11-01", number=year) for year in (2023, 2024, 2025)]
    kept = told("2026-11-21", *given, **yearly)
    assert (kept.state, [reason.name for reason in kept.reasons]) == ("due", ["due_now", "turns"])
    assert told("2026-08-01", *given, **yearly).state == "answered"
    assert told("2026-11-21", *given[1:], **yearly).state == "in part"
    never = told("2026-11-21", **yearly)
    assert (never.state, never.reasons[1]) == ("due", Reason("turns", {"n": 0, "m": 3}))


def test_of_two_times_one_answered_is_a_part() -> None:
    both = {"due": '{"sessions":[80,82]}'}
    held = act("report-issued", "2025-11-01")
    for on in ("2026-01-01", "2026-11-21", "2027-11-21"):
        assert told(on, held, **both).state == "in part"
    assert told(on, held, act("report-issued", "2027-10-01", number=2), **both).state == "answered"
    assert told("2026-11-21", **both).state == "unanswered"
    assert told("2027-11-21", **both).state == "due"


def test_asked_anew_it_is_superseded_unless_its_time_passed_in_silence() -> None:
    anew = {"anew": "A/RES/80/901#op1!submit-report", "anew_on": date(2025, 12, 2)}
    assert told("2026-01-01", **anew).state == "superseded"
    assert told("2025-12-01", **anew).state == "due"
    passed = told("2026-10-01", **anew)
    assert (passed.state, [reason.name for reason in passed.reasons]) == ("unanswered", ["time_passed", "anew"])
    assert told("2026-10-01", due=None, **anew).state == "superseded"


def test_without_a_time_it_stands() -> None:
    assert told("2026-01-01", due=None, action="comply").state == "standing"
    reported = told("2026-01-01", act("implementation-reported", "2025-05-05", "KEN"), due=None, action="comply")
    assert (reported.state, reported.done) == ("standing", 1)


def test_a_time_that_no_calendar_knows_is_unknown() -> None:
    assert told("2026-01-01", due='{"event":"RevCon-ABC-1999"}').state == "unknown"


def test_what_a_body_does_by_deciding_is_done() -> None:
    assert told("2026-01-01", due=None, action="adopt-text", decided=True).state == "answered"


ACTIONS = sorted(load("answers")["answers"])
KINDS = sorted(load("answers")["acts"])
DAYS = st.dates(date(2024, 12, 3), date(2030, 12, 31))
DUES = st.sampled_from(
    [None, '{"session":80}', '{"every":"year"}', '{"date":"2026-05-05"}', '{"sessions":[80,81]}', '{"year":2027}']
)


@given(
    st.sampled_from(ACTIONS),
    DUES,
    st.lists(st.tuples(st.sampled_from(KINDS), DAYS, st.sampled_from(["KEN", "NOR", "SG"])), max_size=6),
    DAYS,
)
def test_status_is_a_function_and_always_gives_its_reasons(
    action: str, due: str | None, done: list[tuple[str, date, str]], on: date
) -> None:
    acts = [act(kind, day.isoformat(), who, number=n) for n, (kind, day, who) in enumerate(done)]
    found = told(on.isoformat(), *acts, action=action, due=due)
    assert found == told(on.isoformat(), *acts, action=action, due=due)
    assert found.reasons
    assert found.on == on.isoformat()
    assert all(act.day <= found.on for act in found.acts)
    # What is recorded later is not seen, and what does not answer changes no state.
    early = [act for act in acts if act.day <= found.on]
    assert told(on.isoformat(), *early, action=action, due=due) == found
    answering = [act for act in early if answers(action, act.kind)]
    assert told(on.isoformat(), *answering, action=action, due=due).state == found.state


@given(st.sampled_from(ACTIONS), DUES, DAYS, DAYS)
def test_one_act_more_never_takes_an_answer_away(action: str, due: str | None, day: date, on: date) -> None:
    kind = load("answers")["answers"][action]["acts"][0]
    before = told(on.isoformat(), action=action, due=due)
    after = told(on.isoformat(), act(kind, day.isoformat(), "KEN"), action=action, due=due)
    assert not (before.state == "answered" and after.state != "answered")
    assert after.done >= before.done


def test_every_kind_of_mandate_has_acts_that_answer_it_and_every_act_is_known() -> None:
    table = load("answers")
    assert set(table["answers"]) == set(load("kinds")["kinds"])
    named = {act for rule in table["answers"].values() for act in rule["acts"]}
    telling = {"reasons-stated", "assessment", "views-sought", "suspended", "withdrew"}
    assert named <= set(table["acts"])
    assert set(table["acts"]) - named <= telling
    assert {rule["complete"] for rule in table["answers"].values()} <= {"one", "count", "each", "standing"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_is_a_sentence_in_every_language(language: str) -> None:
    words = StatusWording(language)
    values = dict.fromkeys(("day", "n", "m", "label", "first", "last", "id", "by", "document", "paragraph"), "7")
    assert set(load("status", language)["reasons"]) == set(load("status", "en")["reasons"])
    assert set(load("status", language)["labels"]) == set(load("status", "en")["labels"])
    for name in load("status", "en")["reasons"]:
        assert "{" not in words.reason(Reason(name, values))
    for state in ("open", "due", "answered", "in part", "unanswered", "superseded", "standing", "unknown"):
        assert words.state(state)
