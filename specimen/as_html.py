"""Specimen → HTML, in the styles that are met: real lists, numbers as text, notes as lists, divisions or bare paragraphs.

Each language has a style, and some an encoding, of its own; a browser shows the same resolution for all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from .content import Item, Run, Runs, Specimen, bare


def _anchored(mark: str) -> str:
    return f'<sup id="ref{mark}"><a href="#note{mark}">{mark}</a></sup>'


def _exported(mark: str) -> str:
    inner = f'<span class="MsoFootnoteReference">[{mark}]</span>'
    return f'<a style="mso-footnote-id:ftn{mark}" href="#_ftn{mark}" name="_ftnref{mark}" title="">{inner}</a>'


def _bare(mark: str) -> str:
    return f"<sup>{mark}</sup>"


def _in_brackets(mark: str) -> str:
    return f'<sup>(<a href="#fn-{mark}" id="fnref-{mark}">{mark}</a>)</sup>'


@dataclass(frozen=True, slots=True)
class Style:
    """How one site writes its pages."""

    mark: Callable[[str], str]
    #: The form of one note, and of all of them together.
    note: str
    notes: str
    verb: str = "<em>{}</em>"
    italic: str = "<i>{}</i>"
    encoding: str = "utf-8"
    #: True: numbers come from the lists; False: they are words of their paragraphs.
    lists: bool = False
    paragraph: str = "<p>{}</p>"
    heading: str = "<h3>{}</h3>"
    cover: str = "<p>{}</p>"
    covers: str = "<header>\n{}\n</header>"


STYLES: dict[str, Style] = {
    "en": Style(
        _anchored,
        '<li id="note{mark}">{text} <a href="#ref{mark}">↩</a></li>',
        '<section class="footnotes">\n<ol>\n{}\n</ol>\n</section>',
        lists=True,
    ),
    "es": Style(_bare, "<p><sup>{mark}</sup> {text}</p>", "<hr>\n{}", lists=True, heading="<h4>{}</h4>", cover="<div>{}</div>"),
    "fr": Style(
        _exported,
        '<div style="mso-element:footnote" id="ftn{mark}">\n<p class="MsoFootnoteText">'
        '<a href="#_ftnref{mark}" name="_ftn{mark}">[{mark}]</a>&nbsp;{text}</p>\n</div>',
        '<div style="mso-element:footnote-list"><br clear="all">\n<hr align="left" size="1" width="33%">\n{}\n</div>',
        verb="<i>{}</i>",
        paragraph='<p class="SingleTxt">{}</p>',
        heading='<p class="H1"><b>{}</b></p>',
        cover='<p class="MsoNormal">{}</p>',
        covers="<div class=WordSection1>\n{}\n</div>",
    ),
    "ru": Style(
        _bare,
        "<tr><td valign=top><sup>{mark}</sup></td><td>{text}</td></tr>",
        "<table class=notes>\n{}\n</table>",
        encoding="windows-1251",
        verb="<I>{}</I>",
        cover="<tr><td>{}</td></tr>",
        covers="<table>\n{}\n</table>",
        heading="<p align=center><b>{}</b></p>",
    ),
    "ar": Style(
        _in_brackets,
        '<p id="fn-{mark}"><a href="#fnref-{mark}">({mark})</a> {text}</p>',
        "<footer>\n{}\n</footer>",
        verb='<span style="font-weight:bold;font-style:italic">{}</span>',
        italic='<span dir="ltr">{}</span>',
    ),
    "zh": Style(
        _anchored,
        '<p id="note{mark}"><a href="#ref{mark}"><sup>{mark}</sup></a> {text}</p>',
        "<aside>\n{}\n</aside>",
        verb="<b>{}</b>",
        italic="{}",
        encoding="gb18030",
        heading="<h2>{}</h2>",
    ),
}


def write(specimen: Specimen, style: Style) -> bytes:
    """A page in the style, encoded as it says of itself."""
    cover = [
        specimen.cover[name]
        for name in (
            "organization",
            "symbol",
            "organ",
            "distribution",
            "issued",
            "session",
            "item",
            "subject",
            "adoption",
            "report",
        )
    ]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{specimen.language}" dir="{specimen.direction}">',
        "<head>",
        f'<meta charset="{style.encoding}">',
        f"<title>{specimen.cover['symbol']}</title>",
        f'<meta name="description" content="{escape(bare(specimen.notes["1"]))}">',
        "</head>",
        "<body>",
        style.covers.format("\n".join(style.cover.format(escape(line)) for line in cover)),
        f"<h1>{specimen.cover['number']} {_set(specimen.title, style)}</h1>",
        *_body(specimen, style),
        style.notes.format(
            "\n".join(style.note.format(mark=mark, text=_set(text, style)) for mark, text in specimen.notes.items())
        ),
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode(style.encoding)


def _set(pieces: Runs, style: Style) -> str:
    return "".join(_run(run, style) for run in pieces)


def _run(run: Run, style: Style) -> str:
    if run.style == "note":
        return style.mark(run.text)
    form = {"verb": style.verb, "italic": style.italic}.get(run.style, "{}")
    return form.format(escape(run.text, quote=False).replace("\u00a0", "&nbsp;"))


def _body(specimen: Specimen, style: Style) -> list[str]:
    """Everything between the title and the notes."""
    lines: list[str] = []
    for numbered, group in groupby(specimen.items, key=lambda item: item.kind in ("operative", "closing", "annex")):
        items = list(group)
        if numbered and style.lists:
            lines += _list(items, style)
            continue
        for item in items:
            form = style.heading if item.kind == "heading" else style.paragraph
            number = f"{escape(item.number)}{'&nbsp;' if item.level == 0 else ' '}" if item.number else ""
            lines.append(form.format(number + _set(item.runs, style)))
    return lines


def _list(items: list[Item], style: Style) -> list[str]:
    """Paragraphs as nested lists that number themselves; a closing stands in its paragraph, after the inner list."""
    start = items[0].number.rstrip(".")
    lines = [f'<ol start="{start}">' if start != "1" else "<ol>"]
    depth = 0
    for place, item in enumerate(items):
        if item.kind == "closing":
            lines += ["</li>", "</ol>"] * depth
            depth = 0
            lines.append(_set(item.runs, style))
            continue
        if item.level > depth:
            lines.append(f'<ol type="{"ai"[depth]}">')
        elif place:
            lines += ["</li>", "</ol>"] * (depth - item.level) + ["</li>"]
        depth = item.level
        lines.append(f"<li>{_set(item.runs, style)}")
    return [*lines, *["</li>", "</ol>"] * (depth + 1)]
