"""What is to be done: the places of a clause where acts begin.

A mark announces an act ("to", "que"), or joins one more ("and to"), or opens a clause of purpose, which holds none. In a
language without blanks nothing marks an act, and the acts' own words are the marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from ploughshare.lexicon.phrases import Match

from .actors import Actors
from .passage import Kind

#: A list of nouns of acts goes on no further behind the first than this.
NOUNS = 100

WORD = re.compile(r"\w[\w'-]*")


@dataclass(frozen=True, slots=True)
class Head:
    """A place where an act begins: the mark's start, the place of the act's word, its kind (None: not in the lexicon)."""

    mark: int
    start: int
    stop: int
    kind: str | None
    rule: str
    #: The names of a further addressee that this act has for itself.
    groups: tuple[Match[str], ...] = ()


def head_at(mark: int, start: int, kind: Kind) -> Head:
    return Head(mark, start, kind.stop, kind.name, kind.rule)


class Heads(Actors):
    """Finds the heads of the acts of a clause."""

    def _heads(self, start: int, stop: int, *, bare: bool, anywhere: bool = False) -> list[Head]:
        if self.grammar.spaced and not anywhere:
            return self._marked_heads(start, stop, bare=bare)
        return self._worded_heads(start, stop)

    def _marked_heads(self, start: int, stop: int, *, bare: bool) -> list[Head]:
        """Acts that a mark announces ("to", "que"); ``bare``: the first may stand without one."""
        grammar, text = self.grammar, self.text
        heads: list[Head] = []
        if bare or grammar.bare:
            first = self._head_at(start, start, stop, reach=0)
            if first and first.kind:
                heads += self._with_pairs(first, stop)
        purpose = False
        purposes: set[str] = set()
        wanted: set[str] = set()
        inner = False
        lists = max((mark.start() for mark in self._marks(start, stop) if mark.lastgroup == "join"), default=-1)
        for mark in self._marks(start, stop):
            if heads and mark.start() < heads[-1].start:
                continue  # among words that are read already: as a pair, or as a shade of the act
            if mark.lastgroup == "purpose":
                purpose = True
                purposes = self._particles(mark.start(), mark.end())
            if mark.lastgroup in ("purpose", "skip"):
                continue
            comma = mark.group().lstrip().startswith((",", ";")) or text[
                max(start, mark.start() - 2) : mark.start()
            ].rstrip().endswith((",", ";"))
            particle = self._particles(mark.start(), mark.end())
            if heads and particle and wanted and not particle & wanted:
                continue
            if purpose and not comma and not (particle and particle.isdisjoint(purposes)):
                continue
            # Those of whom views are sought are the end of that act, no further addressees.
            further = heads and mark.lastgroup == "head" and heads[-1].kind != "seek-views"
            others = self._joined_groups(mark.start(), heads[-1].stop) if further else ()
            if heads and mark.lastgroup == "head" and not comma and not others:
                inner = bool(particle and further)
                continue
            if heads and particle and mark.lastgroup == "head" and not others and mark.start() > lists:
                continue  # "to make arrangements, …, *to* mark the Day": a purpose; a list of acts ends with a mark that joins
            if inner and not particle and not comma:
                continue  # "to hold meetings *to* consider *and* advance …": joined to an act within the act
            head = self._head_at(mark.start(), mark.end(), stop, reach=grammar.reach if not heads else grammar.reach // 2)
            if head is None or (heads and head.kind in (None, "other") and not others):
                purpose = purpose and not (comma and particle)
                continue
            if others:
                head = replace(head, mark=others[0].start, groups=others)
            purpose = inner = False
            wanted |= self._particles(mark.start(), head.start)
            heads += self._with_pairs(head, stop)
        return heads

    def _joined_groups(self, mark: int, after: int) -> tuple[Match[str], ...]:
        """A further addressee just before a mark: "and the Secretariat *to* …"."""
        near = list(self.grammar.groups.scan(self.text, max(after, mark - 120), mark))
        if near and near[-1].stop >= mark - 2 and self.grammar.also.search(self.text[after : near[-1].start]):
            # "to seek the views of States, organizations *and the* industry to …": the end of a list within the act before,
            # unless that list has ended already ("before the Assembly *and* the Conference, and the industry to …").
            gaps = [self.text[a.stop : b.start] for a, b in pairwise(near[-3:])]
            listed = len(gaps) > 1 and all(map(self.grammar.link.fullmatch, gaps)) and not self.grammar.also.search(gaps[0])
            return () if listed else (near[-1],)
        return ()

    def _with_pairs(self, head: Head, stop: int) -> list[Head]:
        """Bare acts that follow the first one's word: "to review and implement". An unknown first one gives way to them.

        Where words of acts are the marks, a weak one only shades the next ("adopt and make every effort to implement").
        """
        heads = [head]
        at = head.stop
        while pair := self.grammar.pair.match(self.text, at, stop):
            kind = self._kind_at(pair.end(), stop)
            if kind is None or (kind.weak and not self.grammar.spaced):
                break
            heads.append(head_at(pair.start(), pair.end(), kind))
            at = kind.stop
        return heads[1:] if head.kind is None and len(heads) > 1 else heads

    def _head_at(self, mark: int, start: int, stop: int, *, reach: int) -> Head | None:
        """The act that begins at a place, shades skipped; None where nothing but punctuation follows."""
        while start < stop and self.text[start] in " ,":
            start += 1
        start = self._unshaded(start, stop)
        kind = self._kind_at(start, stop)
        if kind is None and reach:
            for match in self._matches(start, min(stop, start + reach)):
                kind = self._kind_at(match.start, stop)
                if kind:
                    start = match.start
                    break
        if kind:
            return head_at(mark, start, kind)
        word = WORD.match(self.text, start, stop)
        return Head(mark, start, word.end(), None, "an act that the lexicon does not know") if word else None

    def _worded_heads(self, start: int, stop: int, *, phrases: bool = True) -> list[Head]:
        """Acts in a language that marks none: the first word of an act, then those that a mark joins to it.

        A weak word ("take steps", "bearing in mind") is the act only where no other follows. ``phrases``: those before the
        act are left out, unless they hold the only words of an act.
        """
        grammar, text = self.grammar, self.text
        # Where blanks part words, what only looks like a mark hides no act.
        marks = [mark for mark in self._marks(start, stop) if not grammar.spaced or mark.lastgroup != "skip"]
        place = 0
        begin = start
        unburied = start = self._unburied(start, stop) if phrases else start
        heads: list[Head] = []
        weak: Head | None = None
        for match in self._matches(start, stop):
            while place < len(marks) and marks[place].end() <= match.start:
                place += 1
            if place < len(marks) and marks[place].start() <= match.start:
                continue
            before = marks[place - 1] if place else None
            if heads:
                if before is None or before.lastgroup != "join" or not heads[-1].stop <= before.start() < match.start:
                    continue
                purpose = marks[place - 2] if place > 1 and marks[place - 2].lastgroup == "purpose" else None
                if purpose is not None and not grammar.spaced and purpose.start() >= heads[-1].stop:
                    continue  # "…, in order to help *and to protect*": the same purpose
                unburied = self._unburied(before.end(), stop)
                if not grammar.bridge.fullmatch(text, unburied, max(unburied, match.start)):
                    continue
            if match.start < unburied:
                continue
            joined = before is not None and before.lastgroup == "join"
            if before is not None and before.lastgroup == "purpose" and "," not in text[before.end() : match.start]:
                continue
            if weak and not heads and weak.kind == "other" and not joined and self._beyond_comma(weak.stop, match.start):
                continue
            kind = self._kind_at(match.start, stop)
            if kind is None or (kind.name == "other" and (heads or (weak and weak.kind != "other"))) or (heads and kind.weak):
                continue
            head = head_at(before.start() if heads and joined and before else match.start, match.start, kind)
            if kind.weak:
                weak = weak or head
                continue
            if weak and not heads and joined and before and weak.kind != "consider" and weak.stop <= before.start():
                # "Take measures *and* report": two acts; "take measures to report" is one.
                heads.append(weak)
                head = replace(head, mark=before.start())
            heads += self._with_pairs(head, stop)
        if phrases and not heads and not weak:
            return self._worded_heads(begin, stop, phrases=False)
        return heads or ([weak] if weak else [])

    def _further_nouns(self, first: Kind, stop: int) -> list[Head]:
        """Nouns of acts that share what they are about with the first ("the entry into force *and strict observance* of")."""
        heads: list[Head] = []
        after = first.stop
        for match in self._matches(first.stop, min(stop, first.stop + NOUNS)):
            kind = self._kind_at(match.start, stop) if self.grammar.noun.fullmatch(self.text, after, match.start) else None
            if kind and kind.weak <= first.weak and kind.name != "other":
                heads.append(head_at(after, match.start, kind))
                after = kind.stop
        return heads

    def _inner_heads(self, start: int, stop: int) -> list[Head]:
        """The act that the name of an addressee says ("all States that have not yet *signed*")."""
        for match in self.grammar.acts.scan(self.text, start, stop):
            kind = self._kind_at(match.start, stop)
            if kind:
                return [head_at(match.start, match.start, kind)]
        return []
