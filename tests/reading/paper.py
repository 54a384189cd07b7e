"""A writer of small PDFs for tests: letters put down one by one where a test wants them, in a font of boxes.

Every letter is drawn as the same box, so that the font is a few hundred bytes; what it means, and how wide it is, the file
says apart, as the PDFs of word processors do. A letter may mean several characters (a ligature) or none (``None``).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence

Letter = str | None


class Paper:
    """Pages with text. ``put`` takes text, or letters from left to right as they are drawn."""

    def __init__(self, size: tuple[int, int] = (612, 792), *, rotate: int = 0, named: bool = True) -> None:
        self.size, self.rotate, self.named = size, rotate, named
        self.pages: list[list[str]] = []
        self.letters: dict[Letter, int] = {}
        self.turn()

    def turn(self) -> Paper:
        """A new page."""
        self.pages.append([])
        return self

    def put(
        self,
        x: float,
        y: float,
        letters: Iterable[Letter],
        size: float = 10,
        *,
        bold: bool = False,
        tracking: float = 0.0,
        spoken: str | None = None,
        matrix: str = "1 0 0 1",
    ) -> float:
        """Draw letters from ``x`` on the base line ``y``; gives where the next would stand. ``spoken`` is an ActualText."""
        letters = list(letters)
        codes = "".join(f"{self.letters.setdefault(letter, len(self.letters) + 1):04x}" for letter in letters)
        drawn = f"BT /{'B' if bold else 'F'} {size} Tf {tracking} Tc {matrix} {x} {y} Tm <{codes}> Tj ET"
        if spoken is not None:
            drawn = f"/Span <</ActualText <{(chr(0xFEFF) + spoken).encode('utf-16-be').hex()}>>> BDC {drawn} EMC"
        self.pages[-1].append(drawn)
        return x + sum(width(letter) * size / 1000 + tracking for letter in letters)

    def lines(self, x: float, y: float, texts: Sequence[str], size: float = 10, pitch: float = 12, **how: object) -> float:
        """Several lines under one another; gives where the next would stand."""
        for text in texts:
            self.put(x, y, text, size, **how)  # type: ignore[arg-type]
            y -= pitch
        return y

    def rule(self, left: float, right: float, y: float) -> None:
        """A thin line from left to right."""
        self.pages[-1].append(f"{left} {y} m {right} {y} l S")

    def picture(self, left: float, bottom: float, right: float, top: float) -> None:
        """A grey picture."""
        self.pages[-1].append(f"q {right - left} 0 0 {top - bottom} {left} {bottom} cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI Q")

    def data(self) -> bytes:
        """The file."""
        things: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]

        def add(thing: str | bytes) -> int:
            things.append(thing.encode("latin-1") if isinstance(thing, str) else thing)
            return len(things)

        count = len(self.letters) + 1
        widths = " ".join(f"{code} [{width(letter)}]" for letter, code in self.letters.items())
        names = _meanings({letter: code for letter, code in self.letters.items() if letter}) if self.named else ""
        meaning = add(_stream(names.encode()))
        file, same = add(_stream(_font())), add(_stream(b"\0\1" * count))
        fonts = []
        for name in ("Boxes", "Boxes-Bold"):
            about = add(
                f"<</Type/FontDescriptor/FontName/{name}/Flags 4/FontBBox[0 -220 1000 880]/Ascent 880/Descent -220"
                f"/CapHeight 700/ItalicAngle 0/StemV 80/FontFile2 {file} 0 R>>"
            )
            drawn = add(
                f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}"
                f"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                f"/FontDescriptor {about} 0 R/CIDToGIDMap {same} 0 R/W[{widths}]/DW 500>>"
            )
            told = f"/ToUnicode {meaning} 0 R" if self.named else ""
            fonts.append(
                add(f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H/DescendantFonts[{drawn} 0 R]{told}>>")
            )
        leaves = []
        for page in self.pages:
            content = add(_stream("\n".join(page).encode("latin-1")))
            leaves.append(
                add(
                    f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {self.size[0]} {self.size[1]}]/Rotate {self.rotate}"
                    f"/Resources<</Font<</F {fonts[0]} 0 R/B {fonts[1]} 0 R>>>>/Contents {content} 0 R>>"
                )
            )
        things[1] = f"<</Type/Pages/Count {len(leaves)}/Kids[{' '.join(f'{leaf} 0 R' for leaf in leaves)}]>>".encode()
        return _file(things)


def width(letter: Letter) -> int:
    """The width of a letter in thousandths of the size of type: Chinese ones are square, blanks and vowel signs narrow."""
    if letter and "\u2e80" <= letter[0] < "\ufb00":
        return 1000
    if letter and "\u064b" <= letter[0] <= "\u0652":
        return 0
    return 250 if letter == " " else 500


def length(text: str, size: float = 10) -> float:
    """How long a text is when it is drawn."""
    return sum(map(width, text)) * size / 1000


def wrapped(text: str, room: float, size: float = 10, first: float = 0.0) -> list[str]:
    """A text in lines no longer than ``room``; the first has ``first`` less. Words stay whole."""
    lines: list[str] = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if length(longer, size) > room - (first if len(lines) == 1 else 0.0) and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def _meanings(codes: dict[str, int]) -> str:
    """The table that says which characters a letter means."""
    lines = ["/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def"]
    lines.append("1 begincodespacerange <0000> <ffff> endcodespacerange")
    each = list(codes.items())
    for start in range(0, len(each), 100):
        part = each[start : start + 100]
        lines.append(f"{len(part)} beginbfchar")
        lines += [f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for letter, code in part]
        lines.append("endbfchar")
    return "\n".join([*lines, "endcmap end end"])


def _file(things: list[bytes]) -> bytes:
    out = b"%PDF-1.7\n"
    places = []
    for number, thing in enumerate(things, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + thing + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(things) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1) + table + end


def _font() -> bytes:
    """A TrueType font of two glyphs: nothing, and a box as high as a capital."""
    box = struct.pack(">hhhhh", 1, 0, 0, 500, 700) + struct.pack(">HH", 3, 0) + bytes([1] * 4)
    box += struct.pack(">hhhh", 0, 500, 0, -500) + struct.pack(">hhhh", 0, 0, 700, 0)
    box += b"\0" * (-len(box) % 4)
    tables = {
        b"glyf": box,
        b"head": struct.pack(">IIIIHHQQhhhhHHhhh", 65536, 65536, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, 500, 700, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 65536, 880, -220, 0, 500, 0, 0, 500, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", 500, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, len(box) // 2),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 65536, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    head = struct.pack(">IHHHH", 65536, len(tables), 64, 2, len(tables) * 16 - 64)
    body = b""
    for name, table in tables.items():
        padded = table + b"\0" * (-len(table) % 4)
        head += name + struct.pack(">III", 0, 12 + 16 * len(tables) + len(body), len(table))
        body += padded
    return head + body
