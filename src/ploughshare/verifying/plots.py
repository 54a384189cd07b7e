"""Plots of plans as SVG, and the same figures as a table: nobody has to read a number off a line.

The drawing is our own: two axes, a line for each series, a legend. No script, no font and no file from elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import escape

from ploughshare.errors import SamplingError
from ploughshare.verifying.attributes import Number, detection
from ploughshare.verifying.sentences import label
from ploughshare.verifying.sequential import Plan

WIDTH, HEIGHT, MARGIN = 640, 400, 60
COLOURS = ("#0b5fa5", "#c1440e", "#4b7f2a", "#7a3e9d", "#8a6d00", "#444444")
DASHES = ("", "8 4", "2 3", "10 3 2 3", "5 5", "1 2")
#: So many points make a line; a table has the same ones.
POINTS = 41


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its name, and what it is at each place."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Probabilities from 0 to 1 over places, for one or more series. ``rows`` is the table, ``svg`` the drawing."""

    title: str
    across: str
    upward: str
    places: tuple[float, ...]
    series: tuple[Series, ...]

    def rows(self) -> list[tuple[float, ...]]:
        """The figures: a place, and the value of each series there."""
        return [(place, *(one.values[at] for one in self.series)) for at, place in enumerate(self.places)]

    def svg(self, right_to_left: bool = False) -> str:
        """The drawing, complete in itself."""
        left, right, top, bottom = MARGIN, WIDTH - 20, 40, HEIGHT - MARGIN
        span = max(self.places) - min(self.places) or 1
        first = min(self.places)

        def x(place: float) -> float:
            return round(left + (place - first) / span * (right - left), 1)

        def y(value: float) -> float:
            return round(bottom - value * (bottom - top), 1)

        direction = ' direction="rtl"' if right_to_left else ""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(self.title)}"'
            f' font-family="sans-serif" font-size="12"{direction}>',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
            f'<text x="{WIDTH // 2}" y="20" text-anchor="middle" font-size="14">{escape(self.title)}</text>',
        ]
        for tenth in range(0, 11, 2):
            parts.append(f'<line x1="{left}" y1="{y(tenth / 10)}" x2="{right}" y2="{y(tenth / 10)}" stroke="#dddddd"/>')
            parts.append(f'<text x="{left - 8}" y="{y(tenth / 10) + 4}" text-anchor="end" direction="ltr">{tenth / 10:g}</text>')
        for fifth in range(6):
            place = first + span * fifth / 5
            parts.append(f'<text x="{x(place)}" y="{bottom + 18}" text-anchor="middle" direction="ltr">{place:.4g}</text>')
        parts.append(f'<path d="M{left} {top}V{bottom}H{right}" fill="none" stroke="#222222"/>')
        parts.append(f'<text x="{(left + right) // 2}" y="{HEIGHT - 20}" text-anchor="middle">{escape(self.across)}</text>')
        middle = (top + bottom) // 2
        parts.append(
            f'<text x="16" y="{middle}" text-anchor="middle" transform="rotate(-90 16 {middle})">{escape(self.upward)}</text>'
        )
        for number, one in enumerate(self.series):
            colour, dash = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
            points = " ".join(f"{x(place)},{y(value)}" for place, value in zip(self.places, one.values, strict=True))
            stroke = f'stroke="{colour}" stroke-width="2"' + (f' stroke-dasharray="{dash}"' if dash else "")
            parts.append(f'<polyline points="{points}" fill="none" {stroke}/>')
            row = bottom - 14 * (len(self.series) - number)
            parts.append(f'<line x1="{right - 150}" y1="{row}" x2="{right - 120}" y2="{row}" {stroke}/>')
            parts.append(f'<text x="{right - 114}" y="{row + 4}" direction="ltr">{escape(one.name)}</text>')
        return "\n".join([*parts, "</svg>"]) + "\n"


def places(last: int, points: int = POINTS) -> tuple[int, ...]:
    """Whole numbers from 0 to the last, evenly spread.

    >>> places(10, 5)
    (0, 2, 5, 8, 10)
    """
    if last < 1:
        raise SamplingError("there is nothing to plot")
    return tuple(sorted({round(last * at / (points - 1)) for at in range(points)}))


def detection_curve(
    population: int, defects: Sequence[int], p: Number = 1, last: int | None = None, language: str = "en", points: int = POINTS
) -> Plot:
    """How does the probability of detection grow with the sample, for each number of bad items?"""
    spots = places(last or population, points)
    series = tuple(Series(f"d = {d}", tuple(detection(population, d, n, p) for n in spots)) for d in defects)
    return Plot(f"N = {population}", label("inspected", language), label("detection", language), spots, series)


def escape_curve(
    population: int, samples: Sequence[int], p: Number = 1, last: int | None = None, language: str = "en", points: int = POINTS
) -> Plot:
    """The operating characteristic of a sample: how likely are so many bad items to escape it?"""
    spots = places(last or population, points)
    series = tuple(Series(f"n = {n}", tuple(1 - detection(population, d, n, p) for d in spots)) for n in samples)
    return Plot(f"N = {population}", label("bad", language), label("escape", language), spots, series)


def plan_curve(plan: Plan, last: float | None = None, language: str = "en", points: int = POINTS) -> Plot:
    """The operating characteristic of a sequential plan: how likely is it to accept, at each true rate?"""
    top = last or min(1.0 if plan.kind == "bernoulli" else plan.high * 2, plan.high * 2)
    spots = tuple(float(Fraction(top).limit_denominator(10**9) * at / (points - 1)) for at in range(points))
    values = tuple(one.accept for one in plan.curve(spots))
    return Plot(
        f"{plan.low:g} / {plan.high:g}", label("rate", language), label("acceptance", language), spots, (Series("SPRT", values),)
    )
