"""``ploughshare read`` as a person meets it: exit statuses, sentences, files written, several cores, standard input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from ploughshare import __version__

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen"
BROKEN = Path(__file__).resolve().parents[1] / "broken"
ENGLISH = SPECIMEN / "text" / "specimen.en.txt"


def run(*arguments: str | Path, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command as the shell runs it."""
    return subprocess.run(
        [sys.executable, "-m", "ploughshare", *map(str, arguments)], input=given, capture_output=True, check=False, timeout=120
    )


def test_version() -> None:
    assert __version__ in run("--version").stdout.decode()


def test_help_has_examples() -> None:
    assert "ploughshare read" in run("read", "--help").stdout.decode()


def test_a_table_for_people() -> None:
    done = run("read", ENGLISH)
    shown = done.stdout.decode()
    assert done.returncode == 0
    assert "A/RES/99/901" in shown
    assert "submit-report" in shown
    assert max(map(len, shown.splitlines())) <= 132


def test_the_headings_speak_the_language_of_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "es_MX.UTF-8")
    assert "Palabras" in run("read", ENGLISH).stdout.decode()


def test_json_lines_keep_the_contract() -> None:
    done = run("read", SPECIMEN / "text", "--json")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {line["language"] for line in lines} == {"ar", "en", "es", "fr", "ru", "zh"}
    schema = json.loads((Path(sys.modules["ploughshare"].__path__[0]) / "publishing" / "resolution.schema.json").read_text("utf-8"))
    for line in lines:
        jsonschema.validate(line, schema)


def test_several_cores_give_the_same_in_the_same_order() -> None:
    files = [SPECIMEN / "text", SPECIMEN / "docx"]
    assert run("read", *files, "--json", "--jobs", "2").stdout == run("read", *files, "--json").stdout


def test_standard_input_and_a_language_given() -> None:
    done = run("read", "-", "--json", "--language", "en", given=ENGLISH.read_bytes())
    said = json.loads(done.stdout)
    assert done.returncode == 0
    assert said["symbol"] == "A/RES/99/901"


def test_documents_are_written_below_the_folder_that_was_read(tmp_path: Path) -> None:
    done = run("read", SPECIMEN / "text", "--akn", tmp_path / "a", "--markdown", tmp_path / "m", "--html", tmp_path / "h")
    assert done.returncode == 0
    assert (tmp_path / "a" / "specimen.en.xml").read_bytes().startswith(b"<?xml")
    assert (tmp_path / "m" / "specimen.ar.md").is_file()
    assert 'dir="rtl"' in (tmp_path / "h" / "specimen.ar.html").read_text("utf-8")


def test_two_files_of_one_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    run("read", ENGLISH, SPECIMEN / "html" / "specimen.en.html", "--markdown", tmp_path)
    assert len(list(tmp_path.glob("*.md"))) == 2


def test_one_refused_the_others_read() -> None:
    done = run("read", BROKEN / "encrypted.pdf", ENGLISH, BROKEN / "empty.txt", "--json")
    sentences = done.stderr.decode().splitlines()
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert len(sentences) == 2
    assert "encrypted.pdf" in sentences[0]
    assert "Traceback" not in done.stderr.decode()


def test_nothing_half_written_for_a_refused_file(tmp_path: Path) -> None:
    run("read", BROKEN / "cut_off.docx", "--html", tmp_path / "out", "--akn", tmp_path / "out")
    assert not list(tmp_path.rglob("*.html"))
    assert not list(tmp_path.rglob("*.xml"))


def test_a_file_that_is_not_there() -> None:
    done = run("read", "no/such/file.txt", ENGLISH, "--json")
    assert done.returncode == 1
    assert "no/such/file.txt" in done.stderr.decode()
    assert len(done.stdout.splitlines()) == 1


def test_an_empty_folder(tmp_path: Path) -> None:
    done = run("read", tmp_path)
    assert done.returncode == 1
    assert "no file" in done.stderr.decode()


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind the superuser, who is running the tests")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    done = run("read", closed, ENGLISH, "--json")
    assert done.returncode == 1
    assert "closed" in done.stderr.decode()
    assert len(done.stdout.splitlines()) == 1


def test_output_to_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = run("read", ENGLISH, "--html", tmp_path / "file" / "below")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    "arguments",
    [["read"], ["read", ENGLISH, "--jobs", "0"], ["read", ENGLISH, "--language", "xx"], ["no-such-command"], ["read", "-", "-"]],
)
def test_wrong_use(arguments: list[str]) -> None:
    assert run(*arguments).returncode == 64
