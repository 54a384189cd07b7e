"""How many items have to be drawn: the exact size, with the approximations of the handbooks beside it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, at_most, check, detection, probability

#: Taken off before rounding up: a product that should be 45 may come out as 45.000000000000007.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class SampleSize:
    """A size, and what it buys. ``approximation`` and ``binomial`` are for a test that recognises every bad item."""

    population: int
    defects: int
    beta: Fraction
    p: Fraction
    n: int
    detection: float
    approximation: int
    binomial: int


def sample_size(population: int, defects: int, beta: Number, p: Number = 1) -> SampleSize:
    """How many items must be drawn so that ``defects`` bad ones among them escape with chance ``beta`` at most?

    The smallest such number, found by bisection and decided exactly. With d = 1 it is nearly the whole inventory: where every
    single item matters, sampling buys almost nothing. Raises SamplingError if even all items are not enough (p below 1).

    >>> found = sample_size(300, 10, 0.10)
    >>> found.n, found.approximation, found.binomial, round(found.detection, 6)
    (61, 61, 62, 0.900978)
    """
    check(population, defects)
    escape, chance = probability(beta, "beta"), probability(p, "the chance to recognise a bad item", zero=False)
    if defects < 1:
        raise SamplingError(
            "at least one item has to be bad for a sample to find it", advice="give 1 or more for the items that matter"
        )
    if not at_most(population, defects, population, escape, chance):
        reached = detection(population, defects, population, chance)
        what = f"even all {population} items find it with a probability of {reached:.6g} only"
        raise SamplingError(what, advice="take a better test, a larger beta, or look at items twice by independent tests")
    few, enough = -1, population
    while enough - few > 1:
        middle = (few + enough) // 2
        if at_most(population, defects, middle, escape, chance):
            enough = middle
        else:
            few = middle
    reached = detection(population, defects, enough, chance)
    return SampleSize(
        population,
        defects,
        escape,
        chance,
        enough,
        reached,
        approximation(population, defects, escape),
        binomial(population, defects, escape),
    )


def approximation(population: int, defects: int, beta: Number) -> int:
    """The size by the formula used in safeguards, ``(1-β^(1/d))(N-(d-1)/2)``: never smaller than the exact one.

    Jaech and Russell, IAEA STR-261.

    >>> approximation(1000, 10, 0.05)
    258
    """
    escape = float(probability(beta, "beta"))
    share: float = 1 - escape ** (1 / defects)
    return min(population, max(0, ceil(share * (population - (defects - 1) / 2) - ROUNDING)))


def binomial(population: int, defects: int, beta: Number) -> int:
    """The size as if items were put back after each draw, ``N(1-β^(1/d))``: too large.

    >>> binomial(1000, 10, 0.05)
    259
    """
    share: float = 1 - float(probability(beta, "beta")) ** (1 / defects)
    return min(population, max(0, ceil(population * share - ROUNDING)))
