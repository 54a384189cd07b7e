"""The operative part to mandates: every paragraph is read, named as carrying none, or reported as unread.

A paragraph is cut into clauses at its leading verbs; verbs that only state carry no mandate. A sub-paragraph without a
verb takes force and addressees from its introduction: where the introduction names no act of its own, the
sub-paragraphs are the acts; where it does, they are its contents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from ploughshare.lexicon.fold import Folded, fold
from ploughshare.model.mandate import Evidence, Extraction, Mandate, Unread
from ploughshare.model.resolution import Citation, Force, Paragraph, Resolution
from ploughshare.model.text import places

from .clauses import LONGEST, Act, ClauseReader
from .details import details_of
from .due import due_of
from .grammar import grammar
from .recipients import recipients_of

#: States by their names: another name is another actor.
NAMED_STATES = "NamedStates"


@dataclass(frozen=True, slots=True)
class _Found:
    """An act with the paragraph it stands in and the force of its verb."""

    paragraph: Paragraph
    folded: Folded
    force: Force
    act: Act


def extract(resolution: Resolution) -> Extraction:
    """What does the resolution ask, and of whom? Every operative paragraph ends in one of the three lists of the answer.

    Paragraphs whose verbs only state something (``no_mandate``) say nothing to do, even where they say "should".
    """
    operative = [p for p in resolution.paragraphs if p.kind == "operative"]
    children: dict[str, list[Paragraph]] = defaultdict(list)
    for paragraph in operative:
        children[_parent(paragraph.id)].append(paragraph)
    ids = {p.id for p in operative}
    reader = _Reader(resolution, children)
    for paragraph in operative:
        if _parent(paragraph.id) not in ids:
            reader.read(paragraph)
    return reader.extraction()


def _parent(identifier: str) -> str:
    """``op2.a.i`` → ``op2.a``; the part of a resolution (``sA.op3``) is not a parent."""
    return identifier.rpartition(".")[0]


class _Reader:
    def __init__(self, resolution: Resolution, children: dict[str, list[Paragraph]]) -> None:
        self.resolution, self.children = resolution, children
        self.grammar = grammar(resolution.language)
        self.body = resolution.body or "GA"
        self.mandates: list[Mandate] = []
        self.no_mandate: list[str] = []
        self.unread: list[Unread] = []
        self.counted: Counter[str] = Counter()
        self.citations: dict[str | None, list[Citation]] = defaultdict(list)
        for citation in resolution.citations:
            self.citations[citation.paragraph].append(citation)

    def extraction(self) -> Extraction:
        return Extraction(tuple(self.mandates), tuple(self.no_mandate), tuple(self.unread))

    # -- paragraphs ---------------------------------------------------------------------------------------------------
    def read(self, paragraph: Paragraph) -> None:
        """A paragraph with a verb of its own, and all below it."""
        if not paragraph.verbs:
            self._without_verb(paragraph)
            return
        asking = [verb for verb in paragraph.verbs if verb.force != "state"]
        below = self.children.get(paragraph.id, [])
        if not asking:
            self.no_mandate.append(paragraph.id)
            for child in below:
                self._under_statement(child)
            return
        folded = fold(paragraph.text[:LONGEST])
        clauses = ClauseReader(self.grammar, self.body, folded.text)
        stops = [*(verb.start for verb in paragraph.verbs[1:]), len(paragraph.text)]
        stretches = [
            (_folded_place(folded, verb.stop), _folded_place(folded, stop))
            for verb, stop in zip(paragraph.verbs, stops, strict=True)
        ]
        found: list[_Found] = []
        force: Force = "state"
        for place, verb in enumerate(paragraph.verbs):
            if verb.force == "state" or verb.stop >= LONGEST:
                continue
            force = verb.force
            clauses.since = stretches[place - 1][0] if place else 0
            acts = clauses.read(*_words_of(place, paragraph, stretches, clauses), verb.force, verb.lemma)
            found = _shared(found, acts) + [_Found(paragraph, folded, verb.force, act) for act in acts]
        items = self._items(below, force, clauses.before) if below and paragraph.verbs[-1].force != "state" else []
        if items and any(item.act.kind != "other" for item in items) and all(f.act.kind == "other" for f in found[-1:]):
            found = found[:-1] + items
        else:
            items = []
        for child in below:
            self._child(child, items)
        self._keep(paragraph.id, found)

    def _items(self, below: list[Paragraph], force: Force, inherited: tuple[str, ...]) -> list[_Found]:
        """The sub-paragraphs as acts of their own, with the force and, where they name none, the addressees of the introduction."""
        found = []
        for child in below:
            if child.verbs:
                continue
            folded = fold(child.text[:LONGEST])
            clauses = ClauseReader(self.grammar, self.body, folded.text)
            acts = clauses.read(0, len(folded.text), force, "", inherited)
            found += [_Found(child, folded, force, act) for act in acts]
        return found

    def _child(self, child: Paragraph, items: list[_Found]) -> None:
        """A sub-paragraph: with a verb it is read like a paragraph; an act is in the list already; else it carries none."""
        if child.verbs:
            self.read(child)
            return
        if not any(item.paragraph is child for item in items):
            self.no_mandate.append(child.id)
        for below in self.children.get(child.id, []):
            self._child(below, items)

    def _under_statement(self, child: Paragraph) -> None:
        if child.verbs and any(verb.force != "state" for verb in child.verbs):
            self.read(child)
            return
        self.no_mandate.append(child.id)
        for below in self.children.get(child.id, []):
            self._under_statement(below)

    def _without_verb(self, paragraph: Paragraph) -> None:
        below = self.children.get(paragraph.id, [])
        self.unread.append(Unread(paragraph.id, "it does not begin with a verb that the lexicon knows"))
        for child in below:
            if child.verbs:
                self.read(child)
            else:
                self._under_statement(child)

    # -- mandates -----------------------------------------------------------------------------------------------------
    def _keep(self, paragraph: str, found: list[_Found]) -> None:
        """Acts to mandates; acts of one kind, force and actor in one paragraph are one mandate, and so are all that are other."""
        seen: set[tuple[object, ...]] = set()
        if not found:
            self.unread.append(Unread(paragraph, "it asks for something, and no rule reads what"))
        for item in found:
            act = item.act
            # "India to accede … and South Sudan to join": one code, and two actors.
            names = [item.folded.text[start:stop] for start, stop in act.named] if NAMED_STATES in act.actors else []
            key = (item.paragraph.id, act.kind, item.force, act.actors, *names)
            if key not in seen:
                seen.add(key)
                self.mandates.append(self._mandate(item))

    def _mandate(self, item: _Found) -> Mandate:
        act, paragraph, resolution = item.act, item.paragraph, self.resolution
        text = item.folded.text
        due = due_of(act, text, resolution.language, body=self.body, session=resolution.session, adopted=resolution.adopted)
        to_session = due is not None and ("session" in due or "sessions" in due) and due.get("body", "GA") == self.body
        recipients = recipients_of(act, text, self.grammar, self.body, to_session=to_session)
        details = details_of(act, item.folded, paragraph.text, resolution.language, self.citations[paragraph.id])
        start, stop = item.folded.at(act.start), item.folded.at(max(act.start, act.stop - 1)) + 1
        span = paragraph.offsets.span(start, max(start + 1, min(stop, len(paragraph.text))))
        evidence = Evidence(span, f"{resolution.language} {act.rule}", places(resolution.lines, span))
        identifier = f"{resolution.symbol or ''}#{paragraph.id}!{act.kind}"
        self.counted[identifier] += 1
        if self.counted[identifier] > 1:
            identifier += f".{self.counted[identifier]}"
        return Mandate(identifier, paragraph.id, item.force, act.actors, act.kind, recipients, due, evidence, details)


def _words_of(place: int, paragraph: Paragraph, stretches: list[tuple[int, int]], clauses: ClauseReader) -> tuple[int, int]:
    """The words that a verb rules: those up to the next verb, or those of a verb that only states beside it."""
    start, stop = stretches[place]
    verbs = paragraph.verbs
    if place + 1 < len(verbs) and verbs[place + 1].force == "state" and clauses.joins(start, stop):
        return stretches[place + 1]  # "Encourages *and welcomes* efforts to …"
    if place and verbs[place - 1].force == "state" and clauses.points_back(start, stop):
        return stretches[place - 1]  # "Welcomes efforts to …, and encourages *those efforts*"
    return start, stop


def _shared(found: list[_Found], acts: list[Act]) -> list[_Found]:
    """Who stands behind a verb with no act takes the acts of the next ("Requests the Fund, *and invites* the Bank, to report")."""
    last = found[-1].act if found else None
    if last is None or not last.bare or not last.actors or not acts or acts[0].bare:
        return found
    shared = [replace(act, actors=last.actors, named=last.named) for act in acts]
    return found[:-1] + [replace(found[-1], act=act) for act in shared]


def _folded_place(folded: Folded, position: int) -> int:
    """The place in the folded text of a position in the text as it was."""
    if folded.places is None:
        return min(position, len(folded.text))
    return bisect_left(folded.places, position)
