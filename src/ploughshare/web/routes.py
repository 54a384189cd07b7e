"""The addresses of the site. Each function is a page: what it takes from the address, and the view that finds what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import wraps
from inspect import Parameter as Argument
from inspect import signature
from typing import Annotated, Any, Literal, get_type_hints

import anyio
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from litestar import Request, get
from litestar.handlers import HTTPRouteHandler
from litestar.params import PathParameter, QueryParameter
from litestar.response import Response

from ploughshare.errors import PloughshareError, UnknownError

from .addresses import Served, mandate_id
from .page import MissingError, Page, Visit, as_csv, as_html, as_json
from .shelf import READERS, Shelf
from .tongue import tongue
from .views import about, agenda, calendar, due, mandate, record, resolution, series, states, texts, treaties

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]
Spoken = Annotated[Language, PathParameter(description="Language of the interface.")]
Part = Annotated[str, PathParameter()]
Number = Annotated[int, QueryParameter(ge=1, le=100_000, description="Page of the list, from 1.")]
For = Annotated[str | None, QueryParameter(name="for", min_length=1, max_length=40, description="Code of an addressee.")]
Text = Annotated[Language | None, QueryParameter(description="Language of the text, if not that of the interface.")]
Beside = Annotated[Language | None, QueryParameter(description="Language of a second text, aligned by paragraph.")]
Symbol = Annotated[str | None, QueryParameter(min_length=1, max_length=200, description="Symbol of a resolution.")]

TYPES = {
    "html": "text/html",
    "json": "application/json",
    "csv": "text/csv",
    "akn": "application/akn+xml",
    "md": "text/markdown",
}
_limits: RunVar[CapacityLimiter] = RunVar("limits")


def _limiter() -> CapacityLimiter:
    """One limiter for each loop."""
    try:
        return _limits.get()
    except LookupError:
        limiter = CapacityLimiter(READERS)
        _limits.set(limiter)
        return limiter


async def in_thread(work: Callable[[], Any]) -> Any:
    """Do something that takes a while, few at a time, so that others are answered meanwhile."""
    return await anyio.to_thread.run_sync(work, limiter=_limiter())


def write(shelf: Shelf, language: str, form: str, view: Callable[[Visit], Page]) -> tuple[int, bytes, str, bool]:
    """A page in a form: status, bytes, type, and whether it is of this very moment."""
    moment = shelf.moment()
    try:
        with shelf.reading() as library:
            visit = Visit(shelf, library, moment, language)
            page = view(visit)
            return 200, _written(page, visit, form), TYPES[form], visit.fresh
    except MissingError as error:
        return *told(language, moment.day, form, 404, error.what, error.nearest), False
    except UnknownError as error:
        return *told(language, moment.day, form, 404, error.what), False
    except PloughshareError as error:
        said = tongue(language)("The library cannot be read at the moment.")
        return *told(language, moment.day, form, 503, said, advice=str(error)), False


def _written(page: Page, visit: Visit, form: str) -> bytes:
    if form == "html":
        return as_html(page, visit.language, visit.day, Served()).encode("utf-8", "replace")
    if form == "json":
        return as_json(page)
    if form == "csv" and page.table is not None:
        return as_csv(page)
    if form in page.files:
        return page.files[form]()
    raise MissingError(visit.tongue("There is no such form of this page."), [(page.title, page.path)])


def told(
    language: str, day: date, form: str, status: int, what: str, nearest: Sequence[tuple[str, str]] = (), advice: str = ""
) -> tuple[int, bytes, str]:
    """The page that says that there is none, and what to look at instead: status, bytes, type."""
    _ = tongue(language)
    title = _("Not found") if status == 404 else _("This does not work")
    said = {"status": status, "what": what, "advice": advice, "nearest": [words for words, __ in nearest]}
    page = Page("error", "", title, {"what": what, "nearest": nearest}, lambda: said, status=status)
    if form == "html":
        return status, as_html(page, language, day, Served()).encode("utf-8", "replace"), TYPES["html"]
    return status, as_json(page), TYPES["json"]


def page(*paths: str) -> Callable[[Callable[..., Page]], HTTPRouteHandler]:
    """A route for a view ``(visit, …) -> Page``: as HTML, and with an ending as JSON or CSV."""

    def decorate(view: Callable[..., Page]) -> HTTPRouteHandler:
        @wraps(view)
        async def handler(request: Request[Any, Any, Any], language: Language, **asked: Any) -> Response[bytes]:
            form = request.scope["state"].get("form", "html")
            shelf: Shelf = request.app.state.shelf
            status, body, kind, fresh = await in_thread(lambda: write(shelf, language, form, lambda visit: view(visit, **asked)))
            request.scope["state"]["fresh"] = fresh
            return Response(body, status_code=status, media_type=kind)

        hints = {name: hint for name, hint in get_type_hints(view, include_extras=True).items() if name not in ("visit", "return")}
        own = [one.replace(annotation=hints[name]) for name, one in signature(view).parameters.items() if name != "visit"]
        common = [
            Argument("request", Argument.KEYWORD_ONLY, annotation=Request[Any, Any, Any]),
            Argument("language", Argument.KEYWORD_ONLY, annotation=Spoken),
        ]
        del handler.__wrapped__
        handler.__signature__ = signature(handler).replace(  # type: ignore[attr-defined]
            parameters=[*common, *(one.replace(kind=Argument.KEYWORD_ONLY) for one in own)], return_annotation=Response[bytes]
        )
        handler.__annotations__ = {"request": Request[Any, Any, Any], "language": Spoken, **hints, "return": Response[bytes]}
        return get(list(paths), opt={"page": True}, media_type="text/html", tags=["pages"], raises=[])(handler)

    return decorate


@page("/{language:str}", "/{language:str}/due")
def due_front(visit: Visit, addressee: For = None) -> Page:
    """What is due: now, next, in part, and without an act on record; by addressee."""
    return due.front(visit, addressee)


@page("/{language:str}/due/{which:str}")
def due_list(visit: Visit, which: Part, addressee: For = None, page: Number = 1) -> Page:
    """One list of what is due: ``due``, ``open``, ``in-part`` or ``unanswered``."""
    return due.listed(visit, which, addressee, page)


@page("/{language:str}/mandates/{mandate_path:path}")
def mandate_page(visit: Visit, mandate_path: Part) -> Page:
    """A mandate: symbol, paragraph and act, like ``A/RES/79/240/op5/submit-report``."""
    return mandate.mandate(visit, mandate_id(mandate_path.strip("/")))


@page("/{language:str}/series/{symbol:path}")
def series_page(visit: Visit, symbol: Part, to: Symbol = None) -> Page:
    """The series of a resolution, with the changes that led to the text ``to``."""
    return series.series(visit, symbol.strip("/"), to)


@page("/{language:str}/agenda")
def agenda_next(visit: Visit) -> Page:
    """The agenda of the next session of the General Assembly."""
    return agenda.agenda(visit)


@page("/{language:str}/agenda/{session:str}")
def agenda_page(visit: Visit, session: Part) -> Page:
    """The agenda that resolutions ordered for a session of the General Assembly."""
    return agenda.agenda(visit, _number(visit, session))


@page("/{language:str}/calendar")
def calendar_page(visit: Visit) -> Page:
    """The months in which something falls due, and the sessions of bodies."""
    return calendar.calendar(visit)


@page("/{language:str}/calendar/{month:str}")
def month_page(visit: Visit, month: Part, page: Number = 1) -> Page:
    """What falls due in a month, written like ``2027-09``."""
    return calendar.month(visit, month, page)


@page("/{language:str}/states")
def states_page(visit: Visit) -> Page:
    """All States, by regional group."""
    return states.states(visit)


@page("/{language:str}/states/{code:str}")
def state_page(visit: Visit, code: Part) -> Page:
    """A State by its three-letter code: treaties, what is asked of it, votes."""
    return states.state(visit, code)


@page("/{language:str}/treaties")
def treaties_page(visit: Visit) -> Page:
    """All treaties: signatories, parties, in force since."""
    return treaties.treaties(visit)


@page("/{language:str}/treaties/{code:str}")
def treaty_page(visit: Visit, code: Part) -> Page:
    """A treaty by its code: entry into force, and every State."""
    return treaties.treaty(visit, code)


@page("/{language:str}/record")
def record_page(visit: Visit, page: Number = 1) -> Page:
    """The entries of the record, the newest first, and its checkpoints."""
    return record.record(visit, page)


@page("/{language:str}/record/{entry:str}")
def entry_page(visit: Visit, entry: Part) -> Page:
    """An entry of the record, and how to check it."""
    return record.entry(visit, _number(visit, entry))


@page("/{language:str}/texts")
def texts_page(visit: Visit) -> Page:
    """The newest texts, and lists by body, year and subject."""
    return texts.texts(visit)


@page("/{language:str}/texts/{kind:str}/{key:str}")
def texts_by_page(visit: Visit, kind: Part, key: Part, page: Number = 1) -> Page:
    """The texts of a body, a year or a subject."""
    return texts.texts_by(visit, kind, key, page)


@page("/{language:str}/about")
def about_page(visit: Visit) -> Page:
    """The method, the words, and measured error rates."""
    return about.about(visit)


@page("/{language:str}/{symbol:path}")
def resolution_page(visit: Visit, symbol: Part, text: Text = None, beside: Beside = None) -> Page:
    """A resolution by its symbol; with the ending ``.akn`` as Akoma Ntoso, with ``.md`` as Markdown."""
    return resolution.resolution(visit, symbol.strip("/"), text, beside)


def _number(visit: Visit, said: str) -> int:
    if not said.isdecimal() or not said.isascii() or len(said) > 9:
        raise MissingError(visit.tongue("There is no such page."), [(visit.tongue("What is due"), "due")])
    return int(said)


HANDLERS = [
    due_front,
    due_list,
    mandate_page,
    series_page,
    agenda_next,
    agenda_page,
    calendar_page,
    month_page,
    states_page,
    state_page,
    treaties_page,
    treaty_page,
    record_page,
    entry_page,
    texts_page,
    texts_by_page,
    about_page,
    resolution_page,
]
