"""Resolution and what it asks → one HTML page: complete, accessible, without any program in it.

Every paragraph bears its identifier, so that ``page.html#op5`` leads to it; what a paragraph asks is marked beside it and
listed at the end. Everything that comes from a text is escaped. The style is in the page, reads well on a phone and in print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files

from ploughshare.model.mandate import Extraction, Mandate
from ploughshare.model.resolution import Citation, Footnote, Paragraph, Resolution, Verb
from ploughshare.model.text import Anchor

from .inline import Marked, Notes, closings, flow, headings_by_paragraph, own_anchors, written
from .links import link
from .wording import RIGHT_TO_LEFT, Wording, annex_of, annex_titles, by_paragraph, closing_lines, depth, facts, printed_title

_ILLEGAL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(55296, 57344), 65534, 65535), "�")


def to_html(resolution: Resolution, extraction: Extraction | None = None) -> str:
    """The whole as a page of its own."""
    return "".join(_Writer(resolution, extraction).page())


@cache
def _style() -> str:
    return (files(__package__) / "page.css").read_text(encoding="utf-8")


def _text(text: str) -> str:
    """Text as it may stand between tags and in quotation marks."""
    return escape(text.translate(_ILLEGAL) if not text.isprintable() else text, quote=True)


class _Writer:
    """One page in the making."""

    def __init__(self, resolution: Resolution, extraction: Extraction | None) -> None:
        self.resolution, self.extraction = resolution, extraction
        self.wording = Wording(resolution.language)
        self._marks: dict[str, list[Marked[Citation | Verb]]] = {}
        for citation in resolution.citations:
            if citation.paragraph:
                self._marks.setdefault(citation.paragraph, []).append(Marked(citation.start, citation.stop, citation))
        self._headings = headings_by_paragraph(resolution)
        self._annexes = annex_titles(resolution)
        self._notes = Notes(resolution.footnotes)
        self._asked = by_paragraph(extraction.mandates) if extraction else {}
        self._ids: dict[str, int] = {}

    def page(self) -> Iterator[str]:
        resolution, wording = self.resolution, self.wording
        title = printed_title(resolution, wording)
        direction = "rtl" if resolution.language in RIGHT_TO_LEFT else "ltr"
        yield f'<!DOCTYPE html>\n<html lang="{_text(resolution.language)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        yield f"<title>{_text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n<main>\n<header>\n"
        if said := facts(resolution, wording):
            yield "<dl>\n"
            for label, value in said:
                yield f"<div><dt>{_text(label)}</dt> <dd>{_text(value)}</dd></div>\n"
            yield "</dl>\n"
        yield f"<h1>{_text(title)}{self._loose('title')}</h1>\n</header>\n"
        if resolution.enacting:
            yield f'<p class="enacting"><i>{_text(resolution.enacting)}</i>{self._loose("enacting")}</p>\n'
        yield from self._paragraphs()
        yield from self._footnotes()
        if self.extraction:
            yield from self._table(self.extraction)
        yield "</main>\n</body>\n</html>\n"

    # -- the text ------------------------------------------------------------------------------------------------------

    def _paragraphs(self) -> Iterator[str]:
        resolution = self.resolution
        annexes, after = 0, closings(resolution)
        last_of_body = next((paragraph for paragraph in reversed(resolution.paragraphs) if paragraph.kind != "annex"), None)
        for paragraph in resolution.paragraphs:
            while paragraph.kind == "annex" and annexes < annex_of(paragraph.id):
                annexes += 1
                yield self._annex(annexes)
            yield from self._put_headings(paragraph.id)
            yield self._paragraph(paragraph)
            for owner in after.get(paragraph.id, ()):
                _, later = own_anchors(owner)
                yield f'<p class="{_classes(owner)}">{self._line(owner.closing, later, ())}</p>\n'
            if paragraph is last_of_body:
                yield from self._under()
        for place in range(annexes + 1, len(resolution.annexes) + 1):
            yield self._annex(place)
        yield from self._put_headings(None)

    def _paragraph(self, paragraph: Paragraph) -> str:
        own, _ = own_anchors(paragraph)
        marks = [Marked[Citation | Verb](verb.start, verb.stop, verb) for verb in paragraph.verbs]
        words = self._line(paragraph.text, own, [*marks, *self._marks.get(paragraph.id, ())])
        below = depth(paragraph.id)
        printed = "\u2022" if below else ""
        if paragraph.number is not None:
            printed = self.wording.numbered(paragraph.number, point=below > 0)
        number = f'<span class="number">{_text(printed)}</span> ' if printed else ""
        identifier = self._identifier(paragraph.id)
        return f'<p id="{identifier}" class="{_classes(paragraph)}">{number}{words}</p>\n{self._beside(paragraph)}'

    def _identifier(self, name: str) -> str:
        """What an address may point to: each once, without blanks."""
        base = _text("-".join(name.split()) or "p")
        count = self._ids[base] = self._ids.get(base, 0) + 1
        return base if count == 1 else f"{base}~{count}"

    def _beside(self, paragraph: Paragraph) -> str:
        """What the paragraph asks, each with a link to the list at the end."""
        asked = self._asked.get(paragraph.id)
        if not asked:
            return ""
        label = _text(f"{self.wording['mandates']}{self.wording.colon}{paragraph.id}")
        entries = "".join(f'<a href="#mandate-{place}">{_text(self._short(mandate))}</a>' for place, mandate in asked)
        return f'<nav class="asked {_classes(paragraph)}" aria-label="{label}">{entries}</nav>\n'

    def _short(self, mandate: Mandate) -> str:
        wording = self.wording
        said = [
            wording.who(mandate.addressees),
            wording.action(mandate.action),
            wording.who(mandate.recipients),
            wording.due(mandate.due),
        ]
        return " \u00b7 ".join(words for words in said if words)

    def _put_headings(self, before: str | None) -> Iterator[str]:
        for heading in self._headings.pop(before, ()):
            words = f"{heading.part}. {heading.text}".rstrip(" .") if heading.part else heading.text
            level = max(2, min(6, heading.level + 1))
            yield f"<h{level}>{_text(words)}{self._loose('heading')}</h{level}>\n"

    def _annex(self, place: int) -> str:
        titles = self._annexes
        title = titles[place - 1] if place <= len(titles) else self.wording["annex"]
        return f'<h2 id="{self._identifier(f"annex{place}")}">{_text(title)}</h2>\n'

    def _under(self) -> Iterator[str]:
        """The closing lines, with footnotes that stand there."""
        lines = [_text(line) for line in closing_lines(self.resolution, self.wording)]
        if marks := self._loose("closing"):
            lines = [*lines[:-1], (lines[-1] if lines else "") + marks]
        for line in lines:
            yield f'<p class="closing">{line}</p>\n'

    def _line(self, text: str, anchors: Sequence[Anchor], marks: Sequence[Marked[Citation | Verb]]) -> str:
        return written(flow(text, anchors, marks), _text, self._reference, self._dressed)

    def _dressed(self, words: str, meaning: Citation | Verb) -> str:
        if isinstance(meaning, Verb):
            return f'<i class="{meaning.force}" title="{_text(self.wording.force(meaning.force))}">{words}</i>'
        target = link(meaning.target, self.resolution.language)
        # A link inside a link is none: words that hold a footnote's mark, and codes that are no address, stay words.
        return f'<a href="{_text(target)}">{words}</a>' if target.startswith("https:") and "<a " not in words else words

    # -- footnotes -----------------------------------------------------------------------------------------------------

    def _reference(self, mark: str) -> str:
        place, first = self._notes.refer(mark)
        if not place:
            return f"<sup>{_text(mark)}</sup>"
        back = f' id="fnref-{place}"' if first else ""
        label = _text(f"{self.wording['footnote']} {mark}")
        return f'<sup class="noteref"{back}><a href="#fn-{place}" role="doc-noteref" aria-label="{label}">{_text(mark)}</a></sup>'

    def _loose(self, place: str) -> str:
        return "".join(self._reference(mark) for where, mark in self.resolution.loose_anchors if where == place)

    def _footnotes(self) -> Iterator[str]:
        notes = self.resolution.footnotes
        if not notes:
            return
        left = {place for place, _ in self._notes.left()}
        yield f'<section class="footnotes" role="doc-endnotes" aria-label="{_text(self.wording["footnotes"])}">\n'
        for place, note in enumerate(notes, 1):
            yield self._footnote(note, place, referred=place not in left)
        yield "</section>\n"

    def _footnote(self, note: Footnote, place: int, *, referred: bool) -> str:
        marks = [Marked[Citation | Verb](citation.start, citation.stop, citation) for citation in note.citations]
        mark = _text(note.mark)
        if referred:
            mark = f'<a href="#fnref-{place}" role="doc-backlink" aria-label="{_text(self.wording["back"])}">{mark}</a>'
        return f'<p id="fn-{place}" class="footnote"><sup>{mark}</sup> {self._line(note.text, (), marks)}</p>\n'

    # -- what is asked -------------------------------------------------------------------------------------------------

    def _table(self, extraction: Extraction) -> Iterator[str]:
        """All of it as a table that leads to the paragraphs."""
        wording = self.wording
        yield f'<nav class="mandates" aria-labelledby="mandates">\n<h2 id="mandates">{_text(wording["mandates"])}</h2>\n'
        if extraction.mandates:
            columns = ("paragraph", "force", "addressees", "action", "recipients", "due")
            heads = "".join(f'<th scope="col">{_text(wording[column])}</th>' for column in columns)
            yield '<div class="scroll" role="region" aria-labelledby="mandates" tabindex="0"><table>\n'
            yield f"<thead><tr>{heads}</tr></thead>\n<tbody>\n"
            for place, mandate in enumerate(extraction.mandates, 1):
                target = _text("-".join(mandate.paragraph.split()))
                cells = (
                    wording.force(mandate.force),
                    wording.who(mandate.addressees),
                    wording.action(mandate.action),
                    wording.who(mandate.recipients),
                    wording.due(mandate.due),
                )
                row = "".join(f"<td>{_text(cell)}</td>" for cell in cells)
                name = f'<th scope="row"><a href="#{target}">{_text(mandate.paragraph)}</a></th>'
                yield f'<tr id="mandate-{place}">{name}{row}</tr>\n'
            yield "</tbody>\n</table></div>\n"
        if extraction.no_mandate:
            yield f"<p>{_text(wording['no_mandate'] + wording.colon + wording.comma.join(extraction.no_mandate))}</p>\n"
        if extraction.unread:
            listed = wording.comma.join(f"{unread.paragraph} ({unread.why})" for unread in extraction.unread)
            yield f"<p>{_text(wording['unread'] + wording.colon + listed)}</p>\n"
        yield "</nav>\n"


def _classes(paragraph: Paragraph) -> str:
    below = depth(paragraph.id)
    return paragraph.kind if not below else f"{paragraph.kind} point d{min(below, 4)}"
