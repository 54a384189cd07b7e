"""A made-up subject over three sessions: what was asked, what later texts tell of it, what stands and what comes next."""

import re
from datetime import date
from pathlib import Path

import pytest

from ploughshare.errors import ActError, UnknownError
from ploughshare.library.entries import ActBody
from ploughshare.library.library import Library
from ploughshare.publishing.ical import to_ical
from ploughshare.tracking import acts
from ploughshare.tracking.agenda import agenda
from ploughshare.tracking.due import due, last_day
from ploughshare.tracking.history import series, steps
from ploughshare.tracking.sessions import sittings
from ploughshare.tracking.settle import settled
from ploughshare.tracking.standing import status

from ..made_up import shelve, text

TITLE = "Turning weapons into ploughshares"


def order(session: str) -> str:
    return (
        f"Decides to include in the provisional agenda of its {session} session, under the item entitled “Ploughs and shares”, "
        f"the sub-item entitled “{TITLE}”."
    )


def report(session: str) -> str:
    return f"Requests the Secretary-General to submit a report on the matter to the General Assembly at its {session} session;"


FIRST = text(
    "77/301",
    TITLE,
    f"1. {report('seventy-eighth')}\n\n2. Calls upon all States to destroy their weapons;\n\n3. {order('seventy-eighth')}",
    preamble="Recalling its resolutions 74/301 of 2 December 2019, 75/301 of 2 December 2020 and 76/301 of 2 December 2021,",
)
SECOND = text(
    "78/302",
    TITLE,
    f"1. {report('seventy-ninth')}\n\n2. Calls upon all States to destroy their weapons and their barracks;\n\n"
    f"3. Requests the Secretary-General to hold three meetings in Geneva in 2024;\n\n4. {order('seventy-ninth')}",
    preamble="Recalling its resolutions 75/301 of 2 December 2020, 76/301 of 2 December 2021 and 77/301 of 2 December 2022,\n\n"
    "Taking note of the report of the Secretary-General submitted pursuant to resolution 77/301,¹",
).replace("44th plenary", "¹ A/78/123.\n\n44th plenary")
THIRD = text(
    "79/303",
    TITLE,
    f"1. {report('eighty-first')}\n\n2. Invites Member States to submit their views to the Secretary-General;\n\n"
    f"3. {order('eighty-first')}",
    preamble="Recalling its resolutions 77/301 of 2 December 2022 and 78/302 of 2 December 2023,",
)
ON = date(2026, 11, 21)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return shelve(tmp_path, FIRST, SECOND, THIRD)


def states(library: Library, what: str, on: date = ON) -> dict[str, str]:
    return {s.undertaking.id.partition("#")[2]: s.status.state for s in status(library, what, on)}


def test_what_later_texts_tell_answers_what_was_asked(library: Library) -> None:
    assert states(library, "A/RES/77/301") == {
        "op1!submit-report": "answered",
        "op2!disarm": "superseded",
        "op3!agenda": "answered",
    }
    [reported] = status(library, "A/RES/77/301#op1", ON)
    [evidence] = reported.status.acts
    assert (evidence.kind, evidence.document, evidence.paragraph) == ("report-issued", "A/78/123", "A/RES/78/302#pp2")
    [listed] = status(library, "A/RES/77/301#op3", ON)
    assert listed.status.acts[0].document == "A/RES/78/302"


def test_what_no_text_tells_of_is_unanswered_and_says_so(library: Library) -> None:
    [reported] = status(library, "A/RES/78/302#op1!submit-report", ON)
    assert reported.status.state == "unanswered"
    assert [reason.name for reason in reported.status.reasons] == ["time_passed", "anew"]


def test_the_day_it_is_told_for_matters(library: Library) -> None:
    assert states(library, "A/RES/79/303", date(2025, 1, 1))["op1!submit-report"] == "open"
    assert states(library, "A/RES/79/303", ON)["op1!submit-report"] == "due"
    assert states(library, "A/RES/79/303", date(2028, 1, 1))["op1!submit-report"] == "unanswered"


def test_an_act_on_the_record_answers_and_can_be_disputed_and_taken_back(library: Library) -> None:
    held = [
        acts.record(library, ActBody("meeting-held", f"2024-0{month}-10", ("A/RES/78/302#op3!convene",), place="geneva"))
        for month in (3, 5)
    ]
    [standing] = status(library, "A/RES/78/302#op3", ON)
    assert (standing.status.state, standing.status.done, standing.status.of) == ("in part", 2, 3)
    acts.dispute(library, held[0], "It was adjourned at once.")
    [standing] = status(library, "A/RES/78/302#op3", ON)
    assert [act.disputed for act in standing.status.acts] == [("It was adjourned at once.",), ()]
    acts.withdraw(library, held[1], "Recorded by mistake.")
    [standing] = status(library, "A/RES/78/302#op3", ON)
    assert (standing.status.done, [act.id for act in standing.status.acts]) == (1, [held[0]])
    # All four entries stay on the record.
    assert [entry.type for _, entry in library._entries(4)] == ["act", "act", "dispute", "correction"]


def test_an_act_that_stands_already_is_refused_and_after_it_was_taken_back_is_not(library: Library) -> None:
    held = ActBody("meeting-held", "2024-03-10", ("A/RES/78/302#op3!convene",), place="geneva")
    first = acts.record(library, held)
    with pytest.raises(ActError, match=f"on the record as {first}"):
        acts.record(library, held)
    acts.withdraw(library, first, "Another day.")
    assert acts.record(library, held) != first


def test_an_act_read_from_a_text_can_be_disputed(library: Library) -> None:
    [reported] = status(library, "A/RES/77/301#op1", ON)
    acts.dispute(library, reported.status.acts[0].id, "The document is of another subject.")
    [reported] = status(library, "A/RES/77/301#op1", ON)
    assert reported.status.acts[0].disputed == ("The document is of another subject.",)
    with pytest.raises(UnknownError, match="only recorded acts"):
        acts.withdraw(library, reported.status.acts[0].id, "x")


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        (ActBody("dancing", "2025-01-01"), "no kind of act"),
        (ActBody("meeting-held", "2999-01-01"), "has not come yet"),
        (ActBody("report-issued", "2025-01-01", ("A/RES/79/399#op1!submit-report",)), "not in the library"),
        (ActBody("report-issued", "2025-01-01", ("A/RES/79/303#op9!submit-report",)), "asks for"),
        (ActBody("meeting-held", "2025-01-01", ("A/RES/79/303#op1!submit-report",)), "is answered by report-issued"),
        (ActBody("report-issued", "2024-01-01", ("A/RES/79/303#op1!submit-report",)), "was adopted on 2024-12-02"),
        (ActBody("report-issued", "2025-13-01"), "no day"),
        (ActBody("report-issued", "2025-01-01"), "does not say what was done"),
        (ActBody("meeting-held", "2025-01-01", actors=("Kenya",), place="geneva"), "write KEN"),
        (ActBody("meeting-held", "2025-01-01", actors=("Arcadia",), place="geneva"), "no code of a State or an addressee"),
        (ActBody("signed", "2025-01-01", instrument="XYZ"), "no code of a treaty"),
    ],
)
def test_a_malformed_act_is_refused_and_nothing_is_recorded(library: Library, act: ActBody, complaint: str) -> None:
    size = library.record.size
    with pytest.raises((ActError, UnknownError)) as refused:
        acts.record(library, act)
    assert complaint in str(refused.value)
    assert library.record.size == size


def test_the_series_holds_what_is_only_cited(library: Library) -> None:
    found = series(library, "A/RES/78/302", on=ON)
    assert [(member.symbol, member.held) for member in found] == [
        ("A/RES/74/301", False),
        ("A/RES/75/301", False),
        ("A/RES/76/301", False),
        ("A/RES/77/301", True),
        ("A/RES/78/302", True),
        ("A/RES/79/303", True),
    ]
    assert series(library, "A/RES/76/301") == series(library, "A/RES/78/302")


def test_what_changed_from_text_to_text(library: Library) -> None:
    first, _ = steps(library, series(library, "A/RES/77/301", on=ON))
    told = {(change.before, change.after): change.what for change in first.changes}
    assert told["op2", "op2"] == "reworded"
    assert told[None, "op3"] == "new"
    assert told["op3", "op4"] == "reworded"
    [reworded] = [change for change in first.changes if change.after == "op2"]
    assert "".join(p.words for p in reworded.passages if p.kind == "new") == " and their barracks"


def test_the_agenda_writes_itself(library: Library) -> None:
    found = agenda(library, 81, on=ON)
    [item] = found.items
    [line] = item.subitems
    assert (found.opens.isoformat(), item.title, line.title) == ("2026-09-08", "Ploughs and shares", TITLE)
    assert line.ordered_by == ("A/RES/79/303#op3",)
    assert line.before == (77, 78, 79)
    assert agenda(library, 80, on=ON).items == ()


def test_an_item_has_one_title_whatever_languages_its_orders_are_in(library: Library, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(text("79/304", "Barrels", order("eighty-first").replace(TITLE, "Barrels for all")))
    french = tmp_path / "french.txt"
    french.write_text(
        "79/304. Canons\n\nL\u2019Assemblée générale,\n\nRappelant sa résolution 78/1 du 5 décembre 2023,\n\n"
        "Décide d\u2019inscrire à l\u2019ordre du jour provisoire de sa quatre-vingt-unième session, au titre de la question "
        "intitulée « Charrues et socs », la question subsidiaire intitulée « Des canons pour tous ».\n"
    )
    library.add([(path, path.name) for path in (other, french)], told=lambda added: None)
    [item] = agenda(library, 81, language="fr", on=ON).items
    assert (item.title, [line.title for line in item.subitems]) == ("Charrues et socs", [TITLE, "Des canons pour tous"])


def test_a_rhythm_goes_on_to_sessions_that_are_far_off(tmp_path: Path) -> None:
    biennial = order("eighty-first").replace("eighty-first session", "eighty-first session and every two years thereafter")
    library = shelve(tmp_path, text("79/310", TITLE, biennial))
    assert [n for n in range(78, 90) if agenda(library, n, on=ON).items] == [81, 83, 85, 87, 89]


def test_what_is_asked_anew_is_found_by_its_words_and_each_once(tmp_path: Path) -> None:
    ploughs = "Calls upon all States to destroy the barrels of their guns in the presence of neighbours;"
    schools = "Calls upon all States to give up the making of swords and to pay smiths for ploughs instead;"
    library = shelve(
        tmp_path,
        text("77/301", TITLE, f"1. {ploughs}\n\n2. {schools}"),
        text("78/302", TITLE, f"1. {schools}\n\n2. {ploughs.replace('neighbours', 'their neighbours')}"),
        text("79/303", TITLE, f"1. {ploughs}"),
    )
    settled(library)
    anew = dict(library.database.rows("SELECT undertaking, by FROM anew"))
    assert {mandate.partition("!")[0]: by.partition("!")[0] for mandate, by in anew.items()} == {
        "A/RES/77/301#op1": "A/RES/78/302#op2",
        "A/RES/77/301#op2": "A/RES/78/302#op1",
        "A/RES/78/302#op2": "A/RES/79/303#op1",
    }


def test_a_document_that_is_no_report_answers_no_request_for_one(tmp_path: Path) -> None:
    recalled = SECOND.replace(
        "Taking note of the report of the Secretary-General submitted pursuant to resolution 77/301,",
        "Recalling the declaration of the smiths that the Secretary-General circulated pursuant to resolution 77/301,",
    )
    assert recalled != SECOND
    library = shelve(tmp_path, FIRST, recalled)
    assert states(library, "A/RES/77/301")["op1!submit-report"] == "unanswered"


def test_a_calendar_of_ones_own_counts_as_soon_as_it_is_there(tmp_path: Path) -> None:
    library = shelve(
        tmp_path, text("79/311", TITLE, "Calls upon the Conference on Disarmament to commence negotiations at its 2030 session.")
    )

    def last() -> object:
        settled(library)
        return library.database.value("SELECT last FROM undertaking")

    assert last() == "2030-12-31"
    (library.folder / "calendar.toml").write_text("[CD-2030]\nfirst = 2030-01-21\nlast = 2030-09-13\n")
    sittings.cache_clear()
    assert last() == "2030-09-13"


def test_a_day_that_comes_every_year_is_in_the_calendar_long_before(tmp_path: Path) -> None:
    library = shelve(
        tmp_path, text("79/312", TITLE, "Invites all States to observe, on 26 September every year, the Day of Ploughs.")
    )
    [standing] = status(library, "A/RES/79/312", ON)
    assert standing.undertaking.due == {"every": "year", "on": "09-26"}
    days = re.findall(rb"DTSTART;VALUE=DATE:(\d+)", to_ical([standing], (), "en", name="x"))
    assert days == [b"20270926", b"20280926"]


def test_due_is_in_the_order_of_its_days(library: Library) -> None:
    found = due(library, on=date(2025, 1, 1))
    assert [last_day(s) for s in found] == sorted(str(last_day(s)) for s in found)
    wanted = {s.undertaking.id for s in due(library, addressees=["SG"], on=ON, states=("due", "open"))}
    assert wanted == {"A/RES/79/303#op1!submit-report"}
    assert due(library, addressees=["SG"], by=date(2026, 12, 31), on=ON, states=("due", "open")) == []


@pytest.mark.parametrize("what", ["A/RES/1/1", "A/RES/79/303#op9", "A/RES/79/303#op1!agenda"])
def test_what_is_not_there_is_said(library: Library, what: str) -> None:
    with pytest.raises(UnknownError):
        status(library, what, ON)


def test_rebuilding_keeps_acts_and_what_they_answer(library: Library) -> None:
    acts.record(library, ActBody("meeting-held", "2024-03-10", ("A/RES/78/302#op3!convene",)))
    before = [(s.undertaking.id, s.status) for s in status(library, None, ON)]
    library.close()
    rebuilt = Library.rebuild(library.folder)
    assert [(s.undertaking.id, s.status) for s in status(rebuilt, None, ON)] == before
