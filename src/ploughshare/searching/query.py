"""What people type into a search box → what is to be found, and its expression for SQLite's full-text index (FTS5).

All words must be there; ``"…"`` holds words together; ``OR`` (or ``|``) stands between alternatives; ``-`` before what must not
be there; ``*`` after the beginning of a word. Nothing else has a meaning: signs part words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice, product

from ploughshare.errors import QueryError
from ploughshare.lexicon.fold import fold

from .words import bare, common, forms, words_of

#: A question of more characters, or of more words, is refused.
LONGEST, MOST = 1000, 48
#: Of the spellings of a phrase so many are looked for.
SPELLINGS = 24
_PART = re.compile(r'(?P<minus>-(?=[^\s|-]))?(?:"(?P<quoted>[^"]*)"|(?P<word>[^\s"|]+))|(?P<or>\|)|(?P<open>")')
_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb\u300c\u300d\uff02", '"') | {"\uff5c": "|"})
_OR = "OR"
#: Terms that accents lead to: (bare word) → the terms of the words that are spelled with accents.
Accents = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand together, as typed. ``quoted``: every word counts; ``begins``: the last is only a beginning."""

    words: str
    quoted: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What must be there (one piece of each group), and what must not."""

    groups: tuple[tuple[Piece, ...], ...]
    without: tuple[Piece, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)


@dataclass(frozen=True, slots=True)
class Sought:
    """A question in one language: the expression for the index, and the runs of terms that are marked in what is found."""

    expression: str
    runs: tuple[tuple[tuple[str, ...], bool], ...]


def parse(words: str) -> Query:
    """What is to be found? Raises QueryError, in one sentence, for a question that cannot be answered.

    >>> query = parse('ploughs "small arms" OR wells -mines')
    >>> [[piece.words for piece in group] for group in query.groups], [piece.words for piece in query.without]
    ([['ploughs'], ['small arms', 'wells']], ['mines'])
    """
    if len(words) > LONGEST:
        raise QueryError(
            f"the question has {len(words):,} characters", advice=f"ask with up to {LONGEST:,}, or paste whole texts into `agreed`"
        )
    cleaned = words.encode("utf-8", "replace").decode().replace("\0", " ").translate(_QUOTES)
    groups: list[list[Piece]] = []
    without: list[Piece] = []
    joining = False
    for part in _PART.finditer(cleaned):
        if part["open"]:
            raise QueryError(
                "a quotation mark is opened and not closed", advice="close it after the last word that belongs together"
            )
        if part["or"] or part["word"] == _OR:
            if not groups or joining:
                raise QueryError("OR has nothing before it", advice="write it between two words: ploughs OR shares")
            joining = True
            continue
        piece = _piece(part)
        if piece is None:
            continue
        if part["minus"]:
            if joining:
                raise QueryError("OR stands before what must not be there", advice="write it between two words: ploughs OR shares")
            without.append(piece)
        elif joining:
            groups[-1].append(piece)
            joining = False
        else:
            groups.append([piece])
    if joining:
        raise QueryError("OR has nothing after it", advice="write it between two words: ploughs OR shares")
    if without and not groups:
        raise QueryError("it says only what must not be there", advice="add a word that must")
    if cleaned.strip() and not groups:
        raise QueryError("there is no word in it", advice="ask with letters or figures")
    if sum(len(group) for group in groups) + len(without) > MOST:
        raise QueryError(f"the question has more than {MOST} words", advice="paste whole texts into `agreed`")
    return Query(tuple(map(tuple, groups)), tuple(without))


def _piece(part: re.Match[str]) -> Piece | None:
    quoted, word = part["quoted"], part["word"]
    words = quoted if quoted is not None else word
    if not any(letter.isalnum() for letter in words):
        return None
    return Piece(words.rstrip("*"), quoted is not None, quoted is None and words.endswith("*"))


def sought(query: Query, language: str, accents: Accents = lambda _: ()) -> Sought | None:
    """The question as it is put to the index of one language; None where that language can have no answer.

    >>> sought(parse("the ploughs -wells"), "en").expression
    '("plough") NOT ("well")'
    """
    if not query:
        return None
    kept = [group for group in query.groups if not all(_everywhere(piece, language) for piece in group)] or list(query.groups)
    runs: dict[tuple[tuple[str, ...], bool], None] = {}
    parts = []
    for group in kept:
        found = [run for piece in group for run in _runs(piece, language, accents)]
        if not found:
            return None
        runs |= dict.fromkeys(found)
        parts.append(f"({' OR '.join(map(_spelled, found))})")
    without = [_spelled(run) for piece in query.without for run in _runs(piece, language, accents)]
    wanted = " AND ".join(parts)
    if without:
        wanted = f"{wanted if len(parts) == 1 else f'({wanted})'} NOT ({' OR '.join(without)})"
    return Sought(wanted, tuple(runs))


def _everywhere(piece: Piece, language: str) -> bool:
    return not piece.quoted and not piece.begins and fold(piece.words).text in common(language)


def _runs(piece: Piece, language: str, accents: Accents) -> list[tuple[tuple[str, ...], bool]]:
    """The runs of terms that a piece may stand as; True: the last is a beginning."""
    places: list[list[str]] = []
    begins = False
    words = list(words_of(fold(piece.words).text, language))
    for place, (word, _, _, han) in enumerate(words):
        if han:
            # The last character of a run stands alone in the index, and counts where more words follow it.
            ends = len(word) == 1 or place < len(words) - 1
            places += [[word[n : n + 2]] for n in range(len(word) if ends else len(word) - 1)]
        else:
            places.append(list(dict.fromkeys([*forms(word, language), *accents(bare(word))])))
    if words and words[-1].han and len(words[-1].word) == 1:
        begins = True  # one character begins the pairs it stands in
    elif piece.begins and words and not words[-1].han:
        places[-1] = [bare(words[-1].word)]
        begins = True
    return [(run, begins) for run in islice(product(*places), SPELLINGS)] if places else []


def _spelled(run: tuple[tuple[str, ...], bool]) -> str:
    terms, begins = run
    said = '"' + " ".join(term.replace('"', " ") for term in terms) + '"'
    return f"{said} *" if begins else said


def accented(table: Mapping[str, tuple[str, ...]]) -> Accents:
    """The accents of a table."""
    return lambda word: table.get(word, ())
