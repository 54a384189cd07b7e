"""Searching from the command line, as people type it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click import UsageError
from click.testing import CliRunner, Result
from lxml import etree

from ploughshare.cli import ploughshare
from ploughshare.errors import QueryError, UnknownError

from ..made_up import shelve, text

TEXTS = (
    text(
        "78/301",
        "Ploughs for all",
        "1. Requests the Secretary-General to submit a report on wells to the General Assembly at its seventy-ninth session;\n\n"
        "2. Calls upon all States to keep an account of their ploughs.",
    ),
    text(
        "80/301",
        "Ploughs for all",
        "1. Calls upon all States to keep an account of their ploughs;\n\n"
        "2. Requests the Secretary-General to submit a report on wells to the General Assembly at its eighty-first session.",
    ),
)
ATOM = "{http://www.w3.org/2005/Atom}"


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(ploughshare, [*arguments, "--library", str(folder / "library")], standalone_mode=False)


def told(folder: Path, *arguments: str) -> Any:
    result = run(folder, *arguments, "--json")
    assert result.exception is None, result.exception
    [line] = result.stdout.splitlines()
    return json.loads(line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search")
    shelve(path, *TEXTS).close()
    return path


def test_search_shows_paragraphs_and_facets(folder: Path) -> None:
    found = told(folder, "search", "report", "wells", "--session", "80", "--on", "2026-11-01")
    assert [hit["place"]["paragraph"] for hit in found["hits"]] == ["op2"]
    shown = run(folder, "search", "wells", "--on", "2026-11-01").output
    assert "A/RES/80/301#op2" in shown
    assert "80 (1)  78 (1)" in shown
    assert run(folder, "search", "harbours").output == "Nothing was found.\n"


def test_a_search_is_kept_and_becomes_a_feed(folder: Path, tmp_path: Path) -> None:
    told(folder, "search", "account", "--act", "other", "--save", "accounts")
    feed = tmp_path / "accounts.atom"
    found = told(folder, "search", "--saved", "accounts", "--feed", str(feed))
    assert [hit["place"]["symbol"] for hit in found["hits"]] == ["A/RES/80/301", "A/RES/78/301"]
    root = etree.fromstring(feed.read_bytes())
    assert root.findtext(f"{ATOM}title") == "accounts"
    entries = root.findall(f"{ATOM}entry")
    assert [e.findtext(f"{ATOM}updated") for e in entries] == ["2025-12-02T00:00:00Z", "2023-12-02T00:00:00Z"]
    identifiers = [e.findtext(f"{ATOM}id") for e in entries]
    told(folder, "search", "--saved", "accounts", "--feed", str(feed))
    again = etree.fromstring(feed.read_bytes())
    assert [e.findtext(f"{ATOM}id") for e in again.findall(f"{ATOM}entry")] == identifiers


def test_what_cannot_be_searched_is_one_sentence(folder: Path) -> None:
    result = run(folder, "search", '"wells')
    assert isinstance(result.exception, QueryError)
    assert str(result.exception).count("\n") == 0


def test_agreed_shows_what_was_said_before_and_advice(folder: Path, tmp_path: Path) -> None:
    sentence = "Calls upon all States to keep an account of their shares"
    shown = run(folder, "agreed", sentence).output
    assert "nearly the same" in shown
    assert "in 2 texts  A/RES/80/301#op1 [en] 2025-12-02" in shown
    assert "ploughs;shares" in shown
    assert "no earlier paragraph says this" in run(folder, "agreed", "Notes that lanterns burn longer in the evening").output
    draft = tmp_path / "draft.txt"
    draft.write_text(text("83/1", "New", "1. Requests the Secretary-General to submit a report on carts;\n\n2. Recalls A/95/12."))
    lines = [json.loads(line) for line in run(folder, "agreed", str(draft), "--on", "2026-11-01", "--json").stdout.splitlines()]
    assert [line["paragraph"] for line in lines if "paragraph" in line] == ["pp1", "op1", "op2"]
    sentences = [line["sentence"] for line in lines if "finding" in line]
    assert "op1 asks for a report and does not say to whom." in sentences
    assert "op2 cites A/95/12, of a session that has not begun: the present one is 81." in sentences


def test_compare_two_symbols_two_files_and_a_series(folder: Path, tmp_path: Path) -> None:
    shown = run(folder, "compare", "A/RES/78/301", "A/RES/80/301").output
    assert shown.rstrip().endswith("1 of 2 operative paragraphs (50 %) stand word for word in the earlier text")
    assert "2 of 2" in run(folder, "compare", "A/RES/80/301", "--series", "--mask").output
    files = []
    for number, words in enumerate(TEXTS):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(words)
    nowhere = CliRunner().invoke(
        ploughshare, ["compare", *map(str, files), "--json", "--library", str(tmp_path / "none")], standalone_mode=False
    )
    assert json.loads(nowhere.stdout)["sameness"] == 0.5
    assert isinstance(run(folder, "compare", "A/RES/78/301").exception, UsageError)
    assert isinstance(run(folder, "compare", "A/RES/78/301", "A/RES/78/1").exception, UnknownError)
