"""Resolution → Akoma Ntoso 3.0: valid against the schema of OASIS, addresses as in the UN's own files.

Identifiers follow the printed numbers: ``para_3__point_a`` is paragraph 3 (a), ``part_B__para_2`` paragraph 2 of part B,
``pp_4`` the fourth preambular paragraph. Footnotes stand where they are referred to, citations are ``ref``, leading verbs
are ``span`` with the force they refer to. ``reading.akn`` reads all of it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from lxml import etree
from lxml.etree import _Element as Element

from ploughshare.model.mandate import Extraction
from ploughshare.model.resolution import Citation, Footnote, Heading, Paragraph, Resolution, Verb
from ploughshare.model.text import Anchor
from ploughshare.reading.akn_structure import own_number

from .akn_front import NAMESPACE, UN_NAMESPACE, cover, identification, meta, put, safe
from .inline import Marked, NoteRef, Notes, Words, flow, headings_by_paragraph, own_anchors
from .links import link
from .wording import Wording

_MAIN = re.compile(r"(pp|op|annex)(\d.*)")
_NAMES = {"pp": "pp", "op": "para", "annex": "annex"}
_NAMESPACES: dict[str | None, str] = {None: NAMESPACE, "akn4un": UN_NAMESPACE}
_SPACES = re.compile(r"\s+")


def to_akn(resolution: Resolution, extraction: Extraction | None = None) -> bytes:
    """The resolution as one Akoma Ntoso document, in UTF-8; with an extraction also what it asks, in ``analysis``.

    Every field is written but the source and the places in it. Characters that XML cannot hold become U+FFFD.
    """
    return _Writer(resolution, extraction).document()


def eid(paragraph: str) -> str:
    """The identifier of an element from that of a paragraph.

    >>> eid("sA.op3.b.ii"), eid("pp4"), eid("annex1.2")
    ('part_A__para_3__point_b__point_ii', 'pp_4', 'annex_1__point_2')
    """
    segments: list[str] = []
    opened = False
    for name in _SPACES.sub("-", safe(paragraph)).split("."):
        main = None if opened else _MAIN.fullmatch(name)
        if main:
            segments.append(f"{_NAMES[main[1]]}_{main[2]}")
            opened = True
        elif not opened and name.startswith("s") and len(name) > 1:
            segments.append(f"part_{name[1:]}")
        else:
            segments.append(f"point_{name}")
            opened = True
    return "__".join(segments)


class _Writer:
    """One document in the making."""

    def __init__(self, resolution: Resolution, extraction: Extraction | None) -> None:
        self.resolution, self.extraction = resolution, extraction
        self._eids: dict[str, int] = {}
        self._footnotes = Notes(resolution.footnotes)
        self._marks: dict[str, list[Marked[Citation | Verb]]] = {}
        for citation in resolution.citations:
            if citation.paragraph:
                self._marks.setdefault(citation.paragraph, []).append(Marked(citation.start, citation.stop, citation))
        self._headings = headings_by_paragraph(resolution)
        self._loose: dict[str, list[str]] = {}
        for place, mark in resolution.loose_anchors:
            self._loose.setdefault(place, []).append(mark)

    def document(self) -> bytes:
        resolution = self.resolution
        root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap=_NAMESPACES)  # type: ignore[arg-type]
        kind = "decision" if "/DEC/" in (resolution.symbol or "") else "resolution"
        statement = put(root, "statement", name=kind)
        front = meta(statement, resolution, self.extraction, eid)
        title = cover(statement, resolution)
        if title is not None:
            self._notes_of("title", title)
        annex = [paragraph for paragraph in resolution.paragraphs if paragraph.kind == "annex"]
        body = [paragraph for paragraph in resolution.paragraphs if paragraph.kind != "annex"]
        split = next((index for index, paragraph in enumerate(body) if not paragraph.id.startswith("pp")), len(body))
        self._preamble(statement, body[:split])
        main = put(statement, "mainBody")
        self._body(main, body[split:])
        if not annex and not resolution.annexes:
            self._put_headings(main, None)
        if not len(main):
            put(main, "p")
        self._conclusions(statement)
        if annex or resolution.annexes:
            self._attachments(statement, annex)
        self._unreferred(front)
        etree.cleanup_namespaces(root, keep_ns_prefixes=["akn4un"])
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    # -- sections ------------------------------------------------------------------------------------------------------

    def _preamble(self, statement: Element, paragraphs: Sequence[Paragraph]) -> None:
        enacting = self.resolution.enacting
        if not enacting and not paragraphs and "enacting" not in self._loose:
            return
        preamble = put(statement, "preamble")
        if enacting or "enacting" in self._loose:
            formula = put(preamble, "formula", name="enactingFormula", eId="formula_1")
            line = put(formula, "p")
            line.text = safe(enacting or "")
            self._notes_of("enacting", line)
        for top, below in _families(paragraphs):
            self._put_headings(preamble, top.id)
            verbs = top.verbs[0].text if top.verbs else "preambular"
            container = put(preamble, "container", name=safe(verbs), eId=self._unique(eid(top.id)))
            self._lines(container, top)
            self._block_list(container, below, top)

    def _body(self, main: Element, paragraphs: Sequence[Paragraph]) -> None:
        for part, group in groupby(paragraphs, key=lambda paragraph: _part_of(paragraph.id)):
            members = list(group)
            home = self._open_part(main, part, members[0].id) if part else main
            for top, below in _families(members):
                if home is main or top is not members[0]:
                    self._put_headings(home, top.id)
                self._paragraph(home, top, below)

    def _open_part(self, main: Element, part: tuple[str, ...], first: str) -> Element:
        """A lettered part, with its title if it has one; headings that stand before that come before it."""
        letter = part[-1]
        waiting = self._headings.pop(first, [])
        title = next((index for index, heading in enumerate(waiting) if heading.part == letter), None)
        before, inside = (waiting[:title], waiting[title + 1 :]) if title is not None else ([], waiting)
        for heading in before:
            self._heading(main, heading)
        element = put(main, "part", eId=self._unique("__".join(f"part_{name}" for name in part)))
        if title is not None:
            put(element, "num").text = safe(letter)
            named = put(element, "heading", {"class": f"level-{waiting[title].level}"})
            named.text = safe(waiting[title].text)
            self._notes_of("heading", named)
        for heading in inside:
            self._heading(element, heading)
        return element

    def _conclusions(self, statement: Element) -> None:
        resolution = self.resolution
        marks = self._loose.get("closing")
        if resolution.meeting is None and resolution.adopted is None and not marks:
            return
        line = put(put(statement, "conclusions", eId="conclusions"), "p")
        if resolution.meeting is not None:
            number = str(resolution.meeting.number)
            place = put(line, "location", refersTo="#adoptionMeeting", title=number)
            place.text = Wording(resolution.language).meeting(resolution.meeting.number, resumed=resolution.meeting.resumed)
            put(line, "eol")
        if resolution.adopted is not None:
            day = put(line, "docDate", date=resolution.adopted, refersTo="#adoptionDate")
            day.text = Wording(resolution.language).date(resolution.adopted)
        self._notes_of("closing", line)

    def _attachments(self, statement: Element, paragraphs: Sequence[Paragraph]) -> None:
        attachments = put(statement, "attachments")
        by_annex: dict[int, list[Paragraph]] = {index: [] for index in range(1, len(self.resolution.annexes) + 1)}
        for paragraph in paragraphs:
            found = re.match(r"annex(\d+)", paragraph.id)
            by_annex.setdefault(int(found[1]) if found else 1, []).append(paragraph)
        for place, (index, members) in enumerate(sorted(by_annex.items()), 1):
            attachment = put(attachments, "attachment", eId=self._unique(f"att_{index}"))
            if index <= len(self.resolution.annexes):
                title = put(attachment, "heading")
                title.text = safe(self.resolution.annexes[index - 1])
                self._notes_of("heading", title)
            document = put(attachment, "doc", name="annex")
            identification(put(document, "meta"), self.resolution, component=f"annex_{index}")
            main = put(document, "mainBody")
            for paragraph in members:
                self._put_headings(main, paragraph.id)
                self._paragraph(main, paragraph, ())
            if place == len(by_annex):
                self._put_headings(main, None)
            if not len(main):
                put(main, "p")

    def _unreferred(self, front: Element) -> None:
        """Footnotes that nothing refers to stand in the front matter."""
        left = self._footnotes.left()
        if not left:
            return
        notes = etree.Element(f"{{{NAMESPACE}}}notes", source="#ploughshare")
        for index, note in left:
            self._note_text(put(notes, "note", marker=safe(note.mark), eId=f"authorialNote_{index}"), note)
        last = front.find(f"{{{NAMESPACE}}}references")
        assert last is not None
        last.addnext(notes)

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _paragraph(self, home: Element, top: Paragraph, below: Sequence[Paragraph]) -> None:
        """A paragraph at the head of its points; a point without its paragraph may stand here too."""
        name = eid(top.id)
        if top.id.split(".")[-1].startswith("pp") and top.kind == "preambular":
            element = put(home, "hcontainer", name="preambular", eId=self._unique(name))
        else:
            alone = "point_" in name and top.kind != "annex"
            element = put(home, "point" if alone else "paragraph", eId=self._unique(name))
        self._fill(element, top, below)

    def _fill(self, element: Element, paragraph: Paragraph, below: Sequence[Paragraph]) -> None:
        if paragraph.number is not None:
            put(element, "num").text = self._number(paragraph)
        if not below and not paragraph.closing:
            self._lines(put(element, "content"), paragraph)
            return
        self._lines(put(element, "intro"), paragraph)
        for child, children in _families(below):
            self._put_headings(element, child.id, inside=True)
            self._fill(put(element, "point", eId=self._unique(eid(child.id))), child, children)
        if paragraph.closing:
            self._closing(put(element, "wrapUp"), paragraph)

    def _block_list(self, home: Element, below: Sequence[Paragraph], outer: Paragraph) -> None:
        """Points of a preambular paragraph, where only blocks may stand."""
        if not below:
            if outer.closing:
                self._closing(home, outer)
            return
        blocks = put(home, "blockList", eId=self._unique(f"{eid(outer.id)}__list"))
        for child, children in _families(below):
            point = put(blocks, "item", eId=self._unique(eid(child.id)))
            if child.number is not None:
                put(point, "num").text = self._number(child)
            self._lines(point, child)
            self._block_list(point, children, child)
        if outer.closing:
            self._closing(put(blocks, "listWrapUp"), outer, inline=True)

    def _number(self, paragraph: Paragraph) -> str:
        """The number with the signs of its language, where the reader can take them off again."""
        number = safe(paragraph.number or "")
        main = _MAIN.fullmatch(paragraph.id.split(".")[-1]) is not None
        printed = Wording(self.resolution.language).numbered(number, point=not main)
        return printed if own_number(printed) == number else number

    def _lines(self, home: Element, paragraph: Paragraph) -> None:
        own, _ = own_anchors(paragraph)
        marks = [Marked[Citation | Verb](verb.start, verb.stop, verb) for verb in paragraph.verbs]
        self._line(put(home, "p"), paragraph.text, own, [*marks, *self._marks.get(paragraph.id, ())])

    def _closing(self, home: Element, paragraph: Paragraph, *, inline: bool = False) -> None:
        _, later = own_anchors(paragraph)
        self._line(home if inline else put(home, "p"), paragraph.closing, later, ())

    def _put_headings(self, home: Element, before: str | None, *, inside: bool = False) -> None:
        for heading in self._headings.pop(before, ()):
            self._heading(home, heading, inside=inside)

    def _heading(self, home: Element, heading: Heading, *, inside: bool = False) -> None:
        attributes = {"class": f"level-{heading.level}", "eId": self._unique("heading_1")}
        if heading.part:
            attributes["title"] = safe(heading.part)
        if inside or local_name(home) == "part":
            element = put(home, "crossHeading", attributes)
        else:
            element = put(home, "block", {"name": "heading", **attributes})
        element.text = safe(heading.text)
        self._notes_of("heading", element)

    # -- words ---------------------------------------------------------------------------------------------------------

    def _line(self, element: Element, text: str, anchors: Iterable[Anchor], marks: Iterable[Marked[Citation | Verb]]) -> None:
        for part in flow(safe(text), tuple(anchors), marks):
            if isinstance(part, NoteRef):
                self._note(element, part.mark)
            elif part.meaning is None:
                _append(element, "".join(str(words) for words in part.parts))
            else:
                self._marked(element, part, part.meaning)

    def _marked(self, element: Element, words: Words[Citation | Verb], meaning: Citation | Verb) -> None:
        if isinstance(meaning, Verb):
            inner = put(element, "span", {"class": "verb", "refersTo": f"#force_{meaning.force}", "title": safe(meaning.lemma)})
        else:
            inner = put(element, "ref", href=link(meaning.target, self.resolution.language))
        for part in words.parts:
            if isinstance(part, NoteRef):
                self._note(inner, part.mark)
            else:
                _append(inner, part)

    def _note(self, element: Element, mark: str) -> None:
        """A footnote where it is first referred to; then a reference to it."""
        place, first = self._footnotes.refer(mark)
        if first:
            printed = put(element, "authorialNote", marker=safe(mark), placement="bottom", eId=f"authorialNote_{place}")
            self._note_text(printed, self.resolution.footnotes[place - 1])
        else:
            put(element, "noteRef", marker=safe(mark), href=f"#authorialNote_{place}")

    def _note_text(self, element: Element, note: Footnote) -> None:
        marks = [Marked[Citation | Verb](citation.start, citation.stop, citation) for citation in note.citations]
        self._line(put(element, "p"), note.text, (), marks)

    def _notes_of(self, place: str, element: Element) -> None:
        """Footnotes outside the paragraphs. Which heading one belongs to is not kept; the first heading takes it."""
        for mark in self._loose.pop(place, ()):
            self._note(element, mark)

    def _unique(self, name: str) -> str:
        """An identifier that stands twice gets a sign and a number; the reader leaves them off."""
        count = self._eids[name] = self._eids.get(name, 0) + 1
        return name if count == 1 else f"{name}~{count}"


def _append(element: Element, words: str) -> None:
    last = next(element.iterchildren(reversed=True), None)  # counting children would take a pass over them
    if last is not None:
        last.tail = (last.tail or "") + words
    else:
        element.text = (element.text or "") + words


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(etree.QName(element).localname)


def _part_of(paragraph: str) -> tuple[str, ...]:
    parts: list[str] = []
    for name in paragraph.split("."):
        if _MAIN.fullmatch(name) or not name.startswith("s") or len(name) < 2:
            break
        parts.append(name[1:])
    return tuple(parts)


def _families(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, list[Paragraph]]]:
    """Each paragraph with the sub-paragraphs that follow it."""
    families: list[tuple[Paragraph, list[Paragraph]]] = []
    for paragraph in paragraphs:
        if families and paragraph.id.startswith(families[-1][0].id + "."):
            families[-1][1].append(paragraph)
        else:
            families.append((paragraph, []))
    return families
