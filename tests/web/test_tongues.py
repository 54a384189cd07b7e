"""The interface speaks six languages: no sentence is missing in any, and what is filled in is the same."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from ploughshare.lexicon.load import LANGUAGES
from ploughshare.web.catalogues import sentences
from ploughshare.web.tongue import catalogue, tongue

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_sentence_is_there(language: str) -> None:
    known, needed = catalogue(language), sentences()
    assert not (missing := sorted(set(needed) - set(known))), missing
    assert not (left := sorted(set(known) - set(needed))), left
    for said, translated in known.items():
        assert translated.strip(), said
        assert set(re.findall(r"\{\w+\}", said)) == set(re.findall(r"\{\w+\}", translated)), said
        if language in ("ar", "ru", "zh"):
            assert not re.search("[A-Za-z]{4,}", re.sub(r"\{\w+\}|JSON|json|iCalendar|SHA-256", "", translated)), translated


def test_a_page_has_no_english_left(client: TestClient[Any]) -> None:
    """What is English in a Chinese page says that it is, or is a code, a name or an address."""
    for path in ("due", "about", "record", "calendar", "states", "texts", "mandates/A/RES/99/901/op9/convene"):
        found: Any = html.fromstring(client.get(f"/zh/{path}").text)
        for element in found.xpath("//*[@lang and @lang != 'zh'] | //code | //bdi | //dd | //caption | //script"):
            element.text = ""
            for child in list(element):
                element.remove(child)
        words = re.findall(r"[A-Za-z]{4,}", re.sub(r"\S*[/.]\S*", "", " ".join(found.xpath("//body//text()"))))
        assert set(words) <= {"Ploughshare", "JSON", "SQLite", "Lines", "OpenAPI", "htmx", "Apache", "iCalendar", "UNDC"}, (
            path,
            set(words),
        )


def test_days_and_numbers() -> None:
    assert tongue("en").month("2027-09") == "September 2027"
    assert tongue("zh").month("2027-09") == "2027\u5e749\u6708"
    assert tongue("es").month("2027-09") == "septiembre de 2027"
    assert [tongue(language).number(12345) for language in ("en", "fr", "es")] == ["12,345", "12\u202f345", "12.345"]
    assert tongue("fr").week()[0] == 0
    assert all(sorted(tongue(language).week()) == list(range(7)) for language in LANGUAGES)
    assert tongue("ru").day(date(2026, 3, 1)) == tongue("ru").day("2026-03-01")


def test_the_figures_are_those_of_the_documentation() -> None:
    told = tomllib.loads((ROOT / "src/ploughshare/web/accuracy.toml").read_text("utf-8"))["mandates"]
    rows = re.findall(
        r"^\| (\w\w) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", (ROOT / "docs/accuracy.md").read_text("utf-8"), re.M
    )
    assert told == {language: [float(value) for value in values] for language, *values in rows}
