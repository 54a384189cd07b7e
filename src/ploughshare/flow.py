"""The whole journey as typed calls in order: bytes → Text → Resolution → mandates. Nothing clever; read this first."""

from __future__ import annotations

from dataclasses import dataclass

from ploughshare.errors import PloughshareError, UnreadableError
from ploughshare.extracting import extract
from ploughshare.model.mandate import Extraction
from ploughshare.model.resolution import Resolution
from ploughshare.model.text import Text
from ploughshare.parsing import parse
from ploughshare.reading import detect


@dataclass(frozen=True, slots=True)
class Reading:
    """A document read to the end: the resolution and what it asks."""

    resolution: Resolution
    extraction: Extraction


def read_text(data: bytes, name: str, language: str | None = None) -> Text:
    """What whole paragraphs and footnotes do these bytes hold? The format is told by content, never by name.

    ``language`` overrides what the text itself suggests. Raises UnreadableError for bytes that hold no text.
    """
    return _read_as(detect.format_of(data), data, name, language)


def _read_as(form: detect.Format, data: bytes, name: str, language: str | None) -> Text:
    match form:
        case "html":
            from ploughshare.reading import html as reader
        case "docx":
            from ploughshare.reading import docx as reader  # type: ignore[no-redef]
        case "doc":
            from ploughshare.reading import doc as reader  # type: ignore[no-redef]
        case "pdf":
            from ploughshare.reading import pdf as reader  # type: ignore[no-redef]
        case "akn":
            raise UnreadableError("this is Akoma Ntoso XML, which is a resolution already", advice="use read_resolution")
        case _:
            from ploughshare.reading import plain as reader  # type: ignore[no-redef]
    return reader.read(data, name, language)


def read_resolution(data: bytes, name: str, language: str | None = None) -> Resolution:
    """What is the structure of the resolution in these bytes? Akoma Ntoso gives it straight; all else through its text.

    Raises UnreadableError or NotAResolutionError, with the name in front.
    """
    try:
        form = detect.format_of(data)
        if form == "akn":
            from ploughshare.reading import akn

            return akn.read(data, name, language)
        return parse(_read_as(form, data, name, language))
    except PloughshareError as error:
        raise error if error.where else error.at(name) from error


def read_mandates(data: bytes, name: str, language: str | None = None) -> Reading:
    """Who must do what, to whom, by when, in this document? The journey from end to end.

    >>> text = "99/901. A specimen\\n\\nThe General Assembly,\\n\\nRecalling its resolution 98/1,\\n\\n"
    >>> text += "Requests the Secretary-General to report to it at its hundredth session."
    >>> [(m.action, m.addressees, m.due) for m in read_mandates(text.encode(), "specimen").extraction.mandates]
    [('submit-report', ('SG',), {'session': 100})]
    """
    resolution = read_resolution(data, name, language)
    return Reading(resolution, extract(resolution))
