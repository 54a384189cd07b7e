"""The site as a folder: every relative link leads to a file, every place in a page is there, nothing needs a server."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import html

from ploughshare.recording import proof
from ploughshare.web.addresses import file_of
from ploughshare.web.files import publish

from .made_up import ON


def test_every_link_of_the_folder_leads_to_a_file(shelf: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    out = tmp_path / "out"
    done = publish(shelf, out, languages=("en", "ar"), on=ON, jobs=2, progress=lambda count, total: told.append((count, total)))
    pages: dict[Path, Any] = {path: html.fromstring(path.read_text("utf-8")) for path in out.rglob("*.html")}
    assert done.pages == told[-1][0] == told[-1][1] == len(pages) - 1  # and index.html
    places = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    wrong = []
    for path, page in pages.items():
        for link in page.xpath("//a/@href | //link/@href | //script/@src"):
            if link.startswith("https://docs.un.org/"):
                continue
            target, _, place = link.partition("#")
            assert not target.startswith(("/", "http")), (path, link)
            file = (path.parent / unquote(target)).resolve() if target else path
            # The other four languages were not asked for.
            if file.relative_to(out).parts[0] in ("es", "fr", "ru", "zh"):
                continue
            if not file.is_file() or (place and unquote(place) not in places.get(file, {unquote(place)})):
                wrong.append((str(path.relative_to(out)), link))
    assert not wrong, wrong[:8]
    assert not any(page.xpath("//script") for page in pages.values())
    assert proof.parse((out / "record" / "3.tlog-proof").read_bytes()).index == 3


def test_names_of_files_keep_pages_apart() -> None:
    names = [
        file_of(path, "en") for path in ("A/RES/55/33 D", "A/RES/55/33_D", "A/RES/55/33\u00a0D", "../x", "x", "..", "a//b", "a/b")
    ]
    assert len(set(names)) == len(names)
    assert not any(part in ("", ".", "..") for name in names for part in name.split("/"))
    assert all(len(part) < 140 for part in file_of("x" * 900, "en", {"for": "y" * 400}).split("/"))
