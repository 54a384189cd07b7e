"""The seeds and the printed form of official texts, against answers made by hand and the labels of the official XML."""

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from ploughshare.model.resolution import Resolution
from ploughshare.parsing.structure import structure
from ploughshare.reading.plain import read
from tests.shared import SHARED, needs_shared

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@cache
def printed(language: str) -> list[tuple[dict[str, Any], Resolution]]:
    labels = json.loads((SHARED / f"corpus/official/labels.{language}.json").read_text(encoding="utf-8"))
    folder = SHARED / "corpus/official/printed" / language
    return [(label, structure(read((folder / label["file"]).read_bytes(), label["file"]))) for label in labels]


def share(found: list[bool]) -> float:
    return sum(found) / len(found)


def anchors(resolution: Resolution) -> dict[str, str]:
    first: dict[str, str] = {}
    for paragraph in resolution.paragraphs:
        for mark in paragraph.marks:
            first.setdefault(mark, paragraph.id)
    return first


def squeezed(text: str | None) -> str | None:
    return None if text is None else "".join(text.split())


@needs_shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_printed_texts_have_the_paragraphs_and_footnotes_of_the_xml(language: str) -> None:
    texts = printed(language)
    assert len(texts) > 70
    assert all(resolution.language == language for _, resolution in texts)
    preamble = [sum(p.kind == "preambular" for p in r.paragraphs) == label["preambular"] for label, r in texts]
    operative = [[p.id for p in r.paragraphs if p.kind == "operative"] == label["operative"] for label, r in texts]
    counted = [len(r.footnotes) == label["footnotes"] for label, r in texts]
    anchored = [all(anchors(r).get(mark) == place for mark, place in label["footnote_anchors"].items()) for label, r in texts]
    assert min(share(preamble), share(operative), share(counted), share(anchored)) >= 0.99
    assert share([(r.symbol, r.adopted) == (label["symbol"], label["adopted"]) for label, r in texts]) >= 0.99


@needs_shared
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_character_of_the_printed_texts_is_traced(language: str) -> None:
    folder = SHARED / "corpus/official/printed" / language
    for path in sorted(folder.iterdir())[:12]:
        text = read(path.read_bytes(), path.name)
        for block in text.blocks:
            traced = [block.text[place] == text.decoded[block.offsets.at(place)] for place in range(len(block.text))]
            # What is not there is a blank: written between lines, or another kind of blank in the input.
            assert all(ok or block.text[place] == " " for place, ok in enumerate(traced)), (path.name, block.text[:60])


@needs_shared
def test_the_seeds_are_read_without_a_fault() -> None:
    for gold in json.loads((SHARED / "gold/seeds.json").read_text(encoding="utf-8")):
        found = structure(read((SHARED / "seeds" / gold["file"]).read_bytes(), gold["file"]))
        assert (found.symbol, found.session, found.adopted) == (gold["symbol"], gold["session"], gold["adopted"])
        assert (squeezed(found.title), squeezed(found.agenda_title)) == (squeezed(gold["title"]), squeezed(gold["agenda_title"]))
        assert found.agenda_item == gold["agenda_item"]
        assert found.meeting is not None
        assert {"number": found.meeting.number, "resumed": found.meeting.resumed} == gold["meeting"]
        report = found.report and {
            "symbol": found.report.symbol,
            "paragraph": found.report.paragraph,
            "committee": found.report.committee,
        }
        assert report == gold["report"]
        assert sum(p.kind == "preambular" for p in found.paragraphs) == gold["preambular"]
        assert [p.id for p in found.paragraphs if p.kind == "operative"] == gold["operative"]
        assert anchors(found) == gold["footnote_anchors"]
        assert len(found.footnotes) == gold["footnotes"]


@needs_shared
def test_documents_of_many_bodies_and_decades_read_and_lose_no_numbered_paragraph() -> None:
    """A registry's paragraphs, joined to a text: every number from 1 on, as far as they follow each other, is found again."""
    bodies: Counter[str | None] = Counter()
    complete = []
    for path in sorted((SHARED / "corpus/en").glob("*.json"))[::3]:
        entries = json.loads(path.read_text(encoding="utf-8"))
        lines = []
        for entry in entries:
            prefix = (entry["prefix"] or "").strip()
            lines.append(f"{prefix} {entry['text']}" if prefix and not prefix.startswith("Article") else entry["text"])
        found = structure(read("\n\n".join(lines).encode(), f"{path.stem}.txt", "en"))
        bodies[found.body] += 1
        numbers = [
            entry["prefix"]
            for entry in entries
            if entry["type"] == "paragraph" and (entry["prefix"] or "").strip("0123456789") == "."
        ]
        run = [number.strip(".") for number, due in zip(numbers, range(1, 1000), strict=False) if number == f"{due}."]
        printed_numbers = Counter(p.number for p in found.paragraphs if p.number)
        complete.append(all(printed_numbers[number] for number in run))
    assert set(bodies) >= {"GA", "SC", "ECOSOC", "HRC"}
    assert share(complete) >= 0.97
