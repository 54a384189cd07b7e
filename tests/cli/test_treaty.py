"""``ploughshare treaty``, ``treaties import`` and ``state`` as a person meets them."""

import json
from pathlib import Path

import pytest

from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.model.state import GROUPS
from ploughshare.model.treaty import KINDS
from tests.cli.test_read import run


def test_the_list_of_treaties(tmp_path: Path) -> None:
    shown = run("treaty", "--library", tmp_path).stdout.decode()
    assert "2021-01-22" in shown
    lines = [json.loads(line) for line in run("treaty", "--json", "--library", tmp_path).stdout.splitlines()]
    assert {line["code"]: line["in_force"] for line in lines}["NPT"] == "1970-03-05"
    assert all(line["parties"] + line["non_parties"] >= line["signatories"] for line in lines)


def test_a_treaty_on_a_day(tmp_path: Path) -> None:
    done = run("treaty", "tpnw", "--on", "2021-01-22", "--library", tmp_path)
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "in force since 2021-01-22" in shown
    assert "50 of 50 States" in shown
    assert "7 / 54" in shown
    assert max(map(len, shown.splitlines())) <= 132
    before = run("treaty", "TPNW", "--on", "2021-01-21", "--library", tmp_path).stdout.decode()
    assert "enters into force on 2021-01-22" in before


def test_who_is_missing_is_named(tmp_path: Path) -> None:
    shown = run("treaty", "CTBT", "--on", "2026-08-22", "--library", tmp_path).stdout.decode()
    assert "missing (9)" in shown
    assert "Russian Federation: ratification taken back" in shown


def test_each_state_with_its_days(tmp_path: Path) -> None:
    shown = run("treaty", "APMBC", "--states", "--on", "2026-01-09", "--library", tmp_path).stdout.decode()
    line = next(line for line in shown.splitlines() if line.startswith("Finland"))
    assert "2012-01-09 accession" in line
    assert "2026-01-10" in line


def test_a_treaty_as_json_has_every_state_with_its_actions(tmp_path: Path) -> None:
    said = json.loads(run("treaty", "NPT", "--json", "--on", "2026-08-22", "--library", tmp_path).stdout)
    states = {each["iso3"]: each for each in said["states"]}
    assert said["parties"] == 191
    assert said["condition"]["met"] == said["in_force"] == "1970-03-05"
    assert {each["depositary"] for each in states["AFG"]["actions"]} == {"London", "Moscow", "Washington"}
    assert states["PRK"]["positions"]
    assert states["IND"]["actions"] == []


def test_a_state_by_code_and_by_name(tmp_path: Path) -> None:
    by_name, by_code = (json.loads(run("state", name, "--json", "--library", tmp_path).stdout) for name in ("Кения", "KEN"))
    assert by_name == by_code
    assert by_code["names"]["zh"]["name"] == "肯尼亚"
    assert {each["treaty"]: each["place"] for each in by_code["treaties"]}["CCM"] == "signatory"
    assert {"code": "NNWS", "treaty": "NPT", "disputed": False} in by_code["groups"]
    shown = run("state", "Swaziland", "--library", tmp_path).stdout.decode()
    assert "Eswatini" in shown
    assert "until 2018" in shown


def test_the_tables_speak_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    shown = run("treaty", "TPNW", "--on", "2021-01-22", "--library", tmp_path).stdout.decode()
    assert "en vigueur depuis le 2021-01-22" in shown
    assert "Allemagne" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    tables, english = load("standing", language), load("standing", "en")
    assert {name: set(table) for name, table in tables.items()} == {name: set(table) for name, table in english.items()}
    for name, table in tables.items():
        assert {key: words.count("{}") for key, words in table.items()} == {
            key: words.count("{}") for key, words in english[name].items()
        }
    assert set(tables["kinds"]) == set(KINDS)
    assert set(tables["groups"]) == set(GROUPS)


def test_import_and_then_the_table_holds_it(tmp_path: Path) -> None:
    table, library = tmp_path / "newer.csv", tmp_path / "library"
    table.write_text("treaty,iso3,action,date\nTPNW,CHE,ratified,2026-08-02\n")
    done = run("treaties", "import", table, "--library", library)
    assert done.returncode == 0
    assert "1 of them new" in done.stdout.decode()
    assert "and 1 actions from the library" in run("treaty", "TPNW", "--library", library).stdout.decode()


def test_a_refused_table_exits_with_one_and_names_the_lines(tmp_path: Path) -> None:
    table, library = tmp_path / "newer.csv", tmp_path / "library"
    table.write_text("treaty,iso3,action,date\nTPNW,CHE,ratified,2026-08-02\nTPNW,CHE,ratified,yesterday\n")
    done = run("treaties", "import", table, "--library", library)
    assert done.returncode == 1
    assert "newer.csv, line 3: 'yesterday' is not a day" in done.stderr.decode()
    assert [path.name for path in library.iterdir()] == ["treaty_actions.aside.csv"]
    said = json.loads(run("treaties", "import", table, "--library", library, "--json").stdout)
    assert (said["found"], len(said["refused"]), said["written"]) == (1, 1, None)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["treaty", "TPWN"], "TPNW"),
        (["state", "Atlantis"], "no State is called 'Atlantis'"),
        (["state", "Yugoslavia"], "Serbia"),
        (["treaties", "import", "no/such.csv"], "no/such.csv"),
    ],
)
def test_what_cannot_be_told_is_one_sentence(arguments: list[str], sentence: str, tmp_path: Path) -> None:
    done = run(*arguments, "--library", tmp_path)
    assert done.returncode == 1
    assert sentence in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1
    assert not done.stdout


@pytest.mark.parametrize(
    "arguments", [["treaty", "NPT", "--on", "soon"], ["state"], ["treaties", "import"], ["treaty", "NPT", "BWC"]]
)
def test_wrong_use(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 64
