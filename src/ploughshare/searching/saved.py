"""Saved searches: a small file in the library's folder, which a person may edit.

One table for each search: its words and facets, as ``search`` takes them.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ploughshare.errors import QueryError
from ploughshare.library.library import Library

from .facets import FACETS, wanted
from .query import parse
from .search import Found, search

#: The file, below the folder of the library.
FILE = "searches.toml"
LONGEST = 100
_WORDS = "words"


@dataclass(frozen=True, slots=True)
class Saved:
    """A search under a name."""

    name: str
    words: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def run(self, library: Library, *, newest: bool = False) -> Found:
        """What it finds now, the best first or the newest."""
        return search(library, self.words, order="newest" if newest else "best", **self.facets)  # type: ignore[arg-type]


def searches(library: Library) -> dict[str, Saved]:
    """Which searches are saved in a library, by name? QueryError where a person's edit made the file unreadable."""
    path = library.folder / FILE
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise QueryError(f"it is no TOML ({error})", where=str(path), advice="mend the line it names") from error
    return {name: _saved(name, table, path) for name, table in tables.items()}


def _saved(name: str, table: object, path: Path) -> Saved:
    if not isinstance(table, dict) or not set(table) <= {_WORDS, *FACETS}:
        raise QueryError(f"{name} is no search", where=str(path), advice=f"it may have {_WORDS}, {', '.join(FACETS)}")
    words = str(table.get(_WORDS, ""))
    return Saved(name, words, wanted({facet: value for facet, value in table.items() if facet != _WORDS}))


def find_saved(library: Library, name: str) -> Saved:
    """The search of a name. QueryError where none has it."""
    known = searches(library)
    if name not in known:
        raise QueryError(f"no search is saved as {name!r}", advice=f"there are {', '.join(known)}" if known else "save one first")
    return known[name]


def save(library: Library, search: Saved) -> None:
    """Keep a search under its name, in the place of one that had it. QueryError for one that cannot be run."""
    if not search.name.strip() or len(search.name) > LONGEST or not search.name.isprintable():
        raise QueryError(f"a search cannot be called {search.name[:LONGEST]!r}", advice=f"use up to {LONGEST} letters")
    parse(search.words)
    known = searches(library) | {search.name: search}
    path = library.folder / FILE
    fresh = path.with_name(f"{FILE}.{os.getpid()}")
    fresh.write_text("\n".join(map(_table, known.values())), encoding="utf-8")
    fresh.replace(path)


def _table(search: Saved) -> str:
    lines = [f"[{_string(search.name)}]", f"{_WORDS} = {_string(search.words)}"]
    lines += [f"{facet} = [{', '.join(map(_string, values))}]" for facet, values in search.facets.items()]
    return "\n".join(lines) + "\n"


def _string(words: str) -> str:
    """A string of TOML; JSON writes it the same way, but for one sign."""
    cleaned = words.encode("utf-8", "replace").decode()
    return json.dumps(cleaned, ensure_ascii=False).replace("\x7f", "\\u007f")
