"""Specimen → plain text, as conversions of a PDF leave it: each language is damaged in a way of its own.

A ``Damage`` says how marks, verbs and numbers are written, where lines and pages break, and what stands at their edges.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from .content import Item, Runs, Specimen, bare

_COVER = ("organization", "symbol", "organ", "distribution", "issued", "session", "item", "subject", "adoption", "report")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
#: Punctuation that never begins a line.
_CLOSING = "，。；：》、）”"
_FULL_WIDTH_STOP = "\uff0e"


def _raised(mark: str) -> str:
    return mark.translate(_RAISED)


def _in_brackets(mark: str) -> str:
    return f"({_raised(mark)})"


def _tagged(mark: str) -> str:
    return f"<sup>{mark}</sup>"


def _held(mark: str) -> str:
    """A stand-in for a mark, so that lines are broken as if it were not there; ``_on_lines_of_their_own`` ends it."""
    return chr(0xE000 + int(mark))


def _on_lines_of_their_own(text: str) -> str:
    return re.sub("[\ue000-\uf8ff]", lambda found: f"\n{ord(found[0]) - 0xE000} \n", text)


def _as_it_is(verb: str) -> str:
    return verb


def _bold(verb: str) -> str:
    return f"**{verb}**"


@dataclass(frozen=True, slots=True)
class Damage:
    """How one conversion spoils a text. ``width`` 0 leaves a paragraph on one line; then ``room`` counts characters, else lines."""

    room: int
    width: int = 0
    mark: Callable[[str], str] = _raised
    verb: Callable[[str], str] = _as_it_is
    note: str = "{mark} {text}"
    #: What stands between two paragraphs, and between the lines of one.
    gap: str = "\n\n"
    line: str = "\n"
    indent: str = ""
    #: What stands between the text of a page and its notes.
    rule: str = ""
    #: The edges of a page: its head from the second on, and its foot.
    head: str = ""
    first_foot: str = ""
    foot: str = ""
    turn: str = "\n\n\n\n"
    heading: str = "{}"
    link: str = "{}"
    cover: tuple[str, ...] = _COVER
    inside_words: bool = False
    date_first: bool = False
    stop: str = "."


_HEAD_RIGHT = "{title}    {symbol}"
_HEAD_LEFT = "{symbol}    {title}"
_FIRST_FOOT = "{job}    161244\n*4429901*"

DAMAGES: dict[str, Damage] = {
    # Whole paragraphs on a line; pages end in the middle of a word.
    "en": Damage(2000, head=_HEAD_LEFT, first_foot=_FIRST_FOOT, foot="{short}    {page}/{pages}", inside_words=True),
    # Lines as printed, form feeds, a rule over the notes.
    "fr": Damage(
        43, 92, head=_HEAD_RIGHT, first_foot=_FIRST_FOOT, foot="{page}/{pages}    {short}",
        rule="_______________", turn="\n\f", indent="  ",
    ),
    # Markdown, with dead links, tags for raised figures and rules for pages.
    "es": Damage(2400, mark=_tagged, verb=_bold, turn="\n\n---\n\n", heading="## {}", link="[{}](#)"),
    # Lines as printed; the head of the page and its number on lines of their own.
    "ru": Damage(46, 84, head="{symbol}\n{title}", foot="{short}\n{page}/{pages}", turn="\n\n\n", indent="    ", rule="__________"),
    # Raised figures in brackets, and again empty brackets in the notes.
    "ar": Damage(1750, mark=_in_brackets, note="{mark} () {text}", head="{symbol}", foot="{page}/{pages}"),
    # Bold verbs, no furniture but blank lines, the date before the meeting.
    "zh": Damage(820, verb=_bold, cover=("symbol", *_COVER[3:]), date_first=True),
    # Every printed line a paragraph; marks on lines of their own; full stops of full width.
    "zh.wrapped": Damage(
        34, 74, mark=_held, note="{mark}\n  {text}", line=" \n\n", gap=" \n\n", indent=" ", rule=" " * 60, turn=" \n ",
        cover=("symbol",), date_first=True, stop=_FULL_WIDTH_STOP,
    ),
}  # fmt: skip


def write(specimen: Specimen, damage: Damage) -> str:
    """Print a specimen through a conversion that spoils it."""
    pages = _Pages(specimen, damage)
    for name in damage.cover:
        words = specimen.cover[name]
        pages.add(damage.heading.format(words) if name in ("session", "adoption") else words)
    pages.add(damage.heading.format(specimen.cover["number"] + " " + pages.set(specimen.title)), marks=_marks(specimen.title))
    items = list(specimen.items)
    if damage.date_first:
        where = next(index for index, item in enumerate(items) if item.id == "meeting")
        items[where], items[where + 1] = items[where + 1], items[where]
    for item in items:
        pages.add(_number(item, damage) + pages.set(item.runs), marks=item.marks, heading=item.kind == "heading")
    return pages.text()


def _number(item: Item, damage: Damage) -> str:
    if not item.number:
        return ""
    number = item.number
    if item.level == 0 and number.endswith("."):
        number = number[:-1] + damage.stop
    return number + " "


def _marks(pieces: Runs) -> tuple[str, ...]:
    return tuple(run.text for run in pieces if run.style == "note")


def _wide(letter: str) -> int:
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _wrap(text: str, width: int) -> list[str]:
    """Break a text into lines at blanks, or anywhere between two ideographs; ``width`` counts columns."""
    lines: list[str] = []
    current, taken = "", 0
    for piece in re.findall(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+ *|\s", text):
        size = sum(_wide(letter) for letter in piece.rstrip())
        if current and taken + size > width and piece not in _CLOSING and not "\ue000" <= piece <= "\uf8ff":
            lines.append(current.rstrip(" "))
            current, taken = "", 0
        current += piece
        taken += sum(_wide(letter) for letter in piece)
    return [*lines, current.rstrip(" ")]


class _Pages:
    """Fills pages with paragraphs and puts the notes of each page at its foot."""

    def __init__(self, specimen: Specimen, damage: Damage) -> None:
        self.specimen, self.damage = specimen, damage
        self.done: list[tuple[list[str], list[str]]] = []
        self.body: list[str] = []
        self.notes: list[str] = []
        self.used = 0

    def set(self, pieces: Runs) -> str:
        """The words of a paragraph with its marks and verbs as the conversion writes them."""
        styles: dict[str, Callable[[str], str]] = {"note": self.damage.mark, "verb": self.damage.verb}
        text = "".join(styles.get(run.style, _as_it_is)(run.text) for run in pieces)
        if self.damage.link != "{}":
            text = re.sub(r"(?<![\w/-])9[5-8]/\d{3}(?![\w/])", lambda found: self.damage.link.format(found[0]), text)
        return text

    def add(self, text: str, *, marks: tuple[str, ...] = (), heading: bool = False) -> None:
        if heading:
            text = self.damage.heading.format(text)
        if self.damage.width:
            self._add_lines(text, marks)
        else:
            self._add_characters(text, marks)

    def _add_characters(self, text: str, marks: tuple[str, ...]) -> None:
        """A paragraph on one line; at the end of the page it is cut, in a word if the conversion does so."""
        left = self.damage.room - self.used
        if 12 < left < len(text) - 12:
            cut = next(place for place in range(left, len(text)) if self._may_end(text[place - 2 : place + 2]))
            first, rest = text[:cut].rstrip(" "), text[cut:].lstrip(" ")
            here = [mark for mark in marks if self.damage.mark(mark) in first]
            self._keep(first, here)
            self._turn()
            self._add_characters(rest, tuple(mark for mark in marks if mark not in here))
            return
        if len(text) > left and self.body:
            self._turn()
        self._keep(text, list(marks))

    def _may_end(self, around: str) -> bool:
        """Whether a page may end in the middle of these four characters."""
        before, after = around[1:2], around[2:3]
        if self.damage.inside_words:
            return around.isalpha() and around.islower()
        return before == " " or (_wide(before) == _wide(after) == 2 and after not in _CLOSING)

    def _keep(self, text: str, marks: list[str]) -> None:
        self.body.append(text)
        self.used += len(text)
        for mark in marks:
            self.notes.append(self._note(mark))

    def _add_lines(self, text: str, marks: tuple[str, ...]) -> None:
        """A paragraph as printed lines; a page ends between any two of them."""
        waiting = list(marks)
        lines = _wrap(text, self.damage.width)
        kept: list[str] = []
        for place, line in enumerate(lines):
            if self.used + self._height() >= self.damage.room and place > 0:
                self.body.append(self.damage.line.join(kept))
                kept = []
                self._turn()
            elif self.used + self._height() >= self.damage.room:
                self._turn()
            kept.append((self.damage.indent if place == 0 else "") + line)
            self.used += 1
            for mark in [mark for mark in waiting if self.damage.mark(mark) in line]:
                waiting.remove(mark)
                self.notes.append(self._note(mark))
        self.body.append(self.damage.line.join(kept))
        self.used += 1 if self.damage.gap != self.damage.line else 0

    def _height(self) -> int:
        return sum(note.count("\n") + 1 for note in self.notes)

    def _note(self, mark: str) -> str:
        words = "".join(run.text for run in self.specimen.notes[mark])
        raised = mark if self.damage.mark is _held else _tagged(mark) if self.damage.mark is _tagged else _raised(mark)
        note = self.damage.note.format(mark=raised, text=words)
        if self.damage.width:
            mark_line, _, rest = note.partition("\n")
            if rest:
                note = mark_line + "\n  " + self.damage.line.join(_wrap(rest.strip(), self.damage.width))
            else:
                note = self.damage.line.join(_wrap(note, self.damage.width))
        return note

    def _turn(self) -> None:
        self.done.append((self.body, self.notes))
        self.body, self.notes, self.used = [], [], 0

    def text(self) -> str:
        self._turn()
        pages = []
        for number, (body, notes) in enumerate(self.done, 1):
            parts = []
            if number > 1 and self.damage.head:
                parts.append(self._edge(self.damage.head, number))
            parts += body
            if notes and self.damage.rule:
                parts.append(self.damage.rule)
            parts += notes
            foot = self.damage.first_foot if number == 1 and self.damage.first_foot else self.damage.foot
            if foot:
                parts.append(self._edge(foot, number))
            pages.append(self.damage.gap.join(parts))
        return _on_lines_of_their_own(self.damage.turn.join(pages)) + "\n"

    def _edge(self, form: str, number: int) -> str:
        cover = self.specimen.cover
        job = cover["job"]
        title = bare(self.specimen.title)
        return form.format(symbol=cover["symbol"], title=title, job=job, short=job.split(" ")[0], page=number, pages=len(self.done))
