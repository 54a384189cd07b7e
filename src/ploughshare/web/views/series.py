"""A series: the texts of one subject over the years, what each asked, and what was reworded from one to the next."""

from __future__ import annotations

from itertools import pairwise

from ploughshare.tracking.history import Text, steps
from ploughshare.tracking.history import series as series_of
from ploughshare.tracking.symbols import place_of

from ..page import MissingError, Page, Visit
from ..pictures import timeline
from .resolution import missing


def series(visit: Visit, symbol: str, later: str | None = None) -> Page:
    """The page of a series, with the changes that led to the text ``later`` (the newest)."""
    _ = visit.tongue
    library = visit.library
    if library.database.value("SELECT 1 FROM series WHERE symbol = ?", (symbol,)) is None:
        raise missing(visit, symbol)
    found = series_of(library, symbol, on=visit.day)
    held = [text for text in found if text.held]
    pairs = {after.symbol: (before, after) for before, after in pairwise(held)}
    if later is not None and later not in pairs:
        raise MissingError(_("This series has no such step."), [(symbol, f"series/{symbol}")])
    chosen = later or (held[-1].symbol if held and held[-1].symbol in pairs else None)
    step = None
    if chosen:
        both = list(pairs[chosen])
        # In the reader's language where both texts are there in it.
        step = next(iter(steps(library, both, visit.language) or steps(library, both)), None)
    rows = [(text, _year(text), sum(s.status.state == "answered" for s in text.asked)) for text in found]
    counted: dict[str, int] = {}
    for change in step.changes if step else ():
        counted[change.what] = counted.get(change.what, 0) + 1
    title = next((text.title for text in reversed(found) if text.title), symbol) or symbol
    return Page(
        "series",
        f"series/{symbol}",
        title,
        {
            "symbol": symbol,
            "rows": list(reversed(rows)),
            "picture": timeline([(t.symbol, year, t.held, answered, len(t.asked)) for t, year, answered in rows if year]),
            "step": step,
            "step_rows": [change for change in step.changes if change.what != "same"] if step else [],
            "counted": counted,
            "whats": {
                "same": _("the same words"),
                "moved": _("moved"),
                "reworded": _("reworded"),
                "new": _("new"),
                "dropped": _("dropped"),
            },
            "steps": [(before.symbol, after.symbol) for before, after in pairwise(held)],
        },
        lambda: {
            "series": symbol,
            "texts": [
                {
                    "symbol": text.symbol,
                    "held": text.held,
                    "adopted": text.adopted,
                    "title": text.title,
                    "languages": text.languages,
                    "mandates": [{"id": s.undertaking.id, "state": s.status.state} for s in text.asked],
                }
                for text in found
            ],
            "step": step
            and {
                "from": step.earlier,
                "to": step.later,
                "language": step.language,
                "changes": [
                    {"what": c.what, "before": c.before, "after": c.after, "words": [[p.kind, p.words] for p in c.passages]}
                    for c in step.changes
                ],
            },
        },
        lambda: (
            ("symbol", "adopted", "held", "asked", "answered", "title"),
            [(text.symbol, text.adopted, int(text.held), len(text.asked), answered, text.title) for text, __, answered in rows],
        ),
        query={"to": later} if later else {},
        under="texts",
    )


def _year(text: Text) -> int:
    """The year of a text: of its adoption, or of the opening of its session."""
    if text.adopted:
        return int(text.adopted[:4])
    place = place_of(text.symbol)
    return 1945 + place.session if place else 0
