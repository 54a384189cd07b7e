"""Markdown: numbers as printed, footnotes, a table of what is asked, and nothing of a text taken for mark-up."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from ploughshare.model.mandate import Extraction
from ploughshare.model.resolution import Footnote, Paragraph, Resolution
from ploughshare.model.text import Anchor
from ploughshare.parsing import parse
from ploughshare.publishing.markdown import escaped, to_markdown
from ploughshare.reading import akn, plain
from tests.publishing.made_up import LANGUAGES, NOWHERE, asked, bare, made_up
from tests.shared import SHARED, needs_shared


def test_what_a_reader_sees() -> None:
    written = to_markdown(made_up(), asked(made_up()))
    blocks = written.split("\n\n")
    assert "- Symbol: A/RES/99/902" in blocks[0].splitlines()
    assert "- Adopted: 9 December 2044" in blocks[0].splitlines()
    assert blocks[1] == "# 99/902. the bridge & \\<the bridge>[^5]"
    assert blocks[2] == "*The General Assembly,*[^6]"
    assert blocks[3] == "*Recalling* its [resolution 62/21](https://docs.un.org/en/A/RES/62/21)[^1],"
    assert "1. [^*]" not in written
    assert "   (a) the bridge:" in blocks
    assert "     (i) the bridge;" in blocks
    assert "Plenary meeting 44 (resumed)" in blocks
    assert "[^1]: [A/79/408](https://docs.un.org/en/A/79/408), 62/21." in blocks


def test_what_is_asked_is_a_table() -> None:
    table = [line for line in to_markdown(made_up(), asked(made_up())).splitlines() if line.startswith("|")]
    assert table[0] == "| Paragraph | Force | Who | Act | To whom | By when |"
    assert table[2] == "| op1 | requests | Secretary-General, UNODA | submit a report | General Assembly | session 100 |"
    assert len(table) == 2 + 11
    assert {line.count("|") for line in table} == {7}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_labels(language: str) -> None:
    written = to_markdown(made_up(language), asked(made_up(language)))
    assert "# 99/902." in written
    table = written[written.index("| --- |") :]
    assert language == "en" or not re.search(r"\b(?:submit|requests|year)\b", table)


def test_every_footnote_is_reached_once_and_defined_once() -> None:
    written = to_markdown(made_up(), None)
    defined = re.findall(r"^\[\^([^\]]+)\]:", written, re.MULTILINE)
    assert len(defined) == len(set(defined)) == len(made_up().footnotes)
    assert set(re.findall(r"\[\^([^\]]+)\]", written)) == set(defined)


def test_closing_words_come_after_the_last_point() -> None:
    blocks = to_markdown(made_up(), None).split("\n\n")
    place = blocks.index("   (b) the bridge.")
    assert blocks[place + 1] == "the bridge[^3]."


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# not a heading", r"\# not a heading"),
        ("- no list", r"\- no list"),
        ("12. no list", r"12\. no list"),
        ("a * b `c` [^1] <script>", r"a \* b \`c\` \[^1] \<script>"),
        ("[text](javascript:x)", r"[text\](javascript:x)"),
        ("snake_case _stays_", r"snake_case \_stays\_"),
        ("AT&amp;T & co", r"AT\&amp;T & co"),
        ("a | b", r"a \| b"),
        ("two\nlines\u2028more", "two lines more"),
        ("back\\slash", r"back\\slash"),
        ("> 5", r"\> 5"),
        ("2 < 3", "2 < 3"),
    ],
)
def test_no_sign_of_a_text_means_anything(text: str, written: str) -> None:
    assert escaped(text) == written


def test_hostile_words_stay_words() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:y) | `z` ![i](u)"
    paragraph = Paragraph("op1", "operative", "1", hostile, NOWHERE, (), (Anchor(3, "]("),))
    resolution = replace(
        bare(), title=hostile, paragraphs=(paragraph,), footnotes=(Footnote("](", hostile, NOWHERE),), sponsors=(hostile,)
    )
    written = to_markdown(resolution, Extraction((), (hostile,), ()))
    assert not re.search(r"(?<!\\)<[a-z/]", written)
    assert not re.search(r"(?<!\\)\]\((?!https://docs)", written)


def paragraphs(resolution: Resolution) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(paragraph.id, paragraph.text, paragraph.marks) for paragraph in resolution.paragraphs]


@needs_shared
def test_our_markdown_reads_back() -> None:
    for file in sorted((SHARED / "corpus" / "official" / "akn").glob("*/*.xml"))[::37]:
        resolution = akn.read(file.read_bytes(), file.name)
        back = parse(plain.read(to_markdown(resolution, None).encode(), "back.md", resolution.language))
        assert paragraphs(back) == paragraphs(resolution), file.name
        assert (back.symbol, back.title, back.meeting, back.adopted) == (
            resolution.symbol,
            resolution.title,
            resolution.meeting,
            resolution.adopted,
        )
