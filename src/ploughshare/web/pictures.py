"""Pictures drawn on the server, as numbers; the templates write them as SVG. Beside each stands a table of the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

#: The side of a tile with the room beside it.
TILE = 34
#: How votes are cast, in the order in which they are shown.
CASTS = ("in favour", "against", "abstaining")


class Ballot(NamedTuple):
    """A vote: the State as printed, its code where it is known, and how it voted."""

    name: str
    iso3: str
    cast: str


class Tile(NamedTuple):
    """A tile of a picture: where it stands, what is written on it and said of it, and its class."""

    x: int
    y: int
    label: str
    says: str
    kind: str


@dataclass(frozen=True, slots=True)
class Block:
    """Tiles that belong together, with a name above them."""

    name: str
    y: int
    tiles: Sequence[Tile]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of tiles."""

    width: int
    height: int
    blocks: Sequence[Block]


def tiles(groups: Sequence[tuple[str, Sequence[tuple[str, str, str]]]], across: int = 20) -> Picture:
    """Groups of (label, what is said of it, class) as rows of tiles, each group under its name."""
    blocks, y = [], 0
    for name, members in groups:
        y += 24
        placed = [
            Tile(place % across * TILE, y + place // across * TILE, label, says, kind)
            for place, (label, says, kind) in enumerate(members)
        ]
        blocks.append(Block(name, y - 8, placed))
        y += -(-len(members) // across) * TILE + 8
    return Picture(across * TILE, y, blocks)


def votes_picture(ballots: Sequence[Ballot]) -> Picture | None:
    """A vote as tiles, one for each State, those that voted the same way together."""
    if not ballots:
        return None
    casts = [*CASTS, *sorted({ballot.cast for ballot in ballots} - set(CASTS))]
    groups = [
        (cast, [(b.iso3 or "?", b.name, cast.replace(" ", "-") if cast in CASTS else "other") for b in ballots if b.cast == cast])
        for cast in casts
    ]
    return tiles([(cast, members) for cast, members in groups if members])


@dataclass(frozen=True, slots=True)
class Mark:
    """A text on a timeline."""

    x: float
    y: int
    symbol: str
    year: int
    held: bool
    answered: int
    asked: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Texts over the years; ``years`` are the ticks."""

    width: int
    height: int
    marks: Sequence[Mark]
    years: Sequence[tuple[float, int]]


def timeline(texts: Sequence[tuple[str, int, bool, int, int]], width: int = 680) -> Timeline:
    """(symbol, year, held, answered, asked) along the years, each decade marked. Texts of one year stand above each other."""
    if not texts:
        return Timeline(width, 60, (), ())
    first, last = min(year for (_symbol, year, *_rest) in texts), max(year for (_symbol, year, *_rest) in texts)
    span = max(last - first, 1)
    pad = 24

    def place(year: int) -> float:
        return round(pad + (width - 2 * pad) * (year - first) / span, 1)

    stacked: dict[int, int] = {}
    marks = []
    for symbol, year, held, answered, asked in texts:
        level = stacked[year] = stacked.get(year, -1) + 1
        marks.append(Mark(place(year), level * 14, symbol, year, held, answered, asked))
    step = 10 if span > 24 else 5 if span > 9 else 1
    ticks = [year for year in range(first, last + 1) if year % step == 0 or year in (first, last)]
    ends = [place(first), place(last)]
    kept = [year for year in ticks if year in (first, last) or min(abs(place(year) - end) for end in ends) > 40]
    return Timeline(width, 56 + 14 * max(stacked.values()), marks, [(place(year), year) for year in kept])
