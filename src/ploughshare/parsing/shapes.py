"""Shapes of the lexicon as one regular expression: how numbers and dates are put together from parts, in any language.

A lexicon says ``{ten}[- ]{first}`` and lists the words of each slot with their values; a ``Grammar`` finds such shapes in a
folded text and says which values its parts have. What the values mean is left to ``numbers`` and ``dates``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Generic, NamedTuple, TypeVar

from ploughshare.lexicon.fold import Folded, fold
from ploughshare.lexicon.leap import Leaping

Value = TypeVar("Value")

_Node = dict[str, "_Node"]
_END = ""
_LEAD, _KIND = "lead", "kind"
_SLOT = re.compile(r"\{([a-z]\w*)\}")
_BLANKS = re.compile(" +")
# Slots that are the same in every language.
_DIGITS = {
    "digits": r"\d{1,9}",
    "day": r"[0-3]?\d(?!\d)",
    "month_number": r"[01]?\d(?!\d)",
    "year": "(?:[1\u0661][89\u0668\u0669]|[2\u0662][01\u0660\u0661])" + r"\d\d(?!\d)",
}


class Found(NamedTuple, Generic[Value]):
    """A value and where in the text it stands."""

    start: int
    stop: int
    value: Value


class Parts(NamedTuple):
    """One shape found in a folded text: its kind and place, and the slots that were filled, in order."""

    kind: str
    start: int
    stop: int
    slots: list[tuple[str, int]]


class Grammar:
    """All shapes of some kinds, found together in one pass.

    >>> lexicon = {"shape": [{"kind": "pair", "pattern": "{big}-{small}"}],
    ...            "slots": {"big": {"20": {"Twenty": ""}}, "small": {"1": {"one": ""}}}}
    >>> list(Grammar(lexicon, ["pair"]).find("twenty-one"))
    [Parts(kind='pair', start=0, stop=10, slots=[('big', 20), ('small', 1)])]
    """

    def __init__(
        self, lexicon: Mapping[str, Any], kinds: Collection[str], *, more: Mapping[str, Mapping[str, int]] | None = None
    ) -> None:
        tables = {
            slot: {fold(word).text: int(value) for value, words in values.items() for word in words}
            for slot, values in lexicon["slots"].items()
        }
        tables |= {slot: dict(table) for slot, table in (more or {}).items()}
        self._groups: list[tuple[str, dict[str, int]]] = []
        #: By the number of the empty group that ends a shape: its kind, and the first of its groups.
        self._shapes: dict[int, tuple[str, int]] = {}
        numerals = lexicon.get("numerals", "")
        self._numerals = str.maketrans({numeral: str(value) for value, numeral in enumerate(numerals)})

        def group(slot: re.Match[str]) -> str:
            name = slot[1]
            if name == _LEAD:  # what stands before the shape, written on to it, and is no part of it
                self._groups.append((name, {}))
                return f"({fold(lexicon[_LEAD]).text})"
            table = tables.get(name, {})
            self._groups.append((name, table))
            choices = [any_of(table)] if table else []
            choices += [_DIGITS[name]] if name in _DIGITS else []
            choices += [f"[{numerals}]{{4}}"] if name == "year" and numerals else []
            return f"({'|'.join(choices)})"

        bodies = []
        for shape in lexicon["shape"]:
            if shape["kind"] in kinds:
                first = len(self._groups) + 1
                body = _SLOT.sub(group, fold(shape["pattern"]).text)
                self._groups.append((_KIND, {}))
                self._shapes[len(self._groups)] = (shape["kind"], first)
                bodies.append(f"(?:{body})()" if shape.get("open") else rf"(?<!\w)(?:{body})(?!\w)()")
        self._pattern = Leaping("|".join(bodies) if bodies else "(?!)")

    def find(self, folded: str) -> Iterator[Parts]:
        """Every shape in a folded text, from left to right, none inside another."""
        for found in self._pattern.finditer(folded):
            last = found.lastindex or 0
            kind, first = self._shapes[last]
            start, stop = found.span()
            slots = []
            for number in range(first, last):
                part = found[number]
                if not part:
                    continue
                name, table = self._groups[number - 1]
                if name == _LEAD:
                    start = found.end(number)
                else:
                    value = table.get(part) or table.get(_BLANKS.sub(" ", part)) or int(part.translate(self._numerals))
                    slots.append((name, value))
            yield Parts(kind, start, stop, slots)


def place(text: str | Folded) -> tuple[str, Folded | None]:
    """What is to be searched, and what leads a position in it back to the text as given (None: it is the same)."""
    if isinstance(text, Folded):
        return text.text, None
    folded = fold(text)
    return folded.text, None if folded.places is None else folded


def found_at(start: int, stop: int, value: Value, back: Folded | None) -> Found[Value]:
    """A find, with its place in the text as given."""
    return Found(start, stop, value) if back is None else Found(back.at(start), back.at(stop - 1) + 1, value)


def any_of(words: Iterable[str]) -> str:
    """Which pattern finds the longest of these words? One without groups, that tries letter after letter.

    So a hundred words cost little more than one. A blank stands for one or more.

    >>> any_of(["two", "ten", "twelve"])
    '(?:t(?:en|w(?:elve|o)))'
    """
    root: _Node = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    return f"(?:{_pattern(root)})"


def _pattern(node: _Node) -> str:
    branches = []
    for letter in sorted(node):
        if letter == _END:
            continue
        rest = node[letter]
        head = " +" if letter == " " else re.escape(letter)
        while len(rest) == 1 and _END not in rest:  # a run without a choice is kept out of the recursion
            ((letter, rest),) = rest.items()
            head += " +" if letter == " " else re.escape(letter)
        branches.append(head + ("" if set(rest) == {_END} else _pattern(rest)))
    body = branches[0] if len(branches) == 1 and _END not in node else f"(?:{'|'.join(branches)})"
    return body + "?" if _END in node else body
