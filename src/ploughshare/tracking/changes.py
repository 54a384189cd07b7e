"""What changed from one text of a series to the next, paragraph by paragraph: same, moved, reworded, new, dropped."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from ploughshare.lexicon.fold import fold

What = Literal["same", "moved", "reworded", "new", "dropped"]
#: What ends a paragraph.
SIGNS = " .;,:\u3002\uff1b\u060c\u061b\u3001"
#: From this likeness on, of a hundred, two paragraphs are one that was reworded.
REWORDED = 55
#: Words, or single characters of a writing without blanks; blanks and signs between them.
_TOKEN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W\u2e80-\u9fff\uf900-\ufaff]+|\W")


class Passage(NamedTuple):
    """A run of words that both texts have, or only the earlier (``old``) or the later one (``new``)."""

    kind: Literal["same", "old", "new"]
    words: str


class Words(NamedTuple):
    """A paragraph: its identifier and its words."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph of the later text with the one of the earlier it comes from; ``passages`` mark the words of a rewording."""

    what: What
    before: str | None
    after: str | None
    passages: tuple[Passage, ...] = ()


def folded(words: str) -> str:
    """What a paragraph says, for comparison: its last sign tells only whether another follows.

    >>> folded("Ends.") == folded("ends;")
    True
    """
    return fold(words).text.strip(SIGNS)


def changes(earlier: Sequence[Words], later: Sequence[Words], said: Callable[[str], str] = folded) -> list[Change]:
    """What became of each paragraph? In the order of the later text, what was dropped where it stood before.

    Two paragraphs are the same where ``said`` gives the same of both: their words as folded, or what is left when a caller
    masks what does not count.

    >>> earlier = [Words("op1", "Notes the report;")]
    >>> [c.what for c in changes(earlier, [Words("op1", "Notes the last report;"), Words("op2", "Ends.")])]
    ['reworded', 'new']
    """
    mine_said, theirs_said = ([said(paragraph.words) for paragraph in side] for side in (later, earlier))
    pairs = _pairs(theirs_said, mine_said)
    from_place = {after: before for before, after in pairs.items()}
    found: list[Change] = []
    walked = 0
    furthest = -1
    for place, mine in enumerate(later):
        before = from_place.get(place)
        if before is None:
            found.append(Change("new", None, mine.id, (Passage("new", mine.words),)))
            continue
        # What stood before it and went, is told before it.
        while walked < before:
            if walked not in pairs:
                found.append(_dropped(earlier[walked]))
            walked += 1
        walked = max(walked, before + 1)
        theirs = earlier[before]
        if theirs_said[before] == mine_said[place]:
            found.append(Change("moved" if before < furthest else "same", theirs.id, mine.id, (Passage("same", mine.words),)))
        else:
            found.append(Change("reworded", theirs.id, mine.id, marked(theirs.words, mine.words)))
        furthest = max(furthest, before)
    found += [_dropped(earlier[place]) for place in range(walked, len(earlier)) if place not in pairs]
    return found


def _dropped(paragraph: Words) -> Change:
    return Change("dropped", paragraph.id, None, (Passage("old", paragraph.words),))


def _pairs(theirs: Sequence[str], mine: Sequence[str]) -> dict[int, int]:
    """Earlier place → later place: the same words first, then the likest that are left, each once."""
    pairs: dict[int, int] = {}
    places: dict[str, list[int]] = {}
    for other in reversed(range(len(mine))):
        places.setdefault(mine[other], []).append(other)
    for place, words in enumerate(theirs):
        if places.get(words):
            pairs[place] = places[words].pop()
    taken = set(pairs.values())
    left = [place for place in range(len(theirs)) if place not in pairs]
    free = [place for place in range(len(mine)) if place not in taken]
    if not left or not free:
        return pairs
    ranked = sorted(
        (-likeness, abs(place - other), place, other)
        for place in left
        for other in free
        if (likeness := fuzz.ratio(theirs[place], mine[other], score_cutoff=REWORDED))
    )
    for _, _, place, other in ranked:
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def marked(old: str, new: str) -> tuple[Passage, ...]:
    """The words of two versions in one line: what both have, what went, what came.

    >>> [(p.kind, p.words) for p in marked("at its 79th session", "at its 80th session")]
    [('same', 'at its '), ('old', '79th'), ('new', '80th'), ('same', ' session')]
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Passage] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Passage("same", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            found.append(Passage("old", "".join(before[i1:i2])))
        if j2 > j1:
            found.append(Passage("new", "".join(after[j1:j2])))
    return tuple(found)
