"""Resolution and what it asks → Markdown: one document that reads well as plain text too.

Numbers stand as printed, sub-paragraphs are indented, footnotes are ``[^1]``, what is asked is a table at the end. Signs of the
text that Markdown would take for its own are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ploughshare.model.mandate import Extraction
from ploughshare.model.resolution import Citation, Footnote, Paragraph, Resolution, Verb
from ploughshare.model.text import Anchor

from .inline import Marked, Notes, closings, flow, headings_by_paragraph, own_anchors, written
from .links import link
from .wording import Wording, annex_of, annex_titles, closing_lines, depth, facts, printed_title

# What Markdown or HTML in it would take for mark-up, inside a line and at its beginning.
_INSIDE = re.compile(r"[\\`*|]|\[(?=\^)|\](?=[(\[:])|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|(?<!\w)_|_(?!\w)|~(?=~)")
_AT_HEAD = re.compile(r"(\s*)([#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_LINE_BREAKS = re.compile(r"\s*[\r\n\u2028\u2029]+\s*")
_LABEL = re.compile(r"[^\w-]+")


def to_markdown(resolution: Resolution, extraction: Extraction | None = None) -> str:
    """The whole as a Markdown document (CommonMark with the tables and footnotes of GitHub)."""
    return "\n\n".join(_Writer(resolution).blocks(extraction)) + "\n"


def escaped(text: str) -> str:
    """The text with its signs kept from meaning anything to Markdown.

    >>> print(escaped("- 5 * 3 [^1] <b>"))
    \\- 5 \\* 3 \\[^1] \\<b>
    """
    return _at_head(_inside(text))


def _inside(text: str) -> str:
    return _INSIDE.sub(lambda found: "\\" + found[0], _LINE_BREAKS.sub(" ", text))


def _at_head(line: str) -> str:
    """A line that opens like a heading, a quotation or a list opens with words."""
    found = _AT_HEAD.match(line)
    if found is None:
        return line
    stop = found.end()
    return line[:stop] + "\\" + line[stop:] if found[2].isdigit() else f"{found[1]}\\{line[found.end(1) :]}"


class _Writer:
    """One document in the making."""

    def __init__(self, resolution: Resolution) -> None:
        self.resolution = resolution
        self.wording = Wording(resolution.language)
        self._marks: dict[str, list[Marked[Citation | Verb]]] = {}
        for citation in resolution.citations:
            if citation.paragraph:
                self._marks.setdefault(citation.paragraph, []).append(Marked(citation.start, citation.stop, citation))
        self._headings = headings_by_paragraph(resolution)
        self._annexes = annex_titles(resolution)
        self._notes = Notes(resolution.footnotes)
        self._labels = _labels(resolution.footnotes)

    def blocks(self, extraction: Extraction | None) -> Iterator[str]:
        resolution, wording = self.resolution, self.wording
        # As on a printed cover, what a resolution says of itself stands above its title.
        if said := facts(resolution, wording):
            yield "\n".join(f"- {_inside(label)}{wording.colon}{_inside(value)}" for label, value in said)
        yield f"# {_inside(printed_title(resolution, wording))}{self._loose('title')}"
        if resolution.enacting:
            yield f"*{_inside(resolution.enacting)}*{self._loose('enacting')}"
        annexes, after = 0, closings(resolution)
        last_of_body = next((paragraph for paragraph in reversed(resolution.paragraphs) if paragraph.kind != "annex"), None)
        for paragraph in resolution.paragraphs:
            while paragraph.kind == "annex" and annexes < annex_of(paragraph.id):
                annexes += 1
                yield self._annex(annexes)
            yield from self._put_headings(paragraph.id)
            yield self._paragraph(paragraph)
            for owner in after.get(paragraph.id, ()):
                yield self._closing(owner)
            if paragraph is last_of_body:
                yield from self._under()
                if resolution.annexes and extraction:
                    yield from self._asked(extraction)  # what follows belongs to the annexes
        for place in range(annexes + 1, len(resolution.annexes) + 1):
            yield self._annex(place)
        yield from self._put_headings(None)
        for label, note in zip(self._labels, resolution.footnotes, strict=True):
            marks = [Marked[Citation | Verb](citation.start, citation.stop, citation) for citation in note.citations]
            yield f"[^{label}]: {self._line(note.text, (), marks)}".rstrip()
        if extraction and not resolution.annexes:
            yield from self._asked(extraction)

    def _annex(self, place: int) -> str:
        titles = self._annexes
        return f"## {_inside(titles[place - 1] if place <= len(titles) else self.wording['annex'])}"

    def _under(self) -> Iterator[str]:
        """The closing lines, with footnotes that stand there."""
        lines = [_inside(line) for line in closing_lines(self.resolution, self.wording)]
        marks = self._loose("closing")
        if lines or marks:
            yield "\n\n".join(lines) + marks

    def _put_headings(self, before: str | None) -> Iterator[str]:
        for heading in self._headings.pop(before, ()):
            words = f"{heading.part}. {heading.text}".strip() if heading.part else heading.text
            yield f"{'#' * min(6, heading.level + 1)} {_inside(words)}{self._loose('heading')}"

    def _paragraph(self, paragraph: Paragraph) -> str:
        own, _ = own_anchors(paragraph)
        marks = [Marked[Citation | Verb](verb.start, verb.stop, verb) for verb in paragraph.verbs]
        words = self._line(paragraph.text, own, [*marks, *self._marks.get(paragraph.id, ())])
        below = depth(paragraph.id)
        if paragraph.number is None:
            return self._indent(below) + (_at_head(words) if not below else f"\u2022 {words}")
        number = _inside(self.wording.numbered(paragraph.number, point=below > 0))
        return f"{self._indent(below)}{number} {words}".rstrip()

    def _indent(self, below: int) -> str:
        """Points stand inside their paragraph; four blanks more would make them code."""
        return " " * (0, 3, 5)[min(below, 2)]

    def _closing(self, paragraph: Paragraph) -> str:
        _, later = own_anchors(paragraph)
        return self._indent(depth(paragraph.id)) + _at_head(self._line(paragraph.closing, later, ()))

    def _line(self, text: str, anchors: Sequence[Anchor], marks: Sequence[Marked[Citation | Verb]]) -> str:
        return written(flow(text, anchors, marks), _inside, self._reference, self._dressed)

    def _dressed(self, words: str, meaning: Citation | Verb) -> str:
        if isinstance(meaning, Verb):
            return f"*{words}*"
        target = link(meaning.target, self.resolution.language)
        return f"[{words}]({target})" if target.startswith("https:") and "[" not in words else words

    def _reference(self, mark: str) -> str:
        place, _ = self._notes.refer(mark)
        return f"[^{self._labels[place - 1] if place else _LABEL.sub('', mark) or 'n0'}]"

    def _loose(self, place: str) -> str:
        return "".join(self._reference(mark) for where, mark in self.resolution.loose_anchors if where == place)

    def _asked(self, extraction: Extraction) -> Iterator[str]:
        wording = self.wording
        yield f"## {wording['mandates']}"
        if extraction.mandates:
            columns = ("paragraph", "force", "addressees", "action", "recipients", "due")
            rows = [
                "| " + " | ".join(wording[column] for column in columns) + " |",
                "|" + " --- |" * len(columns),
            ]
            for mandate in extraction.mandates:
                cells = (
                    mandate.paragraph,
                    wording.force(mandate.force),
                    wording.who(mandate.addressees),
                    wording.action(mandate.action),
                    wording.who(mandate.recipients),
                    wording.due(mandate.due),
                )
                rows.append("| " + " | ".join(map(_inside, cells)) + " |")
            yield "\n".join(rows)
        if extraction.no_mandate:
            yield f"{wording['no_mandate']}{wording.colon}{wording.comma.join(map(_inside, extraction.no_mandate))}"
        if extraction.unread:
            listed = wording.comma.join(f"{_inside(unread.paragraph)} ({_inside(unread.why)})" for unread in extraction.unread)
            yield f"{wording['unread']}{wording.colon}{listed}"


def _labels(footnotes: Sequence[Footnote]) -> list[str]:
    """A label for each footnote: its mark, if Markdown can hold it and no other has it; else with its place."""
    labels: list[str] = []
    used: set[str] = set()
    for place, note in enumerate(footnotes, 1):
        label = _LABEL.sub("", note.mark) or f"n{place}"
        labels.append(f"{label}-{place}" if label in used else label)
        used.add(labels[-1])
    return labels
