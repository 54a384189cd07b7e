"""Format and language are told from the content."""

import io
import zipfile

import pytest

from ploughshare.errors import UnreadableError
from ploughshare.reading.detect import Format, format_of, language_of
from tests.reading.doc_writer import Document, Paragraph, ole, write
from tests.reading.test_encoding import SENTENCES
from tests.shared import SHARED, needs_shared


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # without the time, which names of tests would show
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"The council,\n\n1. Asks", Format.PLAIN),
        (b"# The council\n\n* asks <sup>1</sup>\n\n<br>\n\nmore", Format.PLAIN),
        (b"<div align=center>\n\n# The council\n\nasks\n\nmore\n\nand more\n\n</div>", Format.PLAIN),
        (b"5 < 6, and that is all", Format.PLAIN),
        (b"<!DOCTYPE html><title>x</title>", Format.HTML),
        (b"\xef\xbb\xbf\n<!-- saved --><HTML lang=fr>", Format.HTML),
        ("<html><p>The council".encode("utf-16"), Format.HTML),
        ("<html><p>The council".encode("utf-16-be"), Format.HTML),
        (b"<p>The council</p><p>asks</p>", Format.HTML),
        (b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0"><html xmlns="x">', Format.HTML),
        (b'<?xml version="1.0"?>\n<akomaNtoso xmlns="x"><statement/>', Format.AKN),
        (b'<!-- note --><an:akomaNtoso xmlns:an="x">', Format.AKN),
        ('<?xml version="1.0" encoding="UTF-16"?><akomaNtoso>'.encode("utf-16"), Format.AKN),
        (b"<!DOCTYPE akomaNtoso [" + b'<!ENTITY a "b">' * 2_000 + b"]><akomaNtoso/>", Format.AKN),
        (b"\n" * 20_000 + b"<p>The council</p>", Format.HTML),
        (b"The council\n\nwrites about <!DOCTYPE x> and such.", Format.PLAIN),
        (b"%PDF-1.4\n", Format.PDF),
        (b"\r\n" * 90 + b"%PDF-1.7", Format.PDF),
        (zipped("[Content_Types].xml", "word/document.xml"), Format.DOCX),
        (write(Document([Paragraph("The council")])), Format.DOC),
    ],
)
def test_the_format_is_told_from_the_content(data: bytes, expected: Format) -> None:
    assert format_of(data) is expected


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\n  \n", "blanks"),
        (b"{\\rtf1\\ansi The council}", "RTF"),
        (b"\xffWPC\x10\0\0\0", "WordPerfect"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"II*\0\x08\0\0\0", "TIFF"),
        (b"\x7fELF\x02\x01", "program"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000", "tar"),
        (b'<?xml version="1.0"?><kml xmlns="x"/>', "<kml>"),
        (b'<?xml version="1.0"?>', "XML"),
        (b'<w:document xmlns:w="x"/>', "<w:document>"),
        (zipped("xl/workbook.xml"), "Excel"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("a.txt", "b.txt"), "ZIP archive"),
        (zipped("word/document.xml")[:60], "cut off"),
        (ole({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "encrypted"),
        (ole({"Workbook": b"x"}), "Excel"),
        (ole({"Contents": b"x"}), "without a text"),
        (write(Document([Paragraph("The council")]))[:700], "cut off"),
    ],
)
def test_what_no_reader_takes_is_named(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        format_of(data)
    assert words in caught.value.what
    assert caught.value.advice


@pytest.mark.parametrize("language", SENTENCES)
def test_the_language_is_told_from_one_sentence(language: str) -> None:
    assert language_of(SENTENCES[language]) == language
    assert language_of("A/RES/99/999 " + SENTENCES[language]) == language


def test_symbols_and_a_cover_in_another_language_do_not_deceive() -> None:
    assert language_of("A/CONF.1/2 NPT/CONF.3/4 (Vol. I) " + SENTENCES["zh"]) == "zh"
    assert language_of("UNITED TOWNS General Council Distr. General " * 3 + SENTENCES["fr"] * 60) == "fr"


def test_letters_are_found_even_behind_a_desert() -> None:
    assert language_of("1 " * 3_000 + "сад" + " 2" * 9_000) == "ru"
    with pytest.raises(UnreadableError, match="not one word"):
        language_of("1, 2, 3 – 4 % …")


@needs_shared
@pytest.mark.parametrize("language", SENTENCES)
def test_every_official_text_is_recognized(language: str) -> None:
    for path in (SHARED / "corpus/official/printed" / language).iterdir():
        assert language_of(path.read_text(encoding="utf-8")) == language, path.name
        assert format_of(path.read_bytes()) is Format.PLAIN, path.name
