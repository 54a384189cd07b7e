"""Searching from the command line, as people type it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import etree

from ploughshare.cli import ploughshare
from ploughshare.errors import QueryError

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
