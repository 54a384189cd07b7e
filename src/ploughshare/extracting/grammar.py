"""How a language builds a request: the marks between addressee and act, loaded from its ``grammar.toml``.

The engine knows the marks by their jobs; which words do a job in a language is data. Every mark is a regular expression
over folded text; a language without blanks has no mark before an act and goes by the acts' own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from ploughshare.lexicon.leap import Leaping
from ploughshare.lexicon.load import load
from ploughshare.lexicon.phrases import Phrases

NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Grammar:
    """The marks of one language, compiled."""

    #: Words are parted by blanks.
    spaced: bool
    #: Letters that may be written on to the front of a word, as a regular expression.
    proclitics: str
    #: In a chain of nouns the last one is meant (and not the first).
    final: bool
    #: A verb stands before its subject.
    verb_first: bool
    #: An act may stand right behind its addressee, with no mark between.
    bare: bool
    #: How far after its mark an act's word may stand, in characters.
    reach: int
    #: Which particles a leading verb wants before its act: lemma → particles. A mark with another one announces none.
    wants: dict[str, frozenset[str]]
    #: One scan finds the marks of acts: purpose (no act follows), skip (looks like a mark), join (one more act), head (the act).
    marks: Leaping
    #: After the mark: words that only shade the act ("continue to", "also").
    shade: re.Pattern[str]
    #: What a verb may need before its addressee ("appeals *to* all States").
    lead: re.Pattern[str]
    #: What joins a second addressee with an act of its own ("*and the* Secretariat to …").
    also: re.Pattern[str]
    #: An aside between addressee and act ("in consultation with …"), up to the next comma.
    aside: Leaping
    #: What may stand between two addressees of a list; anything else ends the list.
    link: re.Pattern[str]
    #: What ties the name before to the name after ("of the"): only one of them is meant.
    tie: re.Pattern[str]
    #: Between two bare acts that share one mark ("review and implement").
    pair: re.Pattern[str]
    #: What may stand between a mark that joins and the word of the act, where words of acts are the marks.
    bridge: re.Pattern[str]
    #: Phrases between addressee and act, where words of acts are the marks: what they hold is no act.
    before: re.Pattern[str]
    #: An act that only points back to what the addressee's name says ("to do so").
    likewise: re.Pattern[str]
    #: What stands before the actor of an act named by a noun ("cooperation among").
    agent: re.Pattern[str]
    #: Between a noun of act and a further one that is about the same ("entry into force *and strict* observance").
    noun: re.Pattern[str]
    #: A clause that only points back to the one before ("and encourages *those efforts*").
    back: re.Pattern[str]
    #: Before a recipient ("to the").
    toward: re.Pattern[str]
    #: The adopting body as recipient ("to it").
    itself: Leaping
    #: After a verb that decides: a clause with its own actor follows ("that").
    that: re.Pattern[str]
    #: After a verb that asks: the same ("Recommande *que* …"), where it can be nothing else.
    clause: re.Pattern[str]
    #: The small word that a verb wants before each of its acts ("à … et à"): another one belongs to another verb.
    particle: re.Pattern[str]
    #: The pronoun that stands before a leading verb, up to the end of the verb ("*les encourage*"): the actors named before.
    pronoun: re.Pattern[str]
    #: What opens a part of the sentence apart ("including"): an object beyond it counts only where the word alone means nothing.
    bound: re.Pattern[str]
    #: A word that makes what stands before it a mere attribute, so that it is no act.
    attribute: re.Pattern[str]
    #: Recipients that a form of their name alone tells (a case ending).
    receivers: Phrases[str]
    groups: Phrases[str]
    acts: Phrases[str]


@cache
def grammar(language: str) -> Grammar:
    """The grammar of a language, with the phrases of its addressees and acts."""
    table = load("grammar", language)
    spaced = bool(table.get("spaced", True))
    proclitics = str(table.get("proclitics", ""))

    def one(name: str) -> str:
        return either(table.get(name, ()))

    def compiled(name: str) -> re.Pattern[str]:
        return re.compile(one(name))

    return Grammar(
        spaced=spaced,
        proclitics=proclitics,
        final=bool(table.get("final", False)),
        verb_first=bool(table.get("verb_first", False)),
        bare=bool(table.get("bare", False)),
        reach=int(table.get("reach", 40)),
        wants={lemma: frozenset(particles) for lemma, particles in table.get("wants", {}).items()},
        marks=Leaping(f"(?P<purpose>{one('purpose')})|(?P<skip>{one('skip')})|(?P<join>{one('join')})|(?P<head>{one('head')})"),
        shade=compiled("shade"),
        lead=compiled("lead"),
        also=compiled("also"),
        aside=Leaping(one("aside")),
        link=compiled("link"),
        tie=compiled("tie"),
        pair=compiled("pair"),
        bridge=compiled("bridge"),
        before=compiled("before"),
        likewise=compiled("likewise"),
        agent=compiled("agent"),
        noun=compiled("noun"),
        back=compiled("back"),
        toward=compiled("toward"),
        itself=Leaping(one("itself")),
        that=compiled("that"),
        clause=compiled("clause"),
        particle=compiled("particle"),
        pronoun=compiled("pronoun"),
        bound=compiled("bound"),
        attribute=compiled("attribute"),
        receivers=phrases_of(table.get("receivers", {}), spaced=spaced, proclitics=proclitics),
        groups=phrases_of(load("groups", language), spaced=spaced, proclitics=proclitics),
        acts=phrases_of(load("acts", language), spaced=spaced, proclitics=proclitics),
    )


def either(patterns: Iterable[str]) -> str:
    """One expression for the lines of a table, of which any may stand; it matches nothing where there is none."""
    return "|".join(f"(?:{pattern})" for pattern in patterns) or NEVER.pattern


def phrases_of(tables: Mapping[str, Iterable[str]], *, spaced: bool, proclitics: str) -> Phrases[str]:
    """The patterns of tables of a lexicon, each with the name of its table."""
    lines = [(pattern, value) for value, patterns in tables.items() for pattern in patterns]
    return Phrases(lines, spaced=spaced, proclitics=proclitics)
