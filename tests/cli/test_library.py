"""The commands of a library, as people type them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ploughshare.cli import COMMANDS, ploughshare

from ..made_up import text

REPORT = "Requests the Secretary-General to submit a report on ploughs to the General Assembly at its eighty-first session;"
ORDER = (
    "Decides to include in the provisional agenda of its eighty-first session, under the item entitled “Ploughs and shares”, "
    "the sub-item entitled “Ploughs for all”."
)
MANDATE = "A/RES/80/301#op1!submit-report"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(ploughshare, [*arguments, "--library", str(folder / "library")], standalone_mode=False)


def told(folder: Path, *arguments: str) -> list[Any]:
    result = run(folder, *arguments, "--json")
    assert result.exception is None, result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "80-301.txt"
    path.write_text(text("80/301", "Ploughs for all", f"1. {REPORT}\n\n2. {ORDER}"))
    result = run(tmp_path, "add", str(path))
    assert result.output == "New: 1, there already: 0, refused: 0; resolutions among them: 1.\n"
    return tmp_path


def test_add_tells_what_is_new_and_refuses_what_is_none(folder: Path) -> None:
    letter = folder / "letter.txt"
    letter.write_text("Dear colleague, the meeting is on Monday.\n")
    result = run(folder, "add", str(folder / "80-301.txt"), str(letter))
    assert result.return_value == 1
    assert result.stdout.startswith("New: 0, there already: 1, refused: 1;")
    assert result.stderr.startswith("letter.txt: ")
    assert result.stderr.count("\n") == 1


def test_status_and_an_act_that_changes_it(folder: Path) -> None:
    [before] = told(folder, "status", MANDATE, "--on", "2026-11-01")
    assert (before["state"], before["on"], before["due"]) == ("due", "2026-11-01", {"session": 81})
    assert before["why"]
    [act] = told(
        folder, "act", "add", "report-issued", "--answers", MANDATE, "--day", "2026-10-01", "--by", "SG", "--document", "A/81/77"
    )
    [after] = told(folder, "status", MANDATE, "--on", "2026-11-01")
    assert (after["state"], after["acts"][0]["id"], after["acts"][0]["document"]) == ("answered", act["act"], "A/81/77")
    told(folder, "act", "withdraw", act["act"], "--why", "Another document was meant.")
    [again] = told(folder, "status", MANDATE, "--on", "2026-11-01")
    assert again["state"] == "due"


def test_due_agenda_series_and_calendar(folder: Path) -> None:
    assert [s["id"] for s in told(folder, "due", "--for", "SG", "--on", "2026-11-01")] == [MANDATE]
    [agenda] = told(folder, "agenda", "81")
    assert [line["title"] for line in agenda["items"][0]["subitems"]] == ["Ploughs for all"]
    [series] = told(folder, "series", "A/RES/80/301", "--changes")
    assert [member["symbol"] for member in series["series"]] == ["A/RES/80/301"]
    result = run(folder, "calendar", "--on", "2026-11-01")
    assert "DTSTART;VALUE=DATE:20270906" in result.stdout
    again = run(folder, "calendar", "--on", "2026-11-02")
    uids = [[line for line in r.stdout.splitlines() if line.startswith("UID")] for r in (result, again)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == len(uids[0])


def test_rebuild_and_differences(folder: Path) -> None:
    assert "1 resolutions were derived anew" in run(folder, "rebuild").output
    assert told(folder, "differences") == []


def test_tables_are_for_people(folder: Path) -> None:
    for arguments in (
        ["status", MANDATE],
        ["due", "--all"],
        ["agenda", "81"],
        ["series", "A/RES/80/301", "--changes"],
        ["differences"],
    ):
        result = run(folder, *arguments)
        assert result.exception is None
        assert result.output.strip()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["status", "A/RES/1/1"], "A/RES/1/1 is not in the library; "),
        (["status", "A/RES/80/301#op7"], "there is no op7 in A/RES/80/301; it asks for"),
        (["differences", "A/RES/1/1"], "A/RES/1/1 is not in the library; "),
        (["series", "A/RES/1/1"], "A/RES/1/1 is in no series of this library; "),
        (["act", "add", "meeting-held", "--answers", MANDATE, "--day", "2026-01-01"], "does not answer a mandate to submit-report"),
        (["act", "dispute", "act:99", "--why", "x"], "act:99 is no act of this library; "),
    ],
)
def test_what_is_wrong_is_one_sentence(folder: Path, arguments: list[str], complaint: str) -> None:
    result = run(folder, *arguments)
    assert complaint in str(result.exception)
    assert "\n" not in str(result.exception)


def test_there_is_no_library_to_ask(tmp_path: Path) -> None:
    assert "there is no library here" in str(run(tmp_path, "due").exception)


def test_every_command_has_help_with_an_example() -> None:
    for name in COMMANDS:
        shown = CliRunner().invoke(ploughshare, [name, "--help"]).output
        assert shown.startswith("Usage: ")
        if "Commands:" not in shown:
            assert "Example" in shown, name
