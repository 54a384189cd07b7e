"""Characters → what is to be left out of them: mark-up, signs of no width, marks of footnotes; each with its place.

One pass over a whole document. An edit replaces a range by nothing or by a few characters; one with a ``mark`` is the
reference to a footnote, or opens that footnote where it stands at the beginning of a line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from html import unescape
from typing import NamedTuple

_SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"
_PLAIN = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
# An address in a link of Markdown: no blanks, brackets in pairs.
_ADDRESS = r"\((?:#|/|\.|<|https?:|www\.|mailto:|[A-Za-z\d]{1,8}[/.])?[^\s()]{0,500}(?:\([^\s()]{0,200}\)[^\s()]{0,200}){0,3}\)"
_EDIT = re.compile(
    rf"(?P<raised>[{_SUPERSCRIPTS}]+)(?: ?\( ?\))?"
    r"|<(?:[Ss][Uu][Pp]> ?(?P<sup>\d{1,4}|\*{1,3}) ?</[Ss][Uu][Pp]>|(?P<tag>/?[A-Za-z][^<>\n]{0,200}/?|!--[^<>]{0,200}--)>)"
    r"|\[(?:\^?(?P<bracket>\d{1,4})\](?!\()|(?P<link>)(?=[^\[\]\n]{1,300}\]" + _ADDRESS + "))"
    rf"|\](?P<address>{_ADDRESS})"
    r"|\$ ?\{?\}?\^ ?\{? ?(?P<math>\d{1,4}) ?\}? ?\$|\^(?P<pandoc>\d{1,4})\^"
    r"|(?P<stars>\*+)|(?P<lines>_+)"
    r"|\\(?P<escape>[\\`*_{}\[\]()#+.!>~$-])"
    r"|&(?P<entity>[A-Za-z]{2,8}|#\d{2,6}|#x[\dA-Fa-f]{2,5});"
    rf"|(?P<unseen>[{_UNSEEN}]+)"
)
# Where there may be something to do is found ten times faster than what.
_ANY = re.compile(rf"[{_SUPERSCRIPTS}<\[\]$^*_\\&{_UNSEEN}]")
_SLASHED = re.compile(r"(?<![\w/.])(\d{1,3})/(?=[\s,;.:)]|$)")
_SLASHED_NOTE = re.compile(r"^ *\d{1,3}/ +\S", re.MULTILINE)
_EMPTY = re.compile(r"\(\)")
_UNITS = re.compile(r"\d ?[kcm]?m$")


class Edit(NamedTuple):
    """A range of characters that the clean text has something else for, mostly nothing."""

    start: int
    stop: int
    text: str = ""
    mark: str = ""
    #: How the mark is written: marks in square brackets or with a slash count only where notes are written so too.
    style: str = ""


def edits_of(text: str) -> list[Edit]:
    """Everything that the clean text leaves out, in order.

    >>> [(edit.start, edit.stop, edit.mark) for edit in edits_of("**Requests** the report,<sup>1</sup> x_y")]
    [(0, 2, ''), (10, 12, ''), (24, 36, '1')]
    """
    edits: list[Edit] = []
    last = 0
    for sign in _ANY.finditer(text):
        start = sign.start()
        if start >= last and (found := _EDIT.match(text, start)):
            last = found.end()
            edit = _edit(found, text)
            if edit is not None:
                edits.append(edit)
    if "()" in text:  # what is left of a mark in brackets
        taken = {edit.stop for edit in edits} | {edit.start + 2 for edit in edits}
        empty = [Edit(found.start(), found.end()) for found in _EMPTY.finditer(text) if found.end() not in taken]
        edits = sorted(edits + empty)
    if _SLASHED_NOTE.search(text):
        slashed = [Edit(found.start(), found.end(), "", found[1], "slash") for found in _SLASHED.finditer(text)]
        edits = sorted(edits + slashed)
    return edits


def _edit(found: re.Match[str], text: str) -> Edit | None:
    kind = found.lastgroup
    start, stop = found.span()
    if kind == "raised":
        # Arabic sets its marks in brackets.
        if text[start - 1 : start] in ("(", "\uff08") and text[stop : stop + 1] in (")", "\uff09"):
            start, stop = start - 1, stop + 1
        elif text[start - 2 : start] == "()":
            start -= 2
        elif text[start - 1 : start] == "m" and _UNITS.search(text, max(0, start - 6), start):
            return None  # km²
        return Edit(start, stop, "", found["raised"].translate(_PLAIN), "raised")
    if kind in ("sup", "math", "pandoc"):
        return Edit(start, stop, "", found[kind], kind)
    if kind == "bracket":
        return Edit(start, stop, "", found[kind], kind)
    if kind == "tag":
        tag = found[kind].lower()
        return Edit(start, stop, " " if tag.startswith(("br", "p", "/p", "div", "/div", "li", "/li", "td", "/td")) else "")
    if kind == "link":
        return Edit(start, start + 1)
    if kind == "address":
        return Edit(start, stop)
    if kind == "stars":
        alone = (start == 0 or text[start - 1] in " \n") and (stop == len(text) or text[stop] in " \n")
        return None if alone else Edit(start, stop)
    if kind == "lines":
        before, after = text[start - 1 : start], text[stop : stop + 1]
        inside = before.isascii() and before.isalnum() and after.isascii() and after.isalnum()
        return None if inside else Edit(start, stop)
    if kind == "escape":
        return Edit(start, start + 1)
    if kind == "entity":
        sign = unescape(found[0])
        return None if sign == found[0] else Edit(start, stop, " " if sign.isspace() else sign)
    return Edit(start, stop)


def between(edits: Sequence[Edit], start: int, stop: int) -> Sequence[Edit]:
    """The edits that begin in a range."""
    return edits[bisect_left(edits, (start,)) : bisect_left(edits, (stop,))]
