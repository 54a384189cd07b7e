"""A leaping expression finds exactly what ``re`` finds."""

import re

import pytest

from ploughshare.lexicon.leap import Leaping

TEXT = "not to rest, to meet and to report; every two years, in 2026 or 5 days, on to it. to  end and,and" + " to" * 3


@pytest.mark.parametrize(
    "source",
    [
        r"(?P<skip>\bto (?=it))|(?P<head>\bto (?=[a-z]))|\b(?=not to)|(?P<join>,? (?:and|or)(?: to)?)",
        r"\bevery (?:two|three) years?\b|\d+ days|(?:in (?:19|20)\d\d)(?: or)?",
        r"(?:,? ?)(?<=and to )(?=\w)|[,;]\s*",
        r"(?:a|an){0,2}nd\b|\w+ly",
        r"(?!)",
        r"(?=to)|to",
    ],
)
@pytest.mark.parametrize(("start", "stop"), [(0, None), (5, 40), (9, 10_000), (24, 31)])
def test_finds_are_those_of_re(source: str, start: int, stop: int | None) -> None:
    plain = re.compile(source).finditer(TEXT, start, len(TEXT) if stop is None else stop)
    expected = [(found.span(), found.lastgroup) for found in plain]
    leaping = Leaping(source)
    assert [(found.span(), found.lastgroup) for found in leaping.finditer(TEXT, start, stop)] == expected
    assert leaping.stands(TEXT) == (re.search(source, TEXT) is not None)
