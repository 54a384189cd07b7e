"""Akoma Ntoso → Resolution: the bytes of the UN's own XML (and of ours) come in, the structure goes out without guessing lines.

The files come in many shapes and with known defects: identifiers that do not follow the printed numbers or stand twice,
placeholder dates, stray slashes, paragraphs in containers, numbers in the words. So identifiers are derived from what is
printed. Spans count in the string-value of the document, ``string(/)`` of XPath: all text nodes, one after the other.
"""

from __future__ import annotations

import codecs
import re
from hashlib import sha256
from typing import TYPE_CHECKING

from lxml import etree

from ploughshare.errors import NotAResolutionError, UnreadableError
from ploughshare.model.resolution import Resolution
from ploughshare.model.text import Source
from ploughshare.parsing.complete import complete
from ploughshare.reading.detect import language_of
from ploughshare.reading.encoding import MARKS

from .akn_meta import facts, local
from .akn_structure import structured
from .akn_walk import Walk

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_ADVICE = "get the file again, or give the document as text, HTML, DOCX or PDF"
_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION_TEXT = re.compile(r"\s*<\?xml[^>]*\?>")
# Documents a resolution may come as, and what may be wrapped round it.
_DOCUMENTS = frozenset(("statement", "doc", "act", "bill", "debateReport", "documentCollection", "officialGazette"))
_PARAGRAPHS = frozenset(("preambular", "operative", "text"))
_WRAPPERS = frozenset(("collectionBody", "component", "components", "interstitial"))


def read(data: bytes, name: str, language: str | None = None) -> Resolution:
    """Which resolution does this Akoma Ntoso file hold?

    Sub-paragraphs, notes and dates are taken from the mark-up; numbers and identifiers from what is printed. ``language``
    goes before what the file says of itself.

    Raises UnreadableError for what is no sound XML or declares entities, NotAResolutionError for XML of another kind.
    """
    text, encoding = _utf8(data)
    root = parsed(text)
    source = Source(name, sha256(data).hexdigest(), "akn", encoding, len(data))
    try:
        document = _document(root)
        return complete(_resolution(document, root, source, language))
    except RecursionError as error:
        raise UnreadableError("the elements are nested too deep for a resolution", advice=_ADVICE) from error


def string_value(data: bytes) -> str:
    """What do the spans of a file count in? All of its text nodes, one after the other.

    >>> string_value(b"<a>one <b>two</b><!-- no --> three</a>")
    'one two three'
    """
    return "".join(map(str, parsed(_utf8(data)[0]).itertext()))


def parsed(data: bytes) -> Element:
    """The root element of UTF-8 XML, read without entities, without network, without comments."""
    if b"<!ENTITY" in data:
        raise UnreadableError("the XML declares entities, which may hide any size or file", advice="take the declarations out")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"the XML is not sound ({_reason(error)})", advice=_ADVICE) from error
    if root is None:
        raise UnreadableError("the XML holds no element", advice=_ADVICE)
    return root


def _reason(error: Exception) -> str:
    reason = str(error).partition(", use XML_PARSE_HUGE")[0]
    return re.sub(r" \(<string>, line \d+\)$", "", reason)


def _utf8(data: bytes) -> tuple[bytes, str]:
    """The file in UTF-8, so that the parser sees what was checked; and the encoding it came in."""
    name, start = "", 0
    for mark, encoding in MARKS:
        if data.startswith(mark):
            name, start = encoding, len(mark)
            break
    else:
        if data[:2] in (b"<\0", b"\0<"):
            name = "utf-16-le" if data[0] else "utf-16-be"
        elif declared := _DECLARATION.match(data[:200]):
            name = declared[1].decode("ascii").lower()
    if name in ("", "utf-8", "utf8", "us-ascii", "ascii"):
        return data[start:], "utf-8"
    try:
        text = data[start:].decode(codecs.lookup(name).name)
    except (LookupError, UnicodeError, ValueError) as error:
        raise UnreadableError(f"the XML says it is in {name}, and is not ({error})", advice="save it as UTF-8") from error
    return _DECLARATION_TEXT.sub("", text, count=1).encode("utf-8", "surrogatepass"), name


def _document(root: Element) -> Element:
    """The one document of a file, out of whatever is wrapped round it."""
    if local(root.tag) != "akomaNtoso":
        raise NotAResolutionError(f"the XML is not Akoma Ntoso: its root is <{local(root.tag)}>", advice=_ADVICE)
    found = next((child for child in root if local(child.tag) in _DOCUMENTS), None)
    depth = 0
    while found is not None and local(found.tag) == "documentCollection" and depth < 8:
        inner = [child for part in found.iter() if local(part.tag) in _WRAPPERS for child in part]
        found = next((child for child in inner if local(child.tag) in _DOCUMENTS), None)
        depth += 1
    if found is None:
        kinds = ", ".join(f"<{local(child.tag)}>" for child in list(root)[:3]) or "nothing"
        raise NotAResolutionError(f"the Akoma Ntoso holds {kinds}, not a resolution or decision", advice=_ADVICE)
    return found


def _resolution(document: Element, root: Element, source: Source, language: str | None) -> Resolution:
    sections = {local(child.tag): child for child in document}
    front = facts(sections, language)
    walk = Walk(ours=front.ours)
    walk.at = _before(document, root)
    walk.document(document)
    if not any(piece.kind in _PARAGRAPHS for piece in walk.pieces):
        raise NotAResolutionError("the Akoma Ntoso holds no paragraphs of a resolution", advice=_ADVICE)
    tongue = front.language or _language_of(walk)
    structure = structured(walk.pieces, source, tongue, ours=front.ours)
    notes = tuple(walk.notes)
    if front.ours:
        order = sorted(range(len(notes)), key=lambda index: _place(walk.note_ids[index], index))
        notes = tuple(notes[index] for index in order)
    return Resolution(
        source=source,
        language=tongue,
        symbol=front.symbol,
        body=front.body,
        session=front.session,
        title=front.title,
        agenda_item=front.agenda_item,
        agenda_title=front.agenda_title,
        adopted=front.adopted,
        distributed=front.distributed,
        report=front.report,
        meeting=front.meeting,
        enacting=structure.enacting,
        paragraphs=structure.paragraphs,
        footnotes=notes,
        citations=(),
        headings=structure.headings,
        annexes=structure.annexes,
        loose_anchors=(*walk.loose, *(loose for loose in structure.loose if loose not in walk.loose)),
        vote=front.vote,
        sponsors=front.sponsors,
        workflow=front.workflow,
        subjects=front.subjects,
    )


def _before(document: Element, root: Element) -> int:
    """How much text stands before a document: white space, as a rule."""
    before = 0
    inside = document
    while inside is not root:
        for sibling in inside.itersiblings(preceding=True):
            before += sum(map(len, sibling.itertext())) + len(sibling.tail or "")
        outer = inside.getparent()
        if outer is None:
            break
        before += len(outer.text or "")
        inside = outer
    return before


def _language_of(walk: Walk) -> str:
    return language_of(" ".join(piece.run.text for piece in walk.pieces[:40]))


def _place(eid: str, index: int) -> int:
    """Our own footnotes bear their place in the list: it may differ from the order in which they are referred to."""
    digits = eid.rpartition("_")[2]
    return int(digits) if digits.isdigit() else index
