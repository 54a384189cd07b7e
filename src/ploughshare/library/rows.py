"""A reading → rows of the derived tables: plain values, small enough to hand from one process to another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from ploughshare.flow import Reading
from ploughshare.lexicon.load import load
from ploughshare.model.resolution import Resolution

Row = tuple[Any, ...]
_encode = msgspec.json.Encoder(order="deterministic").encode


def packed(value: Any) -> str:
    """A value as the JSON that the tables hold."""
    return _encode(value).decode()


@dataclass(frozen=True, slots=True)
class Rows:
    """What one document gives. Rows of the tables below ``text`` lack their first field, the number of the text."""

    symbol: str
    language: str
    format: str
    #: Fields of ``resolution`` after the symbol, the reference language apart.
    resolution: Row
    title: str | None
    agenda_title: str | None
    enacting: str | None
    paragraphs: list[Row] = field(default_factory=list)
    footnotes: list[Row] = field(default_factory=list)
    citations: list[Row] = field(default_factory=list)
    mandates: list[Row] = field(default_factory=list)
    unread: list[Row] = field(default_factory=list)
    votes: list[Row] = field(default_factory=list)
    sponsors: list[Row] = field(default_factory=list)
    subjects: list[Row] = field(default_factory=list)


def rows_of(reading: Reading, symbol: str) -> Rows:
    """The rows of a document that is a resolution with a symbol."""
    resolution, extraction = reading.resolution, reading.extraction
    return Rows(
        symbol,
        resolution.language,
        resolution.source.format,
        _resolution(resolution),
        resolution.title,
        resolution.agenda_title,
        resolution.enacting,
        [
            (
                place,
                p.id,
                p.kind,
                p.number,
                p.text,
                p.closing,
                packed([(v.lemma, v.force, v.start, v.stop) for v in p.verbs]),
                packed(list(p.anchors)),
                *p.span,
            )
            for place, p in enumerate(resolution.paragraphs)
        ],
        [(place, note.mark, note.text) for place, note in enumerate(resolution.footnotes)],
        _citations(resolution),
        [
            (
                place,
                m.id,
                m.paragraph,
                m.force,
                packed(m.addressees),
                m.action,
                packed(m.recipients),
                packed(m.due) if m.due is not None else None,
                packed(m.details),
                *m.evidence.span,
                m.evidence.rule,
            )
            for place, m in enumerate(extraction.mandates)
        ],
        [(unread.paragraph, unread.why) for unread in extraction.unread],
        _votes(resolution),
        _sponsors(resolution),
        [(subject.label, subject.dictionary, subject.address) for subject in resolution.subjects],
    )


def _resolution(of: Resolution) -> Row:
    vote, report = of.vote, of.report
    return (
        of.body,
        of.session,
        of.title,
        of.agenda_item,
        of.agenda_title,
        of.adopted,
        report and report.symbol,
        report and report.paragraph,
        report and report.committee,
        of.meeting and of.meeting.number,
        vote and vote.outcome,
        *(vote.counts if vote else (None, None, None)),
    )


def _citations(of: Resolution) -> list[Row]:
    found: list[Row] = [(c.paragraph, None, c.text, c.target, c.start, c.stop) for c in of.citations]
    found += [(None, note.mark, c.text, c.target, c.start, c.stop) for note in of.footnotes for c in note.citations]
    return [(place, *row) for place, row in enumerate(found)]


def _votes(of: Resolution) -> list[Row]:
    if of.vote is None:
        return []
    casts = {"in favour": of.vote.in_favour, "against": of.vote.against, "abstaining": of.vote.abstaining}
    return [(state, cast) for cast, states in casts.items() for state in dict.fromkeys(states)]


def _sponsors(of: Resolution) -> list[Row]:
    more = load("akn")["steps"]["more_sponsors"]
    added = [name for step in of.workflow if step.outcome == more for name in step.by]
    names = dict.fromkeys(((name, 0) for name in of.sponsors), None) | dict.fromkeys(((name, 1) for name in added), None)
    seen: set[str] = set()
    return [(name, later) for name, later in names if name not in seen and not seen.add(name)]  # type: ignore[func-returns-value]
