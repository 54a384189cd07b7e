"""Text → Resolution: paragraphs come in; symbol, title, paragraphs with their numbers, verbs and citations go out."""

from __future__ import annotations

from ploughshare.model.resolution import Resolution
from ploughshare.model.text import Text

from . import complete, structure

__all__ = ["parse"]


def parse(text: Text) -> Resolution:
    """What is the structure of this resolution, and what does it cite?

    Any reader's Text will do; numbers stand in front of the words of its blocks.

    Raises NotAResolutionError where the text is neither a resolution nor a decision.
    """
    return complete.complete(structure.structure(text))
