"""Akoma Ntoso elements → pieces in reading order: what each is, its printed number, its words, where they stand.

In comes an element tree, out go ``Piece``s (paragraphs, headings, parts, annexes) and footnotes. Positions count in the
string-value of the document, as XPath has it: all text nodes one after the other, ``string(/)``. One pass, no search.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from ploughshare.model.resolution import Footnote
from ploughshare.model.text import Anchor, Offsets

from .akn_meta import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: "more" are further words of the unit before, "closing" those after its points, "text" is a line that stands in no unit.
Kind = Literal["enacting", "preambular", "operative", "more", "text", "closing", "row", "heading", "part", "end", "annex"]


class Run(NamedTuple):
    """Words on one line, and what leads back to where they stand."""

    text: str
    offsets: Offsets
    anchors: tuple[Anchor, ...] = ()


class Piece(NamedTuple):
    """A paragraph, heading or the like, as the file has it.

    ``depth`` is how deep in lists it stands (0 for a paragraph, 1 for its points), of a heading its level, of an annex
    whether it has a title.
    """

    kind: Kind
    run: Run
    depth: int = 0
    number: str | None = None
    eid: str = ""


# What holds a number and words of its own; units may stand in units.
_UNITS = frozenset((
    "paragraph", "subparagraph", "point", "indent", "alinea", "clause", "subclause", "item", "li", "article", "rule",
    "subrule", "proviso", "transitional",
))  # fmt: skip
_GROUPS = frozenset((
    "part", "subpart", "title", "subtitle", "book", "tome", "chapter", "subchapter", "section", "subsection", "division",
    "subdivision", "level", "hcontainer",
))  # fmt: skip
_LEAVES = frozenset(("p", "block", "longTitle", "listIntroduction", "remark"))
_HEADINGS = frozenset(("heading", "subheading", "caption"))
# What stands in a line of words; where such comes first, the holder is a line itself.
_INLINE = frozenset(("a", "abbr", "authorialNote", "b", "def", "i", "noteRef", "ref", "rref", "span", "sub", "sup", "term", "u"))
# Elements inside a line that part words.
_BREAKS = frozenset(("eol", "br", "p", "li", "tr", "td", "th", "block", "div"))

_WORDS = re.compile(r"\S+(?: \S+)*")
_IRREGULAR = re.compile(r"[^\S ]|  ")
_CHINESE = re.compile("[\u3001-\u9fff\uff00-\uffef\u201c\u201d]")
_WORD_ENDS = re.compile("[^\\W\\d_\u3001-\u9fff]|\\)")
_MARK_AT_HEAD = re.compile(r"(?=[(*\u2020\u2021])\(?([\d*\u2020\u2021]*)(?:\)\s*|\s)")
# A raised figure refers to a footnote where a whole word or a sign is before it; "m" raised to 2 is a measure.
_BEFORE_MARK = re.compile("(?:[^\\W\\d_]{4}|[\u3001-\u9fff]|[^\\w\\s])$")


@dataclass(slots=True)
class _Frame:
    """The unit whose elements are being read, until its words have come."""

    kind: Kind
    depth: int = 0
    number: str | None = None
    opened: bool = False
    eid: str = ""


class Walk:
    """One pass over a document, in order. Of a file of ours the words are taken as they are."""

    def __init__(self, *, ours: bool = False) -> None:
        self.at = 0
        self._ours = ours
        self.pieces: list[Piece] = []
        self.notes: list[Footnote] = []
        #: The identifiers that the file gives the notes, in the same order.
        self.note_ids: list[str] = []
        #: Marks outside the paragraphs, and where: "title", "heading", "enacting", "closing".
        self.loose: list[tuple[str, str]] = []
        self._marks: set[str] = set()

    def document(self, document: Element) -> None:
        """Everything of a document, in order: preamble, body, conclusions, annexes."""
        for child, name in self._each(document):
            if name in ("preamble", "mainBody", "body"):
                self._group(child, None, "text")
            elif name in ("attachments", "components"):
                for attachment, _ in self._each(child):
                    self._annex(attachment)
            elif name == "meta":
                self._meta(child)
            else:
                self._loose(self._run(child), "closing" if name == "conclusions" else "title")

    def skip(self, element: Element) -> None:
        """Pass over an element."""
        self.at += sum(map(len, element.itertext()))

    def _each(self, element: Element) -> Iterator[tuple[Element, str]]:
        """The children, while the position moves over the white space between them."""
        self.at += len(element.text or "")
        for child in element:
            yield child, local(child.tag)
            self.at += len(child.tail or "")

    def _meta(self, meta: Element) -> None:
        """Footnotes that nothing in the text refers to are kept in the front matter."""
        for child, name in self._each(meta):
            if name == "notes":
                for note, _ in self._each(child):
                    self._note(note)
            else:
                self.skip(child)

    def _annex(self, attachment: Element) -> None:
        """An annex; its title is that of the attachment, else of the document in it."""
        where = len(self.pieces)
        self.pieces.append(Piece("annex", Run("", Offsets((0,), (self.at,)))))
        title = self._attached(attachment, Run("", Offsets((0,), (self.at,))))
        titled = any(local(child.tag) == "heading" for child in attachment)
        self.pieces[where] = Piece("annex", title, int(titled or bool(title.text)), eid=attachment.get("eId", ""))

    def _attached(self, element: Element, title: Run) -> Run:
        for child, name in self._each(element):
            if name in ("num", "heading", "subheading", "coverPage", "preface"):
                run = self._run(child)
                self._loose(run, "heading")
                if title.text and run.text and name != "heading":
                    # The annex is called "Annex", what is annexed has a title of its own.
                    self.pieces.append(Piece("heading", run, 2))
                title = Run(f"{title.text} {run.text}".strip(), title.offsets if title.text else run.offsets)
            elif name in ("doc", "statement", "documentCollection", "component", "act", "interstitial"):
                title = self._attached(child, title)
            elif name in ("attachments", "components"):
                for attachment, _ in self._each(child):
                    self._annex(attachment)
            else:
                self._element(child, name, None, "text")
        return title

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _group(self, element: Element, frame: _Frame | None, loose: Kind, shift: int = 0) -> None:
        """Whatever an element holds. ``loose`` is what words outside any unit are, ``shift`` counts lists in lists."""
        first = next(iter(element), None)
        if (element.text and not element.text.isspace()) or (first is not None and local(first.tag) in _INLINE):
            self._words(element, frame, loose)
            return
        for child, name in self._each(element):
            self._element(child, name, frame, loose, shift)

    def _element(self, child: Element, name: str, frame: _Frame | None, loose: Kind, shift: int = 0) -> None:
        if name in _LEAVES and child.get("name") != "heading":
            self._words(child, frame, loose)
        elif name in _UNITS:
            self._unit(child, frame, shift)
        elif name == "num" and frame is not None:
            frame.number = f"{frame.number or ''} {self._run(child).text}".strip()
        elif name in ("container", "recital", "citation") or (name == "hcontainer" and child.get("name") == "preambular"):
            self._framed(child, _Frame("preambular", eid=child.get("eId", "")))
        elif name in _GROUPS:
            self._part(child, frame, loose)
        elif name == "formula":
            run = self._run(child)
            self._loose(run, "enacting")
            self.pieces.append(Piece("enacting", run))
        elif name == "crossHeading" and "preamble" in child.get("refersTo", ""):
            self._words(child, None, "text")
        elif name in _HEADINGS or name in ("crossHeading", "block", "num"):
            self._heading(child)
        elif name == "wrapUp" and frame is not None:
            self._group(child, _Frame("closing", frame.depth, opened=True), "closing")
        elif name == "listWrapUp" and frame is not None:
            self._words(child, _Frame("closing", frame.depth, opened=True), "closing")
        elif name == "table":
            self._table(child)
        elif name == "meta":
            self._meta(child)
        else:  # list, content, intro and other mere holders
            self._group(child, frame, loose, shift + (name == "sublist"))

    def _words(self, element: Element, frame: _Frame | None, loose: Kind) -> None:
        """A line of words: those of the unit it stands in, or more of them."""
        run = self._run(element)
        if not run.text and not run.anchors:
            return
        eid = element.get("eId", "")
        if frame is None:
            self.pieces.append(Piece(loose, run, eid=eid))
        elif frame.opened:
            self.pieces.append(Piece("closing" if frame.kind == "closing" else "more", run, frame.depth, eid=eid))
        else:
            frame.opened = True
            self.pieces.append(Piece(frame.kind, run, frame.depth, frame.number, frame.eid))

    def _unit(self, element: Element, outer: _Frame | None, shift: int) -> None:
        """A paragraph or a point. A container without words of its own only wraps the paragraphs in it."""
        eid = element.get("eId", "")
        if outer is not None:
            self._open(outer)
        if outer is None or not outer.opened:
            frame = _Frame("operative", eid=eid)
        else:
            kind: Kind = "preambular" if outer.kind == "preambular" else "operative"
            frame = _Frame(kind, outer.depth + 1 + shift, eid=eid)
        self._framed(element, frame)

    def _framed(self, element: Element, frame: _Frame) -> None:
        self._group(element, frame, frame.kind)
        self._open(frame)

    def _open(self, frame: _Frame) -> None:
        """A number that came without words is a paragraph all the same."""
        if not frame.opened and frame.number:
            frame.opened = True
            self.pieces.append(Piece(frame.kind, Run("", Offsets((0,), (self.at,))), frame.depth, frame.number, frame.eid))

    def _part(self, element: Element, frame: _Frame | None, loose: Kind) -> None:
        """A part with paragraphs in it; or a paragraph that goes by the name of a part; or a mere wrapper."""
        names = {local(child.tag) for child in element}
        if names & {"content", "intro"}:
            self._unit(element, frame, 0)
            return
        if not names & {"num", "heading"}:
            self._group(element, None, loose)
            return
        where = len(self.pieces)
        number, title, level = None, Run("", Offsets((0,), (self.at,))), 1
        self.pieces.append(Piece("part", title))
        for child, name in self._each(element):
            if name == "num":
                number = self._run(child).text
            elif name == "heading":
                title, level = self._run(child), _level(child)
                self._loose(title, "heading")
            else:
                self._element(child, name, None, loose)
        self.pieces[where] = Piece("part", title, level, number, element.get("eId", ""))
        self.pieces.append(Piece("end", title))

    def _heading(self, element: Element) -> None:
        run = self._run(element)
        self._loose(run, "heading")
        if run.text or self._ours:
            self.pieces.append(Piece("heading", run, _level(element), element.get("title"), element.get("eId", "")))

    def _table(self, table: Element) -> None:
        """Each row on a line, its cells parted by blanks."""
        for child, name in self._each(table):
            if name == "tr":
                self.pieces.append(Piece("row", self._run(child)))
            elif name == "caption":
                self._heading(child)
            else:
                self._table(child)

    def _loose(self, run: Run, place: str) -> None:
        self.loose += [(place, anchor.mark) for anchor in run.anchors]

    # -- words ---------------------------------------------------------------------------------------------------------

    def _run(self, element: Element) -> Run:
        texts: list[tuple[str, int]] = []
        anchors: list[tuple[int, str]] = []
        self._inline(element, texts, anchors)
        if anchors and not self._ours:
            _mend(texts, anchors)
        return cleaned(texts, anchors, self.at)

    def _inline(self, element: Element, texts: list[tuple[str, int]], anchors: list[tuple[int, str]]) -> None:
        """Texts with their places; an anchor stands before the text of its index."""
        if text := element.text:
            texts.append((text, self.at))
            self.at += len(text)
        for child in element:
            name = local(child.tag)
            if name in ("authorialNote", "note"):
                anchors.append((len(texts), self._note(child)))
            elif name == "noteRef":
                mark = child.get("marker") or "".join(map(str, child.itertext())).strip()
                self.skip(child)
                anchors.append((len(texts), mark))
            elif name == "sup" and not len(child):
                self._raised(child, texts, anchors)
            elif name in _BREAKS:
                texts.append((" ", self.at))
                self._inline(child, texts, anchors)
                texts.append((" ", self.at))
            else:
                self._inline(child, texts, anchors)
            if text := child.tail:
                texts.append((text, self.at))
                self.at += len(text)

    def _raised(self, element: Element, texts: list[tuple[str, int]], anchors: list[tuple[int, str]]) -> None:
        """Raised characters: letters of a word ("1er"), the brackets round a footnote's mark, or the mark alone."""
        text = element.text or ""
        mark = text.strip()
        if mark in self._marks and texts and _BEFORE_MARK.search(texts[-1][0][-16:].rstrip()):
            anchors.append((len(texts), mark))
        elif any(map(str.isalnum, mark)):
            texts.append((text, self.at))
        self.at += len(text)

    def _note(self, element: Element) -> str:
        """The mark of a footnote; one without words that bears a known mark only refers to it."""
        texts: list[tuple[str, int]] = []
        self._inline(element, texts, [])
        eid = element.get("eId", "")
        mark = element.get("marker", "")
        if not self._ours:
            mark = mark.strip(" ()[].") or eid.rpartition("_")[2] or str(len(self.notes) + 1)
        run = cleaned(texts, [], self.at)
        if run.text or mark not in self._marks or self._ours:
            skip = 0 if self._ours else _mark_again(element, run.text, mark)
            self._marks.add(mark)
            self.notes.append(Footnote(mark, run.text[skip:], run.offsets.cut(skip, len(run.text)) if skip else run.offsets))
            self.note_ids.append(eid)
        return mark


def _level(heading: Element) -> int:
    level = heading.get("class", "").rpartition("level-")[2]
    return int(level) if level.isdigit() else 1


def _mark_again(note: Element, text: str, mark: str) -> int:
    """How much of a note's text is its mark printed again, raised or in brackets, or the empty brackets round it?"""
    raised = next(note.iter("{*}sup"), None)
    if raised is not None and (raised.text or "").strip() == mark and text.startswith(mark):
        return len(mark) + text[len(mark) :].startswith(" ")
    found = _MARK_AT_HEAD.match(text)
    return found.end() if found and found[1] in ("", mark) and found.end() < len(text) else 0


def cleaned(texts: list[tuple[str, int]], anchors: list[tuple[int, str]], end: int) -> Run:
    r"""Texts with their places, as one line with single blanks; an anchor stands before the text of its index.

    >>> cleaned([("two\n ", 10), ("words", 20)], [(1, "5")], 30)
    Run(text='two words', offsets=Offsets((0, 4), (10, 20)), anchors=(Anchor(position=4, mark='5'),))
    """
    if len(texts) == 1 and not _IRREGULAR.search(texts[0][0]):
        text, at = texts[0]
        line = text.strip(" ")
        placed = tuple(Anchor(len(line) if index else 0, mark) for index, mark in anchors)
        return Run(line, Offsets((0,), (at + (text[0] == " " and bool(line)),)), placed)
    # Where each text begins in the whole, and where that stands; texts that follow one another are one.
    starts: list[int] = []
    places: list[int] = []
    begins: list[int] = []
    length, expected = 0, -1
    for text, at in texts:
        begins.append(length)
        if text and at != expected:
            starts.append(length)
            places.append(at)
        length += len(text)
        expected = at + len(text) if text else expected
    begins.append(length)
    whole = "".join([text for text, _ in texts])
    words = [(found.start(), found[0]) for found in _WORDS.finditer(whole)]
    if not words:
        return Run("", Offsets((0,), (texts[0][1] if texts else end,)), tuple(Anchor(0, mark) for _, mark in anchors))
    runs: list[tuple[int, int]] = []
    marks = [(begins[index], mark) for index, mark in anchors]
    placed_anchors: list[Anchor] = []
    position = source = waiting = 0
    expected = -1
    starts.append(length + 1)  # a stop for the search
    for at, word in words:
        stop = at + len(word)
        while waiting < len(marks) and marks[waiting][0] < at:
            placed_anchors.append(Anchor(max(0, position - 1), marks[waiting][1]))
            waiting += 1
        while waiting < len(marks) and marks[waiting][0] <= stop:
            placed_anchors.append(Anchor(position + marks[waiting][0] - at, marks[waiting][1]))
            waiting += 1
        while starts[source + 1] <= at:
            source += 1
        place = places[source] + at - starts[source]
        if place != expected:
            runs.append((position, place))
        while starts[source + 1] < stop:
            source += 1
            runs.append((position + starts[source] - at, places[source]))
        # The next word stands behind one blank; a place that goes on so needs no run of its own.
        expected = places[source] + stop - starts[source] + 1
        position += len(word) + 1
    placed_anchors += [Anchor(position - 1, mark) for _, mark in marks[waiting:]]
    line = " ".join([word for _, word in words])
    return Run(line, Offsets(tuple(at for at, _ in runs), tuple(place for _, place in runs)), tuple(placed_anchors))


def _mend(texts: list[tuple[str, int]], anchors: list[tuple[int, str]]) -> None:
    """Blanks at footnote marks as they are printed: none before a Chinese character, one between two words of other scripts."""
    for index, _ in anchors:
        if 0 < index < len(texts):
            text, at = texts[index]
            bare = text.lstrip()
            if _CHINESE.match(bare):
                texts[index] = (bare, at + len(text) - len(bare))
            elif text[:1].isalpha() and _WORD_ENDS.match(texts[index - 1][0][-1:]):
                texts[index] = (f" {text}", at - 1)
