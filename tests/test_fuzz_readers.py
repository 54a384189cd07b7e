"""Whatever the bytes, a reader gives a sound text or one of our errors, and nothing else.

Two ways: sound files with damage done to them, and files of sound pieces put together at random. A few examples of each run
every time; ``PLOUGHSHARE_SOAK=1`` runs many.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ploughshare.errors import PloughshareError
from ploughshare.flow import read_resolution
from ploughshare.model.text import Text
from tests.broken.make import AKN, TEXT, files
from tests.reading import doc_writer
from tests.reading.doc_writer import Document, Paragraph, in_list
from tests.reading.docx_writer import definition, docx, level, note, num, p, package, r, reference

EXAMPLES = 3_000 if os.environ.get("PLOUGHSHARE_SOAK") else 25
FORMATS = ("plain", "html", "docx", "doc", "pdf", "akn")
many = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=not os.environ.get("PLOUGHSHARE_SOAK"),
    suppress_health_check=list(HealthCheck),
    database=None,
)
FOOTED = (
    "The General Assembly,\n\nRecalling the letter¹ and the bridge,²\n\n1. Asks the gardener:\n\n(a) To mend;\n\n¹ A/1.\n\n² Ib.\n"
)
LISTS = definition(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)")) + num(1, 0)
NOTES = note("footnote", 1, p(r("<w:footnoteRef/>"), " A/1."))


@cache
def seeds() -> dict[str, list[bytes]]:
    """Small sound files of each format."""
    page = f'<html><meta charset=utf-8><p>The council<a href="#f"><sup>1</sup></a></p><ol><li>{TEXT}</ol><p id=f><sup>1</sup> A/1.'
    word = docx(p("The council", reference(1)) + p("Asks", num=(1, 0)) + p("Mends", num=(1, 1)), footnotes=NOTES, numbering=LISTS)
    old = Document(
        [Paragraph("The council\x02"), Paragraph("Asks", in_list(1)), Paragraph("\x13 X \x14mends\x15", in_list(1, 1))],
        footnotes=["\x02 A/1."],
        references=[(11, True)],
        lists=doc_writer.lists((5, [doc_writer.level(1, 0, "%1.")] * 9)),
        overrides=doc_writer.overrides((5, {0: 3})),
        styles=doc_writer.style_sheet((0xFFF, b""), (0, in_list(1))),
        runs=[doc_writer.Run(4, 6, b"\x48\x2a\x01")],
        header="G/RES/99/9",
    )
    akn = AKN.format(
        '<paragraph eId="x"><num>1.</num><content><p>Asks <authorialNote><p>A/1.</p></authorialNote></p></content></paragraph>'
    )
    made = files()
    return {
        "plain": [TEXT.encode(), FOOTED.encode(), FOOTED.encode("utf-16")],
        "html": [page.encode()],
        "docx": [word],
        "doc": [doc_writer.write(old)],
        "pdf": [made["encrypted.pdf"], made["pictures_of_text.pdf"], _text_pdf()],
        "akn": [akn.encode(), made["entity_bomb.xml"]],
    }


def _text_pdf() -> bytes:
    from tests.broken.make import _pdf

    return _pdf(b"BT /F1 12 Tf 72 700 Td (The General Assembly,) Tj 0 -20 Td (1. Asks the gardener to mend;) Tj ET")


def attempt(name: str, data: bytes) -> None:
    """Read with the reader of this format and through the whole journey; both may only give results or our errors."""
    for read in (reader(name), read_resolution):
        try:
            result = read(data, f"fuzzed.{name}")
        except PloughshareError:
            continue
        if isinstance(result, Text):
            check(result)


def reader(name: str) -> Callable[..., Any]:
    read: Callable[..., Any] = import_module(f"ploughshare.reading.{name}").read
    return read


def check(text: Text) -> None:
    """Blocks are clean, and every character of them has its place."""
    for block in text.blocks:
        assert block.text == block.text.strip(" ") != ""
        assert not re.search(r"  |[\t\r\n]", block.text)
        assert len(block.offsets.cleaned) == len(block.offsets.original)
        first, last = block.offsets.at(0), block.offsets.at(len(block.text) - 1)
        assert 0 <= first <= last < len(text.decoded) or not text.decoded
        assert all(0 <= anchor.position <= len(block.text) for anchor in block.anchors)


@st.composite
def damage(draw: st.DrawFn, seed: bytes) -> bytes:
    """A file with some of its bytes changed, lost, doubled or swapped."""
    data = bytearray(seed)
    # Most of some files is padding: aim at bytes that say something.
    telling = [place for place, byte in enumerate(seed) if byte] or [0]
    for _ in range(draw(st.integers(1, 8))):
        at = min(draw(st.sampled_from(telling)), max(0, len(data) - 1))
        size = draw(st.integers(1, 40))
        match draw(st.sampled_from(["byte", "cut", "end", "double", "insert", "extreme"])):
            case "byte":
                data[at : at + 1] = bytes([draw(st.integers(0, 255))])
            case "cut":
                del data[at : at + size]
            case "end":
                del data[at:]
            case "double":
                data[at:at] = data[at : at + size] * draw(st.integers(1, 20))
            case "insert":
                data[at:at] = draw(st.binary(max_size=20))
            case "extreme":
                data[at : at + 4] = draw(st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\x01\0\0\0"]))
    return bytes(data)


@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files(name: str) -> None:
    @many
    @given(st.sampled_from(seeds()[name]).flatmap(damage))
    def run(data: bytes) -> None:
        attempt(name, data)

    run()


def test_damaged_parts_of_a_docx() -> None:
    """Damage inside the parts, under a ZIP file that is whole."""
    with zipfile.ZipFile(io.BytesIO(seeds()["docx"][0])) as archive:
        parts: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}

    @many
    @given(st.sampled_from(sorted(parts)).flatmap(lambda name: st.tuples(st.just(name), damage(bytes(parts[name])))))  # type: ignore[arg-type]
    def run(changed: tuple[str, bytes]) -> None:
        attempt("docx", package({**parts, changed[0]: changed[1]}))

    run()


@many
@given(st.sampled_from(FORMATS), st.binary(max_size=300))
def test_noise_behind_a_true_beginning(name: str, noise: bytes) -> None:
    attempt(name, seeds()[name][0][:40] + noise)


PIECES_OF_TEXT = (
    "The General Assembly, Recalling Requests Decides 1. 2. (a) (b) a) ¹ ² <sup>3</sup> * ** A/RES/79/1 一、 大会， 请 и а) أ) (أ)"
    " 1 [1] _____ \x0c ; . , : “ ” # ## - • | --- ```"
)
WORDS = st.sampled_from([*PIECES_OF_TEXT.split(" "), "\n", "\n\n", "\n\n\n", " ", "\t", "\u00a0", "\u200f", "\u3000"])


@many
@given(st.lists(WORDS, max_size=60), st.sampled_from(["", " ", "\n", "\n\n"]), st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_plain_text_of_any_pieces(words: list[str], between: str, encoding: str) -> None:
    attempt("plain", between.join(words).encode(encoding))


TAGS = re.findall("[a-z0-9]+", "p div ol li ul table tr td sup a h1 section span pre del b title script style br hr")
MARKUP = st.one_of(
    st.sampled_from(TAGS).flatmap(
        lambda tag: st.sampled_from([f"<{tag}>", f"</{tag}>", f"<{tag} id=n hidden=", f'<{tag} class="footnotes">'])
    ),
    st.sampled_from(
        ["<a href=#n>", "<p id=n>", "<!--", "-->", "<![CDATA[", "]]>", "<", ">", '"', "&#", "&amp", "&#xD800;", "<ol start=-5>"]
    ),
    st.sampled_from(["1", "[1]", "¹", "1.", "(a)", "word", " ", "\n", "\u00ad", "The council,"]),
)


@many
@given(st.lists(MARKUP, max_size=80))
def test_pages_of_any_tags(parts: list[str]) -> None:
    attempt("html", "".join(parts).encode())


def _paragraph(inside: list[str], place: tuple[int, int] | None, mark: str) -> str:
    return p(*inside, num=place, mark=mark)


FIELD = '<w:fldChar w:fldCharType="{}"/>'
RUNS = st.sampled_from([
    r("word "), r("1."), r("2", '<w:vertAlign w:val="superscript"/>'), reference(1), reference(7), r("<w:tab/>"),
    r("gone", "<w:vanish/>"), r('<w:footnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t>'), r(FIELD.format("begin")),
    r(FIELD.format("separate")), r(FIELD.format("end")), f"<w:del>{r('x')}</w:del>", f"<w:ins>{r('y')}</w:ins>",
    r('<w:sym w:char="F0B7"/>'), "<w:p/>", "<w:tbl/>", r(f"<w:pict><w:txbxContent>{p('box')}</w:txbxContent></w:pict>"),
])  # fmt: skip
PARAGRAPHS = st.builds(
    _paragraph,
    st.lists(RUNS, max_size=6),
    st.none() | st.tuples(st.sampled_from([0, 1, 9]), st.sampled_from([0, 1, 8, 20, -1])),
    st.sampled_from(["", "<w:del/>", "<w:specVanish/>"]),
)
BODIES = st.recursive(
    PARAGRAPHS,
    lambda inner: st.lists(inner, max_size=4).flatmap(
        lambda parts: st.sampled_from([
            "".join(parts),
            f"<w:tbl><w:tr>{''.join(f'<w:tc>{part}</w:tc>' for part in parts)}</w:tr></w:tbl>",
            f"<w:sdt><w:sdtContent>{''.join(parts)}</w:sdtContent></w:sdt>",
        ])
    ),
    max_leaves=12,
)  # fmt: skip


@many
@given(BODIES)
def test_word_documents_of_any_parts(body: str) -> None:
    attempt("docx", docx(body, footnotes=NOTES, numbering=LISTS))


PIECES = st.sampled_from(["word ", "1.", "\x02", "*", "\x13", "\x14", "\x15", "\x0c", "\x0b", "\x1e", "\x07", "\x01", "𝄞", "\t"])
PROPERTIES = st.sampled_from(
    [b"", in_list(1), in_list(2, 8), in_list(0xFFFF), b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01", b"\x08\xd6\xff"]
)


@st.composite
def old_documents(draw: st.DrawFn) -> Document:
    texts = draw(st.lists(st.lists(PIECES, max_size=8).map("".join), min_size=1, max_size=6))
    paragraphs = [Paragraph(text, draw(PROPERTIES), draw(st.integers(0, 5)), draw(st.sampled_from("\r\x07\x0c"))) for text in texts]
    length = sum(len(paragraph.text) + 1 for paragraph in paragraphs)
    references = sorted(draw(st.lists(st.tuples(st.integers(0, length), st.booleans()), max_size=4)))
    return Document(
        paragraphs,
        footnotes=[draw(st.sampled_from(["\x02 A/1.", "* Own.", "", "\r"])) for _ in references],
        references=references,
        lists=doc_writer.lists((5, [doc_writer.level(1, draw(st.integers(0, 255)), "%1.%2%3")] * 9)),
        overrides=doc_writer.overrides((5, {}), (5, {0: 3}), (6, {9: 2})),
    )


@many
@given(old_documents())
def test_old_word_documents_of_any_parts(document: Document) -> None:
    attempt("doc", doc_writer.write(document))


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "broken").glob("*.*")), ids=lambda path: path.name)
def test_every_reader_refuses_or_reads_every_broken_file(path: Path) -> None:
    """Each reader, given a file that is not of its format or not whole."""
    data = path.read_bytes()
    for name in FORMATS:
        with suppress(PloughshareError):
            reader(name)(data, path.name)
