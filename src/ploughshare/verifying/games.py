"""Inspection games: what a plan is worth against somebody who knows it and chooses the best reply.

Payoffs are inputs for teaching. They are no estimates about any State, and nothing here may be presented as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, exact, probability

#: A season of more periods than this is not computed.
MOST = 2_000


def deterrence(gain: Number, loss: Number, alpha: Number = 0, accused: Number = 0) -> Fraction:
    """From which probability of detection on is lawful behaviour the best reply? ``(d - α f)/(b + d)``.

    ``gain`` (d) if undetected, ``loss`` (b) if detected, ``alpha`` the rate of false alarms, ``accused`` (f) what a false
    accusation costs the one who makes it, to the benefit of the one accused. Where it harms the accused instead, f is negative
    and the bound rises.

    >>> deterrence(1, 9)
    Fraction(1, 10)
    """
    d, b, f = exact(gain, "the gain"), exact(loss, "the loss"), exact(accused, "the cost of a false accusation")
    if d < 0 or b < 0 or b + d == 0:
        raise SamplingError("gain and loss are 0 or more, and not both 0")
    return (d - probability(alpha, "the rate of false alarms") * f) / (b + d)


@dataclass(frozen=True, slots=True)
class OneInspection:
    """One inspection or none, one act or none: the equilibrium, and what an announced inspection rate changes."""

    #: How often to inspect, and how often the other side acts.
    inspect: Fraction
    act: Fraction
    #: What the inspecting side gets in equilibrium, and if it announces ``inspect`` and is believed.
    payoff: Fraction
    announced: Fraction


def one_inspection(gain: Number, loss: Number, cost: Number, detected: Number, undetected: Number) -> OneInspection:
    """How often does one inspect, and how often is something done, if neither knows the other's choice?

    The inspected side gets ``gain`` (d) undetected, ``-loss`` (b) detected. The inspecting side loses ``cost`` (e) by an
    inspection that finds nothing, ``detected`` (a) by an act it finds, ``undetected`` (c) by one it does not; e < a < c.
    ``p* = d/(b+d)``, ``q* = e/(e+c-a)``. Who announces p* gets lawful behaviour, and more than in equilibrium.

    >>> found = one_inspection(1, 9, 1, 5, 13)
    >>> found.inspect, found.act, found.announced > found.payoff
    (Fraction(1, 10), Fraction(1, 9), True)
    """
    d, b, e, a, c = (exact(value, "a payoff") for value in (gain, loss, cost, detected, undetected))
    if d <= 0 or b <= 0 or not 0 < e < a < c:
        raise SamplingError("gain and loss are above 0, and 0 < cost < detected < undetected", advice="see docs/sampling.md")
    p, q = d / (b + d), e / (e + c - a)
    return OneInspection(p, q, -c * q, -e * p)


def season(periods: int, inspections: int) -> Fraction:
    """The value of the game with m inspections in n periods, to the one who may act once: ``C(n-1,m)/Σ_{i≤m} C(n,i)``.

    An act in a period without inspection is worth 1, one that is caught -1, none at all 0 (Dresher, 1962).

    >>> season(2, 1), season(4, 2), season(8, 3)
    (Fraction(1, 3), Fraction(3, 11), Fraction(35, 93))
    """
    _check(periods, inspections)
    return Fraction(comb(periods - 1, inspections), sum(comb(periods, used) for used in range(inspections + 1)))


def season_plan(periods: int, inspections: int) -> tuple[Fraction, Fraction]:
    """How likely is an inspection in the first of n periods, with m left, and how likely an act, when both play their best?

    >>> season_plan(2, 1)
    (Fraction(1, 3), Fraction(1, 3))
    """
    _check(periods, inspections)
    if inspections == 0:
        return Fraction(0), Fraction(1)
    if inspections >= periods:
        return Fraction(1), Fraction(0)
    used, kept = season(periods - 1, inspections - 1), season(periods - 1, inspections)
    # Lawful now: the season goes on with one inspection fewer, or with all. An act now: caught, or not.
    whole = used - kept + 2
    return (1 - kept) / whole, (used - kept) / whole


def _check(periods: int, inspections: int) -> None:
    if not 1 <= periods <= MOST or not 0 <= inspections <= periods:
        raise SamplingError(f"there are 1 to {MOST} periods, and no more inspections than periods")
