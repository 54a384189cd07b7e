"""Made-up resolutions in six languages (``made_up.toml``), and the pages that a conversion makes of them."""

import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path

SUPERSCRIPTS = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")


@dataclass(frozen=True)
class MadeUp:
    """A resolution: its title, enacting words, paragraphs with their printed numbers, footnotes, closing line. {1} is a mark."""

    title: str
    enacting: str
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...]
    closing: str


@dataclass(frozen=True)
class Pages:
    """How a conversion lays a text out."""

    width: int = 0
    gap: int = 1
    indent: str = ""
    loose: bool = False
    length: int = 0
    furniture: tuple[str, ...] = ()
    feed: bool = False
    marks: str = "raised"


TEXTS = {
    language: MadeUp(table["title"], table["enacting"], tuple(table["paragraphs"]), tuple(table["notes"]), table["closing"])
    for language, table in tomllib.loads(Path(__file__).with_name("made_up.toml").read_text(encoding="utf-8")).items()
}


def laid_out(language: str, pages: Pages) -> str:
    """The text of a made-up resolution as a conversion with such pages leaves it."""
    text = TEXTS[language]
    out = [*_lines(text.title, language, pages), *[""] * pages.gap, text.enacting, *[""] * pages.gap]
    pending: list[int] = []
    count, number = 3, 1
    for paragraph in text.paragraphs:
        for place, line in enumerate(_lines(_marked(paragraph, language, pages), language, pages)):
            if pages.length and count >= pages.length:
                out += _page_break(text, language, pages, pending, number)
                count, number = 0, number + 1
            elif place and pages.loose:
                out.append("")
            out.append((pages.indent if not place else "") + line)
            count += 1
        out += [""] * pages.gap
        pending += [note for note in (1, 2, 3) if f"{{{note}}}" in paragraph]
    out.append(text.closing)
    return "\n".join([*out, *_notes(text, language, pages, pending), ""])


def _lines(text: str, language: str, pages: Pages) -> list[str]:
    if not pages.width:
        return [text]
    if language != "zh":
        return textwrap.wrap(text, pages.width, break_long_words=False, break_on_hyphens=False)
    lines = [""]
    for sign in _signs(text):
        wide = sum(1 + (letter > "\u2e7f") for letter in lines[-1])
        if wide + 2 * len(sign) > pages.width and sign not in "，。；：” " and not sign.startswith(("<", "[", "$")):
            lines.append("")
        lines[-1] += sign
    return [line.strip() for line in lines]


def _signs(text: str) -> list[str]:
    """Chinese characters, and what must not be cut: numbers, symbols, marks."""
    signs: list[str] = []
    for letter in text:
        if signs and letter < "\u2e80" and letter not in " (" and signs[-1][-1] < "\u2e80" and signs[-1][-1] not in " ":
            signs[-1] += letter
        else:
            signs.append(letter)
    return signs


def _mark(number: int, pages: Pages) -> str:
    mark = str(number)
    return {"raised": mark.translate(SUPERSCRIPTS), "sup": f"<sup>{mark}</sup>", "bracket": f"[{mark}]", "math": f"$^{{{mark}}}$"}[
        pages.marks
    ]


def _marked(text: str, language: str, pages: Pages) -> str:
    for number in (1, 2, 3):
        mark = _mark(number, pages)
        text = text.replace(f"{{{number}}}", f"({mark})" if language == "ar" and pages.marks == "raised" else mark)
    return text


def _notes(text: MadeUp, language: str, pages: Pages, pending: list[int]) -> list[str]:
    lines: list[str] = []
    for number in pending:
        brackets = " ()" if language == "ar" and pages.marks == "raised" else ""
        lines += ["", *_lines(f"{_mark(number, pages)}{brackets} {text.notes[number - 1]}", language, pages)]
    pending.clear()
    return lines


def _page_break(text: MadeUp, language: str, pages: Pages, pending: list[int], number: int) -> list[str]:
    head = {
        "symbol": ["A/RES/99/901"],
        "title": _lines(text.title.partition(" ")[2], language, pages),
        "page": [f"{number}/9"],
        "job": ["44-24134"],
        "dash": [f"- {number} -"],
    }
    lines = [*_notes(text, language, pages, pending), ""]
    for name in pages.furniture:
        lines += [*head[name], ""]
    return [*lines, "\f"] if pages.feed else [*lines, "", ""]
