"""The actions of States under treaties that come with the program, and how newer ones take their place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from msgspec import convert

from ploughshare.lexicon.load import load_rows
from ploughshare.model.treaty import Kind, TreatyAction


@cache
def own_actions(code: str) -> tuple[TreatyAction, ...]:
    """What did States do under a treaty, as the program knows it? ``Terms.data_to`` says to which day.

    >>> [(each.kind, each.date.isoformat()) for each in own_actions("TPNW") if each.state == "TON"]
    [('accession', '2026-07-07')]
    """
    return tuple(
        TreatyAction(code, row["state"], convert(row["action"], Kind), date.fromisoformat(row["date"]), row["depositary"])
        for row in load_rows(f"treaty_actions/{code}.csv")
    )


def merged(old: Iterable[TreatyAction], new: Iterable[TreatyAction]) -> tuple[TreatyAction, ...]:
    """Which actions hold when newer ones are there?

    What the newer ones say of a State under a treaty takes the place of the older, unless it holds nothing that is new: then
    the older rows stay, which may name the depositary. A later action of a kind that the newer rows lack stays too: their
    source may have been read before it.

    >>> signed = TreatyAction("NPT", "KEN", "signature", date(1968, 7, 1), "London")
    >>> merged([signed], [TreatyAction("NPT", "KEN", "signature", date(1968, 7, 1))]) == (signed,)
    True
    """
    kept, fresh = _by_state(old), _by_state(new)
    for key, rows in fresh.items():
        known = {row for each in kept.get(key, ()) for row in (each, placeless(each))}
        if not set(rows) <= known:
            last, kinds = max(row.date for row in rows), {row.kind for row in rows}
            kept[key] = rows + [each for each in kept.get(key, ()) if each.date > last and each.kind not in kinds]
    return tuple(row for _, rows in sorted(kept.items()) for row in rows)


def _by_state(rows: Iterable[TreatyAction]) -> dict[tuple[str, str], list[TreatyAction]]:
    found: dict[tuple[str, str], list[TreatyAction]] = {}
    for row in dict.fromkeys(rows):
        found.setdefault((row.treaty, row.state), []).append(row)
    return found


def placeless(row: TreatyAction) -> TreatyAction:
    """The action without its place of deposit, as tables have it that do not tell one."""
    return TreatyAction(row.treaty, row.state, row.kind, row.date)
