"""Undertaking: what a resolution asks once all its texts are taken together; the thing whose status is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """One act asked for, in the words of no language. ``due`` is in the forms of the contract, packed as JSON, or None."""

    paragraph: str
    force: str
    addressees: tuple[str, ...]
    action: str
    recipients: tuple[str, ...]
    due: str | None
    details: str = "{}"
    #: Position in the order of the text, and the number that tells two acts of a kind in one paragraph apart.
    place: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """What two texts must share to ask for the same thing."""
        return (self.action, tuple(sorted(self.addressees)), tuple(sorted(self.recipients)), self.due or "")


@dataclass(frozen=True, slots=True)
class Undertaking:
    """An act that a resolution asks for, decides upon or encourages, with the languages whose texts say so.

    ``first`` and ``last`` are the days between which it is due, ISO dates; None where no time is said, or none that a
    calendar knows. ``adopted`` is the day of the text.
    """

    id: str
    symbol: str
    paragraph: str
    force: str
    addressees: tuple[str, ...]
    action: str
    recipients: tuple[str, ...]
    due: Mapping[str, Any] | None
    details: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    adopted: str | None = None
