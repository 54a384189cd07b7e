"""Untrusted words never become mark-up: hostile strings in every field of a library, read back from every page."""

import re
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from lxml import html

from ploughshare.web.app import site
from ploughshare.web.files import publish
from ploughshare.web.views.texts import subject_key

from .made_up import EVIL, ON, build, stain
from .test_pages import PAGES

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "ploughshare" / "web"
MORE = [
    "A/RES/80/13",
    "A/RES/99/901?text=en&beside=ar",
    "mandates/A/RES/80/13/op1/submit-report",
    "mandates/A/RES/80/13/op3/agenda",
    "series/A/RES/80/13",
    "record/11",
    "record/13",
    "record/14",
    f"texts/subject/{subject_key(EVIL)}",
    "record/<script>alert(1)</script>",
    "states/<script>alert(1)</script>",
    "<script>alert(1)</script>",
    "due/open?for=<script>alert(1)</script>",
    "due/open?page=<script>alert(1)</script>",
]
#: Elements and attributes that the templates write themselves; nothing else may be on a page.
ALLOWED = (
    "html head meta title link script body a header p nav ul li main h1 h2 h3 footer section div "
    "span table caption thead tbody tr th td bdi time dl dt dd sup i mark blockquote details summary code "
    "pre ol ins del small strong abbr svg g rect text circle line br "
)


def harmless(markup: str, address: str) -> None:
    found: Any = html.fromstring(markup)
    tags = {element.tag.rpartition("}")[2] for element in found.iter() if isinstance(element.tag, str)}
    assert tags <= set(ALLOWED.split()), (address, tags)
    for script in found.xpath("//script"):
        assert script.get("src"), address
        assert not script.text, address
    for element in found.iter():
        if isinstance(element.tag, str):
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], (address, element.tag)
    for link in found.xpath("//@href | //@src | //@hx-get"):
        assert not re.match(r"\s*(javascript|data|vbscript):", link, re.I), (address, link)


@pytest.fixture(scope="module")
def stained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stained")
    library = build(folder)
    stain(library)
    library.close()
    return folder / "library"


def test_words_stay_words_on_every_page(stained: Path) -> None:
    seen = 0
    with TestClient(site(stained, ON)) as client:
        for path in PAGES + MORE:
            answer = client.get(f"/en/{path}")
            assert answer.status_code in (200, 400, 404), path
            harmless(answer.text, path)
            seen += "&lt;script&gt;alert(1)" in answer.text
            as_json = client.get(f"/en/{path.partition('?')[0]}.json")
            assert as_json.headers["content-type"].startswith("application/json")
            table = client.get(f"/en/{path.partition('?')[0]}.csv")
            assert not table.text.startswith("<")
            assert "text/html" not in table.headers["content-type"]
    # They were there to be seen.
    assert seen > 15


def test_words_stay_words_in_files(stained: Path, tmp_path: Path) -> None:
    publish(stained, tmp_path / "out", languages=("en",), on=ON, bulk=False)
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    for path in files:
        assert re.fullmatch(r"[A-Za-z0-9._()!~/-]+", str(path.relative_to(tmp_path)).replace("\\", "/")), path
        if path.suffix == ".html" and path.parent.name not in ("states", "record", "agenda"):
            harmless(path.read_text("utf-8"), path.name)


def test_no_template_trusts_anything() -> None:
    for path in [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.py")]:
        words = path.read_text("utf-8")
        assert not [trust for trust in ("|safe", "| safe", "Markup(", "autoescape false") if trust in words], path
