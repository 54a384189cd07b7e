"""Resolution → Resolution: a structure of paragraphs and footnotes comes in, the same with its verbs and citations goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ploughshare.model.resolution import Citation, Footnote, Paragraph, Resolution, Verb

from .citations import Citer
from .verbs import verbs_of


def complete(resolution: Resolution) -> Resolution:
    """The same resolution with the leading verbs of its paragraphs, and the documents and treaties that it cites.

    What "ibid." and "that resolution" mean depends on what was cited before, so everything is read in the order of a
    person's eye: a paragraph, then the footnotes it is the first to refer to.
    """
    language = resolution.language
    citer = Citer(language, resolution.body)
    paragraphs: list[Paragraph] = []
    footnotes: list[Footnote] = []
    citations: list[Citation] = []
    led: set[str] = set()  # paragraphs that have a verb of their own, or whose introduction has
    for entry in reading_order(resolution):
        if isinstance(entry, Footnote):
            footnotes.append(_cited(entry, citer))
            continue
        citations += citer.paragraph(entry.id, entry.text, entry.offsets)
        introduced = entry.id.rpartition(".")[0] in led
        verbs = verbs_of(entry.text, language, entry.kind, introduced=introduced)
        if verbs or introduced:
            led.add(entry.id)
        paragraphs.append(_with_verbs(entry, verbs) if verbs else entry)
    return replace(resolution, paragraphs=tuple(paragraphs), footnotes=tuple(footnotes), citations=tuple(citations))


def _with_verbs(of: Paragraph, verbs: tuple[Verb, ...]) -> Paragraph:
    # Written out, because ``replace`` takes longer than the verbs of a paragraph do.
    return Paragraph(of.id, of.kind, of.number, of.text, of.offsets, verbs, of.anchors, of.closing)


def _cited(of: Footnote, citer: Citer) -> Footnote:
    return Footnote(of.mark, of.text, of.offsets, citer.footnote(of.mark, of.text, of.offsets))


def reading_order(resolution: Resolution) -> Iterator[Paragraph | Footnote]:
    """The paragraphs in their order, each followed by the footnotes it refers to that were not yet read; then the rest.

    Footnotes keep their own order whatever the paragraphs refer to: "ibid." looks back to the note printed before.
    """
    places = {note.mark: place for place, note in enumerate(resolution.footnotes)}
    read = 0
    for paragraph in resolution.paragraphs:
        yield paragraph
        last = max((places.get(mark, -1) for mark in paragraph.marks), default=-1)
        if last >= read:
            yield from resolution.footnotes[read : last + 1]
            read = last + 1
    yield from resolution.footnotes[read:]
