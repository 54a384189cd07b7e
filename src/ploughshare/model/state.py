"""State: a Member of the United Nations, an observer, or another State that joins treaties; its codes and its names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Status = Literal["member", "observer", "other"]
#: What became of a name: the same State took another, another State continued it, it became part of another, several came after it.
Fate = Literal["renamed", "continued", "joined", "ended"]
#: The regional groups of the General Assembly, in the order of their English names.
GROUPS = ("african", "asia-pacific", "eastern-european", "latin-american-and-caribbean", "western-european-and-other")


@dataclass(frozen=True, slots=True)
class StateName:
    """What a State is called in one language: in short, formally (empty where the same), and otherwise."""

    name: str
    formal: str = ""
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name of another time, or a State that is no more: the years of its use, and the States that it leads to today."""

    states: tuple[str, ...]
    fate: Fate
    names: Mapping[str, str]
    start: int | None = None
    until: int | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A State by its ISO 3166-1 and M49 codes. ``group`` and ``admitted`` are empty for a State that is no Member."""

    iso3: str
    iso2: str
    m49: str
    status: Status
    group: str | None
    admitted: date | None
    names: Mapping[str, StateName] = field(repr=False)
    former: tuple[FormerName, ...] = field(default=(), repr=False)
    unterm: str | None = None

    def name(self, language: str = "en") -> str:
        """Its short name in one of the six languages."""
        return self.names[language].name
