"""States: which one does a code or a name mean, in any of the six languages, whatever its accents, case or time?"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cache

from msgspec import convert

from ploughshare.errors import UnknownError
from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load, load_rows
from ploughshare.model.state import Fate, FormerName, State, StateName, Status

#: A longer name is nobody's: it is refused before it is compared.
LONGEST = 200
#: So many of the nearest names are offered for one that is not known.
NEAREST = 3


@cache
def states() -> tuple[State, ...]:
    """Which States are there? 193 Members, two observers, and two others that join treaties, in the order of their codes.

    >>> len(states()), sum(state.status == "member" for state in states())
    (197, 193)
    """
    names = {language: {row["iso3"]: row for row in load_rows(f"states/names.{language}.csv")} for language in LANGUAGES}
    former = former_names()
    return tuple(
        State(
            row["iso3"],
            row["iso2"],
            row["m49"],
            convert(row["status"], Status),
            row["group"] or None,
            date.fromisoformat(row["admitted"]) if row["admitted"] else None,
            {language: _name(names[language][row["iso3"]]) for language in LANGUAGES},
            tuple(name for name in former if row["iso3"] in name.states),
            row["unterm"] or None,
        )
        for row in load_rows("states/states.csv")
    )


def state(name: str) -> State:
    """Which State does a code or a name mean?

    Codes: ISO 3166-1 of two or three letters, M49. Names: short, formal, former, in six languages; accents, case, hyphens
    and a leading article do not matter. The name of a State that several came after leads to none. Raises
    UnknownError, with the nearest names.

    >>> state("ken").iso3, state("TURKIYE").iso3, state("l'Union soviétique").iso3, state("404").name("fr")
    ('KEN', 'TUR', 'RUS', 'Kenya')
    """
    found = _directory().find(name)
    if len(found) == 1:
        return by_code(next(iter(found)))
    if found:
        names = ", ".join(f"{by_code(code).name()} ({code})" for code in sorted(found))
        raise UnknownError(f"{name!r} means no single State of today", advice=f"ask for one of {names}")
    nearest = _directory().nearest(name)
    advice = f"did you mean {', '.join(nearest)}?" if nearest else "give an ISO code (KEN) or a name in an official language"
    raise UnknownError(f"no State is called {name[:LONGEST]!r}", advice=advice)


def by_code(iso3: str) -> State:
    """The State of a three-letter code, exactly. Raises UnknownError.

    >>> by_code("KEN").name("zh")
    '肯尼亚'
    """
    try:
        return _by_code()[iso3]
    except KeyError:
        raise UnknownError(f"no State has the code {iso3!r}", advice="codes are those of ISO 3166-1, three letters") from None


@cache
def former_names() -> tuple[FormerName, ...]:
    """Which names were in use before, and which States are no more?

    >>> [(name.states, name.until) for name in former_names() if name.code == "ZAR"]
    [(('COD',), 1997)]
    """
    return tuple(
        FormerName(
            tuple(row["states"].split()),
            convert(row["kind"], Fate),
            {language: row[language] for language in LANGUAGES},
            int(row["from"]) if row["from"] else None,
            int(row["until"]) if row["until"] else None,
            row["code"] or None,
        )
        for row in load_rows("states/former.csv")
    )


def folded(name: str) -> str:
    """How is a name compared? Without accents, case, points, hyphens and doubled blanks.

    >>> folded("TÜRKİYE") == folded("Turkiye"), folded("Côte\u2019 d\u2019Ivoire")
    (True, "cote' d'ivoire")
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", name) if unicodedata.category(letter) != "Mn")
    return " ".join(fold(bare).text.replace("-", " ").replace(".", " ").split())


@dataclass(slots=True)
class _Directory:
    """Every folded code and name with the States it leads to."""

    codes: dict[str, frozenset[str]] = field(default_factory=dict)
    #: Names of today come before those of another time: Côte d'Ivoire is one, "Laos" is both.
    now: dict[str, set[str]] = field(default_factory=dict)
    once: dict[str, frozenset[str]] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    articles: tuple[str, ...] = ()

    def find(self, name: str) -> frozenset[str]:
        """The States that a code or a name leads to."""
        if len(name) > LONGEST:
            return frozenset()
        asked = folded(name)
        code = asked.upper().lstrip("0") if asked.isascii() and asked.isdigit() else asked.upper()
        for candidate in (asked, *self.without_article(asked)):
            for table in (self.now, self.once):
                if candidate in table:
                    return frozenset(table[candidate])
        return self.codes.get(code, frozenset())

    def without_article(self, name: str) -> Iterator[str]:
        """The name without each article it may begin with, or that catalogues put behind it in brackets."""
        for article in self.articles:
            for bare in (name.removeprefix(article), name.removesuffix(f"({article.strip()})")):
                if bare != name:
                    yield bare.strip()

    def nearest(self, name: str) -> list[str]:
        """The names nearest to one that is not known, as printed."""
        found = get_close_matches(folded(name[:LONGEST]), self.shown, n=NEAREST * 2, cutoff=0.75)
        return list(dict.fromkeys(self.shown[each] for each in found))[:NEAREST]


@cache
def _directory() -> _Directory:
    directory = _Directory(
        articles=tuple(sorted({folded(each) + " " * each.endswith(" ") for each in _articles()}, key=len, reverse=True))
    )
    for each in states():
        for code in (each.iso3, each.iso2, each.m49.lstrip("0")):
            directory.codes[code] = frozenset((each.iso3,))
        for name in each.names.values():
            for variant in _variants(name.name, name.formal, *name.also):
                directory.now.setdefault(variant, set()).add(each.iso3)
                directory.shown.setdefault(variant, name.name)
    for misprint, code in load("states/spellings")["misprints"].items():
        directory.now[folded(misprint)] = {code}
    for former in former_names():
        if former.code:
            directory.codes.setdefault(former.code, frozenset(former.states))
        for once in former.names.values():
            for variant in _variants(once):
                directory.once[variant] = directory.once.get(variant, frozenset()) | frozenset(former.states)
                directory.shown.setdefault(variant, once)
    return directory


def _variants(*names: str) -> Iterator[str]:
    """A name as folded, and without what it has in brackets: "Iran (Islamic Republic of)" is Iran too."""
    for name in names:
        if whole := folded(name):
            yield whole
            head, bracket, _ = whole.partition("(")
            if bracket and head.strip():
                yield head.strip()


def _articles() -> Iterable[str]:
    return (article for articles in load("states/spellings")["articles"].values() for article in articles)


@cache
def _by_code() -> dict[str, State]:
    return {each.iso3: each for each in states()}


def _name(row: dict[str, str]) -> StateName:
    return StateName(row["name"], row["formal"], tuple(filter(None, row["also"].split("|"))))
