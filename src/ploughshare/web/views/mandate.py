"""A mandate: its thread from what was asked over what was done to where it stands, with the evidence for each."""

from __future__ import annotations

from typing import Any

from ploughshare.library.consensus import PREFERRED
from ploughshare.tracking.standing import status

from ..page import MissingError, Page, Visit
from .resolution import missing
from .standing import COLUMNS, as_data, as_rows, by_ids, shown


def mandate(visit: Visit, identifier: str) -> Page:
    """The page of a mandate."""
    _ = visit.tongue
    library = visit.library
    symbol, __, _rest = identifier.partition("#")
    if library.database.value("SELECT 1 FROM undertaking WHERE id = ?", (identifier,)) is None:
        if library.database.value("SELECT 1 FROM resolution WHERE symbol = ?", (symbol,)) is None:
            raise missing(visit, symbol)
        rows = library.database.rows("SELECT id FROM undertaking WHERE symbol = ? ORDER BY place LIMIT 12", (symbol,))
        raise MissingError(
            _("{symbol} asks for no such thing.").format(symbol=symbol),
            [(symbol, symbol), *((one, "#" + one) for (one,) in rows)],
        )
    found = status(library, identifier, visit.day)
    one = shown(visit, found)[0]
    evidence = _evidence(visit, one.asked.symbol, one.asked.paragraph, identifier)
    anew = library.database.value("SELECT by FROM anew WHERE undertaking = ?", (identifier,))
    before = [
        row[0]
        for row in library.database.rows("SELECT undertaking FROM anew WHERE by = ? ORDER BY undertaking LIMIT 20", (identifier,))
    ]
    later, earlier = shown(visit, by_ids(visit, [anew] if anew else [])), shown(visit, by_ids(visit, before))
    acts = [
        {
            "act": act,
            "kind": _kind(visit, act.kind),
            "day": _.day(act.day),
            "who": _.who(act.actors),
            "symbol": (act.paragraph or "").partition("#")[0],
            "paragraph": (act.paragraph or "").partition("#")[2],
        }
        for act in one.status.acts
    ]
    return Page(
        "mandate",
        "mandates/" + identifier.replace("#", "/").replace("!", "/"),
        f"{symbol} {one.asked.paragraph}: {one.act}",
        {
            "one": one,
            "evidence": evidence,
            "acts": acts,
            "later": later,
            "earlier": earlier,
            "force": _.words.force(one.asked.force),
            "adopted": library.database.value("SELECT adopted FROM resolution WHERE symbol = ?", (symbol,)),
            "details": _details(one.asked.details),
        },
        lambda: {
            **as_data(visit, found)[0],
            "evidence": [{name: value for name, value in each.items() if name != "parts"} for each in evidence],
            "asked_anew_by": anew,
            "asks_anew": before,
        },
        lambda: (COLUMNS, as_rows(visit, found)),
        under="due",
    )


def _evidence(visit: Visit, symbol: str, paragraph: str, identifier: str) -> list[dict[str, Any]]:
    """The words in each language, the rule that read them, and the original they stand in; the visit's language first."""
    rows = visit.library.database.rows(
        "SELECT text.language, paragraph.id, paragraph.words, paragraph.start, paragraph.stop, mandate.start, mandate.stop, rule, "
        "original.entry, digest, format, name FROM text JOIN paragraph ON paragraph.text = text.id "
        "LEFT JOIN mandate ON mandate.text = text.id AND mandate.id = ? LEFT JOIN original ON original.entry = text.entry "
        "WHERE text.symbol = ? AND paragraph.id = ?",
        (identifier, symbol, paragraph),
    )
    found = []
    for language, __, words, first, last, start, stop, rule, entry, digest, form, name in rows:
        parts = [("", words)]
        # Where nothing was taken out of the paragraph, the place in the input is the place in its words.
        if start is not None and last - first == len(words) and first <= start < stop <= last:
            parts = [("", words[: start - first]), ("mark", words[start - first : stop - first]), ("", words[stop - first :])]
        found.append(
            {
                "language": language,
                "words": words,
                "parts": parts,
                "span": [start, stop] if start is not None else None,
                "rule": rule,
                "entry": entry,
                "sha256": digest,
                "format": form,
                "name": name,
            }
        )
    order = [visit.language, *PREFERRED]
    return sorted(found, key=lambda each: order.index(str(each["language"])))


def _kind(visit: Visit, kind: str) -> str:
    """A kind of act in words."""
    _ = visit.tongue
    return {
        "report-issued": _("report issued"),
        "item-included": _("item included in the agenda"),
        "meeting-held": _("meeting held"),
        "views-submitted": _("views submitted"),
        "views-sought": _("views sought"),
        "reasons-stated": _("reasons stated"),
        "document-transmitted": _("document transmitted"),
        "briefing-given": _("briefing given"),
    }.get(kind, kind)


def _details(details: Any) -> list[tuple[str, str]]:
    """What else the act needs, by its code."""
    return [
        (str(name), ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
        for name, value in details.items()
    ]
