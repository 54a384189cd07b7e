"""Where pages are: addresses made of language and symbol, as a server gives them and as files that lie beside each other.

A page is named by its path without the language (``A/RES/79/240``, ``due/open``) and what is asked of it (``page=2``). In a
folder of files the same page is ``en/due/open.page-2.html``, and its links say the way from file to file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from os.path import relpath
from typing import Protocol
from urllib.parse import quote, urlencode

_SAFE = "/()!~"
_UNSAFE = re.compile(r"[^A-Za-z0-9._()!~-]+")
#: What a file may be called on every system.
LONGEST = 120


def mandate_path(identifier: str) -> str:
    """The path of a mandate's page.

    >>> mandate_path("A/RES/79/240#op5!submit-report.2")
    'mandates/A/RES/79/240/op5/submit-report.2'
    """
    return "mandates/" + identifier.replace("#", "/").replace("!", "/")


def mandate_id(path: str) -> str:
    """The mandate that the end of a path means.

    >>> mandate_id("A/RES/79/240/op5/submit-report.2")
    'A/RES/79/240#op5!submit-report.2'
    """
    symbol, _, rest = path.rpartition("/")
    symbol, _, paragraph = symbol.rpartition("/")
    return f"{symbol}#{paragraph}!{rest}"


class Links(Protocol):
    """How a page says where another is."""

    #: Whether pages are files: what only a server can do is then left out.
    files: bool

    def page(self, path: str, language: str, query: Mapping[str, object] | None = None, at: str = "") -> str:
        """A page of the site; ``at``: the place in it."""
        ...

    def file(self, path: str) -> str:
        """A file that is the same in every language: the style, a download."""
        ...


class Served:
    """Links of a server: from its root."""

    files = False

    def page(self, path: str, language: str, query: Mapping[str, object] | None = None, at: str = "") -> str:
        """A page of the site.

        >>> Served().page("A/RES/55/33 D", "zh", {"text": "fr"}, "op5")
        '/zh/A/RES/55/33%20D?text=fr#op5'
        """
        asked = urlencode({name: str(value) for name, value in (query or {}).items() if value})
        return f"/{language}/{quote(path, safe=_SAFE)}" + (f"?{asked}" if asked else "") + (f"#{quote(at)}" if at else "")

    def file(self, path: str) -> str:
        """A file of the site."""
        return f"/{quote(path, safe=_SAFE)}"


@dataclass(slots=True)
class Lying:
    """Links of files: from one to the other. ``here`` is the file they stand in."""

    here: str
    files: bool = field(default=True, init=False)

    def page(self, path: str, language: str, query: Mapping[str, object] | None = None, at: str = "") -> str:
        """A page of the folder.

        >>> Lying("en/due.html").page("A/RES/79/240", "fr", at="op5")
        '../fr/A/RES/79/240.html#op5'
        """
        return self._to(file_of(path, language, query)) + (f"#{quote(at)}" if at else "")

    def file(self, path: str) -> str:
        """A file of the folder."""
        return self._to(path)

    def _to(self, file: str) -> str:
        return quote(relpath(file, self.here.rpartition("/")[0] or "."), safe=_SAFE)


def file_of(path: str, language: str, query: Mapping[str, object] | None = None) -> str:
    """The file of a page.

    >>> file_of("due/open", "en", {"for": "SG", "page": 2}), file_of("", "zh")
    ('en/due/open.for-SG.page-2.html', 'zh/index.html')
    """
    asked = "".join(f".{name}-{value}" for name, value in (query or {}).items() if value)
    parts = [_named(part) for part in (path or "index").split("/")]
    return "/".join([language, *parts[:-1], _named(parts[-1] + asked)]) + ".html"


def _named(part: str) -> str:
    """A name that every system takes: what it may not hold is replaced, and the name made different from all others."""
    safe = _UNSAFE.sub("_", part)
    if safe == part and part not in ("", ".", "..") and len(part) <= LONGEST:
        return part
    return f"{safe[: LONGEST - 12].strip('.')}~{sha256(part.encode('utf-8', 'replace')).hexdigest()[:10]}"
