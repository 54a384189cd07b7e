"""The languages of the interface: sentences from the catalogues, words of the field from the lexicon, dates and numbers.

The sentences of the templates are English; ``locale/<language>.po`` holds them in the other five (gettext, read with Babel).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.publishing.status import StatusWording
from ploughshare.publishing.wording import RIGHT_TO_LEFT, Wording

#: The language that sentences are written in.
SOURCE = "en"
#: Each language by its own name, as people look for it.
NAMES = {language: (Locale(language).get_display_name(language) or language).capitalize() for language in LANGUAGES}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The sentences of a language, by the English ones; empty for English itself."""
    if language == SOURCE:
        return {}
    data = (files(__package__) / "locale" / f"{language}.po").read_bytes()
    return {str(m.id): str(m.string) for m in read_po(BytesIO(data), locale=language) if m.id and m.string}


class Tongue:
    """Everything a page needs to speak one language.

    >>> Tongue("fr").number(12345), Tongue("en").day("2044-03-01")
    ('12\u202f345', '1 March 2044')
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
        self.words, self.status = Wording(language), StatusWording(language)
        self.standing: Mapping[str, Mapping[str, str]] = load("standing", language)
        self.locale = Locale(language)
        self._sentences = catalogue(language)

    def __call__(self, sentence: str) -> str:
        """A sentence of the interface in this language."""
        return self._sentences.get(sentence, sentence)

    def number(self, number: int) -> str:
        """A number as it is written in this language."""
        return str(format_decimal(number, locale=self.locale))

    def percent(self, share: float) -> str:
        """A share of one as a percentage."""
        return str(format_percent(share, locale=self.locale, decimal_quantization=False))

    def day(self, day: date | str | None) -> str:
        """A day in words; empty for none."""
        return self.words.date(day if isinstance(day, str) else day.isoformat()) if day else ""

    def month(self, month: str) -> str:
        """A month of a year (``2027-09``) in words."""
        year, _, number = month.partition("-")
        pattern = str(load("publishing", self.language)["dates"]["pattern"])
        name = str(load("publishing", self.language)["dates"]["months"][int(number) - 1])
        # The pattern of a day, without the day: in each language what stands between month and year stays.
        start = min(pattern.index("{month}"), pattern.index("{year}"))
        stop = pattern.rindex("{day}") if pattern.index("{day}") > start else len(pattern)
        return pattern[start:stop].format(month=name, year=year)

    def weekdays(self) -> list[tuple[str, str]]:
        """The days of a week from the first on, in short and in full."""
        short, full = self.locale.days["stand-alone"]["abbreviated"], self.locale.days["stand-alone"]["wide"]
        return [(str(short[day]), str(full[day])) for day in self.week()]

    def week(self) -> list[int]:
        """The days of a week in this language's order; 0 is Monday."""
        first = self.locale.first_week_day
        return [(first + n) % 7 for n in range(7)]

    def listed(self, words: Iterable[str]) -> str:
        """Several words with the comma of the language between them."""
        return self.words.comma.join(words)

    def who(self, codes: Sequence[str]) -> str:
        """Addressees or recipients in words."""
        return self.words.who(codes)

    def due(self, due: Mapping[str, Any] | None) -> str:
        """When something is due, in words."""
        return self.words.due(due)


@cache
def tongue(language: str) -> Tongue:
    """The tongue of a language, made once."""
    return Tongue(language)
