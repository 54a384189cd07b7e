"""Status = f(mandate, acts, day): the same question gives the same answer, with its reasons.

An act answers where the table ``answers.toml`` says that its kind does. What was recorded later than the day it is asked
for is not seen. ``unanswered`` means that the library holds no act, and is said so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from ploughshare.lexicon.load import load
from ploughshare.model.act import Act
from ploughshare.model.status import Occurrence, Reason, State, Status

from .sessions import Sitting
from .times import Times, Window, times

#: The kind of act that says why something was not done.
REASONS = "reasons-stated"


@dataclass(frozen=True, slots=True)
class Question:
    """An undertaking as far as its status depends on it. ``of``: how many acts would be all, where that is known."""

    id: str
    action: str
    adopted: date | None
    due: str | None
    #: The body decides for itself, by the act of deciding.
    decided: bool = False
    #: The later text that asks it anew, and the day that was adopted.
    anew: str | None = None
    anew_on: date | None = None
    #: How many meetings, where the text says so.
    count: int | None = None
    #: How many addressees, where they can be counted.
    members: int | None = None


@dataclass(frozen=True, slots=True)
class _Rule:
    acts: frozenset[str]
    complete: str


@cache
def _rules() -> Mapping[str, _Rule]:
    table = load("answers")["answers"]
    return {kind: _Rule(frozenset(rule["acts"]), rule["complete"]) for kind, rule in table.items()}


def answers(action: str, act: str) -> bool:
    """Does an act of this kind answer a mandate of that kind?

    >>> answers("submit-report", "report-issued"), answers("submit-report", "meeting-held")
    (True, False)
    """
    return action in _rules() and act in _rules()[action].acts


def assess(question: Question, acts: Sequence[Act], on: date, sittings: Mapping[str, Sitting]) -> Status:
    """Where does an undertaking stand on a day? ``acts`` are those that name it; which of them answer it is told here."""
    found = _assess(question, acts, on, sittings)
    stated = sum(act.kind == REASONS for act in found.acts)
    if stated and found.state not in ("answered", "superseded"):
        return replace(found, reasons=(*found.reasons, Reason("reasons_stated", {"n": stated})))
    return found


def _assess(question: Question, acts: Sequence[Act], on: date, sittings: Mapping[str, Sitting]) -> Status:
    day = on.isoformat()
    if question.adopted and question.adopted > on:
        return Status("unknown", day, (Reason("not_yet_adopted", {"day": question.adopted.isoformat()}),))
    rule = _rules()[question.action]
    seen = tuple(act for act in acts if act.day <= day)
    answering = tuple(act for act in seen if act.kind in rule.acts)
    if question.decided and question.due is None and not answering:
        return Status("answered", day, (Reason("by_deciding"),), seen, 1, None, _iso(question.adopted))
    if question.due is None:
        return _undated(question, rule, answering, seen, day)
    turns = times(question.due, question.adopted, on, sittings)
    if not turns.windows:
        if answering:
            return _counted(question, rule, answering, seen, day, ())
        return Status("unknown", day, (Reason("no_calendar"),), seen)
    if turns.recurs or len(turns.windows) > 1:
        return _by_turns(question, answering, seen, turns, on)
    return _once(question, rule, answering, seen, turns.windows[0], on)


@lru_cache(maxsize=4096)
def _turn(window: Window, answered: bool) -> tuple[Occurrence, ...]:
    return (Occurrence(window.label, window.first.isoformat(), window.last.isoformat(), answered),)


def _undated(question: Question, rule: _Rule, answering: tuple[Act, ...], seen: tuple[Act, ...], day: str) -> Status:
    if answering and rule.complete != "standing":
        return _counted(question, rule, answering, seen, day, ())
    if question.anew and question.anew_on and question.anew_on.isoformat() <= day:
        return Status("superseded", day, (_anew(question),), seen, len(answering), None, question.anew_on.isoformat())
    reasons = [Reason("no_date")]
    if answering:
        reasons.append(Reason("acts_told", {"n": len(answering)}))
    return Status("standing", day, tuple(reasons), seen, len(answering), None, _iso(question.adopted))


def _once(question: Question, rule: _Rule, answering: tuple[Act, ...], seen: tuple[Act, ...], window: Window, on: date) -> Status:
    day = on.isoformat()
    turn = _turn(window, bool(answering))
    if answering:
        return _counted(question, rule, answering, seen, day, turn)
    state, reason, since = _by_time(window, on)
    if question.anew and question.anew_on and question.anew_on <= on:
        if state != "unanswered":
            return Status("superseded", day, (_anew(question),), seen, 0, None, question.anew_on.isoformat(), turn)
        return Status(state, day, (reason, _anew(question)), seen, 0, None, since, turn)
    return Status(state, day, (reason,), seen, 0, None, since, turn)


@lru_cache(maxsize=4096)
def _by_time(window: Window, on: date) -> tuple[State, Reason, str | None]:
    values = {"label": window.label, "first": window.first.isoformat(), "last": window.last.isoformat()}
    if on < window.first:
        return "open", Reason("due_later", values), None
    if on <= window.last:
        return "due", Reason("due_now", values), window.first.isoformat()
    return "unanswered", Reason("time_passed", values), window.last.isoformat()


def _counted(
    question: Question,
    rule: _Rule,
    answering: tuple[Act, ...],
    seen: tuple[Act, ...],
    day: str,
    turns: tuple[Occurrence, ...],
) -> Status:
    """Acts there are: are they all?"""
    of: int | None = None
    done = len(answering)
    if rule.complete == "count":
        of = question.count
    elif rule.complete == "each":
        of = question.members
        done = len({actor for act in answering for actor in act.actors}) or done
        if of is None:
            return Status("in part", day, (Reason("some_answered", {"n": done}),), seen, done, None, answering[0].day, turns)
    if of is not None and done < of:
        return Status("in part", day, (Reason("n_of_m", {"n": done, "m": of}),), seen, done, of, answering[0].day, turns)
    last = answering[-1]
    reasons = [_by_act(last)] + [Reason("disputed", {"id": act.id}) for act in answering if act.disputed]
    return Status("answered", day, tuple(reasons), seen, done, of, last.day, turns)


def _by_act(act: Act) -> Reason:
    if act.paragraph is None or act.document is None:
        return Reason("act", {"id": act.id})
    if act.paragraph == act.document:  # the text is itself the act: it was adopted under the item
        return Reason("act_text", {"id": act.id, "document": act.document})
    return Reason("act_told", {"id": act.id, "document": act.document, "paragraph": act.paragraph})


def _by_turns(question: Question, answering: tuple[Act, ...], seen: tuple[Act, ...], times: Times, on: date) -> Status:
    """A request that comes round, or that names several times: each turn for itself, until a later text asks it anew."""
    day = on.isoformat()
    windows = times.windows
    ended = question.anew_on if question.anew and question.anew_on and question.anew_on <= on else None
    if ended:
        windows = tuple(w for w in windows if w.last <= ended)
    turns = tuple(
        Occurrence(w.label, w.first.isoformat(), w.last.isoformat(), any(_falls(act, w) for act in answering)) for w in windows
    )
    over = [turn for turn in turns if turn.last < day or turn.answered]
    done = sum(turn.answered for turn in over)
    if ended and done == len(over):
        return Status("superseded", day, (_anew(question),), seen, done, len(over) or None, ended.isoformat(), turns)
    reasons: list[Reason] = [Reason("turns", {"n": done, "m": len(over)})] if over else []
    if ended:
        reasons.append(_anew(question))
    silent = done < len(over)
    # The turn that waits: the one that sits, or the next.
    waiting = next((w for w, turn in zip(windows, turns, strict=True) if not turn.answered and turn.last >= day), None)
    if waiting and (waiting.first <= on or not silent):
        state, reason, since = _by_time(waiting, on)
        if done and (silent or not times.recurs):
            state, since = "in part", None
        return Status(state, day, (reason, *reasons), seen, done, len(over) or None, since, turns)
    if not silent:
        return Status("answered", day, tuple(reasons), seen, done, len(over), over[-1].first, turns)
    if done:
        return Status("in part", day, tuple(reasons), seen, done, len(over), None, turns)
    return Status("unanswered", day, tuple(reasons), seen, 0, len(over), over[0].last, turns)


def _falls(act: Act, window: Window) -> bool:
    """Does an act belong to a turn: by its own word, or by its day?"""
    if act.occurrence is not None:
        return str(act.occurrence) == window.label
    return window.first.isoformat() <= act.day <= window.last.isoformat()


def _anew(question: Question) -> Reason:
    return Reason("anew", {"by": question.anew, "day": _iso(question.anew_on)})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
