"""Treaty: its terms, the actions of States under it, and where each State stands on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from .state import State

Kind = Literal["signature", "ratification", "acceptance", "approval", "accession", "succession", "withdrawal"]
#: The kinds by which a State becomes a party.
INSTRUMENTS: tuple[Kind, ...] = ("ratification", "acceptance", "approval", "accession", "succession")
KINDS: tuple[Kind, ...] = ("signature", *INSTRUMENTS, "withdrawal")
#: ``party``: its instrument stands, whether or not the treaty is in force; ``signatory``: it signed, and was never bound.
Place = Literal["party", "signatory", "outside"]


@dataclass(frozen=True, slots=True)
class TreatyAction:
    """Something that a State did under a treaty; ``depositary``: the place, where there are several and it is known."""

    treaty: str
    state: str
    kind: Kind
    date: date
    depositary: str = ""


@dataclass(frozen=True, slots=True)
class Delay:
    """How long after a deposit something takes effect: days; or months, to the first day of a month (``first``) or the same day."""

    days: int = 0
    months: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """When a treaty enters into force: once every one of ``states`` and so many ``others`` have joined, and then a delay."""

    article: str
    states: tuple[str, ...]
    others: int
    only: tuple[Kind, ...]
    delay: Delay
    not_before: date | None = None


@dataclass(frozen=True, slots=True)
class LaterState:
    """When a treaty enters into force for a State that joins after the condition was met, or after the entry into force."""

    article: str
    after: Literal["condition", "force"]
    delay: Delay


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How long after its notice a withdrawal takes effect; ``wartime``: not before an armed conflict that the State is in ends."""

    article: str
    delay: Delay
    wartime: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a treaty; ``official``: its published entry into force. What is not certain is None, and ``note`` says so."""

    code: str
    title: str
    opened: date
    depositaries: tuple[str, ...]
    data_to: date
    official: date | None = None
    condition: Condition | None = None
    later: LaterState | None = None
    withdrawal: Withdrawal | None = None
    #: A regional group, the codes of States, or None: every State may join.
    open_to: str | tuple[str, ...] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Position:
    """A standing that is disputed, and who holds what. Nothing is computed from it."""

    treaty: str
    state: str
    start: date
    matter: str
    views: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Force:
    """How far the condition of entry into force was met on a day: who counted (once it is met: on that day), what is missing."""

    counted: tuple[str, ...]
    #: Of the named States, those without a counting instrument.
    missing: tuple[str, ...]
    #: Of the unnamed others, how many are there and how many are needed.
    others: int
    needed: int
    met: date | None
    #: The day computed from the condition; it may lie after the day asked about.
    date: date | None


@dataclass(frozen=True, slots=True)
class StateStanding:
    """Where one State stands under one treaty on a day, with the actions that make it so."""

    state: State
    treaty: str
    place: Place
    signed: date | None = None
    #: The instrument that stands, if one does: the first deposit, where there are several depositaries.
    joined: TreatyAction | None = None
    #: The day from which the treaty is in force for it (it may lie ahead); None where it is not, or where the data cannot tell:
    #: then ``untold``.
    in_force: date | None = None
    untold: bool = False
    #: The notice of withdrawal on record, and the day it takes effect.
    notice: date | None = None
    left: date | None = None
    actions: tuple[TreatyAction, ...] = ()
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class TreatyStanding:
    """A treaty on a day: its terms, how far its condition is met, and every State that has acted or may join."""

    terms: Terms
    on: date
    force: Force | None
    #: The day the treaty entered into force, if it did by ``on``: as computed, or as published where nothing can be computed.
    in_force: date | None
    states: tuple[StateStanding, ...] = field(repr=False)
    #: How many of the actions come from a table that was imported into the library.
    imported: int = 0

    @property
    def signatories(self) -> tuple[StateStanding, ...]:
        """The States that signed, whether or not they joined later."""
        return tuple(each for each in self.states if each.signed)

    @property
    def parties(self) -> tuple[StateStanding, ...]:
        """The States whose instrument stands, whether or not the treaty is in force for them yet."""
        return tuple(each for each in self.states if each.place == "party")

    @property
    def non_parties(self) -> tuple[StateStanding, ...]:
        """The States that may join and whose instrument does not stand; those that only signed among them."""
        return tuple(each for each in self.states if each.place != "party")
