"""Glyphs as they stand on paper → the text of a line of Arabic, in the order it is read.

In come the glyphs of one row with their places, out goes the string a person would type. What programs write into a PDF is
sometimes in the order of sight, sometimes in the order of speech, and letters that are drawn as one come in either; the
places on paper are true in all of them. So glyphs are sorted by place and read from the right, except that Latin words and
numbers are read from the left. Brackets, which programs mirror or not, are turned by what stands around them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple
from unicodedata import combining

RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06ee\u06ef\u06fa-\u06ff]")
_DIGIT = re.compile("[0-9\u0660-\u0669\u06f0-\u06f9]")
_STRONG = re.compile(r"[^\W\d_]")
_JOB = re.compile(r"\d\d-\d{5}")
# Between two numbers these make one of them; a hyphen does not: 9-20 is read 20 - 9 from the left.
_SEPARATORS = "/.,:\u066b\u066c"
_BRACKETS = {"(": "()", ")": "()", "[": "[]", "]": "[]", "\u00ab": "\u00ab\u00bb", "\u00bb": "\u00ab\u00bb", "{": "{}", "}": "{}"}
_QUOTES = ("\u201d\u201c", "\u2019\u2018")
_CLOSING = ".,;:\u060c\u061b\u061f!"
TATWEEL = "\u0640"
# What a font does not name: between letters it is a lengthening stroke, which programs put in to fill the line.
_UNNAMED = "\ufffd"
_LAM, _ALEFS, _HEH = "\u0644", "\u0622\u0623\u0625\u0627\u0671", "\u0647"
_SHADDA = "\u0651"


class Glyph(NamedTuple):
    """A character and where it stands from left to right; letters of one ligature share their place.

    ``pen`` is where the pen was set down: letters may overlap, and then only that tells which comes first.
    """

    char: str
    left: float
    right: float
    raised: bool = False
    pen: float = 0.0


def in_sight(glyph: Glyph) -> tuple[float, float]:
    """The order of glyphs from left to right."""
    return glyph.pen, glyph.left + glyph.right


class _Cluster:
    """What one stroke of the pen shows: a letter with its vowel signs, or the letters of a ligature."""

    __slots__ = ("chars", "kind", "left", "marks", "pen", "raised", "right")

    def __init__(self, glyph: Glyph) -> None:
        self.chars, self.left, self.right, self.raised = glyph.char, glyph.left, glyph.right, glyph.raised
        self.marks = ""
        self.pen = glyph.pen
        self.kind = _kind(glyph.char)


def logical(glyphs: Iterable[Glyph], blank: float) -> tuple[str, tuple[tuple[int, int], ...]]:
    """How is this row of glyphs read, and which ranges of it are raised?

    ``blank`` is the width from which on a gap counts as a blank.

    >>> right_to_left = [Glyph(char, x, x + 5.0, pen=x) for x, char in zip(range(0, 40, 5), "4202 \u0645\u0627\u0639")]
    >>> logical(right_to_left, 2.0)[0] == "\u0639\u0627\u0645 4202"
    True
    """
    clusters = _clusters(glyphs, blank)
    if not clusters:
        return "", ()
    if _is_latin(clusters):
        return _spelled(clusters)
    ends = _left_to_right(clusters, blank)
    order: list[_Cluster] = []
    at = len(clusters) - 1
    while at >= 0:
        start = ends.get(at, at)
        order.extend(clusters[start : at + 1])
        at = start - 1
    return _spelled(order)


def _is_latin(clusters: list[_Cluster]) -> bool:
    """A row without a letter of Arabic is read from the left, unless its end or a mark shows that it was set from the right."""
    if any(cluster.kind == "R" for cluster in clusters):
        return False
    if not any(cluster.kind == "L" for cluster in clusters):
        return _JOB.fullmatch("".join(cluster.chars for cluster in clusters)) is not None
    if len(clusters) > 3 and [cluster.kind for cluster in clusters[-3:]] == ["D", " ", "D"]:
        return False
    return not (clusters[0].chars in _CLOSING or clusters[-1].raised or (clusters[-1].chars in "()" and clusters[0].kind == "L"))


def _kind(char: str) -> str:
    if char.isspace():
        return " "
    if _DIGIT.match(char):
        return "D"
    if RTL.match(char):
        return "R" if _LETTER.match(char) or char == TATWEEL else "N"
    if _STRONG.match(char):
        return "L"
    return "S" if char in _SEPARATORS else "N"


def _clusters(glyphs: Iterable[Glyph], blank: float) -> list[_Cluster]:
    """The glyphs from left to right, ligatures and vowel signs put together, blanks where there are gaps."""
    signs: list[Glyph] = []
    found: list[_Cluster] = []
    for glyph in sorted(glyphs, key=in_sight):
        if combining(glyph.char):
            signs.append(glyph)
        elif found and glyph.left == found[-1].left and glyph.right == found[-1].right and glyph.char != " ":
            found[-1].chars += glyph.char
        elif any(_same_again(glyph, cluster) for cluster in found[-2:]):
            continue
        else:
            found.append(_Cluster(glyph))
    for cluster in found:
        if len(cluster.chars) > 1:
            cluster.chars = _ligature(cluster.chars)
    if signs:
        _put_signs(found, signs)
    spaced: list[_Cluster] = []
    for cluster in found:
        if spaced:
            before = spaced[-1]
            if cluster.kind == " " and before.kind == " ":
                continue
            if cluster.left - before.right > blank and " " not in (cluster.kind, before.kind):
                spaced.append(_Cluster(Glyph(" ", before.right, cluster.left, pen=before.right)))
        spaced.append(cluster)
    while spaced and spaced[-1].kind == " ":
        spaced.pop()
    return spaced[1:] if spaced and spaced[0].kind == " " else spaced


def _same_again(glyph: Glyph, cluster: _Cluster) -> bool:
    """Is this the same letter once more? A program that spells a letter with its sign out may do so for each of the two strokes."""
    if cluster.kind != "R" or glyph.char not in cluster.chars:
        return False
    overlap = min(glyph.right, cluster.right) - max(glyph.left, cluster.left)
    return overlap > 0.5 * min(glyph.right - glyph.left, cluster.right - cluster.left)


def _ligature(chars: str) -> str:
    """The letters of a ligature in the order of speech. PDFium turns those that a font names as several letters around."""
    if RTL.match(chars[0]) is None:
        return chars
    if len(chars) == 2 and _LAM in chars and (chars[0] in _ALEFS or chars[1] in _ALEFS):
        return chars if chars[0] == _LAM else chars[::-1]
    # The name of God: alef, lam, lam, heh. Of other ligatures nothing is known, so they are taken as turned around.
    return chars if chars[-1] == _HEH and chars[0] in _ALEFS + _LAM else chars[::-1]


def _put_signs(found: list[_Cluster], signs: list[Glyph]) -> None:
    """Give every vowel sign to the letter over or under which it stands."""
    if not found:
        return
    pens = [cluster.pen for cluster in found]
    for sign in signs:
        # A program that spells a letter with its sign sets both down in one place; else the sign stands over its letter.
        middle = (sign.left + sign.right) / 2
        place = bisect_right(pens, sign.pen + 0.01) - 1
        if not (place >= 0 and pens[place] > sign.pen - 0.01 and found[place].kind == "R"):
            place = bisect_right(pens, middle) - 1
        near = [index for index in (place, place + 1, place - 1) if 0 <= index < len(found)]
        cluster = found[next((index for index in near if found[index].kind == "R"), near[0])]
        if sign.char in cluster.marks:
            continue
        # A doubled letter carries its sign of doubling first, then the vowel.
        cluster.marks = sign.char + cluster.marks if sign.char == _SHADDA else cluster.marks + sign.char


def _left_to_right(clusters: list[_Cluster], blank: float) -> dict[int, int]:
    """The stretches that are read from the left: the place of the last cluster of each, and of its first."""
    found: dict[int, int] = {}
    count = len(clusters)
    # A number that a wide gap sets apart at the right edge stands in front of the row: the mark of a footnote, a paragraph's own.
    number = count
    while number and count - number < 4 and clusters[number - 1].kind in "DN":
        number -= 1
    if not (
        1 < number < count and clusters[number - 1].kind == " " and clusters[number].left - clusters[number - 2].right > 2.6 * blank
    ):
        number = count
    at = 0
    while at < count:
        if clusters[at].kind not in "LD":
            at += 1
            continue
        start, stop, latin = at, at, clusters[at].kind == "L"
        while (after := _next(clusters, stop, latin)) is not None and (after < number or stop >= number):
            latin = latin or any(cluster.kind == "L" for cluster in clusters[stop + 1 : after + 1])
            stop = after
        stop = _with_edge(clusters, start, stop)
        if start and _odd(clusters, start, stop) and clusters[start - 1].chars in _BRACKETS:
            start -= 1
        found[stop] = start
        at = stop + 1
    return found


def _next(clusters: list[_Cluster], stop: int, latin: bool) -> int | None:
    """The next place up to which a stretch read from the left goes on, if it does."""
    raised = clusters[stop].raised
    blanks = neutrals = 0
    closed = False
    for place in range(stop + 1, min(len(clusters), stop + 24)):
        cluster = clusters[place]
        if cluster.raised != raised or cluster.kind == "R":
            return None
        if cluster.kind in "LD":
            if blanks + neutrals == 0:
                return place
            if latin:
                # Two numbers side by side, or one behind a closing bracket, are read from the right: 9 | December 2024.
                apart = cluster.kind == "D" and blanks and (closed or (neutrals == 0 and clusters[stop].kind == "D"))
                return None if apart else place
            if cluster.kind == "D" and blanks == 1 and neutrals == 0 and _thousands(clusters, stop, place):
                return place
            # Between numbers, and from a number to a letter, a single sign without blanks: 2024/25, 12.30.
            only_sign = blanks == 0 and neutrals == 1 and clusters[place - 1].kind == "S"
            return place if only_sign else None
        if cluster.kind == " ":
            blanks += 1
        else:
            neutrals += 1
            closed = closed or (blanks == 0 and cluster.chars in _BRACKETS)
    return None


def _thousands(clusters: list[_Cluster], stop: int, place: int) -> bool:
    """Are these two groups of digits one number, 250 000, read from the left?"""
    start, end = stop, place
    while start and clusters[start - 1].kind == "D":
        start -= 1
    while end + 1 < len(clusters) and clusters[end + 1].kind == "D":
        end += 1
    return end - place == 2 and stop - start < 3 and clusters[start].chars not in ("0", "\u0660", "\u06f0")


def _with_edge(clusters: list[_Cluster], start: int, stop: int) -> int:
    """The stretch with what belongs to its end: a per cent sign, its closing bracket, and a full stop at the edge of the row."""
    count = len(clusters)
    if stop + 1 < count and clusters[stop + 1].chars in ("%", "\u066a", "\u00b0"):
        stop += 1
    if stop + 1 < count and clusters[stop + 1].chars in _BRACKETS and _odd(clusters, start, stop):
        stop += 1
    # No line begins with a full stop: the paragraph was set from left to right.
    if stop + 2 == count and clusters[stop + 1].chars in _CLOSING:
        stop += 1
    return stop


def _odd(clusters: list[_Cluster], start: int, stop: int) -> bool:
    return sum(cluster.chars in _BRACKETS for cluster in clusters[start : stop + 1]) % 2 == 1


def _spelled(order: list[_Cluster]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The characters in the order of speech without lengthening strokes, brackets turned the right way, raised ranges."""
    chars: list[str] = []
    raised: list[tuple[int, int]] = []
    for place, cluster in enumerate(order):
        if cluster.chars.strip(_UNNAMED + TATWEEL) == "" and not cluster.marks and _joins(order, place):
            continue
        start = len(chars)
        chars.extend(cluster.chars)
        chars.extend(cluster.marks)
        if cluster.raised and cluster.kind != " ":
            if raised and raised[-1][1] == start:
                raised[-1] = (raised[-1][0], len(chars))
            else:
                raised.append((start, len(chars)))
    _turn_brackets(chars)
    return "".join(chars), tuple(raised)


def _joins(order: list[_Cluster], place: int) -> bool:
    """Is this stroke followed by a letter, and not the first of its word?"""
    after = next((cluster for cluster in order[place + 1 :] if cluster.chars.strip(_UNNAMED + TATWEEL)), None)
    return after is not None and after.kind == "R" and place > 0 and order[place - 1].kind in "RN"


def _turn_brackets(chars: list[str]) -> None:
    """Open or close every bracket by what stands around it, and where that does not tell, by what is open."""
    places = [place for place, char in enumerate(chars) if char in _BRACKETS]
    opened: list[str] = []
    for place in places:
        pair = _BRACKETS[chars[place]]
        before, after = place - 1, place + 1
        while before >= 0 and chars[before] in _BRACKETS:
            before -= 1
        while after < len(chars) and chars[after] in _BRACKETS:
            after += 1
        free_before = before < 0 or chars[before].isspace()
        free_after = after >= len(chars) or chars[after].isspace() or chars[after] in _CLOSING
        opens = free_before if free_before != free_after else pair not in opened
        if opens:
            opened.append(pair)
        elif pair in opened:
            opened.remove(pair)
        chars[place] = pair[0] if opens else pair[1]
    _turn_quotes(chars)


def _turn_quotes(chars: list[str]) -> None:
    """The quotation marks of a row as Arabic texts of the United Nations have them; PDFium turns some of them around."""
    opened = dict.fromkeys(_QUOTES, False)
    for place, char in enumerate(chars):
        pair = next((pair for pair in _QUOTES if char in pair), None)
        if pair is None:
            continue
        free = place == 0 or chars[place - 1].isspace() or chars[place - 1] in "(["
        closes = place + 1 == len(chars) or chars[place + 1].isspace() or chars[place + 1] in _CLOSING
        if pair == _QUOTES[1] and not free and not closes and not opened[pair]:
            continue  # an apostrophe
        opened[pair] = free if free != closes else not opened[pair]
        chars[place] = pair[0] if opened[pair] else pair[1]


# A session and a number: 79/47. Not beside letters of Latin script or further strokes.
_FRACTION = re.compile(r"(?<![A-Za-z/.\d\u0660-\u0669-])(\d{1,4})/(\d{1,4})(?![\d/A-Za-z\u0660-\u0669])")
_YEARS = re.compile(r"(?<![\d/-])(\d{4})-(\d{4})(?![\d/-])")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FOUNDED = 1945
_LATEST = 90


def sessions_first(texts: Iterable[str]) -> bool:
    """Do the numbers of resolutions in these rows stand as they are read (79/47), or with the session on the right (47/79)?

    Programs differ: for Unicode 79/47 is one number read from the left, for Word two numbers read from the right. The session
    tells itself by being small, and by the year that follows (session n opens in 1945 + n).
    """
    votes = 0
    for text in texts:
        for found in _FRACTION.finditer(text):
            one, other = int(found[1]), int(found[2])
            year = _YEAR.search(text, found.end())
            if year and year.start() - found.end() < 60:
                sessions = (int(year[0]) - _FOUNDED, int(year[0]) - _FOUNDED - 1)
                votes += 2 * ((one in sessions) - (other in sessions))
            votes += (one <= _LATEST) - (other <= _LATEST)
    return votes >= 0


def turned(text: str) -> str:
    """The row with the two numbers around a stroke changed: 47/79 becomes 79/47. Its length stays.

    >>> turned("47/79"), turned("A/79/47")
    ('79/47', 'A/79/47')
    """
    return _FRACTION.sub(r"\2/\1", text) if "/" in text else text


def years_in_order(text: str) -> str:
    """The row with spans of years running forward, whichever way the program laid them out.

    >>> years_in_order("2025-2024")
    '2024-2025'
    """
    return _YEARS.sub(lambda found: f"{min(found[1], found[2])}-{max(found[1], found[2])}", text) if "-" in text else text
