"""Act: something done that may answer a mandate, put on the record by a person or read out of a later text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, when, by whom, and where that is written.

    ``id`` is ``act:<entry>`` for an act of the record and ``read:<paragraph>~<document>`` for one read out of a text.
    ``occurrence`` is the session or year of a request that recurs.
    """

    id: str
    kind: str
    day: str
    actors: tuple[str, ...] = ()
    document: str | None = None
    occurrence: int | None = None
    #: The paragraph it was read from (``A/RES/79/47#pp5``).
    paragraph: str | None = None
    entry: int | None = None
    author: str | None = None
    disputed: tuple[str, ...] = ()
    #: What its author says besides: the words of an assessment, the reasons why something was not done.
    note: str | None = None
