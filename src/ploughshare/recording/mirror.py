"""A log as static files: what a web server gives, what a USB stick carries. The files may come from anybody."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, note, tiles
from ploughshare.recording.log import CHECKPOINT, Log
from ploughshare.recording.note import Note

#: No bundle is longer: 256 entries of 65,535 bytes, each with its length.
LARGEST = tiles.WIDTH * 65_537


class Mirror(Log):
    """The files ``checkpoint`` and ``tile/…`` in a folder. The size is what the checkpoint says; nothing is verified on opening."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._note = note.parse(self._read(CHECKPOINT, note.LARGEST))
        self._size = checkpoint.parse(self._note.text).size

    @property
    def size(self) -> int:
        """How many entries the checkpoint says there are."""
        return self._size

    def latest(self) -> Note:
        """The checkpoint beside the tiles."""
        return self._note

    def tile(self, level: int, number: int) -> bytes:
        """The hashes of a tile; the full one serves where the partial one is gone."""
        return self._wide(level, number, tiles.width(self._size, level, number), tiles.FULL)

    def entries(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The entries, bundle by bundle."""
        stop = self._within(stop)
        for number in range(start // tiles.WIDTH, -(-stop // tiles.WIDTH)):
            count = tiles.width(self._size, 0, number)
            data = self._wide(None, number, count, LARGEST)
            try:
                found = tiles.unbundle(data, count)
            except RecordError as error:
                raise error.at(str(self.folder / tiles.path(None, number, count))) from None
            first = number * tiles.WIDTH
            yield from found[max(0, start - first) : stop - first]

    def close(self) -> None:
        """Nothing is held open."""

    def _wide(self, level: int | None, number: int, width: int, largest: int) -> bytes:
        try:
            return self._read(tiles.path(level, number, width), largest)
        except RecordError:
            full = self.folder / tiles.path(level, number)
            if width == tiles.WIDTH or not full.exists():
                raise
        if level is not None:
            return self._read(tiles.path(level, number), largest)[: width * 32]
        # A full bundle holds more entries than this log's checkpoint speaks of.
        return tiles.bundle(tiles.unbundle(self._read(tiles.path(None, number), largest), tiles.WIDTH)[:width])

    def _read(self, name: str, largest: int) -> bytes:
        path = self.folder / name
        try:
            with path.open("rb") as file:
                data = file.read(largest + 1)
        except OSError as error:
            raise RecordError(f"the file cannot be read ({error.strerror})", where=str(path), advice="copy the log whole") from None
        if len(data) > largest:
            raise RecordError("the file is larger than any of its kind", where=str(path))
        return data


def open_log(folder: Path, *, static: bool = False, examine: bool = True) -> Log:
    """The log in a folder: our own record if there is one, else (or if asked) the static files. It is opened for reading only."""
    if not static and os.path.lexists(folder / "record.sqlite"):
        from ploughshare.recording.store import Record

        return Record.open(folder, write=False, examine=examine)
    if not (folder / CHECKPOINT).exists():
        raise RecordError(
            "there is no log here", where=str(folder), advice="record init makes one; a log to read has a file checkpoint"
        )
    return Mirror(folder)
