"""``ploughshare sample``: how many items to inspect, which, and what may honestly be said afterwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ploughshare.cli.options import json_option, print_table
from ploughshare.cli.sample_draw import draw
from ploughshare.cli.trust import FILE, answer
from ploughshare.errors import SamplingError

if TYPE_CHECKING:
    from ploughshare.verifying.plots import Plot

Command = TypeVar("Command", bound=Callable[..., Any])
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
RIGHT_TO_LEFT = "ar"


def language_option(command: Command) -> Command:
    """``--language LL``."""
    return click.option(
        "--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The language of the sentences."
    )(command)


def plot_options(command: Command) -> Command:
    """``--plot FILE`` and ``--table``."""
    command = click.option("--table", is_flag=True, help="Print the figures of the plot.")(command)
    return click.option("--plot", "plot_file", type=FILE, metavar="FILE", help="Draw it, as SVG.")(command)


population_option = click.option(
    "--population", "-N", type=click.IntRange(1), required=True, metavar="N", help="How many items there are."
)
beta_option = click.option("--beta", default="0.05", show_default=True, help="The chance to find nothing that is accepted.")
p_option = click.option("--recognised", "p", default="1", show_default=True, help="How likely an inspected bad item is recognised.")


@click.group(
    "sample",
    epilog="""\b
Examples:
  ploughshare sample size --population 300 --defects 10 --beta 0.10
  ploughshare sample bound --population 100 --sample 45 --beta 0.05
  ploughshare sample sequential --low 0.01 --high 0.10 --alpha 0.05 --beta 0.05
  ploughshare sample allocate --stratum 100:1 --stratum 50:2 --effort 30 --quantity 6
  ploughshare sample draw replay --host SEED --inspector SEED --root ROOT --population 300 --sample 61
  ploughshare sample game season --periods 8 --inspections 3
""",
)
def command() -> None:
    """Plan inspections by sampling, draw the sample together with the other side, and say what it shows: no more, no less.

    Exit status: 0 done, 1 input refused, 2 anomaly, 3 misbehaviour proven by signed evidence, 4 inconclusive, 64 wrong use.
    """


command.add_command(draw)


@command.command("size", epilog="Example: ploughshare sample size --population 300 --defects 10 --beta 0.10 --plot size.svg")
@population_option
@click.option("--defects", "-d", type=click.IntRange(1), required=True, metavar="D", help="From how many bad items on it matters.")
@beta_option
@p_option
@click.option("--false-alarm", "alpha", metavar="A", help="How often the test of a good item gives a false alarm.")
@plot_options
@language_option
@json_option
def size(
    population: int,
    defects: int,
    beta: str,
    p: str,
    alpha: str | None,
    plot_file: Path | None,
    table: bool,
    language: str,
    as_json: bool,
) -> None:
    """How many items must be inspected so that D bad ones among N escape with a chance of at most beta?

    The exact size, with the approximation of the handbooks beside it (never smaller), and the one for draws that are put back.
    """
    from ploughshare.verifying.attributes import exact, family
    from ploughshare.verifying.plots import detection_curve
    from ploughshare.verifying.sentences import of_size, say
    from ploughshare.verifying.sizes import sample_size

    found = sample_size(population, defects, beta, p)
    said = of_size(found, language)
    content: dict[str, Any] = {
        "population": population,
        "defects": defects,
        "beta": float(found.beta),
        "recognised": float(found.p),
        "exact": found.n,
        "approximation": found.approximation,
        "binomial": found.binomial,
        "detection": found.detection,
    }
    if alpha is not None:
        content["false_alarms"] = family(alpha, found.n)
        said.insert(-1, say("family", language, alpha=exact(alpha), n=found.n, family=content["false_alarms"]))
    others = sorted({defects, max(1, defects // 2), min(population, defects * 2)})
    plot = (
        detection_curve(population, others, found.p, min(population, max(2 * found.n, 10)), language)
        if plot_file or table
        else None
    )
    words = f"n = {found.n}   (approximation {found.approximation}, binomial {found.binomial}; detection {found.detection:.6f})"
    _tell(content, [words, *said], plot, plot_file, table, language, as_json)


@command.command("bound", epilog="Example: ploughshare sample bound --population 100 --sample 45 --beta 0.05")
@population_option
@click.option("--sample", "-n", type=click.IntRange(0), required=True, metavar="N", help="How many were inspected.")
@click.option("--found", type=click.IntRange(0), default=0, metavar="K", help="How many bad ones were found.")
@beta_option
@p_option
@plot_options
@language_option
@json_option
def bound(
    population: int, sample: int, found: int, beta: str, p: str, plot_file: Path | None, table: bool, language: str, as_json: bool
) -> int:
    """What does a clean sample not exclude? The largest number of bad items that could still have escaped it.

    If any was found, no statement of confidence is made: exit status 2.
    """
    from ploughshare.verifying.clean import bound as compute
    from ploughshare.verifying.plots import escape_curve
    from ploughshare.verifying.sentences import of_bound, say

    if found:
        said = say("not_clean", language, found=found)
        answer({"population": population, "sample": sample, "found": found, "exit": 2, "sentences": [said]}, said, as_json)
        return 2
    result = compute(population, sample, beta, p)
    content = {
        "population": population,
        "sample": sample,
        "beta": float(result.beta),
        "recognised": float(result.p),
        "not_excluded": result.not_excluded,
        "excluded": result.excluded,
        "escape": result.escape,
        "detection": result.detection,
    }
    top = min(population, max(2 * (result.excluded or population), 10))
    plot = escape_curve(population, [sample], result.p, top, language) if plot_file or table else None
    words = f"not excluded: up to {result.not_excluded} bad items (they would escape with {result.escape:.6f})"
    _tell(content, [words, *of_bound(result, language)], plot, plot_file, table, language, as_json)
    return 0


@command.command(
    "sequential",
    epilog="""\b
Examples:
  ploughshare sample sequential --low 0.01 --high 0.10 --alpha 0.05 --beta 0.05 --most 120
  ploughshare sample sequential --low 0.01 --high 0.10 --alpha 0.05 --beta 0.05 --looked 31 --found 0
  ploughshare sample sequential --counts --low 16 --high 20 --alpha 0.01 --beta 0.01 --step 0.5 --most 60
""",
)
@click.option("--low", required=True, metavar="RATE", help="The rate to accept: share of bad items, or counts in a unit of time.")
@click.option("--high", required=True, metavar="RATE", help="The rate to reject.")
@click.option("--alpha", default="0.05", show_default=True, help="The risk to reject wrongly.")
@click.option("--beta", default="0.05", show_default=True, help="The risk to accept wrongly.")
@click.option("--most", type=click.IntRange(1), metavar="N", help="Cut the test after N looks: inconclusive.")
@click.option("--counts", is_flag=True, help="Rates are counts in time (Poisson), not shares of items.")
@click.option("--step", type=float, default=1.0, show_default=True, help="The time from one look to the next, with --counts.")
@click.option("--looked", type=float, metavar="N", help="So many items, or so much time, were looked at.")
@click.option("--found", type=click.IntRange(0), metavar="K", help="And so many found.")
@click.option("--population", "-N", type=click.IntRange(1), metavar="N", help="How many items there are, for the warning.")
@plot_options
@language_option
@json_option
def sequential(
    low: str,
    high: str,
    alpha: str,
    beta: str,
    most: int | None,
    counts: bool,
    step: float,
    looked: float | None,
    found: int | None,
    population: int | None,
    plot_file: Path | None,
    table: bool,
    language: str,
    as_json: bool,
) -> int:
    """Look at one item after another, in the order drawn, and stop when the evidence is enough (Wald).

    Tells the risks and mean sizes that the plan really has, computed step by step; with --looked and --found, what to do now:
    exit status 0 accept or go on, 2 reject, 4 the test was cut without a decision.
    """
    from ploughshare.verifying import sequential as tests
    from ploughshare.verifying.attributes import exact
    from ploughshare.verifying.plots import plan_curve
    from ploughshare.verifying.sentences import looked as amount
    from ploughshare.verifying.sentences import of_plan, say

    if (looked is None) != (found is None):
        raise click.UsageError("Give --looked and --found together.")
    rates = exact(low, "the lower rate"), exact(high, "the higher rate")
    plan = tests.poisson(*rates, alpha, beta, most, step) if counts else tests.bernoulli(*rates, alpha, beta, most)
    good, bad = plan.characteristic(plan.low), plan.characteristic(plan.high)
    said = of_plan(plan, language)
    content: dict[str, Any] = {
        "kind": plan.kind,
        "limits": list(plan.limits),
        "earliest_accept": plan.earliest_accept(),
        "alpha": good.reject,
        "beta": bad.accept,
        "undecided": [good.undecided if most else 0.0, bad.undecided if most else 0.0],
        "mean": [good.mean, bad.mean],
        "wald_mean": list(plan.wald()),
    }
    status = 0
    if looked is not None and found is not None:
        decision = plan.decide(found, looked)
        status = {"reject": 2, "inconclusive": 4}.get(decision, 0)
        content |= {"decision": decision, "ratio": plan.ratio(found, looked), "exit": status}
        name = "go_on" if decision == "continue" else decision
        said.append(say(name, language, looked=amount(plan, looked, language), found=found))
    if population and plan.kind == "bernoulli" and max(bad.mean, good.mean, looked or 0, most or 0) > population / 10:
        said.append(say("finite", language))
    plot = plan_curve(plan, None, language) if plot_file or table else None
    _tell(content, said, plot, plot_file, table, language, as_json)
    return status


@command.command(
    "allocate",
    epilog="""\b
Examples:
  ploughshare sample allocate --stratum 10 --stratum 10 --sample 4 --defects 2
  ploughshare sample allocate --stratum 100:1 --stratum 50:2 --effort 30 --quantity 6
""",
)
@click.option("--stratum", "strata", multiple=True, required=True, metavar="SIZE[:VALUE[:COST]]", help="A stratum; repeat it.")
@click.option("--sample", "-n", type=click.IntRange(0), metavar="N", help="Items of equal value: how many to draw in all.")
@click.option("--defects", "-d", type=click.IntRange(0), metavar="D", help="And how many bad ones matter.")
@click.option("--effort", metavar="E", help="Items of different value and cost: the effort there is.")
@click.option("--quantity", metavar="M", help="And the worth from which on it matters.")
@language_option
@json_option
def allocate(
    strata: tuple[str, ...],
    sample: int | None,
    defects: int | None,
    effort: str | None,
    quantity: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Spread a sample or an effort over strata. Items of equal value are best drawn from all strata at once."""
    from ploughshare.verifying import strata as plans
    from ploughshare.verifying.sentences import say

    kinds = [_stratum(text) for text in strata]
    if effort is not None and quantity is not None and sample is None and defects is None:
        found = plans.allocate(kinds, effort, quantity)
        content: dict[str, Any] = {
            "n": list(found.n),
            "r": list(found.r),
            "nondetection": found.escape,
            "whole": list(found.whole),
            "effort": float(found.effort),
            "exact_nondetection": found.exact_escape,
            "worst": list(found.worst),
        }
        formula = ", ".join(f"{n:.4g}" for n in found.n)
        words = f"n = {', '.join(map(str, found.whole))}   (formula {formula}; escape {found.escape:.6f})"
        said = say("values", language, effort=found.effort, quantity=quantity, escape=found.exact_escape)
    elif sample is not None and defects is not None and effort is None and quantity is None:
        pooled = plans.spread([one.size for one in kinds], sample, defects)
        content = {"pooled": pooled.pooled, "fixed": pooled.fixed, "allocation": list(pooled.allocation)}
        words = f"pooled {pooled.pooled:.6f}; best fixed shares {', '.join(map(str, pooled.allocation))}: {pooled.fixed:.6f}"
        said = say("pooled", language, n=sample, d=defects, escape=pooled.pooled, fixed=pooled.fixed)
    else:
        raise click.UsageError("Give --sample and --defects for items of equal value, or --effort and --quantity.")
    _tell(content, [words, said, say("completeness", language)], None, None, False, language, as_json)


@command.group("game", epilog="Example: ploughshare sample game season --periods 8 --inspections 3")
def game() -> None:
    """Small inspection games, for teaching. Payoffs are inputs, never estimates about any State."""


@game.command("deterrence", epilog="Example: ploughshare sample game deterrence --gain 1 --loss 9")
@click.option("--gain", required=True, help="What is gained undetected.")
@click.option("--loss", required=True, help="What is lost when detected.")
@click.option("--false-alarm", "alpha", default="0", show_default=True, help="The rate of false alarms.")
@click.option(
    "--accused", default="0", show_default=True, help="What a false accusation costs its author, to the benefit of the accused."
)
@language_option
@json_option
def deterrence(gain: str, loss: str, alpha: str, accused: str, language: str, as_json: bool) -> None:
    """From which probability of detection on is lawful behaviour the best reply?"""
    from ploughshare.verifying.games import deterrence as compute
    from ploughshare.verifying.sentences import say

    found = compute(gain, loss, alpha, accused)
    content = {"detection": float(found), "exact": str(found)}
    said = [say("deterrence", language, bound=max(found, Fraction(0))), say("teaching", language)]
    _tell(content, said, None, None, False, language, as_json)


@game.command("one", epilog="Example: ploughshare sample game one --gain 1 --loss 9 --cost 1 --detected 5 --undetected 13")
@click.option("--gain", required=True, help="d: what the inspected side gains undetected.")
@click.option("--loss", required=True, help="b: what it loses when detected.")
@click.option("--cost", required=True, help="e: what an inspection costs that finds nothing.")
@click.option("--detected", required=True, help="a: what a detected act costs the inspecting side.")
@click.option("--undetected", required=True, help="c: what an undetected one costs it.")
@language_option
@json_option
def one(gain: str, loss: str, cost: str, detected: str, undetected: str, language: str, as_json: bool) -> None:
    """One inspection or none: how often to inspect, and what announcing it changes."""
    from ploughshare.verifying.games import one_inspection
    from ploughshare.verifying.sentences import say

    found = one_inspection(gain, loss, cost, detected, undetected)
    content = {name: float(getattr(found, name)) for name in ("inspect", "act", "payoff", "announced")}
    said = [say("one", language, inspect=found.inspect), say("teaching", language)]
    _tell(content, said, None, None, False, language, as_json)


@game.command("season", epilog="Example: ploughshare sample game season --periods 8 --inspections 3")
@click.option("--periods", type=click.IntRange(1), required=True, metavar="N", help="So many periods.")
@click.option("--inspections", type=click.IntRange(0), required=True, metavar="M", help="So many inspections.")
@language_option
@json_option
def season(periods: int, inspections: int, language: str, as_json: bool) -> None:
    """M inspections in N periods: what the game is worth, and how likely to inspect first (Dresher)."""
    from ploughshare.verifying.games import season as compute
    from ploughshare.verifying.games import season_plan
    from ploughshare.verifying.sentences import say

    value, (inspect, act) = compute(periods, inspections), season_plan(periods, inspections)
    content = {"value": float(value), "exact": str(value), "inspect_now": float(inspect), "act_now": float(act)}
    said = [say("season", language, m=inspections, n=periods, value=str(value)), say("teaching", language)]
    _tell(content, said, None, None, False, language, as_json)


def _stratum(text: str) -> Any:
    from ploughshare.verifying.strata import stratum

    size, *rest = text.split(":")
    if not size.isdecimal() or len(size) > 12 or len(rest) > 2:
        raise click.UsageError("A stratum is written SIZE, SIZE:VALUE or SIZE:VALUE:COST.")
    return stratum(int(size), *rest)


def _tell(
    content: dict[str, Any],
    said: Sequence[str],
    plot: Plot | None,
    plot_file: Path | None,
    table: bool,
    language: str,
    as_json: bool,
) -> None:
    """The figures, the sentences, and the plot with its table."""
    if plot and plot_file:
        if plot_file.exists():
            raise SamplingError("there is a file already", where=str(plot_file), advice="name another")
        plot_file.write_text(plot.svg(language == RIGHT_TO_LEFT), encoding="utf-8")
        content["plot"] = str(plot_file)
    if plot:
        content["figures"] = {
            "across": plot.across,
            "series": [one.name for one in plot.series],
            "rows": [list(row) for row in plot.rows()],
        }
    if as_json:
        answer({**content, "sentences": [one for one in said if not one.startswith(("n = ", "pooled", "not excluded:"))]}, "", True)
        return
    click.echo("\n".join(said))
    if plot and table:
        heads = (plot.across, *(one.name for one in plot.series))
        print_table(heads, [(f"{row[0]:g}", *(f"{value:.6f}" for value in row[1:])) for row in plot.rows()], title=plot.title)
