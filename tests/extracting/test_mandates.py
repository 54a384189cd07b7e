"""What counts as a mandate, in sentences of our own: the definitions of docs/words.md, case by case."""

from typing import Any

import pytest

from ploughshare.flow import read_mandates
from ploughshare.model.mandate import Extraction

HEAD = "99/901. A specimen\n\nThe General Assembly,\n\nRecalling its resolution 98/1 of 5 December 2043,\n\n"


def extraction(operative: str) -> Extraction:
    return read_mandates((HEAD + operative).encode(), "specimen", "en").extraction


def told(operative: str) -> list[tuple[str, str, tuple[str, ...], tuple[str, ...], Any]]:
    return [(m.paragraph, m.action, m.addressees, m.recipients, m.due) for m in extraction(operative).mandates]


def test_coordinated_acts_of_different_kinds_are_different_mandates() -> None:
    assert told(
        "1. Requests the Secretary-General to seek the views of Member States on the matter and to submit a report thereon to the "
        "General Assembly at its one hundredth session, and also to transmit the report to the Conference on Disarmament;"
    ) == [
        ("op1", "seek-views", ("SG",), (), None),
        ("op1", "submit-report", ("SG",), ("GA",), {"session": 100}),
        ("op1", "transmit", ("SG",), ("CD",), None),
    ]


def test_an_inserted_clause_does_not_hide_the_act() -> None:
    [found] = told(
        "1. Requests the Secretary-General, with a view to saving time, and within existing resources, to convene two meetings;"
    )
    assert found == ("op1", "convene", ("SG",), (), None)


def test_an_aside_behind_the_verb_does_not_hold_its_object() -> None:
    [found] = told("1. Calls upon all States to strengthen, in cooperation with the Fund, their national legislation;")
    assert found[1] == "legislate"


def test_a_purpose_is_no_mandate() -> None:
    assert [
        action for _, action, *_ in told("1. Requests the Secretary-General to convene a meeting in order to submit a report;")
    ] == ["convene"]


def test_what_is_stated_asks_nothing() -> None:
    found = extraction("1. Stresses that all States should report to the Secretary-General;\n\n2. Welcomes the report;")
    assert found.mandates == ()
    assert found.no_mandate == ("op1", "op2")
    assert found.unread == ()


def test_several_verbs_are_read_each_by_its_own_force() -> None:
    found = extraction(
        "1. Takes note of the report, and requests the Secretary-General to forward it to the Disarmament Commission;"
    ).mandates
    assert [(m.force, m.action, m.recipients) for m in found] == [("request", "transmit", ("UNDC",))]


def test_several_addressees() -> None:
    [found] = told("1. Calls upon Member States, the United Nations system and civil society to observe the Day;")
    assert found[2] == ("MS", "UNSystem", "CSO")


def test_asides_do_not_part_a_verb_from_its_addressee() -> None:
    [found] = told(
        "1. Requests, in the light of the many proposals that were made in the course of its last session, bearing in mind "
        "the lack of time, the Secretary-General to prepare a handbook;"
    )
    assert found[1:3] == ("study", ("SG",))


def test_an_aside_names_no_addressee() -> None:
    [found] = told("1. Requests the Secretary-General, in consultation with Member States, to prepare a handbook;")
    assert found[1:3] == ("study", ("SG",))


def test_a_further_addressee_behind_a_list_that_has_ended_acts() -> None:
    assert [
        found[1:3]
        for found in told(
            "1. Calls upon the nuclear-weapon States to report to the Conference on Disarmament, its Chair and the Assembly, "
            "and all States to participate in the meetings;"
        )
    ] == [("submit-report", ("NWS",)), ("participate", ("States",))]


def test_to_do_so_is_one_act_among_others() -> None:
    found = told("1. Urges all States that have not yet ratified the Treaty to do so, and to provide assistance to the victims;")
    assert [(action, who) for _, action, who, *_ in found] == [("join", ("NonParties",)), ("support", ("NonParties",))]


def test_another_named_state_is_another_actor() -> None:
    found = told("1. Urges Israel to accede to the Treaty, and calls upon South Sudan to accede to the Treaty;")
    assert [found[1:3] for found in found] == [("join", ("NamedStates",))] * 2
    assert len(told("1. Urges Israel to accede to the Treaty, and calls upon Israel to sign the Treaty;")) == 1


def test_nouns_that_share_what_they_are_about_are_acts_of_their_own() -> None:
    found = told("1. Calls for the early entry into force and strict observance of the Treaty;")
    assert [action for _, action, *_ in found] == ["negotiate", "comply"]


def test_a_further_marked_act_ends_a_purpose() -> None:
    found = told(
        "1. Encourages all States to pursue the work, bearing in mind the need to save time, as well as to water the garden "
        "and to take into account the report;"
    )
    assert [action for _, action, *_ in found] == ["other", "consider"]


@pytest.mark.parametrize(
    "words",
    [
        "Encourages and welcomes the efforts of Member States to establish a register",
        "Welcomes the efforts of Member States to establish a register, and encourages those efforts",
    ],
)
def test_a_verb_that_asks_shares_the_words_of_one_that_states(words: str) -> None:
    [found] = told(f"1. {words};")
    assert found[1:3] == ("establish", ("MS",))


def test_whoever_is_told_is_named_once() -> None:
    [found] = told(
        "1. Requests the Secretary-General to inform Member States that they may speak to the Conference on Disarmament;"
    )
    assert found[3] == ("MS",)


def test_a_session_without_a_name_is_that_of_whoever_acts() -> None:
    [found] = told("1. Calls upon the Conference on Disarmament to adopt a programme of work during its 2046 session;")
    assert found[4] == {"year": 2046, "body": "CD"}


def test_no_addressee_where_none_is_named() -> None:
    [found] = told("1. Calls for the early entry into force of the Treaty;")
    assert found[1:3] == ("negotiate", ())


def test_the_deciding_body_acts_where_no_other_is_named() -> None:
    [found] = told("1. Decides to convene a conference in New York in 2046;")
    assert found == ("op1", "convene", ("GA",), (), {"year": 2046})


def test_items_that_are_acts_stand_for_themselves() -> None:
    found = told(
        "1. Requests the Secretary-General:\n\n(a) To convene a meeting;\n\n"
        "(b) To submit a report to the General Assembly at its one hundredth session;"
    )
    assert [(paragraph, action) for paragraph, action, *_ in found] == [("op1.a", "convene"), ("op1.b", "submit-report")]


def test_items_that_are_topics_belong_to_their_introduction() -> None:
    operative = (
        "1. Requests the Secretary-General to seek the views of Member States on:\n\n(a) The merits of a group;\n\n(b) Its mandate;"
    )
    found = extraction(operative)
    assert [(m.paragraph, m.action) for m in found.mandates] == [("op1", "seek-views")]
    assert {"op1.a", "op1.b"} <= set(found.no_mandate)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("at its one hundredth session", {"session": 100}),
        ("at its one hundredth and one hundred and first sessions", {"sessions": [100, 101]}),
        ("every two years, beginning at its one hundred and first session", {"every": "2 years", "from": {"session": 101}}),
        ("annually", {"every": "year"}),
        ("by 30 June 2045", {"date": "2045-06-30"}),
        ("in 2046", {"year": 2046}),
        ("within 30 days", {"within": "30 days"}),
        ("at the earliest possible time", None),
        ("as it did at its ninety-eighth session", None),
    ],
)
def test_due_dates(words: str, due: Any) -> None:
    [found] = told(f"1. Requests the Secretary-General to report to the General Assembly {words};")
    assert found[4] == due


def test_a_body_that_receives_another_report_does_not_own_the_session() -> None:
    [found] = told(
        "1. Requests the Secretary-General to submit to the General Assembly at its one hundredth session a report and to the "
        "Human Rights Council an interim report;"
    )
    assert found[3:] == (("GA", "HRC"), {"session": 100})


def test_the_agenda_knows_item_and_sub_item() -> None:
    [found] = extraction(
        "1. Decides to include in the provisional agenda of its one hundredth session, under the item entitled “Disarmament”, "
        "the sub-item entitled “Ploughshares”."
    ).mandates
    assert (found.action, found.due) == ("agenda", {"session": 100})
    assert found.details["item"] == "Disarmament"
    assert found.details["subitem"] == "Ploughshares"


def test_identifiers_number_what_a_paragraph_has_twice() -> None:
    found = extraction(
        "1. Encourages Member States to provide assistance to the Centre, and invites donors to provide support to the trust fund;"
    ).mandates
    assert [m.id for m in found] == ["A/RES/99/901#op1!support", "A/RES/99/901#op1!support.2"]


def test_every_mandate_says_which_words_and_which_rule() -> None:
    [found] = extraction("1. Requests the Secretary-General to convene a meeting;").mandates
    text = HEAD + "1. Requests the Secretary-General to convene a meeting;"
    assert text[found.evidence.span.start : found.evidence.span.stop].startswith("convene a meeting")
    assert "convene" in found.evidence.rule


def test_a_paragraph_without_a_known_verb_is_reported() -> None:
    found = extraction("1. Welcomes the report;\n\n2. Frobnicates the Secretary-General;")
    assert [(u.paragraph, bool(u.why)) for u in found.unread] == [("op2", True)]
