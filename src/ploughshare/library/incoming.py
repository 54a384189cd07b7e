"""Documents on their way in: read, kept by digest, and made into rows, in this process or another. Nothing here raises."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from ploughshare.errors import PloughshareError, UnreadableError
from ploughshare.flow import read_mandates

from .originals import Originals
from .rows import Rows, rows_of

#: A document larger than this is refused unread.
LARGEST = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document on its way in; or one that is kept, by its digest: then its bytes must still be those."""

    path: Path
    name: str
    language: str | None
    originals: Path
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of reading a document: its digest and rows, or one sentence that says why not.

    Neither, where the original was in the library already: then it need not be read.
    """

    name: str
    digest: str = ""
    size: int = 0
    language: str | None = None
    rows: Rows | None = None
    why: str | None = None


def read_in(document: Incoming) -> Read:
    """Read a document and keep its original. Never raises."""
    return _read(document, keep=True)


def read_kept(document: Incoming) -> Read:
    """Read an original of the library again. Never raises."""
    return _read(document, keep=False)


def _read(document: Incoming, *, keep: bool) -> Read:
    name, digest = document.name, document.digest
    try:
        if keep:
            data = _bytes(document.path)
            digest = hashlib.sha256(data).hexdigest()
            if Originals(document.originals).holds(digest, data):
                return Read(name, digest, len(data), document.language)
        else:
            data = Originals(document.originals).bytes_of(digest)
        reading = read_mandates(data, name, document.language)
        symbol = reading.resolution.symbol
        if symbol is None:
            return Read(
                name, digest, why=f"{name}: it has no symbol; a library keeps resolutions by their symbols, so write it on top"
            )
        if keep:
            Originals(document.originals).keep(data)
        return Read(name, digest, len(data), document.language, rows_of(reading, symbol))
    except PloughshareError as error:
        return Read(name, digest, why=str(error if keep else error.at(name)))
    except OSError as error:
        return Read(name, digest, why=f"{name}: {error.strerror or error}; check that the file is there and may be read")
    except Exception as error:
        # A fault of ours must not take the other documents with it.
        return Read(name, digest, why=f"{name}: the program failed on it ({type(error).__name__}: {error}); please report it")


def _bytes(path: Path) -> bytes:
    """The bytes of a file, if it is one (a pipe or a device may never end) and not too large."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise UnreadableError("it is no file with an end", where=str(path), advice="write what it gives to a file first")
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UnreadableError(
            f"it is larger than {LARGEST // 1024 // 1024} MiB", where=str(path), advice="cut it into smaller files"
        )
    return data


def ended(document: Incoming) -> Read:
    """What is said of a document that ended the process it was read in."""
    return Read(document.name, why=f"{document.name}: the process that read it was ended; it may need more memory than there is")
