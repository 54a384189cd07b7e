"""Resolution: what a text of a deliberating body is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .text import Anchor, Line, Offsets, Source, Span

Force = Literal["decide", "request", "call", "encourage", "state"]
Kind = Literal["preambular", "operative", "annex"]


@dataclass(frozen=True, slots=True)
class Verb:
    """A leading verb as printed, its lemma (one English word or phrase for all languages) and its force.

    ``start`` and ``stop`` count in the text of its paragraph.
    """

    text: str
    lemma: str
    force: Force
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A preambular or operative paragraph, a sub-paragraph, or a paragraph of an annex.

    ``number`` is what is printed ("5", "a", "一"), ``id`` what it means in every language ("op5", "op5.a"). The text has
    neither number nor footnote markers; the markers are ``anchors``. A sub-paragraph's text is its own, without its
    introduction's; an introduction's text ends where its first sub-paragraph begins.
    """

    id: str
    kind: Kind
    number: str | None
    text: str
    offsets: Offsets
    verbs: tuple[Verb, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    #: Text of the same paragraph that follows its sub-paragraphs, if any.
    closing: str = ""

    @property
    def span(self) -> Span:
        """Where in the decoded input its words stand."""
        return self.offsets.span(0, len(self.text))

    @property
    def marks(self) -> tuple[str, ...]:
        """The footnotes it refers to, in order, each once."""
        return tuple(dict.fromkeys(anchor.mark for anchor in self.anchors))


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of a document or treaty: its words, where they stand, and the one canonical target."""

    text: str
    target: str
    span: Span
    #: The paragraph it stands in; None in a footnote.
    paragraph: str | None = None
    #: Position in the text of its paragraph or footnote.
    start: int = 0
    stop: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A footnote with its printed mark and the documents it cites."""

    mark: str
    text: str
    offsets: Offsets
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading or the title of a part, and the id of the paragraph that it stands before (None at the very end)."""

    text: str
    before: str | None
    span: Span
    level: int = 1
    #: "A", "II" for the title of a lettered or Roman part.
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The report on which a resolution was adopted: its symbol, the paragraph that holds the draft, the committee's code."""

    symbol: str | None
    paragraph: int | None = None
    committee: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting at which a text was adopted; ``resumed`` where a sitting was resumed."""

    number: int
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class Vote:
    """How a text was adopted: the outcome's name, and the names of States as printed in the record of the vote."""

    outcome: str
    in_favour: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()
    #: The counts as stated, which are kept even where the names are missing: in favour, against, abstaining.
    counts: tuple[int | None, int | None, int | None] = (None, None, None)


@dataclass(frozen=True, slots=True)
class Step:
    """A step in the life of a text: what happened, when (None where the source has a placeholder), in which document."""

    outcome: str
    date: str | None = None
    document: str | None = None
    by: tuple[str, ...] = ()
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject heading: label, address of the concept, name of the dictionary."""

    label: str
    address: str
    dictionary: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """A resolution or decision as structure. What a text does not say is None or empty, never guessed."""

    source: Source
    language: str
    symbol: str | None
    #: Code of the adopting body ("GA", "SC", "ECOSOC", "HRC").
    body: str | None
    session: int | None
    title: str | None
    agenda_item: str | None
    agenda_title: str | None
    adopted: str | None
    distributed: str | None
    report: Report | None
    meeting: Meeting | None
    #: The words "The General Assembly," in the language of the text.
    enacting: str | None
    paragraphs: tuple[Paragraph, ...]
    footnotes: tuple[Footnote, ...]
    citations: tuple[Citation, ...]
    headings: tuple[Heading, ...] = ()
    annexes: tuple[str, ...] = ()
    #: Anchors of footnotes outside the paragraphs: ("title" | "heading" | "enacting" | "closing", mark).
    loose_anchors: tuple[tuple[str, str], ...] = ()
    vote: Vote | None = None
    sponsors: tuple[str, ...] = ()
    workflow: tuple[Step, ...] = ()
    subjects: tuple[Subject, ...] = ()
    #: Lines of the pages, for PDF: the reader's ``Text.lines``.
    lines: tuple[Line, ...] = ()
