"""Resolution and what it asks → the JSON contract: one object of plain values, the same keys for every text.

The shape is published as ``resolution.schema.json`` beside this module. Keys of the contract are always there, null or empty
where the text has nothing to say; further keys follow them and stand only where there is something.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from ploughshare.lexicon.load import load
from ploughshare.model.mandate import Extraction, Mandate
from ploughshare.model.resolution import Citation, Footnote, Paragraph, Resolution
from ploughshare.model.text import Place, Span, places

_NOTHING = Extraction((), (), ())


def to_json(resolution: Resolution, extraction: Extraction | None, file: str) -> dict[str, Any]:
    """What does the program say of this file?

    Built from dictionaries, lists, strings and numbers only. Without an extraction the lists of what is asked are empty.
    """
    extraction = extraction or _NOTHING
    report, meeting = resolution.report, resolution.meeting
    said: dict[str, Any] = {
        "file": file,
        "symbol": resolution.symbol,
        "language": resolution.language,
        "session": resolution.session,
        "title": resolution.title,
        "agenda_item": resolution.agenda_item,
        "agenda_title": resolution.agenda_title,
        "adopted": resolution.adopted,
        "distributed": resolution.distributed,
        "report": report and {"symbol": report.symbol, "paragraph": report.paragraph, "committee": report.committee},
        "meeting": meeting and {"number": meeting.number, "resumed": meeting.resumed},
        "paragraphs": [_paragraph(paragraph, resolution) for paragraph in resolution.paragraphs],
        "footnotes": [_footnote(note) for note in resolution.footnotes],
        "citations": [_citation(citation, resolution) for citation in resolution.citations],
        "mandates": [_mandate(mandate, resolution) for mandate in extraction.mandates],
        "no_mandate": list(extraction.no_mandate),
        "unread": [{"paragraph": unread.paragraph, "why": unread.why} for unread in extraction.unread],
    }
    return said | {key: value for key, value in _more(resolution).items() if value}


def to_line(resolution: Resolution, extraction: Extraction | None, file: str) -> bytes:
    """The same as one line of UTF-8 with its newline, keys in the order of the contract."""
    said = to_json(resolution, extraction, file)
    try:
        return msgspec.json.encode(said) + b"\n"
    except UnicodeEncodeError:  # half a character, from a damaged file
        return msgspec.json.encode(_whole(said)) + b"\n"


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) that every output of ``to_json`` fits."""
    text = (files(__package__) / "resolution.schema.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, Any])


def _more(resolution: Resolution) -> dict[str, Any]:
    vote, more = resolution.vote, load("akn")["steps"]["more_sponsors"]
    return {
        "body": resolution.body,
        "enacting": resolution.enacting,
        "headings": [
            _fields(heading, "text", "before", "level", "part") | {"span": list(heading.span)} for heading in resolution.headings
        ],
        "annexes": list(resolution.annexes),
        "loose_anchors": [{"place": place, "footnote": mark} for place, mark in resolution.loose_anchors],
        "vote": vote and _fields(vote, "outcome", "in_favour", "against", "abstaining", "counts"),
        "sponsors": list(resolution.sponsors),
        "additional_sponsors": [name for step in resolution.workflow if step.outcome == more for name in step.by],
        "subjects": [
            _fields(subject, "label", "dictionary") | {"address": subject.address or None} for subject in resolution.subjects
        ],
        "workflow": [_fields(step, "outcome", "date", "document", "by", "refers_to") for step in resolution.workflow],
        "format": resolution.source.format,
    }


def _fields(thing: object, *names: str) -> dict[str, Any]:
    return {name: _plain(getattr(thing, name)) for name in names}


def _paragraph(paragraph: Paragraph, resolution: Resolution) -> dict[str, Any]:
    span = paragraph.span
    said: dict[str, Any] = {
        "id": paragraph.id,
        "kind": paragraph.kind,
        "number": paragraph.number,
        "verbs": [{"text": verb.text, "lemma": verb.lemma, "force": verb.force} for verb in paragraph.verbs],
        "text": paragraph.text,
        "footnotes": list(paragraph.marks),
        "span": [span.start, span.stop],
    }
    if paragraph.closing:
        said["closing"] = paragraph.closing
    return said | _on_paper(places(resolution.lines, span))


def _footnote(note: Footnote) -> dict[str, Any]:
    return {
        "mark": note.mark,
        "text": note.text,
        "citations": [{"text": citation.text, "target": citation.target} for citation in note.citations],
    }


def _citation(citation: Citation, resolution: Resolution) -> dict[str, Any]:
    span = citation.span
    return {
        "paragraph": citation.paragraph,
        "text": citation.text,
        "target": citation.target,
        "span": [span.start, span.stop],
    } | _on_paper(places(resolution.lines, span))


def _mandate(mandate: Mandate, resolution: Resolution) -> dict[str, Any]:
    evidence = mandate.evidence
    return {
        "id": mandate.id,
        "paragraph": mandate.paragraph,
        "force": mandate.force,
        "addressees": list(mandate.addressees),
        "action": mandate.action,
        "recipients": list(mandate.recipients),
        "due": None if mandate.due is None else _plain(mandate.due),
        "details": _plain(mandate.details),
        "evidence": {"span": list(Span(*evidence.span)), "rule": evidence.rule}
        | _on_paper(evidence.places or places(resolution.lines, evidence.span)),
    }


def _on_paper(found: tuple[Place, ...]) -> dict[str, Any]:
    return {"places": [{"page": place.page, "box": list(place.box)} for place in found]} if found else {}


def _plain(value: Any) -> Any:
    """Mappings and tuples as dictionaries and lists."""
    if isinstance(value, str | int | float | None):
        return value
    if hasattr(value, "items"):
        return {str(key): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value]


def _whole(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in value.items()}
    return [_whole(inner) for inner in value] if isinstance(value, list) else value
