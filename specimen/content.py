"""The content of the specimen: source/<language>.toml → Specimen, the same paragraphs in every language.

Everything that is printed comes from the sources; the formats only lay it out.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

HERE = Path(__file__).parent
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")

Style = Literal["plain", "verb", "second", "italic", "note"]
Kind = Literal["enacting", "preambular", "operative", "closing", "heading", "meeting", "annex"]

_MARKUP = re.compile(r"\[\^(?P<note>\d+)\]|\*(?P<verb>[^*]+)\*|\+(?P<second>[^+]+)\+|_(?P<italic>[^_]+)_|(?P<plain>[^*+_\[]+|.)")
_STYLES: dict[str, Style] = {"note": "note", "verb": "verb", "second": "second", "italic": "italic", "plain": "plain"}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; a ``note`` is the mark of a footnote, a ``second`` verb stands inside its paragraph."""

    style: Style
    text: str


Runs = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph, heading or closing line in the order of print.

    ``id`` is the same in every language, ``number`` is what the language prints, ``level`` counts from 0.
    """

    id: str
    kind: Kind
    number: str
    runs: Runs
    level: int = 0

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnotes whose marks stand in it."""
        return tuple(run.text for run in self.runs if run.style == "note")


@dataclass(frozen=True, slots=True)
class Specimen:
    """The specimen in one language."""

    language: str
    iso: str
    direction: str
    marker: str
    cover: dict[str, str]
    title: Runs
    items: tuple[Item, ...]
    notes: dict[str, Runs]

    def of_kind(self, *kinds: Kind) -> Iterator[Item]:
        """The items of these kinds, in order."""
        return (item for item in self.items if item.kind in kinds)


def runs(text: str) -> Runs:
    """Take the mark-up of a source apart.

    >>> [(run.style, run.text) for run in runs("*Notes* the report,[^6]")]
    [('verb', 'Notes'), ('plain', ' the report,'), ('note', '6')]
    """
    text = text.replace("~", "\u00a0")
    joined: list[Run] = []
    for found in _MARKUP.finditer(text):
        style = _STYLES[str(found.lastgroup)]
        words = found[str(found.lastgroup)]
        if joined and style == joined[-1].style == "plain":
            joined[-1] = Run("plain", joined[-1].text + words)
        else:
            joined.append(Run(style, words))
    return tuple(joined)


def bare(pieces: Runs) -> str:
    """The words without footnote marks."""
    return "".join(run.text for run in pieces if run.style != "note")


def template(name: str) -> Template:
    """A piece of a file that only waits for its words."""
    return Template((HERE / "parts" / name).read_text(encoding="utf-8"))


def load(language: str) -> Specimen:
    """Read the source of one language."""
    source = tomllib.loads((HERE / "source" / f"{language}.toml").read_text(encoding="utf-8"))
    cover: dict[str, str] = {name: text.replace("~", "\u00a0") for name, text in source["cover"].items()}
    items = [Item("enacting", "enacting", "", runs(cover["enacting"]))]
    items += [Item(name, "preambular", "", runs(text)) for name, text in source["preamble"].items()]
    for name, text in source["operative"].items():
        if name.startswith("heading "):
            items.append(Item(name, "heading", "", runs(text)))
        elif name.endswith(" closing"):
            items.append(Item(name, "closing", "", runs(text)))
        else:
            items.append(Item(name, "operative", _printed(name, source["numbering"]), runs(text), name.count(".")))
    items += [Item(name, "meeting", "", runs(cover[name])) for name in ("meeting", "adopted")]
    annex = source["annex"]
    items += [Item(f"annex1 {name}", "heading", "", runs(annex[name])) for name in ("name", "title")]
    for number in ("1", "2"):
        items.append(Item(f"annex1.{number}", "annex", source["numbering"]["paragraph"].format(number), runs(annex[number])))
    notes = {mark: runs(text) for mark, text in source["notes"].items()}
    return Specimen(
        language, source["iso"], source["direction"], source["marker"], cover, runs(source["cover"]["title"]), tuple(items), notes
    )


def _printed(name: str, numbering: dict[str, str]) -> str:
    """The number as the language prints it: op5.b is "(b)" here and "b)" there."""
    parts = name.split(".")
    if len(parts) == 1:
        return numbering["paragraph"].format(name.removeprefix("op"))
    if len(parts) == 2:
        return numbering["point"].format(numbering["letters"].split()["abcdefgh".index(parts[1])])
    return numbering["subpoint"].format(numbering["numerals"].split()[("i", "ii", "iii", "iv").index(parts[2])])
