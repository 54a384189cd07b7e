"""Codes → words a reader understands, in the language of a resolution; all words are in ``lexicon/<language>/publishing.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ploughshare.lexicon.load import load
from ploughshare.model.mandate import Mandate
from ploughshare.model.resolution import Resolution

_DATE = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
#: Languages whose script runs from right to left.
RIGHT_TO_LEFT = frozenset(("ar",))


class Wording:
    """The labels of one language.

    >>> Wording("en").due({"every": "2 years", "from": {"session": 72}})
    'every 2 years, from session 72'
    """

    def __init__(self, language: str) -> None:
        self._tables = load("publishing", language)
        self.comma, self.colon = str(self._tables["signs"]["comma"]), str(self._tables["signs"]["colon"])

    def __getitem__(self, label: str) -> str:
        return str(self._tables["labels"][label])

    def numbered(self, number: str, *, point: bool) -> str:
        """A printed number with the signs its language puts round it: those of paragraphs, or those of points and of letters."""
        if "\u4e00" <= number[:1] <= "\u9fff":
            return f"{number}\u3001"
        kind = "point" if not number.isdecimal() else "digit_point" if point else "operative"
        return str(self._tables["numbers"][kind]).replace("{}", number)

    def force(self, force: str) -> str:
        """How binding the verb is."""
        return str(self._tables["forces"].get(force, force))

    def action(self, action: str) -> str:
        """The kind of act."""
        return str(self._tables["actions"].get(action, action))

    def who(self, codes: Sequence[str]) -> str:
        """Addressees or recipients; an abbreviation stands for itself."""
        return self.comma.join(str(self._tables["who"].get(code, code)) for code in codes)

    def due(self, due: Mapping[str, Any] | None) -> str:
        """When, in words; empty where nothing is said."""
        if not due:
            return ""
        said: list[str] = []
        for key, value in due.items():
            if key == "every":
                said.insert(0, self._counted("every", value))
            elif key == "within":
                said.insert(0, self._counted("within", value))
            elif key == "body":
                said.append(self.who([str(value)]))
            elif key in ("from", "until") and isinstance(value, Mapping):
                said.append(str(self._tables["due"][key]).replace("{}", self.due(value)))
            else:
                values = value if isinstance(value, list | tuple) else (value,)
                words = self.comma.join(self.date(str(each)) for each in values)
                said.append(str(self._tables["due"].get(key, "{}")).replace("{}", words))
        return self.comma.join(said)

    def meeting(self, number: int, *, resumed: bool) -> str:
        """The meeting at which a text was adopted."""
        return self["meeting_resumed" if resumed else "meeting"].replace("{}", str(number))

    def date(self, date: str) -> str:
        """A date, or a day of every year ("09-26"), as it is printed in this language.

        >>> Wording("es").date("2044-03-01")
        '1 de marzo de 2044'
        """
        found = _DATE.fullmatch(date)
        if found is None or not 1 <= int(found[2]) <= 12:
            return date
        dates = self._tables["dates"]
        day = str(int(found[3]))
        if day == "1":
            day = dates.get("first", day)
        pattern = str(dates["pattern" if found[1] else "day"])
        return pattern.format(day=day, month=dates["months"][int(found[2]) - 1], year=found[1])

    def _counted(self, table: str, value: object) -> str:
        """The words for "year" or "2 years", as the codes have it."""
        count, _, unit = str(value).rpartition(" ")
        words = self._tables[table].get(unit if count in ("", "1") or unit.endswith("s") else f"{unit}s")
        if count == "1":
            words = self._tables[table].get(unit.rstrip("s"), words)
        return str(words).replace("{}", count) if words else str(value)


def printed_title(resolution: Resolution, wording: Wording) -> str:
    """The title as it is printed, with the number in front: "79/240. Experts on …"."""
    symbol = resolution.symbol or ""
    start = load("akn")["symbols"].get(resolution.body, "")
    number = symbol[len(start) :] if start and symbol.startswith(start) else ""
    title = resolution.title or (wording["untitled"] if not number else "")
    return f"{number}. {title}".strip() if number else title


def facts(resolution: Resolution, wording: Wording) -> list[tuple[str, str]]:
    """What a resolution says of itself, as labels and values; only what it says."""
    report, vote = resolution.report, resolution.vote
    said: list[tuple[str, str | None]] = [
        ("symbol", resolution.symbol),
        ("session", None if resolution.session is None else str(resolution.session)),
        ("agenda_item", resolution.agenda_item),
        ("agenda_title", resolution.agenda_title),
        ("adopted", resolution.adopted and wording.date(resolution.adopted)),
        ("distributed", resolution.distributed and wording.date(resolution.distributed)),
    ]
    if report:
        paragraph = f"{wording['paragraph_short']} {report.paragraph}" if report.paragraph is not None else None
        said.append(("report", wording.comma.join(part for part in (report.committee, report.symbol, paragraph) if part)))
    if vote:
        sides = zip(("in_favour", "against", "abstaining"), vote.counts, strict=True)
        counts = wording.comma.join(f"{wording[side]} {count}" for side, count in sides if count is not None)
        if counts:
            said.append(("vote", counts))
    if resolution.sponsors:
        said.append(("sponsors", wording.comma.join(resolution.sponsors)))
    return [(wording[label], value) for label, value in said if value]


def closing_lines(resolution: Resolution, wording: Wording) -> list[str]:
    """The lines under a resolution: the meeting, and the day."""
    lines = []
    if meeting := resolution.meeting:
        lines.append(wording.meeting(meeting.number, resumed=meeting.resumed))
    if resolution.adopted:
        lines.append(wording.date(resolution.adopted))
    return lines


def by_paragraph(mandates: Sequence[Mandate]) -> dict[str, list[tuple[int, Mandate]]]:
    """The mandates of each paragraph with their places in the whole list, from 1."""
    found: dict[str, list[tuple[int, Mandate]]] = {}
    for place, mandate in enumerate(mandates, 1):
        found.setdefault(mandate.paragraph, []).append((place, mandate))
    return found


def annex_of(paragraph: str) -> int:
    """Which annex, from 1, does a paragraph stand in?"""
    found = re.match(r"annex(\d{1,6})", paragraph)
    return int(found[1]) if found else 1


def annex_titles(resolution: Resolution) -> list[str]:
    """What is printed above each annex: without the headings that are printed again below it."""
    first: dict[int, str] = {}
    for paragraph in resolution.paragraphs:
        if paragraph.kind == "annex":
            first.setdefault(annex_of(paragraph.id), paragraph.id)
    titles = list(resolution.annexes)
    for heading in reversed(resolution.headings):
        place = annex_of(heading.before or "")
        if heading.before is not None and first.get(place) == heading.before and place <= len(titles):
            title, more = titles[place - 1], heading.text
            if more and title != more and title.endswith(more):
                titles[place - 1] = title[: -len(more)].rstrip()
    return titles


def depth(paragraph: str) -> int:
    """How deep in lists a paragraph stands.

    >>> depth("op2"), depth("sA.op2.b"), depth("pp3.a.i"), depth("annex1.2")
    (0, 1, 2, 0)
    """
    names = paragraph.split(".")
    main = next((place for place, name in enumerate(names) if name[:2] in ("pp", "op") or name.startswith("annex")), 0)
    return max(0, len(names) - 1 - main - names[main].startswith("annex"))
