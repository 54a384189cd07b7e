"""The record in its folder: what is refused, what is kept, and that the static files say the same."""

import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, entry, merkle, note, tiles
from ploughshare.recording.database import DATABASE
from ploughshare.recording.entry import Author, Correction
from ploughshare.recording.mirror import Mirror, open_log
from ploughshare.recording.static import UNFINISHED
from ploughshare.recording.store import Record
from tests.recording.made_up import ANNA, BELA, LOG, ORIGIN, STRANGER, WITNESS, at, remark, small
from tests.recording.vectors import own

ROOT = Path(__file__).resolve().parents[2]


def test_a_new_record_says_what_it_is(tmp_path: Path) -> None:
    with Record.create(tmp_path / "record", ORIGIN, LOG, "an exercise in Urania") as record:
        found, header = record.header()
        assert (header.origin, header.log, record.size) == (ORIGIN, str(LOG.key), 1)
        assert found.author == record.key() == LOG.key
        assert record.latest() is None
    with pytest.raises(RecordError, match="already"):
        Record.create(tmp_path / "record", ORIGIN, LOG, "again")
    with pytest.raises(RecordError, match="cannot be that of the log"):
        Record.create(tmp_path / "other", ORIGIN, ANNA, "with the wrong key")
    assert not (tmp_path / "other").exists()


def test_what_was_appended_is_there_for_the_next(tmp_path: Path) -> None:
    new = [remark("one", 20), remark("two", 20, BELA)]
    with small(tmp_path) as record:
        before = list(record.entries())
        assert record.append(new) == range(10, 12)
        assert record.append([]) == range(12, 12)
    with Record.open(tmp_path) as record:
        assert list(record.entries()) == [*before, *new]
        assert record.entry(11) == new[1]
        assert [body.name for _, body in record.authors()] == ["Anna.Example", "Bela.Example"]
        for index in (-1, 12):
            with pytest.raises(RecordError, match=f"no entry {index}"):
                record.entry(index)


def correction(index: int, author: note.Signer, *, withdraws: bool = False) -> bytes:
    return entry.sign("correction", Correction(index, "a slip", withdraws), author, at(60))


REFUSED = {
    "no author": (remark("x", 60, STRANGER), "introduced its author"),
    "earlier": (remark("x", 6), "before that of the entry before it"),
    "second header": (entry.sign("header", entry.Header(str(LOG.key), ORIGIN, "0" * 64, "x", "0" * 64), LOG, at(60)), "one header"),
    "introduced by another": (entry.sign("author", Author(str(STRANGER.key), "x", "x"), ANNA, at(60)), "only the log"),
    "introduced twice": (entry.sign("author", Author(str(ANNA.key), "x", "x"), LOG, at(60)), "before"),
    "no key": (entry.sign("author", Author("x", "x", "x"), LOG, at(60)), "vkey"),
    "a witness as author": (entry.sign("author", Author(str(WITNESS.key), "x", "x"), LOG, at(60)), "witness"),
    "corrects the future": (correction(11, ANNA), "no entry before it"),
    "corrects the header": (correction(0, LOG), "no entry before it"),
    "withdraws another's": (correction(4, BELA, withdraws=True), "another author wrote"),
    "about the future": (entry.sign("note", {"text": "x", "about": 11}, ANNA, at(60)), "does not come before"),
    "cut": (remark("x", 60)[:-1], "not JSON"),
    "forged": (remark("x", 60).replace(b'"text":"x"', b'"text":"y"'), "does not hold"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_leaves_nothing(case: str, tmp_path: Path) -> None:
    bad, why = REFUSED[case]
    with small(tmp_path) as record:
        root = record.root()
        with pytest.raises(RecordError, match=why):
            record.append([remark("fine", 59), bad])
        assert (record.size, record.root()) == (10, root)
        assert record.append([remark("fine", 59)]) == range(10, 11)


def test_corrections_and_withdrawals_that_are_allowed(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        record.append([correction(4, BELA), correction(4, ANNA, withdraws=True), correction(5, LOG, withdraws=True)])
        assert record.size == 13


def test_an_author_may_write_in_the_batch_that_introduces_it(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        introduced = entry.sign("author", Author(str(STRANGER.key), "S", "guest"), LOG, at(60))
        record.append([introduced, remark("x", 60, STRANGER), correction(11, STRANGER, withdraws=True)])
        assert record.introduced(str(STRANGER.key)) == 10


def test_an_unknown_type_is_not_appended(tmp_path: Path) -> None:
    from tests.recording.test_entry import forged

    with small(tmp_path) as record:
        record.add([("author", Author(str(STRANGER.key), "S", "guest"))], LOG, at(60))
        with pytest.raises(RecordError, match="not known"):
            record.append([forged(type="unheard-of", at=entry.stamp(at(60)))])


def test_a_clock_set_back_is_refused_and_the_time_may_be_given(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        ahead = datetime.now(UTC) + timedelta(days=1)
        record.add([("note", {"text": "from a clock that is ahead"})], ANNA, ahead)
        with pytest.raises(RecordError, match=re.escape("set the clock, or give the time")):
            record.add([("note", {"text": "from a right clock"})], ANNA)
        record.add([("note", {"text": "with the time given"})], ANNA, ahead)


def test_times_need_a_zone(tmp_path: Path) -> None:
    with small(tmp_path) as record, pytest.raises(RecordError, match="time zone"):
        record.add([("note", {"text": "x"})], ANNA, datetime(2026, 5, 1))  # noqa: DTZ001


def test_the_tree_is_that_of_its_entries_at_every_size(tmp_path: Path) -> None:
    """Across the borders of tiles; entries go in one by one and in batches."""
    with small(tmp_path, 0) as record:
        for n in range(240):
            record.append([remark(str(n), n)])
        record.append([remark(str(n), n) for n in range(240, 700)])
        leaves = [merkle.leaf_hash(raw) for raw in record.entries()]
        node = merkle.node_of(leaves)
        for size in (0, 1, 2, 255, 256, 257, 511, 512, 513, len(leaves)):
            assert record.root(size) == merkle.root(size, node)
        for index in (0, 254, 255, 256, 511, len(leaves) - 1):
            path = record.inclusion(index)
            assert path == merkle.inclusion(index, len(leaves), node)
            merkle.verify_inclusion(leaves[index], index, len(leaves), path, record.root())
        for first in (1, 255, 256, 257, 600):
            assert record.consistency(first) == merkle.consistency(first, len(leaves), node)
        with pytest.raises(RecordError, match="has 703 entries, not 704"):
            record.root(704)


@pytest.mark.parametrize("remarks", [0, 1, 252, 253, 254, 600])
def test_the_static_files_are_the_log(tmp_path: Path, remarks: int) -> None:
    with small(tmp_path, remarks) as record:
        signed = record.checkpoint(LOG)
        assert checkpoint.verify(signed, LOG.key) == checkpoint.Checkpoint(ORIGIN, record.size, record.root())
        with Mirror(tmp_path) as mirror:
            assert mirror.latest() == signed
            assert list(mirror.entries()) == list(record.entries())
            assert list(mirror.entries(1, 2)) == [record.entry(1)]
            assert mirror.root() == record.root()
            assert mirror.inclusion(2) == record.inclusion(2)
    assert not (tmp_path / UNFINISHED).exists()


def test_static_files_grow_with_the_checkpoints(tmp_path: Path) -> None:
    with small(tmp_path, 100) as record:
        first = record.checkpoint(LOG)
        assert record.checkpoint(LOG) == first
        partial = tmp_path / tiles.path(0, 0, 103)
        assert partial.exists()
        record.append([remark(str(n), 200 + n) for n in range(60)])
        record.checkpoint(LOG)
        assert partial.exists()
        record.append([remark(str(n), 300 + n) for n in range(200)])
        record.checkpoint(LOG)
        assert not partial.exists()
        assert (tmp_path / "tile/0/000").stat().st_size == 8192
        assert Mirror(tmp_path).root() == record.root()
        assert [checkpoint.parse(signed.text).size for _, signed in record.checkpoints()] == [103, 163, 363]


def test_the_tiles_of_the_exercise() -> None:
    vectors = own("exercise_log_end_to_end")
    raw = [text.encode() for text in vectors["entries_utf8"]]
    assert tiles.bundle(raw).hex() == vectors["entry_bundle_hex"]
    assert tiles.unbundle(bytes.fromhex(vectors["entry_bundle_hex"]), 5) == raw
    assert tiles.path(None, 0, 5) == vectors["entry_bundle_path"]
    assert tiles.path(0, 0, 5) == vectors["tile_level0_path"]
    assert b"".join(map(merkle.leaf_hash, raw)).hex() == vectors["tile_level0_hex"]


def test_paths_of_tiles() -> None:
    assert [tiles.path(1, n) for n in (0, 999, 1000, 999_999, 1_000_000)] == [
        "tile/1/000",
        "tile/1/999",
        "tile/1/x001/000",
        "tile/1/x999/999",
        "tile/1/x001/x000/000",
    ]
    # The example of the specification: a tree of 70,000 entries.
    assert [tiles.width(70_000, 0, n) for n in (272, 273)] == [256, 112]
    assert [tiles.width(70_000, 1, n) for n in (0, 1, 2)] == [256, 17, 0]
    assert (tiles.width(70_000, 2, 0), list(tiles.levels(70_000)), list(tiles.levels(256))) == (1, [0, 1, 2], [0, 1])


def test_only_the_log_signs_its_checkpoints(tmp_path: Path) -> None:
    other = note.Signer.new(ORIGIN)
    with small(tmp_path) as record:
        with pytest.raises(RecordError, match="not that of this log"):
            record.checkpoint(other)
        assert record.latest() is None


def test_for_reading_only(tmp_path: Path) -> None:
    small(tmp_path).close()
    with open_log(tmp_path) as log:
        assert isinstance(log, Record)
        assert log.size == 10
        with pytest.raises(RecordError, match="reading only"):
            log.append([remark("x", 60)])


READER = """
import os, sys
from pathlib import Path
from ploughshare.errors import RecordError
from ploughshare.recording.audit import audit
from ploughshare.recording.mirror import open_log
from ploughshare.recording.store import Record
from tests.recording.made_up import remark
# The superuser may write everywhere: the child becomes somebody who may not.
if os.geteuid() == 0: os.setegid(65534); os.seteuid(65534)
folder = Path(sys.argv[1])
with open_log(folder) as log:
    print(log.size)
print(audit(folder).exit_code)
try:
    with Record.open(folder) as record:
        record.append([remark("x", 60)])
except RecordError as error:
    print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_folder_that_may_not_be_written_to() -> None:
    # Not below the folder of pytest, which nobody else may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "record"
        with small(folder) as record:
            record.checkpoint(LOG)
        for path in (*folder.rglob("*"), folder, Path(name)):
            path.chmod(0o555 if path.is_dir() else 0o444)
        try:
            done = subprocess.run(
                [sys.executable, "-c", READER, str(folder)], cwd=ROOT, capture_output=True, text=True, check=False
            )
        finally:
            for path in (Path(name), *Path(name).rglob("*")):
                path.chmod(0o755)
    size, exit_code, refusal = done.stdout.splitlines() or ["", "", done.stderr]
    assert (size, exit_code) == ("10", "0")
    assert "check the permissions" in refusal


# -- what opening finds wrong ---------------------------------------------------------------------------------------------------
def change(folder: Path, statement: str) -> None:
    """Somebody edits the database by hand."""
    database = apsw.Connection(str(folder / DATABASE))
    database.execute(statement)
    database.close()


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (
            "UPDATE entry SET data = CAST(replace(data, 'remark 7', 'remark 8') AS BLOB) WHERE i = 9",
            "entry 9 is not the one in the tree",
        ),
        ("DELETE FROM entry WHERE i = 9", "more entries than the 9"),
        ("DELETE FROM entry WHERE i = 5", "entry 5 is missing"),
        ("DELETE FROM entry", "no entry 0"),
        ("UPDATE tile SET hashes = zeroblob(length(hashes))", "entry 0 is not the one in the tree"),
        ("DELETE FROM tile", "entry 0 is not the one in the tree"),
        ("UPDATE checkpoint SET note = CAST(replace(note, char(10) || '10', char(10) || '11') AS BLOB)", "does not hold"),
        ("DELETE FROM entry WHERE i = 9; UPDATE tile SET hashes = substr(hashes, 1, 288)", "entries were lost"),
        ("PRAGMA user_version = 9", "version 9"),
        ("PRAGMA application_id = 9", "not a record"),
        ("DROP TABLE tile", "no such table"),
    ],
)
def test_opening_says_what_is_wrong(tmp_path: Path, statement: str, why: str) -> None:
    with small(tmp_path) as record:
        record.checkpoint(LOG)
    change(tmp_path, statement)
    with pytest.raises(RecordError, match=why):
        Record.open(tmp_path)


def test_a_rewritten_tree_is_not_what_was_signed(tmp_path: Path) -> None:
    with small(tmp_path / "a") as record:
        signed = record.checkpoint(LOG)
    with small(tmp_path / "b", 6) as record:
        record.append([remark("another history", 7)])
    (tmp_path / "b" / "checkpoint").write_bytes(bytes(signed))
    with pytest.raises(RecordError, match="not the one that was signed"):
        Record.open(tmp_path / "b")


def test_an_old_copy_put_back_is_noticed(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        record.checkpoint(LOG)
    old = (tmp_path / DATABASE).read_bytes()
    with Record.open(tmp_path) as record:
        record.append([remark("new", 60)])
        record.checkpoint(LOG)
    (tmp_path / DATABASE).write_bytes(old)
    with pytest.raises(RecordError, match=re.escape("signed over 11: entries were lost")):
        Record.open(tmp_path)


def test_no_database_at_all(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="record init"):
        Record.open(tmp_path)
    (tmp_path / DATABASE).write_bytes(b"SQLite format 3\0" + bytes(100))
    with pytest.raises(RecordError, match=r"damaged|cannot be used"):
        Record.open(tmp_path)
    (tmp_path / DATABASE).write_bytes(b"words" * 1000)
    with pytest.raises(RecordError, match="damaged"):
        Record.open(tmp_path)


def test_a_damaged_page_is_named(tmp_path: Path) -> None:
    with small(tmp_path, 2000) as record:
        record.checkpoint(LOG)
    data = bytearray((tmp_path / DATABASE).read_bytes())
    data[-8192:] = bytes(8192)
    (tmp_path / DATABASE).write_bytes(data)
    with pytest.raises(RecordError, match=r"damaged|tree"), Record.open(tmp_path) as record:
        list(record.entries())


def test_what_a_crash_left_is_put_right(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        record.checkpoint(LOG)
        record.append([remark("new", 60)])
        signed = record.checkpoint(LOG)
    # As if the machine had stopped after signing and before the files were written.
    (tmp_path / UNFINISHED).mkdir()
    (tmp_path / UNFINISHED / "checkpoint").write_bytes(b"half")
    (tmp_path / "checkpoint").unlink()
    (tmp_path / tiles.path(0, 0, 11)).unlink()
    Record.open(tmp_path).close()
    assert not (tmp_path / UNFINISHED).exists()
    assert Mirror(tmp_path).latest() == signed
    assert len(list(Mirror(tmp_path).entries())) == 11


def test_a_truncated_tile_or_bundle_is_named(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        record.checkpoint(LOG)
    tile, bundle = tmp_path / tiles.path(0, 0, 10), tmp_path / tiles.path(None, 0, 10)
    for path in (tile, bundle):
        path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RecordError, match="too short"):
        Mirror(tmp_path).root()
    with pytest.raises(RecordError, match="ends in the middle"):
        list(Mirror(tmp_path).entries())
    tile.unlink()
    with pytest.raises(RecordError, match="cannot be read"):
        Mirror(tmp_path).root()
