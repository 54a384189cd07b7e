"""Make the broken files beside this script: ``python -m tests.broken.make``. One way of being wrong each, named for it.

The files are committed, so that a person can try the program on them; a test says that this script still makes the same
(so nothing is packed by a method whose output differs between versions).
"""

from __future__ import annotations

import hashlib
import random
import struct
import zipfile
import zlib
from pathlib import Path

from tests.reading.doc_writer import Document, Paragraph, ole, write
from tests.reading.docx_writer import docx, p, package

HERE = Path(__file__).parent
TEXT = "The town council,\n\n1. Asks the gardener to mend the fence;\n\n2. Decides to meet again.\n"
AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">'
    "<mainBody>{}</mainBody></statement></akomaNtoso>"
)


def files() -> dict[str, bytes]:
    """The files by name."""
    noise = random.Random(79).randbytes(3_000)
    sound_docx = docx("".join(p(line) for line in TEXT.split("\n\n")))
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    return {
        "empty.txt": b"",
        "blanks.txt": b" \r\n\t\r\n \r\n",
        "binary_noise.txt": noise,
        "no_words.txt": b"1 2 3\n\n4 5 6\n",
        "no_resolution.txt": b"Bread, two loaves\nMilk\nSix eggs\nSoap, the green kind\n",
        "latin_bytes_under_a_utf8_mark.txt": b"\xef\xbb\xbf" + "Le conseil prie l’été de durer.".encode("cp1252"),
        "utf8_with_a_stray_byte.txt": ("Совет просит садовника починить ограду. " * 3).encode() + b"\xe9 1.",
        "utf16_of_odd_length.txt": TEXT.encode("utf-16")[:-1],
        "picture.png": _png(),
        "letter.rtf": b"{\\rtf1\\ansi The town council asks.}",
        "program.elf": b"\x7fELF\x02\x01\x01" + bytes(57),
        "tables.xlsx": package({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        "several_files.zip": package({"one.txt": TEXT, "two.txt": TEXT}),
        "cut_off.zip": package({"one.txt": TEXT * 9})[:120],
        "login_page.html": b"<!DOCTYPE html><title>Sign in</title><form><label>Name <input></label><label>Password <input></label>"
        b"<p>You need an account to see this document.</p><p>Forgot your password?</p></form>",
        "page_built_by_a_program.html": b"<!DOCTYPE html><html><script src=app.js></script><body><div id=app></div></body>",
        "cut_off.docx": sound_docx[: len(sound_docx) * 2 // 3],
        "without_document.docx": package({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<x/>"}),
        "broken_xml.docx": package({"word/document.xml": "<w:document><w:body>"}),
        "zip_bomb.docx": package({"word/document.xml": b" " * (64 << 20)}, zipfile.ZIP_BZIP2),
        "entity_bomb.docx": package({"word/document.xml": f"<!DOCTYPE d [{entities}]><d>&e11;</d>"}),
        "encrypted.docx": ole({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": noise}),
        "encrypted.doc": write(Document([Paragraph("The town council asks.")], flags=0x0300)),
        "word_95.doc": ole({"WordDocument": b"\xdc\xa5\x68\0" + bytes(600)}),
        "cut_off.doc": write(Document([Paragraph("The town council asks.")]))[:1_500],
        "no_piece_table.doc": ole({"WordDocument": b"\xec\xa5\xc1\0" + bytes(700), "0Table": b""}),
        "cut_off.pdf": _pdf(b"BT /F1 12 Tf 72 700 Td (The town council asks.) Tj ET")[:300],
        "encrypted.pdf": _pdf(b"BT /F1 12 Tf 72 700 Td (Secret) Tj ET", password=b"secret"),
        "pictures_of_text.pdf": _pdf(b"q 595 0 0 842 0 0 cm /I1 Do Q"),
        "empty_pages.pdf": _pdf(b""),
        "cut_off.xml": AKN.format("<paragraph><num>1.</num><content><p>Asks the gardener").encode()[:-40],
        "entity_bomb.xml": f"<!DOCTYPE akomaNtoso [{entities}]>{AKN.format('<p>&e11;</p>')}".encode(),
        "external_entity.xml": f'<!DOCTYPE akomaNtoso [<!ENTITY x SYSTEM "file:///etc/hostname">]>{AKN.format("<p>&x;</p>")}'.encode(),
        "nested_without_end.xml": AKN.format("<p>" * 5_000).encode(),
        "another_kind.xml": b'<?xml version="1.0"?><recipe><step>Mend the fence.</step></recipe>',
    }  # fmt: skip


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">2I5B", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\xff", 0)) + chunk(b"IEND", b"")


def _pdf(content: bytes, *, password: bytes | None = None) -> bytes:
    """A PDF of one page with this content, a font and a picture; with a password, one that opens with it only."""
    picture = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /I1 6 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        picture + b"\nstream\n\x80\nendstream",
    ]
    identifier = hashlib.md5(content).digest()
    more = b""
    if password is not None:
        objects.append(_encryption(password, identifier))
        more = b" /Encrypt 7 0 R /ID [<%s> <%s>]" % ((identifier.hex().encode(),) * 2)
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R%s >>\nstartxref\n%d\n%%%%EOF\n" % (count, more, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer


def _encryption(password: bytes, identifier: bytes) -> bytes:
    """The dictionary of the standard security handler, revision 2 (ISO 32000-1, 7.6.3)."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    padded = (password + padding)[:32]
    owner = _rc4(hashlib.md5(padded).digest()[:5], padded)
    allowed = -4
    key = hashlib.md5(padded + owner + struct.pack("<i", allowed) + identifier).digest()[:5]
    return b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (
        owner.hex().encode(), _rc4(key, padding).hex().encode(), allowed
    )  # fmt: skip


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) & 255
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) & 255
        j = (j + state[i]) & 255
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) & 255])
    return bytes(out)


if __name__ == "__main__":
    for name, data in files().items():
        (HERE / name).write_bytes(data)
