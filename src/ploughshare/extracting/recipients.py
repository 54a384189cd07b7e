"""To whom something is reported, submitted or transmitted: the words of an act to codes of recipients."""

from __future__ import annotations

from .clauses import Act
from .grammar import Grammar

#: Only these kinds of act have a recipient.
KINDS = frozenset({"submit-report", "inform", "transmit", "submit-views"})
NEAR = 36
#: The next name of a list of recipients stands no further away than this.
LINKED = 40


def recipients_of(act: Act, text: str, grammar: Grammar, body: str, *, to_session: bool) -> tuple[str, ...]:
    """The codes of those an act is done towards, in the order named.

    ``to_session``: the act is due at a session of the adopting body, which then receives it even where no words say so.
    """
    if act.kind not in KINDS:
        return ()
    found: list[tuple[int, str]] = []
    for first, last in act.stretches:
        found += _towards(first, last, act, text, grammar)
        found.extend(
            (match.start, match.pattern.payload)
            for match in grammar.receivers.scan(text, first, last)
            if not any(start <= match.start < stop for start, stop in act.named)
        )
        # Behind another name a pronoun means that one ("to inform States that they may write *to it*").
        found.extend(
            (match.start(), body)
            for match in grammar.itself.finditer(text, first, last)
            if not any(place < match.start() for place, _ in found)
        )
    codes = tuple(dict.fromkeys(code for _, code in sorted(found)))
    return codes or ((body,) if to_session and act.kind != "submit-views" else ())


def _towards(first: int, last: int, act: Act, text: str, grammar: Grammar) -> list[tuple[int, str]]:
    """Names after a word of direction ("to the"), and those linked to them in a list."""
    found: list[tuple[int, str]] = []
    end = -1
    for match in grammar.groups.scan(text, first, last):
        if any(start <= match.start < stop for start, stop in act.named):
            continue
        if end >= 0 and grammar.tie.fullmatch(text[end : match.start]):
            end = match.stop
            continue
        gap = match.start - end
        linked = end >= 0 and gap <= (LINKED if grammar.spaced else LINKED // 4) and grammar.link.fullmatch(text[end : match.start])
        # Those who are told something are named in one list: further names belong to what they are told.
        told = act.kind == "inform" and found
        if linked or (not told and grammar.toward.search(text[max(first, match.start - NEAR) : match.start])):
            if not match.pattern.payload.startswith("@"):
                found.append((match.start, match.pattern.payload))
            end = match.stop
    return found
