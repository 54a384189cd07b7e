"""A small record to try things on: a log, two authors, some entries."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from ploughshare.recording import entry, note
from ploughshare.recording.store import Record

ORIGIN = "urania.example/record"
LOG = note.Signer.from_seed(ORIGIN, note.ED25519, bytes([1]) * 32)
ANNA = note.Signer.from_seed("anna.example", note.ED25519, bytes([5]) * 32)
BELA = note.Signer.from_seed("bela.example", note.ED25519, bytes([6]) * 32)
STRANGER = note.Signer.from_seed("stranger.example", note.ED25519, bytes([7]) * 32)
WITNESS = note.Signer.from_seed("witness.example", note.COSIGNATURE, bytes([8]) * 32)
SECOND = note.Signer.from_seed("second.example", note.COSIGNATURE, bytes([9]) * 32)
START = datetime(2026, 3, 2, 8, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """So many minutes after the beginning."""
    return START + timedelta(minutes=minutes)


def remark(text: str, minutes: int, author: note.Signer = ANNA) -> bytes:
    """A signed entry of type note."""
    return entry.sign("note", {"text": text}, author, at(minutes))


def small(folder: Path, remarks: int = 7, policy: bytes | None = None) -> Record:
    """A record: header, two authors, and some remarks a minute apart; without a checkpoint."""
    record = Record.create(folder, ORIGIN, LOG, "an exercise in Urania", policy=policy, at=at(0))
    people = [("author", entry.Author(str(who.key), who.name.title(), "records")) for who in (ANNA, BELA)]
    record.add(people, LOG, at(0))
    record.append([remark(f"remark {n}", n) for n in range(1, remarks + 1)])
    return record
