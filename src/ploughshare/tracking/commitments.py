"""Commitments: undertakings that no resolution made, followed by the same engine: what cites them, answers them, and is said."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from ploughshare.library.library import Library
from ploughshare.model.act import Act
from ploughshare.model.commitment import Commitment, CommitmentStanding

from .assess import Question, assess
from .citing import citings
from .groups import members
from .sessions import sittings
from .settle import settled
from .sources import all_commitments, commitment
from .standing import acts_where

#: The kind of act by which a body says how it sees a commitment carried out.
ASSESSMENT = "assessment"
#: Groups that have the same members on every day.
FIXED = ("NWS",)


def commitments(
    library: Library, code: str | None = None, *, addressees: Collection[str] = (), on: date | None = None
) -> list[CommitmentStanding]:
    """Where does a commitment stand, or every one: what in the library cites it and answers it, and what bodies said of it?

    ``code`` is that of a commitment or of the source of several (``NPT-2010``). No assessment is the program's own, and none
    goes before another. Raises UnknownError.
    """
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    settled(library)
    wanted = [each for each in _chosen(code) if not addressees or set(addressees) & set(each.addressees)]
    cited = citings(library.database, wanted)
    # An undertaking of a resolution has its paragraph in its name; a commitment has none.
    acts = acts_where(library, "WHERE withdrawn IS NULL AND instr(answer.undertaking, '#') = 0 ", ())
    known = sittings(library.folder / "calendar.toml")
    found = []
    for each in wanted:
        done = acts.get(each.code, ())
        told = assess(_question(each), done, day, known)
        assessed: tuple[Act, ...] = tuple(act for act in told.acts if act.kind == ASSESSMENT)
        found.append(CommitmentStanding(each, told, cited.get(each.code, ()), assessed))
    return found


def _chosen(code: str | None) -> list[Commitment]:
    everything = list(all_commitments().values())
    if code is None:
        return everything
    of_source = [each for each in everything if each.source.code.casefold() == code.casefold()]
    return of_source or [commitment(code)]


def _question(each: Commitment) -> Question:
    counted = each.addressees if all(code in FIXED for code in each.addressees) else ()
    return Question(
        each.code,
        each.action,
        each.source.adopted,
        msgspec.json.encode(each.due).decode() if each.due else None,
        members=sum(len(members(code)) for code in counted) or None,
    )
