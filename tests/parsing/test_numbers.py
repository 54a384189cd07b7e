"""Every number from 1 to 150, spelled by other rules than the lexicon's, is read back; so are the forms that texts really use."""

import pytest

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import LANGUAGES, load
from ploughshare.parsing.numbers import find_cardinals, find_ordinals, roman, to_roman


def words(text: str) -> list[str]:
    return text.split()


EN = words(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
EN_TENS = words("twenty thirty forty fifty sixty seventy eighty ninety")
EN_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def english(number: int) -> str:
    if number >= 100:
        return "one hundred" + (f" and {english(number - 100)}" if number > 100 else "")
    if number < 20:
        return EN[number - 1]
    tens = EN_TENS[number // 10 - 2]
    return f"{tens}-{english(number % 10)}" if number % 10 else tens


def english_ordinal(number: int) -> str:
    cardinal = english(number)
    cut = max(cardinal.rfind("-"), cardinal.rfind(" ")) + 1
    last = cardinal[cut:]
    return cardinal[:cut] + (EN_IRREGULAR.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th"))


FR = words("un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf")
FR_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante", 80: "quatre-vingt"}


def french(number: int) -> str:
    if number >= 100:
        return "cent" + (f" {french(number - 100)}" if number > 100 else "")
    if number < 20:
        return FR[number - 1]
    tens = max(ten for ten in FR_TENS if ten <= number)
    rest = number - tens
    if rest == 0:
        return FR_TENS[tens] + ("s" if tens == 80 else "")
    return FR_TENS[tens] + (" et " if rest in (1, 11) and tens != 80 else "-") + FR[rest - 1]


def french_ordinal(number: int) -> str:
    if number == 1:
        return "première"
    spelled = french(number).removesuffix("s") if number % 100 == 80 else french(number)
    for cardinal, ordinal in (("cinq", "cinquième"), ("neuf", "neuvième")):
        if spelled.endswith(cardinal):
            return spelled.removesuffix(cardinal) + ordinal
    return spelled.removesuffix("e") + "ième"


ES = words(
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
ES_TENS = words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
ES_FIRST = words("primera segunda tercera cuarta quinta sexta séptima octava novena")
ES_TENTH = words("décima vigésima trigésima cuadragésima quincuagésima sexagésima septuagésima octogésima nonagésima")


def spanish(number: int) -> str:
    if number == 100:
        return "cien"
    if number > 100:
        return f"ciento {spanish(number - 100)}"
    if number < 30:
        return ES[number - 1]
    return ES_TENS[number // 10 - 3] + (f" y {ES[number % 10 - 1]}" if number % 10 else "")


def spanish_ordinal(number: int) -> str:
    parts = ["centésima"] if number >= 100 else []
    tens, units = divmod(number % 100, 10)
    parts += [ES_TENTH[tens - 1]] if tens else []
    parts += [ES_FIRST[units - 1]] if units else []
    return " ".join(parts)


RU = words("один два три четыре пять шесть семь восемь девять десять")
RU_TEENS = words("одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать")
RU_TENS = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
RU_FIRST = words("первой второй третьей четвертой пятой шестой седьмой восьмой девятой десятой")
RU_TENTH = words("двадцатой тридцатой сороковой пятидесятой шестидесятой семидесятой восьмидесятой девяностой")


def russian(number: int) -> str:
    if number >= 100:
        return "сто" + (f" {russian(number - 100)}" if number > 100 else "")
    if number <= 10:
        return RU[number - 1]
    if number < 20:
        return RU_TEENS[number - 11]
    return RU_TENS[number // 10 - 2] + (f" {RU[number % 10 - 1]}" if number % 10 else "")


def russian_ordinal(number: int) -> str:
    if number == 100:
        return "сотой"
    if number > 100:
        return f"сто {russian_ordinal(number - 100)}"
    if number <= 10:
        return RU_FIRST[number - 1]
    if number < 20:
        return RU_TEENS[number - 11].removesuffix("ь") + "ой"
    return f"{RU_TENS[number // 10 - 2]} {RU_FIRST[number % 10 - 1]}" if number % 10 else RU_TENTH[number // 10 - 2]


AR_FIRST = words("الأولى الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة")
AR_TENS = words("العشرين الثلاثين الأربعين الخمسين الستين السبعين الثمانين التسعين")
AR = words("واحدة اثنتين ثلاث أربع خمس ست سبع ثماني تسع عشر")


def arabic_ordinal(number: int) -> str:
    if number == 100:
        return "المائة"
    if number > 100:
        return f"{arabic_ordinal(number - 100)} بعد المائة"
    if number <= 10:
        return AR_FIRST[number - 1]
    unit = "الحادية" if number % 10 == 1 else AR_FIRST[number % 10 - 1]
    if number < 20:
        return f"{unit} عشرة"
    return f"{unit} و{AR_TENS[number // 10 - 2]}" if number % 10 else AR_TENS[number // 10 - 2]


def arabic(number: int) -> str:
    if number >= 100:
        return "مائة" + (f" و{arabic(number - 100)}" if number > 100 else "")
    if number <= 10:
        return AR[number - 1]
    if number < 20:
        return {11: "إحدى عشرة", 12: "اثنتي عشرة"}.get(number) or f"{AR[number - 11]} عشرة"
    tens = AR_TENS[number // 10 - 2].removeprefix("ال")
    unit = "إحدى" if number % 10 == 1 else AR[number % 10 - 1]
    return f"{unit} و{tens}" if number % 10 else tens


ZH = "一二三四五六七八九"


def chinese(number: int) -> str:
    if number >= 100:
        rest = number - 100
        return "一百" + ("" if not rest else "零" + ZH[rest - 1] if rest < 10 else ("一" if rest < 20 else "") + chinese(rest))
    tens, units = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else ZH[tens - 1] + "十") + (ZH[units - 1] if units else "")


ORDINALS = {
    "ar": lambda n: f"في دورتها {arabic_ordinal(n)}، ثم",
    "en": lambda n: f"at its {english_ordinal(n)} session",
    "es": lambda n: f"en su {spanish_ordinal(n)} sesión",
    "fr": lambda n: f"à sa {french_ordinal(n)} session",
    "ru": lambda n: f"на своей {russian_ordinal(n)} сессии",
    "zh": lambda n: f"在其第{chinese(n)}届会议上",
}
CARDINALS = {
    "ar": lambda n: f"عقد {arabic(n)} مرة",
    "en": lambda n: f"held {english(n)} meetings",
    "es": lambda n: f"durante {spanish(n)} sesiones",
    "fr": lambda n: f"tient {french(n)} réunions",
    "ru": lambda n: f"провести {russian(n)} заседаний",
    "zh": lambda n: f"举行{chinese(n)}次会议",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_ordinal_to_150_is_read_in_words(language: str) -> None:
    for number in range(1, 151):
        sentence = ORDINALS[language](number)
        assert [found.value for found in find_ordinals(sentence, language)] == [number], sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cardinal_to_150_is_read_in_words(language: str) -> None:
    for number in range(1, 151):
        sentence = CARDINALS[language](number)
        assert [found.value for found in find_cardinals(sentence, language)] == [number], sentence


ORDINAL_FORMS = [
    ("en", "from its Seventy‑ninth to its 81st and 102nd sessions", [79, 81, 102]),
    ("en", "one hundred and twenty-first", [121]),
    ("fr", "sa quatre-vingtième, sa quatre-vingt-unième et sa 79e session, 1re, XXIIe", [80, 81, 79, 1, 22]),
    ("fr", "septante-neuvième, nonante et unième, soixante et onzième, les premières", [79, 91, 71, 1]),
    ("es", "septuagésimo noveno, octogésimo primer y octogésimo primero", [79, 81, 81]),
    ("es", "decimosexta, vigesimotercer, duodécimo, 79º y 80.ª", [16, 23, 12, 79, 80]),
    ("ru", "семьдесят девятой, восемьдесят первую, восьмидесятого, третьей, сороковом", [79, 81, 80, 3, 40]),
    ("ru", "79-й, 43‑е, на 81-й, сто двадцать третьем", [79, 43, 81, 123]),
    ("ar", "الدورتين الثمانين والحادية والثمانين", [80, 81]),
    ("ar", "الدورة التاسعة والسبعون، الدور الثاني عشر، للدورة السابعة، الاجتماع العشرون", [79, 12, 7, 20]),
    ("ar", "الحادي والعشرين بعد المائة", [121]),
    ("zh", "第七十九届、第 81 届、第八十二届、第一百零一次、第79届", [79, 81, 82, 101, 79]),
]


@pytest.mark.parametrize(("language", "text", "values"), ORDINAL_FORMS)
def test_ordinals_in_all_forms(language: str, text: str, values: list[int]) -> None:
    assert [found.value for found in find_ordinals(text, language)] == values


CARDINAL_FORMS = [
    ("en", "seventy-ninth of twenty-one, twice, a two-day meeting, A/79/93, 3.5, 14", [21, 2, 2, 14]),
    ("fr", "soixante et onze, quatre-vingt-dix-neuf, septante-deux, une fois", [71, 99, 72, 1]),
    ("es", "dos veces, una vez, treinta y una, ciento cinco", [2, 1, 31, 105]),
    ("ru", "двух раундов, трёх, двадцати одной, дважды, восемнадцати", [2, 3, 21, 2, 18]),
    ("ar", "مرتين في السنة، ثلاث دورات، اثني عشر، خمسة وعشرون، ١٤", [2, 3, 12, 25, 14]),
    ("zh", "两次、三轮、二十一天、3 次；决定一切", [2, 3, 21, 3]),
]


@pytest.mark.parametrize(("language", "text", "values"), CARDINAL_FORMS)
def test_cardinals_in_all_forms(language: str, text: str, values: list[int]) -> None:
    assert [found.value for found in find_cardinals(text, language)] == values


def test_places_count_in_the_text_as_given_and_in_a_folded_text_as_folded() -> None:
    text = "الدورة الثَّمانِين"  # with vowel signs
    (found,) = find_ordinals(text, "ar")
    assert text[found.start : found.stop].endswith("ن")
    folded = fold(text)
    (in_folded,) = find_ordinals(folded, "ar")
    assert folded.text[in_folded.start : in_folded.stop] == "الثمانين"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_reads_its_own_examples(language: str) -> None:
    lexicon = load("numbers", language)
    find = {"ordinal": find_ordinals, "cardinal": find_cardinals}
    for shape in lexicon["shape"]:
        assert shape["examples"], shape["pattern"]
        for example in shape["examples"]:
            found = find[shape["kind"]](example["text"], language)
            assert found, example
            assert found[0].value == example["value"], example
    for slot, values in lexicon["slots"].items():
        for value, words in values.items():
            for word, example in words.items():
                assert fold(word).text in fold(example).text, (slot, word, example)
                found = find_ordinals(example, language) + find_cardinals(example, language)
                assert any(number.value >= int(value) for number in found), (slot, word, example)


def test_roman_numerals_go_there_and_back() -> None:
    assert [roman(to_roman(number)) for number in range(1, 400)] == list(range(1, 400))
    assert [roman(numeral) for numeral in ("XXII", "xxix", "IIX", "", "ABC")] == [22, 29, None, None, None]


def test_a_long_line_of_digits_takes_no_long_time() -> None:
    for line in ("1" * 200_000, "1/" * 100_000, "seventy-" * 20_000, "第" * 100_000):
        for language in ("en", "zh"):
            find_ordinals(line, language)
            find_cardinals(line, language)
