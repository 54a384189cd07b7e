"""The source of a page → its tags and the text between them, each with its place in the source.

A scanner for HTML as it is found, after the tokenizing rules of the HTML standard: a quotation mark opens a value only
after an equals sign, the content of a script ends at its own end tag, and nothing is an error. One pass, in linear time on
any input: what is sought in vain once (the end of a comment) is not sought again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# Possessive throughout: a tag that does not end is given up at once.
_TAG = re.compile(r"""<(/?)([A-Za-z][^\s/>]*+)((?:=\s*+"[^"]*+"|=\s*+'[^']*+'|[^>=]|=)*+)>""")
_TAG_TO_FIRST_BRACKET = re.compile(r"<(/?)([A-Za-z][^\s/>]*+)([^>]*+)>")
_OPENS_TAG = re.compile(r"</?[A-Za-z]")
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]++)))?""")
# Ten digits hold every code point; longer ones are nonsense that would only cost time.
_ENTITY = re.compile(r"&(?:#[0-9]{1,10}|#[xX][0-9A-Fa-f]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")
#: Elements whose content is not mark-up.
RAW = frozenset(("script", "style", "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp"))


class Tag(NamedTuple):
    """A start or end tag: its name in small letters, the source of its attributes, and where it stands."""

    name: str
    closing: bool
    source: str
    start: int
    stop: int

    def attributes(self) -> dict[str, str]:
        """The attributes by name; of two with one name the first counts, as the standard has it."""
        found: dict[str, str] = {}
        if self.source and not self.source.isspace():
            for match in _ATTRIBUTE.finditer(self.source):
                name, double, single, bare = match.groups()
                found.setdefault(name.lower(), unescaped(double or single or bare or ""))
        return found


class Run(NamedTuple):
    """A piece of text between tags, entities still in it. Of a raw element (a script) it is the content."""

    start: int
    stop: int
    raw: str | None = None


def scan(source: str) -> Iterator[Tag | Run]:
    """What tags and texts follow one another in this page?

    Comments, declarations and processing instructions are passed over.

    >>> [item.name if isinstance(item, Tag) else (item.start, item.stop) for item in scan("<p>One <!-- no --><b>two")]
    ['p', (3, 7), 'b', (21, 24)]
    """
    finder = _Finder(source)
    pattern = _TAG
    text = at = 0
    while (at := source.find("<", at)) >= 0:
        tag: Tag | None = None
        if _OPENS_TAG.match(source, at):
            match = pattern.match(source, at)
            if match is None and pattern is _TAG:
                # A quotation mark that never closes: from here on a tag ends at the first bracket, whatever it stands in.
                pattern = _TAG_TO_FIRST_BRACKET
                match = pattern.match(source, at)
            if match is None:
                break  # no bracket closes any more: the rest is text
            tag = Tag(match[2].lower(), bool(match[1]), match[3], at, match.end())
            stop = tag.stop
        elif source.startswith("<!--", at):
            stop = finder.after("-->", at + 2)
        elif source.startswith("<![CDATA[", at):
            if at > text:
                yield Run(text, at)
            stop = finder.after("]]>", at)
            yield Run(at + 9, max(at + 9, stop - 3))
            text = at = stop
            continue
        elif source.startswith(("<!", "<?"), at):
            stop = finder.after(">", at)
        else:
            at += 1
            continue
        if at > text:
            yield Run(text, at)
        text = at = stop
        if tag is not None:
            yield tag
            if tag.name in RAW and not tag.closing:
                at = finder.end_tag(tag.name, stop)
                yield Run(stop, at, raw=tag.name)
                text = at
    if text < len(source):
        yield Run(text, len(source))


class _Finder:
    """Finds ends; remembers what is not there any more."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._absent: set[str] = set()

    def after(self, end: str, start: int) -> int:
        """The position behind the next ``end``, or that of the end of the source."""
        found = -1 if end in self._absent else self._source.find(end, start)
        if found < 0:
            self._absent.add(end)
            return len(self._source)
        return found + len(end)

    def end_tag(self, name: str, start: int) -> int:
        found = None if name in self._absent else re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(self._source, start)
        if found is None:
            self._absent.add(name)
            return len(self._source)
        return found.start()


def pieces(source: str, start: int, stop: int) -> Iterator[tuple[str, int, bool]]:
    """The text of a run, cut at its entities: characters, where they stand in the source, and whether they stand there as such.

    >>> list(pieces("a &amp; b", 0, 9))
    [('a ', 0, True), ('&', 2, False), (' b', 7, True)]
    """
    at = start
    if source.find("&", start, stop) >= 0:
        for found in _ENTITY.finditer(source, start, stop):
            meant = unescape(found[0])
            if meant == found[0]:
                continue
            if found.start() > at:
                yield source[at : found.start()], at, True
            yield meant, found.start(), False
            at = found.end()
    if at < stop:
        yield source[at:stop], at, True


def unescaped(text: str) -> str:
    """A text with its entities resolved."""
    return _ENTITY.sub(lambda found: unescape(found[0]), text) if "&" in text else text
