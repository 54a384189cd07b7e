"""Numbers of resolutions and decisions as they are printed: a paragraph comes in, its numbers with their letters go out.

``62/21`` and ``55/33 D`` since 1976, ``2373 (XXII)`` and ``217 A (III)`` before, ``S-10/2`` of special sessions, ``2018/5`` of
the Economic and Social Council, ``1540 (2004)`` of the Security Council. Arabic prints signs and names of letters of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from ploughshare.lexicon.fold import Folded, fold
from ploughshare.lexicon.load import load

from .numbers import roman, to_roman
from .shapes import any_of

Form = Literal["special", "slash", "year", "roman"]

#: The Economic and Social Council counted its sessions in Roman numerals longest, up to the sixty-third.
_LAST_ROMAN = 63
# After Z comes AA.
_LATIN = "|".join((*(chr(code) * 2 for code in range(ord("a"), ord("z") + 1)), "[a-z]"))
# Cyrillic letters that are typed for Latin ones of the same look.
_CYRILLIC = "\u0430\u0432\u0441\u0435\u043d\u043a\u043c\u043e\u0440\u0442\u0445"
_LOOKALIKES = str.maketrans(_CYRILLIC, "abcehkmoptx")


# What stands before a number and makes it part of something else; a dash or blank may follow the sign of a special session.
_JOINED = frozenset("abcdefghijklmnopqrstuvwxyz0123456789/.:- ")


class Number(NamedTuple):
    """A number in a folded text, in its canonical form ("62/21", "2373(XXII)"), with the letters it is printed with."""

    start: int
    stop: int
    form: Form
    text: str
    letters: tuple[str, ...]


def find_numbers(text: str, folded: Folded, language: str) -> Iterator[Number]:
    """Which numbers of resolutions and decisions does the text print? ``folded`` is the same text, folded.

    What else is printed in such a form ("24/7") is found too; only its surroundings tell.

    >>> text = "resolutions 36/87 A and B, 2602 C (XXIV) and 1540 (2004)"
    >>> [(number.text, number.letters) for number in find_numbers(text, fold(text), "en")]
    [('36/87', ('A', 'B')), ('2602(XXIV)', ('C',)), ('1540(2004)', ())]
    """
    return _patterns(language).find(text, folded)


@cache
def _patterns(language: str) -> _Patterns:
    return _Patterns(language)


class _Patterns:
    def __init__(self, language: str) -> None:
        lexicon = load("citations", language)
        self._signs = {fold(sign).text: code for code, signs in lexicon.get("sign", {}).items() for sign in signs} | {
            "s": "S",
            "es": "ES",
        }
        special = any_of(sign for sign, code in self._signs.items() if code != "session")
        sessions = [sign for sign, code in self._signs.items() if code == "session"]
        self._names: dict[str, str] = {
            fold(name).text: letter for letter, names in lexicon.get("letter", {}).items() for name in names
        }
        letter = "|".join([_LATIN, f"[{_CYRILLIC}]", *([any_of(self._names)] if self._names else [])])
        end = r"(?![^\W_])" if lexicon.get("spaced", True) else "(?![a-z0-9])"
        latin = r"(?:(?P<extra>e?s) ?- ?)?(?P<roman>[ivxlc]{1,8})"  # "2373 (XXII)", "3202 (S-VI)"
        arabic = rf"|(?P<session>{any_of(sign for sign in self._signs)}) ?- ?(?P<of>\d{{1,2}})" if sessions else ""
        self._sessions = {
            fold(words).text: int(session) for session, table in lexicon.get("session_in_words", {}).items() for words in table
        }
        spelled = rf"|(?P<spelled>{any_of(self._sessions)})" if self._sessions else ""
        bracket = rf"(?:\( ?(?:{latin}|(?P<year>(?:19|20)\d\d){arabic}) ?\){spelled})"
        numerals = load("dates", language).get("numerals", "")
        self._numerals = str.maketrans({numeral: str(value) for value, numeral in enumerate(numerals)})
        digit = rf"[\d{numerals}]"
        # Begins with a digit, so that the search jumps from digit to digit.
        first = rf"{digit}(?<!{digit}{digit}){digit}{{0,3}}(?!{digit})"
        self._number = re.compile(
            rf"(?P<first>{first})(?:/(?P<item>\d{{1,3}})(?![\d/]|[.,]\d)| ?(?:(?P<early>{letter}) ?)?{bracket})"
        )
        self._sign = re.compile(rf"(?<![a-z0-9/.])({special}) ?- ?$")
        self._letter = re.compile(f" ?({letter}){end}")
        joints = any_of(fold(word).text for word in lexicon["and"])
        blank = " " if lexicon.get("spaced", True) else " ?"
        self._more = re.compile(rf"(?: ?[,\u060c\u3001] ?(?:{joints}{blank})?|{blank}{joints}{blank})({letter}){end}")
        self._range = re.compile(rf"(?: ?- ?|{blank}{any_of(fold(word).text for word in lexicon['to'])}{blank})({letter}){end}")

    def find(self, text: str, folded: Folded) -> Iterator[Number]:
        for found in self._number.finditer(folded.text):
            start, stop = found.span()
            sign = None
            if start and (before := folded.text[start - 1]) in _JOINED:
                sign = self._sign.search(folded.text, max(0, start - 8), start) if before in "- " else None
                if sign is None and before != " ":
                    continue
            if found["roman"] and not self._is_session(found, text, folded):
                continue
            form, number = self._canonical(found, sign)
            letters = []
            if found["early"]:
                letter = self._read_letter(found, "early", text, folded)
                if letter is None:
                    continue
                letters.append(letter)
            pattern = self._letter
            while (more := pattern.match(folded.text, stop)) and (letter := self._read_letter(more, 1, text, folded)):
                letters.append(letter)
                stop, pattern = more.end(), self._more
            if letters and (last := self._range.match(folded.text, stop)) and (letter := self._read_letter(last, 1, text, folded)):
                letters += _between(letters[-1], letter)
                stop = last.end()
            yield Number(sign.start() if sign else start, stop, form, number, tuple(letters))

    def _canonical(self, found: re.Match[str], sign: re.Match[str] | None) -> tuple[Form, str]:
        number = int(found["first"].translate(self._numerals))
        if found["item"]:
            item = int(found["item"])
            return ("special", f"{self._signs[sign[1]]}-{number}/{item}") if sign else ("slash", f"{number}/{item}")
        if found["year"]:
            return "year", f"{number}({int(found['year'])})"
        groups = found.groupdict()
        if groups.get("session"):
            kind = self._signs[found["session"]]
            return "roman", f"{number}({'' if kind == 'session' else f'{kind}-'}{to_roman(int(found['of']))})"
        if groups.get("spelled"):
            return "roman", f"{number}({to_roman(self._sessions[found['spelled']])})"
        extra = f"{found['extra'].upper()}-" if found["extra"] else ""
        return "roman", f"{number}({extra}{found['roman'].upper()})"

    def _is_session(self, found: re.Match[str], text: str, folded: Folded) -> bool:
        """Is what stands in brackets a session in Roman numerals? A small letter is an item: "paragraph 3 (c)"."""
        session = roman(found["roman"])
        start = folded.at(found.start("roman"))
        return session is not None and session <= _LAST_ROMAN and text[start : start + len(found["roman"])].isupper()

    def _read_letter(self, found: re.Match[str], group: str | int, text: str, folded: Folded) -> str | None:
        """The letter as a capital; None where a small letter stands, which is a word or a paragraph."""
        name: str = found[group]
        if name in self._names:
            return self._names[name]
        start = folded.at(found.start(group))
        printed = text[start : start + len(name)]
        return name.translate(_LOOKALIKES).upper() if printed.isupper() else None


def _between(first: str, last: str) -> list[str]:
    """The letters after the first, up to the last."""
    if len(first) != 1 or len(last) != 1 or not first < last:
        return [last]
    return [chr(code) for code in range(ord(first) + 1, ord(last) + 1)]
