"""Commitments and where they stand, as plain objects for JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from ploughshare.model.commitment import CommitmentStanding
from ploughshare.publishing.status import StatusWording
from ploughshare.tracking.sources import said


def commitment_to_json(found: CommitmentStanding, language: str) -> dict[str, Any]:
    """A commitment on a day; ``title``, ``text`` and ``why`` are in ``language`` where the data has it, all else is codes."""
    each, status = found.commitment, found.status
    title, text = said(each, language)
    return {
        "code": each.code,
        "title": title,
        "text": text,
        "source": {
            "code": each.source.code,
            "title": said(each.source, language)[0],
            "symbol": each.source.symbol,
            "place": each.source.place,
            "paragraph": each.paragraph,
            "adopted": each.source.adopted.isoformat(),
            "missing": each.source.missing,
        },
        "addressees": list(each.addressees),
        "action": each.action,
        "due": msgspec.to_builtins(each.due),
        "state": status.state,
        "on": status.on,
        "since": status.since,
        "done": status.done,
        "of": status.of,
        "reasons": [{"name": reason.name, **reason.values} for reason in status.reasons],
        "why": StatusWording(language).why(status),
        "occurrences": msgspec.to_builtins(status.occurrences),
        "cited_by": msgspec.to_builtins(found.citings),
        "acts": msgspec.to_builtins(status.acts),
        "assessments": msgspec.to_builtins(found.assessments),
    }
