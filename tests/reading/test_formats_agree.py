"""The same resolution gives the same text, whether it comes as plain text, a page, a DOCX or an old Word file."""

from xml.sax.saxutils import escape

import pytest

from ploughshare.model.text import Text
from ploughshare.reading import doc, docx, html, plain
from tests.reading import doc_writer as old
from tests.reading import docx_writer as new
from tests.reading.test_encoding import SENTENCES
from tests.shared import SHARED, needs_shared

Paragraphs = list[tuple[str, list[tuple[int, str]]]]


def facts(text: Text) -> tuple[Paragraphs, dict[str | None, str]]:
    body = [
        (block.text, [(anchor.position, anchor.mark) for anchor in block.anchors]) for block in text.blocks if block.kind == "text"
    ]
    return body, {block.mark: block.text.strip() for block in text.blocks if block.kind == "note"}


def parts(paragraph: str, anchors: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """The pieces of a paragraph, each with the mark that follows it."""
    places = [0, *(position for position, _ in anchors), len(paragraph)]
    marks = [*(mark for _, mark in anchors), ""]
    return [(paragraph[start:stop], mark) for start, stop, mark in zip(places, places[1:], marks, strict=False)]


def number(paragraph: str) -> str:
    """The number of an operative paragraph, with its blank."""
    front, stop, _ = paragraph.partition(". ")
    return front + stop if front.isdigit() and stop else ""


def as_page(body: Paragraphs, notes: dict[str | None, str]) -> bytes:
    lines = []
    for paragraph, anchors in body:
        inside = "".join(
            escape(piece) + (f'<a href="#n{mark}"><sup>{mark}</sup></a>' if mark else "")
            for piece, mark in parts(paragraph, anchors)
        )
        lines.append(f"<p>{inside}</p>")
    lines += [f'<div class="footnote" id="n{mark}"><p><sup>{mark}</sup> {escape(note)}</p></div>' for mark, note in notes.items()]
    return "\n".join(lines).encode()


def as_docx(body: Paragraphs, notes: dict[str | None, str]) -> bytes:
    inside = ""
    for paragraph, anchors in body:
        front = number(paragraph)
        runs = []
        for place, (piece, mark) in enumerate(parts(paragraph, anchors)):
            runs.append(new.r(escape(piece if place else piece[len(front) :])))
            runs += [new.reference(int(mark))] if mark else []
        inside += new.p(*runs, num=(1, 0) if front else None)
    footnotes = "".join(
        new.note("footnote", int(mark or 0), new.p(new.r("<w:footnoteRef/>"), new.r(" " + escape(note))))
        for mark, note in notes.items()
    )
    numbering = new.definition(0, new.level(0, "decimal", "%1.")) + new.num(1, 0)
    return new.docx(inside, footnotes=footnotes, numbering=numbering)


def as_doc(body: Paragraphs, notes: dict[str | None, str]) -> bytes:
    paragraphs, references, texts, at = [], [], [], 0
    for paragraph, anchors in body:
        front = number(paragraph)
        written = ""
        for place, (piece, mark) in enumerate(parts(paragraph, anchors)):
            written += piece if place else piece[len(front) :]
            if mark:
                references.append((at + len(written), True))
                texts.append("\x02 " + notes[mark])
                written += "\x02"
        paragraphs.append(old.Paragraph(written, old.in_list(1) if front else b""))
        at += len(written) + 1
    return old.write(
        old.Document(paragraphs, footnotes=texts, references=references,
                     lists=old.lists((5, [old.level(1, 0, "%1.")])), overrides=old.overrides((5, {})))
    )  # fmt: skip


@needs_shared
@pytest.mark.parametrize("language", SENTENCES)
def test_official_texts_read_the_same_from_every_format(language: str) -> None:
    compared = 0
    for path in sorted((SHARED / "corpus/official/printed" / language).iterdir())[:20]:
        body, notes = facts(plain.read(path.read_bytes(), path.name, language))
        referred = [mark for _, anchors in body for _, mark in anchors]
        numbers = [int(front[:-2]) for paragraph, _ in body if (front := number(paragraph))]
        # Word counts by itself: what is compared must count without a gap, in notes and in paragraphs.
        if referred != [str(place + 1) for place in range(len(notes))] or numbers != list(range(1, len(numbers) + 1)):
            continue
        compared += 1
        for reader, written in ((html, as_page), (docx, as_docx), (doc, as_doc)):
            text = reader.read(written(body, notes), path.name)
            assert facts(text) == (body, notes), (reader.__name__, path.name)
            assert text.language == language
    assert compared >= 5
