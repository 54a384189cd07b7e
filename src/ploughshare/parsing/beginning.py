"""Text → where its resolution begins: blocks come in; the cover, the enacting words and the first block after them go out.

The enacting words ("The General Assembly,") part the cover from the body. Old texts and decisions run on after them or have
none; a page of a bound volume holds several resolutions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ploughshare.errors import NotAResolutionError
from ploughshare.model.text import Anchor, Block, Text

from . import landmarks
from .drafts import Slice
from .numbering import number
from .opening import numbered_title
from .outline import COLONS
from .verbs import opens

_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d")
_COMMAS = (",", "\u060c", "\uff0c")
#: Enacting words are shorter than this.
_SHORT = 80
#: How many blocks may stand between the number of a resolution and its enacting words.
_NEAR = 8
_COVER = 60


@dataclass(frozen=True, slots=True)
class Beginning:
    """A resolution's blocks: ``[:cover]`` are its cover, ``[first:]`` its body; what is between are the enacting words."""

    blocks: Sequence[Block]
    cover: int
    first: int
    enacting: str | None = None
    speaker: str | None = None
    anchors: tuple[Anchor, ...] = ()


def beginning_of(text: Text) -> Beginning:
    """Where does the resolution in this text begin, and which body speaks?

    Raises NotAResolutionError where nothing in it looks like the beginning of one.
    """
    language = text.language
    blocks = _chosen([block for block in text.blocks if block.kind == "text" and block.text], text)
    place = _spoken(blocks, language)
    if place is not None:
        block = blocks[place]
        cover = _before_letter(blocks, place, language)
        # The letter of a part stands before the enacting words, and is the first of its body.
        first = cover if cover < place else place + 1
        speaker = landmarks.enacting(block.text, language, bare=True)
        return Beginning(blocks, cover, first, block.text, speaker, block.anchors if first > place else ())
    title = next((place for place, block in enumerate(blocks[:_COVER]) if numbered_title(block.text, language)), None)
    first = 0 if title is None else title + 1
    for place in range(first, min(len(blocks), first + _COVER)):
        block = blocks[place]
        if words := landmarks.enacting_words(block.text, language):
            speaker, stop = words
            rest = Slice.of(block).cut(stop)
            blocks = [*blocks[:place], *([rest.block()] if rest.text else []), *blocks[place + 1 :]]
            return Beginning(blocks, place, place, block.text[:stop].strip(), speaker)
    first = _first_led(blocks, first, title is not None, text)
    before = blocks[first - 1] if first else None
    if before and len(before.text) <= _SHORT and before.text.endswith(_COMMAS) and not _DIGIT.search(before.text):
        # A body that the lexicon does not know speaks in the same way.
        return Beginning(blocks, first - 1, first, before.text, None, before.anchors)
    return Beginning(blocks, first, first)


def _chosen(blocks: list[Block], text: Text) -> list[Block]:
    """The blocks of one resolution, where there are several: of the one that the file is named after, or of all."""
    found: list[tuple[int, str]] = []
    for place, block in enumerate(blocks):
        if len(block.text) <= _SHORT and landmarks.enacting(block.text, text.language):
            for other in range(place - 1, max(-1, place - _NEAR), -1):
                if (mark := landmarks.title(blocks[other].text)) and not number(blocks[other].text):
                    found.append((other, _NOT_WORD.sub("", f"{mark.number}{mark.bracket or ''}").upper()))
                    break
    if len({name for _, name in found}) < 2:
        return blocks
    stem = _NOT_WORD.sub("", text.source.name.rpartition(".")[0] or text.source.name).upper()
    named = [place for place, name in found if stem.endswith(name) and not stem[: -len(name)][-1:].isdigit()]
    return blocks[named[0] :] if named and named[0] != found[0][0] else blocks


def _spoken(blocks: Sequence[Block], language: str) -> int | None:
    """The block of the enacting words."""
    for place, block in enumerate(blocks):
        if len(block.text) <= _SHORT and landmarks.enacting(block.text, language):
            return place
    for place, block in enumerate(blocks[:-1]):
        if len(block.text) <= _SHORT and landmarks.enacting(block.text, language, bare=True):
            following = blocks[place + 1].text
            if number(following) or following.endswith(COLONS) or opens(following, language):
                return place
    return None


def _before_letter(blocks: Sequence[Block], place: int, language: str) -> int:
    """Where the cover ends: before the letter of a part that stands between the title and the enacting words."""
    for other in range(max(1, place - 3), place):
        content = blocks[other].text
        if len(content) < 4 and landmarks.part(content, language):
            return other
    return place


def _first_led(blocks: Sequence[Block], first: int, titled: bool, text: Text) -> int:
    """The first block that opens with a verb, or is numbered 1 before one that does, where no body is named."""
    one: int | None = None
    for place in range(first, len(blocks)):
        content = blocks[place].text
        found = number(content)
        if found and found[1] == 1 and one is None:
            one = place
        if opens(content[found[2] :] if found else content, text.language):
            return place if one is None else one
    if titled and first < len(blocks):
        return first if one is None else one
    words = landmarks.phrases("decision", text.language)
    named = any(word in landmarks.phrase(block.text[:200]) for block in blocks[:_COVER] for word in words)
    if named and any(number(block.text) for block in blocks):
        return 0
    raise NotAResolutionError(
        "it has no enacting words, no number of a resolution, and no paragraph that opens with a verb of one",
        where=text.source.name,
        advice="give the whole text of one resolution or decision",
    )
