"""Arrangement: something that verifies what States undertook, or studies how to; and the life of an agreement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .treaty import Position


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a life, and the day, month or year (ISO) from which on. ``who``: States whose act it is, not that of all."""

    stage: str
    start: str
    who: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Life:
    """The stages of an agreement up to a day, the one that it is in, and the positions where that is disputed."""

    on: str
    stages: tuple[Stage, ...]
    #: The last stage that all are in; None before the first.
    stage: Stage | None
    #: What single States did since: suspended it, withdrew.
    since: tuple[Stage, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """An arrangement or initiative of the register. ``words``: title, mandate, parties, verifies, in one language."""

    code: str
    kind: str
    words: Mapping[str, str]
    documents: tuple[str, ...]
    life: Life
    treaty: str | None = None
