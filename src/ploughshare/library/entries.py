"""What the record says of a library: the shapes of its entries. Every field is checked on the way in; none is added unseen."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any, Literal, TypeVar

import msgspec

from ploughshare.recording.entry import Body, register

Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
Short = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
Long = Annotated[str, msgspec.Meta(min_length=1, max_length=8000)]


class DocumentBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A document came into the library: its bytes by their SHA-256, the name it had, and where it is from."""

    digest: Digest
    size: Annotated[int, msgspec.Meta(ge=0)]
    name: Short
    #: Given by the person who added it, against what the text itself suggests.
    language: Literal["ar", "en", "es", "fr", "ru", "zh"] | None = None
    source: Short | None = None


class ActBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Something was done: the kind of act, when, by whom, and which mandates it answers (``A/RES/79/240#op5!submit-report``)."""

    act: Short
    day: Day
    answers: tuple[Short, ...] = ()
    actors: tuple[Short, ...] = ()
    #: The symbol of the document that shows it, or that it is about.
    document: Short | None = None
    instrument: Short | None = None
    #: For which occurrence of a request that recurs: a session or a year.
    occurrence: int | None = None
    place: Short | None = None
    note: Long | None = None
    #: Originals kept in the library as its evidence.
    evidence: tuple[Digest, ...] = ()


class DisputeBody(Body, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act, recorded or read out of a text, is disputed by somebody, with the reason. Both stay."""

    act: Short
    why: Long


AnyBody = TypeVar("AnyBody", bound=Body)


def composed(body: AnyBody) -> AnyBody:
    """A body with its words in Unicode form NFC, as the record keeps them: keyboards and systems differ in how they write é."""
    return msgspec.structs.replace(body, **{name: _nfc(value) for name, value in msgspec.structs.asdict(body).items()})


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return tuple(map(_nfc, value)) if isinstance(value, tuple) else value


def spelled(name: str) -> str:
    r"""A file's name as the record keeps it: in form NFC; what is no character of a text, or would move those around it, escaped.

    >>> spelled("line\nend.txt"), spelled("\udcff.txt")
    ('line\\nend.txt', '\\xff.txt')
    """
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    shown = (c if c.isprintable() or unicodedata.category(c) == "Zs" else c.encode("unicode_escape").decode() for c in text)
    return unicodedata.normalize("NFC", "".join(shown))


register("document", DocumentBody)
register("act", ActBody)
register("dispute", DisputeBody)
