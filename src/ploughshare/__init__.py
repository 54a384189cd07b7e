"""Ploughshare: from the text of a United Nations resolution to the deed, and to the proof of the deed.

::

    bytes ─reading→ Text ─parsing→ Resolution ─extracting→ Mandate ┐
                                                                   ├─tracking→ Status
    people ──────────────────────────────→ Act ─recording→ Record ─┘

>>> from ploughshare import extract, parse, read
>>> text = "99/901. A specimen\\n\\nThe General Assembly,\\n\\nRecalling its resolution 98/1,\\n\\n"
>>> text += "Requests the Secretary-General to report to it at its hundredth session."
>>> resolution = parse(read(text.encode(), "specimen.txt"))
>>> for mandate in extract(resolution).mandates:
...     print(mandate.id, mandate.addressees, mandate.recipients, mandate.due)
A/RES/99/901#op1!submit-report ('SG',) ('GA',) {'session': 100}

A library keeps resolutions and what was done about them (docs/following.md)::

    library = Library.open(Path("disarmament"), create=True)
    add(library, ["resolutions/"], jobs=2)
    for standing in due(library, addressees=["SG"]):
        print(standing.undertaking.id, standing.status.state)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ploughshare.extracting import extract
    from ploughshare.flow import read_mandates, read_resolution
    from ploughshare.flow import read_text as read
    from ploughshare.library.disagreements import disagreements as differences
    from ploughshare.library.library import Library
    from ploughshare.parsing import parse
    from ploughshare.publishing.ical import calendar
    from ploughshare.reading.fetch import fetch
    from ploughshare.searching.agreed import agreed
    from ploughshare.searching.compare import compare
    from ploughshare.searching.search import search
    from ploughshare.tracking.acts import record as act
    from ploughshare.tracking.agenda import agenda
    from ploughshare.tracking.due import due
    from ploughshare.tracking.history import series
    from ploughshare.tracking.imports import import_table as import_treaties
    from ploughshare.tracking.keeping import add, rebuild
    from ploughshare.tracking.standing import status
    from ploughshare.tracking.states import state
    from ploughshare.tracking.treaties import treaty
    from ploughshare.verifying.sizes import sample_size as sample
    from ploughshare.verifying.vault import commit
    from ploughshare.web.files import publish

__version__ = "0.1.0"
__all__ = [
    "Library",
    "act",
    "add",
    "agenda",
    "agreed",
    "calendar",
    "commit",
    "compare",
    "differences",
    "due",
    "extract",
    "fetch",
    "import_treaties",
    "parse",
    "publish",
    "read",
    "read_mandates",
    "read_resolution",
    "rebuild",
    "sample",
    "search",
    "series",
    "state",
    "status",
    "treaty",
]

_HOMES = {
    "Library": ("ploughshare.library.library", "Library"),
    "act": ("ploughshare.tracking.acts", "record"),
    "add": ("ploughshare.tracking.keeping", "add"),
    "agenda": ("ploughshare.tracking.agenda", "agenda"),
    "agreed": ("ploughshare.searching.agreed", "agreed"),
    "calendar": ("ploughshare.publishing.ical", "calendar"),
    "commit": ("ploughshare.verifying.vault", "commit"),
    "compare": ("ploughshare.searching.compare", "compare"),
    "differences": ("ploughshare.library.disagreements", "disagreements"),
    "due": ("ploughshare.tracking.due", "due"),
    "extract": ("ploughshare.extracting", "extract"),
    "fetch": ("ploughshare.reading.fetch", "fetch"),
    "import_treaties": ("ploughshare.tracking.imports", "import_table"),
    "parse": ("ploughshare.parsing", "parse"),
    "publish": ("ploughshare.web.files", "publish"),
    "read": ("ploughshare.flow", "read_text"),
    "read_mandates": ("ploughshare.flow", "read_mandates"),
    "read_resolution": ("ploughshare.flow", "read_resolution"),
    "rebuild": ("ploughshare.tracking.keeping", "rebuild"),
    "sample": ("ploughshare.verifying.sizes", "sample_size"),
    "search": ("ploughshare.searching.search", "search"),
    "series": ("ploughshare.tracking.history", "series"),
    "state": ("ploughshare.tracking.states", "state"),
    "status": ("ploughshare.tracking.standing", "status"),
    "treaty": ("ploughshare.tracking.treaties", "treaty"),
}


def __getattr__(name: str) -> Any:
    """The public verbs, imported when first used: ``import ploughshare`` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
