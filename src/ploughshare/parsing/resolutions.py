"""Resolutions and decisions by number: a paragraph comes in, what it cites by number ("62/21", "1540 (2004)") goes out.

A number says little by itself: its noun (resolution or decision), the body whose it is, and the list it stands in say the
rest. In most languages the noun stands before the numbers, in Chinese after them; the body stands before or behind either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load

from .names import Named
from .numbers import roman
from .resolution_numbers import Number
from .shapes import any_of

Event = Named[tuple[str, str]]

_FIRST_YEAR = 1946
#: Sessions whose resolutions are numbered "31/5"; up to the thirtieth they were "3472 (XXX)".
_SESSIONS = range(31, 200)
#: Decisions of the General Assembly are numbered from 301, 401 and 501 up; its resolutions have not yet come to 401.
_FIRST_DECISION, _LAST_RESOLUTION = 301, 400
#: How far, in characters, words that belong together may stand apart.
_NEAR = 40
#: The Human Rights Council met first in 2006 and has three sessions a year.
_FIRST_COUNCIL, _COUNCIL_SESSIONS = 2006, 3


class Mention(NamedTuple):
    """A citation by number: its place in the folded text, and the symbol it stands for."""

    start: int
    stop: int
    target: str


class Whose(NamedTuple):
    """What the words around a number say of it: resolution or decision, whose, and whether the noun stands near."""

    noun: str | None
    body: str | None
    own: bool
    near: bool
    #: The body with low numbers that the paragraph named last, wherever.
    named: str | None = None


class Resolutions:
    """Reads the numbers of one language, in texts of one body ("GA", "HRC", …; None: not known)."""

    def __init__(self, language: str, body: str | None) -> None:
        self._words = _words(language)
        self._own = body if body in ("HRC", "ECOSOC", "CHR", "TC") else "GA"
        #: Whose a number was said to be earlier: "Council resolution 33/22 …, as called for in resolution 33/22".
        self._known: dict[str, str] = {}
        #: Whether the Commission on Human Rights was named: then "the Commission" is that one.
        self._rights = False

    def read(self, text: str, numbers: list[Number], events: list[Event], noun: str | None) -> tuple[list[Mention], str | None]:
        """Which documents are meant by these numbers, and which noun goes on from here to the sub-paragraphs?

        ``text`` is folded; ``events`` are the nouns and bodies that it names (``resolution_names``); ``noun`` is the one
        that goes on from the introduction.
        """
        mentions: list[Mention] = []
        whose_of = self._nouns_behind if self._words.noun_behind else self._nouns_before
        for group, whose in whose_of(text, self._words.groups(text, numbers), events, noun):
            noun = whose.noun
            for number in group:
                mentions += self._mentions(text, number, whose)
        return mentions, noun

    # -- whose is it? ----------------------------------------------------------------------------------------------------

    def _nouns_before(
        self, text: str, groups: Iterable[list[Number]], events: list[Event], noun: str | None
    ) -> Iterator[tuple[list[Number], Whose]]:
        """The noun first: "its resolutions 62/21 of 5 December 2007 and 63/5", "la résolution 33/10 du Conseil"."""
        words = self._words
        at, noun_stop, own = 0, -2 * _NEAR, False
        body: str | None = None
        named: str | None = None
        for group in groups:
            first, last = group[0].start, group[-1].stop
            while at < len(events) and events[at].start < first:
                event = events[at]
                if event.payload[0] != "body":
                    noun, noun_stop = event.payload[1], event.stop
                    own, body = self._before_noun(text, events, at)
                else:
                    named = self._naming(event, named)
                    if (
                        first - event.stop <= 3
                        and 0 < event.start - noun_stop <= _NEAR
                        and words.of.fullmatch(text, noun_stop, event.start)
                    ):
                        own, body = False, event.payload[1]  # between the two, as Arabic, Russian and Spanish have it
                at += 1
            near = first - noun_stop <= _NEAR
            behind = events[at] if at < len(events) and events[at].payload[0] == "body" else None
            if behind and at + 1 < len(events) and events[at + 1].start - behind.stop <= 1:
                behind = None  # it goes with the next noun
            if behind and behind.start - last <= 2 * _NEAR and words.of.fullmatch(text, last, behind.start):
                yield group, Whose(noun, behind.payload[1], False, near, named)
            else:
                yield group, Whose(noun, body, own, near, named)

    def _naming(self, event: Event, named: str | None) -> str | None:
        """Remember the bodies that a text names."""
        code = event.payload[1]
        self._rights = self._rights or code == "CHR"
        return code if code in ("HRC", "UNEA", "Council") else named

    def _before_noun(self, text: str, events: list[Event], at: int) -> tuple[bool, str | None]:
        """Does the noun belong to the speaking body ("its"), and which body do the words before it name?"""
        words, noun = self._words, events[at]
        before = events[at - 1] if at and events[at - 1].payload[0] == "body" else None
        if before and not text[before.stop : noun.start].strip():
            return False, before.payload[1]
        own = words.own.search(text, max(0, noun.start - _NEAR), noun.start)
        if own is None and text[noun.start : noun.stop] not in words.own_nouns:
            # "The Council adopted by consensus resolution 51/22"
            gap = noun.start - before.stop if before else 2 * _NEAR
            adopted = before and gap < 2 * _NEAR and words.adopts.search(text, max(0, before.start - _NEAR // 2), noun.start)
            stopped = before and words.stops.search(text, before.stop, noun.start)
            return False, before.payload[1] if before and adopted and not stopped else None
        start = own.start() if own else noun.start
        # "The Council, in its resolution 33/10": "its" is the Council's.
        if before and before.payload[1] not in ("some", "Commission") and words.inside.fullmatch(text, before.stop, start):
            return False, before.payload[1]
        return True, None

    def _nouns_behind(
        self, text: str, groups: Iterable[list[Number]], events: list[Event], noun: str | None
    ) -> Iterator[tuple[list[Number], Whose]]:
        """The noun last: body, date, numbers, then the noun."""
        words = self._words
        at, ahead, since = 0, 0, 0
        named: str | None = None
        for group in groups:
            first, last = group[0].start, group[-1].stop
            while at < len(events) and events[at].start < first:
                named = self._naming(events[at], named)
                at += 1
            body = None
            for event in reversed(events[max(0, at - 3) : at]):
                if event.start < since or event.payload[0] != "body":
                    break
                if first - event.stop > 2 * _NEAR or words.stops.search(text, event.stop, first):
                    break
                if words.about.match(text, event.stop, first):  # "the Assembly's on the Council": the first of the two
                    body = event.payload[1]
                    break
                if body is None and words.between.fullmatch(text, event.stop, first):
                    body = event.payload[1]
            ahead = max(ahead, at)
            while ahead < len(events) and events[ahead].payload[0] == "body":
                ahead += 1
            behind = events[ahead] if ahead < len(events) else None
            own = words.own.search(text, max(0, first - _NEAR), first) is not None
            yield (
                group,
                Whose(behind.payload[1] if behind else noun, body, own, behind is not None and behind.start - last <= _NEAR, named),
            )
            since = last

    # -- which symbol is it? ---------------------------------------------------------------------------------------------

    def _mentions(self, text: str, number: Number, whose: Whose) -> Iterator[Mention]:
        found = self._kind_and_body(text, number, whose)
        template = load("citations")[found[0]].get(found[1]) if found else None
        if template is None:
            return
        session, _, item = number.text.partition("/")
        symbol = template.format(number=number.text, session=session, item=item)
        start, stop = self._words.whole(text, number)
        for letter in number.letters or ("",):
            yield Mention(start, stop, f"{symbol} {letter}" if letter else symbol)

    def _kind_and_body(self, text: str, number: Number, whose: Whose) -> tuple[str, str] | None:
        """Resolution or decision, and of which body; None where the number is not one of a document."""
        noun, body = whose.noun, whose.body
        if number.form == "special":
            year = self._words.year(text, number)
            if body != "HRC":
                body = "HRC" if body is None and _of_council(number.text.partition("/")[0], year) else "GA"
            return "decision" if noun == "decision" else "resolution", body
        if noun not in ("resolution", "decision"):
            noun = None
        if number.form == "year":
            item, year = map(int, number.text.rstrip(")").split("("))
            # The Security Council's hundredth resolution is of 1953; what has a lower number later is a volume or the like.
            return ("resolution", "SC") if noun == "resolution" and body != "other" and (item >= 100 or year <= 1953) else None
        if number.form == "roman":
            body = body if body in ("ECOSOC", "TC") else self._own if not body and self._own in ("ECOSOC", "TC") else "GA"
            return ("resolution", body) if noun and (body != "GA" or _session_in_brackets(number.text) < _SESSIONS.start) else None
        session, item = map(int, number.text.split("/"))
        if body == "Commission":
            body = "CHR" if self._rights else "some"
        if body in ("other", "some") or session == 0 or item == 0:
            return None
        if session >= _FIRST_YEAR:
            if noun and (whose.near or body in ("ECOSOC", "CHR")):
                return noun, "CHR" if "CHR" in (body, self._own) and body != "ECOSOC" else "ECOSOC"
            return None
        if body in ("HRC", "UNEA", "Council"):
            body = self._known[number.text] = "HRC" if body == "Council" else body
        elif body != "GA":
            body = self._own if whose.own else self._known.get(number.text, self._own)
        if body in ("HRC", "GA"):
            body = _dated(session, self._words.year(text, number)) or body
        if body == "GA" and session not in _SESSIONS and whose.body != "GA":
            body = "UNEA" if whose.named == "UNEA" else "HRC" if whose.named else "GA"
        if body in ("HRC", "UNEA"):
            return (noun, body) if noun else None
        return self._of_assembly(text, number, noun, whose.near, session, item)

    def _of_assembly(
        self, text: str, number: Number, noun: str | None, near: bool, session: int, item: int
    ) -> tuple[str, str] | None:
        if session not in _SESSIONS or not (noun or self._words.date.match(text, number.stop)):
            return None
        if item > _LAST_RESOLUTION or (noun == "decision" and item >= _FIRST_DECISION):
            return "decision", "GA"
        # The Assembly has no decision so numbered: it is another body's, or the noun stands too far away to be this number's.
        return None if noun == "decision" and near else ("resolution", "GA")


def _dated(session: int, year: int | None) -> str | None:
    """Whose session it was, where the year of adoption fits one of the two bodies whose resolutions are numbered alike.

    >>> _dated(62, 2007), _dated(31, 2016), _dated(19, None)
    ('GA', 'HRC', None)
    """
    if year is None:
        return None
    assembly, council = year - session in (1945, 1946), year == _FIRST_COUNCIL + (session - 1) // _COUNCIL_SESSIONS
    return None if assembly == council else "GA" if assembly else "HRC"


def _session_in_brackets(number: str) -> int:
    """The session of a number printed in the old way.

    >>> _session_in_brackets("2373(XXII)"), _session_in_brackets("3202(S-VI)")
    (22, 6)
    """
    return roman(number.rstrip(")").rpartition("(")[2].rpartition("-")[2]) or 0


def _of_council(special: str, year: int | None) -> bool:
    """Was this special session the Council's? It has had its own since 2006; those of the Assembly since then are few.

    >>> _of_council("S-27", 2017), _of_council("S-30", 2016), _of_council("S-10", None)
    (True, False, False)
    """
    if year is None or year < _FIRST_COUNCIL or not special.startswith("S-"):
        return False
    return load("citations")["special"]["sessions"].get(special) not in (year, year - 1)


def resolution_names(language: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The words around a number: nouns ("resolution"), bodies, and later mentions ("that resolution"), each with its code."""
    lexicon = load("citations", language)
    for kind in ("noun", "body", "that"):
        for code, words in lexicon[kind].items():
            for word in words:
                yield word, (kind, code)


@cache
def _words(language: str) -> _Words:
    return _Words(language)


class _Words:
    """The words of one language that stand around numbers, as patterns over folded text."""

    def __init__(self, language: str) -> None:
        lexicon = load("citations", language)
        self.noun_behind = lexicon["noun_stands"] == "behind"
        letters_apart = ("(?<![^\\W\\d_])", "(?![^\\W\\d_])") if lexicon.get("spaced", True) else ("", "")

        def words(*tables: str) -> str:
            return (
                letters_apart[0] + any_of(fold(word).text for table in tables for word in lexicon.get(table, ())) + letters_apart[1]
            )

        self.own_nouns = frozenset(fold(word).text for word in lexicon["own"]) if "proclitics" in lexicon else frozenset()
        dates = load("dates", language)["slots"]
        months = any_of(fold(name).text for slot in dates.values() for table in slot.values() for name in table)
        plain = rf"[\s\d,\u060c\u3001/()\"'\u201c\u201d\u201e-]|{letters_apart[0]}{months}{letters_apart[1]}"
        self.between = re.compile(f"(?:{plain}|{words('between', 'and')})*")
        # After a comma only a genitive says whose a number is: in "resolution 62/21, the Council decided" nothing does.
        loose = plain.replace(",\\u060c\\u3001", "")
        of = rf"(?:{loose}|{words('of', 'genitive')})*"
        genitive = rf"(?:(?:[,\u060c]{of})?[,\u060c] *{words('genitive')}{of})?" if "genitive" in lexicon else ""
        self.of = re.compile(of + genitive)
        own = any_of(fold(word).text for word in lexicon["own"])
        self.own = re.compile(rf"{own}(?:{plain}|{words('between')})*$" if self.noun_behind else rf"\b{own}(?: [\w-]+){{0,2}} ?$")
        joined = any_of(fold(word).text for word in lexicon["and"])
        directly = "| " if "proclitics" in lexicon else ""
        self.inside = re.compile(rf" ?[,\u060c]? {words('in')} | (?!{joined} )[\w-]+ {directly}")
        self.about = re.compile(f"(?:{plain}|{words('between')})*{words('about')}" if "about" in lexicon else "(?!)")
        self.adopts = re.compile(words("adopts") if "adopts" in lexicon else "(?!)")
        self.stops = re.compile("[,;.:\u060c\u061b\u3002]")
        self.date = re.compile(rf"[ ,\u060c]*(?:{words('of', 'between')})? *\d{{1,2}}(?!\d)")
        day_or_month = rf"{words('of', 'between')}|{letters_apart[0]}{months}{letters_apart[1]}|[ /]|\d{{1,2}}(?!\d)"
        self._year_behind = re.compile(rf"(?: ?[,\u060c] ?)?(?:{day_or_month}){{1,14}}((?:19|20)\d\d)(?!\d)")
        self._year_before = re.compile(rf"((?:19|20)\d\d)(?:{words('between')}|[\d ]){{1,12}}$")
        nouns = any_of(fold(word).text for table in lexicon["noun"].values() for word in table)
        self._noun_before = re.compile(rf"\b{nouns} $") if not self.noun_behind else re.compile(f"{words('between')} ?$")
        self._noun_after = re.compile(f" ?(?:{words('between')} ?)?(?:{nouns})?") if self.noun_behind else None

    def groups(self, text: str, numbers: Iterable[Number]) -> Iterator[list[Number]]:
        """Numbers that stand in one list, with nothing but dates and joining words between them."""
        group: list[Number] = []
        for number in numbers:
            stop = group[-1].stop if group else 0
            if group and not (number.start - stop <= 2 * _NEAR and self.between.fullmatch(text, stop, number.start)):
                yield group
                group = []
            group.append(number)
        if group:
            yield group

    def year(self, text: str, number: Number) -> int | None:
        """The year of the date that a number is printed with, before or behind it as the language has it."""
        if self.noun_behind:
            found = self._year_before.search(text, max(0, number.start - _NEAR), number.start)
        else:
            found = self._year_behind.match(text, number.stop)
        return int(found[1]) if found else None

    def whole(self, text: str, number: Number) -> tuple[int, int]:
        """The place of a number together with its noun, where that stands beside it."""
        before = self._noun_before.search(text, max(0, number.start - _NEAR), number.start)
        after = self._noun_after.match(text, number.stop) if self._noun_after else None
        return before.start() if before else number.start, after.end() if after else number.stop
