"""Citations: paragraphs and footnotes come in, in reading order; the documents and treaties they cite go out.

Every mention of a document, and every treaty once a paragraph, each resolved to one canonical target: ``A/RES/62/21``,
``A/45/372/Corr.1``, ``UNTS/729/10485``, ``treaty:NPT``. Which words make a citation is said in docs/words.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ploughshare.lexicon.fold import Folded, fold
from ploughshare.lexicon.load import load
from ploughshare.model.resolution import Citation
from ploughshare.model.text import Offsets

from .names import Named, Names
from .numbers import roman
from .resolution_numbers import find_numbers
from .resolutions import Event, Resolutions, resolution_names
from .shapes import any_of
from .symbols import Symbol, find_symbols
from .treaties import treaties_at, treaty_names

#: How many paragraphs back "that resolution" may reach.
_REACH = 2


class _Cited(NamedTuple):
    """A citation, its place counted in the text as given."""

    start: int
    stop: int
    target: str


class Citer:
    """Reads the citations of one document, paragraph by paragraph and note by note, in the order a person reads them.

    ``body`` is the code of the body that speaks ("GA", "HRC", …): "its resolution" is that body's.

    >>> citer = Citer("en", "GA")
    >>> text = "Recalling its resolution 55/33 D, the report in A/45/372 and Corr.1, and the Arms Trade Treaty,"
    >>> [citation.target for citation in citer.paragraph("pp1", text, Offsets((0,), (0,)))]
    ['A/RES/55/33 D', 'A/45/372', 'A/45/372/Corr.1', 'treaty:ATT']
    """

    def __init__(self, language: str, body: str | None) -> None:
        self._language = language
        self._words = _words(language)
        self._resolutions = Resolutions(language, body)
        #: The paragraph that sub-paragraphs may go on from, and its noun.
        self._intro = ""
        self._noun: str | None = None
        #: The documents that the last paragraphs cite, the latest last.
        self._lately: list[list[str]] = []
        #: What each note cites, by its mark, and the collection of treaties that it speaks of; the mark of the last.
        self._notes: dict[str | int, _Note] = {}
        self._last: str | int = ""

    def paragraph(self, id: str, text: str, offsets: Offsets) -> tuple[Citation, ...]:
        """What does a paragraph cite?"""
        folded = fold(text)
        intro = id.partition(".")[0]
        cited, others, self._noun = self._documents(text, folded, self._noun if intro == self._intro else None)
        self._intro = intro
        documents = [found.target for found in cited]
        if others:
            if series := _code(others, "series"):
                cited += self._volumes(folded, series)
            for event in others:
                if event.payload[0] == "that" and (antecedent := self._antecedent(event.payload[1], documents)):
                    cited.append(_at(event.start, event.stop, antecedent, folded))
            cited += self._treaties(others, text, folded)
        self._lately = [*self._lately, documents][-_REACH:]
        return _citations(cited, text, offsets, id) if cited else ()

    def footnote(self, mark: str, text: str, offsets: Offsets) -> tuple[Citation, ...]:
        """What does a footnote cite? "Ibid." means what the note before does, where that is one document."""
        folded = fold(text)
        number = int(mark) if mark.isdecimal() and len(mark) < 8 else None
        before = self._notes.get(self._last if number is None else number - 1)
        cited, others, _ = self._documents(text, folded, None)
        ibid = next((event for event in others if event.payload[0] == "ibid"), None)
        series = _code(others, "series") or (before.series if before and ibid else None)
        if series:
            cited += self._volumes(folded, series)
        if ibid and before and before.source and not cited:
            cited.append(_at(ibid.start, ibid.stop, before.source, folded))
        self._last = mark if number is None else number
        self._notes[self._last] = _Note(_source([found.target for found in cited]), series)
        cited += self._treaties(others, text, folded)
        return _citations(cited, text, offsets, None)

    def _documents(self, text: str, folded: Folded, noun: str | None) -> tuple[list[_Cited], list[Event], str | None]:
        """Documents by number and by symbol; the other words of citing; the noun that goes on to sub-paragraphs."""
        events = self._words.names.find(folded.text)
        numbers = list(find_numbers(text, folded, self._language))
        cited = list(self._symbols(text))
        if numbers:
            around = [event for event in events if event.payload[0] in ("noun", "body", "that")]
            mentions, noun = self._resolutions.read(folded.text, numbers, around, noun)
            cited += [_at(start, stop, target, folded) for start, stop, target in mentions]
            # "that resolution 62/21" is a noun like any other
            starts = {number.start for number in numbers}
            events = [event for event in events if event.payload[0] != "that" or event.stop + 1 not in starts]
        return cited, [event for event in events if event.payload[0] not in ("noun", "body")], noun

    def _symbols(self, text: str) -> Iterator[_Cited]:
        """Symbols printed in full, and the additions that go on from one: "A/69/154 and Add.1"."""
        for start, stop, symbol in find_symbols(text):
            yield _Cited(start, stop, symbol.text)
            while addition := self._words.addition.match(text, stop):
                stop = addition.end()
                for suffix in _suffixes(addition["suffix"], addition["last"], addition["next"]):
                    yield _Cited(addition.start("suffix"), stop, _added(symbol, suffix).text)

    def _volumes(self, folded: Folded, series: str) -> Iterator[_Cited]:
        """Volumes and numbers of a collection of treaties: "vol. 729, No. 10485"."""
        for found in self._words.volume.finditer(folded.text):
            for volume in _NUMERAL.findall(found["volumes"]):
                number = int(volume) if volume.isdecimal() else roman(volume)
                if number is None:
                    continue
                for item in _NUMERAL.findall(found["items"]):
                    yield _at(found.start(), found.end(), f"{series}/{number}/{int(item)}", folded)

    def _treaties(self, events: list[Event], text: str, folded: Folded) -> Iterator[_Cited]:
        """Treaties by name, each once; initials only in capitals."""
        seen = set()
        names = (
            Named(event.start, event.stop, event.payload[1])
            for event in events
            if event.payload[0] == "treaty"
            or (event.payload[0] == "initials" and text[folded.at(event.start) : folded.at(event.stop)].isupper())
        )
        for start, stop, code in treaties_at(folded.text, names, self._language):
            if code not in seen:
                seen.add(code)
                yield _at(start, stop, f"treaty:{code}", folded)

    def _antecedent(self, kind: str, documents: list[str]) -> str | None:
        """What "that resolution" means: the one resolution that the nearest paragraph cites. Not said twice in a paragraph."""
        if any(_kind(target) == kind for target in documents):
            return None
        for earlier in reversed(self._lately):
            candidates = {target for target in earlier if _kind(target) == kind}
            if candidates:
                return candidates.pop() if len(candidates) == 1 else None
        return None


class _Note(NamedTuple):
    """What a footnote cites, where it is one document, and the collection of treaties that it speaks of."""

    source: str | None
    series: str | None


def _at(start: int, stop: int, target: str, folded: Folded) -> _Cited:
    """A citation found in the folded text, placed in the text as given."""
    return _Cited(start, stop, target) if folded.places is None else _Cited(folded.at(start), folded.at(stop - 1) + 1, target)


def _code(events: list[Event], kind: str) -> str | None:
    return next((event.payload[1] for event in events if event.payload[0] == kind), None)


def _kind(target: str) -> str:
    return "resolution" if "/RES/" in target else "decision" if "/DEC/" in target else "document"


def _source(targets: list[str]) -> str | None:
    """The one document that a note cites; its additions and corrections go with it."""
    if not targets:
        return None
    first = targets[0]
    return first if all(target == first or target.startswith(f"{first}/") for target in targets) else None


def _suffixes(first: str, last: str | None, after: str | None) -> list[str]:
    """The suffixes from "Add.1" to the "3" of "Add.1-3", and the "2" of "Add.1 and 2"."""
    word, _, number = first.partition(".")
    suffixes = [first]
    if last and number.strip().isdecimal() and 0 < int(last) - int(number) < 50:
        suffixes += [f"{word}.{n}" for n in range(int(number) + 1, int(last) + 1)]
    return [*suffixes, f"{word}.{after}"] if after else suffixes


def _added(symbol: Symbol, suffix: str) -> Symbol:
    """A correction corrects what is printed before it; an addition or revision is one of the document."""
    first, *further = suffix.replace(" ", "").split("/")
    added = (symbol if first.lower().startswith("corr") else symbol.base).with_suffix(first)
    for more in further:
        added = added.with_suffix(more)
    return added


def _citations(cited: list[_Cited], text: str, offsets: Offsets, paragraph: str | None) -> tuple[Citation, ...]:
    return tuple(
        Citation(text[start:stop], target, offsets.span(start, stop), paragraph, start, stop)
        for start, stop, target in sorted(cited, key=lambda found: found[:2])
    )


@cache
def _words(language: str) -> _Words:
    return _Words(language)


class _Words:
    """The words of one language that make a citation, found in one pass; patterns for additions to a symbol and for volumes."""

    def __init__(self, language: str) -> None:
        lexicon = load("citations", language)
        names = {name: ("initials" if name.isupper() else "treaty", code) for name, code in treaty_names(language).items()}
        names |= {name: ("series", code) for code, series in lexicon["series"].items() for name in series}
        names |= dict.fromkeys(lexicon["ibid"], ("ibid", ""))
        names |= dict(resolution_names(language))
        self.names = Names(names.items(), spaced=lexicon.get("spaced", True), proclitics=lexicon.get("proclitics", ""))
        blank, comma = r"[\s\u00a0]?", r"[,\u060c\u3001]"
        suffix = r"(?:Add|Amend|Corr|Rev|Summary)\. ?\d{1,3}"
        self.addition = re.compile(
            rf"{blank}{comma}?{blank}(?:{any_of(lexicon['and'])}{blank})?"
            rf"(?P<suffix>{suffix}(?:/{suffix})?)(?:[-\u2013](?P<last>\d{{1,2}}))?(?![\w/])"
            rf"(?:{blank}{any_of(lexicon['and'])}{blank}(?P<next>\d{{1,2}})(?=[.,;)\]]|$))?"
        )
        volume, number, joint = (any_of(fold(word).text for word in lexicon[table]) for table in ("volume", "number", "and"))
        more = rf"(?: ?(?:{comma}|{joint}) ?\d{{1,6}})*"
        self.volume = re.compile(
            rf"{volume} ?(?P<volumes>\d{{1,5}}{more}|[ivxlc]{{1,8}}) ?[^\W\d_]?(?: ?\([^()]{{1,20}}\))?"
            rf"[ ,\u060c]+{number} ?(?P<items>\d{{1,6}}{more})"
        )


_NUMERAL = re.compile(r"\d+|[ivxlc]+\b")
