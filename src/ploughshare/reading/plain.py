"""Plain text and Markdown → Text: whole paragraphs and whole footnotes from what a conversion made of pages.

Bytes become characters (``encoding``), characters lines (``lines``); lines of the pages go (``heads``), footnotes are
taken from among the rest (``notes``), the rest is joined to paragraphs (``layout``), and these are copied clean (``weave``).
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

from ploughshare.model.text import Block, Source, Text

from .detect import language_of
from .edits import edits_of
from .encoding import decode
from .heads import strip_heads
from .layout import paragraphs
from .lines import even, lines_of
from .notes import part_notes
from .weave import weave
from .wrap import wrap_of


def read(data: bytes, name: str, language: str | None = None) -> Text:
    """What are the paragraphs and footnotes of this text?

    The order is that of the input, but a paragraph that a page break cut in two is one, and so is a footnote.

    >>> text = read("1. Requests the report,\u00b9\\n\\n\u00b9 A/1.\\n\\n\\n\\nwith thanks.".encode(), "x.txt", "en")
    >>> [(block.kind, block.mark, block.text, block.anchors) for block in text.blocks]
    [('text', None, '1. Requests the report, with thanks.', (Anchor(position=23, mark='1'),)), ('note', '1', 'A/1.', ())]
    """
    decoded, encoding = decode(data)
    if language is None:
        language = language_of(decoded)
    source = Source(name, sha256(data).hexdigest(), "text", encoding, len(data))
    return Text(source, language, decoded, blocks_of(decoded, language))


def blocks_of(decoded: str, language: str) -> tuple[Block, ...]:
    """The paragraphs and footnotes of some characters, as ``read`` gives them."""
    text = even(decoded)
    edits = edits_of(text)
    lines, begin = strip_heads(text, lines_of(decoded, text), language)
    wrap = wrap_of(text, [line for line in lines if line.start >= begin] if begin else lines, edits)
    parted = part_notes(text, lines, edits, wrap, language)
    wrap = replace(wrap, edits=parted.edits)
    found: list[tuple[int, Block]] = []
    for pieces in paragraphs(text, parted.body, wrap, language):
        words, offsets, anchors = weave(text, pieces, parted.edits)
        if words:
            found.append((pieces[0].start, Block(words, offsets, anchors=anchors)))
    for note in parted.notes:
        words, offsets, anchors = weave(text, note.pieces, parted.edits)
        if words:
            found.append((note.start, Block(words, offsets, "note", note.mark, anchors)))
    found.sort(key=lambda entry: entry[0])
    return tuple(block for _, block in found)
