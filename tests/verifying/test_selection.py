"""Joint draws: the vectors, fairness, and every way to spoil one (S11)."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from ploughshare.errors import SamplingError
from ploughshare.recording import note
from ploughshare.recording.store import Record
from ploughshare.verifying.entries import FallbackBody, RevealBody
from ploughshare.verifying.selection import Draw, commit_seed, joint_seed, replay, select
from tests.recording.vectors import own
from tests.verifying.made_up import HOST, INSPECTOR, at, record

ROOT = bytes([9]) * 32
SEEDS = {"host": bytes([1]) * 32, "inspector": bytes([2]) * 32}
BEFORE, AFTER = "2026-03-01T08:30:00Z", "2026-03-01T12:00:00Z"


@pytest.mark.parametrize("case", own("joint_selection")["cases"], ids=lambda case: f"{case['n']} of {case['N']}")
def test_the_vectors(case: dict[str, Any]) -> None:
    host, inspector = (bytes.fromhex(case[f"{side}_seed"]) for side in ("host", "inspector"))
    assert commit_seed(host).hex() == case["host_seed_commitment"]
    assert commit_seed(inspector).hex() == case["inspector_seed_commitment"]
    joint = joint_seed(host, inspector, bytes.fromhex(case["context_root"]))
    assert joint.hex() == case["joint_seed"]
    assert select(joint, case["N"], case["n"]) == case["selected"]


def test_every_item_is_drawn_equally_often() -> None:
    counts: Counter[int] = Counter()
    runs = 6000
    for number in range(runs):
        counts.update(select(joint_seed(number.to_bytes(32, "big"), SEEDS["host"], ROOT), 10, 3))
    expected = runs * 0.3
    assert all(abs(counts[item] - expected) < 4 * (expected * 0.7) ** 0.5 for item in range(10))
    assert select(bytes(32), 10, 10) == list(range(10))
    assert select(bytes(32), 10, 0) == []
    assert len(set(select(bytes(32), 10**6, 1000))) == 1000


def test_what_cannot_be_drawn() -> None:
    for ask in (lambda: select(bytes(32), 3, 4), lambda: select(bytes(32), 0, 0), lambda: commit_seed(b"short")):
        with pytest.raises(SamplingError):
            ask()
    with pytest.raises(SamplingError):
        joint_seed(bytes(31), bytes(32), bytes(32))


# -- on the record -------------------------------------------------------------------------------------------------------------
def committed(log: Record, side: str, minute: int, by: note.Signer, seed: bytes | None = None, **terms: Any) -> None:
    commitment = commit_seed(SEEDS[side] if seed is None else seed).hex()
    body: dict[str, Any] = {
        "draw": "round-1",
        "side": side,
        "commitment": commitment,
        "inventory_root": ROOT.hex(),
        "population": 100,
    }
    body |= {"sample": 5, "reveal_by": "2026-03-01T09:00:00Z", "fallback": "inspector-chooses", **terms}
    log.add([("draw-seed", body)], by, at(minute))


def revealed(log: Record, side: str, minute: int, by: note.Signer, seed: bytes | None = None) -> None:
    body = RevealBody("round-1", side, (SEEDS[side] if seed is None else seed).hex())  # type: ignore[arg-type]
    log.add([("draw-reveal", body)], by, at(minute))


def told(log: Record, now: str = AFTER) -> tuple[str, int, list[str]]:
    found = replay(log, "round-1", now)
    return found.state, found.exit_code, [finding.code for finding in found.findings]


@pytest.fixture
def log(tmp_path: Path) -> Any:
    with record(tmp_path / "record") as made:
        yield made


def both(log: Record) -> None:
    committed(log, "host", 1, HOST)
    committed(log, "inspector", 2, INSPECTOR)


def test_a_draw_that_both_keep_to(log: Record) -> None:
    with pytest.raises(SamplingError):
        replay(log, "round-1", AFTER)
    committed(log, "host", 1, HOST)
    assert told(log) == ("commitments awaited", 4, [])
    committed(log, "inspector", 2, INSPECTOR)
    revealed(log, "inspector", 3, INSPECTOR)
    assert told(log, BEFORE) == ("seeds awaited", 4, [])
    revealed(log, "host", 4, HOST)
    found: Draw = replay(log, "round-1", AFTER)
    assert (found.state, found.exit_code) == ("drawn", 0)
    assert found.selected == select(joint_seed(SEEDS["host"], SEEDS["inspector"], ROOT), 100, 5)


def test_a_seed_that_was_not_committed_to(log: Record) -> None:
    both(log)
    revealed(log, "inspector", 3, INSPECTOR)
    revealed(log, "host", 4, HOST, bytes([7]) * 32)
    assert told(log) == ("void", 3, ["SEED_MISMATCH"])
    assert replay(log, "round-1", AFTER).selected is None


def test_a_seed_that_is_withheld_and_the_fallback(log: Record) -> None:
    both(log)
    revealed(log, "inspector", 3, INSPECTOR)
    assert told(log) == ("void", 2, ["SEED_WITHHELD"])
    log.add([("draw-fallback", FallbackBody("round-1", "SEED_WITHHELD", "inspector-chooses", (1, 2, 3, 4, 5)))], INSPECTOR, at(90))
    assert told(log) == ("void", 2, ["SEED_WITHHELD"])
    found = replay(log, "round-1", AFTER)
    assert found.fallback is not None
    assert found.fallback[1].selected == (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    "body",
    [
        FallbackBody("round-1", "SEED_WITHHELD", "draw-again"),
        FallbackBody("round-1", "SEED_WITHHELD", "inspector-chooses", (1, 2, 3, 4)),
        FallbackBody("round-1", "SEED_WITHHELD", "inspector-chooses", (1, 2, 3, 4, 100)),
        FallbackBody("round-1", "SEED_WITHHELD", "inspector-chooses", (1, 2, 3, 4, 4)),
        FallbackBody("round-1", "SEED_MISMATCH", "inspector-chooses", (1, 2, 3, 4, 5)),
    ],
)
def test_a_fallback_that_was_not_agreed(log: Record, body: FallbackBody) -> None:
    both(log)
    log.add([("draw-fallback", body)], INSPECTOR, at(90))
    assert "FALLBACK_NOT_AGREED" in told(log)[2]


def test_a_seed_shown_too_late(log: Record) -> None:
    both(log)
    revealed(log, "inspector", 3, INSPECTOR)
    revealed(log, "host", 61, HOST)
    assert told(log) == ("void", 2, ["SEED_WITHHELD"])


def test_a_seed_shown_before_the_other_side_committed(log: Record) -> None:
    committed(log, "host", 1, HOST)
    revealed(log, "host", 2, HOST)
    committed(log, "inspector", 3, INSPECTOR)
    revealed(log, "inspector", 4, INSPECTOR)
    assert "ORDER_BROKEN" in told(log)[2]


def test_one_side_copies_the_other(log: Record) -> None:
    """Who repeats the other's commitment waits for its seed, and has none of its own."""
    committed(log, "host", 1, HOST)
    committed(log, "inspector", 2, INSPECTOR, SEEDS["host"])
    assert told(log, BEFORE) == ("void", 2, ["SEED_REPEATED"])


def test_different_terms_and_one_signer(log: Record) -> None:
    committed(log, "host", 1, HOST)
    committed(log, "inspector", 2, INSPECTOR, sample=6)
    assert told(log, BEFORE) == ("void", 2, ["TERMS_DIFFER"])


def test_one_key_for_both_sides(log: Record) -> None:
    committed(log, "host", 1, HOST)
    committed(log, "inspector", 2, HOST)
    assert "ONE_SIGNER" in told(log, BEFORE)[2]


def test_a_second_commitment_of_one_side(log: Record) -> None:
    committed(log, "host", 1, HOST)
    committed(log, "host", 2, HOST, bytes([5]) * 32)
    assert told(log, BEFORE) == ("void", 3, ["SEED_MISMATCH"])


def test_a_stranger_binds_nobody(log: Record) -> None:
    both(log)
    committed(log, "host", 3, INSPECTOR, bytes([5]) * 32)
    revealed(log, "host", 4, INSPECTOR, bytes([5]) * 32)
    revealed(log, "inspector", 5, INSPECTOR)
    revealed(log, "host", 6, HOST)
    assert told(log) == ("drawn", 0, [])
