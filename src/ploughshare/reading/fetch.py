"""A document by its symbol, from the document service of the United Nations (``documents.un.org/api/symbol/access``).

The service answers 200 with an empty body for what is not published, and may send an error page or an older form of file than
asked; so the body is looked at, never the status alone. Asked politely: one request at a time, a pause before trying again,
``Retry-After`` heeded.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPException, HTTPResponse
from typing import Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from ploughshare import __version__
from ploughshare.errors import FetchError
from ploughshare.reading import detect

Form = Literal["pdf", "docx", "doc"]
SERVICE = "https://documents.un.org/api/symbol/access"
#: Documents of a few hundred pages have some MB; what is larger than this is none.
LARGEST = 64 * 1024 * 1024
PATIENCE = 60.0
#: Pauses before each further try, in seconds; no wait is longer than the last.
PAUSES = (2.0, 8.0, 30.0)
#: "Too many requests" and faults of the service itself pass; any other refusal stays.
PASSING = frozenset((408, 425, 429, 500, 502, 503, 504))
#: What may come for each form asked for: the service keeps some documents in the older form of Word.
EXPECTED: dict[Form, frozenset[str]] = {
    "pdf": frozenset(("pdf",)),
    "docx": frozenset(("docx", "doc")),
    "doc": frozenset(("doc", "docx")),
}


class _SameScheme(HTTPRedirectHandler):
    """Follows the service to another address, but never from a sealed line to an open one."""

    def redirect_request(self, req: Request, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        """The request at the new address."""
        if urlsplit(newurl).scheme != urlsplit(req.full_url).scheme:
            raise FetchError("the service sent us to an address of another kind", where=newurl, advice="try again later")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    symbol: str,
    language: str,
    form: Form = "docx",
    *,
    service: str = SERVICE,
    pause: Callable[[float], None] = time.sleep,
) -> bytes:
    """The bytes of a document in a language.

    FetchError where it is not published, where the service does not answer, or where what came is no such document.
    Nothing is kept: ``ploughshare fetch`` puts it into a library.
    """
    where = f"{symbol} ({language})"
    if urlsplit(service).scheme not in ("https", "http"):
        raise FetchError("the address of the service is none", where=service, advice="name one that begins with https://")
    address = f"{service}?{urlencode({'s': symbol, 'l': language, 't': form})}"
    request = Request(address, headers={"User-Agent": f"ploughshare/{__version__}", "Accept": "*/*"})  # noqa: S310 - see above
    opener = build_opener(_SameScheme)
    for wait in (*PAUSES, None):
        try:
            with opener.open(request, timeout=PATIENCE) as answer:
                return _checked(_body(answer, where), form, where)
        except HTTPError as error:
            with error:
                if error.code not in PASSING or wait is None:
                    raise FetchError(
                        f"the service answered {error.code} {error.reason}", where=where, advice=_advice(error.code)
                    ) from None
                pause(min(_asked_for(error) or wait, PAUSES[-1]))
        except (URLError, HTTPException, TimeoutError, ConnectionError) as error:
            if wait is None:
                said = getattr(error, "reason", None) or error
                raise FetchError(
                    f"the service cannot be reached ({said})",
                    where=where,
                    advice="check the connection, or download the file and `add` it",
                ) from error
            pause(wait)
    raise AssertionError("unreachable")  # the last pause is None, which always raises


def _body(answer: HTTPResponse, where: str) -> bytes:
    expected = answer.headers.get("Content-Length")
    data = answer.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FetchError(f"what came is larger than {LARGEST // 1024 // 1024} MiB", where=where, advice="download it by hand")
    if expected and expected.isdecimal() and len(data) < int(expected):
        raise HTTPException("the answer was cut off")
    return data


def _checked(data: bytes, form: Form, where: str) -> bytes:
    """The body, if it is what was asked for."""
    if not data:
        raise FetchError("it is not published", where=where, advice="check the symbol, or ask for another language or form")
    try:
        found: str = detect.format_of(data)
    except Exception:
        found = "unknown"
    if found not in EXPECTED[form]:
        raise FetchError(f"what came is no {form} ({found})", where=where, advice="try again later, or another form")
    return data


def _asked_for(error: HTTPError) -> float | None:
    """The pause that the service asks for, in seconds."""
    said = error.headers.get("Retry-After", "") if error.headers else ""
    return float(said) if said.isdecimal() else None


def _advice(code: int) -> str:
    return "check the symbol" if code in (400, 404, 410) else "try again later, or download the file and `add` it"
