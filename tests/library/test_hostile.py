"""Bad days: damaged originals, forged entries, a record that is gone, strange names, files without an end, several writers."""

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import apsw
import pytest

from ploughshare.errors import LibraryError
from ploughshare.library.entries import ActBody, DisputeBody, DocumentBody
from ploughshare.library.library import Added, Library
from ploughshare.recording import entry as entries
from ploughshare.recording import merkle
from ploughshare.recording.audit import audit
from ploughshare.recording.note import Signer
from ploughshare.tracking import acts
from ploughshare.tracking.standing import status

from ..made_up import shelve, text

REPORT = "Requests the Secretary-General to submit a report on ploughs to the General Assembly at its eighty-first session;"
PLOUGHS = text("79/301", "Ploughs", REPORT)
SHARES = text("79/302", "Shares", REPORT)
MANDATE = "A/RES/79/301#op1!submit-report"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return shelve(tmp_path, PLOUGHS, SHARES)


def take(library: Library, *paths: Path) -> list[Added]:
    told: list[Added] = []
    library.add([(path, path.name) for path in paths], told=told.append)
    return told


def original(library: Library, symbol: str = "A/RES/79/301") -> Path:
    return library.originals.path(library.database.value("SELECT digest FROM original WHERE symbol = ?", (symbol,)))


# -- originals ----------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_original_is_named_never_read_and_healed_by_adding_it_again(library: Library, damage: str) -> None:
    path = original(library)
    good = path.read_bytes()
    path.chmod(0o644)
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(good.replace(b"eighty-first", b"eighty-fifth") if damage == "flipped" else good[:300])
    library.close()
    library = Library.rebuild(library.folder)
    [sentence] = library.unread()
    assert sentence.startswith("0.txt: the original ")
    assert [row[0] for row in library.database.rows("SELECT symbol FROM resolution")] == ["A/RES/79/302"]
    source = library.folder.parent / "source" / "0.txt"
    [added] = take(library, source)
    assert (added.symbol, added.new) == ("A/RES/79/301", False)
    assert library.unread() == []
    assert path.read_bytes() == good
    [standing] = status(library, MANDATE)
    assert standing.undertaking.due == {"session": 81}


def test_the_same_words_twice_are_one_document_and_two_texts_of_one_resolution_are_told(library: Library) -> None:
    other = library.folder.parent / "other.txt"
    other.write_text(PLOUGHS.replace("eighty-first", "eighty-second"))
    [added] = take(library, other)
    assert (added.new, added.beside) == (True, "0.txt")
    [standing] = status(library, MANDATE)
    assert standing.undertaking.due == {"session": 82}


# -- the record ---------------------------------------------------------------------------------------------------------------
def put_by_hand(library: Library, raw: bytes) -> None:
    """What somebody does who can write to the file, and knows how the tree grows."""
    database = apsw.Connection(str(library.folder / "record" / "record.sqlite"))
    size = database.execute("SELECT count(*) FROM entry").fetchone()[0]  # type: ignore[index]
    database.execute("INSERT INTO entry VALUES (?, ?)", (size, raw))
    [(hashes,)] = database.execute("SELECT hashes FROM tile WHERE level = 0 AND number = 0").fetchall()
    assert isinstance(hashes, bytes)
    database.execute("UPDATE tile SET hashes = ? WHERE level = 0 AND number = 0", (hashes + merkle.leaf_hash(raw),))
    database.close()


@pytest.mark.parametrize("forgery", ["signature", "author", "withdrawal"])
def test_an_entry_that_was_put_into_the_file_by_hand_changes_nothing_and_is_named(library: Library, forgery: str) -> None:
    from datetime import UTC, datetime

    eve = Signer.new("eve.example")
    now = datetime.now(UTC)
    if forgery == "signature":
        raw = entries.sign("act", ActBody("report-issued", "2025-01-01", (MANDATE,)), library.key(), now)
        raw = raw.replace(b"2025-01-01", b"2025-01-02")
    elif forgery == "author":
        raw = entries.sign("act", ActBody("report-issued", "2025-01-01", (MANDATE,)), eve, now)
    else:
        raw = entries.sign("dispute", DisputeBody("act:1", "x"), eve, now)
    library.close()
    put_by_hand(library, raw)
    with pytest.raises(LibraryError, match="entry 3 of the record may not be relied on"):
        Library.open(library.folder)
    with pytest.raises(LibraryError, match="record audit"):
        Library.rebuild(library.folder)


@pytest.mark.parametrize("gone", ["record", "record/record.sqlite"])
def test_a_record_that_is_gone_is_not_begun_anew(library: Library, gone: str) -> None:
    library.close()
    path = library.folder / gone
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    for create in (True, False):
        with pytest.raises(LibraryError, match="the record is gone"):
            Library.open(library.folder, create=create)
    (library.folder / "library.sqlite").unlink()
    with pytest.raises(LibraryError, match="the record is gone"):
        Library.open(library.folder, create=True)


def test_a_crash_while_a_library_is_founded_leaves_one_that_is_founded_next_time(tmp_path: Path) -> None:
    made = shelve(tmp_path, PLOUGHS)
    made.close()
    begun = tmp_path / "begun"
    (begun / "record").mkdir(parents=True)
    shutil.copytree(made.folder / "keys", begun / "keys")
    (begun / "record" / "policy").write_bytes(b"")
    with pytest.raises(LibraryError, match="no library here"):
        Library.open(begun)
    with Library.open(begun, create=True).record as record:
        assert record.size == 1


def test_the_librarys_key_cannot_be_replaced(library: Library, tmp_path: Path) -> None:
    (library.folder / "keys" / "library.key").unlink()
    path = tmp_path / "next.txt"
    path.write_text(text("79/303", "Barrels", REPORT))
    with pytest.raises(LibraryError, match="a new key cannot sign"):
        take(library, path)
    library.close()
    assert Library.open(library.folder).record.size == 3


# -- what comes in ------------------------------------------------------------------------------------------------------------
NAMES = [
    "\u0642\u0631\u0627\u0631.txt",
    "\u51b3\u8bae.txt",
    unicodedata.normalize("NFD", "R\u00e9solution.txt"),
    "new\nline.txt",
    "red\x1b[31m.txt",
    "\u202eevil.txt",
    "x" * 200 + ".txt",
    os.fsdecode(b"\xff\xfe.txt"),
    "quote'; DROP TABLE text; --.txt",
]


def test_names_of_every_kind_are_kept_as_text(tmp_path: Path) -> None:
    paths = []
    for number, name in enumerate(NAMES):
        path = tmp_path / name
        try:
            path.write_text(text(f"79/{400 + number}", "Ploughs", REPORT))
        except OSError:
            continue  # this file system knows no such name
        paths.append(path)
    library = Library.open(tmp_path / "library", create=True)
    told = take(library, *paths)
    assert [added.new for added in told] == [True] * len(paths)
    bodies = [entries.shape(entry) for _, entry in library._entries(1)]
    for body in bodies:
        assert isinstance(body, DocumentBody)
        assert body.name.isprintable()
        assert unicodedata.is_normalized("NFC", body.name)


def test_what_has_no_end_is_refused_unread(library: Library, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    told = take(library, pipe, Path("/dev/zero"))
    assert [added.why is not None and "no file with an end" in added.why for added in told] == [True, True]


def test_words_that_are_typed_apart_are_recorded_together(library: Library) -> None:
    note = unicodedata.normalize("NFD", "Pr\u00e9sent\u00e9 \u00e0 Gen\u00e8ve.")
    act = acts.record(library, ActBody("report-issued", "2025-01-01", (MANDATE,), note=note))
    acts.dispute(library, act, note)
    assert [row[0] for row in library.database.rows("SELECT why FROM dispute")] == [unicodedata.normalize("NFC", note)]


# -- a disk that is full ------------------------------------------------------------------------------------------------------
FULL = """
import resource, signal, sys
from pathlib import Path
from ploughshare.cli import ploughshare
from ploughshare.errors import PloughshareError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
try:
    ploughshare.main(sys.argv[2:], standalone_mode=False)
except PloughshareError as error:
    print("REFUSED", error)
"""


@pytest.mark.parametrize("room", [20_000, 100_000, 200_000, 260_000])
def test_a_disk_that_is_full_is_named_and_what_was_told_holds(library: Library, tmp_path: Path, room: int) -> None:
    library.close()
    before = library.folder / "record" / "record.sqlite"
    source = tmp_path / "more"
    source.mkdir()
    for number in range(40):
        (source / f"{number}.txt").write_text(text(f"79/{500 + number}", f"Share {number}", REPORT + f" ({'x' * 2000})"))
    command = [sys.executable, "-c", FULL, str(room)]
    for arguments in (
        ["add", str(source)],
        ["act", "add", "report-issued", "--answers", MANDATE, "--day", "2025-01-01"],
        ["rebuild"],
    ):
        told = subprocess.run(
            [*command, *arguments, "--library", str(library.folder)], check=False, capture_output=True, text=True, timeout=120
        )
        assert "Traceback" not in told.stderr
        assert told.returncode == 0
        if told.stdout.startswith("REFUSED"):
            assert "rebuild`" not in told.stdout or arguments == ["rebuild"]
    assert before.stat().st_size
    library = Library.open(library.folder)
    told_after = take(library, *sorted(source.iterdir()))
    assert all(added.symbol for added in told_after)
    assert library.database.value("SELECT count(*) FROM resolution") == 42
    assert audit(library.folder / "record").exit_code == 0


# -- several at once ----------------------------------------------------------------------------------------------------------
WRITER = """
import sys
from pathlib import Path
from ploughshare.library.library import Library
folder, *files = map(Path, sys.argv[1:])
sys.stdin.read()
library = Library.open(folder, create=True)
library.add([(path, path.name) for path in files], told=lambda added: None)
"""


def test_two_may_rebuild_at_once_and_what_a_killed_one_left_is_removed(library: Library) -> None:
    library.close()
    (library.folder / "new-999999999.library.sqlite").write_bytes(b"half")
    script = (
        "import sys; from pathlib import Path; from ploughshare.library.library import Library; Library.rebuild(Path(sys.argv[1]))"
    )
    builders = [subprocess.Popen([sys.executable, "-c", script, str(library.folder)]) for _ in range(4)]
    assert [builder.wait(120) for builder in builders] == [0] * 4
    assert list(library.folder.glob("new-*")) == []
    again = Library.open(library.folder)
    assert again.database.value("SELECT count(*) FROM resolution") == 2
    assert again.database.value("PRAGMA integrity_check") == "ok"


def test_who_founds_and_adds_the_same_at_once_records_it_once(tmp_path: Path) -> None:
    files = []
    for number in range(30):
        path = tmp_path / f"{number}.txt"
        path.write_text(text(f"79/{300 + number}", f"Share {number}", REPORT))
        files.append(str(path))
    folder = tmp_path / "library"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(folder), *files], stdin=subprocess.PIPE) for _ in range(3)]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.close()
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    library = Library.open(folder)
    assert [entry.type for _, entry in library._entries()] == ["header"] + ["document"] * 30
    assert library.database.value("SELECT count(*) FROM resolution") == 30
