"""A DOCX is read as Word shows it with all changes accepted."""

import io
import zipfile

import docx as python_docx
import pytest

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Text
from ploughshare.reading.docx import read
from tests.reading.docx_writer import definition, docx, level, note, num, p, package, r, reference, relationships
from tests.reading.test_encoding import SENTENCES
from tests.shared import SHARED, needs_shared


def document(body: str, **parts: str) -> Text:
    return read(docx(body, **parts), "towns.docx", "en")


def shown(body: str, **parts: str) -> list[str]:
    return [block.text for block in document(body, **parts).blocks]


BEGIN, SEPARATE, END = (f'<w:fldChar w:fldCharType="{kind}"/>' for kind in ("begin", "separate", "end"))
ROW = "<w:tr>{}</w:tr>"
CELL = "<w:tc><w:tcPr/>{}</w:tc>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("The ", "coun", "cil"), ["The council"]),
        (p("One") + p() + p("  ") + p("Two"), ["One", "Two"]),
        (p(["Old", "<w:x/>"][0], r("<w:tab/>"), "two", r("<w:br/>"), "three", r("<w:cr/>"), "four"), ["Old two three four"]),
        (p("non", r("<w:noBreakHyphen/>"), "nuclear so", r("<w:softHyphen/>"), "ft"), ["non-nuclear soft"]),
        (p("It ", f"<w:del>{r('<w:delText>was</w:delText>')}</w:del>", f"<w:ins>{r('is')}</w:ins>"), ["It is"]),
        (p(f"<w:moveFrom>{r('gone')}</w:moveFrom>", f"<w:moveTo>{r('here')}</w:moveTo>"), ["here"]),
        (p("One ", mark="<w:del/>") + p("goes on"), ["One goes on"]),
        (p("One", r("hidden", "<w:vanish/>"), r(" seen", '<w:vanish w:val="0"/>')), ["One seen"]),
        (p(r(BEGIN), r("<w:instrText>PAGE x</w:instrText>"), r(SEPARATE), "7", r(END), " pages"), ["7 pages"]),
        (p(r(BEGIN), "IF ", r(BEGIN), "in", r(SEPARATE), "out", r(END), r(SEPARATE), "yes", r(END)), ["yes"]),
        (p("a", r(BEGIN), "lost") + p("b", r(END), "c"), ["a", "bc"]),
        (p(f'<w:fldSimple w:instr="X">{r("field")}</w:fldSimple>', f"<w:hyperlink>{r(' link')}</w:hyperlink>"), ["field link"]),
        (f"<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>{p('held')}</w:sdtContent></w:sdt>", ["held"]),
        (p(f"<w:sdt><w:sdtContent>{r('in')}</w:sdtContent></w:sdt>", f"<w:smartTag>{r('side')}</w:smartTag>"), ["inside"]),
        (p(r("<w:ruby><w:rt><w:r><w:t>x</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby>")), ["字"]),
        (p(r('<w:sym w:font="Symbol" w:char="F02A"/>'), r('<w:sym w:font="Symbol" w:char="F0B7"/>')), ["*\u2022"]),
        (f"<w:tbl>{ROW.format(CELL.format(p('A')) + CELL.format(p('B') + p('C')))}</w:tbl>", ["A", "B", "C"]),
        (f"<w:tbl>{ROW.format(CELL.format(p('1.')) + CELL.format(p('Asks') + p('more')))}</w:tbl>", ["1. Asks", "more"]),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{CELL.format(p('gone'))}</w:tr></w:tbl>" + p("left"), ["left"]),
        (p("Ann ", r("<mc:AlternateContent><mc:Choice><wps:x><w:txbxContent>" + p("box") + "</w:txbxContent></wps:x></mc:Choice>"
                     "<mc:Fallback><w:txbxContent>" + p("box") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"), "Bo"),
         ["Ann Bo", "box"]),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(body: str, expected: list[str]) -> None:
    assert shown(body) == expected


def numbered(*levels: str, overrides: str = "") -> str:
    return definition(0, *levels) + num(1, 0) + num(2, 0, overrides)


def test_lists_count_nest_and_start_over() -> None:
    lists = numbered(
        level(0, "decimal", "%1."),
        level(1, "lowerLetter", "(%2)"),
        level(2, "lowerRoman", "%1.%2.%3"),
        overrides='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>',
    )
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (2, 0), (1, 0), (0, 0)]
    assert shown("".join(p("x", num=place) for place in places), numbering=lists) == [
        "1. x", "(a) x", "(b) x", "1.b.i x", "2. x", "(a) x", "7. x", "8. x", "9. x", "x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("decimal", "1 2 3"), ("lowerLetter", "a b c"), ("upperLetter", "A B C"), ("lowerRoman", "i ii iii"),
        ("upperRoman", "I II III"), ("arabicAlpha", "أ ب ت"), ("arabicAbjad", "أ ب ج"), ("russianLower", "а б в"),
        ("russianUpper", "А Б В"), ("chineseCounting", "一 二 三"), ("chineseCountingThousand", "一 二 三"),
        ("ideographTraditional", "甲 乙 丙"), ("decimalFullWidth", "１ ２ ３"), ("decimalZero", "01 02 03"),
        ("decimalEnclosedCircle", "① ② ③"), ("cardinalText", "1 2 3"),
    ],
)  # fmt: skip
def test_every_script_has_its_numerals(style: str, expected: str) -> None:
    body = "".join(p("x", num=(1, 0)) for _ in range(3))
    assert shown(body, numbering=numbered(level(0, style, "(%1)"))) == [f"({one}) x" for one in expected.split()]


def test_bullets_and_lists_without_numerals() -> None:
    lists = numbered(level(0, "bullet", "\uf0b7"), level(1, "none", ""), level(2, "decimal", "%3", "<w:isLgl/>"))
    assert shown("".join(p("x", num=(1, place)) for place in (0, 1, 2)), numbering=lists) == ["\u2022 x", "x", "1 x"]


def test_a_level_restarts_only_where_it_says() -> None:
    restart = '<w:lvlRestart w:val="0"/>'
    lists = numbered(level(0, "decimal", "%1."), level(1, "decimal", "%2)", restart), level(2, "upperRoman", "%1.%3", "<w:isLgl/>"))
    places = [0, 1, 1, 0, 1, 2, 2]
    assert shown("".join(p("x", num=(1, place)) for place in places), numbering=lists) == [
        "1. x", "1) x", "2) x", "2. x", "3) x", "2.1 x", "2.2 x",
    ]  # fmt: skip


def test_a_style_brings_its_list_along() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Op"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Op"/><w:pPr><w:numPr>'
        '<w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Tied"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Round"><w:basedOn w:val="Round"/></w:style>'
    )
    lists = numbered(
        level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)", '<w:pStyle w:val="Tied"/>')
    )
    body = p("a", style="Op") + p("b", style="Sub") + p("c", style="Tied") + p("d", style="Round") + p("e", style="Op", num=(0, 0))
    assert shown(body, numbering=lists, styles=styles) == ["1. a", "(a) b", "(i) c", "d", "e"]


def test_deleted_paragraphs_do_not_count() -> None:
    lists = numbered(level(0, "decimal", "%1."))
    body = (
        p(f"<w:del>{r('<w:delText>x</w:delText>')}</w:del>", num=(1, 0), mark="<w:del/>") + p("y", num=(1, 0)) + p("z", num=(1, 0))
    )
    assert shown(body, numbering=lists) == ["1. y", "2. z"]


FOOTNOTES = (
    f'<w:footnote w:type="separator" w:id="-1">{p("____")}</w:footnote>'
    + note("footnote", 5, p(r("<w:footnoteRef/>"), " First."), p("Second."))
    + note("footnote", 2, p(r("*"), " Own mark."))
    + note("footnote", 3, p(r("<w:footnoteRef/>"), "\u00a0Last."))
    + note("footnote", 9, p("Nobody asks for this one."))
)


def test_notes_are_tied_to_their_paragraphs() -> None:
    custom = r('<w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t>')
    body = p("The hall", reference(5), ", and ", custom, " more", reference(3), ".") + p("End", reference(1, "endnote"))
    text = document(body, footnotes=FOOTNOTES, endnotes=note("endnote", 1, p(r("<w:endnoteRef/>"), " Late.")))
    first, second, *notes = text.blocks
    assert first.text == "The hall, and more."
    assert [(anchor.position, anchor.mark) for anchor in first.anchors] == [(8, "1"), (14, "*"), (18, "2")]
    assert [(anchor.position, anchor.mark) for anchor in second.anchors] == [(3, "i")]
    assert [(one.kind, one.mark, one.text) for one in notes] == [
        ("note", "1", "First. Second."), ("note", "*", "Own mark."), ("note", "2", "Last."), ("note", "i", "Late."),
    ]  # fmt: skip


def test_notes_count_as_the_document_says() -> None:
    settings = '<w:footnotePr><w:numFmt w:val="lowerLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    text = document(p("x", reference(5)), footnotes=FOOTNOTES, settings=settings)
    assert text.blocks[-1].mark == "c"


def test_a_mark_raised_by_hand_counts_where_the_file_has_no_notes_of_its_own() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    body = p("The hall", r("1", raised), " of 3 km", r("2", raised)) + p(r("1", raised), " Note.")
    hall, last = document(body).blocks
    assert (hall.text, [anchor.mark for anchor in hall.anchors]) == ("The hall of 3 km2", ["1"])
    assert (last.kind, last.mark, last.text) == ("note", "1", "Note.")
    # A cross-reference to a real note shows its mark; another raised digit is an exponent.
    again = p("x", reference(5), " y", r("1", raised), " 10", r("7", raised))
    assert document(again, footnotes=FOOTNOTES).blocks[0].text == "x y 107"


def test_the_symbol_of_the_cover_is_found_in_its_header() -> None:
    header = '<w:headerReference w:type="{}" r:id="{}"/>'
    section = f"<w:sectPr>{header.format('first', 'header1')}{header.format('default', 'header2')}{{}}</w:sectPr>"
    cover, running = p("United Towns") + p(r("G"), "/RES/99/9") + p("Distr.: General"), p("G/RES/99/9 runs on")
    body = p("Asks") + section.format("<w:titlePg/>")
    assert shown(body, header1=cover, header2=running) == ["United Towns", "G/RES/99/9", "Distr.: General", "Asks"]
    assert shown(p("Asks") + section.format(""), header1=cover, header2=running) == ["G/RES/99/9 runs on", "Asks"]
    assert shown(p("G/RES/99/9") + section.format(""), header1=cover, header2=running) == ["G/RES/99/9"]
    assert shown(p("Asks") + section.format("")) == ["Asks"]


def test_spans_point_into_the_text_as_it_is_written_out() -> None:
    text = document(p("The  hall", reference(5), r("<w:tab/>"), "opens", num=(1, 0)), footnotes=FOOTNOTES,
                    numbering=numbered(level(0, "decimal", "%1.")))  # fmt: skip
    assert text.decoded == "1. The  hall\topens\n1\t First.\nSecond."
    for block in text.blocks:
        assert block.text == " ".join(text.decoded[slice(*block.offsets.span(0, len(block.text)))].split())


@pytest.mark.parametrize("language", SENTENCES)
def test_what_python_docx_writes_is_read(language: str) -> None:
    made = python_docx.Document()
    made.add_heading("G/RES/99/9", level=1)
    made.add_paragraph(SENTENCES[language])
    made.add_paragraph("A", style="List Number")
    made.add_paragraph("B", style="List Number")
    made.add_table(1, 2).cell(0, 1).text = "cell"
    stream = io.BytesIO()
    made.save(stream)
    text = read(stream.getvalue(), "made.docx")
    assert [block.text for block in text.blocks] == ["G/RES/99/9", SENTENCES[language].strip(), "1. A", "2. B", "cell"]
    assert text.language == language
    assert (text.source.format, text.source.size) == ("docx", len(stream.getvalue()))


def test_the_strict_variant_and_unusual_names_are_read() -> None:
    body = docx(p("The council"))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    inside = files.pop("word/document.xml")
    assert isinstance(inside, bytes)
    strict = inside.replace(b"schemas.openxmlformats.org/wordprocessingml/2006", b"purl.oclc.org/ooxml/wordprocessingml")
    files["Word\\Main.xml"] = strict
    files["_rels/.rels"] = relationships(("r0", "officeDocument", "/word/main.xml"))
    assert read(package(files), "x.docx").blocks[0].text == "The council"


MANY = 10_000
HOSTILE = {
    "paragraphs": (p("word", num=(1, 0)) * MANY, {"numbering": numbered(level(0, "decimal", "%1."))}),
    "footnotes": (
        "".join(p("w", reference(n)) for n in range(MANY)),
        {"footnotes": "".join(note("footnote", n, p("n")) for n in range(MANY))},
    ),
    "footnotes of one paragraph": (p("w", *(reference(5) for _ in range(MANY))), {"footnotes": FOOTNOTES}),
    "one line": (p("word " * 200_000), {}),
    "open fields": (p(r(BEGIN + SEPARATE) * MANY) + p(*["w"] * MANY), {}),
    "cells": (f"<w:tbl>{ROW.format(CELL.format(p('1.')) * MANY + CELL.format(p('x')))}</w:tbl>", {}),
    "joined paragraphs": (p("w", mark="<w:del/>") * MANY, {}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_are_read_to_the_end(name: str) -> None:
    body, parts = HOSTILE[name]
    assert read(docx(body, **parts), "x.docx", "en").decoded


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a whole DOCX"),
        (b"PK\x03\x04 and then noise", "not a whole DOCX"),
        (docx(p("x"))[:-200], "not a whole DOCX"),
        (package({"word/styles.xml": "<x/>"}), "word/document.xml is missing"),
        (package({"word/document.xml": "<a><b></a>"}), "damaged"),
        (package({"word/document.xml": "<a/>"}), "no text"),
        (package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "defines entities"),
        (package({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")}), "defines entities"),
        (package({"word/document.xml": '<?xml version="1.0" encoding="IBM037"?><a/>'}), "encoding"),
        (package({"word/document.xml": " " * (64 << 20)}, zipfile.ZIP_BZIP2), "zip bomb"),
        (docx("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500), "nested deeper"),
        (docx("<w:p><w:r><w:pict><w:txbxContent>" * 20 + "</w:txbxContent></w:pict></w:r></w:p>" * 20), "nested deeper"),
        (docx(p(" ")), "holds no text"),
        (docx(p("x"), footnotes="<w:broken"), "footnotes.xml in the DOCX file is damaged"),
        (package({f"word/{n}.xml": "" for n in range(20_001)}, zipfile.ZIP_STORED), "20,001 parts"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "x.docx")
    assert words in str(caught.value)
    assert caught.value.advice
    assert "\n" not in str(caught.value)


@needs_shared
def test_a_real_document_reads_as_text() -> None:
    text = read((SHARED / "corpus/docx/A_80_6_Sect.4.docx").read_bytes(), "A_80_6_Sect.4.docx")
    assert text.language == "en"
    assert any(block.text.startswith("A/80/6") for block in text.blocks[:3])
    assert [block.mark for block in text.blocks if block.kind == "note"] == ["1"]
    assert sum(len(block.anchors) for block in text.blocks) == 1
    assert len(text.blocks) > 2_000
    assert not any("MERGEFORMAT" in block.text or "\uf0b7" in block.text for block in text.blocks)
