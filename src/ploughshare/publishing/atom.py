"""What a search finds, as an Atom feed (RFC 4287): the newest paragraphs first, each with an address that never changes."""

from __future__ import annotations

import re
import uuid

from lxml import etree

from ploughshare.searching.search import Found, Hit

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
#: The address of an entry is made from that of its paragraph alone, so that a later feed names it the same.
_SPACE = uuid.UUID("5d7c8f0e-3a55-5d0b-9a56-2d7a44a1c0de")
#: For a text whose day is not known.
_BEGINNING = "1945-10-24"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(name: str, found: Found, *, address: str | None = None) -> bytes:
    """A search as a feed: its name, and an entry for each paragraph of the page found.

    An entry is dated to the day its text was adopted. ``address``: where the feed itself is to be had.
    """
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    days = [hit.place.adopted or _BEGINNING for hit in found.hits]
    _add(root, "id", _identifier(address or f"search {name}"))
    _add(root, "title", name)
    _add(root, "updated", _moment(max(days, default=_BEGINNING)))
    _add(_add(root, "author"), "name", "Ploughshare")
    if address:
        _add(root, "link", rel="self", href=address, type=MEDIA_TYPE)
    for hit, day in zip(found.hits, days, strict=True):
        _entry(root, hit, day)
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return written


def _entry(root: etree._Element, hit: Hit, day: str) -> None:
    place = hit.place
    entry = _add(root, "entry")
    _add(entry, "id", _identifier(f"{place.address} {place.language}"))
    _add(entry, "title", f"{place.address} {place.title or ''}".strip())
    _add(entry, "updated", _moment(day))
    before, after = ("\u2026 " if hit.snippet.before else ""), (" \u2026" if hit.snippet.after else "")
    summary = _add(entry, "summary", f"{before}{hit.snippet.words}{after}", type="text")
    summary.set("{http://www.w3.org/XML/1998/namespace}lang", place.language)


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    for key, value in attributes.items():
        element.set(key, _FORBIDDEN.sub("\ufffd", value))
    if text is not None:
        element.text = _FORBIDDEN.sub("\ufffd", text)
    return element


def _identifier(of: str) -> str:
    return uuid.uuid5(_SPACE, of.encode("utf-8", "replace").decode()).urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
