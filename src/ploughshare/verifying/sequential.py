"""Sequential tests (Wald): look at one item after another, and stop as soon as the evidence is enough.

Go on while ``ln(β/(1-α)) < LLR < ln((1-β)/α)``. The error rates and mean sizes told here are those that the plan really has,
computed step by step over all ways a test can go; Wald's own formulas are too small, since the last step overshoots.
The order of the items must be drawn beforehand, and the largest number of items stated beforehand: where it is reached without
a decision, the test is inconclusive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, inf, lgamma, log
from typing import Literal

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, probability

Decision = Literal["accept", "reject", "continue", "inconclusive"]
#: A likelihood ratio this close to a limit has reached it.
TIE = 1e-12
#: A test that has not ended after so many steps is cut here, and what is left is told as undecided.
MOST_STEPS = 20_000
#: And so many single ways are followed.
MOST_WORK = 3_000_000
#: More counts than this are not looked for in one step.
MOST_COUNTS = 100_000.0
#: What is left undecided below this is nothing.
NOTHING = 1e-13


@dataclass(frozen=True, slots=True)
class Characteristic:
    """What a plan does if the true rate is this one: how often it ends how, after how many items (or how much time) on average."""

    rate: float
    accept: float
    reject: float
    undecided: float
    mean: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A sequential plan: two rates to tell apart, the two risks, where it is cut; ``step`` is the time of one look."""

    kind: Literal["bernoulli", "poisson"]
    low: float
    high: float
    alpha: float
    beta: float
    most: int | None = None
    step: float = 1.0

    @property
    def limits(self) -> tuple[float, float]:
        """Accept at or below the first, reject at or above the second."""
        return log(self.beta / (1 - self.alpha)), log((1 - self.beta) / self.alpha)

    def ratio(self, found: int, looked: float) -> float:
        """The logarithm of the likelihood ratio after ``found`` in ``looked`` items, or in so much time."""
        if self.kind == "poisson":
            return found * log(self.high / self.low) - (self.high - self.low) * looked
        return found * log(self.high / self.low) + (looked - found) * log((1 - self.high) / (1 - self.low))

    def decide(self, found: int, looked: float) -> Decision:
        """What now? ``inconclusive`` where the plan is cut without a decision.

        >>> plan = bernoulli(0.01, 0.10, 0.05, 0.05)
        >>> plan.decide(0, 30), plan.decide(0, 31), plan.decide(2, 5)
        ('continue', 'accept', 'reject')
        """
        if found < 0 or looked < 0 or (self.kind == "bernoulli" and found > looked):
            raise SamplingError(f"{found} of {looked} cannot have been found")
        low, high = self.limits
        ratio = self.ratio(found, looked)
        last = inf if self.most is None else self.most * self.step
        if looked > last + TIE:
            return "inconclusive"  # what was looked at beyond the cut decides nothing
        if ratio <= low + TIE:
            return "accept"
        if ratio >= high - TIE:
            return "reject"
        return "inconclusive" if looked >= last - TIE else "continue"

    def earliest_accept(self) -> int | None:
        """After how many looks without a find does the plan accept? ``None`` if it is cut before."""
        step = max(1, ceil(self.limits[0] / self.ratio(0, self.step) - TIE))
        return step if self.decide(0, step * self.step) == "accept" else None

    def characteristic(self, rate: Number) -> Characteristic:
        """What does the plan do if this is the true rate? Exactly, by going through all ways step by step.

        >>> plan = bernoulli(0.01, 0.10, 0.05, 0.05)
        >>> good, bad = plan.characteristic(0.01), plan.characteristic(0.10)
        >>> round(good.reject, 4), round(bad.accept, 4), round(good.mean, 2), round(bad.mean, 2)
        (0.0229, 0.05, 39.57, 24.33)
        """
        true = float(probability(rate, "the rate")) if self.kind == "bernoulli" else float(rate)
        if true < 0:
            raise SamplingError("a rate is 0 or more")
        gains = (1 - true, true) if self.kind == "bernoulli" else _poisson(true * self.step)
        low, high = self.limits
        going, work = {0: 1.0}, 0
        accept = reject = mean = 0.0
        for step in range(1, (self.most or MOST_STEPS) + 1):
            mean += sum(going.values()) * self.step
            work += len(going) * len(gains)
            if work > MOST_WORK:
                what = "the plan takes too many looks to be computed step by step"
                raise SamplingError(what, advice="take rates further apart, larger risks, longer steps, or cut it earlier")
            following: dict[int, float] = {}
            for found, chance in going.items():
                for gain, weight in enumerate(gains):
                    if weight:
                        following[found + gain] = following.get(found + gain, 0.0) + chance * weight
            going = {}
            for found, chance in following.items():
                ratio = self.ratio(found, step * self.step)
                if ratio <= low + TIE:
                    accept += chance
                elif ratio >= high - TIE:
                    reject += chance
                else:
                    going[found] = chance
            if sum(going.values()) < NOTHING:
                break
        return Characteristic(true, accept, reject, sum(going.values()), mean)

    def curve(self, rates: Sequence[float]) -> list[Characteristic]:
        """The operating characteristic: what the plan does at each of these rates."""
        return [self.characteristic(rate) for rate in rates]

    def wald(self) -> tuple[float, float]:
        """The mean sizes by Wald's own formula, at the low and the high rate: too small, and shown to be compared."""
        low, high = self.limits
        good = (1 - self.alpha) * low + self.alpha * high
        bad = self.beta * low + (1 - self.beta) * high
        if self.kind == "poisson":
            gain, loss = log(self.high / self.low), self.high - self.low
            return good / (self.low * gain - loss), bad / (self.high * gain - loss)
        found, none = log(self.high / self.low), log((1 - self.high) / (1 - self.low))
        return good / (self.low * found + (1 - self.low) * none), bad / (self.high * found + (1 - self.high) * none)


def bernoulli(low: Number, high: Number, alpha: Number, beta: Number, most: int | None = None) -> Plan:
    """A plan for items: accept if the share of bad ones is ``low``, reject if it is ``high``; ``most`` items at most."""
    shares = [float(probability(rate, "the share", zero=False, one=False)) for rate in (low, high)]
    return _plan("bernoulli", shares, alpha, beta, most, 1.0)


def poisson(low: Number, high: Number, alpha: Number, beta: Number, most: int | None = None, step: float = 1.0) -> Plan:
    """A plan for counts in time: accept if there are ``low`` a second, reject if ``high``; looked at every ``step`` seconds."""
    if not 0 < step < inf:
        raise SamplingError("the time between looks has to be more than 0")
    return _plan("poisson", [float(low), float(high)], alpha, beta, most, step)


def _plan(
    kind: Literal["bernoulli", "poisson"], rates: list[float], alpha: Number, beta: Number, most: int | None, step: float
) -> Plan:
    risks = [float(probability(risk, "a risk", zero=False, one=False)) for risk in (alpha, beta)]
    if not 0 < rates[0] < rates[1] or sum(risks) >= 1:
        raise SamplingError("the first rate must be the smaller, and the two risks together below 1")
    if most is not None and not 1 <= most <= MOST_STEPS:
        raise SamplingError(f"a plan is cut after 1 to {MOST_STEPS} looks")
    return Plan(kind, rates[0], rates[1], risks[0], risks[1], most, step)


def _poisson(mean: float) -> tuple[float, ...]:
    """Chances of 0, 1, 2 … counts, up to where they no longer matter."""
    if mean == 0:
        return (1.0,)
    if not mean < MOST_COUNTS:
        raise SamplingError("there are too many counts in one step", advice="take shorter steps")
    chances: list[float] = []
    while len(chances) <= mean or chances[-1] > 1e-16:
        count = len(chances)
        chances.append(exp(count * log(mean) - mean - lgamma(count + 1)))
    return tuple(chances)
