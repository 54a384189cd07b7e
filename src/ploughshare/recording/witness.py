"""Witnesses: who keeps the last state seen of each log, and cosigns only what goes on from there.

The first state of a log is taken on trust; that is ``first_contact``, an act of its own. From then on the pin moves forward
only, by proof, and a state that contradicts it is kept as evidence beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, note
from ploughshare.recording.compare import Comparison, Side, compare, keep
from ploughshare.recording.note import Note, Signer, VerifierKey

PINS = "pins.sqlite"
EVIDENCE = "evidence"
PATIENCE = 60_000


class ContradictionError(RecordError):
    """A log showed a state that its pinned one does not lead to. ``comparison`` says how; ``evidence`` is the file, if proven."""

    comparison: Comparison | None = None
    evidence: Path | None = None


def pinned(folder: Path, log: VerifierKey) -> Note | None:
    """The last state of a log that this witness has seen."""
    with _pins(folder) as pins:
        return _pinned(pins, log)


def first_contact(folder: Path, seen: Side, log: VerifierKey, witness: Signer, time: int) -> Note:
    """Pin a log that was never seen before, on trust, and cosign the state. Raises RecordError if there is a pin."""
    checkpoint.verify(seen.signed, log)
    with _pins(folder) as pins:
        if _pinned(pins, log) is not None:
            raise RecordError(
                f"the log {log.name} is no stranger: its last state is pinned", where=str(folder), advice="cosign as usual"
            )
        cosigned = checkpoint.cosign(seen.signed, witness, time)
        pins.execute("INSERT INTO pin VALUES (?, ?)", (str(log), bytes(seen.signed)))
    return cosigned


def cosign(folder: Path, seen: Side, log: VerifierKey, witness: Signer, time: int) -> Note:
    """Cosign a state that the pinned one leads to, and pin it instead. Comparing and pinning are one step.

    Raises RecordError before first contact, and ContradictionError, the pin unmoved, if the state does not go on from the
    pinned one: a fork is kept as evidence, a smaller state is a rollback.
    """
    checkpoint.verify(seen.signed, log)
    with _pins(folder) as pins:
        pin = _pinned(pins, log)
        if pin is None:
            raise RecordError(
                f"the log {log.name} was never seen before",
                where=str(folder),
                advice="if you trust where it came from, say --first-contact, once",
            )
        found = compare(Side(pin), seen, log)
        if found.outcome in ("same", "a-first"):
            cosigned = checkpoint.cosign(seen.signed, witness, time)
            pins.execute("UPDATE pin SET note = ? WHERE log = ?", (bytes(seen.signed), str(log)))
            return cosigned
    raise _contradiction(folder, found, seen, pin)


def _contradiction(folder: Path, found: Comparison, seen: Side, pin: Note) -> ContradictionError:
    if found.outcome == "fork":
        what = f"the log has shown two histories, at sizes {found.a.size} and {found.b.size}, and signed both"
    elif found.b.size < found.a.size:
        what = f"the log has {found.b.size} entries, and {found.a.size} were seen before"
    else:
        what = found.why
    error = ContradictionError(what, advice="nothing was cosigned, and what was pinned stays")
    error.comparison = found
    if found.evidence is not None:
        error.evidence = keep(found.evidence, folder / EVIDENCE)
    else:
        for side, signed in (("pinned", pin), ("shown", seen.signed)):
            (folder / EVIDENCE).mkdir(parents=True, exist_ok=True)
            (folder / EVIDENCE / f"{side}-{checkpoint.parse(signed.text).size}").write_bytes(bytes(signed))
    return error


def _pinned(pins: apsw.Connection, log: VerifierKey) -> Note | None:
    found = pins.execute("SELECT note FROM pin WHERE log = ?", (str(log),)).fetchone()
    return note.parse(found[0]) if found else None


@contextmanager
def _pins(folder: Path) -> Iterator[apsw.Connection]:
    """The pins of a witness, under a lock, in one transaction."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(apsw.Connection(str(folder / PINS))) as pins:
            pins.set_busy_timeout(PATIENCE)
            pins.execute("PRAGMA synchronous = FULL")
            pins.execute("BEGIN IMMEDIATE")
            pins.execute("CREATE TABLE IF NOT EXISTS pin (log TEXT PRIMARY KEY, note BLOB NOT NULL) STRICT")
            yield pins
            pins.execute("COMMIT")
    except apsw.Error as error:
        raise RecordError(f"the pins of the witness cannot be used ({error})", where=str(folder)) from None
    except OSError as error:
        raise RecordError(f"the pins of the witness cannot be used ({error.strerror})", where=str(folder)) from None
