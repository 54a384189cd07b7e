"""Answers that are kept: what was written once for a moment is given to everybody until the moment passes.

Stands before the routes. It also takes the ending off an address (``.json``), sets what browsers are told about safety, and
answers with "not modified" where the reader has the page already.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from litestar.enums import HttpMethod, ScopeType
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

#: The endings of an address that are forms of the same page.
FORMS = ("json", "csv", "akn", "md")
#: Addresses that are files of their own, whatever they end in.
OWN = ("/schema", "/static/", "/bulk/", "/record/")
#: What is kept is at most so large, and a single answer so.
ROOM, LARGEST = 64 * 1024 * 1024, 2 * 1024 * 1024
#: From this size on, an answer is packed for those who can unpack it.
PACKED = 600
#: A longer address is nobody's.
LONGEST = 2000

HEADERS = [
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
        b"base-uri 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    tag: bytes


class Kept:
    """Answers by their addresses; when the moment passes, or room is short, the oldest go."""

    def __init__(self, room: int = ROOM) -> None:
        self._room, self._size = room, 0
        self._moment: Hashable = None
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, moment: Hashable, key: Hashable) -> Answer | None:
        """The answer of this moment, if it is kept."""
        with self._lock:
            return self._answers.get(key) if moment == self._moment else None

    def put(self, moment: Hashable, key: Hashable, answer: Answer) -> None:
        """Keep an answer."""
        with self._lock:
            if moment != self._moment:
                self._answers.clear()
                self._moment, self._size = moment, 0
            old = self._answers.pop(key, None)
            self._size += len(answer.body) - (len(old.body) if old else 0)
            self._answers[key] = answer
            while self._size > self._room:
                __, gone = self._answers.popitem(last=False)
                self._size -= len(gone.body)


class Answers:
    """The routes, with kept answers before them. ``moment`` says what holds now."""

    def __init__(self, app: ASGIApp, moment: Callable[[], Hashable]) -> None:
        self.app, self.moment, self.kept = app, moment, Kept()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == ScopeType.HTTP:
            await self._answer(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        head = scope["method"] == "HEAD"
        if head:
            scope["method"] = HttpMethod.GET
        path = scope["path"]
        asked = dict(scope["headers"])
        if len(path) + len(scope["query_string"]) > LONGEST:
            await _plain(send, 414, b"the address is too long")
            return
        own = path.startswith(OWN)
        if not own:
            stem, __, ending = path.rpartition(".")
            if ending in FORMS:
                scope["path"], scope["raw_path"] = stem, stem.encode("utf-8", "replace")
                scope["state"]["form"] = ending
        packed = b"gzip" in asked.get(b"accept-encoding", b"")
        # Which language a bare address leads to, the reader's own wishes say.
        key = (
            path,
            scope["query_string"],
            packed,
            asked.get(b"accept-language") if path.count("/") == 1 or path[:3] in ("/A/", "/S/", "/E/") else None,
        )
        moment = self.moment()
        found = self.kept.get(moment, key) if scope["method"] == "GET" else None
        if found is None:
            if path.startswith("/bulk/"):
                await self.app(scope, receive, _told(send, head))
                return
            gathered = _Gathered()
            await self.app(scope, receive, gathered)
            found = gathered.answer(packed)
            if found.status == 200 and scope["method"] == "GET" and scope["state"].get("fresh", True) and len(found.body) < LARGEST:
                self.kept.put(moment, key, found)
        await _send(send, found, asked.get(b"if-none-match"), head)


class _Gathered:
    """An answer while it comes."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self.parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = (
                message["status"],
                [(bytes(name).lower(), bytes(value)) for name, value in message["headers"]],
            )
        elif message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))

    def answer(self, packed: bool) -> Answer:
        """The whole of it."""
        body = b"".join(self.parts)
        tag = b'"' + sha256(body).hexdigest()[:20].encode() + b'"'
        headers = [(name, value) for name, value in self.headers if name != b"content-length"]
        if packed and len(body) > PACKED and not any(name == b"content-encoding" for name, __ in headers):
            body = gzip.compress(body, 5, mtime=0)
            headers.append((b"content-encoding", b"gzip"))
        headers += [(b"vary", b"accept-encoding, accept-language"), *HEADERS]
        if not any(name == b"cache-control" for name, __ in headers):
            headers.append((b"cache-control", b"no-cache"))
        return Answer(self.status, tuple(headers), body, tag)


async def _send(send: Send, answer: Answer, known: bytes | None, head: bool) -> None:
    if answer.status == 200 and known is not None and answer.tag in known:
        await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", answer.tag), *HEADERS]})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    headers = [*answer.headers, (b"content-length", str(len(answer.body)).encode())]
    if answer.status == 200:
        headers.append((b"etag", answer.tag))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else answer.body, "more_body": False})


def _told(send: Send, head: bool) -> Send:
    """A sender for what is too large to be kept."""

    async def told(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *HEADERS]
        elif head and message["type"] == "http.response.body":
            message["body"] = b""
        await send(message)

    return told


async def _plain(send: Send, status: int, words: bytes) -> None:
    headers: list[Any] = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(words)).encode()), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": words, "more_body": False})
