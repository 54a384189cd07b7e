"""Putting what was done on the record: an act is checked against the mandates it names before it is signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ploughshare.errors import ActError, UnknownError
from ploughshare.lexicon.load import load
from ploughshare.library.entries import ActBody, DisputeBody, composed
from ploughshare.library.library import Library
from ploughshare.library.rows import packed
from ploughshare.recording.entry import Correction
from ploughshare.recording.note import Signer

from .assess import answers
from .settle import settled
from .sources import commitment
from .standing import mandates_near
from .states import state, states

#: Kinds of act that tell something about a mandate without answering it.
TELLING = frozenset(("reasons-stated", "assessment"))


def kinds() -> dict[str, str]:
    """Every kind of act, with what it records."""
    return dict(load("answers")["acts"])


def record(library: Library, act: ActBody, author: Signer | None = None) -> str:
    """Put an act on the record, signed by its author (the library's own key if None): its identifier, ``act:<entry>``.

    It may name several mandates and commitments, or none; each must be known here and be of a kind that such an act answers.
    A day that has not come yet is refused: what will be done is no act. Raises ActError or UnknownError, with nothing recorded.
    """
    settled(library)
    act = composed(act)
    if act.act not in kinds():
        raise ActError(f"{act.act} is no kind of act", advice=f"the kinds are {', '.join(sorted(kinds()))}")
    try:
        day = date.fromisoformat(act.day)
    except ValueError as error:
        raise ActError(f"{act.day} is no day", advice="write it like 2026-11-21") from error
    if day > date.today():  # noqa: DTZ011 - a day of the calendar, where the person is
        raise ActError(f"{act.day} has not come yet", advice="record the act when it is done")
    _check_codes(act)
    for mandate in act.answers:
        action, adopted = _asked(library, mandate)
        if adopted and act.day < adopted:
            raise ActError(f"{mandate} was adopted on {adopted}, after {act.day}", advice="check the day, or the mandate")
        if act.act not in TELLING and not answers(action, act.act):
            answering = ", ".join(sorted(load("answers")["answers"][action]["acts"]))
            raise ActError(
                f"{act.act} does not answer a mandate to {action}", where=mandate, advice=f"it is answered by {answering}"
            )
    _check_news(library, act)
    for digest in act.evidence:
        library.originals.bytes_of(digest)
    return f"act:{library.put('act', act, author)}"


def dispute(library: Library, act: str, why: str, author: Signer | None = None) -> int:
    """Dispute an act, of the record or read out of a text: a further entry beside it. The number of the entry."""
    settled(library)
    if library.database.value("SELECT 1 FROM act WHERE id = ?", (act,)) is None:
        raise UnknownError(
            f"{act} is no act of this library", advice="`ploughshare status SYMBOL --json` lists acts with their identifiers"
        )
    return library.put("dispute", DisputeBody(act, why), author)


def withdraw(library: Library, act: str, why: str, author: Signer | None = None) -> int:
    """Take back an act of the record: a correction that names it. The act itself stays where it is. The number of the entry."""
    entry = library.database.value("SELECT entry FROM act WHERE id = ? AND withdrawn IS NULL", (act,))
    if entry is None:
        raise UnknownError(
            f"{act} is no act of the record that stands", advice="only recorded acts can be withdrawn; dispute one read from a text"
        )
    return library.put("correction", Correction(entry, why, True), author)


def keep_evidence(library: Library, files: Sequence[bytes]) -> tuple[str, ...]:
    """Keep files as evidence of an act: their digests."""
    return tuple(library.originals.keep(data) for data in files)


def _asked(library: Library, mandate: str) -> tuple[str, str | None]:
    """The kind of act that a mandate or a commitment asks for, and the day it was adopted."""
    if "#" not in mandate and "/" not in mandate:
        known = commitment(mandate)
        if known.code != mandate:
            raise UnknownError(f"no commitment has the code {mandate}", advice=f"it is written {known.code}")
        return known.action, known.source.adopted.isoformat()
    action = library.database.value("SELECT action FROM undertaking WHERE id = ?", (mandate,))
    if action is None:
        raise UnknownError(f"{mandate} is no mandate of this library", advice=_nearby(library, mandate))
    return action, library.database.value("SELECT adopted FROM resolution WHERE symbol = ?", (mandate.partition("#")[0],))


def _nearby(library: Library, mandate: str) -> str:
    symbol = mandate.partition("#")[0]
    known = mandates_near(library, mandate)
    return f"{symbol} asks for {known}" if known else f"{symbol} is not in the library; add it first"


def _check_codes(act: ActBody) -> None:
    """Actors and instruments by codes that are known here, so that they can be counted."""
    for actor in act.actors:
        if actor not in load("groups", "en") and actor not in {one.iso3 for one in states()}:
            try:
                meant = state(actor)
            except UnknownError as error:
                raise ActError(
                    f"{actor} is no code of a State or an addressee", advice="write codes like KEN, SG, CD; `ploughshare state KEN`"
                ) from error
            raise ActError(f"{actor} is no code", advice=f"write {meant.iso3}")
    if act.instrument is not None and act.instrument not in load("treaties"):
        raise ActError(f"{act.instrument} is no code of a treaty", advice=f"codes are {', '.join(load('treaties'))}")


def _check_news(library: Library, act: ActBody) -> None:
    """It must say something, and something that is not recorded already: an act that stands twice would count twice."""
    if not (act.answers or act.document or act.instrument or act.place or act.note or act.evidence):
        raise ActError(
            "it does not say what was done", where=act.act, advice="name a mandate it answers, or a document, treaty, place or note"
        )
    same = library.database.value("SELECT id FROM act WHERE body = ? AND entry IS NOT NULL AND withdrawn IS NULL", (packed(act),))
    if same is not None:
        raise ActError(f"this is on the record as {same}", advice="say by --note, --place or --document what makes it another act")
