"""Specimen → DOCX, part by part: real footnotes, numbers that the list makes, different heads on odd and even pages.

The parts are written by hand because no library of ours can write footnotes; the archive carries no date, so that it is
the same every time.
"""

from __future__ import annotations

import io
import zipfile
from html import escape

from .content import Item, Run, Runs, Specimen, bare, template

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#: Free fonts for the three kinds of script.
_LATIN, _ARABIC, _CHINESE = "Liberation Serif", "Amiri", "LXGW WenKai"
_TAGS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
#: How each level of the list writes its numbers: format and text.
_LEVELS = {
    "ar": (("decimal", "%1 -"), ("arabicAbjad", "(%2)"), ("decimal", "‘%3’")),
    "en": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
    "zh": (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)")),
}
_BARE_LEVELS = (("decimal", "%1."), ("lowerLetter", "%2)"), ("lowerRoman", "%3)"))
#: The lower margin of each language, such that pages end inside paragraphs.
_BOTTOM = {"ar": 2080, "en": 1360, "es": 1600, "fr": 1360, "ru": 1360, "zh": 1920}
_TAB = "<w:r><w:tab/></w:r>"
_PARTS = ("header1", "header2", "header3", "footer1", "footer2", "footer3")


def write(specimen: Specimen) -> bytes:
    """The archive of one language."""
    writer = _Writer(specimen)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations((("officeDocument", "word/document.xml"),)),
        "word/_rels/document.xml.rels": _relations(
            (
                *((name, f"{name}.xml") for name in ("styles", "numbering", "settings", "footnotes")),
                *((part[:6], f"{part}.xml") for part in _PARTS),
            )
        ),
        "word/document.xml": writer.document(),
        "word/footnotes.xml": writer.footnotes(),
        "word/styles.xml": writer.styles(),
        "word/numbering.xml": writer.numbering(),
        "word/settings.xml": writer.settings(),
        **{f"word/{part}.xml": writer.edge(part) for part in _PARTS},
    }
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (_HEAD + text).encode())
    return archive.getvalue()


def _content_types() -> str:
    kinds = [
        ("document", "document.main"),
        ("styles", "styles"),
        ("numbering", "numbering"),
        ("settings", "settings"),
        ("footnotes", "footnotes"),
    ]
    kinds += [(part, part[:6]) for part in _PARTS]
    overrides = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}{kind}+xml"/>' for name, kind in kinds)
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(targets: tuple[tuple[str, str], ...]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATION}{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{listed}</Relationships>'


class _Writer:
    """Writes the parts of one language."""

    def __init__(self, specimen: Specimen) -> None:
        self.specimen = specimen
        self.mirrored = specimen.direction == "rtl"

    # -- runs and paragraphs -----------------------------------------------------------------------------
    def words(self, text: str, properties: str = "") -> str:
        """A run; right-to-left where its letters are, or the numbers would stand on the wrong side."""
        side = "<w:rtl/>" if self.mirrored and not text.isascii() else ""
        return f'<w:r>{self._properties(properties + side)}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'

    @staticmethod
    def _properties(properties: str) -> str:
        return f"<w:rPr>{properties}</w:rPr>" if properties else ""

    def set(self, pieces: Runs) -> str:
        """The runs of a paragraph."""
        return "".join(self._run(run) for run in pieces)

    def _run(self, run: Run) -> str:
        if run.style == "note":
            reference = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{run.text}"/></w:r>'
            if not self.mirrored:
                return reference
            raised = '<w:rStyle w:val="FootnoteReference"/><w:rtl/>'
            return self.words("(", raised) + reference + self.words(")", raised)
        if run.style == "verb":
            weight = {"zh": "<w:b/>", "ar": "<w:b/><w:bCs/><w:i/><w:iCs/>"}.get(self.specimen.language, "<w:i/>")
            return self.words(run.text, weight)
        if run.style == "italic" and self.specimen.language != "zh":
            return self.words(run.text, "<w:i/><w:iCs/>")
        return self.words(run.text)

    def paragraph(self, style: str, runs: str, extra: str = "") -> str:
        """A paragraph in a style; ``extra`` follows the style among its properties, in the order of the schema."""
        return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{self._in_order(extra, runs)}</w:pPr>{runs}</w:p>'

    def _in_order(self, extra: str, runs: str) -> str:
        """The properties in the order of the schema: pages and numbers, then the direction, then indents and alignment."""
        side = f'<w:bidi w:val="{int(not runs.isascii())}"/>' if self.mirrored else ""
        before, mark, after = extra.partition("<w:ind")
        if not mark:
            before, mark, after = extra.partition("<w:jc")
        return before + side + mark + after

    # -- parts -------------------------------------------------------------------------------------------
    def document(self) -> str:
        """The body: masthead, cover lines, title, paragraphs, annex."""
        cover = self.specimen.cover
        body = [self._masthead()]
        body += [
            self.paragraph("Cover", self.words(cover[name], "<w:b/><w:bCs/>" if name == "session" else ""))
            for name in ("session", "item", "subject")
        ]
        body.append(self.paragraph("Resolution", self.words(cover["adoption"])))
        body.append(self.paragraph("Report", self.words(cover["report"], "<w:i/><w:iCs/>")))
        body.append(self.paragraph("Title", self.words(cover["number"]) + _TAB + self.set(self.specimen.title)))
        body += [self._item(item) for item in self.specimen.items]
        kinds = (
            ("default", "header", 2),
            ("even", "header", 1),
            ("first", "header", 3),
            ("default", "footer", 2),
            ("even", "footer", 1),
            ("first", "footer", 3),
        )
        edges = "".join(
            f'<w:{part}Reference w:type="{kind}" r:id="rId{4 + _PARTS.index(f"{part}{number}") + 1}"/>'
            for kind, part, number in kinds
        )
        section = (
            f'<w:sectPr>{edges}<w:pgSz w:w="11906" w:h="16838"/>'
            f'<w:pgMar w:top="1440" w:right="1200" w:bottom="{_BOTTOM[self.specimen.language]}" w:left="1200" '
            'w:header="720" w:footer="560" w:gutter="0"/><w:titlePg/>'
            f"{'<w:bidi/>' if self.mirrored else ''}</w:sectPr>"
        )
        return f"<w:document {_W} {_R}><w:body>{''.join(body)}{section}</w:body></w:document>"

    def _masthead(self) -> str:
        """United Nations and the symbol over a rule, the organ and the distribution under it, in a table of two columns."""
        cover = self.specimen.cover
        first, rest = cover["symbol"][0], cover["symbol"][1:]
        rule = '<w:tcBorders><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders>'
        rows = (
            (
                rule,
                self.paragraph("Head", self.words(cover["organization"], '<w:sz w:val="28"/><w:szCs w:val="28"/>')),
                self.paragraph(
                    "Head",
                    f'<w:r><w:rPr><w:sz w:val="40"/></w:rPr><w:t>{first}</w:t></w:r><w:r><w:t>{rest}</w:t></w:r>',
                    '<w:jc w:val="right"/>' if not self.mirrored else "",
                ),
            ),
            (
                "",
                self.paragraph("Head", self.words(cover["organ"], '<w:b/><w:bCs/><w:sz w:val="40"/><w:szCs w:val="40"/>')),
                self.paragraph("Head", self.words(cover["distribution"])) + self.paragraph("Head", self.words(cover["issued"])),
            ),
        )
        grid = '<w:tblGrid><w:gridCol w:w="6500"/><w:gridCol w:w="3000"/></w:tblGrid>'
        side = "<w:bidiVisual/>" if self.mirrored else ""
        table = "".join(
            "<w:tr>"
            + "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>{cell}</w:tc>'
                for width, cell in ((6500, left), (3000, right))
            )
            + "</w:tr>"
            for border, left, right in rows
        )
        return (
            f'<w:tbl><w:tblPr>{side}<w:tblW w:w="9500" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>{grid}{table}</w:tbl>'
        )

    def _item(self, item: Item) -> str:
        if item.kind in ("operative", "annex"):
            number = f'<w:numPr><w:ilvl w:val="{item.level}"/><w:numId w:val="{2 if item.kind == "annex" else 1}"/></w:numPr>'
            return self.paragraph("SingleTxt", self.set(item.runs), number)
        if item.kind == "heading":
            start = "<w:pageBreakBefore/>" if item.id == "annex1 name" else ""
            return self.paragraph("Heading1" if item.id.startswith("annex1") else "Heading2", self.set(item.runs), start)
        if item.kind == "meeting":
            return self.paragraph("Closing", self.set(item.runs), "<w:keepNext/>" if item.id == "meeting" else "")
        return self.paragraph(
            "SingleTxt",
            self.set(item.runs),
            '<w:ind w:left="1267" w:right="1267" w:firstLine="0"/>' if item.kind == "closing" else "",
        )

    def footnotes(self) -> str:
        """The notes, after the two rules that every document has."""
        rules = (
            '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
            '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        )
        reference = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        notes = "".join(
            f'<w:footnote w:id="{mark}">{self.paragraph("FootnoteText", reference + _TAB + self.set(pieces))}</w:footnote>'
            for mark, pieces in self.specimen.notes.items()
        )
        return f"<w:footnotes {_W}>{rules}{notes}</w:footnotes>"

    def edge(self, part: str) -> str:
        """The head or foot of even pages (1), odd pages (2) and the first page (3)."""
        tag = {"header": "hdr", "footer": "ftr"}[part[:6]]
        cover = self.specimen.cover
        job = cover["job"].split(" ")[0]
        symbol, title = self.words(cover["symbol"], "<w:b/><w:bCs/>"), self.words(bare(self.specimen.title))
        page = self._field("PAGE") + self.words("/") + self._field("NUMPAGES")
        words = {
            "header1": symbol + _TAB + title,
            "header2": title + _TAB + symbol,
            "header3": "",  # the masthead is in the body
            "footer1": page + _TAB + self.words(job),
            "footer2": self.words(job) + _TAB + page,
            "footer3": self.words(cover["job"]) + self.words("    161244"),
        }[part]
        body = self.paragraph("Head" if part == "header3" else part[:6].title(), words)
        if part == "footer3":
            body += self.paragraph("Footer", self.words("*4429901*"))
        return f"<w:{tag} {_W} {_R}>{body}</w:{tag}>"

    def _field(self, code: str) -> str:
        side = "<w:rPr><w:rtl/></w:rPr>" if self.mirrored else ""
        return f'<w:fldSimple w:instr=" {code} "><w:r>{side}<w:t>1</w:t></w:r></w:fldSimple>'

    def styles(self) -> str:
        """The styles, with the fonts and the language of the text."""
        language = self.specimen.language
        tag = {"ar": "bidi", "zh": "eastAsia"}.get(language, "val")
        size = 21 if language == "zh" else 20
        return template("styles.xml").substitute(
            latin=_LATIN,
            complex=_ARABIC,
            east=_CHINESE,
            size=size,
            complex_size=24 if self.mirrored else size,
            language=f'w:{tag}="{_TAGS[language]}"',
        )

    def numbering(self) -> str:
        """Two lists of three levels, the second for the annex."""
        side = "<w:rPr><w:rtl/></w:rPr>" if self.mirrored else ""
        listed = "".join(
            template("level.xml").substitute(
                level=level, form=form, text=text, tab=2217 + 475 * level, left=1267 + 475 * level, side=side
            )
            for level, (form, text) in enumerate(_LEVELS.get(self.specimen.language, _BARE_LEVELS))
        )
        abstract = "".join(
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{listed}</w:abstractNum>'
            for number in (1, 2)
        )
        numbers = "".join(f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>' for number in (1, 2))
        return f"<w:numbering {_W}>{abstract}{numbers}</w:numbering>"

    def settings(self) -> str:
        """Odd and even pages differ."""
        return template("settings.xml").template
