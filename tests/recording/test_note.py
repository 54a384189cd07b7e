"""Signed notes and checkpoints: those of others verify, what they must refuse is refused, and no bit can be changed."""

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, merkle, note
from tests.recording.vectors import foreign, own
from tests.shared import needs_shared

EXERCISE = own("exercise_log_end_to_end")
LOG = note.Signer.from_seed("ploughshare.example/log/exercise-1", note.ED25519, bytes([1]) * 32)
INSPECTOR = note.Signer.from_seed("witness.inspector.example", note.COSIGNATURE, bytes([2]) * 32)


@needs_shared
@pytest.mark.shared
def test_the_notes_of_others() -> None:
    vectors = foreign("signed_note")
    for case in vectors["accept"]:
        known = [note.vkey(text) for text in case["vkeys"]]
        assert len(note.verify(note.parse(case["note"].encode()), known)) == case["verified_signatures"]
    for case in vectors["reject"]:
        known = [note.vkey(text) for text in case["vkeys"]]
        with pytest.raises(RecordError):
            note.verify(note.parse(case["note"].encode()), known)
    for text in vectors["bad_vkeys"]:
        with pytest.raises(RecordError):
            note.vkey(text)
    for case in vectors["key_id_only"]:
        assert str(note.vkey(case["vkey"])) == case["vkey"]


@needs_shared
@pytest.mark.shared
def test_the_signing_keys_of_others_sign_as_theirs() -> None:
    vectors = foreign("signed_note")
    seed = base64.b64decode(vectors["signing_keys"][0]["skey"].split("+", 4)[4])[1:]
    peter = note.Signer.from_seed("PeterNeumann", note.ED25519, seed)
    enoch = note.Signer.from_seed("EnochRoot", note.ED25519, bytes(32))
    assert str(peter.key) == vectors["signing_keys"][0]["vkey"]
    two = next(case for case in vectors["accept"] if case["verified_signatures"] == 2)["note"].encode()
    assert bytes(note.sign(note.parse(two).text, peter, enoch)) == two


@pytest.mark.parametrize("name", ["log", "inspector", "multilateral", "host"])
def test_keys_of_the_exercise(name: str) -> None:
    seed = bytes.fromhex(EXERCISE["seeds_hex"][name])
    key = note.vkey(EXERCISE["vkeys"][name])
    assert note.Signer.from_seed(key.name, key.type, seed).key == key
    assert str(key) == EXERCISE["vkeys"][name]


@pytest.mark.parametrize("size", [3, 5])
def test_checkpoints_of_the_exercise(size: int) -> None:
    data = EXERCISE[f"checkpoint_{size}"].encode()
    signed = note.parse(data)
    assert bytes(signed) == data
    state = checkpoint.verify(signed, LOG.key)
    assert (state.size, state.root.hex()) == (size, EXERCISE["roots"][size])
    everybody = [note.vkey(text) for text in EXERCISE["vkeys"].values()]
    assert len(note.verify(signed, everybody)) == 4
    # Ed25519 is deterministic: ours are the very same bytes.
    again = checkpoint.sign(state, LOG)
    (seen,) = [line.time for line in note.verify(signed, [INSPECTOR.key])]
    assert seen is not None
    assert bytes(checkpoint.cosign(again, INSPECTOR, seen)) == b"".join(data.splitlines(keepends=True)[:6])


def test_every_bit_of_a_note_counts() -> None:
    data = b"".join(EXERCISE["checkpoint_3"].encode().splitlines(keepends=True)[:5])
    checkpoint.verify(note.parse(data), LOG.key)
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(RecordError):
            checkpoint.verify(note.parse(bytes(changed)), LOG.key)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    for given_ in (data, b"a\n\n\xe2\x80\x94 " + data):
        try:
            parsed = note.parse(given_)
        except RecordError:
            continue
        assert note.parse(bytes(parsed)) == parsed


@given(st.text(max_size=60))
def test_any_text_is_a_vkey_or_refused(text: str) -> None:
    for given_ in (text, f"a+00000000+{text}"):
        with pytest.raises(RecordError):
            note.vkey(given_)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n",
        "a\n01\n{root}\n",
        "a\n+1\n{root}\n",
        "a\n-1\n{root}\n",
        "a\n1 \n{root}\n",
        "a\n٣\n{root}\n",
        "a\n9223372036854775808\n{root}\n",
        f"a\n{'9' * 5000}\n{{root}}\n",
        "a\n1\nAAAA\n",
        "a\n1\n{root}",
        "\n1\n{root}\n",
        "a\n1\n{root}\n\nmore\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        checkpoint.parse(text.replace("{root}", base64.b64encode(merkle.EMPTY).decode()).encode())


def test_further_lines_are_tolerated_when_reading() -> None:
    root = base64.b64encode(merkle.EMPTY).decode()
    assert checkpoint.parse(f"a\n0\n{root}\nmore\n".encode()).size == 0


def test_a_checkpoint_is_signed_by_its_own_log_only() -> None:
    state = checkpoint.Checkpoint("another.example/log", 0, merkle.EMPTY)
    with pytest.raises(RecordError, match=re.escape("another.example/log")):
        checkpoint.sign(state, LOG)
    forged = note.sign(state.text(), LOG)
    with pytest.raises(RecordError, match="the key is that of"):
        checkpoint.verify(forged, LOG.key)


def test_a_log_cannot_take_the_name_of_another_kind_of_signature() -> None:
    for origin in ("ploughshare/entry/v1", "cosignature/v1", "with blank", "with+plus", ""):
        with pytest.raises(RecordError):
            checkpoint.Checkpoint(origin, 0, merkle.EMPTY).text()


def test_only_a_witness_key_cosigns() -> None:
    signed = checkpoint.sign(checkpoint.Checkpoint(LOG.name, 0, merkle.EMPTY), LOG)
    with pytest.raises(RecordError, match="witness"):
        checkpoint.cosign(signed, LOG, 1)
    assert len(checkpoint.cosign(checkpoint.cosign(signed, INSPECTOR, 1), INSPECTOR, 2).signatures) == 2
