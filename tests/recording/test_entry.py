"""Entries and keys: what was signed is what is read, and nothing else."""

import base64
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import RecordError
from ploughshare.recording import canon, entry, keys, note
from tests.recording.made_up import ANNA, LOG, STRANGER, WITNESS, at, remark


def test_an_entry_reads_as_it_was_signed() -> None:
    raw = remark('words with "quotes", "sig":"x", é', 3)
    found = entry.parse_verified(raw)
    assert (found.at, found.type, found.author) == ("2026-03-02T08:03:00Z", "note", ANNA.key)
    assert entry.shape(found) == entry.Remark('words with "quotes", "sig":"x", é')
    assert canon.encode(json.loads(raw)) == raw


def test_the_signature_is_the_one_that_the_page_describes() -> None:
    """Verified as docs/record.md says, with nothing of ours."""
    envelope = json.loads(remark("by hand", 1))
    signature = base64.b64decode(envelope.pop("sig"))
    message = b"ploughshare/entry/v1\n" + json.dumps(envelope, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    ANNA.private.public_key().verify(signature, message)


def test_every_bit_of_an_entry_counts() -> None:
    raw = remark("é", 1)
    for bit in range(8 * len(raw)):
        changed = bytearray(raw)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(RecordError):
            entry.parse_verified(bytes(changed))


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(RecordError):
        entry.parse_verified(data)


def forged(**changes: Any) -> bytes:
    """An entry by the stranger with an envelope that is changed before it is signed anew."""
    envelope = {**json.loads(remark("x", 1, STRANGER)), **changes}
    del envelope["sig"]
    unsigned = {name: value for name, value in envelope.items() if value is not None}
    raw = msgspec.json.encode(unsigned, order="deterministic")
    signature = base64.b64encode(STRANGER.private.sign(entry.SIGNED + raw)).decode()
    return msgspec.json.encode({**unsigned, "sig": signature}, order="deterministic")


def test_the_forger_can_sign() -> None:
    assert entry.parse_verified(forged()).author == STRANGER.key


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"v": 2}, "version"),
        ({"v": None}, "missing"),
        ({"more": 1}, "unknown field"),
        ({"at": "2026-02-30T08:00:00Z"}, "not a time"),
        ({"at": "2026-03-02T08:00:00+00:00"}, "not a time"),
        ({"at": "2026-03-02T08:00:00.5Z"}, "not a time"),
        ({"type": "Note"}, "type of entry"),
        ({"type": 'x","sig":"'}, "type of entry"),
        ({"body": []}, "object"),
        ({"body": {"text": 1.5}}, "fraction"),
        ({"body": {"text": "e\u0301"}}, "NFC"),
        ({"body": {"Text": "x"}}, "characters"),
        ({"by": str(WITNESS.key)}, "witness"),
        ({"by": "nobody"}, "vkey"),
        ({"by": str(ANNA.key)}, "does not hold"),
    ],
)
def test_a_malformed_or_forged_entry_is_refused_with_the_reason(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(RecordError, match=why):
        entry.parse_verified(forged(**changes))


def test_an_entry_is_no_larger_than_a_bundle_can_write() -> None:
    fits = entry.sign("note", {"text": "x" * 20_000}, ANNA, at(0))
    assert len(fits) < entry.LARGEST
    with pytest.raises(RecordError, match="65535"):
        entry.parse(fits + b" " * entry.LARGEST)
    with pytest.raises(RecordError, match="length"):
        entry.sign("note", {"text": "x" * 20_001}, ANNA, at(0))


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": 1}, {"text": "x", "more": 1}, {"text": "x", "about": -1}])
def test_a_body_has_the_shape_of_its_type(body: dict[str, Any]) -> None:
    with pytest.raises(RecordError, match="type note"):
        entry.sign("note", body, ANNA, at(0))


def test_a_type_is_known_before_it_is_signed() -> None:
    with pytest.raises(RecordError, match="not known"):
        entry.sign("unheard-of", {}, ANNA, at(0))
    assert entry.shape(entry.parse(forged(type="unheard-of"))) is None


def test_types_are_registered_once_and_strictly() -> None:
    class Loose(msgspec.Struct, frozen=True):
        text: str

    class Other(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        text: str

    for kind, body in (("loose", Loose), ("note", Other), ("Bad Name", Other)):
        with pytest.raises(ValueError, match=kind):
            entry.register(kind, body)
    entry.register("note", entry.Remark)


def test_a_witness_signs_no_entries() -> None:
    with pytest.raises(RecordError, match="witness"):
        entry.sign("note", {"text": "x"}, WITNESS, at(0))


# -- key files ----------------------------------------------------------------------------------------------------------------
def never() -> str:
    raise AssertionError("nobody should be asked")


def test_a_key_with_a_passphrase(tmp_path: Any) -> None:
    path = tmp_path / "keys" / "anna.key"
    keys.save(path, ANNA, "a long sentence, é")
    assert path.stat().st_mode & 0o777 == 0o600
    assert keys.sealed(path)
    assert keys.public(path) == ANNA.key
    assert ANNA.private.private_bytes_raw() not in path.read_bytes()
    # The same words in the other form of Unicode open it as well.
    signer = keys.load(path, lambda: "a long sentence, e\u0301")
    assert signer.private.private_bytes_raw() == ANNA.private.private_bytes_raw()
    with pytest.raises(RecordError, match="passphrase is wrong"):
        keys.load(path, lambda: "another")


def test_a_key_without_one_must_be_asked_for(tmp_path: Any) -> None:
    path = tmp_path / "library.key"
    keys.save(path, LOG, None)
    assert not keys.sealed(path)
    assert keys.load(path, never).key == LOG.key


def test_a_key_is_never_overwritten(tmp_path: Any) -> None:
    path = tmp_path / "library.key"
    keys.save(path, LOG, None)
    with pytest.raises(RecordError, match="already"):
        keys.save(path, ANNA, None)
    assert keys.public(path) == LOG.key


def test_a_key_that_others_can_read_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "library.key"
    keys.save(path, LOG, None)
    path.chmod(0o644)
    with pytest.raises(RecordError, match="chmod 600"):
        keys.load(path, never)


def test_no_byte_of_a_key_file_can_be_changed(tmp_path: Any) -> None:
    path = tmp_path / "anna.key"
    keys.save(path, ANNA, None)
    data = path.read_bytes()
    for place in range(len(data) - 1):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        with pytest.raises(RecordError):
            keys.load(path, lambda: "words")


@pytest.mark.parametrize(
    "change",
    [
        {"n": 2**40},
        {"n": 3},
        {"n": "x"},
        {"kdf": "none"},
        {"nonce": "AAAA"},
        {"sealed": "AAAA"},
        {"vkey": str(STRANGER.key)},
        {"v": 2},
    ],
)
def test_a_changed_key_file_is_refused(tmp_path: Any, change: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", 2**4)
    path = tmp_path / "anna.key"
    keys.save(path, ANNA, "words")
    path.write_bytes(canon.encode({**canon.read(path.read_bytes()), **change}))
    with pytest.raises(RecordError):
        keys.load(path, lambda: "words")


def test_where_the_passphrase_comes_from(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    assert keys.find_passphrase(None, lambda: "asked") == "asked"
    monkeypatch.setenv(keys.VARIABLE, "from outside")
    assert keys.find_passphrase(None, never) == "from outside"
    file = tmp_path / "words"
    file.write_text("from a file\n")
    assert keys.find_passphrase(file, never) == "from a file"
    file.write_text("\n")
    with pytest.raises(RecordError, match="empty"):
        keys.find_passphrase(file, never)
    with pytest.raises(RecordError, match="cannot be read"):
        keys.find_passphrase(tmp_path / "none", never)


def test_signing_needs_the_key_of_a_known_kind() -> None:
    with pytest.raises(RecordError, match="0x06"):
        note.VerifierKey("x", 6, bytes(32))
