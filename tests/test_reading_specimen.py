"""The specimen, in six languages and six formats, gives one answer: the one its authors wrote down beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from ploughshare.flow import Reading, read_mandates

SPECIMEN = Path(__file__).resolve().parents[1] / "specimen"
EXPECTED: dict[str, Any] = json.loads((SPECIMEN / "mandates.json").read_text(encoding="utf-8"))
FILES = sorted(path for form in ("text", "html", "docx", "doc", "pdf", "xml") for path in (SPECIMEN / form).glob("specimen.*"))


@pytest.fixture(scope="module", params=FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def reading(request: pytest.FixtureRequest) -> Reading:
    path: Path = request.param
    return read_mandates(path.read_bytes(), path.name)


def test_every_language_and_format_is_there() -> None:
    assert len(FILES) >= 30


def test_language_is_told(reading: Reading) -> None:
    assert reading.resolution.language == reading.resolution.source.name.split(".")[1]


def test_metadata(reading: Reading) -> None:
    resolution = reading.resolution
    assert resolution.symbol == EXPECTED["symbol"]
    assert resolution.session == EXPECTED["session"]
    assert resolution.adopted == EXPECTED["adopted"]
    assert resolution.meeting is not None
    assert resolution.meeting.number == EXPECTED["meeting"]["number"]
    if "wrapped" in resolution.source.name:
        assert (resolution.agenda_item, resolution.report) == (None, None)  # this file has no cover
        return
    assert resolution.agenda_item == EXPECTED["agenda_item"]
    assert resolution.report is not None
    assert resolution.report.symbol == EXPECTED["report"]["symbol"]
    assert resolution.report.paragraph == EXPECTED["report"]["paragraph"]
    assert resolution.report.committee == EXPECTED["report"]["committee"]


def test_paragraphs(reading: Reading) -> None:
    paragraphs = reading.resolution.paragraphs
    assert sum(p.kind == "preambular" for p in paragraphs) == EXPECTED["preambular"]
    assert [p.id for p in paragraphs if p.kind == "operative"] == EXPECTED["operative"]


def test_forces(reading: Reading) -> None:
    forces = {p.id: [verb.force for verb in p.verbs] for p in reading.resolution.paragraphs}
    assert {paragraph: forces[paragraph] for paragraph in EXPECTED["forces"]} == EXPECTED["forces"]


def test_footnotes_stand_at_their_paragraphs(reading: Reading) -> None:
    resolution = reading.resolution
    anchors = {mark: place for place, mark in resolution.loose_anchors}
    for paragraph in reversed(resolution.paragraphs):
        anchors.update(dict.fromkeys(paragraph.marks, paragraph.id))
    assert anchors == EXPECTED["footnote_anchors"]
    assert len(resolution.footnotes) == EXPECTED["footnotes"]


def test_citations(reading: Reading) -> None:
    said = {(c.paragraph, c.target) for c in reading.resolution.citations}
    wanted = {(c["paragraph"], c["target"]) for c in EXPECTED["citations"] if not c.get("optional")}
    assert not wanted - said
    spare = {(c["paragraph"], c["target"]) for c in EXPECTED["citations"]}
    assert not {c for c in said - spare if not c[1].startswith("treaty:")}


def test_citations_in_footnotes(reading: Reading) -> None:
    said = {n.mark: [c.target for c in n.citations if not c.target.startswith("treaty:")] for n in reading.resolution.footnotes}
    assert {mark: targets for mark, targets in said.items() if targets} == {
        m: t for m, t in EXPECTED["footnote_citations"].items() if t
    }


def test_mandates(reading: Reading) -> None:
    said = [
        (m.paragraph, m.force, m.action, sorted(m.addressees), sorted(m.recipients), m.due) for m in reading.extraction.mandates
    ]
    wanted = [
        (m["paragraph"], m["force"], m["action"], sorted(m["addressees"]), sorted(m["recipients"]), m["due"])
        for m in EXPECTED["mandates"]
    ]
    assert sorted(said, key=str) == sorted(wanted, key=str)
    assert reading.extraction.unread == ()


def test_details(reading: Reading) -> None:
    said = {(m.paragraph, m.action): dict(m.details) for m in reading.extraction.mandates}
    for mandate in EXPECTED["mandates"]:
        for name, value in mandate.get("details", {}).items():
            got = said.get((mandate["paragraph"], mandate["action"]), {}).get(name)
            if name == "mode":
                assert set(got or ()) == set(value), mandate["paragraph"]
            elif name not in ("subject", "item", "subitem", "addressee_text"):
                assert got == value, (mandate["paragraph"], name)
            else:
                assert got, (mandate["paragraph"], name)


def test_every_paragraph_is_read_named_or_unread(reading: Reading) -> None:
    extraction = reading.extraction
    accounted = {m.paragraph for m in extraction.mandates} | set(extraction.no_mandate) | {u.paragraph for u in extraction.unread}
    introductions = {p.rpartition(".")[0] for p in EXPECTED["operative"]}
    assert set(EXPECTED["operative"]) - introductions <= accounted


def test_evidence_points_at_the_words(reading: Reading) -> None:
    paragraphs = {p.id: p for p in reading.resolution.paragraphs}
    for mandate in reading.extraction.mandates:
        start, stop = mandate.evidence.span
        words = paragraphs[mandate.paragraph].span
        assert words.start <= start < stop <= words.stop + 1
        assert mandate.evidence.rule
        if reading.resolution.source.format == "pdf":
            assert mandate.evidence.places
