"""The audit: an honest log is consistent, and whatever was done to one is told by its code and its entry."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import apsw
import pytest

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, entry, merkle, note, policy, tiles
from ploughshare.recording.audit import audit
from ploughshare.recording.database import DATABASE
from ploughshare.recording.findings import ANOMALY, CONSISTENT, INCONCLUSIVE, PROVEN, Audit
from ploughshare.recording.signatures import MANY
from ploughshare.recording.store import Record
from tests.conftest import SOAK
from tests.recording.made_up import ANNA, BELA, LOG, ORIGIN, SECOND, STRANGER, WITNESS, at, remark, small
from tests.recording.test_entry import forged
from tests.recording.vectors import own


def codes(found: Audit) -> set[tuple[str, int | None]]:
    return {(finding.code, finding.index) for finding in found.findings}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record of more than one tile, with two checkpoints; copy it before you change it."""
    folder = tmp_path_factory.mktemp("sound") / "record"
    with small(folder, 300) as record:
        record.checkpoint(LOG)
        record.append([entry.sign("correction", entry.Correction(5, "a slip"), BELA, at(400))])
        record.checkpoint(LOG)
        record.append([remark("after the checkpoint", 401)])
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sound, tmp_path / "record"))


@pytest.mark.parametrize("static", [False, True])
def test_an_honest_log_is_consistent(sound: Path, static: bool) -> None:
    found = audit(sound, static=static, key=LOG.key)
    assert (found.exit_code, found.findings) == (CONSISTENT, [])
    assert found.checkpoint is not None
    assert (found.size, found.checkpoint.size, found.authors) == (304 if static else 305, 304, 2)
    assert found.types == {"header": 1, "author": 2, "note": 300 if static else 301, "correction": 1}
    assert set(found.seconds) == {"tree and chain", "signatures"}


def test_several_cores_say_the_same(tmp_path: Path) -> None:
    bad = remark("one thing", MANY - 10).replace(b"one thing", b"1nd thing")
    raw = [remark(str(n), n) for n in range(MANY)]
    raw[MANY - 10] = bad
    folder = foreign(tmp_path / "log", raw)
    one, two = (audit(folder, workers=workers) for workers in (1, 2))
    assert (one.workers, two.workers) == (1, 2)
    assert codes(one) == codes(two) == {("SIGNATURE_BAD", MANY - 7)}


def test_no_log_at_all(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="no log here"):
        audit(tmp_path)


def test_without_a_checkpoint_nothing_vouches_for_the_tree(tmp_path: Path) -> None:
    small(tmp_path / "record").close()
    found = audit(tmp_path / "record")
    assert codes(found) == {("NO_CHECKPOINT", None)}
    assert found.exit_code == INCONCLUSIVE


def test_an_old_copy_of_the_database_beside_a_newer_checkpoint_is_a_rollback(sound: Path, folder: Path) -> None:
    with Record.open(folder) as record:
        record.checkpoint(LOG)
    shutil.copy(sound / DATABASE, folder / DATABASE)
    found = audit(folder, key=LOG.key)
    assert codes(found) == {("ROLLBACK", None)}
    assert found.exit_code == ANOMALY


# -- a copy that was damaged --------------------------------------------------------------------------------------------------
def sql(statement: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        database = apsw.Connection(str(folder / DATABASE))
        database.execute(statement)
        database.close()

    return change


DAMAGE: dict[str, tuple[str, set[tuple[str, int | None]]]] = {
    "entry edited": (
        "UPDATE entry SET data = CAST(replace(data, 'remark 5', 'remark X') AS BLOB) WHERE i = 7",
        {("SIGNATURE_BAD", 7), ("TILE_MISMATCH", 7), ("TREE_MISMATCH", None)},
    ),
    "entry gone": ("DELETE FROM entry WHERE i = 7", {("DAMAGED", 6)}),
    "entry no entry": (
        "UPDATE entry SET data = CAST('words' AS BLOB) WHERE i = 7",
        {("ENTRY_MALFORMED", 7), ("TILE_MISMATCH", 7), ("TREE_MISMATCH", None)},
    ),
    "first tile": ("UPDATE tile SET hashes = zeroblob(8192) WHERE level = 0 AND number = 0", {("TILE_MISMATCH", 0)}),
    "last tile": ("DELETE FROM tile WHERE level = 0 AND number = 1", {("TILE_MISMATCH", 256)}),
    "tile above": ("UPDATE tile SET hashes = zeroblob(32) WHERE level = 1", {("TILE_MISMATCH", 0)}),
    "table of authors": ("UPDATE author SET i = 5 WHERE i = 1", {("DAMAGED", None)}),
    "checkpoint": (
        "UPDATE checkpoint SET note = CAST(replace(note, char(10) || '304', char(10) || '303') AS BLOB) WHERE size = 304",
        {("CHECKPOINT_BAD", None)},
    ),
    "entries after the checkpoint": (
        "DELETE FROM entry WHERE i >= 303",
        {("ENTRIES_LOST", None), ("TILE_MISMATCH", 303)},
    ),
}


@pytest.mark.parametrize("case", DAMAGE)
def test_damage_is_named_and_is_not_misbehaviour(folder: Path, case: str) -> None:
    statement, expected = DAMAGE[case]
    sql(statement)(folder)
    found = audit(folder, key=LOG.key)
    assert expected <= codes(found)
    assert found.exit_code == ANOMALY


def test_every_flipped_bit_of_the_static_files_is_noticed(tmp_path: Path) -> None:
    with small(tmp_path / "record", 1) as record:
        record.checkpoint(LOG)
    folder = tmp_path / "record"
    (folder / DATABASE).unlink()
    assert audit(folder, key=LOG.key).exit_code == CONSISTENT
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "sqlite" not in path.name):
        data = path.read_bytes()
        for bit in range(0, 8 * len(data), 1 if SOAK else 17):
            changed = bytearray(data)
            changed[bit // 8] ^= 1 << bit % 8
            path.write_bytes(bytes(changed))
            try:
                noticed = audit(folder, key=LOG.key, workers=1).exit_code
            except RecordError:
                noticed = 1
            assert noticed, f"{path.name}, bit {bit}"
        path.write_bytes(data)


def test_a_flipped_bit_anywhere_in_the_database_is_noticed_or_changes_nothing(folder: Path) -> None:
    """SQLite leaves room on its pages that nobody reads: there a bit may flip, and the entries must be the same."""
    path = folder / DATABASE
    with Record.open(folder) as record:
        truth = list(record.entries())
    data = path.read_bytes()
    for bit in range(5, 8 * len(data), len(data) // 40 * 8 + 1):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        path.write_bytes(bytes(changed))
        try:
            noticed = audit(folder, key=LOG.key, workers=1).exit_code
        except RecordError:
            noticed = 1
        if not noticed:
            with Record.open(folder, write=False) as record:
                assert list(record.entries()) == truth


@pytest.mark.parametrize("name", ["policy", "schema.json"])
def test_files_that_the_header_names(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(path.read_bytes() + b"\n")
    assert codes(audit(folder)) == {("FILE_CHANGED", None)}


def test_a_truncated_tile(folder: Path) -> None:
    path = folder / "tile/0/000"
    path.write_bytes(path.read_bytes()[:-32])
    assert codes(audit(folder, static=True)) == {("TILE_MISMATCH", 255)}
    path = folder / "tile/entries/000"
    path.write_bytes(path.read_bytes()[:-32])
    found = audit(folder, static=True)
    assert found.exit_code == ANOMALY
    assert ("HEADER_BAD", 0) in codes(found)


# -- a log that was written by others -----------------------------------------------------------------------------------------
def foreign(folder: Path, raw: list[bytes], signer: note.Signer = LOG) -> Path:
    """Static files of a log with a header, two authors, and these entries, whatever they are; signed by the log."""
    with small(folder / "beginning", 0) as record:
        entries = [*record.entries(), *raw]
        shutil.copy(folder / "beginning" / "policy", folder / "policy")
    shutil.rmtree(folder / "beginning")
    write(folder, entries, signer)
    return folder


def write(folder: Path, entries: list[bytes], signer: note.Signer = LOG) -> note.Note:
    leaves = [merkle.leaf_hash(data) for data in entries]
    size = len(entries)
    for level in tiles.levels(size):
        for number in range(-(-(size >> 8 * level) // 256)):
            width = tiles.width(size, level, number)
            path = folder / tiles.path(level, number, width)
            path.parent.mkdir(parents=True, exist_ok=True)
            first = number * 256
            path.write_bytes(b"".join(merkle.node_of(leaves)(8 * level, first + n) for n in range(width)))
            if level == 0:
                path = folder / tiles.path(None, number, width)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(tiles.bundle(entries[first : first + width]))
    signed = checkpoint.sign(checkpoint.Checkpoint(ORIGIN, size, merkle.root(size, merkle.node_of(leaves))), signer)
    (folder / "checkpoint").write_bytes(bytes(signed))
    return signed


def forged_note() -> bytes:
    return remark("one thing", 5).replace(b"one thing", b"1nd thing")


BAD: dict[str, tuple[bytes, str]] = {
    "forged": (forged_note(), "SIGNATURE_BAD"),
    "nobody's": (remark("x", 5, STRANGER), "AUTHOR_UNKNOWN"),
    "late": (remark("x", -5), "TIME_DISORDER"),
    "second header": (entry.sign("header", entry.Header(str(LOG.key), ORIGIN, "0" * 64, "x", "0" * 64), LOG, at(5)), "HEADER_BAD"),
    "other body": (forged(type="author", by=str(STRANGER.key)), "BODY_MALFORMED"),
    "corrects the future": (entry.sign("correction", entry.Correction(99, "x"), ANNA, at(5)), "REFERENCE_BAD"),
    "withdraws another's": (entry.sign("correction", entry.Correction(3, "x", True), BELA, at(5)), "REFERENCE_BAD"),
    "not canonical": (remark("x", 5) + b"\n", "ENTRY_MALFORMED"),
    "no entry": (b"\xff\x00", "ENTRY_MALFORMED"),
    "empty": (b"", "ENTRY_MALFORMED"),
    "deep": (b'{"at":' + b"[" * 30_000, "ENTRY_MALFORMED"),
}


@pytest.mark.parametrize("case", BAD)
def test_an_entry_that_should_not_be_there_is_named(tmp_path: Path, case: str) -> None:
    bad, code = BAD[case]
    fine = remark("fine", 5)
    found = audit(foreign(tmp_path / "log", [remark("first", 2), bad, fine]), key=LOG.key)
    assert (code, 4) in codes(found)
    assert {index for _, index in codes(found)} == {4}
    assert found.exit_code == ANOMALY
    # With the cause removed, all is well.
    assert audit(foreign(tmp_path / "other", [remark("first", 2), fine]), key=LOG.key).exit_code == CONSISTENT


def test_types_of_others_are_kept_and_counted(tmp_path: Path) -> None:
    introduced = entry.sign("author", entry.Author(str(STRANGER.key), "S", "guest"), LOG, at(0))
    folder = foreign(tmp_path / "log", [introduced, forged(type="unheard-of"), forged(type="unheard-of")])
    found = audit(folder, key=LOG.key)
    assert (found.exit_code, dict(found.unknown)) == (CONSISTENT, {"unheard-of": 2})


def test_the_log_of_the_exercise_is_not_one_of_ours(tmp_path: Path) -> None:
    """Its tree holds; its entries carry no envelope."""
    vectors = own("exercise_log_end_to_end")
    (tmp_path / "tile/0/000.p").mkdir(parents=True)
    (tmp_path / "tile/entries/000.p").mkdir(parents=True)
    (tmp_path / "tile/0/000.p/5").write_bytes(bytes.fromhex(vectors["tile_level0_hex"]))
    (tmp_path / "tile/entries/000.p/5").write_bytes(bytes.fromhex(vectors["entry_bundle_hex"]))
    (tmp_path / "checkpoint").write_text(vectors["checkpoint_5"])
    found = audit(tmp_path)
    assert codes(found) == {("HEADER_BAD", 0)}
    assert found.exit_code == ANOMALY


def test_a_log_under_another_key_than_the_one_trusted(folder: Path) -> None:
    found = audit(folder, key=note.Signer.new(ORIGIN).key)
    assert {code for code, _ in codes(found)} == {"HEADER_BAD", "CHECKPOINT_BAD"}


def test_a_checkpoint_without_the_key_of_the_header(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "log", [], note.Signer.new(ORIGIN))
    assert codes(audit(folder)) == {("CHECKPOINT_BAD", None)}


# -- witnesses and history ----------------------------------------------------------------------------------------------------
def test_a_quorum_that_is_not_met_is_inconclusive(tmp_path: Path) -> None:
    text = f"log {LOG.key}\nwitness one {WITNESS.key}\nwitness two {SECOND.key}\ngroup both all one two\nquorum both\n"
    with small(tmp_path / "record", policy=text.encode()) as record:
        signed = record.checkpoint(LOG)
        record.cosigned(signed, checkpoint.cosign(signed, WITNESS, 1).signatures[1:])
        found = audit(tmp_path / "record")
        assert (codes(found), found.exit_code) == ({("QUORUM_NOT_MET", None)}, INCONCLUSIVE)
        assert set(found.witnesses) == {"one"}
        record.cosigned(signed, checkpoint.cosign(signed, SECOND, 1).signatures[1:])
        assert audit(tmp_path / "record").exit_code == CONSISTENT
    # What the reader trusts goes before what the log says of itself.
    stranger = f"log {LOG.key}\nwitness x {note.Signer.new('x.example', note.COSIGNATURE).key}\nquorum x\n"
    assert audit(tmp_path / "record", policy=policy.parse(stranger.encode())).exit_code == INCONCLUSIVE
    (tmp_path / "record" / "policy").unlink()
    assert codes(audit(tmp_path / "record")) == {("POLICY_MISSING", None)}


def test_history_rewritten_is_proven(tmp_path: Path) -> None:
    """The log signed five entries, then another five, and then six that go on from the second."""
    raw = [remark("first", 1), remark("second", 2)]
    pinned = write_again(tmp_path / "log", raw)
    other = [remark("first", 1), remark("rewritten", 2)]
    write_again(tmp_path / "log", other)
    found = audit(tmp_path / "log", key=LOG.key, pinned=pinned)
    assert (codes(found), found.exit_code) == ({("EQUIVOCATION", None)}, PROVEN)
    write_again(tmp_path / "log", [*other, remark("third", 3)])
    found = audit(tmp_path / "log", key=LOG.key, pinned=pinned)
    assert (codes(found), found.exit_code) == ({("HISTORY_REWRITTEN", None)}, PROVEN)
    for evidence in found.evidence:
        evidence.check(LOG.key)
    write_again(tmp_path / "log", [*raw, remark("third", 3)])
    assert audit(tmp_path / "log", key=LOG.key, pinned=pinned).exit_code == CONSISTENT
    write_again(tmp_path / "log", raw[:1])
    found = audit(tmp_path / "log", key=LOG.key, pinned=pinned)
    assert (codes(found), found.exit_code) == ({("ROLLBACK", None)}, ANOMALY)


def write_again(folder: Path, raw: list[bytes]) -> note.Note:
    shutil.rmtree(folder, ignore_errors=True)
    foreign(folder, raw)
    return note.parse((folder / "checkpoint").read_bytes())


def test_rewritten_and_signed_anew_in_our_own_record(folder: Path) -> None:
    """Whoever rewrites the database and signs again leaves the older checkpoint behind, or loses it where others hold it."""
    with Record.open(folder) as record:
        kept = [bytes(signed) for _, signed in record.checkpoints()]
    with small(folder.parent / "rewritten", 299) as record:
        record.append([remark("another end", 300)])
        record.append([remark("and on", 300) for _ in range(3)])
        record.checkpoint(LOG)
    database = apsw.Connection(str(folder.parent / "rewritten" / DATABASE))
    database.execute("INSERT INTO checkpoint VALUES (303, '', ?)", (kept[0],))
    database.close()
    found = audit(folder.parent / "rewritten", key=LOG.key)
    assert (codes(found), found.exit_code) == ({("HISTORY_REWRITTEN", None)}, PROVEN)


def test_findings_are_counted_past_those_that_are_told(tmp_path: Path) -> None:
    folder = foreign(tmp_path / "log", [forged_note()] * 250)
    found = audit(folder)
    assert found.counts["SIGNATURE_BAD"] == 250
    assert len(found.findings) == 100
    json.dumps([(finding.code, finding.index, finding.what) for finding in found.findings])
