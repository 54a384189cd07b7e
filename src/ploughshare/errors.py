"""What can go wrong, said so that a person knows what to do next.

One root, ``PloughshareError``; each kind carries one sentence of three parts: what is wrong, where, what to try.
Nothing else leaves a public verb: readers turn the errors of the libraries under them into these.
"""

from __future__ import annotations


class PloughshareError(Exception):
    """Something a person can act on. ``str()`` gives the whole sentence on one line."""

    def __init__(self, what: str, *, where: str = "", advice: str = "") -> None:
        self.what, self.where, self.advice = (" ".join(part.split()) for part in (what, where, advice))
        super().__init__(what, where, advice)

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}" if self.where else self.what
        return f"{sentence}; {self.advice}" if self.advice else sentence

    def at(self, where: str) -> PloughshareError:
        """The same error, with the place it happened at (a file's name) filled in."""
        return type(self)(self.what, where=where, advice=self.advice)


class UnreadableError(PloughshareError):
    """The bytes cannot be turned into text: empty, binary, truncated, encrypted, pictures only, too large."""


class NotAResolutionError(PloughshareError):
    """The text was read, and it is not a resolution or decision: there is nothing to say who must do what."""


class LexiconError(PloughshareError):
    """A data file of the lexicon is wrong: an entry that no rule can use, or one whose example it does not read."""


class SymbolError(PloughshareError):
    """The characters are not the symbol of a document of the United Nations."""


class RecordError(PloughshareError):
    """The record, a proof, a key or an entry cannot be used: malformed, damaged, forged, or not what it claims to be."""


class LibraryError(PloughshareError):
    """A library on disk cannot be used as it is: not there, damaged, full, held by another process, of a newer form."""


class DamagedError(LibraryError):
    """A file of derived tables is no database, or no longer whole: it can be thrown away and made again."""


class CalendarError(PloughshareError):
    """A day, a session or a line of a calendar file is none."""


class UnknownError(PloughshareError):
    """A symbol, paragraph, mandate, State, treaty or entry that was asked for is not known here; the advice names the nearest."""


class ActError(PloughshareError):
    """An act cannot go on the record as it was told: its kind, its day or what it says it answers is wrong."""


class FetchError(PloughshareError):
    """A document cannot be had from the document service: not published, not reachable, not what was asked for."""


class TableError(PloughshareError):
    """A table of facts cannot be read at all: no table, too large, columns missing."""


class DeclarationError(PloughshareError):
    """A declaration, a vault or a disclosure is refused. ``code`` says why to programs; no value of a field is ever in it."""

    def __init__(self, what: str, *, code: str = "MALFORMED", where: str = "", advice: str = "") -> None:
        super().__init__(what, where=where, advice=advice)
        self.code = code

    def __str__(self) -> str:
        return f"{self.code}: {super().__str__()}"

    def at(self, where: str) -> DeclarationError:
        """The same refusal, with the place filled in."""
        return DeclarationError(self.what, code=self.code, where=where, advice=self.advice)


class SamplingError(PloughshareError):
    """A sampling plan cannot be computed as it was asked for: a number out of range, or a plan that nothing can meet."""


class QueryError(PloughshareError):
    """A question cannot be searched for: a quotation mark left open, nothing to find, too long, a facet that is none."""
