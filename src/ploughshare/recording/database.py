"""The SQLite file under a record: how it is opened, and how what goes wrong with it becomes a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from ploughshare.errors import RecordError

DATABASE = "record.sqlite"
#: Milliseconds to wait for another writer.
PATIENCE = 60_000
RESTORE = "leave the folder as it is; record audit says what is wrong where, and a mirror or a backup holds what was here"


def connect(path: Path, *, write: bool) -> apsw.Connection:
    """Open the database of a record; one in a folder that may not be written to can still be read."""
    flags = apsw.SQLITE_OPEN_READWRITE if write else apsw.SQLITE_OPEN_READONLY
    database = apsw.Connection(str(path), flags=flags)
    try:
        database.set_busy_timeout(PATIENCE)
        # The file may come from a stranger: no code of its schema is run, and every cell is checked as it is read.
        database.execute("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON")
        if write:
            database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
        database.execute("SELECT 1 FROM sqlite_schema")
    except (apsw.CantOpenError, apsw.ReadOnlyError):
        database.close()
        waiting = path.with_name(f"{path.name}-wal")
        if write or (waiting.exists() and waiting.stat().st_size):
            raise
        # A read-only folder without unfinished work: nothing can change under us.
        database = apsw.Connection(f"file:{path.as_posix()}?immutable=1", flags=flags | apsw.SQLITE_OPEN_URI)
    return database


@contextmanager
def snapshot(database: apsw.Connection) -> Iterator[None]:
    """One state of the database for several reads, whatever others write meanwhile."""
    database.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(apsw.Error):
            database.execute("ROLLBACK")


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into sentences."""
    where = str(folder)
    try:
        yield
    except (apsw.CorruptError, apsw.NotADBError, apsw.FormatError) as error:
        raise RecordError(f"{DATABASE} is damaged ({error})", where=where, advice=RESTORE) from None
    except apsw.FullError:
        raise RecordError("the disk is full; nothing of this was recorded", where=where, advice="make room and try again") from None
    except apsw.IOError as error:
        what = f"the disk refused to write or read ({error}); nothing of this was recorded"
        raise RecordError(what, where=where, advice="make room, check the disk, and try again") from None
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError, apsw.AuthError) as error:
        what = f"the record cannot be opened or written to ({error})"
        raise RecordError(what, where=where, advice="check the permissions of the folder") from None
    except (apsw.BusyError, apsw.LockedError):
        raise RecordError("another program is writing to the record", where=where, advice="try again when it is done") from None
    except apsw.Error as error:
        raise RecordError(f"{DATABASE} cannot be used ({error})", where=where, advice=RESTORE) from None
    except OSError as error:
        what = f"{error.filename or 'a file'} cannot be written or read ({error.strerror})"
        raise RecordError(what, where=where, advice="check the permissions of the folder and the room on the disk") from None
