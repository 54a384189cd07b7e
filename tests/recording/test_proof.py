"""Proof files and policies: what a stranger can check with nothing but the file and the keys."""

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, merkle, note, policy, proof
from tests.recording.made_up import ANNA, LOG, SECOND, STRANGER, WITNESS, remark, small
from tests.recording.vectors import own

EXERCISE = own("exercise_log_end_to_end")
POLICY = policy.parse(EXERCISE["tlog_policy"].encode())


def test_the_proof_of_the_exercise() -> None:
    data = EXERCISE["tlog_proof_index_2"].encode()
    found = proof.parse(data)
    assert bytes(found) == data
    proven = proof.verify(found, POLICY, EXERCISE["entries_utf8"][2].encode())
    assert (proven.index, proven.verdict.checkpoint.size, proven.verdict.met) == (2, 5, True)
    assert set(proven.verdict.witnesses) == {"inspector", "multilateral", "host"}
    # Entries of the exercise are not ours: the bytes are proven, and nobody's signature is claimed.
    assert proven.entry is None
    with pytest.raises(RecordError, match="does not carry its entry"):
        proof.verify(found, POLICY)
    for index in (0, 1, 3, 4):
        with pytest.raises(RecordError, match="does not lead"):
            proof.verify(found, POLICY, EXERCISE["entries_utf8"][index].encode())


def test_the_fork_of_the_exercise_misses_its_quorum() -> None:
    verdict = POLICY.judge(note.parse(EXERCISE["fork"]["checkpoint_5"].encode()))
    assert not verdict.met
    assert set(verdict.witnesses) == {"host"}
    for size in (3, 5):
        assert POLICY.judge(note.parse(EXERCISE[f"checkpoint_{size}"].encode())).met
    roots = [bytes.fromhex(root) for root in EXERCISE["roots"]]
    path = [base64.b64decode(hash_) for hash_ in EXERCISE["consistency_3_5"]]
    merkle.verify_consistency(3, 5, path, roots[3], roots[5])
    forked = checkpoint.parse(note.parse(EXERCISE["fork"]["checkpoint_5"].encode()).text)
    path = [base64.b64decode(hash_) for hash_ in EXERCISE["fork"]["consistency_3_5"]]
    with pytest.raises(RecordError, match="not the beginning"):
        merkle.verify_consistency(3, 5, path, roots[3], forked.root)


def test_a_proof_carries_its_entry_and_says_who_signed(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        with pytest.raises(RecordError, match="no checkpoint yet"):
            proof.prove(record, 3)
        record.checkpoint(LOG)
        raw = record.entry(5)
        data = bytes(proof.prove(record, 5))
        with pytest.raises(RecordError, match="no entry 10"):
            proof.prove(record, 10)
        record.append([remark("late", 60)])
        with pytest.raises(RecordError, match="after the last checkpoint"):
            proof.prove(record, 10)
    proven = proof.verify(proof.parse(data), policy.trusting(LOG.key))
    assert (proven.raw, proven.index) == (raw, 5)
    assert proven.entry is not None
    assert proven.entry.author == ANNA.key
    assert proof.verify(proof.parse(data), policy.trusting(LOG.key), raw) == proven
    for wrong in (policy.trusting(STRANGER.key), policy.trusting(note.Signer.new(LOG.name).key), policy.trusting()):
        with pytest.raises(RecordError):
            proof.verify(proof.parse(data), wrong)


def test_every_bit_of_a_proof_counts(tmp_path: Path) -> None:
    with small(tmp_path) as record:
        record.checkpoint(LOG)
        data = bytes(proof.prove(record, 5))
    trusted = policy.trusting(LOG.key)
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises(RecordError):
            proof.verify(proof.parse(bytes(changed)), trusted)


@pytest.mark.parametrize(
    "head",
    [
        "c2sp.org/tlog-proof@v2\nindex 0",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\nindex",
        "c2sp.org/tlog-proof@v1\nindex 01",
        "c2sp.org/tlog-proof@v1\nindex -1",
        "c2sp.org/tlog-proof@v1\nindex 1e1",
        "c2sp.org/tlog-proof@v1\nindex " + "9" * 5000,
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA",
        "c2sp.org/tlog-proof@v1\nextra A\nindex 0",
        "c2sp.org/tlog-proof@v1\nindex 0\nwords",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA",
        "c2sp.org/tlog-proof@v1\nindex 0" + "\n" * 2,
        "c2sp.org/tlog-proof@v1\nindex 0" + ("\n" + "A" * 43 + "=") * 64,
        "c2sp.org/tlog-proof@v1\r\nindex 0",
    ],
)
def test_a_malformed_proof_is_refused(head: str) -> None:
    data = f"{head}\n\n{EXERCISE['checkpoint_5']}".encode()
    with pytest.raises(RecordError):
        proof.verify(proof.parse(data), POLICY, b"x")


@given(st.binary(max_size=80))
def test_any_bytes_are_refused(data: bytes) -> None:
    for given_ in (data, b"c2sp.org/tlog-proof@v1\nindex 0\n" + data):
        with pytest.raises(RecordError):
            proof.parse(given_)


# -- policies -----------------------------------------------------------------------------------------------------------------
KEYS = {
    "log": str(LOG.key),
    "one": str(WITNESS.key),
    "two": str(SECOND.key),
}
GOOD = "log {log}\nwitness one {one}\nwitness two {two} https://two.example/\ngroup both all one two\nquorum both\n"


def parsed(text: str) -> policy.Policy:
    return policy.parse(text.format(**KEYS).encode())


def signed(*witnesses: note.Signer) -> note.Note:
    found = checkpoint.sign(checkpoint.Checkpoint(LOG.name, 0, merkle.EMPTY), LOG)
    for witness in witnesses:
        found = checkpoint.cosign(found, witness, 1_772_438_400)
    return found


@pytest.mark.parametrize(
    ("quorum", "needed"),
    [
        ("quorum none", 0),
        ("quorum one", 1),
        ("group g any one two\nquorum g", 1),
        ("group g 1 one two\nquorum g", 1),
        ("group g 2 one two\nquorum g", 2),
        ("group g all one two\nquorum g", 2),
        ("group a any one\n group b\tall two \n# words\n\ngroup g all a b\nquorum g", 2),
    ],
)
def test_how_many_witnesses_suffice(quorum: str, needed: int) -> None:
    found = parsed(f"log {{log}}\nwitness one {{one}}\nwitness two {{two}}\n{quorum}\n")
    met = [found.judge(signed(*witnesses)).met for witnesses in ((), (WITNESS,), (WITNESS, SECOND))]
    assert met == [needed <= count for count in range(3)]


def test_a_false_cosignature_spoils_the_note() -> None:
    good = signed(WITNESS)
    (line,) = good.signatures[1:]
    bad = note.Note(
        good.text, (good.signatures[0], note.Signature(line.name, line.id, line.blob[:-1] + bytes([line.blob[-1] ^ 1])))
    )
    with pytest.raises(RecordError, match="does not hold"):
        parsed(GOOD).judge(bad)
    # A signature by somebody unknown is passed over.
    assert policy.trusting(LOG.key).judge(bad).met


def test_cosignatures_alone_are_not_enough() -> None:
    good = signed(WITNESS, SECOND)
    with pytest.raises(RecordError, match="no log of the policy"):
        parsed(GOOD).judge(note.Note(good.text, good.signatures[1:]))


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", ""),
        ("log {log}\n", ""),
        ("quorum one\n", "line 1"),
        ("quorum none\nquorum none\n", "line 2"),
        ("log {one}\nquorum none\n", "line 1"),
        ("log {log}\nlog {log}\nquorum none\n", "line 2"),
        ("witness none {one}\nquorum none\n", "line 1"),
        ("witness one {log}\nquorum none\n", "line 1"),
        ("witness one {one}\nwitness one {two}\nquorum none\n", "line 2"),
        ("witness one {one}\nwitness two {one}\nquorum none\n", "line 2"),
        ("witness one {one}\ngroup one any one\nquorum none\n", "line 2"),
        ("witness one {one}\ngroup g 2 one\nquorum g\n", "line 2"),
        ("witness one {one}\ngroup g 0 one\nquorum g\n", "line 2"),
        ("witness one {one}\ngroup g +1 one\nquorum g\n", "line 2"),
        ("witness one {one}\ngroup g any one one\nquorum g\n", "line 2"),
        ("witness one {one}\ngroup g any one\ngroup h any one\nquorum g\n", "line 3"),
        ("group g any h\ngroup h any g\nquorum g\n", "line 1"),
        ("group g any\nquorum none\n", "line 1"),
        ("words\nquorum none\n", "line 1"),
        ("quorum none\r\n", "line 1"),
        ("log x+y+z\nquorum none\n", "line 1"),
        ("#\n" * 1001 + "quorum none", ""),
    ],
)
def test_a_malformed_policy_is_refused_by_its_line(text: str, where: str) -> None:
    with pytest.raises(RecordError) as caught:
        parsed(text)
    assert where in str(caught.value)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_policy_or_refused(data: bytes) -> None:
    for given_ in (data, b"witness " + data + b"\nquorum none", b"quorum " + data):
        try:
            policy.parse(given_)
        except RecordError as error:
            str(error).encode()
