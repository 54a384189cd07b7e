"""Where the texts of one resolution ask for different things."""

from __future__ import annotations

from ploughshare.errors import UnknownError

from .consensus import Difference, differences
from .library import Library


def disagreements(library: Library, symbol: str | None = None) -> list[tuple[Difference, dict[str, str]]]:
    """The paragraphs that the texts of a resolution (or of all) read differently, with their words in each language.

    UnknownError for a resolution that is not in the library.
    """
    if symbol and library.database.value("SELECT 1 FROM resolution WHERE symbol = ?", (symbol,)) is None:
        raise UnknownError(f"{symbol} is not in the library", advice="add it, or `ploughshare fetch` it")
    query = "SELECT symbol, language, id FROM text" + (" WHERE symbol = ?" if symbol else "") + " ORDER BY symbol, language"
    texts: dict[str, dict[str, int]] = {}
    for name, language, text in library.database.rows(query, (symbol,) if symbol else ()):
        texts.setdefault(name, {})[language] = text
    found = []
    for name, by_language in texts.items():
        if len(by_language) < 2:
            continue
        words = {
            language: dict(library.database.rows("SELECT id, words FROM paragraph WHERE text = ?", (text,)))
            for language, text in by_language.items()
        }
        readings = {language: library.asked(text) for language, text in by_language.items()}
        present = {language: frozenset(said) for language, said in words.items()}
        found += [
            (difference, {language: said[difference.paragraph] for language, said in words.items() if difference.paragraph in said})
            for difference in differences(name, readings, present)
        ]
    return found
