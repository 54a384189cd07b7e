"""The Merkle tree of RFC 9162 (section 2.1; the same as RFC 6962): its root, and proofs that a stranger can check.

Whoever makes a proof gives a ``Node``: the hash of a whole subtree, by level and place. Whoever checks one needs the proof,
the sizes and the roots, and must have got size and root together from a signed checkpoint: alone, they prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256

from ploughshare.errors import RecordError

HASH = 32
#: The root of a tree without entries.
EMPTY = sha256(b"").digest()
#: Sizes are at most this, as in RFC 9162; a larger number is an attack on somebody's loop.
LARGEST = 2**63 - 1

#: (level, place) → hash of the 2**level entries from place * 2**level on. Asked only for subtrees that are whole.
Node = Callable[[int, int], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of an entry.

    >>> leaf_hash(b"").hex()[:8]
    '6e340b9c'
    """
    return sha256(b"\0" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side."""
    return sha256(b"\1" + left + right).digest()


def subtree(hashes: Sequence[bytes]) -> bytes:
    """The root of whole subtrees side by side: 1, 2, 4 … of them."""
    row = list(hashes)
    while len(row) > 1:
        row = [sha256(b"\1" + row[place] + row[place + 1]).digest() for place in range(0, len(row), 2)]
    return row[0]


def node_of(leaves: Sequence[bytes]) -> Node:
    """The nodes of a tree whose leaf hashes lie in memory."""
    return lambda level, place: subtree(leaves[place << level : (place + 1) << level])


# -- making -----------------------------------------------------------------------------------------------------------------
def root(size: int, node: Node) -> bytes:
    """The root of the first ``size`` entries.

    >>> leaves = [leaf_hash(bytes([n])) for n in range(3)]
    >>> root(3, node_of(leaves)) == node_hash(node_hash(leaves[0], leaves[1]), leaves[2])
    True
    """
    return _range(0, size, node) if size else EMPTY


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that entry ``index`` is among the first ``size`` (RFC 9162, 2.1.3.1)."""
    if not 0 <= index < size:
        raise RecordError(f"there is no entry {index} among {size}", advice=f"entries are numbered 0 to {size - 1}" if size else "")
    path = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _split(stop - start)
        if index < middle:
            path.append(_range(middle, stop, node))
            stop = middle
        else:
            path.append(_range(start, middle, node))
            start = middle
    return path[::-1]


def consistency(first: int, second: int, node: Node) -> list[bytes]:
    """The proof that the first ``first`` entries are the beginning of the first ``second`` (RFC 9162, 2.1.4.1)."""
    if not 0 < first <= second:
        raise RecordError(
            f"there is no proof from size {first} to size {second}", advice="the first must be 1 or more, and not the larger"
        )
    path = []
    start, stop, known = 0, second, True
    while first != stop:
        middle = start + _split(stop - start)
        if first <= middle:
            path.append(_range(middle, stop, node))
            stop = middle
        else:
            path.append(_range(start, middle, node))
            start, known = middle, False
    if not known:
        path.append(_range(start, stop, node))
    return path[::-1]


def _split(size: int) -> int:
    """The largest power of two below ``size``."""
    return 1 << (size - 1).bit_length() - 1


def _range(start: int, stop: int, node: Node) -> bytes:
    """The hash of a range whose start the tree allows: its whole subtrees, folded from the right."""
    rest = [node(level, place) for level, place in _whole(start, stop)]
    found = rest.pop()
    while rest:
        found = node_hash(rest.pop(), found)
    return found


def _whole(start: int, stop: int) -> Iterator[tuple[int, int]]:
    while start < stop:
        level = (stop - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


# -- checking ---------------------------------------------------------------------------------------------------------------
def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> None:
    """Is the entry with this leaf hash number ``index`` of the ``size`` entries under ``root``? Raises RecordError if not.

    Size and root must come from one verified checkpoint. RFC 9162, 2.1.3.2; the number of hashes must be the one for this
    index and size, so that no loop runs on what an attacker sent.
    """
    if not 0 <= index < size <= LARGEST:
        raise RecordError(f"the proof is for entry {index} of a tree of {size}, and there is none")
    _well_formed(path, _inclusion_length(index, size), leaf, root)
    at, last, found = index, size - 1, leaf
    for sibling in path:
        if at & 1 or at == last:
            found = node_hash(sibling, found)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = node_hash(found, sibling)
        at >>= 1
        last >>= 1
    if last or found != root:
        raise RecordError(f"the proof does not lead from entry {index} to the root of the tree of {size}")


def verify_consistency(first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes) -> None:
    """Is the tree of ``first`` entries the beginning of the tree of ``second``? Raises RecordError if not. RFC 9162, 2.1.4.2.

    From size 0 every tree goes on: that proves nothing, and is refused. First contact with a log is an act of its own.
    """
    if not 0 < first <= second <= LARGEST:
        raise RecordError(
            f"from size {first} to size {second} nothing can be proven", advice="the first must be 1 or more, and not the larger"
        )
    if first == second:
        _well_formed(path, 0, first_root, second_root)
        if first_root != second_root:
            raise RecordError(f"there are two different roots for the size {first}")
        return
    power = not first & (first - 1)
    _well_formed(path, _consistency_length(first, second), first_root, second_root)
    hashes = [first_root, *path] if power else list(path)
    at, last = first - 1, second - 1
    while at & 1:
        at >>= 1
        last >>= 1
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if at & 1 or at == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        at >>= 1
        last >>= 1
    if last or old != first_root or new != second_root:
        raise RecordError(f"the tree of {first} is not the beginning of the tree of {second}")


def _well_formed(path: Sequence[bytes], length: int, *roots: bytes) -> None:
    if len(path) != length:
        raise RecordError(f"the proof has {len(path)} hashes, and this one needs {length}")
    if any(len(hash_) != HASH for hash_ in (*path, *roots)):
        raise RecordError(f"a hash in the proof is not {HASH} bytes long")


def _inclusion_length(index: int, size: int) -> int:
    # Up to where the way of the entry and that of the last entry meet, a hash a level; above, one for each turn to the left.
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _consistency_length(first: int, second: int) -> int:
    """Hashes of the proof for first < second: those of the last entry of the first tree, from its whole subtree on."""
    shift = (first & -first).bit_length() - 1
    length = _inclusion_length(first - 1, second) - shift
    return length if not first & (first - 1) else length + 1
