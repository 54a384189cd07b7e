"""What happens to a record when things go wrong: the process is killed, another writes at once, the disk is full."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ploughshare.errors import RecordError
from ploughshare.recording import entry
from ploughshare.recording.audit import audit
from ploughshare.recording.database import DATABASE
from ploughshare.recording.findings import CONSISTENT
from ploughshare.recording.mirror import Mirror
from ploughshare.recording.store import Record
from tests.conftest import SOAK
from tests.recording.made_up import LOG, ORIGIN, remark, small

KILLS = 200 if SOAK else 30
ROOT = Path(__file__).resolve().parents[2]


def writer(folder: Path, name: str, count: int, *more: int, out: int = subprocess.PIPE) -> subprocess.Popen[str]:
    """The writing process."""
    command = [sys.executable, "-m", "tests.recording.writer", str(folder), name, str(count), *map(str, more)]
    return subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True)


def said(out: str) -> dict[int, str]:
    """Index → words of what a writer said it had written. A last line that was cut off says nothing."""
    lines = [line.split("\t") for line in out.split("\n")[:-1] if not line.startswith("refused")]
    return {int(index): text for index, text in lines}


def held(record: Record) -> dict[int, str]:
    """Index → words of what the record holds."""
    found = {index: entry.parse_verified(raw) for index, raw in enumerate(record.entries())}
    return {index: e.body["text"] for index, e in found.items() if e.type == "note"}


def whole_batches(words: dict[int, str]) -> bool:
    """Each batch of a writer is there from its first entry to its last, or not at all."""
    parts: dict[tuple[str, int], list[int]] = {}
    for text in words.values():
        name, number, part, _ = text.split(" ")
        parts.setdefault((name, int(number)), []).append(int(part))
    return all(found == list(range(1 + number % 4)) for (_, number), found in parts.items())


def test_killed_at_any_moment_nothing_recorded_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    small(folder, 0).close()
    chance = random.Random(None if SOAK else 7)
    promised: dict[int, str] = {}
    for round_ in range(KILLS):
        with writer(folder, f"round{round_}", 100_000) as child:
            assert child.stdout is not None
            first = child.stdout.readline()
            time.sleep(chance.random() * 0.08)
            child.send_signal(signal.SIGKILL)
            promised |= said(first + child.stdout.read())
        with Record.open(folder) as record:
            words = held(record)
            assert promised.items() <= words.items()
            assert whole_batches(words)
            signed = record.latest()
            assert signed is None or Mirror(folder).latest() == signed
    with Record.open(folder) as record:
        record.checkpoint(LOG)
    for static in (False, True):
        found = audit(folder, static=static, key=LOG.key)
        assert (found.exit_code, found.findings) == (CONSISTENT, [])
    assert len(promised) > KILLS


def test_two_processes_writing_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    small(folder, 0).close()
    children = [writer(folder, name, 60) for name in ("one", "two")]
    outs = [child.communicate(timeout=120) for child in children]
    assert [child.returncode for child in children] == [0, 0], outs
    told = [said(out) for out, _ in outs]
    assert not told[0].keys() & told[1].keys()
    with Record.open(folder) as record:
        words = held(record)
        assert words == told[0] | told[1]
        assert whole_batches(words)
        record.checkpoint(LOG)
    assert audit(folder, key=LOG.key).exit_code == CONSISTENT
    assert audit(folder, static=True, key=LOG.key).exit_code == CONSISTENT


def test_a_write_ahead_log_damaged_after_a_crash_is_noticed_under_a_checkpoint(tmp_path: Path) -> None:
    """SQLite drops without a word what it can no longer read there; the checkpoint beside it remembers."""
    folder = tmp_path / "record"
    with small(folder) as record:
        record.checkpoint(LOG)
    code = (
        "import os, sys; from pathlib import Path; from tests.recording.made_up import *\n"
        "record = Record.open(Path(sys.argv[1]))\n"
        "record.append([remark('late', 60)]); record.checkpoint(LOG); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=True)
    waiting = folder / f"{DATABASE}-wal"
    data = bytearray(waiting.read_bytes())
    data[60] ^= 1
    waiting.write_bytes(data)
    with pytest.raises(RecordError, match="signed over 11: entries were lost"):
        Record.open(folder)


def test_a_full_disk(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    small(folder, 0).close()
    with writer(folder, "one", 1000, 200_000) as child:
        out, errors = child.communicate(timeout=120)
    assert not errors
    assert "refused:" in out
    assert "make room" in out
    assert "nothing of this was recorded" in out or "cannot be written" in out
    with Record.open(folder) as record:
        words = held(record)
        promised = said(out)
        assert promised.items() <= words.items()
        assert whole_batches(words)
        # With room again, it goes on.
        record.add([("note", {"text": "room again"})], LOG)
        record.checkpoint(LOG)
    assert audit(folder, key=LOG.key).exit_code == CONSISTENT


def test_while_another_writes_a_reader_sees_whole_states(tmp_path: Path) -> None:
    folder = tmp_path / "record"
    small(folder, 0).close()
    with writer(folder, "one", 150, out=subprocess.DEVNULL) as child:
        sizes = []
        while child.poll() is None:
            with Record.open(folder, write=False) as record:
                sizes.append(record.size)
        assert child.returncode == 0
    assert sizes == sorted(sizes)


def test_stopped_while_it_was_made(tmp_path: Path) -> None:
    """A record is there whole or not at all; a second attempt succeeds."""
    folder = tmp_path / "record"
    for moment in range(60):
        code = (
            "import os, sys, apsw; from pathlib import Path; from tests.recording.made_up import *\n"
            "from ploughshare.recording import store\n"
            "left = [int(sys.argv[2])]\n"
            "def count(event, arguments):\n"
            "    if event in ('os.rename', 'os.mkdir', 'open') and sys.argv[1] in str(arguments[0]):\n"
            "        left[0] -= 1\n"
            "        if left[0] < 0: os._exit(9)\n"
            "sys.addaudithook(count)\n"
            "store.Record.create(Path(sys.argv[1]), ORIGIN, LOG, 'x').close()\n"
        )
        done = subprocess.run([sys.executable, "-c", code, str(folder), str(moment)], cwd=ROOT, check=False)
        if done.returncode == 9 and not (folder / DATABASE).exists():
            with pytest.raises(RecordError, match="no record here"):
                Record.open(folder)
            continue
        Record.open(folder).close()
        break
    else:
        raise AssertionError("it was never made")
    with Record.open(folder) as record:
        assert record.header()[1].origin == ORIGIN
        with pytest.raises(RecordError, match="introduced its author"):
            record.append([remark("x", 10_000_000)])
