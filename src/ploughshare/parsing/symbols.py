"""Symbols of United Nations documents: characters come in, a ``Symbol`` goes out, printed in one canonical form.

A symbol is tokens parted by slashes, the organ first: ``A/C.1/79/L.74/Rev.1``. All languages share one symbol, but it is
printed with more or fewer blanks, brackets round a letter, small letters, a star where it was reissued. Grammar:
research.un.org/en/docs/symbols; the forms of resolutions changed in 1976 (``2373(XXII)``, then ``31/5``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ploughshare.errors import SymbolError

from .numbers import roman

#: The highest number that is read as a session of the General Assembly ("A/520" is a document without one).
_LAST_SESSION = 199


@dataclass(frozen=True, slots=True)
class Symbol:
    """The symbol of a document, taken apart. ``str()`` and ``text`` print it canonically; ``key`` is for comparing.

    ``segments`` are the tokens up to the number, ``letter`` is that of "55/33 D", ``volume`` that of "50 (Vol. I)",
    ``suffixes`` say which addition, correction or revision. A star says it was reissued and is no part of its identity.
    """

    segments: tuple[str, ...]
    letter: str = ""
    volume: str = ""
    suffixes: tuple[str, ...] = ()
    reissued: bool = False

    @property
    def text(self) -> str:
        """The canonical printed form.

        >>> parse_symbol("a/res/55/33[d]").text, parse_symbol("NPT/CONF.2010/50(Vol.I)").text
        ('A/RES/55/33 D', 'NPT/CONF.2010/50 (Vol. I)')
        """
        volume = f" ({self.volume})" if self.volume else ""
        return "/".join(["/".join(self.segments) + (f" {self.letter}" if self.letter else "") + volume, *self.suffixes])

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The form to compare symbols by: capitals, without blanks."""
        return self.text.replace(" ", "").upper()

    @property
    def organ(self) -> str:
        """The first token: "A", "S", "E", "NPT"; "A/HRC" for the Human Rights Council."""
        return "A/HRC" if self.segments[:2] == ("A", "HRC") else self.segments[0]

    @property
    def kind(self) -> str | None:
        """The kind of document: "RES", "DEC", "L", "PV", "INF", …; None for a document of no special kind."""
        for segment in self.segments[1:]:
            word = segment.partition(".")[0].upper()
            if word in _KINDS:
                return word
        return None

    @property
    def session(self) -> int | None:
        """The regular session that the symbol names, if it names one.

        >>> [parse_symbol(s).session for s in ("A/RES/79/240", "A/RES/2373(XXII)", "A/C.1/79/L.74", "A/RES/S-10/2", "A/520/Rev.20")]
        [79, 22, 79, None, None]
        """
        if self.segments[0] != "A":
            return None
        for position, segment in enumerate(self.segments[1:], 1):
            if segment[0].isdigit():
                number, _, bracket = segment.rstrip(")").partition("(")
                if bracket:
                    return roman(bracket)
                return (
                    int(number) if position < len(self.segments) - 1 and number.isdigit() and int(number) <= _LAST_SESSION else None
                )
            if segment.startswith(("CONF", "AC.", "CN.")):
                return None
        return None

    @property
    def year(self) -> int | None:
        """The year that the symbol names, if it names one: that of the Security Council's resolutions, of conferences, …

        >>> [parse_symbol(s).year for s in ("S/RES/1540(2004)", "E/RES/2018/5", "NPT/CONF.2010/50", "A/59/2005")]
        [2004, 2018, 2010, None]
        """
        found = None if self.session else _YEAR.search("/".join(self.segments))
        return int(found[1]) if found else None

    @property
    def number(self) -> str:
        """The last token's number, without letter and brackets: "240", "2373", "74".

        >>> parse_symbol("A/C.1/79/L.74/Rev.1").number
        '74'
        """
        found = re.search(r"\d+(?=\(|$)", self.segments[-1])
        return found[0] if found else ""

    @property
    def base(self) -> Symbol:
        """The document itself, without its additions, corrections and revisions."""
        return Symbol(self.segments, self.letter, self.volume)

    def with_suffix(self, suffix: str) -> Symbol:
        """The addition or correction to this document that is printed as "Add.1" after it.

        >>> parse_symbol("A/69/154").with_suffix("Add.1").with_suffix("corr. 2").text
        'A/69/154/Add.1/Corr.2'
        """
        return Symbol(self.segments, self.letter, self.volume, (*self.suffixes, _suffix(suffix)))


class FoundSymbol(NamedTuple):
    """A symbol and where in the text it stands."""

    start: int
    stop: int
    symbol: Symbol


def parse_symbol(text: str) -> Symbol:
    """Which document do these characters name?

    Blanks, small letters, brackets round a letter, Cyrillic letters that look Latin, kinds of dash do not matter.

    >>> parse_symbol("A/45/372/Corr.1").suffixes
    ('Corr.1',)

    Raises SymbolError for anything else.
    """
    stripped = text.strip()
    found = _LENIENT.fullmatch(stripped) if len(stripped) < 200 else None
    symbol = _symbol(found) if found else None
    if symbol is None:
        raise SymbolError(
            f"{stripped[:80]!r} is not the symbol of a document",
            advice="a symbol begins with its organ, as A/RES/79/240 or S/2021/1042",
        )
    return symbol


def canonical(text: str) -> str:
    """How is this symbol printed in the one form that is used throughout?

    >>> canonical("A/RES/2373 (XXII)"), canonical("A/RES/75/101A-B"), canonical("a/hrc/res/33/10")
    ('A/RES/2373(XXII)', 'A/RES/75/101 A-B', 'A/HRC/RES/33/10')
    """
    return parse_symbol(text).text


def session_of(symbol: Symbol | str) -> int | None:
    """Which regular session does the symbol name? None where it names none."""
    return (parse_symbol(symbol) if isinstance(symbol, str) else symbol).session


def year_of(symbol: Symbol | str) -> int | None:
    """Which year does the symbol name? None where it names none; the year of a session is 1945 more than its number."""
    return (parse_symbol(symbol) if isinstance(symbol, str) else symbol).year


def find_symbols(text: str) -> Iterator[FoundSymbol]:
    """Where does the text print symbols in full, and which?

    >>> [(f.start, f.symbol.text) for f in find_symbols("see A/79/93, NPT/CONF.2010/50 (Vol. I) and 24/7")]
    [(4, 'A/79/93'), (13, 'NPT/CONF.2010/50 (Vol. I)')]
    """
    if "/" in text:
        for found in _SYMBOL.finditer(text):
            symbol = _symbol(found)
            if symbol is not None:
                yield FoundSymbol(found.start(), found.end(), symbol)


# ---- the grammar ---------------------------------------------------------------------------------------------------------

_KINDS = frozenset({"RES", "DEC", "L", "PV", "SR", "CRP", "WP", "INF", "NGO", "PET", "PRST", "R"})
_SUFFIXES = {name.upper(): name for name in ("Add", "Amend", "Corr", "Rev", "Summary", "Supp")}
# Roots after which a single token will do; any other capitals before a slash need two ("24/7 AND/OR 3" is no symbol).
_ROOTS = frozenset(
    {
        "A",
        "S",
        "E",
        "ST",
        "T",
        "AHG",
        "APLC",
        "ATT",
        "BWC",
        "CAT",
        "CBD",
        "CCM",
        "CCPR",
        "CCW",
        "CD",
        "CEDAW",
        "CERD",
        "CL",
        "CM",
        "CRC",
    }
    | {"DP", "FCCC", "GOV", "ICCD", "INFCIRC", "LOS", "NPT", "SPLOS", "TD", "TPNW", "UNEP"}
)
_YEAR = re.compile(r"(?:^|[/.(])((?:19|20)\d\d)(?=[/)]|$)")
# Cyrillic letters that are typed for Latin capitals of the same look, and the kinds of dash.
_LOOKALIKE = "\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425"
_PLAIN = str.maketrans(f"{_LOOKALIKE}\u2010\u2011\u2012\u2013\u2212\u00a0\u2009\u202f", "ABCEHKMOPTX-----   ")

_DASH = "[-\u2010-\u2013\u2212]"
_BLANK = "[ \u00a0\u2009\u202f]"
_BRACKET = r"\((?:\d{1,4}|[IVXLC]{1,8})\)"
_ROOT = rf"[A-Z{_LOOKALIKE}]{{1,8}}(?:{_BRACKET})?"
_TAIL = r"(?:Add|Amend|Corr|Rev|Summary|Supp)"
_SEGMENT = (
    rf"(?!{_TAIL}(?![A-Za-z]))(?:E?S{_DASH}[IVXLC\d]{{1,6}}"  # "S-10", of special sessions
    r"|\d{1,6}"
    rf"|Res\.\d{{1,5}}(?:{_BLANK}{_BRACKET})?"
    r"|[A-Za-z]{1,8}(?:\.[A-Z]{1,4}(?![A-Za-z]))?(?:\.?\d{1,5}[A-Za-z]?(?![A-Za-z]))?"  # "CONF", "C.1", "PC.I", "AP.II", "L.74"
    rf")(?:{_BRACKET})?"  # "COP(14)"
)
_RESOLUTION = (
    rf"{_ROOT}(?:/{_SEGMENT}){{0,2}}?/(?:RES|DEC)/"
    rf"(?:E?S{_DASH}[IVXLC\d]{{1,6}}/\d{{1,4}}|\d{{1,5}}(?:/\d{{1,4}}|{_BLANK}?{_BRACKET}))"
)
# After Z comes AA.
_DOUBLED = "|".join(chr(code) * 2 for code in range(ord("A"), ord("Z") + 1))
_LETTER = rf"{_BLANK}?(?:\[[A-Z]\]|{_DOUBLED}|[A-Z](?:{_DASH}[A-Z])?)(?![\w.]|/(?!{_TAIL})|{_BLANK}[a-z])"
_VOLUME = (
    rf"{_BLANK}?\((?:Vols?|Parts?|VOLS?|PARTS?)\.?{_BLANK}?[IVX\d]{{1,5}}"
    rf"(?:{_BLANK}?(?:{_DASH}|,|&|[^\W\d_]{{1,4}}){_BLANK}?[IVX\d]{{1,5}}){{0,5}}\)"
)
_WHOLE = (
    rf"(?:(?P<resolution>{_RESOLUTION})(?P<letter>{_LETTER})?|(?P<document>{_ROOT}(?:/{_SEGMENT}){{1,8}}))"
    rf"(?P<volume>{_VOLUME})?(?P<suffixes>(?:/{_TAIL}(?:\.{_BLANK}?\d{{1,3}})?(?![A-Za-z0-9]))*)(?P<star>\*{{0,3}})"
)
_SYMBOL = re.compile(rf"(?<![A-Za-z0-9/.@_-]){_WHOLE}(?![A-Za-z0-9_])")
_LENIENT = re.compile(_WHOLE, re.IGNORECASE)


def _symbol(found: re.Match[str]) -> Symbol | None:
    segments = tuple(map(_segment, (found["resolution"] or found["document"]).translate(_PLAIN).split("/")))
    # The last token has a number or is one.
    if not any(map(str.isdigit, segments[-1])) or (
        len(segments) == 2 and segments[0] not in _ROOTS and not segments[0].endswith(")")
    ):
        return None
    letter = (found["letter"] or "").translate(_PLAIN).strip(" []").upper()
    suffixes = tuple(_suffix(suffix) for suffix in found["suffixes"].translate(_PLAIN).split("/")[1:])
    return Symbol(segments, letter, _volume(found["volume"] or ""), suffixes, bool(found["star"]))


def _segment(segment: str) -> str:
    segment = segment.replace(" ", "")
    word = segment.partition(".")[0]
    return segment if word[1:].islower() and word[0].isupper() else segment.upper()  # "Sub.2", "Res.15" keep their small letters


def _suffix(suffix: str) -> str:
    word, dot, number = suffix.replace(" ", "").partition(".")
    return _SUFFIXES.get(word.upper(), word) + dot + number


def _volume(volume: str) -> str:
    """The volume or part as the canonical form has it: "Vol. I", "Parts I-IV", "Parts I and II"."""
    found = _VOLUME_PARTS.search(volume.translate(_PLAIN))
    if found is None:
        return ""
    first, *others = _NUMERALS.split(found[2].upper())[1:-1]
    # The word that joins two numbers is of the text's language; the symbol is the same in all.
    joints = [next((joint for sign, joint in _JOINTS if sign in between), " and ") for between in others[::2]]
    numbers = first + "".join(joint + number for joint, number in zip(joints, others[1::2], strict=True))
    return f"{found[1].capitalize()}{'.' if found[1][0] in 'Vv' else ''} {numbers}"


_VOLUME_PARTS = re.compile(r"(vols?|parts?)\.? ?(.*)", re.IGNORECASE)
_NUMERALS = re.compile(r"((?<![A-Z])[IVX]+(?![A-Z])|\d+)")
_JOINTS = (("-", "-"), ("&", " & "), (",", ", "))
