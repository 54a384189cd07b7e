"""Attributes: items are good or bad, some are drawn by chance and looked at; how likely is it that a bad one is found?

``N`` items, ``d`` of them would matter, ``n`` are drawn without putting back; an inspected bad item is recognised with chance
``p``. Probabilities are exact: wherever a decision hangs on one, it is made with whole numbers. Numbers that people write as
``0.05`` are one twentieth here, not the nearest binary fraction.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import comb, exp, expm1, fsum, inf, lgamma, log, log1p, perm

from ploughshare.errors import SamplingError

#: Numbers as they may be given.
Number = int | float | str | Fraction
#: Up to this population an imperfect test is decided exactly; beyond it, in floating point.
EXACT = 10_000
#: Products of so many factors are still made exactly.
MOST_FACTORS = 5_000
#: No inventory has more items.
MOST = 10**9


def exact(value: Number, what: str = "the number") -> Fraction:
    """The number that was meant.

    >>> exact(0.05), exact("1/3"), 1 - exact(0.9) == exact(0.1)
    (Fraction(1, 20), Fraction(1, 3), True)
    """
    try:
        return Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, ZeroDivisionError, TypeError):
        raise SamplingError(f"{what} is not a number", advice="write it like 0.05 or 1/20") from None


def probability(value: Number, what: str, *, zero: bool = True, one: bool = True) -> Fraction:
    """A number from 0 to 1, the ends included or not."""
    found = exact(value, what)
    if not 0 <= found <= 1 or (found == 0 and not zero) or (found == 1 and not one):
        raise SamplingError(
            f"{what} is {value}, and lies {'from' if zero and one else 'between'} 0 {'to' if zero and one else 'and'} 1"
        )
    return found


def check(population: int, defects: int, sample: int = 0) -> None:
    """Can so many of so many be bad, and so many be drawn?"""
    if not 1 <= population <= MOST:
        raise SamplingError(f"a population of {population} items cannot be sampled", advice=f"1 to {MOST:,}")
    if not 0 <= defects <= population or not 0 <= sample <= population:
        raise SamplingError(f"{max(defects, sample)} of {population} items cannot be: both numbers lie from 0 to {population}")


def nondetection(population: int, defects: int, sample: int, p: Number = 1) -> Fraction:
    """How likely is it that none of the bad items is recognised? ``C(N-d,n)/C(N,n)``, exactly.

    With an imperfect test the sum over the bad items in the sample, each missed with ``1-p``.

    >>> nondetection(20, 2, 5), float(nondetection(20, 2, 5, 0.9))
    (Fraction(21, 38), 0.5926315789473684)
    """
    check(population, defects, sample)
    chance = probability(p, "the chance to recognise a bad item")
    few, many = sorted((defects, sample))
    if chance == 1:
        # Symmetric in sample and defects: the shorter product.
        return Fraction(perm(population - many, few), perm(population, few))
    missed, total = 1 - chance, comb(population, sample)
    top, bottom = missed.numerator, missed.denominator
    found = 0
    for hit in range(max(0, defects + sample - population), few + 1):
        ways = comb(defects, hit) * comb(population - defects, sample - hit)
        found += ways * top**hit * bottom ** (few - hit)
    return Fraction(found, total * bottom**few)


def detection(population: int, defects: int, sample: int, p: Number = 1) -> float:
    """How likely is it that a bad item is recognised? To the last place of a floating-point number, as far as that can be told.

    >>> round(detection(300, 10, 30), 12)
    0.657215315574
    """
    check(population, defects, sample)
    chance = probability(p, "the chance to recognise a bad item")
    few, many = sorted((defects, sample))
    if chance == 1 and few <= MOST_FACTORS:
        whole = perm(population, few)
        return (whole - perm(population - many, few)) / whole
    if population <= EXACT and few <= 200:
        return float(1 - nondetection(population, defects, sample, chance))
    return -expm1(log_nondetection(population, defects, sample, float(chance)))


def log_nondetection(population: int, defects: int, sample: int, p: float = 1.0) -> float:
    """The natural logarithm of ``nondetection``, quickly; good to about ``N log N`` times 1e-15."""
    if defects + sample > population and p == 1:
        return -inf
    if p == 1:
        if min(defects, sample) <= 64:
            few, many = sorted((defects, sample))
            return fsum(log((population - many - at) / (population - at)) for at in range(few))
        left = population - defects - sample
        return lgamma(population - defects + 1) + lgamma(population - sample + 1) - lgamma(left + 1) - lgamma(population + 1)
    terms = list(_terms(population, defects, sample, p))
    if not terms:
        return -inf
    largest = max(terms)
    return largest + log(fsum(exp(term - largest) for term in terms))


def _terms(population: int, defects: int, sample: int, p: float) -> Iterator[float]:
    """Logarithms of ``Hyp(k)(1-p)^k`` for the numbers k of bad items in the sample that count: the likeliest and those about it."""
    first, last = max(0, defects + sample - population), min(defects, sample)
    if p == 1:
        if first == 0:
            yield _choose(population - defects, sample) - _choose(population, sample)
        return
    missed, rest = log1p(-p), population - defects - sample

    def up(k: int) -> float:
        """From the term of k to that of k + 1: falls as k grows."""
        return log((defects - k) * (sample - k)) - log((k + 1) * (rest + k + 1)) + missed

    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if up(middle) > 0 else (low, middle)
    top = _choose(defects, low) + _choose(population - defects, sample - low) - _choose(population, sample) + low * missed
    yield top
    now, k = top, low
    while k < last and now > top - 50:
        now, k = now + up(k), k + 1
        yield now
    now, k = top, low
    while k > first and now > top - 50:
        now, k = now - up(k - 1), k - 1
        yield now


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def at_most(population: int, defects: int, sample: int, beta: Fraction, p: Fraction = Fraction(1)) -> bool:
    """Is the chance to find nothing at most ``beta``? Decided exactly wherever floating point could be wrong."""
    if p == 1 and defects + sample > population:
        return True
    if beta == 0:
        return False
    rough = log_nondetection(population, defects, sample, float(p))
    target = log(beta.numerator) - log(beta.denominator)
    doubt = 1e-11 + 1e-14 * population * log(population + 1)
    if abs(rough - target) > doubt or (p != 1 and population > EXACT):
        return rough <= target
    if p == 1:
        few, many = sorted((defects, sample))
        return perm(population - many, few) * beta.denominator <= beta.numerator * perm(population, few)
    return nondetection(population, defects, sample, p) <= beta


def family(alpha: Number, tests: int) -> float:
    """How likely is at least one false alarm in so many tests of good items?

    >>> round(family(0.01, 45), 4)
    0.3638
    """
    if tests < 0:
        raise SamplingError("there cannot be fewer tests than none")
    rate = float(probability(alpha, "the rate of false alarms"))
    return float(tests > 0) if rate == 1 else -expm1(tests * log1p(-rate))
