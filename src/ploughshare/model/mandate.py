"""Mandate: one act asked for, or decided upon, in one operative paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .resolution import Force
from .text import Place, Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words a value was read from and the rule that read them; for PDF also where on paper."""

    span: Span
    rule: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who is to do what, to whom, by when. The words of every field: docs/words.md.

    ``due`` is one of the forms of the contract: ``{"session": 80}``, ``{"every": "year", "on": "09-26"}``, … or None.
    """

    id: str
    paragraph: str
    force: Force
    addressees: tuple[str, ...]
    action: str
    recipients: tuple[str, ...]
    due: Mapping[str, Any] | None
    evidence: Evidence
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """An operative paragraph that no rule could read, and why."""

    paragraph: str
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the operative part asks. Every operative paragraph is in one of the three, none in a silent fourth."""

    mandates: tuple[Mandate, ...]
    no_mandate: tuple[str, ...]
    unread: tuple[Unread, ...]
