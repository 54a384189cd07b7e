"""What the words of a paragraph say before anybody asks who and what: its marks, its words of acts, and their kinds."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ploughshare.lexicon.load import load
from ploughshare.lexicon.phrases import Match

from .grammar import Grammar

#: An object further away than this does not belong to its verb.
OBJECT_REACH = 260

#: A kind of act with this sign is taken only where no other act follows.
WEAK = "?"

#: Titles: words inside quotation marks ask for nothing.
TITLE = re.compile('[“”"][^“”"]{2,300}[“”"]|«[^«»]{2,300}»|[「『][^「」『』]{2,300}[」』]|《[^《》]{2,300}》')


@cache
def kinds() -> dict[str, int]:
    """The kinds of act in the order of their precedence."""
    return {kind: rank for rank, kind in enumerate(load("kinds")["kinds"])}


class Kind(NamedTuple):
    """The kind of an act, the rule that read it, the end of its word, and whether it counts only where no other act follows."""

    name: str
    rule: str
    stop: int
    weak: bool


class Passage:
    """The folded text of one paragraph, with what does not depend on the clause that is read. ``body`` adopts the text."""

    def __init__(self, grammar: Grammar, body: str, text: str) -> None:
        self.grammar, self.body, self.text = grammar, body, text
        #: Where the clause before begins: what it names is nearer than what the paragraph named earlier.
        self.since = 0
        #: The actors that "them" in a later clause means.
        self.before: tuple[str, ...] = ()
        #: The particles that the leading verb wants before its act; none: any.
        self._wants: frozenset[str] = frozenset()
        self._all_marks: list[re.Match[str]] | None = None
        #: Stretches whose words ask for nothing: titles, and in a language without blanks the names of actors.
        opaque = [found.span() for found in TITLE.finditer(text)]
        if not grammar.spaced:
            opaque = sorted(opaque + [(m.start - 1, m.stop) for m in grammar.groups.scan(text)])
        self._opaque = [start for start, _ in opaque]
        #: How far the stretches up to each one reach.
        self._reach = list(accumulate((stop for _, stop in opaque), max))

    def _matches(self, start: int, stop: int) -> list[Match[str]]:
        """Words of acts in a stretch, mere attributes and words of titles left out."""
        attribute = self.grammar.attribute
        return [
            m
            for m in self.grammar.acts.scan(self.text, start, stop)
            if m.pattern.payload != "none" and not attribute.match(self.text, m.stop) and not self._inside(m.start)
        ]

    def _inside(self, position: int) -> bool:
        place = bisect_left(self._opaque, position)
        return place > 0 and self._reach[place - 1] > position

    def _marks(self, start: int, stop: int) -> Iterator[re.Match[str]]:
        """The marks of a stretch, those in titles left out."""
        if self._all_marks is None:
            self._all_marks = [m for m in self.grammar.marks.finditer(self.text) if not self._inside(m.start())]
        marks = self._all_marks
        first = bisect_left(marks, start, key=re.Match.start)
        last = bisect_right(marks, stop, lo=first, key=re.Match.start)
        return (m for m in map(marks.__getitem__, range(first, last)) if m.end() <= stop and self._wanted(m))

    def _wanted(self, mark: re.Match[str]) -> bool:
        """Is the mark of an act one that the leading verb can have?"""
        if not self._wants or mark.lastgroup != "head":
            return True
        particle = self._particles(mark.start(), mark.end())
        return not particle or not particle.isdisjoint(self._wants)

    def _particles(self, start: int, stop: int) -> set[str]:
        return {found.group() for found in self.grammar.particle.finditer(self.text, start, stop)}

    def _comma(self, start: int, stop: int) -> int:
        place = self.text.find(",", start, stop)
        return stop if place < 0 else place + 1

    def _kind_at(self, start: int, stop: int) -> Kind | None:
        """The kind of the act whose word stands at a place: the pattern whose object is nearest; without any, a bare word's."""
        best: tuple[tuple[int, int, int], Match[str]] | None = None
        limit: int | None = None
        for match in self.grammar.acts.at(self.text, start, stop):
            pattern = match.pattern
            if pattern.payload == "none":
                return None
            if pattern.after is None:
                key = (OBJECT_REACH + 1, match.start - match.stop, kinds()[pattern.payload.rstrip(WEAK)])
            else:
                if limit is None:
                    limit = self._object_limit(match.stop, stop)
                found = pattern.after.search(self.text, match.stop, limit)
                # A word right behind the comma ("ensure, *that* …") opens no aside, even where it looks like one.
                if found and match.stop + 2 < found.start() < (behind := self._behind_aside(match.stop, limit)):
                    found = pattern.after.search(self.text, behind, limit)
                if not found:
                    continue
                apart = self.grammar.bound.search(self.text, match.stop + 3, found.start()) is not None
                key = (
                    OBJECT_REACH + 2 if apart else found.start() - match.stop,
                    match.start - match.stop,
                    kinds()[pattern.payload.rstrip(WEAK)],
                )
            if best is None or key < best[0]:
                best = (key, match)
        if best is None:
            return None
        pattern = best[1].pattern
        name = pattern.payload.rstrip(WEAK)
        return Kind(name, f"{name}: {pattern.source}", best[1].stop, pattern.payload.endswith(WEAK))

    def _behind_aside(self, start: int, stop: int) -> int:
        """Behind an aside right after the word of an act: "to strengthen, *in cooperation with the Fund*, their laws"."""
        if not self.text.startswith(",", start) or not self.grammar.spaced:
            return start
        aside = self.grammar.aside.pattern.match(self.text, start, stop)
        end = self.text.find(",", aside.end(), stop) if aside else -1
        return end if end >= 0 else start

    def _object_limit(self, start: int, stop: int) -> int:
        """How far the object of an act can stand: to the next act or purpose."""
        stop = min(stop, start + OBJECT_REACH)
        for mark in self._marks(start, stop):
            # A mark right at the verb joins a second verb with the same object ("to make and to increase …").
            if mark.lastgroup in ("purpose", "join") and mark.start() > start + 3:
                # "adopt a *policy to* …": the mark of a purpose may hold the object itself.
                return mark.end() if mark.lastgroup == "purpose" else mark.start()
        return stop

    def _unshaded(self, start: int, stop: int) -> int:
        while (shade := self.grammar.shade.match(self.text, start, stop)) and shade.end() > start:
            start = shade.end()
        return start

    def _beyond_comma(self, start: int, stop: int) -> bool:
        """Does a part of the sentence of its own stand before this word ("take measures, *including to* …")?"""
        if self.grammar.spaced:
            return False
        comma = self.text.rfind(",", max(start, stop - OBJECT_REACH), stop)
        return comma >= 0 and self._unburied(comma, stop) < stop and self._unshaded(self._unburied(comma, stop), stop) < stop

    def _unburied(self, start: int, stop: int) -> int:
        """Behind the phrases before an act ("*on this basis* to hold …"), whose own words ask for nothing."""
        grammar, text = self.grammar, self.text
        while True:
            place = self._unshaded(start, stop)
            phrase = grammar.before.match(text, place, stop)
            if phrase is None or phrase.end() <= place:
                return start
            start = phrase.end()
