"""Two states of one log, and the witnesses who notice."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, compare, note, witness
from ploughshare.recording.compare import Side
from ploughshare.recording.mirror import Mirror
from ploughshare.recording.store import Record
from tests.recording.made_up import ANNA, LOG, STRANGER, WITNESS, remark, small
from tests.recording.vectors import own

NOW = 1_772_438_400


def side(record: Record) -> Side:
    signed = record.latest()
    assert signed is not None
    return Side(signed, record)


@pytest.fixture
def logs(tmp_path: Path) -> Iterator[dict[str, Side]]:
    """A log at 10 entries, the same at 13, another history at 10 and at 13; all signed by the same key."""
    opened = []
    found = {}
    for name, text in (("true", "the truth"), ("false", "another story")):
        for size in (10, 13):
            record = small(tmp_path / f"{name}-{size}", 6)
            record.append([remark(text, 20)])
            if size == 13:
                record.append([remark(f"later {n}", 30) for n in range(3)])
            record.checkpoint(LOG)
            opened.append(record)
            found[f"{name}-{size}"] = side(record)
    yield found
    for record in opened:
        record.close()


def test_the_same_and_the_beginning(logs: dict[str, Side]) -> None:
    assert compare.compare(logs["true-10"], logs["true-10"], LOG.key).outcome == "same"
    forward = compare.compare(Side(logs["true-10"].signed), logs["true-13"], LOG.key)
    assert forward.outcome == "a-first"
    assert forward.path
    assert compare.compare(logs["true-13"], logs["true-10"], LOG.key).outcome == "b-first"
    nothing = compare.compare(Side(logs["true-10"].signed), Side(logs["true-13"].signed), LOG.key)
    assert (nothing.outcome, "is needed" in nothing.why) == ("open", True)


@pytest.mark.parametrize(("one", "two"), [("true-10", "false-10"), ("true-10", "false-13"), ("false-13", "true-10")])
def test_a_fork_leaves_evidence_that_stands_alone(logs: dict[str, Side], one: str, two: str, tmp_path: Path) -> None:
    found = compare.compare(logs[one], logs[two], LOG.key)
    assert found.outcome == "fork"
    assert found.evidence is not None
    path = compare.keep(found.evidence, tmp_path / "evidence")
    assert compare.keep(found.evidence, tmp_path / "evidence") == path
    again = compare.parse(path.read_bytes())
    sizes = [state.size for state in again.check(LOG.key)]
    assert sizes == sorted(int(name[-2:]) for name in (one, two))
    with pytest.raises(RecordError):
        again.check(STRANGER.key)


def test_evidence_cannot_be_made_up(logs: dict[str, Side]) -> None:
    """From one honest history nobody can make evidence, whatever is claimed about its beginning."""
    honest = compare.Evidence(logs["true-10"].signed, logs["true-13"].signed)
    log = logs["true-13"].log
    assert log is not None
    path = tuple(log.consistency(10, 13))
    true_root = log.root(10)
    claims = [honest]
    for beginning in (true_root, bytes(32), b""):
        for claimed in (path, path[:-1], ()):
            claims.append(compare.Evidence(honest.smaller, honest.larger, beginning, claimed))
    claims.append(compare.Evidence(honest.larger, honest.smaller))
    claims.append(compare.Evidence(honest.larger, honest.larger))
    for claim in claims:
        with pytest.raises(RecordError):
            claim.check(LOG.key)


def test_every_bit_of_evidence_counts(logs: dict[str, Side]) -> None:
    found = compare.compare(logs["true-10"], logs["false-13"], LOG.key).evidence
    assert found is not None
    data = bytes(found)
    compare.parse(data).check(LOG.key)
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(RecordError):
            compare.parse(bytes(changed)).check(LOG.key)


def test_the_fork_of_the_exercise() -> None:
    vectors = own("exercise_log_end_to_end")
    one, two = (Side(note.parse(text.encode())) for text in (vectors["checkpoint_5"], vectors["fork"]["checkpoint_5"]))
    found = compare.compare(one, two, note.vkey(vectors["vkeys"]["log"]))
    assert found.outcome == "fork"


def test_states_of_another_log_are_not_compared(logs: dict[str, Side]) -> None:
    other = checkpoint.sign(checkpoint.Checkpoint(STRANGER.name, 3, bytes(32)), STRANGER)
    with pytest.raises(RecordError, match="none of the known keys"):
        compare.compare(logs["true-10"], Side(other), LOG.key)


def test_a_witness_follows_a_log(logs: dict[str, Side], tmp_path: Path) -> None:
    pins = tmp_path / "witness"
    with pytest.raises(RecordError, match="never seen before"):
        witness.cosign(pins, logs["true-10"], LOG.key, WITNESS, NOW)
    first = witness.first_contact(pins, logs["true-10"], LOG.key, WITNESS, NOW)
    assert [line.time for line in note.verify(first, [WITNESS.key])] == [NOW]
    with pytest.raises(RecordError, match="no stranger"):
        witness.first_contact(pins, logs["true-13"], LOG.key, WITNESS, NOW)
    again = witness.cosign(pins, logs["true-10"], LOG.key, WITNESS, NOW + 1)
    assert [line.time for line in note.verify(again, [WITNESS.key])] == [NOW + 1]
    witness.cosign(pins, logs["true-13"], LOG.key, WITNESS, NOW + 2)
    assert witness.pinned(pins, LOG.key) == logs["true-13"].signed


@pytest.mark.parametrize(
    ("pin", "shown", "why", "proven"),
    [
        ("true-10", "false-10", "two histories", True),
        ("true-10", "false-13", "two histories", True),
        ("true-13", "true-10", "10 entries, and 13 were seen", False),
        ("true-13", "false-10", "10 entries, and 13 were seen", False),
    ],
)
def test_a_contradiction_moves_no_pin_and_is_kept(
    logs: dict[str, Side], tmp_path: Path, pin: str, shown: str, why: str, proven: bool
) -> None:
    pins = tmp_path / "witness"
    witness.first_contact(pins, logs[pin], LOG.key, WITNESS, NOW)
    with pytest.raises(witness.ContradictionError, match=why) as caught:
        witness.cosign(pins, logs[shown], LOG.key, WITNESS, NOW)
    assert witness.pinned(pins, LOG.key) == logs[pin].signed
    assert (caught.value.evidence is not None) == proven
    kept = sorted((pins / witness.EVIDENCE).iterdir())
    if caught.value.evidence:
        assert kept == [caught.value.evidence]
        compare.parse(kept[0].read_bytes()).check(LOG.key)
    else:
        assert {path.read_bytes() for path in kept} == {bytes(logs[pin].signed), bytes(logs[shown].signed)}


def test_a_damaged_copy_proves_nothing(logs: dict[str, Side], tmp_path: Path) -> None:
    """The larger log's files were changed on the way: that is no misbehaviour of the log."""
    folder = logs["true-13"].log.folder  # type: ignore[union-attr]
    path = folder / "tile/0/000.p/13"
    path.write_bytes(bytes(32) + path.read_bytes()[32:])
    witness.first_contact(tmp_path / "w", logs["true-10"], LOG.key, WITNESS, NOW)
    with pytest.raises(witness.ContradictionError, match="damaged") as caught:
        witness.cosign(tmp_path / "w", Side(logs["true-13"].signed, Mirror(folder)), LOG.key, WITNESS, NOW)
    assert caught.value.evidence is None


def test_two_at_once_cannot_pin_two_histories(logs: dict[str, Side], tmp_path: Path) -> None:
    pins = tmp_path / "witness"
    witness.first_contact(pins, logs["true-10"], LOG.key, WITNESS, NOW)
    outcomes: list[str] = []
    # Only the signed states go to the threads: each needs a log of its own to prove from.
    folders = [logs[name].log.folder for name in ("true-13", "false-13")]  # type: ignore[union-attr]

    def try_it(folder: Path) -> None:
        mirror = Mirror(folder)
        try:
            witness.cosign(pins, Side(mirror.latest(), mirror), LOG.key, WITNESS, NOW)
            outcomes.append("cosigned")
        except witness.ContradictionError:
            outcomes.append("contradiction")

    threads = [threading.Thread(target=try_it, args=(folder,)) for folder in folders * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["contradiction"] * 3 + ["cosigned"] * 3
    assert witness.pinned(pins, LOG.key) == logs["true-13"].signed


def test_cosignatures_come_back_to_the_record(tmp_path: Path) -> None:
    with small(tmp_path / "record") as record:
        record.checkpoint(LOG)
        cosigned = witness.first_contact(tmp_path / "w", side(record), LOG.key, WITNESS, NOW)
        (line,) = cosigned.signatures[1:]
        record.cosigned(cosigned, [line])
        assert record.latest() == Mirror(tmp_path / "record").latest() == cosigned
        record.append([remark("more", 60, ANNA)])
        record.checkpoint(LOG)
        with pytest.raises(RecordError, match="not the newest"):
            record.cosigned(cosigned, [line])
