"""A position in a list → the numeral that a word processor or a browser prints for it.

Numerals are not in the text of a DOCX, DOC or HTML file; the file names a style and we count. Styles bear the names of
ECMA-376 (ST_NumberFormat); those of CSS are mapped onto them. The sets of letters are the standard's own.
"""

from __future__ import annotations

_LATIN = "abcdefghijklmnopqrstuvwxyz"
# The standard leaves out yo, short i, and the hard and soft signs.
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ALPHABETS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
    "chicago": "*†‡§",
}
# Sets that end: past the last one the standard goes on with Western digits.
_CLOSED = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
}
_DIGITS = {
    "decimalFullWidth": "０１２３４５６７８９",
    "decimalFullWidth2": "０１２３４５６７８９",
    "decimalHalfWidth": "0123456789",
    "ideographDigital": "〇一二三四五六七八九",
    "japaneseDigitalTenThousand": "〇一二三四五六七八九",
    "taiwaneseDigital": "○一二三四五六七八九",
    "arabicIndic": "٠١٢٣٤٥٦٧٨٩",
}
_HAN = frozenset(
    ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand")
)
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def numeral(value: int, style: str) -> str:
    """What is printed for the item at this position in a list of this style?

    A style that is not known here is shown in digits; "none" and bullets print no numeral.

    >>> [numeral(4, style) for style in ("decimal", "lowerRoman", "russianLower", "arabicAbjad", "chineseCounting")]
    ['4', 'iv', 'г', 'د', '四']
    >>> numeral(28, "lowerLetter"), numeral(112, "chineseCountingThousand")
    ('bb', '一百一十二')
    """
    if style in ("none", "bullet"):
        return ""
    if style in _DIGITS:
        return str(value).translate({ord("0") + place: digit for place, digit in enumerate(_DIGITS[style])})
    # Letters and Roman numerals have no zero; past some hundreds a long list would be a wall of letters.
    if not 0 < value < 4000:
        return str(value)
    if style in _ALPHABETS:
        letters = _ALPHABETS[style]
        return letters[(value - 1) % len(letters)] * ((value - 1) // len(letters) + 1)
    if style in _CLOSED and value <= len(_CLOSED[style]):
        return _CLOSED[style][value - 1]
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(value)
        return roman if style == "lowerRoman" else roman.upper()
    if style in _HAN:
        return _han(value)
    return f"{value:02}" if style == "decimalZero" else str(value)


def _roman(value: int) -> str:
    written = []
    for worth, letters in _ROMAN:
        count, value = divmod(value, worth)
        written.append(letters * count)
    return "".join(written)


def _han(value: int) -> str:
    digits, units = "零一二三四五六七八九", ("", "十", "百", "千")
    written = ""
    for place, digit in enumerate(reversed(str(value))):
        if digit != "0":
            written = digits[int(digit)] + units[place] + written
        elif written and not written.startswith(digits[0]):
            written = digits[0] + written
    # Ten to nineteen go without the one.
    return written[1:] if 10 <= value < 20 else written
