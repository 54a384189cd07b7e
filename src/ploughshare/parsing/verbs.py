"""Paragraph → its leading verbs: a cleaned paragraph comes in; each verb goes out with lemma, force and place.

A paragraph opens with its verb, additive words apart ("Also requests"). Further verbs of the same subject follow a comma,
a word that joins, or both ("…, and in this regard requests …"). Every phrase and every other word is data:
``lexicon/<language>/verbs.toml``, whose head comment says how a phrase is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from ploughshare.lexicon.fold import fold
from ploughshare.lexicon.load import load
from ploughshare.model.resolution import Force, Kind, Verb

FORCES: tuple[Force, ...] = ("decide", "request", "call", "encourage", "state")

#: How far apart the two parts of a phrase may stand, and how far back a rule looks, in characters.
_REACH = 240
#: A beginning this long tells whether a paragraph opens with a verb.
_HEAD = 160
#: So many additive words may stand before a further verb, and so many second parts of a phrase are tried.
_FEW = 4

_LETTER = re.compile(r"\w")
_CLAUSE_END = re.compile("[;\u3002]")
_NOTHING_MORE = re.compile("\\s*(?:[;.\u3002]|$)").match


class Meaning(NamedTuple):
    """What a phrase of the lexicon says; ``gender`` is 1 for the form that a language makes for the other one."""

    phrase: str
    lemma: str
    force: Force
    gender: int = 0


class Found(NamedTuple):
    """A phrase in a folded text: where it begins with its additive words, where it ends, and what it says."""

    start: int
    stop: int
    meaning: Meaning


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: the words that may follow, and what has been said so far."""

    words: dict[str, _Node] = field(default_factory=dict)
    meaning: Meaning | None = None
    #: Words that must follow without being part of the verb.
    ahead: _Node | None = None
    #: The second part of a phrase in two parts, and what finds its first word.
    rest: _Node | None = None
    begins: re.Pattern[str] | None = None


class _Writing:
    """How a language writes: what parts its words, and which letters change with gender or are tied to a verb."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.spaced: bool = table.get("spaced", True)
        self.capital: bool = table.get("capital", False)
        self.shared: bool = table.get("shared", False)
        self.inflected: bool = table.get("inflected", True)
        self._prefix: list[str] = table.get("prefix", [])
        self._suffix: list[str] = table.get("suffix", [])
        self._clitics: list[str] = table.get("clitics", [])
        self.blank, self.end = (r"\s+", r"(?![\w'-])") if self.spaced else (r"\s*", "")
        # What is elided, with its apostrophe, is a word of its own.
        self.word = re.compile(r"\s*(\w+'(?=\w)|[\w-]+|[^\w\s])" if self.spaced else r"\s*(\S)").match

    def words(self, text: str) -> Iterator[str]:
        place = 0
        while found := self.word(text, place):
            yield found[1]
            place = found.end()

    def forms(self, phrase: str) -> Iterator[tuple[str, int]]:
        """A phrase as it may be written, with its gender: changed by its first and last letters, with an object tied to it."""
        forms = [phrase]
        if self._prefix:
            (here, there), (ending, other) = self._prefix, self._suffix
            words = [word.removesuffix(ending) + other if word.endswith(ending) else word for word in phrase.split()]
            if words[0].startswith(here):
                words[0] = there + words[0].removeprefix(here)
            forms += [changed] if (changed := " ".join(words)) != phrase else []
        for gender, form in enumerate(forms):
            yield form, gender
            if " " not in phrase:
                yield from ((form + clitic, gender) for clitic in self._clitics)

    def any(self, phrases: Iterable[str]) -> str:
        """An alternation of literals, the longer before the shorter, that shares beginnings; never true if there are none."""
        return self._branch(sorted({fold(phrase).text for phrase in phrases})) or "(?!)"

    def _branch(self, tails: list[str]) -> str:
        groups: dict[str, list[str]] = {}
        for tail in tails:
            groups.setdefault(tail[:1], []).append(tail[1:])
        ends = groups.pop("", None) is not None
        parts = []
        for letter, rest in groups.items():
            inner = self._branch(rest)
            parts.append((self.blank if letter == " " else re.escape(letter)) + (f"(?:{inner})" if "|" in inner else inner))
        return "|".join([*parts, ""] if ends and parts else parts)


class Grammar:
    """The leading verbs of a language and the words around them, compiled from its tables."""

    def __init__(self, tables: dict[str, Any]) -> None:
        self.writing = writing = _Writing(tables.get("writing", {}))
        blank, end = writing.blank, writing.end
        self._word = writing.word
        verbs: dict[str, Any] = {force: tables.get(force, {}) for force in FORCES}
        self.operative = self._tree(verbs)
        self.preamble = self._tree({**(verbs if writing.shared else {}), "preamble": tables.get("preamble", {})})
        self._nouns = self._tree({"state": {"": tables.get("nouns", {})}})
        self._openers = self._tree({"state": {"": tables.get("openers", {})}})
        self._first, self._joined, self._pairs = (frozenset(tables.get(name, ())) for name in ("first", "joined", "pairs"))

        pronouns = list(tables.get("pronouns", ()))
        tied = writing.any(pronoun for pronoun in pronouns if pronoun.endswith("'"))
        alone = [pronoun for pronoun in pronouns if not pronoun.endswith("'")]
        modifiers = writing.any(tables.get("modifiers", ()))
        links = writing.any([*tables.get("links", ()), *alone])
        inner = writing.any(word for name in ("modifiers", "links", "inner") for word in tables.get(name, ()))
        modifier = rf"(?:{modifiers}){end}\s*,?{blank}"
        link = rf"(?:{links}){end}\s*,?{blank}|(?:{tied})"
        inside = rf"(?:(?:{inner}){end}|(?:{tied}))"
        self._modifier, self._link = re.compile(modifier).match, re.compile(link).match
        self._lead = re.compile(rf"(?:{writing.any(tables.get('leads', ()))}){end}\s*,?{blank}").match
        self._between = re.compile(rf"\s*(?:,\s*{inside}\s*,|,?\s*{inside})").match
        # Without blanks, what follows a verb cannot be told from an adverb of the next one.
        self._trailing = re.compile(rf"(?:\s+(?:{modifiers}){end})+" if writing.spaced else "(?!)").match

        joints = [*tables.get("joints", ()), *self._pairs]
        around = rf"(?:{modifier}|{link})"
        self._further = {
            "operative": self._scanner(joints, around, self.operative),
            "preambular": self._scanner(joints, around, self.preamble),
        }
        bare = writing.any(joint.rstrip("-") for joint in joints)
        self._insertion = re.compile(rf"[,;]\s*(?:{bare})[^,;]*,\s*$").search
        self._relatives = re.compile(rf"(?:{writing.any(tables.get('relatives', ()))}){end}{blank}").finditer
        self._subjects = re.compile(rf"(?:{writing.any(tables.get('subjects', ()))}){end}{blank}").finditer

    # -- building ------------------------------------------------------------------------------------------------------
    def _tree(self, tables: dict[str, dict[str, dict[str, str]]]) -> _Node:
        root = _Node()
        for name, lemmas in tables.items():
            force: Force = name if name in FORCES else "state"
            for lemma, phrases in lemmas.items():
                for phrase in phrases:
                    for form, gender in self.writing.forms(fold(phrase).text):
                        self._plant(root, form, Meaning(phrase, lemma, force, gender))
        return root

    def _plant(self, root: _Node, phrase: str, meaning: Meaning) -> None:
        core, _, ahead = phrase.partition("|")
        first, _, second = core.partition("~")
        node = self._descend(root, first)
        if second.strip():
            begin = re.escape(next(self.writing.words(second)))
            begins = rf"\b{begin}\b" if self.writing.spaced else begin
            node.begins = re.compile(f"{node.begins.pattern}|{begins}" if node.begins else begins)
            node.rest = node.rest or _Node()
            node = self._descend(node.rest, second)
        if ahead.strip():
            node.ahead = node.ahead or _Node()
            node = self._descend(node.ahead, ahead)
        node.meaning = meaning

    def _descend(self, node: _Node, words: str) -> _Node:
        for word in self.writing.words(words):
            node = node.words.setdefault(word, _Node())
        return node

    def _heads(self, tree: _Node) -> list[str]:
        """How phrases begin: a word, or two letters where blanks do not part the words."""
        heads = []
        for first, node in tree.words.items():
            alone = not first.endswith("'") if self.writing.spaced else bool(node.meaning or node.rest)
            heads += [first] if alone else [first + second for second in node.words]
        return heads

    def _scanner(self, joints: list[str], around: str, tree: _Node) -> re.Pattern[str]:
        """Finds where a further verb may stand: a comma, a word that joins, or both, and then the first word of a phrase."""
        writing = self.writing
        free = writing.any(joint for joint in joints if not joint.endswith("-"))
        bound = writing.any(joint[:-1] for joint in joints if joint.endswith("-"))
        join = rf"(?:(?:{free}){writing.blank}|(?:{bound}))"
        # A set of letters in front lets the search leap; a word that joins has a blank before it, if the language has any.
        start = rf"[,;\s](?:(?<=[,;])\s*({join})?|(?<=\s)({join}))" if writing.spaced else rf"(?:[,;]\s*({join})?|({join}))"
        edge = r"(?!\w)" if writing.spaced else ""
        return re.compile(rf"{start}(?={around}{{0,{_FEW}}}?(?:{writing.any(self._heads(tree))}){edge})")

    # -- reading -------------------------------------------------------------------------------------------------------
    def at(self, text: str, start: int, tree: _Node) -> Found | None:
        """The phrase that stands at this place of a folded text, behind additive words and pronouns."""
        place, begun, found, spot = start, start, None, start
        while True:
            if here := self._walk(text, place, place, tree):
                found, spot = Found(begun, *here), place
            skipped, link = self._modifier(text, place), self._link(text, place)
            if link and (skipped is None or link.end() > skipped.end()):
                skipped = link
            # What is both a verb and the beginning of a longer additive word is the latter.
            if skipped is None or (found and skipped.end() <= found.stop):
                break
            if skipped is link:
                begun = link.end()
            place = skipped.end()
        if found is None or self._walk(text, spot, spot, self._nouns) or self._walk(text, start, start, self._nouns):
            return None
        more = self._trailing(text, found.stop)
        return found._replace(stop=more.end()) if more else found

    def _walk(self, text: str, place: int, stop: int, node: _Node, root: bool = True) -> tuple[int, Meaning] | None:
        """Follow the words of the text down the tree: where the longest phrase ends, and what it says."""
        at = place
        while node.words and (word := self._word(text, at)):
            child = node.words.get(word[1])
            if child and (deeper := self._walk(text, word.end(), word.end(), child, False)):
                return deeper
            skipped = None if root else self._between(text, at)
            if skipped is None:
                break
            at = skipped.end()
        if node.rest and node.begins:
            end = _CLAUSE_END.search(text, place, place + _REACH)
            for begin in islice(node.begins.finditer(text, place, end.start() if end else place + _REACH), _FEW):
                if deeper := self._walk(text, begin.start(), stop, node.rest):
                    return stop, deeper[1]
        while node.ahead:
            if deeper := self._walk(text, place, stop, node.ahead):
                return stop, deeper[1]
            skipped = self._between(text, place)
            if skipped is None:
                break
            place = skipped.end()
        return (stop, node.meaning) if node.meaning else None

    def find(self, text: str, kind: Kind) -> Iterator[Found]:
        """The verbs of a folded paragraph in order."""
        start = _begin(text)
        tree = self.preamble if kind == "preambular" else self.operative
        first = self.leading(text, start, tree)
        if first is None and kind == "preambular":
            first = self.leading(text, start, self.operative)
        if first:
            yield first
        elif not (self.at(text, start, self.preamble) or self._walk(text, start, start, self._openers)):
            return
        stop = first.stop if first else start
        for joint in self._further[kind].finditer(text, stop):
            if joint.end() < stop:
                continue
            # In the preamble a bare comma is as likely to go before what somebody else does.
            if tree is self.preamble and not (joint[1] or joint[2]):
                continue
            further = self.at(text, joint.end(), tree)
            if further and self._continues(text, joint, further, first, stop):
                yield further
                first, stop = first or further, further.stop

    def leading(self, text: str, start: int, tree: _Node) -> Found | None:
        """The verb that a folded text begins with."""
        found = self.at(text, start, tree)
        if found is None and (lead := self._lead(text, start)):
            found = self.at(text, lead.end(), tree)
        return found

    def _continues(self, text: str, joint: re.Match[str], found: Found, first: Found | None, stop: int) -> bool:
        """Is it the adopting body that does this too, and not somebody it speaks of?"""
        join, phrase = (joint[1] or joint[2] or "").strip(), found.meaning.phrase
        if first is None:
            # Behind an introduction ("Recalling …, decides") the first verb follows a comma.
            return joint[2] is None and phrase not in self._first
        if found.meaning.gender != first.meaning.gender:
            return False
        if found.start == joint.end() and _NOTHING_MORE(text, found.stop):
            return False
        back = max(stop, joint.start() - _REACH)
        if joint.start() > stop:
            if phrase in self._first or join in self._pairs:
                return False
            linked = join or found.start > joint.end() or self._insertion(text, back, joint.end())
            if phrase in self._joined and not linked:
                return False
        if any(said.meaning.force == "state" for said in self._said(text, self._subjects(text, back, joint.start()))):
            return False
        return joint[2] is None or joint.start() == stop or not any(self._said(text, self._relatives(text, back, joint.start())))

    def _said(self, text: str, others: Iterable[re.Match[str]]) -> Iterator[Found]:
        """The verbs of others that stand right behind a word for them."""
        for other in others:
            if found := self.at(text, other.end(), self.operative):
                yield found


def _begin(text: str) -> int:
    found = _LETTER.search(text, 0, _HEAD)
    return found.start() if found else 0


def plain(text: str) -> str:
    """A folded text with the comma and the semicolon of Arabic as those of the others."""
    return text.replace("\u060c", ",").replace("\u061b", ";")


@cache
def grammar(language: str) -> Grammar:
    """The verbs of a language, ready for use."""
    return Grammar(load("verbs", language))


def verbs_of(text: str, language: str, kind: Kind, *, introduced: bool = False) -> tuple[Verb, ...]:
    """Which verbs lead this paragraph, and with what force?

    A paragraph without a verb of its own, as an item of a list often is, gives none; nor does an annex. ``introduced``
    says that the paragraph is an item and its introduction has a verb: where a language does not tell "to encourage" from
    "encourages", an item under such an introduction has none.

    >>> [(v.text, v.lemma, v.force) for v in verbs_of("Also notes the report, and requests a reply;", "en", "operative")]
    [('Also notes', 'note', 'state'), ('requests', 'request', 'request')]
    >>> verbs_of("To meet in May;", "en", "operative")
    ()
    """
    if kind == "annex":
        return ()
    known = grammar(language)
    if introduced and not known.writing.inflected:
        return ()
    folded = fold(text)
    verbs = []
    for found in known.find(plain(folded.text), kind):
        start, stop = folded.at(found.start), folded.at(found.stop)
        force = "state" if kind == "preambular" else found.meaning.force
        verbs.append(Verb(text[start:stop], found.meaning.lemma, force, start, stop))
    return tuple(verbs)


def opens(text: str, language: str) -> bool:
    """Does a paragraph begin here: with a leading verb, or with a participle of the preamble?

    >>> opens("Recalling the meeting in May,", "en"), opens("recalling the meeting in May,", "en"), opens("States", "en")
    (True, False, False)
    """
    known, head = grammar(language), text[:_HEAD]
    folded = fold(head)
    beginning = plain(folded.text)
    start = _begin(beginning)
    if known.writing.capital and not head[folded.at(start) : folded.at(start) + 1].isupper():
        return False
    return bool(known.leading(beginning, start, known.preamble) or known.leading(beginning, start, known.operative))
