"""The cover of a text → what it says of the text: symbol, session, title, agenda item, dates, report.

In come the blocks before the enacting words. What a cover does not say is None; what the numbered title says ("79/240.",
"2373 (XXII)") stands in for a symbol that is not printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ploughshare.errors import SymbolError
from ploughshare.model.resolution import Meeting, Report
from ploughshare.model.text import Block

from .landmarks import Title, date_of, meeting, phrase, phrase_codes, phrases, title
from .numbering import alphabets
from .numbers import find_ordinals
from .symbols import Symbol, canonical, find_symbols, parse_symbol, session_of

_ITEM = re.compile(r"\s*(\d{1,3})\s*(?:[(\uff08]?\s*([^\W\d_](?:\s?[^\W\d_])?)\s*[)\uff09])?")
_NUMBER = re.compile(r"\d{1,4}")
_DATE = re.compile(r"\d{1,2}/\d{1,2}(?:/\d{2,4})?")
#: What Chinese sets before the number of a resolution.
_ORDINAL = "\u7b2c"
_REPORTED = re.compile(r"[A-Z]/\d")
_BODY_OF = {"A": "GA", "S": "SC", "E": "ECOSOC", "A/HRC": "HRC", "T": "TC"}
_ROOT = {"GA": "A/RES/", "SC": "S/RES/", "ECOSOC": "E/RES/", "HRC": "A/HRC/RES/", "TC": "T/RES/"}
#: The lowest numbers of decisions: of the General Assembly, of the Economic and Social Council.
_DECISIONS = {"GA": 401, "ECOSOC": 201}


@dataclass(slots=True)
class Opening:
    """What a cover says."""

    symbol: str | None = None
    body: str | None = None
    session: int | None = None
    title: str | None = None
    agenda_item: str | None = None
    agenda_title: str | None = None
    adopted: str | None = None
    distributed: str | None = None
    report: Report | None = None
    #: The blocks of the title, whose footnotes belong to nothing else.
    title_blocks: list[Block] = field(default_factory=list)
    #: Do enacting words follow? Decisions have none.
    spoken: bool = False
    #: The meeting that adopted the text, where the cover names it.
    meeting: Meeting | None = None
    #: A cover that speaks of a resolution, decision or draft in so many words.
    named: bool = False


def read_opening(blocks: Sequence[Block], language: str, body: str | None) -> Opening:
    """What do the blocks before the enacting words say? ``body`` is the body that the enacting words name."""
    found = Opening(body=body, spoken=body is not None)
    lines = [block.text.strip(" *_#") for block in blocks]
    folded = [phrase(line) for line in lines]
    numbered, mark = _numbered(lines, language)
    _kind(folded, language, found)
    if mark is not None:
        _title(blocks, lines, numbered, mark, folded, language, found)
    cover_end = numbered if mark is not None else len(lines)
    draft = _draft(folded, language)
    if mark is None and draft is not None:
        cover_end = draft
        after = [place for place in range(draft + 1, len(lines)) if lines[place]]
        if after:
            _set_title([blocks[place] for place in after], " ".join(lines[place] for place in after), found)
    _bodies(folded[:cover_end], language, found)
    _symbol(lines[:cover_end], mark, folded, language, found)
    _dates(lines, folded, cover_end, language, found)
    _report(lines, folded, language, found)
    _agenda(lines, folded, cover_end, language, found)
    _session(folded[:cover_end], language, found)
    return found


def join_words(pieces: Sequence[str], language: str) -> str:
    """Lines of a heading as one: with blanks between, in a script that has them."""
    return ("" if language == "zh" else " ").join(piece.strip() for piece in pieces if piece.strip())


def numbered_title(line: str, language: str) -> Title | None:
    """Is this the line with the number of a resolution or decision, with or without such a word before it?

    >>> numbered_title("Resolution 1540 (2004)", "en").bracket, numbered_title("Resolution of the conference", "en")
    ('2004', None)
    """
    found = title(line)
    if found is not None:
        return None if _DATE.fullmatch(line) else found
    if len(line) < 80:
        folded = phrase(line)
        words = phrases("resolution", language) + phrases("decision", language)
        head = next((word for word in words if folded.startswith(word)), None)
        if head is not None:
            found = title(line[len(head) :].lstrip(" :"))
        elif line[:1] == _ORDINAL and any(word in line for word in words):
            found = title(line[1:].lstrip())
        if found is not None:
            return found._replace(start=len(line))
    return None


def _numbered(lines: Sequence[str], language: str) -> tuple[int, Title | None]:
    """The place of the last numbered title before the enacting words."""
    for place in range(len(lines) - 1, -1, -1):
        found = numbered_title(lines[place], language)
        if found is not None:
            return place, found
    return len(lines), None


def _kind(folded: Sequence[str], language: str, found: Opening) -> None:
    names = (
        phrases("adopted", language) + phrases("draft", language) + phrases("resolution", language) + phrases("decision", language)
    )
    found.named = any(name in line for line in folded[-30:] for name in names if len(line) < 200)


def _title(
    blocks: Sequence[Block], lines: Sequence[str], place: int, mark: Title, folded: Sequence[str], language: str, found: Opening
) -> None:
    parts = [lines[place][mark.start :]]
    taken = [blocks[place]]
    for other in range(place + 1, len(lines)):
        line = lines[other]
        adopted = any(word in folded[other] for word in phrases("adopted", language))
        if line.startswith("[") or adopted or (mark.bracket and len(mark.bracket) == 4 and mark.bracket.isdigit()):
            continue
        parts.append(line)
        taken.append(blocks[other])
    _set_title(taken, join_words(parts, language), found)


def _set_title(taken: Sequence[Block], words: str, found: Opening) -> None:
    found.title_blocks = list(taken)
    words = words.strip(" *_").rstrip("\u2013- ")
    found.title = words or None


def _draft(folded: Sequence[str], language: str) -> int | None:
    """The line "Atlantis: draft resolution", after which the title of a draft stands."""
    for place in range(len(folded) - 1, -1, -1):
        if len(folded[place]) < 400 and any(word in folded[place] for word in phrases("draft", language)):
            return place
    return None


def _bodies(folded: Sequence[str], language: str, found: Opening) -> None:
    if found.body is None:
        codes = phrase_codes("body", language)
        for line in folded:
            code = codes.get(line)
            if code is None and len(line) < 120 and any(word in line for word in phrases("adopted", language)):
                code = next((code for words, code in codes.items() if words in line), None)
            if code is not None:
                found.body = code
                if code == "HRC":
                    return


def _symbol(lines: Sequence[str], mark: Title | None, folded: Sequence[str], language: str, found: Opening) -> None:
    printed: list[Symbol] = []
    for line in lines:
        if "/" in line and len(line) < 90 and not line.startswith("["):
            printed += [each.symbol for each in find_symbols(line) if "(" not in line[: each.start]]
    built = _built(mark, folded, language, found) if mark else None
    adopted = next((symbol for symbol in printed if symbol.kind in ("RES", "DEC")), None)
    if built and (adopted is None or not _same_number(adopted, built)):
        found.symbol = built
    elif adopted:
        found.symbol = adopted.base.text
    elif printed:
        draft = next((symbol for symbol in printed if symbol.kind in ("L", "CRP", "WP")), printed[0])
        found.symbol = draft.text
    if found.symbol and found.body is None:
        found.body = _BODY_OF.get(parse_symbol(found.symbol).organ)


def _same_number(symbol: Symbol, built: str) -> bool:
    other = parse_symbol(built)
    return symbol.number == other.number and symbol.session == other.session and (symbol.letter == other.letter or not other.letter)


def _built(mark: Title, folded: Sequence[str], language: str, found: Opening) -> str | None:
    """The symbol that a numbered title stands for."""
    body = found.body
    number, bracket, letters = mark.number, mark.bracket, mark.letters
    if body is None:
        body = "SC" if bracket and bracket.isdigit() else "ECOSOC" if re.match(r"(?:19|20)\d\d/", number) else "GA"
        found.body = body
    root = _ROOT.get(body)
    if root is None:
        return None
    last = number.rpartition("/")[2]
    said = any(line.startswith(word) for line in folded[-12:] for word in phrases("decision", language))
    if last.isdigit() and not bracket and (said or (not found.spoken and body in _DECISIONS and int(last) >= _DECISIONS[body])):
        root = root.replace("RES", "DEC")
    try:
        return canonical(
            f"{root}{number}{f'({bracket})' if bracket else ''}{f' {letters}' if letters else ''}".replace("\u2013", "-")
        )
    except SymbolError:
        return None


def _dates(lines: Sequence[str], folded: Sequence[str], cover_end: int, language: str, found: Opening) -> None:
    adopted_words, distributed_words = phrases("adopted", language), {*phrases("distribution", language), "distr"}
    used: set[int] = set()
    for place, line in enumerate(folded):
        if len(line) < 300 and any(word in line for word in adopted_words):
            for other in range(place, min(place + 3, len(lines))):
                day = date_of(lines[other], language)
                found.meeting = found.meeting or meeting(lines[other], language)
                if day:
                    found.adopted = day
                    used.add(other)
                    break
        if found.adopted:
            break
    for place, line in enumerate(folded[:cover_end]):
        if any(word in line for word in distributed_words) and len(line) < 120:
            for other in range(place, min(place + 4, cover_end)):
                if other not in used and (day := date_of(lines[other], language)):
                    found.distributed = day
                    return


def _report(lines: Sequence[str], folded: Sequence[str], language: str, found: Opening) -> None:
    """The line in square brackets: "[on the report of the First Committee (A/79/408, para. 114)]"."""
    words = phrases("report", language)
    for place, line in enumerate(lines):
        if not (line.startswith(("[", "\uff3b", "(")) and any(word in folded[place] for word in words)):
            continue
        whole, other = line, place
        while "]" not in whole and "\uff3d" not in whole and other + 1 < min(len(lines), place + 4):
            other += 1
            whole = f"{whole} {lines[other]}"
        if not any(word in phrase(whole) for word in phrases("from_report", language)):
            return
        symbols = list(find_symbols(whole))
        code = _committee(phrase(whole), language)
        if symbols:
            after = _NUMBER.search(whole, symbols[0].stop) if _follows(whole, symbols[0].stop, language) else None
            found.report = Report(symbols[0].symbol.text, int(after[0]) if after else None, code)
        elif code:
            found.report = Report(None, None, code)
        return


def _follows(whole: str, stop: int, language: str) -> bool:
    """Does a paragraph's number follow the symbol, and not another symbol?"""
    rest = whole[stop : stop + 40]
    other = _REPORTED.search(rest)
    return any(word in phrase(rest[: other.start()] if other else rest) for word in phrases("paragraph", language))


def _committee(folded: str, language: str) -> str | None:
    codes = phrase_codes("committee", language)
    return next((codes[words] for words in sorted(codes, key=len, reverse=True) if words in folded), None)


def _agenda(lines: Sequence[str], folded: Sequence[str], cover_end: int, language: str, found: Opening) -> None:
    words = phrases("agenda", language)
    for place in range(cover_end):
        head = next((word for word in words if folded[place].startswith(word)), None)
        if head is None or len(lines[place]) > 200:
            continue
        line = lines[place]
        item = _ITEM.match(line, len(head))
        if item is None:
            continue
        found.agenda_item = item[1] + (f" ({_subitem(item[2], language)})" if item[2] else "")
        rest = line[item.end() :].strip(" .:")
        for more in phrases("agenda_rest", language):
            if phrase(rest).startswith(more):
                rest = rest[len(more) :].strip(" .:")
                break
        parts = [rest] if len(rest) > 3 else []
        for other in range(place + 1, cover_end):
            if _ends_agenda(lines[other], folded[other], language):
                break
            parts.append(lines[other])
        found.agenda_title = join_words(parts, language) or None
        return


def _ends_agenda(line: str, folded: str, language: str) -> bool:
    if line.startswith(("[", "\uff3b")) or title(line):
        return True
    if any(word in folded for word in phrases("adopted", language) + phrases("draft", language)):
        return True
    codes = phrase_codes("body", language)
    return folded in codes or any(folded.startswith(word) for word in phrases("distribution", language))


def _subitem(letters: str, language: str) -> str:
    """The letters of a sub-item in Latin: (\u0633 \u0633) is (oo)."""
    letters = letters.replace(" ", "").lower()
    if letters.isascii():
        return letters
    for alphabet in alphabets(language):
        place = alphabet.find(letters[0])
        if place >= 0 and letters == letters[0] * len(letters):
            return chr(97 + place % 26) * len(letters)
    return letters


def _session(folded: Sequence[str], language: str, found: Opening) -> None:
    """The session's number: the symbol says it, else the cover."""
    if found.symbol:
        found.session = session_of(found.symbol)
        symbol = parse_symbol(found.symbol)
        if found.session is None and symbol.organ == "A/HRC" and len(symbol.segments) > 3 and symbol.segments[3].isdigit():
            found.session = int(symbol.segments[3])
        if found.session is not None or any("S-" in segment for segment in symbol.segments):
            return
    if found.body not in (None, "GA", "HRC"):
        return
    for line in folded:
        if len(line) < 80 and any(word in line for word in phrases("session", language)):
            ordinals = find_ordinals(line, language)
            if ordinals:
                found.session = ordinals[0].value
                return
