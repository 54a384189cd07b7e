"""Original bytes, each once, under the SHA-256 of what they are: ``originals/ab/abcd…``. Never changed, never read by name."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from ploughshare.errors import LibraryError
from ploughshare.recording.static import sync


class Originals:
    """A folder of originals.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     originals = Originals(Path(folder))
    ...     digest = originals.keep(b"A resolution")
    ...     originals.bytes_of(digest)
    b'A resolution'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, digest: str) -> Path:
        """Where the bytes of a digest lie, or would lie."""
        return self.folder / digest[:2] / digest

    def holds(self, digest: str, data: bytes) -> bool:
        """Are these bytes here, as they were? A copy that was damaged is not."""
        path = self.path(digest)
        try:
            return path.stat().st_size == len(data) and path.read_bytes() == data
        except OSError:
            return False

    def keep(self, data: bytes) -> str:
        """Keep bytes and give their digest. They are on the disk when this returns; kept twice, they are there once."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.path(digest)
        if self.holds(digest, data):
            return digest
        made = not path.parent.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).chmod(0o444)
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        # The name must be on the disk too before the record speaks of it.
        sync(path.parent)
        if made:
            sync(self.folder)
        return digest

    def bytes_of(self, digest: str) -> bytes:
        """The bytes of a digest. LibraryError where they are gone or are not what they were."""
        path = self.path(digest)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise LibraryError(
                f"the original {digest[:12]}… cannot be read ({error.strerror})",
                where=str(path),
                advice="add the file again, or restore it from a copy",
            ) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise LibraryError(
                f"the original {digest[:12]}… is damaged", where=str(path), advice="add the file again, or restore it from a copy"
            )
        return data
