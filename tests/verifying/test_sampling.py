"""Sampling: the vectors, the traps, what scipy says, what dice say."""

import math
import random
import re
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from ploughshare.errors import SamplingError
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.verifying import games, plots, sentences, strata
from ploughshare.verifying.attributes import detection, exact, family, log_nondetection, nondetection
from ploughshare.verifying.clean import bound
from ploughshare.verifying.sequential import bernoulli, poisson
from ploughshare.verifying.sizes import approximation, sample_size
from tests.recording.vectors import own

VECTOR = own("sampling_attributes")


# -- attributes ----------------------------------------------------------------------------------------------------------------
def test_sample_sizes_of_the_vector() -> None:
    for one in VECTOR["sample_sizes"]:
        found = sample_size(one["N"], one["d"], one["beta"])
        assert (found.n, found.approximation, found.binomial) == (one["n_exact"], one["n_approx"], one["n_binomial"]), one
        assert found.detection == pytest.approx(one["detection_at_n_exact"], abs=1e-9)


def test_detection_of_the_vector() -> None:
    for one in VECTOR["detection"]:
        numbers = (one["N"], one["d"], one["n"], one["p_ident"])
        assert detection(*numbers) == pytest.approx(one["detection"], abs=1e-11)
        assert math.exp(log_nondetection(*numbers)) == pytest.approx(1 - one["detection"], abs=1e-10)


def test_bounds_of_the_vector() -> None:
    for one in VECTOR["upper_bounds_after_clean_sample"]:
        found = bound(one["N"], one["n"], one["beta"])
        assert (found.not_excluded, found.excluded) == (one["max_defects_not_excluded"], one["smallest_d_excluded"])
        assert found.escape == pytest.approx(one["nondetection_at_max"], abs=1e-11)


@given(
    st.integers(1, 60),
    st.data(),
    st.sampled_from(["0.8", "0.5", "0.2", "0.1", "0.05", "1/3", "0.01"]),
    st.sampled_from(["1", "0.9", "1/2"]),
)
def test_a_size_is_the_smallest_that_is_enough(population: int, data: st.DataObject, beta: str, p: str) -> None:
    defects = data.draw(st.integers(1, population))
    try:
        found = sample_size(population, defects, beta, p)
    except SamplingError:
        assert nondetection(population, defects, population, p) > exact(beta)
        return
    assert nondetection(population, defects, found.n, p) <= exact(beta)
    assert found.n == 0 or nondetection(population, defects, found.n - 1, p) > exact(beta)
    if p == "1":
        assert 0 <= found.approximation - found.n <= 2


@given(st.integers(1, 60), st.data(), st.sampled_from(["0.8", "0.2", "0.05"]), st.sampled_from(["1", "0.9"]))
def test_a_bound_is_the_largest_that_could_escape(population: int, data: st.DataObject, beta: str, p: str) -> None:
    sample = data.draw(st.integers(0, population))
    found = bound(population, sample, beta, p)
    escapes = [d for d in range(population + 1) if nondetection(population, d, sample, p) > exact(beta)]
    assert found.not_excluded == max(escapes)
    assert found.excluded == (found.not_excluded + 1 if found.not_excluded < population else None)


@pytest.mark.parametrize("d", [1, 2, 10, 500, 10_000, 300_000])
def test_a_million_items_agree_with_scipy(d: int) -> None:
    found = sample_size(10**6, d, 0.05)
    assert found.detection == pytest.approx(1 - hypergeom(10**6, d, found.n).pmf(0), rel=1e-7)
    assert hypergeom(10**6, d, found.n - 1).pmf(0) > 0.05 - 1e-9
    assert found.approximation - found.n in (0, 1, 2)


def test_ties_and_rounding() -> None:
    """One twentieth is one twentieth: 95 of 100, not 96, and 1 - 0.9 is a tenth."""
    assert sample_size(100, 1, 0.05).n == 95
    assert sample_size(100, 1, 1 - exact(0.9)).n == sample_size(100, 1, 0.1).n == 90
    assert sample_size(10**6, 1, 0.05).n == 950_000
    assert approximation(10, 1, 0.5) == 5
    assert sample_size(5, 5, 0).n == 1
    assert sample_size(5, 1, 1).n == 0


@pytest.mark.parametrize("p", [1.0, 0.9, 0.5])
@pytest.mark.parametrize(("population", "d", "n"), [(20, 2, 5), (100, 10, 25), (300, 10, 77)])
def test_dice_agree(population: int, d: int, n: int, p: float) -> None:
    """Property (vi): within four standard errors of 20,000 samples."""
    chance = random.Random(f"{population} {d} {n} {p}")
    runs = 20_000
    found = 0
    for _ in range(runs):
        bad = sum(item < d for item in chance.sample(range(population), n))
        found += any(chance.random() < p for _ in range(bad))
    expected = detection(population, d, n, p)
    assert abs(found / runs - expected) <= 4 * math.sqrt(expected * (1 - expected) / runs)


@pytest.mark.parametrize(("population", "d", "n", "p"), [(2000, 700, 60, 0.3), (9000, 3000, 2000, 0.01), (5000, 4900, 4950, 0.001)])
def test_an_imperfect_test_by_logarithms(population: int, d: int, n: int, p: float) -> None:
    expected = nondetection(population, d, n, p)
    assert math.exp(log_nondetection(population, d, n, p)) == pytest.approx(float(expected), rel=1e-8)


def test_hostile_numbers_take_no_time() -> None:
    assert sample_size(10**9, 5 * 10**8, 0.05, 0.5).n < 30
    assert bound(10**9, 5 * 10**8, 0.05, 0.5).not_excluded < 30


def test_false_alarms_of_a_family() -> None:
    assert family(0.01, 45) == pytest.approx(1 - 0.99**45)
    assert (family(1, 3), family(1, 0), family(0, 10**9)) == (1, 0, 0)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: sample_size(0, 1, 0.05),
        lambda: sample_size(10, 11, 0.05),
        lambda: sample_size(10, 0, 0.05),
        lambda: sample_size(10, 1, 1.5),
        lambda: sample_size(10, 1, "nan"),
        lambda: sample_size(10, 1, float("inf")),
        lambda: sample_size(10, 1, 0.05, 0.5),
        lambda: sample_size(10, 1, 0.05, 0),
        lambda: bound(10, 5, 0.05, found=1),
        lambda: bound(10, 11, 0.05),
        lambda: bernoulli(0.1, 0.1, 0.05, 0.05),
        lambda: bernoulli(0.1, 0.2, 0.6, 0.6),
        lambda: bernoulli(0, 0.2, 0.05, 0.05),
        lambda: poisson(1, 2, 0.1, 0.1, step=0),
        lambda: poisson(1e300, 2e300, 0.1, 0.1).characteristic(1e300),
        lambda: bernoulli(0.5, 0.5001, 0.05, 0.05).characteristic(0.5),
        lambda: strata.spread([], 1, 1),
        lambda: strata.spread([5, 5], 11, 1),
        lambda: strata.spread([10**6] * 5, 1000, 5),
        lambda: strata.stratum(3, 0),
        lambda: strata.allocate([strata.stratum(3)], 1, 4),
        lambda: games.season(3, 4),
        lambda: games.one_inspection(1, 1, 3, 2, 1),
        lambda: games.deterrence(0, 0),
    ],
)
def test_what_cannot_be_is_said(ask: Any) -> None:
    with pytest.raises(SamplingError):
        ask()


# -- sequential ----------------------------------------------------------------------------------------------------------------
def test_the_sequential_test_of_the_specification() -> None:
    plan = bernoulli(0.01, 0.10, 0.05, 0.05)
    assert plan.earliest_accept() == 31
    assert [plan.decide(0, n) for n in (30, 31)] == ["continue", "accept"]
    good, bad = plan.characteristic(0.01), plan.characteristic(0.10)
    assert (round(good.reject, 4), round(bad.accept, 4)) == (0.0229, 0.0500)
    assert (round(good.mean, 2), round(bad.mean, 2)) == (39.57, 24.33)
    assert [round(mean, 2) for mean in plan.wald()] == [37.15, 18.34]


def test_a_plan_that_is_cut_says_what_it_leaves_open() -> None:
    plan = bernoulli(0.01, 0.10, 0.05, 0.05, most=40)
    for rate in (0.0, 0.01, 0.05, 0.10, 1.0):
        found = plan.characteristic(rate)
        assert found.accept + found.reject + found.undecided == pytest.approx(1)
        assert found.mean <= 40
    assert plan.characteristic(0.05).undecided > 0.1
    assert [plan.decide(1, n) for n in (39, 40)] == ["continue", "inconclusive"]
    assert bernoulli(0.01, 0.10, 0.05, 0.05, most=30).earliest_accept() is None


@pytest.mark.parametrize("plan", [bernoulli(0.05, 0.2, 0.1, 0.1), poisson(2, 4, 0.05, 0.1, step=0.5)], ids=["items", "counts"])
def test_dice_agree_with_the_steps(plan: Any) -> None:
    chance, runs = random.Random(plan.kind), 4000
    accepted, total = 0, 0.0
    for _ in range(runs):
        found, looked = 0, 0.0
        while (decision := plan.decide(found, looked)) == "continue" or not looked:
            looked += plan.step
            if plan.kind == "bernoulli":
                found += chance.random() < plan.high
            else:
                until = chance.expovariate(plan.high)
                while until < plan.step:
                    found, until = found + 1, until + chance.expovariate(plan.high)
        accepted, total = accepted + (decision == "accept"), total + looked
    expected = plan.characteristic(plan.high)
    assert abs(accepted / runs - expected.accept) <= 4 * math.sqrt(expected.accept * (1 - expected.accept) / runs)
    assert total / runs == pytest.approx(expected.mean, rel=0.08)


# -- strata and games ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("one", VECTOR["stratified_exact_small"], ids=str)
def test_strata_of_the_vector(one: dict[str, Any]) -> None:
    found = strata.spread(one["strata"], one["n_total"], one["d_total"])
    assert found.pooled == pytest.approx(one["pooled_simple_random"], abs=1e-9)
    assert found.fixed == pytest.approx(one["best_pure_worst_case"], abs=1e-9)
    assert list(found.allocation) == one["best_pure_allocation"]
    assert strata.game_value(one["strata"], one["n_total"], one["d_total"]) == pytest.approx(
        one["mixed_value_nondetection"], abs=1e-8
    )


@pytest.mark.parametrize("one", VECTOR["stratified_avenhaus_canty_exponential"], ids=str)
def test_allocations_of_the_vector(one: dict[str, Any]) -> None:
    kinds = [strata.stratum(*numbers) for numbers in zip(one["strata"], one["value"], one["cost"], strict=True)]
    found = strata.allocate(kinds, one["effort"], one["quantity"])
    assert found.n == pytest.approx(one["n"])
    assert found.r == pytest.approx(one["r"])
    assert found.escape == pytest.approx(one["nondetection"])
    # The worst case in whole items, by another way: every way to take so much, one after the other.
    worst = 0.0
    for first in range(7):
        for second in range(7):
            for third in range(7 if len(kinds) == 3 else 1):
                taken = (first, second, third)[: len(kinds)]
                if sum(count * kind.value for count, kind in zip(taken, kinds, strict=True)) >= one["quantity"]:
                    ways = [float(nondetection(k.size, t, n)) for k, t, n in zip(kinds, taken, found.whole, strict=True)]
                    worst = max(worst, math.prod(ways))
    assert found.exact_escape == pytest.approx(worst)


def test_games_of_the_specification() -> None:
    assert games.deterrence(1, 9) == Fraction(1, 10)
    assert games.deterrence(1, 9, "0.1", 2) == Fraction(2, 25)
    assert [games.season(*numbers) for numbers in ((2, 1), (4, 2), (8, 3))] == [Fraction(1, 3), Fraction(3, 11), Fraction(35, 93)]
    found = games.one_inspection(2, 3, 1, 4, 9)
    assert (found.inspect, found.act) == (Fraction(2, 5), Fraction(1, 6))
    assert found.announced > found.payoff


def test_the_season_is_its_recursion() -> None:
    def value(n: int, m: int) -> Fraction:
        if m >= n:
            return Fraction(0)
        if m == 0:
            return Fraction(1)
        used, kept = value(n - 1, m - 1), value(n - 1, m)
        return (used + kept) / (used - kept + 2)

    for n in range(1, 13):
        for m in range(n + 1):
            assert games.season(n, m) == value(n, m)
            inspect, act = games.season_plan(n, m)
            if 0 < m < n:
                # Each side leaves the other indifferent.
                used, kept = value(n - 1, m - 1), value(n - 1, m)
                assert inspect * used + (1 - inspect) * kept == 1 - 2 * inspect == value(n, m)
                assert (1 - act) * used - act == (1 - act) * kept + act == value(n, m)


# -- what is said, what is drawn -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language: str) -> None:
    english, other = load("sampling", "en"), load("sampling", language)
    assert {name: set(table) for name, table in english.items()} == {name: set(table) for name, table in other.items()}
    for name, sentence in english["sentences"].items():
        assert sorted(re.findall(r"{\w+}", sentence)) == sorted(re.findall(r"{\w+}", other["sentences"][name])), name
    assert sentences.of_size(sample_size(100, 1, 0.05, 1), language)
    assert len(sentences.of_bound(bound(100, 45, 0.05, 0.9), language)) == 3
    assert len(sentences.of_plan(poisson(16, 20, 0.01, 0.01), language)) == 2


def test_no_verdict_and_no_good_inventory() -> None:
    said = "\n".join(load("sampling", "en")["sentences"].values()).lower()
    for word in ("complian", "violat", "cheat", "inventory is", "% good", "verified", "irreversibl"):
        assert word not in said


def test_what_is_said_is_rounded_to_the_side_that_promises_less() -> None:
    assert sentences.percent(0.95379, down=True) == "95.37%"
    assert sentences.percent(0.95379, down=False) == "95.38%"
    assert sentences.percent(Fraction(19, 20)) == "95%"
    assert sentences.percent(0.9999999, down=True) == "99.99%"
    assert sentences.percent(0.0000123, down=False) == "0.00123%"
    assert sentences.percent(0.0, down=False) == "0%"
    [first, *_] = sentences.of_bound(bound(100, 45, 0.05))
    assert first == (
        "If 5 or more of the 100 items were bad, this sample of 45 would have shown at least one with a probability of "
        "at least 95%; up to 4 bad items are not excluded."
    )
    assert sentences.of_bound(bound(50, 50, 0.05))[0] == "All 50 items were inspected, and none was found bad."
    assert "excludes no number" in sentences.of_bound(bound(50, 0, 0.05))[0]


def test_a_plot_has_the_figures_of_its_table() -> None:
    for plot in (
        plots.detection_curve(300, [5, 10], last=120),
        plots.escape_curve(100, [45], 0.9, last=20),
        plots.plan_curve(bernoulli(0.01, 0.10, 0.05, 0.05)),
    ):
        drawing = ElementTree.fromstring(plot.svg())
        lines = drawing.findall("{http://www.w3.org/2000/svg}polyline")
        assert len(lines) == len(plot.series)
        for at, line in enumerate(lines):
            points = [tuple(map(float, point.split(","))) for point in line.attrib["points"].split()]
            assert len(points) == len(plot.rows())
            for (_, y), row in zip(points, plot.rows(), strict=True):
                assert (340 - y) / 300 == pytest.approx(row[at + 1], abs=0.001)
    assert plots.detection_curve(300, [10], last=61).rows()[-1][1] == detection(300, 10, 61)
    assert 'direction="rtl"' in plots.detection_curve(9, [1], language="ar").svg(True)
