"""numbering.xml and styles.xml of a DOCX → the number that stands in front of each paragraph.

A paragraph, or the style it bears, or one that style builds on, names a list and a level of it (ECMA-376 part 1, 17.9).
"""

from __future__ import annotations

import re

from lxml import etree

from ploughshare.reading.lists import LEVELS, Counters, Level, List

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"


class Numbering:
    """The lists of a document, counting as its paragraphs go by."""

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        self._styles: dict[str, tuple[str, int | None, str]] = {}  # its list, its level, the style it builds on
        self._of_style: dict[str, tuple[str, int | None]] = {}
        self._default = ""
        self._lists: dict[str, List] = {}
        self._counters = Counters()
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_lists(numbering)

    def number(self, properties: etree._Element | None) -> str:
        """What is printed in front of the paragraph with these properties, which comes next in the document?"""
        number, level = self._of(properties)
        found = self._lists.get(number)
        return self._counters.number(found, level) if found is not None else ""

    def _of(self, properties: etree._Element | None) -> tuple[str, int]:
        """The list and the level of a paragraph: its own, or those of its style."""
        style = number = ""
        level: int | None = None
        if properties is not None:
            named = properties.find(W + "pStyle")
            style = named.get(_VAL, "") if named is not None else ""
            number, level = _reference(properties)
        if not number or level is None:
            inherited, its_level = self._inherited(style or self._default)
            number, level = number or inherited, its_level if level is None else level
        return number, level or 0

    def _inherited(self, style: str) -> tuple[str, int | None]:
        """Up the line of styles to the first that names a list; the list may say which of its levels a style is."""
        if style in self._of_style:
            return self._of_style[style]
        line: list[str] = []
        level: int | None = None
        found: tuple[str, int | None] = ("", None)
        at = style
        while at in self._styles and at not in line:
            line.append(at)
            number, its_level, at = self._styles[at]
            level = its_level if level is None else level
            if number:
                levels = self._lists[number].levels if number in self._lists else {}
                tied = (place for place, one in levels.items() if one.paragraph_style in line)
                found = number, next(tied, level)
                break
        self._of_style[style] = found
        return found

    def _read_styles(self, styles: etree._Element) -> None:
        for style in styles.iter(W + "style"):
            if style.get(W + "type", "paragraph") != "paragraph":
                continue
            name = style.get(W + "styleId", "")
            if style.get(W + "default") in ("1", "true", "on"):
                self._default = name
            properties = style.find(W + "pPr")
            self._styles[name] = (*(_reference(properties) if properties is not None else ("", None)), _value(style, "basedOn"))

    def _read_lists(self, numbering: etree._Element) -> None:
        definitions: dict[str, dict[int, Level]] = {}
        borrowed: dict[str, str] = {}
        lent: dict[str, str] = {}
        for one in numbering.iter(W + "abstractNum"):
            key = one.get(W + "abstractNumId", "")
            definitions[key] = {_place(level): _level(level) for level in one.iter(W + "lvl")}
            borrowed[key] = _value(one, "numStyleLink")
            lent.setdefault(_value(one, "styleLink"), key)
        for one in numbering.iter(W + "num"):
            key = _value(one, "abstractNumId")
            # A definition may stand in for that of a list style.
            key = lent.get(borrowed[key], key) if borrowed.get(key) else key
            found = List(key, dict(definitions.get(key, {})))
            for override in one.iter(W + "lvlOverride"):
                own, start = override.find(W + "lvl"), override.find(W + "startOverride")
                if own is not None:
                    found.levels[_place(override)] = _level(own)
                if start is not None:
                    found.starts[_place(override)] = integer(start.get(_VAL), 1)
            self._lists[one.get(W + "numId", "")] = found


def _level(level: etree._Element) -> Level:
    # A style of the author's own has a common one after it, for programs that know no other.
    style = next((style for style in level.iter(W + "numFmt") if style.get(_VAL) != "custom"), None)
    return Level(
        start=integer(_value(level, "start"), 1),
        style=style.get(_VAL, "decimal") if style is not None else "decimal",
        text=_value(level, "lvlText"),
        restart=integer(_value(level, "lvlRestart"), -1),
        legal=is_on(level.find(W + "isLgl")),
        hidden=is_on(level.find(f"{W}rPr/{W}vanish")),
        paragraph_style=_value(level, "pStyle"),
    )


def _place(element: etree._Element) -> int:
    return min(max(integer(element.get(W + "ilvl"), 0), 0), LEVELS - 1)


def _reference(properties: etree._Element) -> tuple[str, int | None]:
    """The list and the level that these properties name."""
    reference = properties.find(W + "numPr")
    if reference is None:
        return "", None
    level = reference.find(W + "ilvl")
    return _value(reference, "numId"), min(max(integer(level.get(_VAL), 0), 0), LEVELS - 1) if level is not None else None


def _value(element: etree._Element, name: str) -> str:
    child = element.find(W + name)
    return child.get(_VAL, "") if child is not None else ""


def integer(written: str | None, otherwise: int) -> int:
    """A whole number as a file writes it, or another where it writes none."""
    return int(written) if written and re.fullmatch("-?[0-9]{1,9}", written) else otherwise


def is_on(switch: etree._Element | None) -> bool:
    """Is this property there, and not switched off?"""
    return switch is not None and switch.get(_VAL, "1") not in ("0", "false", "off", "none")
