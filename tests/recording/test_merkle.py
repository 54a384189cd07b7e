"""The tree: roots and proofs of others agree with ours, and every proof that is not exactly right is refused."""

import base64
import struct
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import RecordError
from ploughshare.recording import merkle
from tests.recording.vectors import foreign, own
from tests.shared import needs_shared

REFERENCE = own("rfc6962_reference_tree")
NAMED = own("tlog_leaf_n_trees")
LEAVES = {
    "reference": [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in REFERENCE["leaves_hex"]],
    "named": [merkle.leaf_hash(f"leaf {n}".encode()) for n in range(100)],
}
TREES = [("reference", REFERENCE), ("named", NAMED)]


def unhex(hashes: Sequence[str]) -> list[bytes]:
    return [bytes.fromhex(hash_) for hash_ in hashes]


def test_hashes() -> None:
    vectors = REFERENCE["hash_vectors"]
    assert merkle.EMPTY.hex() == vectors["empty_root"]
    for leaf in vectors["leaf"]:
        assert merkle.leaf_hash(bytes.fromhex(leaf["data_hex"])).hex() == leaf["hash"]
    for node in vectors["node"]:
        assert merkle.node_hash(bytes.fromhex(node["left_hex"]), bytes.fromhex(node["right_hex"])).hex() == node["hash"]


@pytest.mark.parametrize(("name", "vectors"), TREES)
def test_roots(name: str, vectors: dict[str, list[str]]) -> None:
    node = merkle.node_of(LEAVES[name])
    assert [merkle.root(size, node).hex() for size in range(len(vectors["roots_by_size"]))] == vectors["roots_by_size"]


@pytest.mark.parametrize(("name", "vectors"), TREES)
def test_proofs_are_made_and_verified(name: str, vectors: dict[str, list]) -> None:  # type: ignore[type-arg]
    leaves, roots = LEAVES[name], unhex(vectors["roots_by_size"])
    node = merkle.node_of(leaves)
    for case in vectors["inclusion"]:
        index, size, path = case["leaf_index"], case["tree_size"], unhex(case["proof"])
        assert merkle.inclusion(index, size, node) == path
        merkle.verify_inclusion(leaves[index], index, size, path, roots[size])
    for case in vectors["consistency"]:
        first, second, path = case["size1"], case["size2"], unhex(case["proof"])
        assert merkle.consistency(first, second, node) == path
        merkle.verify_consistency(first, second, path, roots[first], roots[second])


@needs_shared
@pytest.mark.shared
def test_the_probes_of_others() -> None:
    probes = foreign("fetched/transparency-dev_merkle_inclusion_probes")["probes"]
    assert len(probes) == 98
    for probe in probes:
        arguments = (
            base64.b64decode(probe["leafHash"] or ""),
            probe["leafIdx"],
            probe["treeSize"],
            [base64.b64decode(hash_ or "") for hash_ in probe["proof"] or []],
            base64.b64decode(probe["root"] or ""),
        )
        if probe["wantErr"]:
            with pytest.raises(RecordError):
                merkle.verify_inclusion(*arguments)
        else:
            merkle.verify_inclusion(*arguments)


SIZES = st.integers(1, 100)


def flipped(path: list[bytes], bit: int) -> list[bytes]:
    place, bit = divmod(bit % (256 * len(path)), 256)
    changed = bytearray(path[place])
    changed[bit // 8] ^= 1 << bit % 8
    return [*path[:place], bytes(changed), *path[place + 1 :]]


@given(SIZES, st.data())
def test_a_changed_inclusion_proof_is_refused(size: int, data: st.DataObject) -> None:
    leaves = LEAVES["named"]
    node = merkle.node_of(leaves)
    index = data.draw(st.integers(0, size - 1))
    path, root = merkle.inclusion(index, size, node), merkle.root(size, node)
    other = data.draw(st.integers(0, 120).filter(lambda n: n != index))
    wrong = [
        (leaves[index], other, size, path, root),
        (leaves[index], index, size, [*path, root], root),
        (leaves[index], index, size, path, merkle.root(size - 1, node)),
        (merkle.node_hash(root, root), index, size, path, root),
        (leaves[index], -1, size, path, root),
        (leaves[index], index, 0, path, root),
        (leaves[index], index, 2**63, path, root),
        (leaves[index][:31], index, size, path, root),
    ]
    if path:
        wrong += [
            (leaves[index], index, size, path[:-1], root),
            (leaves[index], index, size, flipped(path, data.draw(st.integers(0, 10**6))), root),
            (leaves[index], index, size, [path[0][:31], *path[1:]], root),
        ]
    for arguments in wrong:
        with pytest.raises(RecordError):
            merkle.verify_inclusion(*arguments)


@given(SIZES, st.data())
def test_a_changed_consistency_proof_is_refused(second: int, data: st.DataObject) -> None:
    node = merkle.node_of(LEAVES["named"])
    first = data.draw(st.integers(1, second))
    path = merkle.consistency(first, second, node)
    one, two = merkle.root(first, node), merkle.root(second, node)
    forged = merkle.node_hash(one, two)
    wrong = [
        (0, second, path, merkle.EMPTY, two),
        (0, second, [], merkle.EMPTY, two),
        (second + 1, second, path, one, two),
        (first, second, [*path, two], one, two),
        (first, second, path, forged, two),
        (first, second, path, one, forged),
        (first, 2**63, path, one, two),
        (first, second, path, one[:31], two),
    ]
    if path:
        wrong += [
            (first, second, path[:-1], one, two),
            (first, second, [], one, two),
            (first, second, path, two, one),
            (first, second, flipped(path, data.draw(st.integers(0, 10**6))), one, two),
        ]
    for arguments in wrong:
        with pytest.raises(RecordError):
            merkle.verify_consistency(*arguments)


def test_no_proof_is_made_for_what_is_not_there() -> None:
    node = merkle.node_of(LEAVES["named"])
    for index, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(RecordError):
            merkle.inclusion(index, size, node)
    for first, second in ((0, 5), (6, 5), (0, 0)):
        with pytest.raises(RecordError):
            merkle.consistency(first, second, node)


def test_a_huge_size_takes_no_time() -> None:
    with pytest.raises(RecordError):
        merkle.verify_inclusion(bytes(32), 2**62, 2**63 - 1, [bytes(32)] * 200, bytes(32))
    (leaf,) = struct.unpack("32s", bytes(32))
    with pytest.raises(RecordError):
        merkle.verify_consistency(2**62 + 1, 2**63 - 1, [leaf] * 64, leaf, leaf)
