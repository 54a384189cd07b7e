"""Documents by their symbols, from a local server that behaves as the document service does."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from click.testing import CliRunner

from ploughshare.cli import ploughshare
from ploughshare.errors import FetchError
from ploughshare.reading.fetch import fetch

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen"


class Service(BaseHTTPRequestHandler):
    """Serves the specimen under its symbol; everything else it does wrong, as the symbol says."""

    asked: ClassVar[list[str]] = []
    tries: ClassVar[dict[str, int]] = {}

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        query = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        self.asked.append(self.path)
        symbol, form, language = query["s"], query["t"], query["l"]
        tried = self.tries[symbol] = self.tries.get(symbol, 0) + 1
        match symbol:
            case "A/RES/99/901":
                self.answer(200, (SPECIMEN / form / f"specimen.{language}.{form}").read_bytes())
            case "A/OLD/WORD":
                self.answer(200, (SPECIMEN / "doc" / "specimen.en.doc").read_bytes())
            case "A/UNPUBLISHED":
                self.answer(200, b"")
            case "A/LOGIN":
                self.answer(200, b"<html><body><p>Please sign in to go on.</p></body></html>")
            case "A/BUSY" if tried < 3:
                self.answer(503, b"", {"Retry-After": "1"})
            case "A/BUSY":
                self.answer(200, (SPECIMEN / "docx" / "specimen.en.docx").read_bytes())
            case "A/ALWAYS/BUSY":
                self.answer(503, b"")
            case "A/CUT":
                self.answer(200, (SPECIMEN / "docx" / "specimen.en.docx").read_bytes()[:1000], {"Content-Length": "50000"})
            case _:
                self.answer(404, b"no")

    def answer(self, code: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(code)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked, Service.tries = [], {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/api/symbol/access"
    server.shutdown()
    server.server_close()


def test_a_document_comes_by_its_symbol(service: str) -> None:
    data = fetch("A/RES/99/901", "zh", "pdf", service=service)
    assert data == (SPECIMEN / "pdf" / "specimen.zh.pdf").read_bytes()
    assert Service.asked == ["/api/symbol/access?s=A%2FRES%2F99%2F901&l=zh&t=pdf"]


def test_the_older_word_may_come_instead(service: str) -> None:
    assert fetch("A/OLD/WORD", "en", "docx", service=service)[:4] == b"\xd0\xcf\x11\xe0"


@pytest.mark.parametrize(
    ("symbol", "complaint", "tries"),
    [
        ("A/UNPUBLISHED", "it is not published", 1),
        ("A/LOGIN", "what came is no docx", 1),
        ("A/NOWHERE", "answered 404", 1),
        ("A/ALWAYS/BUSY", "answered 503", 4),
        ("A/CUT", "cannot be reached", 4),
    ],
)
def test_what_the_service_does_wrong_is_said(service: str, symbol: str, complaint: str, tries: int) -> None:
    pauses: list[float] = []
    with pytest.raises(FetchError, match=complaint):
        fetch(symbol, "en", service=service, pause=pauses.append)
    assert len(Service.asked) == tries
    assert pauses == [2.0, 8.0, 30.0][: tries - 1]


def test_a_busy_service_is_asked_again_when_it_says_so(service: str) -> None:
    pauses: list[float] = []
    assert fetch("A/BUSY", "en", service=service, pause=pauses.append)
    assert pauses == [1.0, 1.0]


def test_no_service_is_said_in_one_sentence() -> None:
    with pytest.raises(FetchError, match="cannot be reached"):
        fetch("A/RES/99/901", "en", service="http://127.0.0.1:9/nothing", pause=lambda _: None)
    with pytest.raises(FetchError, match="address of the service"):
        fetch("A/RES/99/901", "en", service="file:///etc/passwd")


def test_what_was_fetched_is_in_the_library(service: str, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        ploughshare,
        ["fetch", "A/RES/99/901", "--language", "zh", "--service", service, "--library", str(tmp_path / "l")],
        standalone_mode=False,
    )
    assert "A/RES/99/901 (zh) is new" in run.output
