"""The provisional agenda of a session, as the resolutions themselves ordered it.

Rule 13 of the rules of procedure of the General Assembly: all items that the Assembly at an earlier session has ordered to
be included stand on the provisional agenda. Each line names the paragraph that ordered it; rhythms of two or three years and
deferrals come from the words of those paragraphs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import msgspec

from ploughshare.library.library import Library
from ploughshare.library.rows import packed

from .series import title_key
from .sessions import opening, sitting_of
from .settle import settled
from .standing import Standing, standings
from .symbols import Place, place_of
from .times import times


@dataclass(frozen=True, slots=True)
class Line:
    """A sub-item (or an item without any): its title, the paragraphs that ordered it, and where the order stands.

    ``before`` are the sessions under whose agenda the library holds a text of this title: they tell the rhythm.
    """

    title: str
    ordered_by: tuple[str, ...]
    before: tuple[int, ...]
    state: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item and its sub-items. ``ordered_by``: paragraphs that ordered the item itself, without a sub-item."""

    title: str
    ordered_by: tuple[str, ...]
    subitems: tuple[Line, ...]
    before: tuple[int, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session of the General Assembly has been ordered to take up."""

    session: int
    opens: date
    items: tuple[Item, ...]
    #: Orders whose item no text names: they are listed, not guessed at.
    unnamed: tuple[str, ...] = ()


def agenda(library: Library, session: int, *, language: str | None = None, on: date | None = None) -> Agenda:
    """Which items have resolutions ordered for a session of the General Assembly?

    Titles are in ``language`` where the ordering text is there in it, else in the language its reading was taken from.
    """
    opens = opening(session)
    settled(library)
    titles = _titles(library, language)
    items: dict[str, _Gathered] = {}
    unnamed: list[str] = []
    # Only what may be due while the session sits.
    where = "WHERE action = 'agenda' AND undertaking.first <= ? AND (last IS NULL OR last >= ?)"
    values = (sitting_of(session)[1].isoformat(), opens.isoformat())
    day = on or date.today()  # noqa: DTZ011 - a day of the calendar, where the person is
    ordered = [s for s in standings(library, where, values, day) if _is_for(s, session)]
    for standing in sorted(ordered, key=lambda s: (place_of(s.undertaking.symbol) or Place(0, 0, ""), s.undertaking.id)):
        asked = standing.undertaking
        # Texts are put together by the titles that were settled; those of the language asked for are only shown.
        item, subitem = asked.details.get("item"), asked.details.get("subitem")
        shown_item, shown_subitem = titles.get(asked.id) or (None, None)
        paragraph = asked.id.partition("!")[0]
        if not item and not subitem:
            unnamed.append(paragraph)
            continue
        gathered = items.setdefault(title_key(item or ""), _Gathered(item or "", [], {}, standing.status.state))
        gathered.shown = gathered.shown or shown_item
        if subitem:
            new: tuple[str, list[str], str] = (shown_subitem or subitem, [], standing.status.state)
            gathered.subitems.setdefault(title_key(subitem), new)[1].append(paragraph)
        else:
            gathered.ordered_by.append(paragraph)
    return Agenda(
        session,
        opens,
        tuple(
            Item(
                gathered.shown or gathered.title,
                tuple(dict.fromkeys(gathered.ordered_by)),
                tuple(
                    Line(title, tuple(dict.fromkeys(by)), _sessions(library, key), state)
                    for key, (title, by, state) in gathered.subitems.items()
                ),
                _sessions(library, name),
                gathered.state,
            )
            for name, gathered in items.items()
        ),
        tuple(unnamed),
    )


@dataclass(slots=True)
class _Gathered:
    title: str
    ordered_by: list[str]
    subitems: dict[str, tuple[str, list[str], str]]
    state: str
    #: Its title in the language asked for.
    shown: str | None = None


def _is_for(standing: Standing, session: int) -> bool:
    due = standing.undertaking.due
    if due is None or due.get("body", "GA") != "GA":
        return False
    if due.get("session") == session or session in due.get("sessions", ()):
        return True
    place = place_of(standing.undertaking.symbol)
    if "every" not in due or place is None:
        return False
    if any(reason.name == "anew" for reason in standing.status.reasons):  # what was ordered anew ends there
        return any(turn.label == str(session) for turn in standing.status.occurrences)
    opens = opening(session)
    coming = times(packed(due), opening(place.session), opens, {})
    return any(turn.label == str(session) and turn.first <= opens for turn in coming.windows)


def _titles(library: Library, language: str | None) -> dict[str, tuple[str | None, str | None]]:
    """Undertaking → item and sub-item in a language, where the library has that text."""
    if language is None:
        return {}
    found = {}
    for identifier, details in library.database.rows(
        "SELECT undertaking.id, mandate.details FROM undertaking JOIN text USING (symbol) JOIN mandate ON mandate.text = text.id "
        "AND mandate.paragraph = undertaking.paragraph AND mandate.action = 'agenda' "
        "WHERE undertaking.action = 'agenda' AND text.language = ?",
        (language,),
    ):
        said = msgspec.json.decode(details)
        found[identifier] = (said.get("item"), said.get("subitem"))
    return found


def _sessions(library: Library, title: str) -> tuple[int, ...]:
    """The sessions at which the library holds a text under this title."""
    rows = library.database.rows("SELECT session FROM stood WHERE title = ? ORDER BY session", (title,))
    return tuple(session for (session,) in rows)
