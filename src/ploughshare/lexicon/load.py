"""Load the data files of the lexicon, each once.

A language has a folder (``en``, ``zh``, …) with a TOML file for each subject, so that a part of the program reads only
what it needs; facts that hold in every language (codes of treaties, bodies, kinds of act) lie in files beside the folders.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ploughshare.errors import LexiconError

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@cache
def load(subject: str, language: str | None = None) -> dict[str, Any]:
    """The tables of ``<language>/<subject>.toml``, or of ``<subject>.toml`` for what holds in every language.

    >>> sorted(load("verbs", "en"))[:2]
    ['call', 'decide']
    """
    name = f"{language}/{subject}.toml" if language else f"{subject}.toml"
    try:
        return tomllib.loads((files(__package__) / name).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise LexiconError(
            "there is no such file in the lexicon", where=name, advice=f"languages are {', '.join(LANGUAGES)}"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(f"the file is not TOML ({error})", where=name, advice="mend the line it names") from error


@cache
def load_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV file of the lexicon, by the names in its first row; lines that begin with ``#`` say where it is from.

    >>> load_rows("states/states.csv")[0]["iso3"]
    'AFG'
    """
    try:
        lines = (files(__package__) / name).read_text(encoding="utf-8").splitlines()
        return tuple(csv.DictReader((line for line in lines if not line.startswith("#")), strict=True))
    except FileNotFoundError as error:
        raise LexiconError("there is no such file in the lexicon", where=name) from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise LexiconError(f"the file is not CSV ({error})", where=name, advice="mend the line it names") from error
