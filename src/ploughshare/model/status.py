"""Status: where an undertaking stands on a day, with its reasons. Computed from texts and acts, never stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from .act import Act

#: ``unanswered`` says that its time has passed and the library holds no act; not that nothing was done.
State = Literal["open", "due", "answered", "in part", "unanswered", "superseded", "standing", "unknown"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One turn of a request: the session or year it is for, and the days between which it is due (ISO)."""

    label: str
    first: str
    last: str
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status is what it is: the name of a sentence of the lexicon (``status.toml``) and what fills it."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an undertaking on a day.

    ``done`` of ``of`` counts meetings, addressees or occurrences; ``of`` is None where one act is enough, or where nobody
    can say how many there should be. ``since`` is the first day of the state, where that is known.
    """

    state: State
    on: str
    reasons: tuple[Reason, ...]
    acts: tuple[Act, ...] = ()
    done: int = 0
    of: int | None = None
    since: str | None = None
    occurrences: tuple[Occurrence, ...] = ()
