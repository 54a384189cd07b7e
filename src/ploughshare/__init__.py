"""Ploughshare: from the text of a United Nations resolution to the deed, and to the proof of the deed.

::

    bytes ─reading→ Text ─parsing→ Resolution ─extracting→ Mandate

>>> from ploughshare import extract, parse, read
>>> text = "99/901. A specimen\\n\\nThe General Assembly,\\n\\nRecalling its resolution 98/1,\\n\\n"
>>> text += "Requests the Secretary-General to report to it at its hundredth session."
>>> resolution = parse(read(text.encode(), "specimen.txt"))
>>> for mandate in extract(resolution).mandates:
...     print(mandate.id, mandate.addressees, mandate.recipients, mandate.due)
A/RES/99/901#op1!submit-report ('SG',) ('GA',) {'session': 100}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ploughshare.extracting import extract
    from ploughshare.flow import read_mandates, read_resolution
    from ploughshare.flow import read_text as read
    from ploughshare.parsing import parse
    from ploughshare.tracking.imports import import_table as import_treaties
    from ploughshare.tracking.states import state
    from ploughshare.tracking.treaties import treaty

__version__ = "0.1.0"
__all__ = ["extract", "import_treaties", "parse", "read", "read_mandates", "read_resolution", "state", "treaty"]

_HOMES = {
    "extract": ("ploughshare.extracting", "extract"),
    "import_treaties": ("ploughshare.tracking.imports", "import_table"),
    "parse": ("ploughshare.parsing", "parse"),
    "read": ("ploughshare.flow", "read_text"),
    "read_mandates": ("ploughshare.flow", "read_mandates"),
    "read_resolution": ("ploughshare.flow", "read_resolution"),
    "state": ("ploughshare.tracking.states", "state"),
    "treaty": ("ploughshare.tracking.treaties", "treaty"),
}


def __getattr__(name: str) -> Any:
    """The public verbs, imported when first used: ``import ploughshare`` alone costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
