"""Newer tables of treaty actions: taken into a library whole or not at all, and found there by every question after."""

from __future__ import annotations

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path

from ploughshare.errors import TableError
from ploughshare.model.treaty import TreatyAction

from .actions import merged, own_actions, placeless
from .table import COLUMNS, Table, read_table
from .terms import terms_of

#: The file of a library that holds imported actions, and the one that holds the good lines of a table with bad ones.
FILE, ASIDE = "treaty_actions.csv", "treaty_actions.aside.csv"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table: how many actions it holds, how many the library now has, and a sentence for each line refused.

    With a line refused nothing was taken; the good lines lie in ``aside``.
    """

    name: str
    found: int
    refused: tuple[str, ...]
    #: Actions that neither the program nor the library had.
    new: int = 0
    total: int = 0
    written: Path | None = None
    aside: Path | None = None


def import_table(path: Path, library: Path) -> Imported:
    """Take a newer table of treaty actions into a library, if every line of it is right.

    If one is not, nothing is taken: the good lines are kept aside in the library, and the table can be given again when it
    is mended. What a table says of a State under a treaty takes the place of what was known of it. Raises TableError for a
    file that is no such table, and for a library that cannot be written.
    """
    table = read_table(path)
    try:
        library.mkdir(parents=True, exist_ok=True)
        with _alone(library):
            return _take(table, library)
    except OSError as error:
        raise TableError(
            f"the library cannot be written ({error.strerror or error})",
            where=str(library),
            advice="check its permissions and the disk",
        ) from error


def actions(code: str, library: Path | None = None) -> tuple[TreatyAction, ...]:
    """What did States do under a treaty, by the newest that is known: a library's own table before the program's?

    Raises UnknownError; TableError if the library's table was damaged.

    >>> len(actions("CANWFZ"))
    10
    """
    code = terms_of(code).code
    imported = _imported(library) if library else ()
    return merged(own_actions(code), (each for each in imported if each.treaty == code)) if imported else own_actions(code)


def _take(table: Table, library: Path) -> Imported:
    if table.refused:
        write_actions(library / ASIDE, table.actions)
        return Imported(table.name, len(table.actions), tuple(table.refused), aside=library / ASIDE)
    known = {placeless(row) for code in {row.treaty for row in table.actions} for row in actions(code, library)}
    new = len({placeless(row) for row in table.actions} - known)
    rows = merged(_imported(library), table.actions)
    write_actions(library / FILE, rows)
    (library / ASIDE).unlink(missing_ok=True)
    return Imported(table.name, len(table.actions), (), new, len(rows), library / FILE)


@contextmanager
def _alone(library: Path) -> Iterator[None]:
    """One import into a library at a time: a second waits, so that neither loses what the other took."""
    try:
        import fcntl
    except ImportError:  # a system without such locks: there each table is still written whole, and the last one holds
        yield
        return
    folder = os.open(library, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def write_actions(path: Path, rows: Iterable[TreatyAction]) -> None:
    """Write a table of actions whole or not at all; what it says is on the disk when this returns."""
    out = StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows((row.treaty, row.state, row.kind, row.date.isoformat(), row.depositary) for row in rows)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            file.write(out.getvalue())
            file.flush()
            os.fsync(file.fileno())
            file.close()
            Path(file.name).chmod(0o644)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _imported(library: Path) -> tuple[TreatyAction, ...]:
    """The library's own table. It was right when it was written and is checked again: somebody may have edited it."""
    path = library / FILE
    try:
        stamp = path.stat()
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise TableError(f"the table cannot be read ({error.strerror})", where=str(path), advice="check its permissions") from error
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int, _size: int) -> tuple[TreatyAction, ...]:
    """The table of a file as it was at a time, read once."""
    return read_table(path).whole()
