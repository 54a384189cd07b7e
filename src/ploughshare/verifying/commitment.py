"""Commitments: what hides a value until it is opened, and binds it to its declaration, its slot and its field.

::

    field   SHA-256("ploughshare/field/v1\\n" || salt[32] || u16 len(decl) || decl || u32 slot
                    || u16 len(field) || field || u32 len(v) || v)                       v: canonical JSON of the value
    record  root of an RFC 9162 tree over the commitments of its fields, in the order of the schema
    leaf    "ploughshare/record/v1\\n" || u32 slot || record root
    root    of the RFC 9162 tree over the leaves
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from struct import pack

from ploughshare.recording import merkle

SALT = 32
#: Slots are numbered in four bytes.
MOST_SLOTS = 2**32 - 1
FIELD = b"ploughshare/field/v1\n"
RECORD = b"ploughshare/record/v1\n"


def binding(declaration: str, slot: int, name: str) -> bytes:
    """What stands between salt and value in a commitment: whose it is, with every length written out."""
    decl, field = declaration.encode(), name.encode()
    return pack(">H", len(decl)) + decl + pack(">IH", slot, len(field)) + field


def commit_value(salt: bytes, bound: bytes, value: bytes) -> bytes:
    """The commitment of one value, given as canonical JSON.

    >>> commit_value(bytes(32), binding("d", 0, "uid"), b'"EX-1"') == commit_value(bytes(32), binding("d", 1, "uid"), b'"EX-1"')
    False
    """
    return sha256(FIELD + salt + bound + pack(">I", len(value)) + value).digest()


def record_root(commitments: Sequence[bytes]) -> bytes:
    """The root over the commitments of one record, in the order of the schema."""
    leaves = [sha256(b"\0" + commitment).digest() for commitment in commitments]
    return merkle.root(len(leaves), merkle.node_of(leaves))


def slot_hash(slot: int, root: bytes) -> bytes:
    """The hash of a slot as a leaf of the tree: its number is inside, so that no record can stand for another slot."""
    return merkle.leaf_hash(RECORD + pack(">I", slot) + root)


class Tree:
    """The whole tree over the slots, so that any path is at hand at once."""

    def __init__(self, roots: Sequence[bytes]) -> None:
        row = [slot_hash(slot, root) for slot, root in enumerate(roots)]
        self.size = len(row)
        self._levels = [row]
        while len(row) > 1:
            row = [sha256(b"\1" + row[place - 1] + row[place]).digest() for place in range(1, len(row), 2)]
            self._levels.append(row)

    def _node(self, level: int, place: int) -> bytes:
        return self._levels[level][place]

    def root(self) -> bytes:
        """The root over all slots."""
        return merkle.root(self.size, self._node)

    def path(self, slot: int) -> list[bytes]:
        """The hashes from a slot to the root."""
        return merkle.inclusion(slot, self.size, self._node)
