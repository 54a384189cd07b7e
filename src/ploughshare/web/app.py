"""The site as an ASGI application: ``site(folder)``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from litestar import Litestar, Request, get
from litestar.config.app import AppConfig
from litestar.exceptions import HTTPException, NotFoundException, ValidationException
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, Operation, PathItem, Reference, Schema
from litestar.response import Redirect, Response

from ploughshare import __version__
from ploughshare.lexicon.load import LANGUAGES

from . import downloads, routes
from .answers import Answers
from .routes import TYPES, Part, told
from .shelf import Shelf
from .tongue import tongue

STATIC = {
    "site.css": "text/css",
    "mark.svg": "image/svg+xml",
    "vendor/htmx.min.js": "text/javascript",
    "vendor/htmx.LICENSE": "text/plain",
}
DESCRIPTION = (
    "Pages answer as JSON at the same address with .json, tables as CSV with .csv. Addresses are made of language and symbol."
)


@cache
def static(name: str) -> bytes:
    """A file of the site: the style, the picture, the one script."""
    return (files(__package__) / "static" / name).read_bytes()


def preferred(request: Request[Any, Any, Any]) -> str:
    """The language of the six that the reader's browser asks for first; English else."""
    wishes = []
    for place, wish in enumerate(request.headers.get("accept-language", "")[:400].split(",")[:20]):
        tag, __, weight = wish.strip().partition(";q=")
        try:
            wishes.append((-float(weight or 1), place, tag[:2].lower()))
        except ValueError:
            continue
    return next((code for __, __, code in sorted(wishes) if code in LANGUAGES), "en")


@get("/", include_in_schema=False)
async def home(request: Request[Any, Any, Any]) -> Redirect:
    """The front page in the reader's language."""
    return Redirect(f"/{preferred(request)}/", status_code=302)


@get(["/A/{rest:path}", "/S/{rest:path}", "/E/{rest:path}"], include_in_schema=False)
async def short(request: Request[Any, Any, Any], rest: Part) -> Redirect:
    """A symbol as an address: ``/A/RES/79/240/zh`` leads to the text in that language."""
    symbol = f"{request.scope['path'].strip('/')[:1]}/{rest.strip('/')}"
    stem, __, last = symbol.rpartition("/")
    language, symbol = (last, stem) if last in LANGUAGES else (preferred(request), symbol)
    form = request.scope["state"].get("form")
    return Redirect(f"/{language}/{quote(symbol)}" + (f".{form}" if form else ""), status_code=302)


@get("/static/{name:path}", include_in_schema=False)
async def static_file(name: Part) -> Response[bytes]:
    """A file of the site."""
    kind = STATIC.get(name.strip("/"))
    if kind is None:
        raise NotFoundException
    return Response(static(name.strip("/")), media_type=kind, headers={"cache-control": "max-age=86400"})


def failed(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """An error as a page of its own, in the language and form that were asked for."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    first = request.scope["path"].strip("/").partition("/")[0]
    language = first if first in LANGUAGES else preferred(request)
    form = request.scope["state"].get("form", "html")
    extra = error.extra if isinstance(error, ValidationException) else None
    wrong = [str(one.get("key")) for one in extra if isinstance(one, Mapping)] if isinstance(extra, list) else []
    if "language" in wrong:
        status = 404
    _ = tongue(language)
    said = {404: _("There is no such page."), 405: _("Pages are only read here.")}.get(status, _("This cannot be answered."))
    if status == 400:
        said = _("This value cannot be used: {names}").format(names=", ".join(wrong))
    day = request.app.state.shelf.moment().day
    status, body, kind = told(language, day, form, status, said, [(_("What is due"), "due"), (_("Texts"), "texts")])
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    return Response(body, status_code=status, media_type=kind, headers=headers)


def site(folder: Path, on: date | None = None) -> Litestar:
    """The library of a folder as an application for any ASGI server; ``on``: told for this day. LibraryError for no library."""
    shelf, bulk = Shelf(folder, on), downloads.Bulk()

    def begin(config: AppConfig) -> AppConfig:
        config.state.shelf, config.state.bulk = shelf, bulk
        return config

    async def warm(__: Litestar) -> None:
        shelf.warm()

    async def end(__: Litestar) -> None:
        shelf.close()
        bulk.close()

    app = Litestar(
        [home, short, static_file, *routes.HANDLERS, *downloads.HANDLERS],
        on_app_init=[begin],
        on_startup=[warm],
        on_shutdown=[end],
        exception_handlers={Exception: failed},
        openapi_config=OpenAPIConfig(
            "Ploughshare",
            __version__,
            description=DESCRIPTION,
            path="/schema",
            render_plugins=[JsonRenderPlugin()],
            use_handler_docstrings=True,
        ),
        request_max_body_size=0,
        logging_config=None,
    )
    describe(app)
    app.asgi_handler = Answers(app.asgi_handler, shelf.moment)
    return app


def describe(app: Litestar) -> None:
    """Every page of the schema in each form that it answers in."""
    schema = app.openapi_schema
    pages: dict[str, PathItem] = schema.paths or {}
    for path, item in list(pages.items()):
        if item.get is None:
            continue
        if item.get.tags != ["pages"]:
            item.get.responses = _responses(TYPES["json"]) | {"200": _response("The file.", "*/*")}
            continue
        if path == "/{language}":
            del pages[path]
            continue
        for form in ("html", "json", "csv"):
            operation: Operation = replace(
                item.get, responses=_responses(TYPES[form]), operation_id=f"{item.get.operation_id}.{form}"
            )
            pages[path if form == "html" else f"{path}.{form}"] = PathItem(get=operation)


def _responses(kind: str) -> dict[str, OpenAPIResponse | Reference]:
    kind = kind.partition(";")[0]
    error = kind if kind == "text/html" else TYPES["json"]
    return {
        "200": _response("The page.", kind),
        "302": OpenAPIResponse("Another address."),
        "400": _response("A value that cannot be used.", error),
        "404": _response("No such page; what is nearest.", error),
        "503": _response("The library cannot be read at the moment.", error),
    }


def _response(words: str, kind: str) -> OpenAPIResponse:
    return OpenAPIResponse(words, content={kind: OpenAPIMediaType(schema=Schema())})
