"""What a paragraph says apart from its dates, its ordinals and the numbers of documents; and what is like it.

"At its seventy-ninth session" and "at its eightieth session" are one wording. Wordings that are nearly the same share runs of
words (shingles); a part of them, chosen by their hashes, is kept in the index, so that a few look-ups find the candidates.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from hashlib import blake2b

from ploughshare.lexicon.fold import fold
from ploughshare.parsing.dates import find_times
from ploughshare.parsing.numbers import find_ordinals
from ploughshare.tracking.changes import SIGNS

#: What stands for a number that does not count.
MASK = "#"
#: Words in a run; characters, where a writing has no blanks.
RUN, RUN_HAN = 3, 4
#: One run in so many is kept, and of a short text at least so many.
SHARE, FEWEST = 4, 5
#: Numbers of documents (A/79/133, 78/27), with what is written on to them; figures on their own ("2 December") are dates' matter.
_NUMBERED = re.compile(r"(?:[^\W_]+/)*[^\W\d_]*\d[\w.]*(?:/[\w.]*\w)+|(?:[^\W_]+/)+[\w./]*\d\w*")
_TOKEN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|#|[^\W\u3400-\u9fff\uf900-\ufaff]+")
_MASKS = re.compile(r"#(?:[\s,]*(?:#|-))+")
_BLANKS = re.compile(r"\s+")


def masked(text: str, language: str) -> str:
    """The words of a text as folded, with ``#`` for ordinals, dates and numbers of documents, without its last sign.

    >>> masked("Decides to meet at its eightieth session, on 3 May 2026 (see A/79/133);", "en")
    'decides to meet at its # session, on # (see #)'
    """
    folded = fold(text)
    bare = folded.text
    plain = type(folded)(bare, None)
    spans = [(found.start, found.stop) for found in find_times(plain, language)]
    spans += [(found.start, found.stop) for found in find_ordinals(plain, language)]
    spans += [found.span() for found in _NUMBERED.finditer(bare)]
    pieces = []
    done = 0
    for start, stop in sorted(spans):
        if stop <= done:
            continue
        pieces += [bare[done : max(start, done)], MASK]
        done = stop
    pieces.append(bare[done:])
    return _BLANKS.sub(" ", _MASKS.sub(MASK, "".join(pieces))).strip(SIGNS)


def digest(masked_words: str, language: str) -> int:
    """A number for a wording, the same in every run; it fits SQLite."""
    return int.from_bytes(blake2b(f"{language} {masked_words}".encode(), digest_size=8).digest(), "big", signed=True)


def shingles(masked_words: str, language: str, *, fewest: int = FEWEST) -> list[int]:
    """The runs of words of a wording that are kept: those whose hash falls into the share, and the lowest few in any case."""
    tokens = _TOKEN.findall(masked_words)
    length = RUN_HAN if language == "zh" else RUN
    runs: Sequence[Sequence[str]] = [tokens[n : n + length] for n in range(max(1, len(tokens) - length + 1))]
    start = zlib.crc32(language.encode())
    hashes = sorted({zlib.crc32(" ".join(run).encode(), start) for run in runs})
    return [code for place, code in enumerate(hashes) if place < fewest or code % SHARE == 0]
