"""A record with witnesses, the inventory of the vector, and a source of chance that repeats it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from ploughshare.recording import note, policy, proof
from ploughshare.recording.entry import Author
from ploughshare.recording.policy import Policy
from ploughshare.recording.store import Record
from ploughshare.verifying import vault
from ploughshare.verifying.declaration import Anchored, anchor
from ploughshare.verifying.entries import DeclarationBody, Statement
from tests.recording.vectors import own

ORIGIN = "urania.example/log"
LOG = note.Signer.from_seed(ORIGIN, note.ED25519, bytes([1]) * 32)
HOST = note.Signer.from_seed("host.example", note.ED25519, bytes([2]) * 32)
INSPECTOR = note.Signer.from_seed("inspector.example", note.ED25519, bytes([3]) * 32)
WITNESS = note.Signer.from_seed("witness.example", note.COSIGNATURE, bytes([4]) * 32)
POLICY = f"log {LOG.key}\nwitness inspecting {WITNESS.key}\nquorum inspecting\n".encode()
START = datetime(2026, 3, 1, 8, tzinfo=UTC)
VECTOR = own("escrow")
SCHEMA = tuple(VECTOR["schema_fields"])
NAME = VECTOR["statement"]["declaration_id"]


def at(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


class Repeated:
    """The salts and the order of the vector."""

    def __init__(self) -> None:
        self.slot = -1
        items = [slot for slot, one in enumerate(VECTOR["records"]) if one["kind"] != "void"]
        voids = [slot for slot, one in enumerate(VECTOR["records"]) if one["kind"] == "void"]
        wanted = {slot: place for place, slot in enumerate(items + voids)}
        now = list(range(8))
        self.numbers = []
        for last in range(7, 0, -1):
            other = now.index(wanted[last])
            self.numbers.append(other)
            now[last], now[other] = now[other], now[last]
        self.numbers.reverse()

    def token_bytes(self, nbytes: int, /) -> bytes:
        self.slot += 1
        assert nbytes == 32 * len(SCHEMA)
        return b"".join(sha256(f"TEST-ONLY salt|{NAME}|{self.slot}|{name}".encode()).digest() for name in SCHEMA)

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        return self.numbers.pop()


def committed() -> tuple[Statement, vault.Vault]:
    """The declaration of the vector, made by ``commit`` itself."""
    records: list[dict[str, Any]] = [one for one in VECTOR["records"] if one["kind"] != "void"]
    return vault.commit(records, SCHEMA, 8, declaration_id=NAME, declarant="Urania", rng=Repeated())


def record(folder: Path) -> Record:
    """A record that knows host and inspector, and asks for a witness of the inspecting side."""
    made = Record.create(folder, ORIGIN, LOG, "an exercise in Urania", policy=POLICY, at=at(0))
    made.add([("author", Author(str(one.key), one.name, "side")) for one in (HOST, INSPECTOR)], LOG, at(0))
    return made


def witnessed(log: Record) -> None:
    """A checkpoint that the inspecting side's witness cosigned."""
    signed = log.checkpoint(LOG, at(1000))
    log.cosigned(signed, [WITNESS.line(signed.text, 1_800_000_000)])


def anchored(folder: Path, statement: Statement, kind: str = "initial", trust: Policy | None = None) -> Anchored:
    """The statement on a witnessed record, as a reader gets it."""
    with record(folder) as log:
        body = DeclarationBody(statement, "2026-03-01", kind)  # type: ignore[arg-type]
        (index,) = log.add([("declaration", body)], HOST, at(1))
        witnessed(log)
        return anchor(proof.prove(log, index), trust or policy.parse(POLICY))


def strings(values: Sequence[Sequence[Any]]) -> set[str]:
    """Every text of an inventory that says something."""
    return {str(value) for row in values for value in row if str(value) not in ("", "item", "void")}
