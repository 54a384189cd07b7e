"""The folder of a library: how it begins, what shows that there was one, and what a crash left in it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from ploughshare.errors import LibraryError
from ploughshare.recording import keys
from ploughshare.recording.database import DATABASE
from ploughshare.recording.note import ED25519, Signer
from ploughshare.recording.store import Record

from .database import Database

#: The derived tables, below the folder of the library.
TABLES = "library.sqlite"
#: The library's own key, below its folder.
KEY = Path("keys") / "library.key"


def remains(folder: Path) -> bool:
    """Is something here that only a record explains: originals, or tables made from it?"""
    if any((folder / "originals").glob("*/*")):
        return True
    if not (folder / TABLES).exists():
        return False
    database = Database(folder / TABLES)
    try:
        return bool(database.state("seen"))
    finally:
        database.close()


def begin(folder: Path) -> None:
    """A new record, and the library's own key for it. Two processes may try: the tables' lock lets one after the other."""
    origin = f"ploughshare.library/{secrets.token_hex(8)}"
    path = folder / KEY
    database = Database(folder / TABLES)
    try:
        with database.writing():
            if (folder / "record" / DATABASE).exists():
                return
            if database.state("seen") or any((folder / "originals").glob("*/*")):
                raise LibraryError(
                    f"the record is gone: there is no record/{DATABASE}, and documents that stood on it are here",
                    where=str(folder),
                    advice="put it back from a copy; a new record would not hold what was recorded",
                )
            if path.exists():  # a crash came between the key and the record
                signer = keys.load(path, sealed)
            else:
                signer = Signer.new(origin, ED25519)
                keys.save(path, signer, None)
            purpose = "library of resolutions and of what was done about them"
            Record.create(folder / "record", signer.name, signer, purpose).close()
    finally:
        database.close()


def sealed() -> str:
    return keys.find_passphrase(None, lambda: "")


def remove(path: Path) -> None:
    """A database and what SQLite keeps beside it."""
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
        path.with_name(name).unlink(missing_ok=True)


def remove_abandoned(folder: Path) -> None:
    """New tables that a killed process left; not those that another is building now."""
    for path in folder.glob(f"new-*.{TABLES}"):
        with suppress(OSError):  # elsewhere than on POSIX, a file that is in use cannot be removed
            if not _alive(path.name.removeprefix("new-").partition(".")[0]):
                remove(path)


def _alive(process: str) -> bool:
    if os.name != "posix" or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
