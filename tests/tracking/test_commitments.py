"""Commitments in a made-up library: what cites them, what answers them, and what bodies say of them, side by side."""

from datetime import date
from pathlib import Path

import pytest

from ploughshare.errors import ActError, UnknownError
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.library.entries import ActBody
from ploughshare.library.library import Library
from ploughshare.model.commitment import CommitmentStanding
from ploughshare.recording.entry import Author
from ploughshare.recording.note import ED25519, Signer
from ploughshare.tracking import acts
from ploughshare.tracking.commitments import commitments

from ..made_up import shelve, text
from ..shared import SHARED, needs_shared

ON = date(2026, 11, 21)
NPT = "Treaty on the Non-Proliferation of Nuclear Weapons"
FINAL = "NPT/CONF.2010/50 (Vol. I)"
STEPS = "NPT/CONF.2000/28 (Parts I and II)"
OUTCOME = text(
    "77/311",
    "Keeping promises",
    f"1. Calls upon all States to act in line with actions 20 and 21 of the 2010 action plan under the {NPT};\n\n"
    f"2. Stresses the 13 practical steps to implement article VI of the {NPT};\n\n"
    "3. Recalls the unequivocal undertaking to eliminate arsenals, agreed in 2000;²\n\n"
    "4. Notes the outcome of the conference.¹",
).replace("44th plenary", f"¹ See {FINAL}, part I.\n\n² {STEPS}, part I.\n\n44th plenary")
OTHER = text(
    "78/312",
    "Other promises",
    f"1. Recalls article VI of the Convention on Cluster Munitions, and that the {NPT} is in force;\n\n"
    "2. Calls upon States to take action 5 of the plan of the town of Xanadu;\n\n"
    "3. Recalls article 6 of the Treaty on the Prohibition of Nuclear Weapons.",
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return shelve(tmp_path, OUTCOME, OTHER)


def one(library: Library, code: str, on: date = ON) -> CommitmentStanding:
    [found] = commitments(library, code, on=on)
    return found


def places(library: Library, code: str) -> set[tuple[str, str]]:
    return {(f"{citing.symbol.removeprefix('A/RES/')}#{citing.paragraph}", citing.how) for citing in one(library, code).citings}


def test_a_paragraph_cites_what_it_names(library: Library) -> None:
    assert ("77/311#op1", "own") in places(library, "NPT-2010-action-20")
    assert ("77/311#op1", "own") in places(library, "NPT-2010-action-21")
    assert ("77/311#op3", "own") in places(library, "NPT-2000-step-6")
    assert places(library, "NPT-VI") == {("77/311#op2", "own")}
    assert places(library, "TPNW-6") == {("78/312#op3", "own")}


def test_what_names_the_whole_or_only_the_document_is_told_apart(library: Library) -> None:
    assert places(library, "NPT-2010-action-2") == {("77/311#op1", "whole"), ("77/311#op4", "document")}
    assert places(library, "NPT-2000-step-1") == {("77/311#op2", "whole"), ("77/311#op3", "document")}


def test_words_alone_cite_nothing(library: Library) -> None:
    """An article of another treaty, a numbered action of another plan."""
    assert all(place.startswith("77/311") for place, _ in places(library, "NPT-2010-action-5"))
    assert all(place.startswith("77/311") for place, _ in places(library, "NPT-VI"))


def test_all_of_a_source_and_of_an_addressee(library: Library) -> None:
    assert len(commitments(library, "npt-2000", on=ON)) == 13
    assert {each.commitment.code for each in commitments(library, "NPT-2000", addressees=["NWS"], on=ON)} == {
        "NPT-2000-step-6",
        "NPT-2000-step-9",
        "NPT-2000-step-10",
    }


def test_without_an_act_nothing_is_said_but_that(library: Library) -> None:
    assert one(library, "NPT-2000-step-6").status.state == "standing"
    passed = one(library, "NPT-2010-action-12").status
    assert (passed.state, [reason.name for reason in passed.reasons]) == ("unanswered", ["time_passed"])
    assert one(library, "NPT-2010-action-12", date(2010, 9, 1)).status.state == "open"
    assert one(library, "NPT-2010-action-12", date(2010, 5, 1)).status.state == "unknown"


def test_an_act_answers_a_commitment_as_it_answers_a_mandate(library: Library) -> None:
    acts.record(library, ActBody("report-issued", "2011-09-23", ("NPT-2010-action-12",), ("KEN",), "A/66/165"))
    assert one(library, "NPT-2010-action-12").status.state == "answered"
    assert one(library, "NPT-2010-action-12", date(2011, 9, 22)).status.state == "due"
    acts.record(library, ActBody("ratified", "2011-09-23", ("NPT-2010-action-10",), ("FRA",)))
    found = one(library, "NPT-2010-action-10").status
    assert (found.state, found.done, found.of) == ("in part", 1, 5)


def test_one_act_may_answer_a_mandate_and_a_commitment(library: Library) -> None:
    asked = text("79/313", "Reports", "1. Requests the Secretary-General to submit a report to it at its eightieth session.")
    path = library.folder / "more.txt"
    path.write_text(asked, encoding="utf-8")
    library.add([(path, path.name)], told=lambda added: None)
    both = ("A/RES/79/313#op1!submit-report", "NPT-2010-action-20")
    assert acts.record(library, ActBody("report-issued", "2025-06-02", both)).startswith("act:")
    assert one(library, "NPT-2010-action-20").status.done == 1


@pytest.mark.parametrize(
    ("act", "complaint"),
    [
        (ActBody("meeting-held", "2011-01-01", ("NPT-2010-action-12",)), "is answered by report-issued"),
        (ActBody("report-issued", "2010-01-01", ("NPT-2010-action-12",)), "was adopted on 2010-05-28"),
        (ActBody("report-issued", "2011-01-01", ("NPT-2010-action-65",)), "nearest are NPT-2010-action-"),
        (ActBody("report-issued", "2011-01-01", ("npt-2010-action-12",)), "it is written NPT-2010-action-12"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_recorded(library: Library, act: ActBody, complaint: str) -> None:
    size = library.record.size
    with pytest.raises((ActError, UnknownError)) as refused:
        acts.record(library, act)
    assert complaint in str(refused.value)
    assert library.record.size == size


def test_assessments_stand_side_by_side_and_change_no_status(library: Library) -> None:
    before = one(library, "NPT-2000-step-6").status.state
    authors = [Signer.new(name, ED25519) for name in ("observatory.example", "institute.example")]
    notes = ("Stocks fell in the period.", "Stocks fell, and new types were made.")
    for author, note in zip(authors, notes, strict=True):
        library.put("author", Author(str(author.key), author.name, "observer"))
        acts.record(library, ActBody("assessment", "2024-03-01", ("NPT-2000-step-6",), note=note), author)
    acts.dispute(library, one(library, "NPT-2000-step-6").assessments[0].id, "It counts only deployed weapons.")
    found = one(library, "NPT-2000-step-6")
    assert {(act.author, act.note) for act in found.assessments} == {
        (author.name, note) for author, note in zip(authors, notes, strict=True)
    }
    assert sorted(len(act.disputed) for act in found.assessments) == [0, 1]
    assert found.status.state == before
    acts.withdraw(library, found.assessments[0].id, "Recorded by mistake.", authors[0])
    assert len(one(library, "NPT-2000-step-6").assessments) == 1


def test_a_rebuilt_library_tells_the_same(library: Library) -> None:
    acts.record(library, ActBody("report-issued", "2011-09-23", ("NPT-2010-action-12",)))
    before = commitments(library, on=ON)
    library.close()
    assert commitments(Library.rebuild(library.folder), on=ON) == before


@needs_shared
@pytest.mark.shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_official_texts_of_every_language_cite_the_same(tmp_path: Path, language: str) -> None:
    """Read by eye in English: A/RES/79/50 (paragraphs 12 and 13) and A/RES/80/48 (3 and 5)."""
    files = [
        path
        for name in ("A_RES_79_50", "A_RES_80_48")
        for path in (SHARED / "corpus" / "official" / "akn" / language).glob(f"{name}.xml")
    ]
    library = Library.open(tmp_path / "library", create=True)
    library.add([(path, path.name) for path in files], told=lambda added: None)
    held = {symbol for (symbol,) in library.database.rows("SELECT symbol FROM resolution")}
    wanted = {
        ("NPT-VI", "A/RES/79/50", "op12", "own"),
        ("NPT-2000-step-3", "A/RES/79/50", "op13", "whole"),
        ("NPT-2010-action-20", "A/RES/80/48", "op3", "own"),
        ("NPT-2010-action-21", "A/RES/80/48", "op3", "own"),
        ("NPT-2010-action-18", "A/RES/80/48", "op5", "own"),
    }
    found = {
        (each.commitment.code, citing.symbol, citing.paragraph, citing.how)
        for each in commitments(library, on=ON)
        for citing in each.citings
    }
    assert held
    assert {want for want in wanted if want[1] in held} <= found
    assert {code for code, _, paragraph, how in found if (paragraph, how) == ("op3", "own")} <= {
        "NPT-2010-action-20",
        "NPT-2010-action-21",
    }
