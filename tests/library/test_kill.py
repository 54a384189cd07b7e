"""A process that is killed at any moment loses nothing recorded and shows nothing half-recorded.

Thirty random moments in an ordinary run; in a soak run 200.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ploughshare.library.library import Added, Library
from ploughshare.recording.audit import audit
from ploughshare.tracking.settle import settled
from ploughshare.tracking.standing import status

from ..conftest import SOAK
from ..made_up import shelve, text

ROOT = Path(__file__).resolve().parents[2]
TIMES = 200 if SOAK else 30
#: Adds documents and acts for ever and tells of each when it is done; now and then everything is derived anew.
WRITER = """
import json, sys
from pathlib import Path
from ploughshare.library.entries import ActBody
from ploughshare.library.library import Added, Library
from ploughshare.tracking import acts
from tests.made_up import text
folder, begin = Path(sys.argv[1]), int(sys.argv[2])
def tell(**said):
    sys.stdout.write(json.dumps(said) + "\\n"); sys.stdout.flush()
tell(ready=True)
library = Library.open(folder)
for n in range(begin, begin + 100_000):
    path = folder.parent / f"{n}.txt"
    path.write_text(text(f"79/{n}", f"Share {n}", "Requests the Secretary-General to hold three meetings in Geneva."))
    library.add([(path, path.name)], told=lambda added: tell(symbol=added.symbol))
    body = ActBody("meeting-held", "2025-03-10", (f"A/RES/79/{n}#op1!convene",))
    tell(act=acts.record(library, body))
    if n % 5 == 4:
        library.close()
        library = Library.rebuild(folder)
        tell(rebuilt=True)
"""


def killed_after(folder: Path, begin: int, seconds: float) -> list[dict[str, str]]:
    """What a writer told before it was killed."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(folder), str(begin)], cwd=ROOT, stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert json.loads(writer.stdout.readline())["ready"]
    time.sleep(seconds)
    os.kill(writer.pid, signal.SIGKILL)
    lines = writer.stdout.read().decode().splitlines()
    assert writer.wait() == -signal.SIGKILL
    return [json.loads(line) for line in lines if line.endswith("}")]


def test_nothing_told_is_lost_and_nothing_half_done_is_shown(tmp_path: Path) -> None:
    shelve(tmp_path, text("78/1", "Ploughs", "Calls upon all States to observe the Day.")).close()
    folder = tmp_path / "library"
    chance = random.Random(None if SOAK else 7)
    begin = 1
    for _ in range(TIMES):
        told = killed_after(folder, begin, chance.uniform(0, 0.6))
        library = settled(Library.open(folder))
        symbols = {row[0] for row in library.database.rows("SELECT symbol FROM resolution")}
        recorded = {row[0] for row in library.database.rows("SELECT id FROM act WHERE entry IS NOT NULL")}
        assert {said["symbol"] for said in told if "symbol" in said} <= symbols
        assert {said["act"] for said in told if "act" in said} <= recorded
        # The tables know all that the record holds, and every original is whole.
        assert library.database.state("seen") == library.record.size
        for digest, entry in library.database.rows("SELECT digest, entry FROM original"):
            assert library.originals.bytes_of(digest)
            assert entry < library.record.size
        held = {s.undertaking.symbol for s in status(library) if s.status.done}
        assert held <= symbols
        begin = max((int(symbol.rpartition("/")[2]) for symbol in symbols if "/79/" in symbol), default=0) + 1
        library.close()
    library = Library.open(folder)
    library.record.checkpoint(library.key())
    before = [(s.undertaking.id, s.status.state) for s in status(library)]
    library.close()
    assert audit(folder / "record").exit_code == 0
    assert [(s.undertaking.id, s.status.state) for s in status(settled(Library.rebuild(folder)))] == before


@pytest.mark.parametrize("moment", ["original", "record"])
def test_a_crash_between_two_steps_of_adding(tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library = shelve(tmp_path, text("78/1", "Ploughs", "Calls upon all States to observe the Day."))
    path = tmp_path / "next.txt"
    path.write_text(text("79/1", "Ploughs", "Calls upon all States to observe the Day."))

    class Crash(BaseException):
        pass

    def crash(*_: object, **__: object) -> None:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(library.record if moment == "original" else library, "add" if moment == "original" else "_apply", crash)
        with pytest.raises(Crash):
            library.add([(path, path.name)], told=lambda _: None)
    library.close()
    library = Library.open(library.folder)
    told: list[Added] = []
    library.add([(path, path.name)], told=told.append)
    assert [(added.symbol, added.new) for added in told] == [("A/RES/79/1", moment == "original")]
    assert library.database.value("SELECT count(*) FROM resolution") == 2
