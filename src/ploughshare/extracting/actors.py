"""Who is to act: the names of addressees at the head of a clause, as long as they make one list; and whom a pronoun means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ploughshare.lexicon.phrases import Match

from .passage import Passage

#: Codes of the lexicon that are no actors: pronouns (of several, of one), and words that only look like an actor.
THEM, IT, NOBODY = "@them", "@it", "@nobody"

#: The first addressee stands no further from the leading verb than this, asides not counted.
HEAD = 90


class Actors(Passage):
    """Finds the actors of a clause."""

    def _addressees(self, start: int, stop: int) -> list[Match[str]]:
        """The list of addressees at the head of a clause."""
        limit = stop
        groups = self._groups(start, stop)
        if self.grammar.spaced:
            # A mark inside a name ("States in a position to do so") announces no act.
            marks = (m for m in self._marks(start, stop) if m.lastgroup in ("head", "join"))
            limit = next((m.start() for m in marks if not any(g.start <= m.start() < g.stop for g in groups)), stop)
            groups = [group for group in groups if group.start < limit]
        if groups and self._act_before(start, groups[0]):
            return []
        return groups

    def _act_before(self, start: int, group: Match[str]) -> bool:
        """Does the word of an act stand before the first name? Then the name is no addressee, but part of the act."""
        return any(m.stop <= group.start for m in self._matches(start, group.stop))

    def _groups(self, start: int, stop: int, *, limit: int | None = None) -> list[Match[str]]:
        """Names of actors from ``start`` on, as long as they make one list; those in asides and attributes left out."""
        grammar = self.grammar
        limit = stop if limit is None else limit
        found_asides = (m for m in grammar.aside.finditer(self.text, start, limit) if grammar.spaced or not self._inside(m.start()))
        asides = [(m.start(), self._aside_end(m, stop)) for m in found_asides]
        found: list[Match[str]] = []
        for match in grammar.groups.scan(self.text, start, stop):
            if match.pattern.payload == NOBODY:
                continue
            if match.start >= limit:
                break
            if any(a <= match.start < b for a, b in asides):
                continue
            if found:
                gap = self.text[found[-1].stop : match.start]
                if grammar.tie.fullmatch(gap):
                    if grammar.final:
                        found[-1] = match
                    continue
                if not self._linked(found[-1].stop, match.start, asides):
                    break
            elif match.start - start - sum(min(b, match.start) - a for a, b in asides if a < match.start) > HEAD:
                break
            found.append(match)
        return found

    def _linked(self, start: int, stop: int, asides: Sequence[tuple[int, int]]) -> bool:
        gap = self.text[start:stop]
        if (self.grammar.bare or not self.grammar.spaced) and self._matches(start, stop):
            return False
        for a, b in asides:
            if start <= a and b <= stop:
                gap = self.text[start:a] + self.text[b:stop]
        return self.grammar.link.search(gap) is not None and len(gap) < 120

    def _aside_end(self, aside: re.Match[str], stop: int) -> int:
        phrase = self.grammar.before.match(self.text, aside.start(), stop)
        return phrase.end() if phrase else self._comma(aside.end(), stop)

    def _agents(self, start: int, stop: int) -> list[Match[str]]:
        agent = self.grammar.agent.search(self.text, start, min(stop, start + 80))
        if not agent:
            return []
        groups = self._groups(agent.end(), stop)
        return groups if groups and groups[0].start - agent.end() < 30 else []

    def _codes(self, groups: Sequence[Match[str]], after: int) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...], int]:
        codes: list[str] = []
        for match in groups:
            code = match.pattern.payload
            codes.extend(self._them(after)[: 1 if code == IT else None] if code in (THEM, IT) else (code,))
        if groups:
            after = groups[-1].stop
        unique = tuple(dict.fromkeys(codes))
        if unique:
            self.before = unique
        return unique, tuple((m.start, m.stop) for m in groups), after

    def _them(self, start: int) -> tuple[str, ...]:
        """Whom a pronoun means: the actors of the clause before, or else all that the paragraph has named so far."""
        if self.before:
            return self.before
        named = [m for m in self.grammar.groups.scan(self.text, 0, start) if m.pattern.payload not in (THEM, IT, NOBODY)]
        named = [m for m in named if m.start >= self.since] or named
        if named:
            # What follows a mark is what was done or is to be done, not by whom.
            marks = list(self._marks(named[0].stop, start))
            mark = next((m.start() for m in marks if m.lastgroup == "head"), start)
            purposes = [(m.start(), self._comma(m.end(), start)) for m in marks if m.lastgroup == "purpose"]
            named = [m for m in named if m.start < mark and not any(a <= m.start < b for a, b in purposes)]
        return tuple(dict.fromkeys(m.pattern.payload for m in named))
