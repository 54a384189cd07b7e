"""Strata: several kinds or places of items, and one effort to spread over them.

Where all items weigh the same, one simple random sample over all strata is the best that can be done against somebody who knows
the plan; a fixed share for each stratum is worse. Where they differ in value and cost, the allocation of Avenhaus and Canty
holds in its exponential form, and what it really achieves in whole items is computed beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import ceil, comb, exp, prod

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, exact, nondetection

#: So many allocations of items are compared one by one.
MOST = 20_000
#: And so many pairs of allocations make up the largest game that is solved.
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Pooled:
    """Three ways to draw n of several strata when d items would matter: what chance each leaves to escape, at the worst."""

    #: One simple random sample over all: the value of the game, and reached without knowing anything.
    pooled: float
    #: The best share for each stratum, fixed and known beforehand.
    fixed: float
    allocation: tuple[int, ...]


def spread(sizes: Sequence[int], sample: int, defects: int) -> Pooled:
    """What does it cost to fix how many are drawn from each stratum, instead of drawing over all at once?

    >>> found = spread([10, 10], 4, 2)
    >>> round(found.pooled, 6), found.fixed, found.allocation
    (0.631579, 0.64, (2, 2))
    """
    _check(sizes, sample, defects)
    rows = list(_ways(sizes, sample))
    columns = list(_ways(sizes, defects))
    escape = [
        [nondetection(size, d, n) for d in range(min(size, defects) + 1)] for size in sizes for n in range(min(size, sample) + 1)
    ]
    offsets = [sum(min(size, sample) + 1 for size in sizes[:place]) for place in range(len(sizes))]

    def worst(row: Sequence[int]) -> Fraction:
        return max(
            prod((escape[offsets[at] + n][d] for at, (n, d) in enumerate(zip(row, bad, strict=True))), start=Fraction(1))
            for bad in columns
        )

    best = min(rows, key=worst)
    return Pooled(float(nondetection(sum(sizes), defects, sample)), float(worst(best)), best)


def game_value(sizes: Sequence[int], sample: int, defects: int) -> float:
    """The chance to escape when both sides choose their allocations by the best lottery (a linear program).

    It equals that of one random sample over all strata: a check of the theory, for small numbers.

    >>> round(game_value([20, 10], 6, 3), 9)
    0.498522167
    """
    _check(sizes, sample, defects)
    from scipy.optimize import linprog

    rows, columns = list(_ways(sizes, sample)), list(_ways(sizes, defects))
    table = [
        [float(prod((nondetection(N, d, n) for N, n, d in zip(sizes, row, bad, strict=True)), start=Fraction(1))) for row in rows]
        for bad in columns
    ]
    # The inspecting side's lottery over rows, and the value v that no column exceeds.
    found = linprog(
        [0.0] * len(rows) + [1.0],
        A_ub=[[*line, -1.0] for line in table],
        b_ub=[0.0] * len(columns),
        A_eq=[[1.0] * len(rows) + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * (len(rows) + 1),
    )
    if not found.success or found.fun is None:
        raise SamplingError("the game could not be solved", advice="take fewer strata or items")
    return float(found.fun)


def _ways(sizes: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to spread a number of items over the strata."""
    if len(sizes) == 1:
        if total <= sizes[0]:
            yield (total,)
        return
    for first in range(max(0, total - sum(sizes[1:])), min(sizes[0], total) + 1):
        for rest in _ways(sizes[1:], total - first):
            yield (first, *rest)


def _check(sizes: Sequence[int], sample: int, defects: int) -> None:
    if not sizes or min(sizes) < 1 or not 0 <= sample <= sum(sizes) or not 0 <= defects <= sum(sizes):
        raise SamplingError("the strata hold fewer items than are to be drawn, or than are bad", advice="give sizes of 1 and more")
    rows, columns = (comb(total + len(sizes) - 1, len(sizes) - 1) for total in (sample, defects))
    if rows > MOST or columns > MOST or rows * columns > MOST_PAIRS:
        raise SamplingError(
            "there are too many ways to spread the sample to compare them all", advice="take fewer strata or a smaller sample"
        )


# -- values and costs ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Stratum:
    """A kind of item: how many there are, what one is worth to somebody who takes it, what it costs to inspect one."""

    size: int
    value: Fraction
    cost: Fraction


@dataclass(frozen=True, slots=True)
class Allocation:
    """Effort spread over strata: by the formula (n, r, escape), and in whole items with what that really achieves."""

    n: tuple[float, ...]
    r: tuple[float, ...]
    escape: float
    whole: tuple[int, ...]
    effort: Fraction
    #: The largest chance to escape for whoever takes items of the given worth, over all ways to do so; and one such way.
    exact_escape: float
    worst: tuple[int, ...]


def stratum(size: int, value: Number = 1, cost: Number = 1) -> Stratum:
    """A stratum, its numbers checked."""
    found = Stratum(size, exact(value, "the value"), exact(cost, "the cost"))
    if size < 1 or found.value <= 0 or found.cost <= 0:
        raise SamplingError("a stratum has items, each of a value and a cost above 0")
    return found


def allocate(strata: Sequence[Stratum], effort: Number, quantity: Number) -> Allocation:
    """How is an effort best spread over strata of different value and cost, if somebody may take items worth ``quantity``?

    ``n_i = N_i μ_i E/S``, ``r_i = N_i ε_i M/S``, ``Q* = exp(-E M/S)``, ``S = Σ N_j μ_j ε_j`` (Avenhaus and Canty, *Compliance
    Quantified*, 1996; exponential form). Then each n is rounded up, and the worst case found by going through all ways.

    >>> found = allocate([stratum(100, 1), stratum(50, 2)], 30, 6)
    >>> found.n, found.r, round(found.escape, 6), found.whole
    ((15.0, 15.0), (3.0, 1.5), 0.40657, (15, 15))
    """
    spent, taken = exact(effort, "the effort"), exact(quantity, "the quantity")
    if not strata or spent <= 0 or taken <= 0:
        raise SamplingError("there must be strata, and an effort and a quantity above 0")
    if taken > sum(one.size * one.value for one in strata):
        raise SamplingError("all items together are not worth that quantity")
    weight = sum((one.size * one.value * one.cost for one in strata), start=Fraction(0))
    n = [one.size * one.value * spent / weight for one in strata]
    r = [one.size * one.cost * taken / weight for one in strata]
    whole = tuple(min(one.size, ceil(share)) for one, share in zip(strata, n, strict=True))
    cost = sum((one.cost * count for one, count in zip(strata, whole, strict=True)), start=Fraction(0))
    escape, worst = _worst(strata, whole, taken)
    formula = exp(-float(spent * taken / weight))
    return Allocation(tuple(map(float, n)), tuple(map(float, r)), formula, whole, cost, float(escape), worst)


def _worst(strata: Sequence[Stratum], whole: Sequence[int], quantity: Fraction) -> tuple[Fraction, tuple[int, ...]]:
    """The best chance to escape with items worth ``quantity`` at least, and how many of each stratum that takes."""
    #: Worth so far (no more than the quantity) → the best chance, and how.
    Best = dict[Fraction, tuple[Fraction, tuple[int, ...]]]  # noqa: N806

    def step(best: Best, part: tuple[Stratum, int]) -> Best:
        one, drawn = part
        found: Best = {}
        for taken in range(min(one.size, ceil(quantity / one.value)) + 1):
            chance = nondetection(one.size, taken, drawn)
            for worth, (before, ways) in best.items():
                now = min(quantity, worth + taken * one.value)
                both = before * chance
                if now not in found or both > found[now][0]:
                    found[now] = (both, (*ways, taken))
        if len(found) > MOST:
            raise SamplingError("there are too many ways to take that quantity", advice="give values in larger units")
        return found

    start: Best = {Fraction(0): (Fraction(1), ())}
    return reduce(step, zip(strata, whole, strict=True), start)[quantity]
