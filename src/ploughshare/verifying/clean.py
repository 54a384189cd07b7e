"""What a clean sample does not exclude: how many bad items there may still be when none was found."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, at_most, check, detection, probability


@dataclass(frozen=True, slots=True)
class Bound:
    """After a clean sample: the largest number of bad items not excluded, and the smallest that is (``None``: no number is)."""

    population: int
    sample: int
    beta: Fraction
    p: Fraction
    not_excluded: int
    excluded: int | None
    #: The chance that so many bad items as ``not_excluded`` would have escaped, and that ``excluded`` would have been found.
    escape: float
    detection: float | None


def bound(population: int, sample: int, beta: Number, p: Number = 1, found: int = 0) -> Bound:
    """How many items may be bad although none was found in the sample? The largest d with a chance above ``beta`` to escape.

    "If d or more were bad, this sample would have shown one with probability 1-β or more": nothing is said of how likely it is
    that items are bad. If any was found the sample is not clean, and no such statement is made: raises SamplingError.

    >>> found = bound(100, 45, 0.05)
    >>> found.not_excluded, found.excluded, round(found.escape, 6)
    (4, 5, 0.086977)
    """
    check(population, 0, sample)
    escape, chance = probability(beta, "beta", one=False), probability(p, "the chance to recognise a bad item")
    if found:
        raise SamplingError(
            f"{found} bad items were found, so the sample is not clean", advice="report what was found; no bound holds"
        )
    # The chance to escape falls as d grows: the largest d that still escapes too often.
    low, high = 0, population + 1
    while high - low > 1:
        middle = (low + high) // 2
        if at_most(population, middle, sample, escape, chance):
            high = middle
        else:
            low = middle
    excluded = high if high <= population else None
    return Bound(
        population,
        sample,
        escape,
        chance,
        low,
        excluded,
        1 - detection(population, low, sample, chance),
        None if excluded is None else detection(population, excluded, sample, chance),
    )
