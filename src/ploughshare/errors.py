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


class UnknownNameError(PloughshareError):
    """A code or a name that stands for no State, no treaty, no group; the advice names the nearest."""


class TableError(PloughshareError):
    """A table of facts cannot be read at all: no table, too large, columns missing."""
