"""HTML → Text: whole paragraphs and footnotes of a page, as a browser shows them.

In comes the source of a page, out goes its text. ``decoded`` is the decoded source itself, and every span points into it.
What a browser hides (scripts, comments, deleted words, navigation) is left out; what it shows without its being in the
source (the number of a list item) is put in front of the words. Pages are read as they are found: nothing is malformed.
"""

from __future__ import annotations

import re
from hashlib import sha256

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Source, Text
from ploughshare.reading.detect import language_of
from ploughshare.reading.draft import Draft, Reference
from ploughshare.reading.encoding import decode
from ploughshare.reading.footmarks import blocks_of
from ploughshare.reading.markup import RAW, Run, Tag, pieces, scan, unescaped
from ploughshare.reading.numerals import numeral

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE
)
# As browsers take them: what calls itself Latin-1 or GB2312 is written in the wider set.
_WIDER = {
    "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252",
    "iso-8859-6": "iso8859-6", "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
}  # fmt: skip
_CODEC = re.compile(r"(?:windows-|cp|iso-8859-|iso8859-|koi8-|gb18030|big5|mac)[\w-]*", re.IGNORECASE)

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr",
    "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
))  # fmt: skip
_VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
))  # fmt: skip
_HIDDEN = frozenset((
    "audio", "button", "canvas", "datalist", "del", "dialog", "nav", "object", "rp", "rt", "s", "select", "strike", "svg",
    "template", "video",
))  # fmt: skip
#: Inline elements that mean something even without attributes.
_TELLING = frozenset(("sup", "a", *_VOID, *_HIDDEN))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th", "caption"))
# An open element of the first kind ends where one of its own kind begins, unless one of the second is open inside it.
_SIBLINGS = {
    "li": (("li",), ("ol", "ul", "menu", "dir")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
}
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NO_NUMBER = re.compile(r"list-style(?:-type)?\s*:[^;]*\bnone\b", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*super", re.IGNORECASE)
_STYLES = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman",
    "decimal": "decimal", "decimal-leading-zero": "decimalZero", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "upper-alpha": "upperLetter", "upper-latin": "upperLetter", "lower-roman": "lowerRoman", "upper-roman": "upperRoman",
    "arabic-indic": "arabicIndic", "cjk-ideographic": "chineseCounting", "simp-chinese-informal": "chineseCounting",
    "trad-chinese-informal": "chineseCounting", "cjk-decimal": "ideographDigital", "cjk-heavenly-stem": "ideographTraditional",
    "cjk-earthly-branch": "ideographZodiac",
}  # fmt: skip
# How programs name their footnotes: Word, LibreOffice, Pandoc, DAISY, Wiki software.
_NOTES = re.compile(r"foot-?notes?|end-?notes?|sdfootnote|sdendnote|\b_?(?:ftn|edn|fn)[:._-]?\d", re.IGNORECASE)
_NAMES = ("class", "id", "role", "epub:type", "rel")
_REFERENCE = re.compile(r"foot-?note-?(?:ref|anc|sym)|end-?note-?(?:ref|anc|sym)|noteref|fnref|ftnref|ednref", re.IGNORECASE)
_NUMBER_ALONE = re.compile(r"[(\uff08]?[^\W_]{1,5}[.)\uff09\u3001\uff0e]{1,2}|[*\u2022\u00b7-]")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_SYMBOL = re.compile(r"\b[A-Z]{1,5}/(?:[\w().-]+/)*[\w().-]*\d")


def read(data: bytes, name: str, language: str | None = None) -> Text:
    """What does this page say?

    The number of a list item is written as the page prints it ("1."), letters and small Roman numerals as the United Nations
    print them ("(a)"). Bytes are taken for UTF-8 if they are that, whatever the page says of itself; then as it says.

    >>> page = read(b"<ol><li>Asks<sup>1</sup> all;<li>Asks again.</ol><p><sup>1</sup> Note.", "page.html")
    >>> [(block.kind, block.text) for block in page.blocks]
    [('text', '1. Asks all;'), ('text', '2. Asks again.'), ('note', 'Note.')]
    """
    decoded, encoding = _decoded(data)
    page = _Page(decoded)
    blocks = tuple(blocks_of(page.drafts, page.targets))
    if not blocks:
        raise UnreadableError(
            "the page holds no text",
            advice="if a browser shows some, it is built by a program in the page: save the page from the browser",
        )
    source = Source(name, sha256(data).hexdigest(), "html", encoding, len(data))
    return Text(source, language or language_of("\n".join(block.text for block in blocks)), decoded, blocks)


def _decoded(data: bytes) -> tuple[str, str]:
    """The characters: by the bytes if they are Unicode, else as the page says, else by the look of its words."""
    told = _CHARSET.search(data[:4096])
    if told is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        codec = told[1].decode("ascii", "replace").lower()
        codec = _WIDER.get(codec, codec)
        if _CODEC.fullmatch(codec):
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                try:
                    return data.decode(codec), codec
                except (UnicodeDecodeError, LookupError):
                    pass
    return decode(data)


class _List:
    """A list that is open: how its items are numbered, and the number of the next."""

    __slots__ = ("next", "shown", "step", "style")

    def __init__(self, tag: Tag) -> None:
        attributes = tag.attributes()
        style = attributes.get("style", "")
        named = _LIST_STYLE.search(style)
        self.shown = not _NO_NUMBER.search(style)
        self.style = "bullet"
        if tag.name == "ol":
            self.style = _STYLES.get(attributes.get("type", ""), "decimal")
        if named and named[1].lower() in _STYLES:
            self.style = _STYLES[named[1].lower()]
        self.step = -1 if "reversed" in attributes else 1
        self.next = _integer(attributes.get("start", ""), 1)

    def number(self, value: str, style: str) -> tuple[str, str]:
        """The bare number of the next item and how it is printed."""
        here = _integer(value, self.next)
        self.next = here + self.step
        if self.style == "bullet":
            return "", "\u2022" if self.shown else ""
        bare = numeral(here, self.style)
        if not self.shown or _NO_NUMBER.search(style):
            return bare, ""
        return bare, f"({bare})" if self.style in ("lowerLetter", "lowerRoman") else f"{bare}."


def _integer(written: str, otherwise: int) -> int:
    return int(written) if re.fullmatch(r"\s*-?[0-9]{1,6}\s*", written) else otherwise


class _Open:
    """An element that is open, and what ends with it."""

    __slots__ = ("hidden", "list", "name", "reference", "region")

    def __init__(self, name: str) -> None:
        self.name = name
        self.hidden = False
        self.list: _List | None = None
        self.reference: Reference | None = None
        self.region = 0


#: Inline elements without attributes that do nothing to the words in them need no more than one note between them.
_PLAIN = {name: _Open(name) for name in ("b", "i", "em", "strong", "u", "span", "font", "small", "sub", "cite", "ins", "code")}


class _Page:
    """Follows the tags of a page and collects its paragraphs."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.drafts: list[Draft] = []
        self.targets: dict[str, tuple[int, int]] = {}
        self.draft = Draft()
        self.stack: list[_Open] = []
        self.places: dict[str, list[int]] = {}  # where in the stack the open elements of a name are
        self.walls: list[int] = [-1]  # the open blocks: what is inline cannot be ended across one
        self.cells: list[int] = [-1]
        self.lists: list[_List] = []
        self.regions: list[int] = []
        self.hidden = 0
        self.breaks = 0
        self.reference: Reference | None = None
        self.number: tuple[str, str, int] | None = None  # of a list item that has no words yet
        self.title, self.title_at = "", 0
        for item in scan(source):
            if isinstance(item, Run):
                self._text(item)
            elif item.closing:
                self._end(item.name)
            else:
                self._start(item)
        self._break()
        self._title()

    # Text

    def _text(self, run: Run) -> None:
        if run.raw is not None:
            if run.raw == "title" and not self.title and not self.hidden:
                self.title, self.title_at = unescaped(self.source[run.start : run.stop]), run.start
            return
        if self.hidden:
            return
        if self.places.get("pre"):
            # Set as typed: an empty line parts paragraphs.
            start = run.start
            for gap in _EMPTY_LINE.finditer(self.source, run.start, run.stop):
                self._words(start, gap.start())
                self._break()
                start = gap.end()
            self._words(start, run.stop)
        else:
            self._words(run.start, run.stop)

    def _words(self, start: int, stop: int) -> None:
        for text, at, copied in pieces(self.source, start, stop):
            if not text.isspace():
                self.breaks = 0
                if self.number is not None:
                    self._write_number(text)
            if copied:
                self.draft.copy(text, at)
            else:
                self.draft.write(text, at)

    def _write_number(self, text: str) -> None:
        """The number goes in front of the first words of its item, unless these bring it along."""
        assert self.number is not None
        bare, printed, at = self.number
        self.number = None
        self.draft.item = bare
        front, length = text[:40].lstrip(" \t\r\n\u00a0(["), len(bare or printed)
        brought = front.startswith(bare or printed) and not front[length : length + 1].isalnum()
        if printed and not self.draft.length and not brought:
            self.draft.write(printed, at)
            self.draft.blank(" ", at)
            self.draft.prefix = len(printed) + 1
            if self.reference is not None:
                self.reference.start = self.draft.prefix

    def _break(self) -> None:
        """A paragraph ends."""
        if self.draft.length:
            # A number in a cell of its own belongs to the words in the next cell.
            if self.places.get("tr") and self._is_number() and not self.draft.references:
                self.draft.blank(" ", self.draft.original[-1])
                return
            self._finish()
        self.draft.gap = -1

    def _is_number(self) -> bool:
        return self.draft.length < 12 and _NUMBER_ALONE.fullmatch("".join(self.draft.parts)) is not None

    def _finish(self) -> None:
        if self.reference is not None:
            self.reference.stop = self.draft.length
            if self.reference.start >= self.draft.length:
                self.draft.references.pop()
            self.reference = None
        self.draft.close()
        self.draft.region = self.regions[-1] if self.regions else 0
        self.draft.heading = any(self.places.get(name) for name in _HEADINGS)
        self.drafts.append(self.draft)
        self.draft = Draft()

    # Tags

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name in RAW:
            return
        block = name in _BLOCKS
        if not block and not tag.source and name not in _TELLING:
            self._push(_PLAIN.get(name) or _Open(name), block=False)
            return
        if block:
            self._imply_ends(name)
            if name not in _CELLS:
                self._break()
            else:
                self.draft.blank(" ", tag.start)
        attributes = tag.attributes() if tag.source else {}
        for key in ("id", "name"):
            if key in attributes and attributes[key] not in self.targets:
                self.targets[attributes[key]] = (len(self.drafts), self.draft.length)
        if name == "br":
            self.breaks += 1
            if self.breaks > 1:
                self._break()
            else:
                self.draft.blank("\n", tag.start)
        if name in _VOID:
            return
        opened = _Open(name)
        style = attributes.get("style", "")
        if (
            name in _HIDDEN
            or "hidden" in attributes
            or attributes.get("role") == "navigation"
            or (style and _INVISIBLE.search(style))
        ):
            opened.hidden = True
            self.hidden += 1
        if name in ("ol", "ul", "menu", "dir"):
            opened.list = _List(tag)
            self.lists.append(opened.list)
        elif name == "li" and self.lists and not self.hidden:
            self.number = (*self.lists[-1].number(attributes.get("value", ""), style), tag.start)
        raised = name == "sup" or (style != "" and not block and _RAISED.search(style) is not None)
        if not self.hidden:
            if block:
                self._note(opened, attributes, style)
            elif raised or attributes:
                self._refer(opened, attributes, raised=raised)
        self._push(opened, block)

    def _note(self, opened: _Open, attributes: dict[str, str], style: str) -> None:
        """Is this the part of the page for footnotes, or one of them?"""
        if any(key in attributes and _NOTES.search(attributes[key]) for key in _NAMES) or (
            "mso-element" in style and _NOTES.search(style)
        ):
            opened.region = self.regions[0] if self.regions else len(self.drafts) + 1
            self.regions.append(opened.region)

    def _refer(self, opened: _Open, attributes: dict[str, str], *, raised: bool) -> None:
        """What is raised, linked or named so may be the mark of a footnote. Of one inside the other, the outer one counts."""
        target = attributes.get("href", "")
        link = target[1:] if target.startswith("#") else ""
        named = any(key in attributes and _REFERENCE.search(attributes[key]) for key in (*_NAMES, "name", "href"))
        if not (raised or link or named):
            return
        if self.reference is not None:
            self.reference.raised |= raised
            self.reference.named |= named
            self.reference.target = self.reference.target or link
        else:
            start = self.draft.length + (self.draft.gap >= 0 and self.draft.length > 0)
            opened.reference = self.reference = Reference(start, start, link, raised, named)
            self.draft.references.append(self.reference)

    def _imply_ends(self, name: str) -> None:
        """A paragraph ends where a block begins; an item, a cell, a row where the next one does."""
        last = self.walls[-1]
        if last >= 0 and self.stack[last].name == "p":
            self._pop_to(last)
        if name in _SIBLINGS:
            own, around = _SIBLINGS[name]
            start = max((self.places[one][-1] for one in own if self.places.get(one)), default=-1)
            if start > max((self.places[one][-1] for one in around if self.places.get(one)), default=-1):
                self._pop_to(start)

    def _end(self, name: str) -> None:
        places = self.places.get(name)
        if name == "p" and not places:
            self._break()
        if not places:
            return
        if name in _BLOCKS or name in _HIDDEN:
            # What stands in a cell cannot end what stands around the table.
            if places[-1] > self.cells[-1] or name in ("table", "tr", "tbody", "thead", "tfoot", *_CELLS):
                self._pop_to(places[-1])
        elif places[-1] > self.walls[-1]:
            if places[-1] == len(self.stack) - 1 and self.stack[-1] is _PLAIN.get(name):
                self.stack.pop()
                places.pop()
            else:
                self._pop_to(places[-1])

    def _push(self, opened: _Open, block: bool) -> None:
        at = len(self.stack)
        self.stack.append(opened)
        self.places.setdefault(opened.name, []).append(at)
        if block:
            self.walls.append(at)
            if opened.name in _CELLS:
                self.cells.append(at)

    def _pop_to(self, place: int) -> None:
        while len(self.stack) > place:
            closed = self.stack[-1]
            if closed.name in _BLOCKS:
                if closed.name not in _CELLS:
                    if closed.name == "tr" and self.draft.length:
                        self._finish()
                    self._break()
                elif self.draft.length:
                    self.draft.blank(" ", self.draft.original[-1])
                self.walls.pop()
                if closed.name in _CELLS:
                    self.cells.pop()
            self.stack.pop()
            self.places[closed.name].pop()
            if closed.hidden:
                self.hidden -= 1
            if closed.list is not None:
                self.lists.pop()
                self.number = None
            elif closed.name == "li":
                self.number = None
            if closed.region:
                self.regions.pop()
            if closed.reference is not None and closed.reference is self.reference:
                self.reference.stop = self.draft.length
                self.reference = None
                if closed.reference.start >= closed.reference.stop:
                    self.draft.references.pop()

    def _title(self) -> None:
        """The title of the page is read where it alone says which document this is."""
        found = _SYMBOL.search(self.title)
        if found and not any(found[0] in draft.text for draft in self.drafts[:40]):
            draft = Draft()
            draft.copy(found[0], self.source.find(found[0], self.title_at))
            draft.close()
            self.drafts.insert(0, draft)
            self.targets = {key: (paragraph + 1, at) for key, (paragraph, at) in self.targets.items()}
