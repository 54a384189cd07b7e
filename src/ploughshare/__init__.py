"""Ploughshare: from the text of a United Nations resolution to the deed, and to the proof of the deed."""

__version__ = "0.1.0"
