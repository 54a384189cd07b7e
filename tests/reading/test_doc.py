"""An old Word file is read as Word shows it. The files are written here, after the specification."""

import struct

import pytest

from ploughshare.errors import UnreadableError
from ploughshare.model.text import Text
from ploughshare.reading.doc import read
from tests.reading.doc_writer import Document, Paragraph, Run, in_list, level, lists, ole, overrides, style_sheet, write
from tests.reading.test_encoding import SENTENCES

IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"
DELETED, HIDDEN, RAISED = b"\x00\x08\x01", b"\x3c\x08\x01", b"\x48\x2a\x01"


def text_of(document: Document) -> Text:
    return read(write(document), "towns.doc", "en")


def shown(*paragraphs: Paragraph | str, **more: bytes) -> list[str]:
    listed = [Paragraph(one) if isinstance(one, str) else one for one in paragraphs]
    return [block.text for block in text_of(Document(listed, **more)).blocks]  # type: ignore[arg-type]


# One byte a character is for the letters of Western Europe.
@pytest.mark.parametrize(("language", "narrow"), [*((one, False) for one in SENTENCES), ("en", True), ("es", True), ("fr", True)])
def test_every_language_is_read_from_one_byte_or_two(language: str, narrow: bool) -> None:
    text = read(write(Document([Paragraph(SENTENCES[language].strip()), Paragraph("G/RES/99/9")], narrow=narrow)), "towns.doc")
    assert [block.text for block in text.blocks] == [SENTENCES[language].strip(), "G/RES/99/9"]
    assert (text.language, text.source.format) == (language, "doc")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A\tb\x0bc\x0ed", ["A b c d"]),
        ("non\x1enuclear so\x1fft", ["non-nuclear soft"]),
        ("see \x13 HYPERLINK x \x14the page\x15 now", ["see the page now"]),
        ("\x13 IF \x13 PAGE \x147\x15 \x14yes\x15 \x13 TC x \x15no", ["yes no"]),
        ("One\x0cTwo", ["One", "Two"]),
        ("pic\x01ture and sha\x08pe", ["picture and shape"]),
        ("clef 𝄞 here", ["clef 𝄞 here"]),
    ],
)
def test_special_characters_mean_what_they_mean_in_word(written: str, expected: list[str]) -> None:
    assert shown(written) == expected


def test_a_field_that_does_not_end_swallows_its_paragraph_only() -> None:
    assert shown("One \x13 lost", "Two") == ["One", "Two"]


def test_lists_count_nest_and_start_over() -> None:
    levels = [level(1, 0, "%1."), level(1, 4, "(%2)"), level(1, 2, "%1.%2.%3", legal=True), *[level(1, 0, "")] * 6]
    numbering = {
        "lists": lists((70, [level(1, 23, "\uf0b7")]), (77, levels)),
        "overrides": overrides((77, {}), (77, {0: 7}), (70, {})),
    }
    places = [(1, 0), (1, 1), (1, 1), (1, 2), (1, 0), (1, 1), (2, 0), (1, 0), (3, 0), (0, 0)]
    assert shown(*(Paragraph("x", in_list(*place)) for place in places), **numbering) == [
        "1. x", "(a) x", "(b) x", "1.2.1 x", "2. x", "(a) x", "7. x", "8. x", "\u2022 x", "x",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "expected"), [(1, "III"), (2, "iii"), (3, "C"), (39, "三"), (46, "ت"), (48, "ج"), (58, "в"), (59, "В"), (30, "丙")]
)
def test_every_script_has_its_numerals(kind: int, expected: str) -> None:
    numbering = {"lists": lists((5, [level(3, kind, "(%1)")])), "overrides": overrides((5, {}))}
    assert shown(Paragraph("x", in_list(1)), **numbering) == [f"({expected}) x"]


def test_a_style_brings_its_list_along() -> None:
    numbering = {"lists": lists((5, [level(1, 0, "%1.")] * 9)), "overrides": overrides((5, {}))}
    styles = style_sheet((0xFFF, b""), (0, in_list(1)), (1, b""), (3, b""))
    listed = [Paragraph("a", style=1), Paragraph("b", style=2), Paragraph("c", in_list(0), style=2), Paragraph("d", style=3)]
    assert shown(*listed, styles=styles, **numbering) == ["1. a", "2. b", "c", "d"]


def test_cells_are_paragraphs_and_a_number_goes_with_its_words() -> None:
    row = [Paragraph("1.", IN_TABLE, end="\x07"), Paragraph("Asks", IN_TABLE), Paragraph("more", IN_TABLE, end="\x07"),
           Paragraph("", IN_TABLE + ROW_END, end="\x07")]  # fmt: skip
    assert shown(*row, *row, "end") == ["1. Asks", "more", "1. Asks", "more", "end"]


def test_deleted_and_hidden_runs_are_left_out() -> None:
    document = Document(
        [Paragraph("It was is"), Paragraph("so far"), Paragraph("on")], runs=[Run(3, 7, DELETED), Run(12, 17, HIDDEN)]
    )
    assert [block.text for block in text_of(document).blocks] == ["It is", "soon"]


def test_notes_are_tied_to_their_paragraphs() -> None:
    document = Document(
        [Paragraph("The hall\x02, and* more\x02."), Paragraph("End\x02")],
        footnotes=["\x02 First.\rSecond.", "* Own mark.", "\x02\tLast."],
        references=[(8, True), (14, False), (20, True)],
        endnotes=["\x02 Late."],
        end_references=[(26, True)],
        runs=[Run(8, 9, RAISED), Run(14, 15, RAISED), Run(20, 21, RAISED)],
    )
    first, second, *notes = text_of(document).blocks
    assert first.text == "The hall, and more."
    assert [(anchor.position, anchor.mark) for anchor in first.anchors] == [(8, "1"), (13, "*"), (18, "2")]
    assert [(anchor.position, anchor.mark) for anchor in second.anchors] == [(3, "i")]
    assert [(one.kind, one.mark, one.text) for one in notes] == [
        ("note", "1", "First. Second."), ("note", "*", "Own mark."), ("note", "2", "Last."), ("note", "i", "Late."),
    ]  # fmt: skip


def test_a_note_whose_reference_was_deleted_is_not_printed() -> None:
    document = Document([Paragraph("One\x02 two")], footnotes=["\x02 Gone."], references=[(3, True)], runs=[Run(3, 4, DELETED)])
    assert [(block.kind, block.text, block.anchors) for block in text_of(document).blocks] == [("text", "One two", ())]


def test_the_symbol_of_the_cover_is_found_in_its_header() -> None:
    assert [block.text for block in text_of(Document([Paragraph("Asks")], header="G/RES/99/9")).blocks] == ["G/RES/99/9", "Asks"]
    assert [block.text for block in text_of(Document([Paragraph("Asks")], header="Page")).blocks] == ["Asks"]


def test_spans_point_into_the_text_as_it_is_written_out() -> None:
    document = Document([Paragraph("The  hall\x02\topens")], footnotes=["\x02 First.\rSecond."], references=[(9, True)])
    text = text_of(document)
    assert text.decoded == "The  hall\topens\n1\t First.\nSecond."
    for block in text.blocks:
        assert block.text == " ".join(text.decoded[slice(*block.offsets.span(0, len(block.text)))].split())


@pytest.mark.parametrize(
    "document",
    [
        Document([Paragraph("word", in_list(1))] * 10_000, lists=lists((5, [level(1, 0, "%1.")])), overrides=overrides((5, {}))),
        Document(
            [Paragraph("w\x02")] * 10_000, footnotes=["\x02 n"] * 10_000, references=[(3 * n + 1, True) for n in range(10_000)]
        ),
        Document([Paragraph("w" * 20_000)], runs=[Run(2 * n, 2 * n + 1, RAISED) for n in range(10_000)]),
        Document([Paragraph("\x13\x14" * 20_000 + "w")] * 3),
    ],
    ids=["paragraphs", "footnotes", "runs", "fields"],
)
def test_large_documents_are_read_to_the_end(document: Document) -> None:
    """How long they take is for the bench to say; anything quadratic would be noticed here too."""
    assert read(write(document), "x.doc", "en").blocks


GOOD = write(Document([Paragraph("The council")]))


def with_pieces(*pieces: tuple[int, int, int]) -> bytes:
    """A file whose piece table is replaced by one of (start, stop, offset) with two bytes a character."""
    table = struct.pack(f"<{len(pieces) + 1}I", pieces[0][0], *(stop for _, stop, _ in pieces))
    table += b"".join(struct.pack("<HIH", 0, offset, 0) for _, _, offset in pieces)
    stream = bytearray(4096)
    struct.pack_into("<2H", stream, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", stream, 32, 14)
    struct.pack_into("<H", stream, 62, 22)
    struct.pack_into("<i", stream, 76, 100)
    struct.pack_into("<2I", stream, 154 + 8 * 33, 16, 5 + len(table))
    return ole({"WordDocument": bytes(stream), "0Table": bytes(16) + b"\x02" + struct.pack("<I", len(table)) + table})


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "damaged"),
        (GOOD[:1000], "damaged"),
        (ole({"Contents": b"x"}), "no Word document"),
        (ole({"EncryptedPackage": b"x"}), "encrypted"),
        (ole({"WordDocument": b"\xdc\xa5" + bytes(600)}), "older than Word 97"),
        (write(Document([Paragraph("x")], flags=0x0300)), "encrypted"),
        (write(Document([Paragraph("x")], version=0x65)), "older than Word 97"),
        (write(Document([Paragraph(" ")])), "holds no text"),
        (ole({"WordDocument": GOOD[512:4608]}), "piece table"),
        (with_pieces((0, 1_000_000, 2048)), "contradicts itself"),
        (with_pieces(*((1000 * n, 1000 * n + 1000, 2048) for n in range(9))), "contradicts itself"),
        (with_pieces((10, 5, 2048)), "contradicts itself"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(data, "x.doc")
    assert words in str(caught.value)
    assert caught.value.advice
