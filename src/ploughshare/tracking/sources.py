"""Commitments as data: which are known, from which documents, and in which words (``lexicon/commitments/``).

>>> found = all_commitments()["NPT-2000-step-6"]
>>> found.addressees, found.action, found.source.symbol
(('NWS',), 'disarm', 'NPT/CONF.2000/28 (Parts I and II)')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from ploughshare.errors import UnknownError
from ploughshare.lexicon.load import load
from ploughshare.model.commitment import Commitment, Source

_FOLDER = "commitments"


@cache
def all_commitments() -> Mapping[str, Commitment]:
    """Which commitments are known? By code, in the order of their adoption and of their documents."""
    names = sorted(path.name.removesuffix(".toml") for path in (files("ploughshare.lexicon") / _FOLDER).iterdir())
    found = [each for name in names for each in _of(load(f"{_FOLDER}/{name}"))]
    found.sort(key=lambda each: each.source.adopted)
    return {each.code: each for each in found}


def commitment(code: str) -> Commitment:
    """The commitment of a code, whatever its case. Raises UnknownError, with the codes nearest to it.

    >>> commitment("npt-vi").action
    'negotiate'
    """
    codes = {each.casefold(): each for each in all_commitments()}
    if known := codes.get(code.casefold()):
        return all_commitments()[known]
    nearest = [codes[each] for each in get_close_matches(code.casefold(), codes, n=3, cutoff=0.6)]
    raise UnknownError(
        f"no commitment has the code {code[:60]!r}",
        advice=f"nearest are {', '.join(nearest)}" if nearest else "`ploughshare commitments` lists them",
    )


def said(each: Commitment | Source, language: str) -> tuple[str, str]:
    """The title and the sentence of a commitment in a language; in English where the data has no other. A source has no sentence.

    >>> said(all_commitments()["NPT-2000-step-2"], "en")[0]
    'No nuclear tests'
    """
    held = each.languages if isinstance(each, Source) else each.source.languages
    table = load("commitment_texts", language if language in held else "en")
    words = table["sources" if isinstance(each, Source) else "commitments"][each.code]
    return words["title"], words.get("text", "")


def _of(table: Mapping[str, Any]) -> Iterator[Commitment]:
    """The commitments of a data file."""
    sources = {code: _source(code, values) for code, values in table["source"].items()}
    for code, values in table["commitment"].items():
        yield Commitment(
            code,
            sources[values["source"]],
            values.get("number"),
            values["paragraph"],
            tuple(values["to"]),
            values["action"],
            values.get("due"),
        )


def _source(code: str, values: Mapping[str, Any]) -> Source:
    return Source(
        code,
        values["symbol"],
        values["place"],
        values["adopted"],
        tuple(values["targets"]),
        tuple(values.get("near", ())),
        values.get("treaty", False),
        tuple(values["languages"]),
        values.get("missing", ""),
    )
