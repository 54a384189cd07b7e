"""Paragraphs of one resolution in two languages, side by side: by their numbers, and where these differ by what they hold.

Operative paragraphs carry their numbers in every language. Preambles do not, and in one resolution of fourteen they have
not the same number of paragraphs; then documents cited, figures and lengths tell which belongs to which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

FIGURES = re.compile(r"\d+")
#: What leaving a paragraph alone costs, against 0 for a perfect and 1 for no likeness of two.
ALONE = 0.45


@dataclass(frozen=True, slots=True)
class Side:
    """A paragraph as far as it can be compared across languages."""

    id: str
    kind: str
    words: str
    targets: frozenset[str]


def align(one: Sequence[Side], other: Sequence[Side]) -> dict[str, str]:
    """Which paragraph of ``other`` says what a paragraph of ``one`` says? Identifier → identifier; a lone one is left out."""
    theirs = {side.id for side in other}
    pairs = {side.id: side.id for side in one if side.id in theirs and side.kind != "preambular"}
    mine_first, theirs_first = ([s for s in sides if s.kind == "preambular"] for sides in (one, other))
    if len(mine_first) == len(theirs_first):
        return pairs | {a.id: b.id for a, b in zip(mine_first, theirs_first, strict=True)}
    return pairs | _woven(mine_first, theirs_first)


def _woven(one: Sequence[Side], other: Sequence[Side]) -> dict[str, str]:
    """The cheapest way to walk both lists in order (Needleman and Wunsch, 1970)."""
    scale = (sum(len(s.words) for s in other) or 1) / (sum(len(s.words) for s in one) or 1)
    costs = [[ALONE * (i + j) if not i or not j else 0.0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, mine in enumerate(one, 1):
        for j, theirs in enumerate(other, 1):
            together = costs[i - 1][j - 1] + _unlike(mine, theirs, scale)
            costs[i][j] = min(together, costs[i - 1][j] + ALONE, costs[i][j - 1] + ALONE)
    pairs: dict[str, str] = {}
    i, j = len(one), len(other)
    while i and j:
        if costs[i][j] == costs[i - 1][j] + ALONE:
            i -= 1
        elif costs[i][j] == costs[i][j - 1] + ALONE:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs[one[i].id] = other[j].id
    return pairs


def _unlike(mine: Side, theirs: Side, scale: float) -> float:
    """0 where two paragraphs cite the same, hold the same figures and are as long as the languages would have it; up to 1."""
    length = len(mine.words) * scale
    longest = max(length, len(theirs.words), 1)
    unlike = abs(length - len(theirs.words)) / longest
    figures, others = set(FIGURES.findall(mine.words)), set(FIGURES.findall(theirs.words))
    parts = [unlike]
    if mine.targets or theirs.targets:
        parts += [1 - len(mine.targets & theirs.targets) / len(mine.targets | theirs.targets)] * 2
    if figures or others:
        parts.append(1 - len(figures & others) / len(figures | others))
    return sum(parts) / len(parts)
