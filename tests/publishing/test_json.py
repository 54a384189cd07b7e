"""The JSON contract: the same keys for every text, valid against the published schema, one line a document."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from ploughshare.model.mandate import Evidence, Mandate
from ploughshare.model.resolution import Paragraph
from ploughshare.model.text import Offsets, Span
from ploughshare.publishing.json import schema, to_json, to_line
from ploughshare.reading import akn
from tests.publishing.made_up import LANGUAGES, NOWHERE, asked, bare, made_up, on_paper
from tests.shared import SHARED, needs_shared

CONTRACT = [
    *(
        "file",
        "symbol",
        "language",
        "session",
        "title",
        "agenda_item",
        "agenda_title",
        "adopted",
        "distributed",
        "report",
        "meeting",
    ),
    *("paragraphs", "footnotes", "citations", "mandates", "no_mandate", "unread"),
]


def validate(said: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema()).validate(said)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["required"] == CONTRACT


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_construct_fits_the_schema(language: str) -> None:
    resolution = made_up(language)
    said = to_json(resolution, asked(resolution), "made-up.txt")
    validate(said)
    assert list(said)[: len(CONTRACT)] == CONTRACT


def test_keys_of_the_contract_are_there_even_where_a_text_says_nothing() -> None:
    said = to_json(bare(), None, "bare.txt")
    validate(said)
    assert [key for key in CONTRACT if key not in said] == []
    assert [said[key] for key in CONTRACT[3:11]] == [None] * 8
    assert (said["mandates"], said["no_mandate"], said["unread"], said["citations"]) == ([], [], [], [])
    assert [key for key in said if key not in CONTRACT] == ["format"]


def test_the_shape_of_the_parts() -> None:
    resolution = made_up()
    said = to_json(resolution, asked(resolution), "made-up.txt")
    assert said["report"] == {"symbol": "A/99/409", "paragraph": 77, "committee": "GA-C1"}
    assert said["meeting"] == {"number": 44, "resumed": True}
    first = said["paragraphs"][0]
    assert list(first) == ["id", "kind", "number", "verbs", "text", "footnotes", "span"]
    assert first["verbs"] == [{"text": "Recalling", "lemma": "recall", "force": "state"}]
    assert first["footnotes"] == ["1"]
    assert said["paragraphs"][1]["closing"] == "the bridge,"
    assert list(said["footnotes"][0]) == ["mark", "text", "citations"]
    assert said["footnotes"][0]["citations"][0] == {"text": "A/79/408", "target": "A/79/408"}
    assert list(said["citations"][0]) == ["paragraph", "text", "target", "span"]
    assert said["additional_sponsors"] == ["Trinidad and Tobago"]
    mandate = said["mandates"][0]
    assert list(mandate) == ["id", "paragraph", "force", "addressees", "action", "recipients", "due", "details", "evidence"]
    assert mandate["evidence"] == {"span": [3, 9], "rule": "a-rule"}
    assert mandate["details"] == {"count": 3, "places": ["here", "there"], "subject": "bridges & <dams>"}
    assert said["unread"] == [{"paragraph": "sA.op1", "why": "no rule <reads> it"}]


def test_words_of_a_page_say_where_on_paper() -> None:
    resolution = on_paper(made_up())
    paragraph = Paragraph("op1", "operative", "1", "Decides.", Offsets((0,), (3,)))
    extraction = asked(resolution)
    mandate = replace(extraction.mandates[0], evidence=Evidence(Span(3, 9), "a-rule"))
    said = to_json(replace(resolution, paragraphs=(paragraph,)), replace(extraction, mandates=(mandate,)), "made-up.pdf")
    validate(said)
    boxes = [{"page": 1, "box": [10, 20, 30, 40]}, {"page": 1, "box": [10, 50.5, 30, 60]}]
    assert said["mandates"][0]["evidence"] == {"span": [3, 9], "rule": "a-rule", "places": boxes}
    assert said["paragraphs"][0]["places"] == boxes


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_holds_the_same(language: str) -> None:
    resolution = made_up(language)
    line = to_line(resolution, asked(resolution), "made-up.txt")
    assert line.count(b"\n") == 1
    assert line.endswith(b"}\n")
    read = json.loads(line)
    assert read == to_json(resolution, asked(resolution), "made-up.txt")
    assert list(read)[: len(CONTRACT)] == CONTRACT


def test_half_a_character_does_no_harm() -> None:
    paragraph = Paragraph("op1", "operative", None, "half \ud83d", NOWHERE)
    assert (
        json.loads(to_line(replace(bare(), paragraphs=(paragraph,)), None, "half\udcff.txt"))["paragraphs"][0]["text"] == "half ?"
    )


def test_values_are_plain_whatever_they_were() -> None:
    mandate = Mandate(
        "m", "op1", "decide", (), "other", (), {"sessions": (1, 2), "from": {"year": 1}}, Evidence(Span(0, 1), "r"), {"a": ((1,),)}
    )
    said = to_json(bare(), replace(asked(bare()), mandates=(mandate,)), "x")["mandates"][0]
    assert (said["due"], said["details"]) == ({"sessions": [1, 2], "from": {"year": 1}}, {"a": [[1]]})


@needs_shared
def test_official_files_fit_the_schema() -> None:
    for file in sorted((SHARED / "corpus" / "official" / "akn").glob("*/*.xml"))[::60]:
        validate(to_json(akn.read(file.read_bytes(), file.name), None, file.name))
