"""A second reader of disclosures that shares no code with the package: from the specification alone, standard library only."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any


def tree(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + tree(leaves[:k]) + tree(leaves[k:])).digest()


def climb(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """From a leaf to the root, by the definition of PATH(m, D[n])."""
    if size == 1:
        if path:
            raise ValueError("path")
        return leaf
    k = 1
    while k * 2 < size:
        k *= 2
    if not path:
        raise ValueError("path")
    if index < k:
        return hashlib.sha256(b"\x01" + climb(leaf, index, k, path[:-1]) + path[-1]).digest()
    return hashlib.sha256(b"\x01" + path[-1] + climb(leaf, index - k, size - k, path[:-1])).digest()


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def verify(statement: dict[str, Any], disclosure: dict[str, Any]) -> dict[str, Any] | None:
    """The opened fields, or None."""
    name, slot = disclosure["declaration_id"], disclosure["slot"]
    fields = disclosure["fields"]
    if name != statement["declaration_id"] or not 0 <= slot < statement["n_slots"]:
        return None
    if hashlib.sha256(canonical([f["name"] for f in fields])).hexdigest() != statement["schema_sha256"]:
        return None
    commitments, opened = [], {}
    for f in fields:
        if "commitment" in f:
            commitments.append(bytes.fromhex(f["commitment"]))
            continue
        salt, v, d, n = bytes.fromhex(f["salt"]), canonical(f["value"]), name.encode(), f["name"].encode()
        if len(salt) != 32:
            return None
        data = b"ploughshare/field/v1\n" + salt + len(d).to_bytes(2, "big") + d + slot.to_bytes(4, "big")
        data += len(n).to_bytes(2, "big") + n + len(v).to_bytes(4, "big") + v
        commitments.append(hashlib.sha256(data).digest())
        opened[f["name"]] = f["value"]
    leaf = hashlib.sha256(b"\x00ploughshare/record/v1\n" + slot.to_bytes(4, "big") + tree(commitments)).digest()
    try:
        root = climb(leaf, slot, statement["n_slots"], [bytes.fromhex(h) for h in disclosure["path"]])
    except ValueError:
        return None
    return opened if root.hex() == statement["root"] else None


if __name__ == "__main__":
    found = verify(*(json.loads(Path(name).read_text("utf-8")) for name in sys.argv[1:3]))
    sys.stdout.write(json.dumps(found))
    sys.exit(found is None)
