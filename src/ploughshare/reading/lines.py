"""Decoded characters → lines, with the gap before each; the first step of reading plain text."""

from __future__ import annotations

import re
from typing import NamedTuple

_FEED = re.compile("\f")
# Other blanks become plain ones and other ends of line newlines, one for one, so that positions stay.
_BLANKS = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t"
_ENDS = "\r\f\v\x85\u2028\u2029\x1c\x1d"
# What Markdown puts in front of a line: quotation marks, signs of a heading, a bullet before a number, emphasis.
_PREFIX = re.compile(r"(?:> ?)*(?:(#{1,6}) +|[-*+] +(?=[*_]*[(\[]?[\w*]{1,4}[).\]]))?[*_]*(?=[^\s*_])")
_PREFIXED = frozenset("#>-*+_")


class Line(NamedTuple):
    """A line without the blanks around it. ``gap``: empty lines before it; ``torn``: a page may have ended before it."""

    start: int
    stop: int
    gap: int
    indent: int = 0
    torn: bool = False
    heading: bool = False
    #: A line that holds nothing but the mark of a footnote, set apart by a conversion.
    mark: bool = False


def even(decoded: str) -> str:
    """The same text with one kind of blank and one kind of line end, character for character in the same place.

    >>> even("a\\u00a0b\\r\\nc\\u2028d")
    'a b \\nc\\nd'
    """
    if "\r\n" in decoded:
        decoded = decoded.replace("\r\n", " \n")
    for sign in _ENDS:
        if sign in decoded:
            decoded = decoded.replace(sign, "\n")
    for sign in _BLANKS:
        if sign in decoded:
            decoded = decoded.replace(sign, " ")
    return decoded


def lines_of(decoded: str, even_text: str) -> list[Line]:
    """The lines that are not empty. Both texts have the same length; the first still shows where pages end."""
    feeds = [found.start() for found in _FEED.finditer(decoded)] if "\f" in decoded else []
    feeds.append(len(decoded) + 1)
    lines = []
    feed = position = gap = 0
    for raw in even_text.split("\n"):
        stripped = raw.strip()
        if stripped:
            indent = 0 if raw[0] != " " else len(raw) - len(raw.lstrip())
            start = position + indent
            torn = heading = False
            while feeds[feed] < start:
                feed, torn = feed + 1, True
            stop = start + len(stripped)
            if stripped[0] in _PREFIXED:
                prefix = _PREFIX.match(stripped)
                if prefix and prefix.end() and prefix.end() < len(stripped):
                    start, heading = start + prefix.end(), prefix[1] is not None
            lines.append(Line(start, stop, gap, indent, torn, heading))
            gap = 0
        else:
            gap += 1
        position += len(raw) + 1
    return lines
