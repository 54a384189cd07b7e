"""The register of arrangements as plain objects for JSON."""

from __future__ import annotations

from typing import Any

import msgspec

from ploughshare.model.arrangement import Arrangement, Life


def arrangement_to_json(each: Arrangement) -> dict[str, Any]:
    """An arrangement with its life up to the day it is told for."""
    return {
        "code": each.code,
        "kind": each.kind,
        **each.words,
        "documents": list(each.documents),
        "treaty": each.treaty,
        **life_to_json(each.life),
    }


def life_to_json(found: Life) -> dict[str, Any]:
    """``stage`` is the one that all parties are in; ``since``: what single States did after; ``positions`` where it is disputed."""
    return {
        "on": found.on,
        "stage": found.stage.stage if found.stage else None,
        "since": [_plain(each) for each in found.since],
        "stages": [_plain(each) for each in found.stages],
        "disputed": bool(found.positions),
        "positions": [
            {
                "state": each.state,
                "from": each.start.isoformat(),
                "matter": each.matter,
                "views": [{"who": who, "says": says} for who, says in each.views],
                "source": each.source,
            }
            for each in found.positions
        ],
    }


def _plain(stage: Any) -> dict[str, Any]:
    said: dict[str, Any] = msgspec.to_builtins(stage)
    return {"stage": said["stage"], "from": said["start"], "who": said["who"], "note": said["note"]}
