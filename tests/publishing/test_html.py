"""The page: complete, in its own language and direction, every paragraph with an address, nothing of a text taken for mark-up."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from ploughshare.model.mandate import Extraction, Unread
from ploughshare.model.resolution import Footnote, Heading, Paragraph, Resolution
from ploughshare.model.text import Anchor, Span
from ploughshare.parsing import parse
from ploughshare.publishing.html import to_html
from ploughshare.reading import akn, html
from tests.publishing.made_up import LANGUAGES, NOWHERE, asked, bare, made_up
from tests.shared import SHARED, needs_shared

VOID = {"meta", "br", "link", "img"}


class Page(HTMLParser):
    """The elements of a page; that every one opened is closed in its turn."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()
        self.words: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.feed(source)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.names.add(tag)
        self.attributes.setdefault(tag, given)
        self.ids += [given["id"]] if given.get("id") else []  # type: ignore[list-item]
        self.links += [given["href"]] if given.get("href") else []  # type: ignore[list-item]
        assert not any(name.startswith("on") for name in given)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole(language: str) -> None:
    resolution = made_up(language)
    page = Page(to_html(resolution, asked(resolution)))
    assert page.attributes["html"] == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
    assert {"meta", "title", "main", "h1", "table"} <= page.names
    assert not page.names & {"script", "iframe", "object", "form"}
    assert len(page.ids) == len(set(page.ids))
    assert {paragraph.id for paragraph in resolution.paragraphs} <= set(page.ids)


def test_every_link_inside_leads_somewhere() -> None:
    page = Page(to_html(made_up(), asked(made_up())))
    inside = [link[1:] for link in page.links if link.startswith("#")]
    assert set(inside) <= set(page.ids)
    assert {f"mandate-{place}" for place in range(1, 12)} <= set(inside)
    assert {f"fn-{place}" for place in (1, 2, 3, 4, 5, 6)} <= set(inside)
    assert all(link.startswith("https://docs.un.org/en/") for link in page.links if not link.startswith("#"))


def test_what_a_paragraph_asks_stands_beside_it() -> None:
    source = to_html(made_up(), asked(made_up()))
    beside = source[source.index('<p id="op1"') :]
    assert "Secretary-General, UNODA · submit a report · General Assembly · session 100" in beside[: beside.index('<p id="op2"')]


def test_verbs_bear_their_force() -> None:
    assert '<i class="request" title="requests">Requests</i>' in to_html(made_up())


HOSTILE = "\"><script>alert(1)</script><img src=x onerror=y>&amp;'</title></style>\x00\x0b\ud800"


def test_hostile_words_stay_words() -> None:
    anchors = (Anchor(4, HOSTILE),)
    paragraph = Paragraph(f"op{HOSTILE}", "operative", HOSTILE, HOSTILE, NOWHERE, (), anchors, HOSTILE)
    full = made_up()
    assert full.vote is not None
    resolution = replace(
        full,
        title=HOSTILE,
        symbol=HOSTILE,
        agenda_item=HOSTILE,
        enacting=HOSTILE,
        adopted=HOSTILE,
        sponsors=(HOSTILE,),
        annexes=(HOSTILE,),
        headings=(Heading(HOSTILE, None, Span(0, 0), 99, HOSTILE),),
        paragraphs=(paragraph,),
        footnotes=(Footnote(HOSTILE, HOSTILE, NOWHERE), Footnote("x", HOSTILE, NOWHERE)),
    )
    mandate = replace(
        asked(full).mandates[0], paragraph=paragraph.id, addressees=(HOSTILE,), action=HOSTILE, due={"event": HOSTILE}
    )
    page = Page(to_html(resolution, Extraction((mandate,), (HOSTILE,), (Unread(HOSTILE, HOSTILE),))))
    assert not page.names & {"script", "img"}
    assert "".join(page.words).count("<script>alert(1)</script>") > 10


def test_a_resolution_that_says_next_to_nothing_is_a_page() -> None:
    page = Page(to_html(bare()))
    assert "Resolution without a title" in page.words


def test_the_style_is_in_the_page_and_fetches_nothing() -> None:
    source = to_html(bare())
    style = source[source.index("<style>") : source.index("</style>")]
    assert "@media print" in style
    assert "max-width" in style
    assert not re.search(r"url\(|@import|<", style.removeprefix("<style>"))


def paragraphs(resolution: Resolution) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(paragraph.id, paragraph.text, paragraph.marks) for paragraph in resolution.paragraphs]


@needs_shared
def test_our_page_reads_back() -> None:
    for file in sorted((SHARED / "corpus" / "official" / "akn").glob("*/*.xml"))[::37]:
        resolution = akn.read(file.read_bytes(), file.name)
        back = parse(html.read(to_html(resolution, None).encode(), "back.html", resolution.language))
        assert paragraphs(back) == paragraphs(resolution), file.name
        assert [note.text for note in back.footnotes] == [note.text for note in resolution.footnotes], file.name
        assert (back.symbol, back.title, back.meeting, back.adopted) == (
            resolution.symbol,
            resolution.title,
            resolution.meeting,
            resolution.adopted,
        )
