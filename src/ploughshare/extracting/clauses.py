"""A clause to its acts: which acts a leading verb asks for, and of whom.

In: the folded words after one leading verb. Out: ``Act``s, each with its actors and the stretch of words that is about it.
The engine walks the marks of the language (``grammar.toml``): addressees stand before the first mark of an act; an act's
kind is read from the words at its mark; further acts follow marks that join; clauses of purpose hold no acts. A language
without blanks marks no acts: there the acts' own words are the marks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from ploughshare.lexicon.load import load

from .heads import Head, Heads, head_at

#: A paragraph is read no further than this: no body asks for acts at such length, and time must stay bounded.
LONGEST = 20_000

#: The rule of addressees for whom no act is said.
UNMARKED = "no mark of an act"

#: Whoever has not joined says so in the name, and "to do so" points back to it.
NON_PARTIES = "NonParties"


@dataclass(frozen=True, slots=True)
class Act:
    """An act found in a clause. Positions count in the folded text of the paragraph.

    ``actors`` are codes; ``named`` are their words; the act's own words begin at ``start``; what belongs to it (recipient,
    date, subject) stands between ``first`` and ``last``. ``rule`` names the line of the lexicon that read it.
    """

    kind: str
    actors: tuple[str, ...]
    named: tuple[tuple[int, int], ...]
    start: int
    stop: int
    first: int
    last: int
    rule: str
    #: Further stretches that belong to it: the same act asked for again later in the clause.
    more: tuple[tuple[int, int], ...] = ()

    @property
    def bare(self) -> bool:
        """Addressees alone, with no act said for them."""
        return self.rule == UNMARKED

    @property
    def stretches(self) -> tuple[tuple[int, int], ...]:
        """All stretches of the text that belong to the act."""
        return ((self.first, self.last), *self.more)


@cache
def deeds() -> dict[str, str]:
    """Leading verbs that are themselves the act ("Adopts", "Proclaims"): lemma to kind."""
    return dict(load("kinds")["deeds"])


class ClauseReader(Heads):
    """Reads the clauses of one paragraph."""

    def joins(self, start: int, stop: int) -> bool:
        """Does nothing but a joining word stand between two leading verbs?"""
        return self.grammar.pair.fullmatch(self.text, start, stop) is not None

    def points_back(self, start: int, stop: int) -> bool:
        """Do the words of a clause only point back to the clause before?"""
        return self.grammar.back.fullmatch(self.text, start, stop) is not None

    def read(self, start: int, stop: int, force: str, lemma: str, inherited: tuple[str, ...] | None = None) -> list[Act]:
        """The acts of the clause ``[start:stop]`` that follows a leading verb. No act that the lexicon knows: one ``other``."""
        if self.joins(start, stop):
            return []  # "Invites *and* encourages all States": the second verb has the words
        self._wants = self.grammar.wants.get(lemma, frozenset())
        deed = deeds().get(lemma)
        if deed and force == "decide":
            return [Act(deed, (self.body,), (), start, stop, start, stop, f"verb:{lemma}")]
        that = (
            (self.grammar.that if force == "decide" else self.grammar.clause).match(self.text, start, stop)
            if inherited is None
            else None
        )
        if that and (acts := self._decided(that.end(), stop, decided=force == "decide")):
            return acts
        pronoun = (
            self.grammar.pronoun.search(self.text, max(0, start - 60), start) if inherited is None and force != "decide" else None
        )
        if pronoun:
            self.before = codes = self._them(start)[: 1 if pronoun.lastgroup else None]
            return self._acts_of(self._heads(start, stop, bare=False), codes, (), start, stop)
        if force != "decide" and (lead := self.grammar.lead.match(self.text, start, stop)):
            start = lead.end()
            if lead.lastgroup:
                # "and requests *it* to …": the first that was named.
                self.before = codes = self._them(lead.start())[:1]
                return self._acts_of(self._heads(start, stop, bare=False), codes, (), start, stop)
        groups = self._addressees(start, stop)
        if not groups and inherited is None and force != "decide":
            return self._nominal(start, stop)
        codes, named, after = self._codes(groups, start)
        if not codes:
            codes = inherited or ((self.body,) if force == "decide" else ())
        heads = self._heads(after, stop, bare=force == "decide" or inherited is not None)
        if named and (back := self.grammar.likewise.match(self.text, after, stop)):
            if NON_PARTIES in codes:  # names behind theirs only say which of them ("in particular the nine of the annex")
                codes = codes[: codes.index(NON_PARTIES) + 1]
            heads = self._inner_heads(named[0][0], after) + [head for head in heads if head.start >= back.end()] or heads
        if not heads and (named_mark := self._mark_of_name(after, stop)):
            heads = self._heads(named_mark, stop, bare=True)
        if not heads or (self.grammar.bare and not any(head.kind for head in heads)):
            # "Encourages States *able to help* to do so": the act is said before its mark, even inside the name of the actor.
            heads = self._worded_heads(after, stop) or self._worded_heads(start, stop)[:1] or heads
        return self._acts_of(heads, codes, named, start, stop)

    def _mark_of_name(self, start: int, stop: int) -> int | None:
        """Where the act begins behind an addressee whose long name only looks like a purpose ("the *Programme to* report")."""
        mark = next((m for m in self._marks(start, stop) if m.lastgroup in ("purpose", "skip")), None)
        if mark is None or mark.start() - start > 100 or "," in self.text[start : mark.end()]:
            return None
        return mark.end() if self._particles(mark.start(), mark.end()) else None

    def _acts_of(
        self, heads: list[Head], codes: tuple[str, ...], named: tuple[tuple[int, int], ...], start: int, stop: int
    ) -> list[Act]:
        if not heads:
            return [Act("other", codes, named, start, stop, start, stop, UNMARKED)]
        found: list[Act] = []
        for place, head in enumerate(heads):
            first = start if place == 0 else head.mark
            last = heads[place + 1].mark if place + 1 < len(heads) else stop
            kind = head.kind or "other"
            if head.groups:
                codes, named, _ = self._codes(head.groups, head.mark)
            same = next((n for n, act in enumerate(found) if act.kind == kind and act.actors == codes), None)
            if same is None:
                found.append(Act(kind, codes, named, head.start, last, first, last, head.rule))
            elif same == len(found) - 1:
                # Two acts of one kind side by side are one mandate with both of their recipients and dates.
                found[same] = replace(found[same], stop=last, last=last)
            else:
                found[same] = replace(found[same], more=(*found[same].more, (first, last)))
        return found

    def _decided(self, start: int, stop: int, *, decided: bool) -> list[Act]:
        """After "Decides that the working group shall meet …": the actor is the subject of the clause, if it is one.

        A body that has ``decided`` acts itself where no other is named; where it only asks, nobody is.
        """
        heads = self._heads(start, stop, bare=True, anywhere=True)
        if not heads or heads[0].kind is None:
            return [Act("other", (self.body,), (), start, stop, start, stop, "decides that")] if decided else []
        groups = [m for m in self._groups(start, stop, limit=heads[0].start) if m.stop <= heads[0].start]
        if not groups and self.grammar.verb_first:
            groups = [m for m in self._groups(heads[0].stop, stop) if m.start - heads[0].stop <= 4]
        codes, named, _ = self._codes(groups, start)
        return self._acts_of(heads, codes or ((self.body,) if decided else ()), named, start, stop)

    def _nominal(self, start: int, stop: int) -> list[Act]:
        """A noun names the act: "Calls for the early entry into force of …", "Encourages cooperation among States"."""
        limit = min(stop, start + 160)
        if not self.grammar.spaced and (heads := self._worded_heads(start, stop)) and heads[0].start < limit:
            codes, named, _ = self._codes(self._agents(heads[0].stop, stop), heads[0].stop)
            return self._acts_of(heads, codes, named, start, stop)
        marks = [mark for mark in self._marks(start, limit) if mark.lastgroup in ("head", "purpose")] if self.grammar.spaced else []
        for match in self._matches(start, limit):
            before = [mark for mark in marks if mark.end() <= match.start]
            first = before[0] if before else None
            if first is not None and first.lastgroup == "purpose" and self.text[start : first.start()].strip() == ",":
                # "Encourages, *in order to help*, …": no act up to the next comma.
                kind = self._kind_at(match.start, stop) if "," in self.text[first.end() : match.start] else None
            else:
                kind = self._kind_at(match.start, stop)
            marked = self._heads(start, stop, bare=False) if kind and first is not None and first.lastgroup == "head" else []
            if marked and marked[0].kind:
                # "Encourages it *to* continue …": an addressee that the lexicon does not know, or a pronoun.
                agents = self._agents(start, stop) if self.grammar.bare else ()
                codes, named, _ = self._codes(agents, start)
                return self._acts_of(marked, codes, named, start, stop)
            if kind:
                groups = self._agents(match.stop, stop)
                codes, named, _ = self._codes(groups, match.stop)
                heads = [head_at(match.start, match.start, kind), *self._further_nouns(kind, stop)]
                return self._acts_of(heads, codes, named, start, stop)
        return [Act("other", (), (), start, stop, start, stop, "no act that the lexicon knows")]
