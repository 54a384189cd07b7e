"""``ploughshare commitments`` as a person meets it."""

import json
from pathlib import Path

import pytest

from tests.cli.test_read import run
from tests.made_up import shelve, text


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    words = "1. Stresses the 13 practical steps under the Treaty on the Non-Proliferation of Nuclear Weapons."
    library = shelve(tmp_path, text("77/311", "Keeping promises", words))
    library.close()
    return library.folder


def test_the_list_and_one_of_it(folder: Path) -> None:
    shown = run("commitments", "NPT-2000", "--library", folder).stdout.decode()
    assert shown.count("NPT-2000-step-") == 13
    assert "0 + 1" in shown
    assert max(map(len, shown.splitlines())) <= 132
    shown = run("commitments", "npt-2000-step-3", "--library", folder).stdout.decode()
    assert "A/RES/77/311#op1" in shown
    assert "the library holds no act" in shown


def test_an_assessment_is_recorded_and_shown_as_its_authors(folder: Path) -> None:
    arguments = ["--answers", "NPT-2000-step-6", "--day", "2024-03-01", "--by", "UNIDIR", "--note", "Stocks fell."]
    assert run("act", "add", "assessment", *arguments, "--library", folder).returncode == 0
    said = json.loads(run("commitments", "NPT-2000-step-6", "--json", "--library", folder).stdout)
    assert [(act["actors"], act["note"]) for act in said["assessments"]] == [(["UNIDIR"], "Stocks fell.")]
    shown = run("commitments", "NPT-2000-step-6", "--library", folder).stdout.decode()
    assert "none is the program's" in shown
    assert "UNIDIR · Stocks fell. · signed" in shown


def test_json_says_it_all(folder: Path) -> None:
    lines = run("commitments", "--json", "--for", "CD", "--on", "2011-01-01", "--library", folder).stdout.splitlines()
    found = {each["code"]: each for each in map(json.loads, lines)}
    assert found["NPT-2010-action-6"]["source"]["symbol"] == "NPT/CONF.2010/50 (Vol. I)"
    assert found["NPT-2000-step-3"]["state"] == "unanswered"
    assert found["NPT-2000-step-3"]["cited_by"] == [
        {"symbol": "A/RES/77/311", "paragraph": "op1", "how": "whole", "languages": ["en"]}
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [(["NPT-2000-step-14"], 1, "NPT-2000-step-1"), (["nonsense"], 1, "lists them"), (["--on", "soon"], 64, "no day")],
)
def test_what_cannot_be_told(arguments: list[str], status: int, sentence: str, folder: Path) -> None:
    done = run("commitments", *arguments, "--library", folder)
    assert (done.returncode, done.stdout) == (status, b"")
    assert sentence in done.stderr.decode()
