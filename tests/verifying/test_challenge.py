"""Challenges, openings on the record (S10), and evidence that is redacted."""

import copy
from pathlib import Path
from typing import Any

import pytest

from ploughshare.errors import DeclarationError
from ploughshare.recording import entry, note
from ploughshare.recording.store import Record
from ploughshare.verifying import evidence
from ploughshare.verifying.challenge import standing, verify_opening, weight_of
from ploughshare.verifying.declaration import Anchored, find
from ploughshare.verifying.entries import ChallengeBody, DeclarationBody, OpeningBody, Statement
from tests.verifying.made_up import HOST, INSPECTOR, NAME, anchored, at, committed, record

STATEMENT, VAULT = committed()
DEADLINE, BEFORE, AFTER = "2026-03-01T09:00:00Z", "2026-03-01T08:59:00Z", "2026-03-01T09:00:01Z"


@pytest.fixture
def log(tmp_path: Path) -> Any:
    with record(tmp_path / "record") as made:
        made.add([("declaration", DeclarationBody(STATEMENT, "2026-03-01", "initial"))], HOST, at(1))
        made.add([("challenge", ChallengeBody(NAME, DEADLINE, uid="EX-0003"))], INSPECTOR, at(2))
        yield made


def opened(
    log: Record, minute: int, by: note.Signer = HOST, fields: tuple[str, ...] = ("uid",), change: Any = None, slot: int = 3
) -> None:
    value = copy.deepcopy(VAULT.disclose(slot, fields).plain())
    if change:
        change(value)
    log.add([("opening", OpeningBody(STATEMENT.root, value, find_challenge(log)))], by, at(minute))


def find_challenge(log: Record) -> int:
    return next(index for index, raw in enumerate(log.entries()) if b'"type":"challenge"' in raw)


def told(log: Record, now: str) -> tuple[str, int, list[str]]:
    found = standing(log, now)
    return found.challenges[0].state, found.exit_code, [one.code for one in found.findings]


def test_a_challenge_answered_in_time(log: Record) -> None:
    assert told(log, BEFORE) == ("open", 0, [])
    opened(log, 10)
    assert told(log, AFTER) == ("answered", 0, [])
    assert standing(log, AFTER).opened == {NAME: {3}}


def test_a_challenge_never_answered(log: Record) -> None:
    assert told(log, AFTER) == ("overdue", 4, ["DISCLOSURE_OVERDUE"])


def test_a_challenge_answered_late(log: Record) -> None:
    opened(log, 61)
    assert told(log, AFTER) == ("answered late", 4, ["DISCLOSURE_OVERDUE"])


def test_what_is_no_answer(log: Record) -> None:
    opened(log, 3, fields=("site",))
    opened(log, 4, slot=0)
    opened(log, 5, by=INSPECTOR)
    assert told(log, BEFORE)[0] == "open"


def wrong_value(value: dict[str, Any]) -> None:
    value["fields"][1]["value"] = "EX-0009"


def wrong_salt(value: dict[str, Any]) -> None:
    value["fields"][1]["salt"] = "00" * 32


def wrong_slot(value: dict[str, Any]) -> None:
    value["slot"] = 4


@pytest.mark.parametrize("change", [wrong_value, wrong_salt, wrong_slot])
def test_an_opening_that_contradicts_the_declaration(log: Record, change: Any) -> None:
    """3 if the declarant signed it, 2 if anybody else did; the values are not told."""
    opened(log, 10, change=change)
    assert told(log, BEFORE) == ("open", 3, ["NOT_IN_COMMITMENT"])
    assert "EX-0" not in "".join(one.what for one in standing(log, BEFORE).findings)


def test_an_opening_that_another_signed(log: Record) -> None:
    opened(log, 10, by=INSPECTOR, change=wrong_value)
    assert told(log, BEFORE) == ("open", 2, ["NOT_IN_COMMITMENT"])


def test_weights() -> None:
    refusal = DeclarationError("x", code="NOT_IN_COMMITMENT")
    assert [weight_of(refusal, HOST.key, one) for one in (None, INSPECTOR.key, HOST.key)] == [2, 2, 3]
    assert weight_of(DeclarationError("x", code="WRONG_DECLARATION"), HOST.key, HOST.key) == 2
    assert weight_of(DeclarationError("x", code="QUORUM_NOT_MET"), None, None) == 4
    assert weight_of(DeclarationError("x"), None, None) == 1


def test_an_opening_names_its_root(tmp_path: Path) -> None:
    held = anchored(tmp_path / "record", STATEMENT)
    plain = VAULT.disclose(3, ["uid"]).plain()
    signed = entry.parse(entry.sign("opening", OpeningBody(STATEMENT.root, plain), HOST, at(3)))
    assert verify_opening(held, signed).values == {"uid": "EX-0003"}
    other = entry.parse(entry.sign("opening", OpeningBody("0" * 64, plain), HOST, at(3)))
    with pytest.raises(DeclarationError) as caught:
        verify_opening(held, other)
    assert caught.value.code == "WRONG_DECLARATION"


def test_two_declarations_for_one_period(log: Record) -> None:
    other = Statement(
        **{**{name: getattr(STATEMENT, name) for name in Statement.__struct_fields__}, "declaration_id": "urania-again"}
    )
    log.add([("declaration", DeclarationBody(other, "2026-03-01", "initial"))], HOST, at(3))
    assert told(log, BEFORE)[1:] == (2, ["DUPLICATE_COMMITMENT"])
    log.add([("declaration", DeclarationBody(other, "2026-04", "update"))], HOST, at(4))
    assert [one.code for one in standing(log, BEFORE).findings] == ["DUPLICATE_COMMITMENT"] * 2
    with pytest.raises(DeclarationError) as caught:
        find(log, "urania-again")
    assert caught.value.code == "DUPLICATE_COMMITMENT"


def test_a_promise_to_open_everything(tmp_path: Path) -> None:
    with record(tmp_path / "record") as log:
        log.add([("declaration", DeclarationBody(STATEMENT, "2026", "initial", DEADLINE))], HOST, at(1))
        assert standing(log, BEFORE).exit_code == 0
        assert [one.code for one in standing(log, AFTER).findings] == ["DISCLOSURE_OVERDUE"]
        for slot in range(8):
            log.add([("opening", OpeningBody(STATEMENT.root, VAULT.disclose(slot, ["kind"]).plain()))], HOST, at(2))
        assert standing(log, AFTER).exit_code == 0


# -- evidence ------------------------------------------------------------------------------------------------------------------
DATA = bytes(range(256)) * 1000


def released(tmp_path: Path, regions: tuple[evidence.Region, ...] = ()) -> tuple[Anchored, Any]:
    statement, opened = evidence.commit_file(DATA, declaration_id="photo-7", declarant="Urania", regions=regions)
    return anchored(tmp_path / "record", statement, "evidence"), opened


def test_evidence_with_segments_withheld(tmp_path: Path) -> None:
    held, opened = released(tmp_path)
    assert opened.schema == ("segment_0", "segment_1", "segment_2", "segment_3")
    whole = evidence.verify_release(held, evidence.parse(bytes(evidence.release(opened, {}))))
    assert (whole.content(), whole.words) == (DATA, "0 of 4 segments withheld by the host")
    made = evidence.release(opened, {"segment_1": "managed-access", "segment_3": "safety"})
    shown = evidence.verify_release(held, evidence.parse(bytes(made)))
    assert shown.words == "2 of 4 segments withheld by the host (managed-access, safety)"
    assert shown.content() == DATA[:65536] + DATA[131072:196608]
    assert len(bytes(made)) < len(bytes(evidence.release(opened, {}))) * 0.6


def test_a_released_segment_cannot_be_exchanged(tmp_path: Path) -> None:
    held, opened = released(tmp_path, (evidence.Region("face", 1000, 9000),))
    assert opened.schema == ("segment_0", "face", "segment_2")
    value = evidence.release(opened, {"face": "privacy"})
    good = bytes(value)
    place = good.index(b'"value":"') + 20
    for changed in (
        good[:place] + (b"A" if good[place : place + 1] != b"A" else b"B") + good[place + 1 :],
        good.replace(b"privacy", b"because"),
    ):
        with pytest.raises(DeclarationError):
            evidence.verify_release(held, evidence.parse(changed))
    with pytest.raises(DeclarationError) as caught:
        evidence.verify_release(held, evidence.Release(value.disclosure, {}))
    assert caught.value.code == "UNKNOWN_REASON"


def test_regions_and_reasons_that_cannot_be(tmp_path: Path) -> None:
    for regions in (
        [evidence.Region("a", 0, 10), evidence.Region("b", 5, 20)],
        [evidence.Region("a", 0, 101)],
        [evidence.Region("segment_0", 0, 5)],
        [evidence.Region("A b", 0, 5)],
        [evidence.Region("a", 5, 5)],
        [evidence.Region("a", 0, 5), evidence.Region("a", 6, 9)],
    ):
        with pytest.raises(DeclarationError) as caught:
            evidence.cut(100, regions)
        assert caught.value.code == "BAD_REGION"
    _, opened = released(tmp_path)
    for withheld in ({"segment_0": "because"}, {"nothing": "safety"}):
        with pytest.raises(DeclarationError):
            evidence.release(opened, withheld)
    for data in (b"{}", b"[]", b'{"disclosure":{},"withheld":{}}', b'{"disclosure":{},"withheld":3}'):
        with pytest.raises(DeclarationError):
            evidence.parse(data)
