"""``ploughshare declare`` and ``ploughshare sample`` as people of two sides meet them: files, output, exit statuses."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

ORIGIN, NAME = "urania.example/record", "urania-2026-03-01-initial"
INVENTORY = "kind,uid,site,status\n" + "".join(f"item,EX-{n:04},Site-{'AB'[n % 2]},stored\n" for n in range(1, 6))


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
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


def said(*arguments: str | Path, folder: Path, status: int = 0) -> Any:
    """What the command says as JSON."""
    done = run(*arguments, "--json", folder=folder)
    assert done.returncode == status, done.stdout + done.stderr
    return json.loads(done.stdout)


COMMIT = ("--schema", "kind,uid,site,status", "--slots", "8", "--declarant", "Urania", "--period", "2026-03-01")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a witnessed declaration, its vault, the policy of a reader, and a proof of the statement."""
    folder = tmp_path_factory.mktemp("made")
    log = said("record", "init", ORIGIN, "--purpose", "exercise", folder=folder)["vkey"]
    for side in ("host", "inspector"):
        vkey = said("key", "new", f"{side}.example", "--out", f"{side}.key", folder=folder)["vkey"]
        said("key", "trust", vkey, "--name", side, "--role", side, folder=folder)
    witness = said("key", "new", "witness.example", "--out", "witness.key", "--witness", folder=folder)["vkey"]
    (folder / "policy").write_text(f"log {log}\nwitness inspecting {witness}\nquorum inspecting\n")
    (folder / "alone").write_text(f"log {log}\nquorum none\n")
    (folder / "inventory.csv").write_text(INVENTORY)
    arguments = ("declare", "commit", "inventory.csv", *COMMIT, "--id", NAME, "--vault", "urania.vault", "--key", "host.key")
    done = run(*arguments, folder=folder)
    assert (done.returncode, "for ever" in done.stdout, "EX-0" in done.stdout) == (0, True, False), done.stderr
    (folder / "photo.jpg").write_bytes(bytes(range(256)) * 4)
    said("declare", "commit", "photo.jpg", "--evidence", "--id", "photo-7", "--declarant", "Urania", "--period", "2026",
         "--region", "face=100:200", "--vault", "photo.vault", "--key", "host.key", folder=folder)  # fmt: skip
    sign(folder, "--first-contact")
    said("record", "prove", "3", "--out", "statement.tlog-proof", folder=folder)
    return folder


def sign(folder: Path, *more: str) -> None:
    said("record", "checkpoint", folder=folder)
    said("record", "cosign", "--witness", "witness.key", "--pins", "pins", *more, folder=folder)


def test_help_has_examples(made: Path) -> None:
    for name in ("commit", "disclose", "check", "challenge", "open", "redact"):
        assert f"ploughshare declare {name}" in run("declare", name, "--help", folder=made).stdout
    for name in ("size", "bound", "sequential", "allocate", "draw", "game"):
        assert f"ploughshare sample {name}" in run("sample", name, "--help", folder=made).stdout


def test_a_stranger_checks_a_disclosure(made: Path, tmp_path: Path) -> None:
    said(
        "declare",
        "disclose",
        "urania.vault",
        "--uid",
        "EX-0003",
        "--open",
        "uid,site",
        "--out",
        tmp_path / "slot.json",
        folder=made,
    )
    for name in ("policy", "alone", "statement.tlog-proof"):
        (tmp_path / name).write_bytes((made / name).read_bytes())
    check = ("declare", "check", "slot.json", "--proof", "statement.tlog-proof", "--policy")
    found = said(*check, "policy", folder=tmp_path)
    assert (found["values"], found["hidden"]) == ({"uid": "EX-0003", "site": "Site-B"}, ["kind", "status"])
    assert (found["outcome"], found["witnesses"], found["declarant"]) == ("consistent", ["inspecting"], "Urania")
    assert "2 of 4 fields" in run(*check, "policy", folder=tmp_path).stdout
    assert said(*check, "alone", folder=tmp_path, status=4)["code"] == "QUORUM_NOT_MET"
    assert run(*check[:-1], folder=tmp_path).returncode == 64
    data = (tmp_path / "slot.json").read_text()
    (tmp_path / "slot.json").write_text(data.replace("EX-0003", "EX-0009"))
    done = run(*check, "policy", folder=tmp_path)
    assert (done.returncode, "NOT_IN_COMMITMENT" in done.stdout, "EX-0009" in done.stdout) == (2, True, False)
    (tmp_path / "slot.json").write_text("{}")
    assert said(*check, "policy", folder=tmp_path, status=1)["code"] == "MALFORMED"


def test_a_signed_opening_that_lies_proves_it(made: Path, tmp_path: Path) -> None:
    """S10: exit 2 unsigned, 3 signed by the declarant; 0 with the cause removed."""
    from ploughshare.recording import entry, keys
    from ploughshare.verifying.entries import OpeningBody

    host, other = (keys.load(made / f"{side}.key", lambda: "a long sentence") for side in ("host", "inspector"))
    said("declare", "disclose", "urania.vault", "--uid", "EX-0002", "--open", "uid", "--out", tmp_path / "good", folder=made)
    good = json.loads((tmp_path / "good").read_text())
    root = entry.parse(_raw(made)).body["statement"]["root"]
    bad = json.loads(json.dumps(good).replace("EX-0002", "EX-0007"))
    for value, signer, status in ((good, host, 0), (bad, host, 3), (bad, other, 2)):
        (tmp_path / "signed").write_bytes(entry.sign("opening", OpeningBody(root, value), signer, datetime.now(UTC)))
        found = said("declare", "check", tmp_path / "signed", "--policy", "policy", folder=made, status=status)
        assert found["exit"] == status
        assert "EX-0007" not in json.dumps(found)


def _raw(folder: Path) -> bytes:
    from ploughshare.recording import proof

    raw = proof.parse((folder / "statement.tlog-proof").read_bytes()).extra
    assert raw
    return raw


def test_the_whole_declaration(made: Path) -> None:
    said("declare", "open", "urania.vault", "--out", "all.jsonl", folder=made)
    found = said("declare", "check", "all.jsonl", "--full", "--policy", "policy", folder=made)
    assert (found["counts"], found["codes"]) == ({"item": 5, "void": 3}, [])
    lines = (made / "all.jsonl").read_text().splitlines(keepends=True)
    (made / "some.jsonl").write_text("".join(lines[1:]))
    assert (
        said("declare", "check", "some.jsonl", "--full", "--policy", "policy", folder=made, status=4)["code"]
        == "INCOMPLETE_OPENING"
    )


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ('{"kind":"item","uid":"EX-1","site":"S","status":"stored","mass":"SECRET"}', "FIELD_NOT_ALLOWED"),
        ('{"kind":"item","uid":"EX-1","site":"S","status":"SECRET words"}', "FIELD_NOT_ALLOWED"),
        ('{"kind":"item","uid":"EX-1","site":"S","SECRET":"stored"}', "FIELD_NOT_ALLOWED"),
        ('{"kind":"item","uid":"EX-1","site":"SECRET","site":"S"}', "MALFORMED"),
        ('{"kind":"item","uid":"EX-1","site":"S","status":4.25}', "FIELD_NOT_ALLOWED"),
        ("SECRET", "MALFORMED"),
        ('[{"kind":"item"}, "SECRET"]', "MALFORMED"),
    ],
)
def test_a_field_that_no_record_may_have(made: Path, tmp_path: Path, records: str, code: str) -> None:
    """S13: exit 1, refused before hashing, no vault, nothing on the record, and the value is not repeated."""
    (tmp_path / "records.json").write_text(records)
    size = said("record", "log", "--last", "1", folder=made)["entry"]
    arguments = (*COMMIT, "--id", "d", "--vault", tmp_path / "vault", "--key", "host.key")
    done = run("declare", "commit", tmp_path / "records.json", *arguments, folder=made)
    assert (done.returncode, code in done.stderr) == (1, True), done.stderr
    assert not any(word in done.stderr + done.stdout for word in ("SECRET", "mass", "Traceback"))
    assert not (tmp_path / "vault").exists()
    assert said("record", "log", "--last", "1", folder=made)["entry"] == size


def test_a_challenge(made: Path) -> None:
    ask = ("declare", "challenge", NAME, "--uid", "EX-0004", "--key", "inspector.key", "--deadline")
    assert run(*ask, "2026-03-01T00:00:00Z", folder=made).returncode == 1
    assert run(*ask, "tomorrow", folder=made).returncode == 1
    index = said(*ask, "2126-01-01T00:00:00Z", folder=made)["entry"]
    state = said("declare", "check", folder=made)
    assert (state["challenges"][0]["state"], state["exit"]) == ("open", 0)
    late = said("declare", "check", "--at", "2126-01-01T00:00:01Z", folder=made, status=4)
    assert [one["code"] for one in late["findings"]] == ["DISCLOSURE_OVERDUE"]
    said("declare", "disclose", "urania.vault", "--uid", "EX-0004", "--open", "uid", "--on-record", "--challenge", str(index),
         "--key", "host.key", folder=made)  # fmt: skip
    assert said("declare", "check", "--at", "2126-01-01T00:00:01Z", folder=made)["challenges"][0]["state"] == "answered"
    assert said("record", "audit", folder=made)["unknown_types"] == {}


def test_evidence_with_a_part_withheld(made: Path) -> None:
    assert said("declare", "redact", "photo.vault", folder=made)["segments"] == ["segment_0", "face", "segment_2"]
    said("declare", "redact", "photo.vault", "--withhold", "face=privacy", "--out", "release.json", folder=made)
    found = said("declare", "check", "release.json", "--policy", "policy", "--out", "shown.jpg", folder=made)
    assert (found["segments"], found["withheld"]) == (3, {"face": "privacy"})
    data = (made / "photo.jpg").read_bytes()
    assert (made / "shown.jpg").read_bytes() == data[:100] + data[200:]
    assert run("declare", "redact", "photo.vault", "--withhold", "face=because", "--out", "x", folder=made).returncode == 1


def test_a_vault_is_never_overwritten_and_a_lost_passphrase_is_final(made: Path) -> None:
    done = run("declare", "commit", "inventory.csv", *COMMIT, "--id", "x", "--vault", "urania.vault", folder=made)
    assert (done.returncode, "VAULT_EXISTS" in done.stderr) == (1, True)
    (made / "other").write_text("another sentence")
    done = run("declare", "open", "urania.vault", "--out", "x", "--vault-passphrase-file", "other", folder=made)
    assert (done.returncode, "for ever" in done.stderr) == (1, True)


# -- sample --------------------------------------------------------------------------------------------------------------------
def test_sizes_and_bounds(tmp_path: Path) -> None:
    found = said("sample", "size", "-N", "300", "-d", "10", "--beta", "0.10", "--plot", "size.svg", folder=tmp_path)
    assert (found["exact"], found["approximation"], found["binomial"]) == (61, 61, 62)
    assert (tmp_path / "size.svg").read_text().startswith("<svg")
    assert found["figures"]["rows"][0][0] == 0
    assert run("sample", "size", "-N", "300", "-d", "10", "--plot", "size.svg", folder=tmp_path).returncode == 1
    table = run("sample", "size", "-N", "300", "-d", "10", "--table", folder=tmp_path).stdout
    assert max(map(len, table.splitlines())) <= 150
    found = said("sample", "bound", "-N", "100", "-n", "45", folder=tmp_path)
    assert (found["not_excluded"], found["excluded"]) == (4, 5)
    assert any("up to 4 bad items are not excluded" in one for one in found["sentences"])
    done = run("sample", "bound", "-N", "100", "-n", "45", "--found", "1", folder=tmp_path)
    assert (done.returncode, "no statement of confidence" in done.stdout) == (2, True)
    assert run("sample", "size", "-N", "300", "-d", "301", folder=tmp_path).returncode == 1
    assert run("sample", "size", "-N", "300", folder=tmp_path).returncode == 64


def test_sequential_allocate_game(tmp_path: Path) -> None:
    plan = ("sample", "sequential", "--low", "0.01", "--high", "0.10")
    found = said(*plan, folder=tmp_path)
    assert (found["earliest_accept"], round(found["alpha"], 4), round(found["mean"][0], 2)) == (31, 0.0229, 39.57)
    for more, status, decision in (
        (("--looked", "31", "--found", "0"), 0, "accept"),
        (("--looked", "5", "--found", "2"), 2, "reject"),
        (("--looked", "40", "--found", "1", "--most", "40"), 4, "inconclusive"),
    ):
        assert said(*plan, *more, folder=tmp_path, status=status)["decision"] == decision
    found = said(
        "sample", "allocate", "--stratum", "100:1", "--stratum", "50:2", "--effort", "30", "--quantity", "6", folder=tmp_path
    )
    assert (found["whole"], round(found["nondetection"], 6)) == ([15, 15], 0.40657)
    assert said("sample", "allocate", "--stratum", "10", "--stratum", "10", "-n", "4", "-d", "2", folder=tmp_path)["fixed"] == 0.64
    assert said("sample", "game", "season", "--periods", "8", "--inspections", "3", folder=tmp_path)["exact"] == "35/93"
    found = said("sample", "game", "deterrence", "--gain", "1", "--loss", "9", folder=tmp_path)
    assert (found["exact"], "no estimates about any State" in found["sentences"][1]) == ("1/10", True)
    assert run(*plan, "--looked", "31", folder=tmp_path).returncode == 64


def test_a_joint_draw(made: Path, tmp_path: Path) -> None:
    """S11 and its cause removed."""
    terms = ("--root", "ab" * 32, "-N", "100", "-n", "5", "--reveal-by", "2126-01-01T00:00:00Z", "--fallback", "inspector-chooses")
    for side in ("host", "inspector"):
        said("sample", "draw", "seed", "--out", tmp_path / side, folder=made)
    commit = ("sample", "draw", "commit", "round-1", *terms)
    said(*commit, "--side", "host", "--seed", tmp_path / "host", "--key", "host.key", folder=made)
    reveal = ("sample", "draw", "reveal", "round-1", "--side")
    done = run(*reveal, "host", "--seed", tmp_path / "host", "--key", "host.key", folder=made)
    assert (done.returncode, "has not committed" in done.stderr) == (1, True)
    said(*commit, "--side", "inspector", "--seed", tmp_path / "inspector", "--key", "inspector.key", folder=made)
    assert said("sample", "draw", "settle", "round-1", folder=made, status=4)["state"] == "seeds awaited"
    said(*reveal, "inspector", "--seed", tmp_path / "inspector", "--key", "inspector.key", folder=made)
    late = said("sample", "draw", "settle", "round-1", "--at", "2126-01-01T00:00:01Z", folder=made, status=2)
    assert [one["code"] for one in late["findings"]] == ["SEED_WITHHELD"]
    done = run(*reveal, "host", "--seed", tmp_path / "inspector", "--key", "host.key", folder=made)
    assert (done.returncode, "not the seed" in done.stderr) == (1, True)
    said(*reveal, "host", "--seed", tmp_path / "host", "--key", "host.key", folder=made)
    found = said("sample", "draw", "settle", "round-1", folder=made)
    seeds = ("--host", tmp_path / "host", "--inspector", tmp_path / "inspector")
    again = said("sample", "draw", "replay", *seeds, *terms[:6], folder=made)
    assert found["selected"] == again["selected"]
    assert len(found["selected"]) == 5
