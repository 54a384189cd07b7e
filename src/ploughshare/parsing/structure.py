"""Text → Resolution without verbs and citations: blocks come in; paragraphs with identifiers, headings, annexes go out.

The blocks before the enacting words are the cover (``opening``). After them a walk in one pass: what a block is follows from
its number, from landmarks (closing lines, annexes, parts), and from where it stands. Numbers that restart begin a part;
numbers that are skipped or stand twice lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from ploughshare.errors import NotAResolutionError
from ploughshare.model.resolution import Footnote, Meeting, Resolution
from ploughshare.model.text import Anchor, Block, Text

from . import landmarks
from .beginning import Beginning, beginning_of
from .drafts import Drafts, Slice
from .numbering import Number, Reading, item
from .opening import Opening, read_opening
from .outline import COLONS, COMMAS, ENDS, HEADING, STOPS, Kind, Sign, last_sign, signs_of
from .symbols import canonical, parse_symbol
from .verbs import opens

#: A decision begins with its meeting and date.
_HEAD = 120
#: So many blocks may stand before the next numbered one, where a paragraph has lost its number.
_NEAR = 60


def structure(text: Text) -> Resolution:
    """What is this text made of? Symbol, title, dates, paragraphs, footnotes; verbs and citations are left to ``complete``.

    Raises NotAResolutionError where nothing speaks like a body that resolves or decides.
    """
    beginning = beginning_of(text)
    opening = read_opening(beginning.blocks[: beginning.cover], text.language, beginning.speaker)
    walk = _Walk(beginning, opening, text.language)
    paragraphs = walk.drafts.paragraphs()
    if not paragraphs or not (
        walk.enacting or opening.symbol or opening.named or any(opens(each.text, text.language) for each in paragraphs)
    ):
        raise NotAResolutionError(
            "it has neither enacting words nor a paragraph that opens with a verb of a resolution",
            where=text.source.name,
            advice="give the whole text of one resolution or decision",
        )
    adopted, meeting = opening.adopted or walk.adopted, walk.meeting or opening.meeting
    if walk.enacting is None and paragraphs[0].number is None:
        # "At its 12th plenary meeting, on 3 May 2044, the General Assembly … decided"
        head = paragraphs[0].text[:_HEAD]
        meeting = meeting or landmarks.meeting(head, text.language)
        adopted = adopted or (landmarks.date_of(head, text.language) if meeting else None)
    titled = [("title", anchor.mark) for block in opening.title_blocks for anchor in block.anchors]
    return Resolution(
        source=text.source,
        language=text.language,
        symbol=opening.symbol,
        body=opening.body,
        session=opening.session,
        title=opening.title,
        agenda_item=opening.agenda_item,
        agenda_title=opening.agenda_title,
        adopted=adopted,
        distributed=opening.distributed,
        report=opening.report,
        meeting=meeting,
        enacting=walk.enacting,
        paragraphs=paragraphs,
        footnotes=tuple(Footnote(block.mark or "", block.text, block.offsets) for block in text.blocks if block.kind == "note"),
        citations=(),
        headings=walk.drafts.headings(),
        annexes=tuple(walk.annexes),
        loose_anchors=(*titled, *walk.loose),
        lines=text.lines,
    )


class _Walk:
    """The body of a resolution, read from its first block to its last."""

    def __init__(self, beginning: Beginning, opening: Opening, language: str) -> None:
        self.blocks, self.language = beginning.blocks, language
        self.enacting = beginning.enacting
        self.drafts = Drafts()
        self.meeting: Meeting | None = None
        self.adopted: str | None = None
        self.loose: list[tuple[str, str]] = []
        self.annexes: list[str] = []
        self.closed = False  # have closing lines been read?
        self.past = False  # have words followed them?
        self.untitled = False  # has the annex in hand no title yet?
        self.empty = False  # has it no paragraph yet?
        self._let_go("enacting", beginning.anchors)
        self.signs = signs_of(self.blocks, beginning.first, language)
        self._lettered(beginning, opening)
        for place in range(beginning.first, len(self.blocks)):
            if self.signs[place].kind is Kind.OTHER:
                break
            self._take(place, self.blocks[place], self.signs[place])

    def _lettered(self, beginning: Beginning, opening: Opening) -> None:
        """A letter under the title that no other part follows is the letter of the resolution itself: 57/283 B."""
        places = [place for place, sign in enumerate(self.signs) if sign.kind is Kind.PART]
        if len(places) != 1 or places[0] != beginning.cover:
            return
        sign = self.signs[places[0]]
        sign.kind = Kind.HEADING
        if opening.symbol and len(sign.name) == 1 and not parse_symbol(opening.symbol).letter:
            opening.symbol = canonical(f"{opening.symbol} {sign.name}")

    def _let_go(self, where: str, anchors: Iterable[Anchor]) -> None:
        """Footnotes that belong to no paragraph."""
        self.loose += [(where, anchor.mark) for anchor in anchors]

    # -- one block after another -----------------------------------------------------------------------------------
    def _take(self, place: int, block: Block, sign: Sign) -> None:
        kind = sign.kind
        words = Slice.of(block).cut(sign.start)
        if kind is Kind.ENACTING:
            self.enacting = self.enacting or block.text
            self.drafts.speech()
            self._let_go("enacting", block.anchors)
        elif kind is Kind.PART:
            self.closed = False
            self.drafts.begin_part(sign.name, words, sign.level)
            self._let_go("heading", block.anchors)
        elif kind is Kind.ANNEX:
            self.annexes.append(block.text)
            self.drafts.begin_annex()
            self.untitled = self.empty = True
            self._let_go("heading", block.anchors)
        elif self.drafts.annex:
            self._annexed(block, sign, words)
        elif kind is Kind.CLOSING:
            self.closed, self.past = True, False
            self.meeting = self.meeting or landmarks.meeting(block.text, self.language)
            self.adopted = self.adopted or landmarks.date_of(block.text, self.language)
            self._let_go("closing", block.anchors)
        elif self.closed and (self.past or kind is not Kind.NUMBER or sign.value != self.drafts.last + 1):
            self.past = True
            self._let_go("closing", block.anchors)
        elif kind is Kind.NUMBER:
            self.closed = False
            self._numbered(place, words, sign)
        elif kind is Kind.ITEM and self.drafts.open:
            self._point(place, words, sign)
        elif kind is Kind.HEADING:
            self.drafts.heading(words, sign.level, sign.name or None)
            self._let_go("heading", block.anchors)
        else:
            self._words(place, Slice.of(block))

    def _annexed(self, block: Block, sign: Sign, words: Slice) -> None:
        if sign.kind is Kind.HEADING or (self.empty and last_sign(block.text) not in ENDS and len(block.text) < HEADING):
            if self.untitled:
                self.annexes[-1] = f"{self.annexes[-1]} {block.text}"
                self.untitled = False
            self.drafts.heading(Slice.of(block), 2)
            self._let_go("heading", block.anchors)
        else:
            self.empty = False
            self.drafts.annexed(sign.name if sign.kind in (Kind.NUMBER, Kind.ITEM) else None, words)

    def _numbered(self, place: int, words: Slice, sign: Sign) -> None:
        if sign.level:  # a list in digits inside a paragraph
            self.drafts.sub(sign.name, sign.readings, words, ())
            return
        self.drafts.operative(sign.value, sign.name, words, part=sign.part)
        self._split(place, words)

    def _point(self, place: int, words: Slice, sign: Sign) -> None:
        opened = self.drafts.last_text().endswith(COLONS)
        self.drafts.sub(sign.name, sign.readings, words, self._after(place), opened=opened)
        self._split(place, words)

    def _split(self, place: int, words: Slice) -> None:
        """Where a paragraph reads "10. (a) …", it has no words of its own before its first point."""
        inner = item(words.text, 0, self.language)
        if inner is not None and _is_first(inner):
            self.drafts.split_last(inner.printed, inner.readings, words.cut(inner.stop), self._after(place))

    def _after(self, place: int) -> tuple[Reading, ...]:
        """What the letter of the next block may mean."""
        following = self.signs[place + 1] if place + 1 < len(self.signs) else None
        return following.readings if following and following.kind is Kind.ITEM else ()

    def _words(self, place: int, words: Slice) -> None:
        """A block without a number: of the preamble, an operative paragraph without number, or more of the one before."""
        drafts = self.drafts
        if drafts.operative_begun:
            if drafts.unnumbered or self._lost_number(place, words.text):
                drafts.operative(drafts.last + 1, None, words)
            else:
                drafts.more(words)
        elif not self.signs[place].numbers_follow and last_sign(words.text) in STOPS and not self._announces(place, words.text):
            drafts.unnumbered = True
            drafts.operative(drafts.last + 1, None, words)
        elif self._continues(words.text):
            drafts.more(words)
        else:
            drafts.preambular(words)

    def _announces(self, place: int, text: str) -> bool:
        """A paragraph of the preamble that ends in a colon and has points; more paragraphs of the preamble follow them."""
        if not text.endswith(COLONS):
            return False
        for other in range(place + 1, len(self.blocks)):
            kind = self.signs[other].kind
            if kind is not Kind.ITEM:
                return kind is Kind.WORDS and last_sign(self.blocks[other].text) in COMMAS
        return False

    def _continues(self, text: str) -> bool:
        """The rest of a paragraph that a break cut in two, as readers of other formats may leave it, or words after its points."""
        drafts = self.drafts
        if not drafts.open or not text[:1].islower() or not (drafts.points or last_sign(drafts.last_text()) not in ENDS):
            return False
        return not opens(text, self.language)

    def _lost_number(self, place: int, text: str) -> bool:
        """A paragraph between 4 and 6 that opens with a verb has lost its number."""
        near = self.signs[place + 1 : place + _NEAR]
        following = next((sign for sign in near if sign.kind is Kind.NUMBER and not sign.level), None)
        return following is not None and following.value == self.drafts.last + 2 and opens(text, self.language)


def _is_first(number: Number) -> bool:
    """May this be the first of a list with letters or numerals?"""
    return any(reading.index == 1 for reading in number.readings)
