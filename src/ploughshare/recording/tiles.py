"""The tree on disk: tiles of 256 hashes and bundles of 256 entries, as C2SP tlog-tiles names and writes them."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from itertools import pairwise

from ploughshare.errors import RecordError
from ploughshare.recording import merkle

HEIGHT = 8
WIDTH = 1 << HEIGHT
#: Bytes of a full tile.
FULL = WIDTH * merkle.HASH

#: (level, number) → the hashes of a tile, as many as there are.
ReadTile = Callable[[int, int], bytes]


def path(level: int | None, number: int, width: int = WIDTH) -> str:
    """Where a tile lies below the folder of the log; ``None`` is the level of entry bundles.

    >>> path(0, 1234067), path(None, 3, 17)
    ('tile/0/x001/x234/067', 'tile/entries/003.p/17')
    """
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[start:stop] for start, stop in pairwise(range(0, len(digits) + 1, 3))]
    folders = "".join(f"x{part}/" for part in parts[:-1])
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{folders}{parts[-1]}{partial}"


def width(size: int, level: int, number: int) -> int:
    """How many hashes this tile has in a log of ``size`` entries; at level 0 also how many entries its bundle has."""
    return max(0, min(WIDTH, (size >> HEIGHT * level) - number * WIDTH))


def levels(size: int) -> range:
    """The levels of tiles that a log of ``size`` entries has."""
    return range((size.bit_length() - 1) // HEIGHT + 1 if size else 0)


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as a bundle writes them: each with its length in front."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unbundle(data: bytes, count: int) -> list[bytes]:
    """The ``count`` entries of a bundle. Raises RecordError if it holds fewer, or anything more."""
    entries = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if len(entry) < length or at + 2 > len(data):
            raise RecordError("the bundle of entries ends in the middle of one")
        entries.append(entry)
        at += 2 + length
    if len(entries) != count:
        raise RecordError(f"the bundle holds {len(entries)} entries, and {count} belong in it")
    return entries


def node_of(read: ReadTile) -> merkle.Node:
    """The nodes of a tree whose tiles ``read`` gives; each is read once."""
    cache: dict[tuple[int, int], bytes] = {}

    def node(level: int, place: int) -> bytes:
        tile_level, inner = divmod(level, HEIGHT)
        number, offset = divmod(place << inner, WIDTH)
        if (hashes := cache.get((tile_level, number))) is None:
            hashes = cache[tile_level, number] = read(tile_level, number)
        part = hashes[offset * merkle.HASH : (offset + (1 << inner)) * merkle.HASH]
        if len(part) != merkle.HASH << inner:
            raise RecordError(f"the tile {path(tile_level, number)} is too short")
        return merkle.subtree(split(part))

    return node


def split(hashes: bytes) -> list[bytes]:
    """The hashes that lie one after another in a tile."""
    return [hashes[at : at + merkle.HASH] for at in range(0, len(hashes), merkle.HASH)]
