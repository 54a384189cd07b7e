"""Dates are read as each language writes them; a range gives its first day; what is no date stays one."""

from datetime import date, timedelta

import pytest

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.parsing.dates import find_dates, find_days, find_years

MONTHS = {
    "ar": "يناير فبراير مارس أبريل مايو يونيه يوليه أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "zh": "1 2 3 4 5 6 7 8 9 10 11 12",
}
LEVANT = {
    1: "كانون الثاني", 2: "شباط", 3: "آذار", 4: "نيسان", 5: "أيار", 6: "حزيران",
    7: "تموز", 8: "آب", 9: "أيلول", 10: "تشرين الأول", 11: "تشرين الثاني", 12: "كانون الأول",
}  # fmt: skip


def written(day: date, language: str) -> str:
    month = MONTHS[language].split()[day.month - 1]
    return {
        "ar": f"المؤرخ {day.day} {LEVANT[day.month]}/{month} {day.year}،",
        "en": f"of {day.day} {month} {day.year},",
        "es": f"de {day.day} de {month} de {day.year},",
        "fr": f"du {day.day}{'er' if day.day == 1 else ''} {month} {day.year},",
        "ru": f"от {day.day} {month} {day.year} года,",
        "zh": f"{day.year} 年 {month} 月 {day.day} 日的",
    }[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_day_of_a_leap_year_is_read(language: str) -> None:
    for number in range(366):
        day = date(2024, 1, 1) + timedelta(number)
        sentence = written(day, language)
        assert [found.value for found in find_dates(sentence, language)] == [day.isoformat()], sentence
        assert find_days(sentence, language) == find_years(sentence, language) == [], sentence


DATES = [
    ("en", "from 28 November to 2 December 2024 and on 5 and 6 May 2025", ["2024-11-28", "2025-05-05"]),
    ("en", "28 December to 5 January 2024, 24 April–19 May 1995, December 2, 1946, 1st of May 2024", None),
    ("en", "adopted on 22 October 2015 and 12 October 2017", ["2015-10-22", "2017-10-12"]),
    ("en", "on 31 February 2024, on 45 May 2024", []),
    ("fr", "du 28 novembre au 2 décembre 2024 et le 1er août 2024", ["2024-11-28", "2024-08-01"]),
    ("es", "del 28 de noviembre al 2 de diciembre de 2024 y el 1º de mayo del 2025", ["2024-11-28", "2025-05-01"]),
    ("ru", "с 28 ноября по 2 декабря 2024 года, 4–8 мая 2025 г.", ["2024-11-28", "2025-05-04"]),
    ("ar", "من 28 تشرين الثاني/نوفمبر إلى 2 كانون الأول/ديسمبر 2024 وفي ٢ مايو ٢٠٢٥", ["2024-11-28", "2025-05-02"]),
    ("ar", "في 2 كانون الأول/ ديسمبر 2024", ["2024-12-02"]),
    ("zh", "2024年11月28日至12月2日，二〇二五年五月二日", ["2024-11-28", "2025-05-02"]),
    ("zh", "2024 年 12 月 2 日至 6 日", ["2024-12-02"]),
]


@pytest.mark.parametrize(("language", "text", "values"), DATES)
def test_dates_and_ranges(language: str, text: str, values: list[str] | None) -> None:
    expected = ["2023-12-28", "1995-04-24", "1946-12-02", "2024-05-01"] if values is None else values
    assert [found.value for found in find_dates(text, language)] == expected


DAYS = [
    ("en", "every year on 26 September, from 4 to 8 May, not on 3 May 2025", ["09-26", "05-04"]),
    ("fr", "chaque année, le 26 septembre", ["09-26"]),
    ("es", "cada año, el 26 de septiembre", ["09-26"]),
    ("ru", "ежегодно 26 сентября", ["09-26"]),
    ("ar", "في 26 أيلول/سبتمبر من كل سنة", ["09-26"]),
    ("zh", "每年 9 月 26 日", ["09-26"]),
]


@pytest.mark.parametrize(("language", "text", "values"), DAYS)
def test_days_of_any_year(language: str, text: str, values: list[str]) -> None:
    assert [found.value for found in find_days(text, language)] == values


YEARS = [
    (
        "en",
        "in 2026, in March 2027, 2028–2029; A/CONF.229/2017/8, 1540 (2004), 3 May 2025, S/2021/1042",
        ["2026", "2027-03", "2028", "2029"],
    ),
    ("fr", "en 2026 et en mars 2027", ["2026", "2027-03"]),
    ("es", "en 2026 y en marzo de 2027", ["2026", "2027-03"]),
    ("ru", "в 2026 году и в марте 2027 года", ["2026", "2027-03"]),
    ("ar", "في عام 2026 وفي آذار/مارس 2027", ["2026", "2027-03"]),
    ("zh", "在 2026 年和 2027 年 3 月，第1540(2004)号", ["2026", "2027-03"]),
]


@pytest.mark.parametrize(("language", "text", "values"), YEARS)
def test_years_and_months_outside_dates_and_symbols(language: str, text: str, values: list[str]) -> None:
    assert [found.value for found in find_years(text, language)] == values


def test_places_count_in_the_text_as_given() -> None:
    text = "\u200fفي 2 ديسمـبر 2024"  # a direction mark and a tatweel
    (found,) = find_dates(text, "ar")
    assert text[found.start : found.stop] == "2 ديسمـبر 2024"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_reads_its_own_examples(language: str) -> None:
    lexicon = load("dates", language)
    find = {"date": find_dates, "day": find_days, "month": find_years, "year": find_years}
    for shape in lexicon["shape"]:
        for example in shape["examples"]:
            assert [found.value for found in find[shape["kind"]](example["text"], language)] == [example["value"]], example
    for slot, values in lexicon["slots"].items():
        for value, words in values.items():
            for word, example in words.items():
                assert fold(word).text in fold(example).text, (slot, word, example)
                found = find_dates(example, language) or find_days(example, language) or find_years(example, language)
                assert found, (slot, word, example)
                assert f"{int(value):02}" in found[0].value, (slot, word, example)
