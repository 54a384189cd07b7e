"""Resolution → mandates: who must do what, to whom, by when, and the operative paragraphs that could not be read."""

from .mandates import extract

__all__ = ["extract"]
