"""Where undertakings stand, as JSON and in words; the words are in ``lexicon/<language>/status.toml``."""

from __future__ import annotations

from typing import Any

import msgspec

from ploughshare.lexicon.load import load
from ploughshare.model.status import Reason, Status
from ploughshare.publishing.wording import Wording
from ploughshare.tracking.agenda import Agenda
from ploughshare.tracking.standing import Standing


class StatusWording:
    """The words for states and reasons in one language.

    >>> StatusWording("en").reason(Reason("n_of_m", {"n": 2, "m": 3}))
    '2 of 3'
    """

    def __init__(self, language: str) -> None:
        self._tables = load("status", language)
        self._words = Wording(language)

    def __getitem__(self, label: str) -> str:
        return str(self._tables["labels"][label])

    def state(self, state: str) -> str:
        """The name of a state."""
        return str(self._tables["states"][state.replace(" ", "_")])

    def reason(self, reason: Reason) -> str:
        """One sentence: why the state is what it is."""
        values = dict(reason.values)
        label = str(values.get("label", ""))
        if label.isdecimal() and len(label) < 4:  # years have four digits, sessions fewer
            values["label"] = self._words.due({"session": int(label)})
        return str(self._tables["reasons"][reason.name]).format(**values)

    def why(self, status: Status) -> str:
        """All its reasons."""
        return "; ".join(self.reason(reason) for reason in status.reasons)


def standing_json(standing: Standing, language: str) -> dict[str, Any]:
    """An undertaking and its status as plain values; ``why`` is in ``language``, everything else is codes."""
    asked, status = standing.undertaking, standing.status
    return {
        "id": asked.id,
        "symbol": asked.symbol,
        "paragraph": asked.paragraph,
        "force": asked.force,
        "addressees": list(asked.addressees),
        "action": asked.action,
        "recipients": list(asked.recipients),
        "due": asked.due,
        "details": asked.details,
        "languages": list(asked.languages),
        "first": asked.first,
        "last": asked.last,
        "state": status.state,
        "on": status.on,
        "since": status.since,
        "done": status.done,
        "of": status.of,
        "reasons": [{"name": reason.name, **reason.values} for reason in status.reasons],
        "why": StatusWording(language).why(status),
        "occurrences": msgspec.to_builtins(status.occurrences),
        "acts": msgspec.to_builtins(status.acts),
    }


def agenda_json(found: Agenda) -> dict[str, Any]:
    """An agenda as plain values."""
    said: dict[str, Any] = msgspec.to_builtins(found)
    return said
