"""The front matter of Akoma Ntoso → what a resolution says of itself: symbol, dates, agenda item, report, vote, sponsors.

In come the sections of a document (``meta``, ``coverPage``, ``preface``, ``conclusions``), out go ``Facts``. Where a file
says a thing twice, what is printed goes before what was added by hand; a missing or placeholder value is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from ploughshare.errors import SymbolError
from ploughshare.lexicon.load import load
from ploughshare.model.resolution import Meeting, Report, Step, Subject, Vote
from ploughshare.parsing.landmarks import phrase, phrase_codes
from ploughshare.parsing.numbering import item, letter
from ploughshare.parsing.symbols import canonical, find_symbols, session_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: The one who marked a file up, in the files that we write; there the identifiers of elements say what they mean.
OURS = "ploughshare"

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"\d+")
# "98 (oo)", "98 oo)", "98(oo)", in letters of any script; a letter may be doubled with a blank between.
_ITEM = re.compile(r"(\d+)(?:\s*\(?\s*([^\W\d_](?:\s?[^\W\d_])?)\s*\))?")
# Direction marks and the stroke that lengthens an Arabic letter.
_INVISIBLE = re.compile("[\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_MEETING = re.compile(r"/PV\.(\d+)(.*)")
_ASIDE = re.compile(r" \(\d+\)$")
_PARENTHESIS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True, slots=True)
class Facts:
    """All of a resolution but its paragraphs and footnotes."""

    language: str
    symbol: str | None
    body: str | None
    session: int | None
    title: str | None
    agenda_item: str | None
    agenda_title: str | None
    adopted: str | None
    distributed: str | None
    report: Report | None
    meeting: Meeting | None
    vote: Vote | None
    sponsors: tuple[str, ...]
    workflow: tuple[Step, ...]
    subjects: tuple[Subject, ...]
    #: Was it written by us?
    ours: bool


@cache
def local(tag: str) -> str:
    """The name of an element without its namespace, of which there are several versions."""
    return tag.rpartition("}")[2]


def plain(element: Element) -> str:
    """The words of an element on one line, without its footnotes."""
    return " ".join("".join(_words(element)).split())


def _words(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child.tag)
        if name == "eol":
            yield " "
        elif name not in ("authorialNote", "noteRef"):
            yield from _words(child)
        yield child.tail or ""


def facts(sections: Mapping[str, Element], language: str | None) -> Facts:
    """What does a document say of itself outside its paragraphs?

    ``language`` goes before what the file says; a file that does not say it gives "" for the caller to find out.
    """
    codes = load("akn")
    meta = _Meta(sections.get("meta"))
    language = language or codes["languages"].get(meta.language, "")
    cover = _Cover(sections, language, ours=meta.ours)
    if meta.ours:
        return _own_facts(meta, cover, language)
    address = meta.address.strip("/").split("/")
    # /akn/un/statement/deliberation/unga/2024-12-24/79-240
    author = next((part for part in address if part in codes["bodies"]), meta.author.lstrip("#"))
    body = codes["bodies"].get(author)
    symbol = _canonical(cover.symbol or meta.symbol or _symbol_of_number(cover.number, body))
    if body is None and symbol:
        body = next((code for code, start in codes["symbols"].items() if symbol.startswith(start)), None)
    steps = {step.outcome: step for step in meta.workflow}
    names = codes["steps"]
    adopted = steps.get(names["adopted"])
    draft = steps.get(names["draft"])
    return Facts(
        language=language,
        symbol=symbol,
        body=body,
        session=_session_of(symbol) or cover.session,
        title=cover.title,
        agenda_item=cover.agenda_item or agenda_item(meta.agenda_item, language),
        agenda_title=cover.agenda_title,
        adopted=cover.adopted or meta.adopted or (adopted.date if adopted else None),
        distributed=cover.distributed or meta.distributed,
        report=_report(cover, steps.get(names["recommended"])),
        meeting=_meeting(cover.meeting, adopted.document if adopted else None),
        vote=meta.vote,
        sponsors=draft.by if draft else (),
        workflow=tuple(meta.workflow),
        subjects=tuple(dict.fromkeys(meta.subjects)),
        ours=False,
    )


def _own_facts(meta: _Meta, cover: _Cover, language: str) -> Facts:
    """What a file that we wrote says: nothing is made out from anything else."""
    codes = load("akn")
    steps = [step for step in meta.workflow if step.outcome != codes["steps"]["sponsors"]]
    sponsors = [step for step in meta.workflow if step.outcome in (codes["steps"]["draft"], codes["steps"]["sponsors"])]
    report = None
    if cover.committee:
        committee = codes["committees"].get(cover.committee, None if cover.committee == "noMainCommittee" else cover.committee)
        report = Report(cover.report or None, cover.report_paragraph, committee)
    author = meta.author.lstrip("#")
    return Facts(
        language=language,
        symbol=cover.symbol,
        body=None if author == "unknown" else author,
        session=cover.session,
        title=cover.title,
        agenda_item=cover.agenda_item,
        agenda_title=cover.agenda_title,
        adopted=meta.adopted,
        distributed=cover.distributed,
        report=report,
        meeting=_meeting(cover.meeting, None),
        vote=meta.vote,
        sponsors=sponsors[-1].by if sponsors else (),
        workflow=tuple(steps),
        subjects=tuple(meta.subjects),
        ours=True,
    )


class _Meta:
    """The element ``meta``, read in one pass."""

    def __init__(self, meta: Element | None) -> None:
        self.address = self.author = self.language = ""
        self.symbol: str | None = None
        self.adopted: str | None = None
        self.distributed: str | None = None
        self.agenda_item = ""
        self.ours = False
        self.workflow: list[Step] = []
        self.subjects: list[Subject] = []
        self.vote: Vote | None = None
        if meta is None:
            return
        authors = (author for level in meta.iter("{*}FRBRManifestation") for author in level.iter("{*}FRBRauthor"))
        self.ours = any(author.get("href") == f"#{OURS}" for author in authors)
        for part in meta:
            name = local(part.tag)
            if name == "identification":
                self._identification(part)
            elif name == "classification":
                self._classification(part)
            elif name == "workflow":
                self.workflow += [step for entry in part if (step := _step(entry, self._date(entry)))]
            elif name == "analysis":
                for voting in part.iter("{*}voting"):
                    self.vote = self.vote or _vote(voting)

    def _date(self, entry: Element) -> str | None:
        return date_of(entry, ours=self.ours)

    def _identification(self, part: Element) -> None:
        for level in part:
            kind = local(level.tag)
            for entry in level:
                name, value = local(entry.tag), entry.get("value", "")
                if kind == "FRBRWork":
                    if name == "FRBRuri":
                        self.address = self.address or value
                    elif name == "FRBRauthor":
                        self.author = self.author or entry.get("href", "").rpartition("/")[2]
                    elif name == "FRBRdate":
                        self.adopted = self.adopted or self._date(entry)
                    elif name == "FRBRalias" and entry.get("name") == "symbol":
                        self.symbol = value or None
                elif kind == "FRBRExpression":
                    if name == "FRBRlanguage":
                        self.language = entry.get("language", "")
                    elif name == "FRBRdate":
                        self.distributed = self.distributed or self._date(entry)
                    elif name == "FRBRuri" and not self.language:
                        self.language = value.rpartition("@")[0].rpartition("/")[2]

    def _classification(self, part: Element) -> None:
        for entry in part:
            label = entry.get("showAs") or entry.get("value") or ""
            if entry.get("refersTo", "").lstrip("#") == "agenda":
                self.agenda_item = self.agenda_item or entry.get("value", "")
            elif label.strip():
                self.subjects.append(Subject(label, entry.get("href", ""), entry.get("dictionary", "")))


class _Cover:
    """What is printed before and after the paragraphs."""

    def __init__(self, sections: Mapping[str, Element], language: str, *, ours: bool) -> None:
        self.language = language
        self.ours = ours
        self.report: str = ""
        self.report_paragraph: int | None = None
        self.symbol: str | None = None
        self.number = ""
        self.session: int | None = None
        self.title: str | None = None
        self.agenda_item: str | None = None
        self.agenda_title: str | None = None
        self.adopted: str | None = None
        self.distributed: str | None = None
        self.proponent = self.committee = self.meeting = ""
        for name in ("coverPage", "preface", "conclusions"):
            section = sections.get(name)
            if section is not None:
                for element in section.iter():
                    self._take(element, name)

    def _take(self, element: Element, section: str) -> None:
        name, refers = local(element.tag), element.get("refersTo", "").lstrip("#")
        if name == "docNumber":
            text = plain(element).strip(" .")
            if self.ours:
                self.symbol = element.text
            elif "/" in text and text[:1].isalpha():
                self.symbol = self.symbol or text.rstrip("*")
            elif section == "preface":
                self.number = text
        elif name == "session":
            self.session = self.session or _first_number(element.get("value", "")) or _first_number(plain(element))
        elif name == "docTitle" and (refers == "resolutionTitle" or section == "preface"):
            self.title = self.title or plain(element) or None
        elif name == "docDate":
            if section == "conclusions" or refers == "adoptionDate":
                self.adopted = self.adopted or date_of(element, ours=self.ours)
            else:
                self.distributed = self.distributed or date_of(element, ours=self.ours)
        elif name == "docProponent":
            self.proponent, self.committee = self.proponent or plain(element), self.committee or refers
        elif name in ("inline", "location", "event", "span"):
            self._named(element, element.get("name") or refers)

    def _named(self, element: Element, meaning: str) -> None:
        if meaning == "agenda item":
            if self.ours:
                self.agenda_item = element.get("title")
            self.agenda_item = self.agenda_item or agenda_item(plain(element), self.language)
        elif meaning == "originating document":
            self.report = plain(element)
        elif meaning == "paragraph":
            self.report_paragraph = _first_number(element.get("title", ""))
        elif meaning == "agenda item name":
            self.agenda_title = self.agenda_title or plain(element) or None
        elif meaning == "adoptionMeeting":
            self.meeting = self.meeting or plain(element)


def date_of(element: Element, *, ours: bool = False) -> str | None:
    """The date an element carries; None for the placeholders 0001-01-01 and, of the UN's, the first of January of any year."""
    value = element.get("date", "")[:10]
    return value if _DATE.fullmatch(value) and not value.endswith("0001-01-01" if ours else "-01-01") else None


def agenda_item(text: str, language: str) -> str | None:
    """Which item of the agenda do these words name? The letters of sub-items count by position, whatever the script.

    >>> agenda_item("Point 98 oo) de l’ordre du jour", "fr")
    '98 (oo)'
    """
    found = []
    for number, letters in _ITEM.findall(_INVISIBLE.sub("", text)):
        point = item(f"({letters[0]})", 0, language or "en") if letters else None
        index = next((reading.index for reading in point.readings if reading.kind.startswith("a")), 0) if point else 0
        # Doubled letters are doubled in every language, however many letters an alphabet has.
        found.append(f"{int(number)} ({letter(index) * len(letters.replace(' ', ''))})" if index else str(int(number)))
    return ", ".join(found) or None


def _first_number(text: str) -> int | None:
    found = _NUMBER.search(text)
    return int(found[0]) if found and len(found[0]) < 6 else None


def _session_of(symbol: str | None) -> int | None:
    """The symbol is copied with more care than the line below it."""
    try:
        return session_of(symbol) if symbol else None
    except SymbolError:
        return None


def _canonical(symbol: str | None) -> str | None:
    try:
        return canonical(symbol) if symbol else None
    except SymbolError:
        return symbol


def _symbol_of_number(number: str, body: str | None) -> str | None:
    start = load("akn")["symbols"].get(body)
    return f"{start}{number}" if start and number[:1].isalnum() else None


def _report(cover: _Cover, step: Step | None) -> Report | None:
    committee = load("akn")["committees"].get(cover.committee) or _named_committee(cover)
    # "… (A/79/408, para. 114)": the symbols, then the paragraph.
    found = list(find_symbols(cover.proponent))
    symbol = found[0].symbol.text if found else None
    paragraph = _first_number(cover.proponent[found[-1].stop :]) if found else None
    if step and committee is None and paragraph is None and step.document is None:
        step = None
    if committee is None and paragraph is None and step is None:
        return None
    if step:
        symbol = symbol or step.document
        paragraph = paragraph or _first_number(step.refers_to or "")
    return Report(symbol, paragraph, committee)


def _named_committee(cover: _Cover) -> str | None:
    """The committee by its printed name, where no code says it."""
    if not cover.proponent or not cover.language:
        return None
    folded, codes = phrase(cover.proponent), phrase_codes("committee", cover.language)
    return next((codes[words] for words in sorted(codes, key=len, reverse=True) if words in folded), None)


def _meeting(printed: str, record: str | None) -> Meeting | None:
    """A resumed meeting says so in parentheses, in every language, and so does the symbol of its record."""
    found = _MEETING.search(record or "")
    resumed = found is not None and "(" in found[2]
    if number := _first_number(printed):
        return Meeting(number, "(" in printed or "\uff08" in printed or resumed)
    return Meeting(int(found[1]), resumed) if found else None


def _step(entry: Element, date: str | None) -> Step | None:
    outcome = entry.get("outcome", "").lstrip("#")
    if not outcome:
        return None
    document = entry.get("as", "").strip() or None
    return Step(outcome, date, document, split_names(entry.get("by", "")), entry.get("refersTo") or None)


def _vote(voting: Element) -> Vote:
    names: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int | None] = {}
    for count in voting:
        if local(count.tag) != "count":
            continue
        side = count.get("refersTo", "").lstrip("#")
        value = count.get("value", "").strip()
        counts[side] = int(value) if value.isdigit() else None
        voters = (" ".join((voter.text or "").split()) for voter in count.iter() if local(voter.tag) in _VOTERS)
        names[side] = tuple(name for name in voters if name)
    sides = ("inFavour", "against", "abstaining")
    in_favour, against, abstaining = (names.get(side, ()) for side in sides)
    stated = cast("tuple[int | None, int | None, int | None]", tuple(counts.get(side) for side in sides))
    return Vote(voting.get("outcome", "").lstrip("#"), in_favour, against, abstaining, stated)


_VOTERS = ("organization", "person", "voter")


def split_names(text: str) -> tuple[str, ...]:
    """Whose names are these, in a list such as "Chad, Trinidad and Tobago and Yemen"?

    A semicolon parts names before anything else; commas in parentheses do not.

    >>> split_names("Chad, Trinidad and Tobago and Yemen")
    ('Chad', 'Trinidad and Tobago', 'Yemen')
    """
    words = load("akn")["sponsors"]
    text = " ".join(text.split())
    if ";" in text:
        return tuple(name for part in text.split(";") if (name := part.strip()))
    if not text or any(text.casefold().startswith(start) for start in words["whole"]):
        return (text,) if text else ()
    # Parentheses are set aside, so that what is in them parts nothing.
    asides: list[str] = []

    def set_aside(found: re.Match[str]) -> str:
        asides.append(found[0])
        return f"({len(asides) - 1})"

    parts = _PARENTHESIS.sub(set_aside, text).split(", ")
    *most, last = parts
    names = [*most, *_conjoined(last, words)]
    return tuple(_put_back(_without_article(name.strip(), words["articles"]), asides) for name in names if name.strip())


def _conjoined(part: str, words: Mapping[str, Any]) -> list[str]:
    """The names that stand in the last piece of a list: "Togo and Yemen"."""
    conjunction = words["conjunction"]
    bare = _ASIDE.sub("", part)
    for name in words["names"]:
        if bare == name:
            return [part]
        if bare.endswith(conjunction + name):
            return [part[: len(bare) - len(conjunction + name)], part[len(bare) - len(name) :]]
    first, found, second = part.rpartition(conjunction)
    return [first, second] if found else [part]


def _without_article(name: str, articles: list[str]) -> str:
    return next((name[len(article) :] for article in articles if name.startswith(article)), name)


def _put_back(name: str, asides: list[str]) -> str:
    return re.sub(r"\((\d+)\)", lambda found: asides[int(found[1])], name)
