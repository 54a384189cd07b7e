"""The static files of a record: written with every checkpoint, so that the folder is a log that anybody can mirror."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from ploughshare.recording import checkpoint, merkle, tiles
from ploughshare.recording.log import CHECKPOINT, Log
from ploughshare.recording.note import Note

#: Files are written here and renamed into place; what a crash leaves here is nothing.
UNFINISHED = "unfinished"


def publish(log: Log, signed: Note, before: int) -> None:
    """Write the files that a checkpoint speaks of, the checkpoint last. May be done again at any time.

    ``before`` is the size up to which they are there: that of the checkpoint beside them, since that is written last.
    """
    size = checkpoint.parse(signed.text).size
    for level in (*tiles.levels(size), None):
        shift = tiles.HEIGHT * (level or 0)
        for number in range((before >> shift) // tiles.WIDTH, -(-(size >> shift) // tiles.WIDTH)):
            _publish_tile(log, level, number, tiles.width(size, level or 0, number))
    put(log.folder, CHECKPOINT, bytes(signed))


def _publish_tile(log: Log, level: int | None, number: int, width: int) -> None:
    path = tiles.path(level, number, width)
    if width < tiles.WIDTH and (log.folder / path).exists():
        return
    if level is None:
        first = number * tiles.WIDTH
        data = tiles.bundle(log.entries(first, first + width))
    else:
        data = log.tile(level, number)[: width * merkle.HASH]
    put(log.folder, path, data)
    if width == tiles.WIDTH:
        shutil.rmtree(log.folder / f"{path}.p", ignore_errors=True)


def put(folder: Path, name: str, data: bytes) -> None:
    """Write a file whole or not at all, and on disk."""
    path, unfinished = folder / name, folder / UNFINISHED / name.replace("/", "-")
    unfinished.parent.mkdir(exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with unfinished.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    sync(path.parent)


def clear(folder: Path) -> None:
    """Remove what was not finished."""
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)


def sync(folder: Path) -> None:
    """Put the names in a folder on disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
