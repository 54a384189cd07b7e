"""What the act needs to be carried out, as far as the text says it: how many meetings, where, on what, under which item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ploughshare.lexicon.fold import Folded
from ploughshare.lexicon.leap import Leaping
from ploughshare.lexicon.load import load
from ploughshare.lexicon.phrases import Phrases
from ploughshare.model.resolution import Citation
from ploughshare.parsing.dates import find_dates, find_days
from ploughshare.parsing.numbers import find_cardinals

from .clauses import Act
from .grammar import Grammar, either, grammar, phrases_of

QUOTED = re.compile('[“«”"『「](.{3,400}?)[”»“"』」]')
INSTRUMENT_KINDS = frozenset({"join", "comply", "negotiate", "participate", "follow-up"})
#: How far the title may stand from "item" or "sub-item".
TITLE_REACH = 40
#: A word this near behind a title is joined to it.
ATTACHED = 1
#: How far a number of meetings may stand from its noun or its place.
COUNT_REACH = 60
LONGEST_SUBJECT = 300
#: What may stand round the words of a title, and of a subject, and is no part of them, in any script.
COMMAS = " ,\u060c"
STOPS = " ,;.\u060c\u061b\uff1b\uff0c\u3002"
#: Nobody asks for so many meetings: it is a year.
MOST = 1000
#: Kinds of act that have a subject.
SUBJECT_KINDS = frozenset(
    {"seek-views", "submit-views", "submit-report", "inform", "study", "convene", "establish", "negotiate", "consider"}
)


@dataclass(frozen=True, slots=True)
class _Words:
    mode: Phrases[str]
    place: Phrases[str]
    resources: Phrases[str]
    meeting: re.Pattern[str]
    #: What follows a number that counts something else ("a *one*-day meeting").
    unit: re.Pattern[str]
    about: Leaping
    item: re.Pattern[str]
    subitem: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    table = load("details", language)
    rules = grammar(language)

    def phrases(name: str) -> Phrases[str]:
        return phrases_of(table.get(name, {}), spaced=rules.spaced, proclitics=rules.proclitics)

    def one(name: str) -> re.Pattern[str]:
        return re.compile(either(table.get(name, ())))

    about = Leaping(either(table.get("about", ())))
    return _Words(
        phrases("mode"), phrases("place"), phrases("resources"), one("meeting"), one("unit"), about, one("item"), one("subitem")
    )


def details_of(act: Act, folded: Folded, original: str, language: str, citations: Sequence[Citation]) -> dict[str, Any]:
    """The details of an act; only keys that the words fill.

    ``citations`` are those of the act's paragraph: a treaty among the words of the act is its instrument.
    """
    words, rules = _words(language), grammar(language)
    passage = folded.text[act.first : act.last]
    details: dict[str, Any] = {}
    if act.kind == "seek-views" and (asked := _asked(act, folded.text, rules)):
        details["from"] = asked
    if act.kind == "convene":
        details.update(_meetings(passage, words, language, final=rules.final))
    if act.kind == "agenda":
        details.update(_titles(act, folded, original, words))
    elif act.kind in SUBJECT_KINDS and (subject := _subject(act, folded, original, words, rules, citations)):
        details["subject"] = subject
    if act.kind in INSTRUMENT_KINDS:
        first, last = folded.at(act.first), folded.at(act.last)
        instruments = [c.target for c in citations if first <= c.start < last and c.target.startswith("treaty:")]
        if instruments:
            details["instrument"] = instruments[0] if len(set(instruments)) == 1 else list(dict.fromkeys(instruments))
    resources = list(dict.fromkeys(match.pattern.payload for match in words.resources.scan(passage)))
    if resources:
        details["resources"] = resources[0]
    if "other" in act.actors and act.named:
        first, last = act.named[0][0], act.named[-1][1]
        while rules.proclitics and first and folded.text[first - 1].isalpha():
            first -= 1
        details["addressee_text"] = original[folded.at(first) : folded.at(last - 1) + 1]
    return details


def _asked(act: Act, text: str, rules: Grammar) -> list[str]:
    """Whose views are sought: the actors named after the act's word."""
    codes = [m.pattern.payload for m in rules.groups.scan(text, act.start, act.last) if not m.pattern.payload.startswith("@")]
    before = [
        m.pattern.payload for m in rules.groups.scan(text, act.first, act.start) if not any(a <= m.start < b for a, b in act.named)
    ]
    return list(dict.fromkeys(code for code in codes or before if code not in ("SG", "other", "GA")))


def _meetings(passage: str, words: _Words, language: str, *, final: bool) -> dict[str, Any]:
    """How many meetings, where and how; ``final``: the number of a thing stands after its place in this language."""
    details: dict[str, Any] = {}
    folded = Folded(passage, None)
    dates = [(d.start, d.stop) for d in (*find_dates(folded, language), *find_days(folded, language))]
    numbers = [
        n
        for n in find_cardinals(folded, language)
        if n.value < MOST and not words.unit.match(passage, n.stop) and not any(start <= n.start < stop for start, stop in dates)
    ]
    meeting = words.meeting.search(passage)
    if meeting:
        before = [n for n in numbers if 0 <= meeting.start() - n.stop <= COUNT_REACH]
        counted = before[-1:] or [n for n in numbers if 0 <= n.start - meeting.end() <= 3]
        if counted:
            details["count"] = counted[0].value
    places: list[dict[str, Any]] = []
    taken = 0
    for match in words.place.scan(passage):
        here = [n for n in numbers if taken <= n.start and 0 <= match.start - n.stop <= COUNT_REACH]
        after = [n for n in numbers if 0 <= n.start - match.stop <= COUNT_REACH // 2]
        place: dict[str, Any] = {"place": match.pattern.payload}
        if here and not (len(here) == 1 and here[0].value == details.get("count") and not places):
            place["count"] = here[-1].value
        elif after and final:
            place["count"] = after[0].value
        if not any(known["place"] == place["place"] for known in places):
            places.append(place)
        taken = match.stop
    if places:
        details["places"] = places
    modes = sorted({match.pattern.payload for match in words.mode.scan(passage)})
    if modes:
        details["mode"] = modes
    return details


def _titles(act: Act, folded: Folded, original: str, words: _Words) -> dict[str, Any]:
    """Titles in quotation marks belong to the word for item or sub-item that stands nearest before them."""
    first, last = folded.at(act.first), folded.at(act.last - 1) + 1
    details: dict[str, Any] = {}
    labels = [(m.start(), "subitem") for m in words.subitem.finditer(folded.text, act.first, act.last)]
    inside = {start for start, _ in labels}
    labels += [
        (m.start(), "item")
        for m in words.item.finditer(folded.text, act.first, act.last)
        if not any(s <= m.start() < s + 16 for s in inside)
    ]
    labels.sort()
    for quoted in QUOTED.finditer(original, first, last):
        near = [(folded.at(place), name) for place, name in labels]
        before = [name for place, name in near if place < quoted.start() and quoted.start() - place < TITLE_REACH]
        after = [name for place, name in near if 0 <= place - quoted.end() < TITLE_REACH // 2]
        # In a language that puts the noun behind ("entitled “X” item"), the label stands right there.
        behind = [name for place, name in near if 0 <= place - quoted.end() <= ATTACHED]
        name = (behind or before[-1:] or after[:1] or ["item"])[0]
        details.setdefault(name, quoted.group(1).strip(COMMAS))
    return details


def _subject(act: Act, folded: Folded, original: str, words: _Words, rules: Grammar, citations: Sequence[Citation]) -> str | None:
    """What the act is about: the words from "on" on, where that is no part of a name ("the Conference on Disarmament")."""
    names = [(m.start, m.stop) for m in rules.groups.scan(folded.text, act.start, act.last)]
    for about in words.about.finditer(folded.text, act.start, act.last):
        start = folded.at(about.start())
        if any(a < about.start() < b for a, b in names) or any(c.start < start < c.stop for c in citations):
            continue
        subject = original[start : folded.at(act.last - 1) + 1].strip(STOPS)
        return subject[:LONGEST_SUBJECT] or None
    return None
