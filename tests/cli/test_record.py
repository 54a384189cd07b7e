"""``ploughshare key`` and ``ploughshare record`` as a person meets them: output, files, refusals, exit statuses."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ORIGIN = "urania.example/record"


def run(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The command as the shell runs it, without a terminal."""
    return subprocess.run(
        [sys.executable, "-m", "ploughshare", *map(str, arguments)],
        input="",
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=folder,
        env={**os.environ, "PLOUGHSHARE_PASSPHRASE": "a long sentence"},
    )


def said(*arguments: str | Path, folder: Path | None = None, status: int = 0) -> Any:
    """What the command says as JSON."""
    done = run(*arguments, "--json", folder=folder)
    assert (done.returncode, done.stderr if status == 0 else "") == (status, ""), done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library whose record introduces an author and was signed twice; copy it before you change it."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "vkey").write_text(said("record", "init", ORIGIN, "--purpose", "acts of Urania", folder=folder)["vkey"])
    anna = said("key", "new", "anna.urania.example", "--out", "anna.key", folder=folder)["vkey"]
    said("key", "new", "witness.example", "--out", "witness.key", "--witness", folder=folder)
    said("key", "trust", anna, "--name", "Anna", "--role", "rapporteur", folder=folder)
    shutil.copytree(folder / "library", folder / "before")
    said("record", "checkpoint", folder=folder)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "made"))


def test_help_has_examples() -> None:
    for group in ("key", "record"):
        assert f"ploughshare {group}" in run(group, "--help").stdout
    for command in ("init", "checkpoint", "prove", "verify", "audit", "compare", "cosign", "show", "log"):
        assert f"ploughshare record {command}" in run("record", command, "--help").stdout
    for command in ("new", "show", "trust"):
        assert f"ploughshare key {command}" in run("key", command, "--help").stdout


def test_keys(folder: Path) -> None:
    shown = said("key", "show", "anna.key", folder=folder)
    assert (shown["name"], shown["sealed"], shown["witness"]) == ("anna.urania.example", True, False)
    assert said("key", "show", "witness.key", folder=folder)["witness"]
    assert not said("key", "show", "library/keys/library.key", folder=folder)["sealed"]
    done = run("key", "new", "x.example", "--out", "anna.key", folder=folder)
    assert (done.returncode, "already" in done.stderr) == (1, True)
    done = run("key", "trust", shown["vkey"], "--name", "Anna", "--role", "x", folder=folder)
    assert (done.returncode, "introduced before" in done.stderr) == (1, True)


def test_what_is_on_the_record(folder: Path) -> None:
    shown = said("record", "show", "1", folder=folder)
    assert (shown["type"], shown["body"]["name"]) == ("author", "Anna")
    assert "author" in run("record", "show", "1", folder=folder).stdout
    lines = [json.loads(line) for line in run("record", "log", "--json", folder=folder).stdout.splitlines()]
    assert [(line["entry"], line["type"]) for line in lines] == [(0, "header"), (1, "author")]
    listed = run("record", "log", "--last", "1", folder=folder).stdout
    assert "header" not in listed
    assert max(map(len, listed.splitlines())) <= 132
    assert run("record", "show", "9", folder=folder).returncode == 1


def test_a_proof_verifies_without_the_library(folder: Path, tmp_path: Path) -> None:
    said("record", "prove", "1", "--out", "one.tlog-proof", folder=folder)
    alone = tmp_path / "elsewhere"
    alone.mkdir()
    for name in ("one.tlog-proof", "vkey"):
        shutil.copy(folder / name, alone / name)
    shutil.copy(folder / "library/record/checkpoint", alone)
    found = said("record", "verify", "one.tlog-proof", "--key", "vkey", folder=alone)
    assert (found["entry"], found["type"], found["origin"], found["quorum"]) == (1, "author", ORIGIN, True)
    assert said("record", "verify", "checkpoint", "--key", (alone / "vkey").read_text(), folder=alone)["size"] == 2
    words = run("record", "verify", "one.tlog-proof", "--key", "vkey", folder=alone)
    assert "Entry 1 is on the record urania.example/record" in words.stdout
    # Another entry, another key, nothing that is trusted, too few witnesses, a changed file.
    (alone / "wrong").write_text("{}")
    assert run("record", "verify", "one.tlog-proof", "--key", "vkey", "--entry", "wrong", folder=alone).returncode == 1
    other = said("key", "show", folder / "anna.key")["vkey"]
    assert run("record", "verify", "one.tlog-proof", "--key", other, folder=alone).returncode == 1
    assert run("record", "verify", "one.tlog-proof", folder=alone).returncode == 64
    witness = said("key", "show", folder / "witness.key")["vkey"]
    (alone / "policy").write_text(f"log {(alone / 'vkey').read_text()}\nwitness w {witness}\nquorum w\n")
    done = run("record", "verify", "one.tlog-proof", "--policy", "policy", folder=alone)
    assert (done.returncode, "inconclusive" in done.stdout) == (4, True)
    data = (alone / "one.tlog-proof").read_bytes()
    (alone / "one.tlog-proof").write_bytes(data.replace(b"index 1", b"index 0"))
    done = run("record", "verify", "one.tlog-proof", "--key", "vkey", folder=alone)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert run("record", "verify", "one.tlog-proof", "--key", "vkey", "--policy", "policy", folder=alone).returncode == 64


def test_an_audit_of_our_own_and_of_static_files(folder: Path) -> None:
    found = said("record", "audit", folder=folder)
    assert (found["outcome"], found["exit"], found["key_given"]) == ("consistent", 0, False)
    found = said("record", "audit", "library/record", "--tiles", "--key", "vkey", "--jobs", "1", folder=folder)
    assert (found["outcome"], found["key_given"], found["cores"]) == ("consistent", True, 1)
    tile = folder / "library/record/tile/0/000.p/2"
    tile.write_bytes(bytes(64))
    done = run("record", "audit", "--tiles", folder=folder)
    assert (done.returncode, "TILE_MISMATCH" in done.stdout) == (2, True)
    done = run("record", "audit", "nowhere", folder=folder)
    assert (done.returncode, "no log here" in done.stderr) == (1, True)
    for verdict in ("compliant", "violation"):
        assert verdict not in done.stdout


def fork(folder: Path) -> None:
    """From the state before the first checkpoint, another history of the same size under the same key."""
    other = said("key", "new", "bela.urania.example", "--out", "bela.key", folder=folder)["vkey"]
    shutil.rmtree(folder / "fork", ignore_errors=True)
    (folder / "fork").mkdir()
    shutil.copytree(folder / "before" / "keys", folder / "fork" / "keys")
    said("record", "init", ORIGIN, "--purpose", "acts of Urania", "--library", "fork", folder=folder)
    said("key", "trust", other, "--name", "Bela", "--role", "x", "--library", "fork", folder=folder)
    said("record", "checkpoint", "--library", "fork", folder=folder)


def test_two_histories_are_compared_and_proven(folder: Path) -> None:
    fork(folder)
    assert said("record", "compare", "library/record", folder=folder)["outcome"] == "same"
    found = said("record", "compare", "fork/record", folder=folder, status=3)
    assert (found["outcome"], found["sizes"]) == ("fork", [2, 2])
    proven = said("record", "verify", found["evidence"], "--key", "vkey", folder=folder, status=3)
    assert proven["origin"] == ORIGIN
    other = said("key", "show", "bela.key", folder=folder)["vkey"]
    assert run("record", "verify", found["evidence"], "--key", other, folder=folder).returncode == 1
    found = said("record", "audit", "--pinned", "fork/record/checkpoint", "--evidence", "kept", folder=folder, status=3)
    assert [finding["code"] for finding in found["findings"]] == ["EQUIVOCATION"]
    assert (folder / found["evidence"][0]).exists()
    # A checkpoint file is enough to compare with, and not enough to say whose it is.
    assert said("record", "compare", "library/record/checkpoint", folder=folder)["outcome"] == "same"
    arguments = ("record", "compare", "library/record/checkpoint", "--with", "fork/record/checkpoint")
    assert run(*arguments, folder=folder).returncode == 64
    assert run(*arguments, "--key", "vkey", folder=folder).returncode == 3


def test_a_witness_cosigns_what_goes_on(folder: Path) -> None:
    arguments = ("record", "cosign", "--witness", "witness.key", "--pins", "pins")
    done = run(*arguments, folder=folder)
    assert (done.returncode, "never seen before" in done.stderr) == (1, True)
    said(*arguments, "--first-contact", "--key", "vkey", folder=folder)
    assert len((folder / "library/record/checkpoint").read_text().splitlines()) == 6
    bela = said("key", "new", "bela.urania.example", "--out", "b.key", folder=folder)["vkey"]
    said("key", "trust", bela, "--name", "Bela", "--role", "x", folder=folder)
    assert said("record", "checkpoint", folder=folder)["size"] == 3
    assert said(*arguments, folder=folder)["cosigned"]
    fork(folder)
    pinned = shutil.copytree(folder / "pins", folder / "pins-before") / "pins.sqlite"
    done = run(*arguments, "--library", "fork", folder=folder)
    assert (done.returncode, "3 were seen before" in done.stderr) == (2, True)
    assert pinned.read_bytes() == (folder / "pins/pins.sqlite").read_bytes()
    # A mirror without a database is cosigned as well.
    (folder / "mirror").mkdir()
    shutil.copytree(folder / "library/record", folder / "mirror/record", ignore=shutil.ignore_patterns("record.sqlite*"))
    assert said(*arguments, "--library", "mirror", folder=folder)["cosigned"]
    assert said("record", "audit", "mirror/record", folder=folder)["exit"] == 0


def test_nothing_is_there_yet(tmp_path: Path) -> None:
    for arguments in (("checkpoint",), ("prove", "0"), ("show", "0"), ("log",), ("audit",)):
        done = run("record", *arguments, folder=tmp_path)
        assert (done.returncode, "record init" in done.stderr) == (1, True), done.stderr
    assert not list(tmp_path.iterdir())
    assert run("record", "prove", "--", "-1", folder=tmp_path).returncode == 64


def test_a_record_begins_once(folder: Path) -> None:
    done = run("record", "init", ORIGIN, "--purpose", "again", folder=folder)
    assert (done.returncode, "already" in done.stderr) == (1, True)
    done = run("record", "init", "with blank", "--purpose", "x", "--library", "new", folder=folder)
    assert (done.returncode, (folder / "new").exists()) == (1, False)
    (folder / "policy").write_text(f"log {(folder / 'vkey').read_text()}\nquorum none\n")
    done = run("record", "init", ORIGIN, "--purpose", "x", "--library", "new", "--policy", "policy", folder=folder)
    assert (done.returncode, "key new" in done.stderr) == (1, True)
