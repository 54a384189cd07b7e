"""The sentences that may honestly be reported, in six languages: what a number means, and not a word more.

The sentences are in ``lexicon/<language>/sampling.toml``. None says that an inventory is good; none says that anybody keeps or
breaks anything. What is said to hold "at least" is rounded down, what is said to be a risk is rounded up.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from ploughshare.lexicon.load import load
from ploughshare.verifying.clean import Bound
from ploughshare.verifying.sequential import Plan
from ploughshare.verifying.sizes import SampleSize

#: Values that are told as per cent; of these, the ones that a sentence promises are rounded down.
PER_CENT = frozenset(("confidence", "p", "alpha", "beta", "family", "low", "high", "escape", "fixed", "bound", "inspect"))
FLOOR = frozenset(("confidence", "p", "low"))
DIGITS = Decimal("0.0001")


def say(name: str, language: str = "en", **values: Any) -> str:
    """One sentence with its numbers.

    >>> say("bound", d=5, N=100, n=45, confidence=0.953, not_excluded=4)[:76]
    'If 5 or more of the 100 items were bad, this sample of 45 would have shown a'
    >>> percent(0.953793656638, "fr")
    '95,37\\xa0%'
    """
    told = {
        key: percent(value, language, down=key in FLOOR) if key in PER_CENT else _plain(value, language)
        for key, value in values.items()
    }
    return str(load("sampling", language)["sentences"][name]).format(**told)


def percent(share: float | Fraction, language: str = "en", *, down: bool = True) -> str:
    """A share as per cent, rounded to the side that promises less."""
    exact = Decimal(share.numerator) / Decimal(share.denominator) if isinstance(share, Fraction) else Decimal(repr(float(share)))
    # A small chance keeps three digits, so that none is told as 0 that is not.
    digits = DIGITS if exact >= Decimal("0.01") or exact <= 0 else Decimal(1).scaleb(exact.adjusted() - 2)
    rounded = exact.quantize(digits, ROUND_FLOOR if down else ROUND_CEILING) * 100
    return str(load("sampling", language)["signs"]["percent"]).format(_plain(rounded, language))


def label(name: str, language: str = "en") -> str:
    """A label of a plot or a table."""
    return str(load("sampling", language)["labels"][name])


def looked(plan: Plan, amount: float, language: str = "en") -> str:
    """So many items, or so much time."""
    return str(load("sampling", language)["looked"][plan.kind]).format(_plain(round(amount, 2), language))


def fallback(name: str, language: str = "en") -> str:
    """What was agreed for a draw that fails."""
    return str(load("sampling", language)["fallback"][name])


def of_size(found: SampleSize, language: str = "en") -> list[str]:
    """What may be said of a sample size."""
    said = [say("size", language, d=found.defects, N=found.population, n=found.n, confidence=1 - found.beta)]
    if found.p < 1:
        said.append(say("test", language, p=found.p))
    if found.defects == 1:
        said.append(say("single", language))
    return [*said, say("completeness", language)]


def of_bound(found: Bound, language: str = "en") -> list[str]:
    """What may be said after a clean sample: what would have shown, and what is not excluded."""
    if found.sample == found.population and found.p == 1:
        said = [say("all", language, N=found.population)]
    elif found.excluded is None:
        said = [say("nothing", language, n=found.sample, N=found.population, confidence=1 - found.beta)]
    else:
        numbers = {"d": found.excluded, "N": found.population, "n": found.sample, "not_excluded": found.not_excluded}
        said = [say("bound", language, confidence=1 - found.beta, **numbers)]
    if found.p < 1:
        said.append(say("test", language, p=found.p))
    return [*said, say("completeness", language)]


def of_plan(plan: Plan, language: str = "en") -> list[str]:
    """What may be said of a sequential plan: the risks that it really has."""
    good, bad = plan.characteristic(plan.low), plan.characteristic(plan.high)
    rates = {"low": plan.low, "high": plan.high} if plan.kind == "bernoulli" else {}
    told = say("plan", language, alpha=good.reject, beta=bad.accept, **rates) if rates else ""
    if not told:
        sentence = str(load("sampling", language)["sentences"]["plan"])
        told = sentence.format(
            low=_plain(plan.low, language),
            high=_plain(plan.high, language),
            alpha=percent(good.reject, language, down=False),
            beta=percent(bad.accept, language, down=False),
        )
    return [told, say("mean", language, mean_low=looked(plan, good.mean, language), mean_high=looked(plan, bad.mean, language))]


def _plain(value: Any, language: str) -> str:
    if isinstance(value, Fraction):
        value = float(value)
    if isinstance(value, float | Decimal):
        text = f"{value:f}" if isinstance(value, Decimal) else f"{value:.6g}"
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", str(load("sampling", language)["signs"]["decimal"]))
    return str(value)
