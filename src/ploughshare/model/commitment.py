"""Commitment: an undertaking that no resolution made: an article of a treaty, a step or an action that a conference agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from .act import Act
from .status import Status

#: How near a citation comes: it names this very commitment; the whole it is part of; or only the document that holds it.
How = Literal["own", "whole", "document"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where commitments stand that were made together: the document, the place in it, the day they were adopted.

    ``targets``: citations that mean the document; ``near``: treaties whose citation says what a text speaks about;
    ``treaty``: they are articles of the first of these. ``missing`` says what the data leaves out.
    """

    code: str
    symbol: str
    place: str
    adopted: date
    targets: tuple[str, ...]
    near: tuple[str, ...] = ()
    treaty: bool = False
    #: The languages in which titles and sentences are there.
    languages: tuple[str, ...] = ("en",)
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who undertook to do what, by when; its title and sentence are in ``lexicon/<language>/commitment_texts.toml``."""

    code: str
    source: Source
    #: The number of the step, action or article, if it has one, and the paragraph it stands in.
    number: int | None
    paragraph: str
    addressees: tuple[str, ...]
    action: str
    due: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Citing:
    """A paragraph of a resolution that cites a commitment, and the languages whose texts do."""

    symbol: str
    paragraph: str
    how: How
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommitmentStanding:
    """A commitment on a day: what cites it, what answers it, its status, and what bodies said of it, side by side."""

    commitment: Commitment
    status: Status
    citings: tuple[Citing, ...]
    assessments: tuple[Act, ...]

    def cited(self, how: How) -> tuple[str, ...]:
        """The resolutions that cite it as nearly as this."""
        return tuple(dict.fromkeys(citing.symbol for citing in self.citings if citing.how == how))
