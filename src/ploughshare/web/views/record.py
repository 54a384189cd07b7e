"""The record: its entries, its checkpoints, and how anybody checks them without this server."""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from typing import Any

import msgspec

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, merkle
from ploughshare.recording import entry as entries

from ..page import MissingError, Page, Visit, sheet

#: So many checkpoints are listed, the newest.
CHECKPOINTS = 10


def record(visit: Visit, page: int = 1) -> Page:
    """The entries, the newest first, and the checkpoints."""
    _ = visit.tongue
    log = visit.library.record
    size = log.size
    part = sheet(visit, range(size - 1, -1, -1), page, "record")
    numbers = sorted(part.lines)
    rows = []
    if numbers:
        raws = list(log.entries(numbers[0], numbers[-1] + 1))
        rows = [_row(visit, index, raw) for index, raw in zip(numbers, raws, strict=True)][::-1]
    __, header = log.header()
    signed = visit.keep(
        "checkpoints", lambda: [(note, checkpoint.parse(note.text)) for __, note in log.checkpoints()][-CHECKPOINTS:][::-1]
    )
    return Page(
        "record",
        "record",
        _("Record"),
        {
            "rows": rows,
            "sheet": part,
            "origin": header.origin,
            "purpose": header.purpose,
            "key": header.log,
            "checkpoints": [(state.size, state.root.hex(), [s.name for s in note.signatures]) for note, state in signed],
        },
        lambda: {
            "origin": header.origin,
            "key": header.log,
            "size": size,
            "page": part.number,
            "pages": part.last,
            "entries": rows,
            "checkpoints": [{"size": state.size, "root": state.root.hex()} for __, state in signed],
        },
        lambda: (
            ("entry", "at", "type", "author", "about"),
            [(r["entry"], r["at"], r["type"], r["author"], r["about"]) for r in rows],
        ),
        query={"page": page if page > 1 else None},
        under="record",
        downloads=[(_("Newest checkpoint"), "record/checkpoint")] if signed else [],
    )


def entry(visit: Visit, number: int) -> Page:
    """One entry: what it says, who signed it, and the proof that it is on the record."""
    _ = visit.tongue
    log = visit.library.record
    if not 0 <= number < log.size:
        raise MissingError(_("The record has no such entry."), [(_("Record"), "record")])
    raw = log.entry(number)
    row = _row(visit, number, raw)
    __, header = log.header()
    body: dict[str, Any] = {}
    with suppress(RecordError):
        body = dict(entries.parse(raw).body)
    newest = log.latest()
    proven = newest is not None and checkpoint.parse(newest.text).size > number
    return Page(
        "entry",
        f"record/{number}",
        _("Entry {n} of the record").format(n=number),
        {
            "row": row,
            "raw": raw.decode("utf-8", "replace"),
            "body": [(name, _plain(value)) for name, value in body.items()],
            "answers": [str(one) for one in body.get("answers", []) if isinstance(one, str)],
            "leaf": merkle.leaf_hash(raw).hex(),
            "digest": sha256(raw).hexdigest(),
            "key": header.log,
            "proven": proven,
            "size": log.size,
        },
        lambda: {
            **row,
            "body": body,
            "raw": raw.decode("utf-8", "replace"),
            "leaf_hash": merkle.leaf_hash(raw).hex(),
            "proven": proven,
        },
        under="record",
        downloads=[(_("Inclusion proof"), f"record/{number}.tlog-proof")] if proven else [],
    )


def _row(visit: Visit, index: int, raw: bytes) -> dict[str, Any]:
    """An entry in short; one of another making is shown as it is."""
    try:
        found = entries.parse(raw)
        about = _about(visit, index, found.type, found.body)
        return {"entry": index, "at": found.at, "type": found.type, "author": found.author.name, **about}
    except RecordError:
        return {"entry": index, "at": "", "type": "?", "author": "", "about": "", "symbol": ""}


def _about(visit: Visit, index: int, kind: str, body: Any) -> dict[str, str]:
    if kind == "document":
        found = next(visit.library.database.rows("SELECT symbol, language FROM original WHERE entry = ?", (index,)), None)
        if found and found[0]:
            return {"about": f"{found[0]} [{found[1]}]", "symbol": found[0]}
        return {"about": str(body.get("name", ""))[:100], "symbol": ""}
    said = body.get("act") or body.get("text") or body.get("why") or body.get("purpose") or body.get("name") or ""
    return {"about": str(said)[:100], "symbol": ""}


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
