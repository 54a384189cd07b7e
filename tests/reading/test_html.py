"""A page is read as a browser shows it, whichever program wrote it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Text
from ploughshare.reading.html import read
from tests.reading.test_encoding import SENTENCES
from tests.shared import SHARED, needs_shared


def page(source: str) -> Text:
    return read(source.encode(), "page.html", "en")


def shown(source: str) -> list[str]:
    return [block.text for block in page(source).blocks if block.kind == "text"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One</p><p>Two", ["One", "Two"]),
        ("<div>One<div>Two</div>Three</div>", ["One", "Two", "Three"]),
        ("One\n  two&nbsp;&nbsp;three<b> four</b>", ["One two three four"]),
        ("A<br>b<br><br>c", ["A b", "c"]),
        ("<h1>Title</h1>text<hr>more", ["Title", "text", "more"]),
        ("&lt;b&gt; &amp;amp; &#1044;&#x430; &eacute; &hellip; &unknown; AT&T", ["<b> &amp; Да é … &unknown; AT&T"]),
        ("soft&shy;ly joi\u200bned", ["softly joined"]),
        ("one\ntwo\tthree  four\nfive", ["one two three four five"]),
        ("a <!-- <p>no</p> --> b", ["a b"]),
        ("<script>if (a < b) document.write('<p>no')</script><style>p{}</style>yes", ["yes"]),
        ("<p style='display: none'>no<p>yes<span hidden>no <i>no</i></span>", ["yes"]),
        ("<nav><p>no</nav>yes<template>no</template><noscript>no</noscript>", ["yes"]),
        ("It is <del>was</del><ins>shall be</ins>.", ["It is shall be."]),
        ("<p dir=rtl>نص <bdo dir=ltr>A/1</bdo>", ["نص A/1"]),
        ("<td>loose</td></table></b></p>text", ["loose", "text"]),
        ("5 < 6 <> <3 </> <", ["5 < 6 <> <3 </> <"]),
        ('<p title="a > b">One</p>', ["One"]),
        ("<p class=it's>One</p> don't", ["One", "don't"]),
        ("<![CDATA[a < b]]>", ["a < b"]),
        ("<b><p>One</b>Two</p>Three", ["OneTwo", "Three"]),
        ("<pre>One\ntwo\n \n  1.   Asks\n       all\n\n\n</pre>", ["One two", "1. Asks all"]),
    ],
)
def test_what_a_browser_shows_is_read(source: str, expected: list[str]) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ol><li>A<li>B</ol>", ["1. A", "2. B"]),
        ("<ol start=7><li>A</li><li value=3>B</li><li>C</li></ol>", ["7. A", "3. B", "4. C"]),
        ("<ol type=a><li>A<li>B</ol><ol type=A><li>C</ol>", ["(a) A", "(b) B", "A. C"]),
        ("<ol type=i><li>A<li>B</ol><ol type=I start=4><li>C</ol>", ["(i) A", "(ii) B", "IV. C"]),
        ("<ol reversed start=2><li>A<li>B</ol>", ["2. A", "1. B"]),
        ("<ol><li>A<ol type=a><li>B<li>C</ol><li>D</ol>", ["1. A", "(a) B", "(b) C", "2. D"]),
        ("<ol><li><p>A</p><p>more</p><li><p>B</ol>", ["1. A", "more", "2. B"]),
        ("<ol><li><ol type=a><li>A</ol></ol>", ["(a) A"]),
        ("<ol style='list-style: none'><li>1. A<li>2. B</ol>", ["1. A", "2. B"]),
        ("<ol><li>1. A<li>2. B</ol>", ["1. A", "2. B"]),
        ("<ol style='list-style-type: cjk-ideographic'><li>甲事<li>乙事</ol>", ["一. 甲事", "二. 乙事"]),
        ("<ul><li>A<li>B</ul>", ["\u2022 A", "\u2022 B"]),
        ("<table><tr><td>1.<td>Asks <i>all</i></tr><tr><td><p>(a)</p></td><td><p>Then</p><p>more</p></table>",
         ["1. Asks all", "(a) Then", "more"]),
        ("<table><tr><td>A<td>B<tr><td>C</table>", ["A B", "C"]),
        ("<table><tr><td>1.</td></tr><tr><td>A</table>", ["1.", "A"]),
    ],
)  # fmt: skip
def test_the_number_a_browser_prints_stands_in_front(source: str, expected: list[str]) -> None:
    assert shown(source) == expected


NOTES = {
    "Pandoc": '<p>The hall<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a>, and more.</p>'
    '<section class="footnotes" role="doc-endnotes"><h2>Notes</h2><hr/><ol><li id="fn1"><p>First.</p><p>Second.'
    '<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "Word": '<p class=MsoNormal>The hall<a href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><![if !supportFootnotes]>'
    "<span>[1]</span><![endif]></span></a>, and more.</p><div style='mso-element:footnote-list'><hr>"
    "<div style='mso-element:footnote' id=ftn1>"
    '<p class=MsoFootnoteText><a href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> First.</p>'
    "<p class=MsoFootnoteText>Second.</p></div></div>",
    "LibreOffice": '<p>The hall<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>, '
    "and more.</p>"
    '<div id="sdfootnote1"><p><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>\n\tFirst.</p>'
    "<p>Second.</p></div>",
    "a wiki": '<p>The hall<sup id="ref-1" class="reference"><a href="#note-1">[1]</a></sup>, and more.</p><ol class="references">'
    '<li id="note-1"><b><a href="#ref-1">^</a></b> First. Second.</li></ol>',
    "bare marks": "<p>The hall<sup>1</sup>, and more.<hr><p><sup>1</sup> First. Second.",
    "superscripts": "<p>The hall¹, and more.<p>¹ First. Second.",
    "a styled span": '<p>The hall<span style="vertical-align: super">1</span>, and more.<p><sup>1</sup>First. Second.',
}


@pytest.mark.parametrize("program", NOTES)
def test_footnotes_are_found_as_each_program_writes_them(program: str) -> None:
    body, note = page(NOTES[program]).blocks
    assert (body.kind, body.text) == ("text", "The hall, and more.")
    assert [(anchor.position, anchor.mark) for anchor in body.anchors] == [(8, "1")]
    assert (note.kind, note.mark, note.text) == ("note", "1", "First. Second.")


def test_several_marks_at_one_place_are_several_anchors() -> None:
    (body, *_) = page("<p>Hall <sup>1, 2</sup> and yard<sup>3</sup> <sup>4</sup>.<p><sup>1</sup>A<p><sup>2</sup>B").blocks
    assert body.text == "Hall and yard."
    assert [(anchor.position, anchor.mark) for anchor in body.anchors] == [(4, "1"), (4, "2"), (13, "3"), (13, "4")]


def test_powers_and_ordinals_are_no_marks() -> None:
    assert shown("<p>5 km<sup>2</sup>, CO<sub>2</sub>, 3 m², le 1<sup>er</sup> mai, n<sup>o</sup> 7") == [
        "5 km2, CO2, 3 m², le 1er mai, no 7"
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>请园丁<sup>1</sup> 修理， <sup>2</sup> 并<sup>3</sup>种树", "请园丁修理，并种树"),
        ("<p>镇议会\n请园丁<br>修理", "镇议会请园丁修理"),
        ("<p>يطلب المجلس(<sup>1</sup>) من البستاني (¹)، وهو", "يطلب المجلس من البستاني، وهو"),
        ("<p>La salle <sup>1</sup> ; le toit<sup>2</sup> ; fin <sup>3</sup>", "La salle ; le toit ; fin"),
        ("<p>The hall<sup>1</sup>and the yard", "The hall and the yard"),
    ],
)
def test_a_mark_leaves_no_trace_in_any_script(source: str, expected: str) -> None:
    assert shown(source) == [expected]


def test_a_table_of_contents_is_no_list_of_footnotes() -> None:
    text = page('<ul><li><a href="#s1">1</a> Start</ul><h2 id=s1>Start</h2><p>One<p>Two')
    assert [block.kind for block in text.blocks] == ["text"] * 4


def test_the_symbol_in_the_title_is_read_where_the_page_has_none() -> None:
    assert shown("<title>Towns: G/RES/99/9 - library</title><p>Asks") == ["G/RES/99/9", "Asks"]
    assert shown("<title>G/RES/99/9</title><p>G/RES/99/9<p>Asks") == ["G/RES/99/9", "Asks"]


@pytest.mark.parametrize(
    ("language", "codec", "declared"),
    [
        ("ru", "cp1251", "windows-1251"),
        ("ru", "koi8-r", "KOI8-R"),
        ("ar", "cp1256", "windows-1256"),
        ("zh", "gb18030", "gb2312"),
        ("fr", "cp1252", "iso-8859-1"),
        ("ru", "utf-8", "windows-1251"),  # what the page says is wrong
        ("fr", "utf-16", "utf-8"),
        ("ru", "cp1251", "utf-8"),
        ("ar", "cp1256", "x-unknown"),
    ],
)
def test_the_encoding_is_that_of_the_bytes(language: str, codec: str, declared: str) -> None:
    source = f'<html><head><meta http-equiv=Content-Type content="text/html; charset={declared}"></head><p>{SENTENCES[language]}'
    text = read(source.encode(codec), "page.html")
    assert text.blocks[0].text == SENTENCES[language].strip()
    assert text.language == language


def test_every_character_stands_where_the_offsets_say() -> None:
    source = "<p>One &amp; <b>two</b>\r\n   three<sup>1</sup>, four </p><ol><li>five</ol><p><sup>1</sup> six\n seven"
    text = page(source)
    assert text.decoded == source
    for block in text.blocks:
        for position, letter in enumerate(block.text):
            if letter.isalpha():
                assert source[block.offsets.at(position)] == letter
    body = text.blocks[0]
    assert source[slice(*body.offsets.span(0, 5))] == "One &"  # an entity is found where it begins
    assert body.offsets.span(body.text.index("four"), len(body.text)) == (source.index("four"), source.index("four") + 4)


def test_a_page_without_text_says_what_to_do() -> None:
    with pytest.raises(UnreadableError, match="save the page from the browser"):
        page("<html><body><div id=app></div><script src=app.js></script></body></html>")


MANY = 10_000
HOSTILE = {
    "nested lists": "<ol><li>x " * MANY,
    "open tags": "<b>" * MANY * 5 + "x" + "</i>" * MANY * 5,
    "stray ends": "x<u><div>" + "<b>" * MANY * 5 + "</u>" * MANY * 5,
    "angles": "x" + "<" * MANY * 50,
    "open quotes": 'x<a x="' * MANY * 10,
    "brackets in quotes": 'x<a =">" ' * MANY * 10,
    "comments": "x<!--" * MANY * 10,
    "one line": "word " * MANY * 40,
    "blanks": "x" + " \n" * MANY * 100 + "y",
    "entities": "x" + "&" * MANY * 10 + "&#" + "9" * MANY * 10 + ";",
    "paragraphs": "<p>word" * MANY * 2,
    "items": "<ol>" + "<li>word" * MANY * 2,
    "marks": "<p>" + "w<sup>1</sup> " * MANY * 2,
    "superscripts": "<p>" + "w¹ " * MANY * 2,
    "links": "".join(f'<p>w<a href="#f{i}">[{i}]</a>' for i in range(MANY)) + "".join(f"<p id=f{i}>[{i}] n" for i in range(MANY)),
    "cells": "<table><tr>" + "<td>1." * MANY + "<td>x",
    "a note of many paragraphs": "<p>x</p>" * MANY + "<div class=footnotes><p><sup>1</sup>x" + "<p>more" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_read_to_the_end(name: str) -> None:
    assert page(HOSTILE[name]).blocks


SOUP = (
    "<p> </p> <ol> </ol> <li> <td> <tr> </table> <sup> </sup> <a/href=#n> </a> <div/id=n/class=footnotes> </div> <br> <h1> <del>"
    ' <!-- --> 1 1. ¹ word &amp; &#48; < > " \u200b'
)


@given(st.lists(st.sampled_from([*SOUP.split(" "), " ", "\n", "\t", "\u00a0"]), max_size=40))
def test_offsets_are_sound_on_any_soup(parts: list[str]) -> None:
    source = "x" + "".join(parts)
    for block in page(source).blocks:
        assert block.text == " ".join(block.text.split()) != ""
        assert block.offsets.cleaned[0] == 0
        assert list(block.offsets.cleaned) == sorted(set(block.offsets.cleaned))
        assert all(0 <= block.offsets.at(position) < len(source) for position in range(len(block.text)))
        assert all(0 <= anchor.position <= len(block.text) for anchor in block.anchors)
        assert (block.mark is not None) == (block.kind == "note")


@needs_shared
@pytest.mark.parametrize("language", SENTENCES)
def test_official_texts_pass_through_a_page_unharmed(language: str) -> None:
    """Printed texts, put into paragraphs of a page: the same paragraphs come out, footnotes tied."""
    for path in sorted((SHARED / "corpus/official/printed" / language).iterdir())[:12]:
        paragraphs = [" ".join(part.split()) for part in path.read_text(encoding="utf-8").split("\n\n") if part.strip()]
        source = "".join(f"<p>{part.replace('&', '&amp;').replace('<', '&lt;')}</p>\n" for part in paragraphs)
        text = read(source.encode(), path.name)
        assert text.language == language
        marked = [part for part in paragraphs if part[0] in "¹²³⁴⁵⁶⁷⁸⁹"]
        assert sum(block.kind == "note" for block in text.blocks) == len(marked), path.name
        plain = [part for part in paragraphs if not set(part) & set("⁰¹²³⁴⁵⁶⁷⁸⁹")]
        assert {block.text for block in text.blocks}.issuperset(plain), path.name
