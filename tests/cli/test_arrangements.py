"""``ploughshare arrangements`` as a person meets it."""

import json

import pytest

from tests.cli.test_read import run


def test_the_register_fits_the_page() -> None:
    shown = run("arrangements", "--on", "2026-11-21").stdout.decode()
    assert "GSTE-NDV" in shown
    assert max(map(len, shown.splitlines())) <= 132


def test_one_of_it_with_the_positions_on_it() -> None:
    shown = run("arrangements", "newstart", "--on", "2024-01-01").stdout.decode()
    assert "2023-02-28 suspended, by RUS" in shown
    assert "Russian Federation: Suspended its participation" in shown
    assert "United States: Held" in shown
    assert "2026" not in shown


def test_json_says_it_all() -> None:
    said = json.loads(run("arrangements", "GSTE-NDV", "--json").stdout)
    assert (said["stage"], said["kind"], said["disputed"]) == ("proposed", "proposal", False)
    lines = run("arrangements", "Norway", "--json").stdout.splitlines()
    assert {json.loads(line)["code"] for line in lines} >= {"UKNI", "Quad"}


def test_the_headings_speak_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "ru_RU.UTF-8")
    assert "предложено" in run("arrangements").stdout.decode()


def test_nothing_found_and_wrong_use() -> None:
    assert "nothing" in run("arrangements", "nosuchword").stdout.decode()
    assert run("arrangements", "--on", "soon").returncode == 64


def test_a_treaty_tells_its_life_too() -> None:
    said = json.loads(run("treaty", "TPNW", "--on", "2021-01-21", "--json").stdout)["life"]
    assert (said["stage"], [stage["from"] for stage in said["stages"]]) == ("open", ["2017-09-20"])
    assert "ploughshare arrangements" in run("treaty", "NewSTART").stderr.decode()
