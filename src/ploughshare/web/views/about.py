"""What this is: the method, what the words mean, and how often the reading is right."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from ..page import Page, Visit
from ..tongue import NAMES


@cache
def accuracy() -> dict[str, Any]:
    """The measured figures, the same as in docs/accuracy.md."""
    return tomllib.loads((files("ploughshare.web") / "accuracy.toml").read_text(encoding="utf-8"))


def about(visit: Visit) -> Page:
    """The page about the site."""
    _ = visit.tongue
    figures = accuracy()
    words = [
        (
            _("mandate"),
            _("one act that a resolution asks for or decides upon: who, what, to whom, by when, and the words it was read from"),
        ),
        (_("addressee"), _("who is to act; empty where the text names nobody")),
        (_("force"), _("what the leading verb does: it decides, requests, calls upon or encourages")),
        (_("act"), _("something done, put on the record by a person or read out of a later text")),
        (_("evidence"), _("the words that a mandate was read from, their place in the original, and the rule that read them")),
        (_("unread"), _("an operative paragraph that no rule could read; it is shown as such")),
        (_("record"), _("a log to which entries are only added, each signed, all under one checkpoint that anybody can check")),
    ]
    states = [
        ("open", _("the time that is said has not begun")),
        ("due", _("the time has begun: the session sits, or the day is less than 30 days off")),
        ("answered", _("as many acts as are asked for are on record")),
        ("in part", _("some of the acts that are asked for are on record")),
        ("unanswered", _("the time has passed and the library holds no act; not that nothing was done")),
        ("superseded", _("a later text of the series asks it anew")),
        ("standing", _("no time is said")),
        ("unknown", _("no calendar here knows the time that is said, or the text is younger than the day asked for")),
    ]
    counts = {
        name: visit.keep(f"count {name}", lambda name=name: visit.library.database.value(f"SELECT count(*) FROM {name}"))  # type: ignore[misc]
        for name in ("resolution", "text", "undertaking", "original")
    }
    return Page(
        "about",
        "about",
        _("About"),
        {
            "words": words,
            "states": [(_.status.state(state), state.replace(" ", "-"), says) for state, says in states],
            "figures": [(NAMES[code], code, values) for code, values in figures["mandates"].items()],
            "counts": counts,
        },
        lambda: {"accuracy": figures, "library": counts, "on": visit.day},
        lambda: (
            ("language", "mandates_f1", "addressees", "recipients", "due"),
            [(code, *values) for code, values in figures["mandates"].items()],
        ),
        under="about",
    )
