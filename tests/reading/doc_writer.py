"""Write small Word 97 files for the tests: an OLE container and in it what the reader looks at ([MS-CFB], [MS-DOC])."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container with these streams, each large enough to stand in full sectors."""
    sectors: list[bytes] = []
    table: list[int] = []
    entries = []
    for name, data in streams.items():
        data = data.ljust(4096, b"\0")  # smaller ones would have to stand in a stream of their own
        count = -(-len(data) // _SECTOR)
        start = len(sectors)
        sectors += [data[_SECTOR * place : _SECTOR * (place + 1)].ljust(_SECTOR, b"\0") for place in range(count)]
        table += [*range(start + 1, start + count), _END]
        entries.append((name, start, len(data)))
    # The directory: the root, whose child is the first stream; the others hang to its right one after another.
    entries.sort(key=lambda entry: (len(entry[0]), entry[0].upper()))
    records = [_entry("Root Entry", 5, _END, 0, child=1)]
    records += [
        _entry(name, 2, start, size, right=place + 2 if place + 1 < len(entries) else _FREE)
        for place, (name, start, size) in enumerate(entries)
    ]
    directory = b"".join(records)
    directory += b"".join(_entry("", 0, 0, 0) for _ in range(-len(records) % 4))
    first = len(sectors)
    count = len(directory) // _SECTOR
    sectors += [directory[_SECTOR * place : _SECTOR * (place + 1)] for place in range(count)]
    table += [*range(first + 1, first + count), _END]
    fats = 1
    while fats * 128 < len(table) + fats:
        fats += 1
    assert fats <= 109
    places = range(len(sectors), len(sectors) + fats)
    table += [_FAT] * fats
    table += [_FREE] * (fats * 128 - len(table))
    sectors += [struct.pack("<128I", *table[128 * place : 128 * (place + 1)]) for place in range(fats)]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, fats, first, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", *places, *[_FREE] * (109 - fats))
    return header + b"".join(sectors)


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0" if name else b""
    return struct.pack(
        "<64sHBB3I16sI16sIQ", encoded, len(encoded), kind, 1, _FREE, right, child, b"", 0, b"", start if kind else 0, size
    )


@dataclass
class Paragraph:
    """A paragraph: its text (with the control characters of the format) and its properties."""

    text: str
    properties: bytes = b""
    style: int = 0
    end: str = "\r"


@dataclass
class Run:
    """Properties of the characters from one position of the main text to another."""

    start: int
    stop: int
    properties: bytes


@dataclass
class Document:
    """What a file is to hold. A reference is the position of the mark and whether it is automatic."""

    paragraphs: list[Paragraph]
    footnotes: list[str] = field(default_factory=list)
    references: list[tuple[int, bool]] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    end_references: list[tuple[int, bool]] = field(default_factory=list)
    header: str = ""
    runs: list[Run] = field(default_factory=list)
    lists: bytes = b""
    overrides: bytes = b""
    styles: bytes = b""
    #: Whether the characters take one byte each (of Windows-1252) or two.
    narrow: bool = False
    flags: int = 0x0200
    version: int = 0xC1


def write(document: Document) -> bytes:
    """The bytes of a Word 97 file."""
    main = _units("".join(paragraph.text + paragraph.end for paragraph in document.paragraphs))
    notes, ends = (_units("".join(f"{note}\r" for note in texts)) for texts in (document.footnotes, document.endnotes))
    header = _units(f"{document.header}\r") if document.header else ""
    notes, ends = notes and notes + "\r", ends and ends + "\r"
    text = main + notes + header + ends + "\r"
    encoded = text.encode("cp1252") if document.narrow else text.encode("utf-16-le", "surrogatepass")
    width = 1 if document.narrow else 2
    start = 2048
    stream = bytearray(start)
    stream += encoded
    stream += bytes(-len(stream) % 512)

    table = bytearray(b"\0" * 16)
    places: dict[int, tuple[int, int]] = {}

    def put(which: int, data: bytes, size: int | None = None) -> None:
        if data:
            places[which] = (len(table), len(data) if size is None else size)
            table.extend(data)

    offset = (start * 2 | 0x40000000) if document.narrow else start
    pieces = struct.pack("<2I", 0, len(text)) + struct.pack("<HIH", 0, offset, 0)
    put(33, b"\x02" + struct.pack("<I", len(pieces)) + pieces)

    at, entries = 0, []
    for paragraph in document.paragraphs:
        size = len(_units(paragraph.text + paragraph.end)) * width
        entries.append((start + at, start + at + size, struct.pack("<H", paragraph.style) + paragraph.properties))
        at += size
    put(13, _pages(stream, entries, 13))
    runs, covered = [], start
    for run in document.runs:  # a page covers all of the text: what has no properties stands there without
        first, last = start + run.start * width, start + run.stop * width
        runs += [(covered, first, b""), (first, last, run.properties)] if first > covered else [(first, last, run.properties)]
        covered = last
    put(12, _pages(stream, runs, 1))

    for which, references, texts in (
        (2, document.references, document.footnotes),
        (46, document.end_references, document.endnotes),
    ):
        if references:
            main_length = len(main)
            put(which, struct.pack(f"<{len(references) + 1}I", *(at for at, _ in references), main_length)
                + struct.pack(f"<{len(references)}H", *(int(automatic) for _, automatic in references)))  # fmt: skip
            lengths = [0]
            for note in texts:
                lengths.append(lengths[-1] + len(_units(note)) + 1)
            put(which + 1, struct.pack(f"<{len(lengths) + 1}I", *lengths, lengths[-1] + 1))
    if header:
        # Separators take six places, then come the headers of the first section; the fifth is for its first page.
        put(11, struct.pack("<13I", *[0] * 11, len(header), len(header)))
    put(1, document.styles)
    put(73, document.lists, size=2 + 28 * int.from_bytes(document.lists[:2], "little"))
    put(74, document.overrides)

    fib = bytearray(2048)
    struct.pack_into("<5H", fib, 0, 0xA5EC, document.version, 0, 0x0409, 0)
    struct.pack_into("<H", fib, 10, document.flags)
    struct.pack_into("<H", fib, 32, 14)
    struct.pack_into("<H", fib, 62, 22)
    struct.pack_into("<6i", fib, 76, len(main), len(notes), len(header), 0, 0, len(ends))
    struct.pack_into("<H", fib, 152, 93)
    for which, (place, size) in places.items():
        struct.pack_into("<2I", fib, 154 + 8 * which, place, size)
    stream[:2048] = fib
    return ole({"WordDocument": bytes(stream), "1Table" if document.flags & 0x0200 else "0Table": bytes(table)})


def _units(text: str) -> str:
    """The text with a pair of surrogates for what takes two code units: positions count those."""
    data = text.encode("utf-16-le", "surrogatepass")
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def _pages(stream: bytearray, entries: list[tuple[int, int, bytes]], width: int) -> bytes:
    """Put the properties on pages of 512 bytes behind the text; give the table that says which page covers what."""
    if not entries:
        return b""
    firsts, numbers = [], []
    for group in (entries[place : place + 8] for place in range(0, len(entries), 8)):
        page = bytearray(512)
        count = len(group)
        struct.pack_into(f"<{count + 1}I", page, 0, *(entry[0] for entry in group), group[-1][1])
        at = 510
        for number, (_, _, data) in enumerate(group):
            if width == 13:
                data = data + bytes(len(data) + 1 & 1)
                block = bytes([(len(data) + 1) // 2]) + data
            else:
                block = bytes([len(data)]) + data
            at = (at - len(block)) & ~1
            page[at : at + len(block)] = block
            page[4 * (count + 1) + width * number] = at // 2
        page[511] = count
        numbers.append(len(stream) // 512)
        firsts.append(group[0][0])
        stream += page
    return struct.pack(f"<{len(firsts) + 1}I", *firsts, entries[-1][1]) + struct.pack(f"<{len(numbers)}I", *numbers)


def level(start: int, style: int, text: str, *, legal: bool = False) -> bytes:
    """A level of a list; ``%1`` in the text stands for the number of the first level."""
    written = "".join(chr(int(part[0]) - 1) + part[1:] if place else part for place, part in enumerate(text.split("%")))
    head = struct.pack("<iBB9sBII4B", start, style, 4 * legal, bytes(9), 0, 0, 0, 0, 0, 0, 0)
    return head + struct.pack("<H", len(written)) + written.encode("utf-16-le")


def lists(*definitions: tuple[int, list[bytes]]) -> bytes:
    """The lists by identifier, each with its one level or its nine."""
    data = struct.pack("<H", len(definitions))
    for identifier, levels in definitions:
        data += struct.pack("<2I18sBB", identifier, 0, bytes(18), int(len(levels) == 1), 0)
    return data + b"".join(level for _, levels in definitions for level in levels)


def overrides(*chosen: tuple[int, dict[int, int]]) -> bytes:
    """What paragraphs name from 1 on: a list, and at which numbers levels of it start instead."""
    data = struct.pack("<I", len(chosen))
    for identifier, starts in chosen:
        data += struct.pack("<I8x4B", identifier, len(starts), 0, 0, 0)
    for _, starts in chosen:
        data += b"\xff\xff\xff\xff"
        for place, start in starts.items():
            data += struct.pack("<iI", start, place | 0x10)
    return data


def in_list(number: int, place: int = 0) -> bytes:
    """The properties that put a paragraph into a list, at a level."""
    return struct.pack("<HBHH", 0x260A, place, 0x460B, number)


def style_sheet(*styles: tuple[int, bytes]) -> bytes:
    """Paragraph styles: what each builds on (0xFFF: nothing) and its properties."""
    head = struct.pack("<9H", len(styles), 10, 0, 0, 0, 0, 0, 0, 0)
    data = struct.pack("<H", len(head)) + head
    for number, (basis, own) in enumerate(styles):
        name = f"S{number}"
        body = struct.pack("<5H", 0, 1 | basis << 4, 1, 0, 0) + struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
        body += struct.pack("<HH", len(own) + 2, number) + own
        data += struct.pack("<H", len(body)) + body
    return data
