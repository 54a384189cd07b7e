"""In a real browser: no accessibility violation (axe-core, WCAG 2.2 AA), nothing wider than the screen, the keyboard, no script.

Runs where Debian's ``chromium`` is (PLOUGHSHARE_BROWSER names another) and where axe-core is or can be had from the npm registry;
it is kept in the cache of the user and never in the repository. Screenshots go to PLOUGHSHARE_SCREENSHOTS, if that is set.
"""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from ploughshare.web.files import publish

from .made_up import ON

BROWSER = Path(os.environ.get("PLOUGHSHARE_BROWSER", "/usr/bin/chromium"))
AXE, DIGEST = "4.14.1", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
REGISTRY = "https://registry.npmjs.org/axe-core/-/axe-core-{}.tgz"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = [
    "",
    "due/open",
    "A/RES/99/901",
    "A/RES/99/901?beside=fr",
    "mandates/A/RES/80/12/op1/submit-report",
    "series/A/RES/80/12",
    "agenda/81",
    "calendar",
    "calendar/2026-09",
    "states",
    "states/KEN",
    "treaties",
    "treaties/TPNW",
    "record",
    "record/12",
    "texts",
    "about",
    "nothing",
]

pytestmark = pytest.mark.skipif(not BROWSER.exists(), reason=f"no browser at {BROWSER}")


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, fetched once."""
    kept = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "ploughshare-tests" / f"axe-{AXE}.js"
    if not kept.exists():
        npm = shutil.which("npm")
        try:
            if npm:  # it knows the registry of this machine
                folder = kept.parent / "npm"
                folder.mkdir(parents=True, exist_ok=True)
                subprocess.run([npm, "pack", f"axe-core@{AXE}"], cwd=folder, check=True, capture_output=True, timeout=120)
                data = (folder / f"axe-core-{AXE}.tgz").read_bytes()
            else:
                data = urllib.request.urlopen(REGISTRY.format(AXE), timeout=60).read()
        except (OSError, subprocess.SubprocessError) as error:
            pytest.skip(f"axe-core cannot be had: {error}")
        with tarfile.open(fileobj=BytesIO(data)) as packed:
            found = packed.extractfile("package/axe.min.js")
            assert found is not None
            script = found.read()
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(script)
    script = kept.read_bytes()
    assert hashlib.sha256(script).hexdigest() == DIGEST, f"{kept} is not axe-core {AXE}"
    return script.decode("utf-8")


@pytest.fixture(scope="module")
def server(shelf: Path) -> Iterator[str]:
    """The site on a port of its own, in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ploughshare", "serve", "--library", str(shelf), "--port", str(port), "--on", ON.isoformat()]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=str(BROWSER), args=["--no-sandbox"])
        yield found
        found.close()


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [*((language, width, "light") for language in ("en", "zh", "ar") for width in (360, 1280)), ("en", 1280, "dark")],
)
def test_no_violation_and_nothing_too_wide(browser: Any, server: str, axe: str, language: str, width: int, scheme: str) -> None:
    # The checker brings its own script, which the pages would otherwise rightly refuse.
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    elsewhere: list[str] = []
    page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(server) else None)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    wrong = []
    for path in PAGES:
        page.goto(f"{server}/{language}/{path}")
        page.evaluate(axe)
        found = page.evaluate(f"axe.run(document, {{runOnly: {json.dumps(RULES)}}})")
        wrong += [(path, one["id"], [node["html"][:150] for node in one["nodes"][:2]]) for one in found["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wrong.append((path, "wider than the screen", []))
        if shots := os.environ.get("PLOUGHSHARE_SCREENSHOTS"):
            name = f"{language}-{width}-{scheme}-{path.replace('/', '_').replace('?', '_') or 'front'}.png"
            page.screenshot(path=str(Path(shots) / name), full_page=True)
    context.close()
    assert not wrong, "\n".join(map(str, wrong))
    assert not elsewhere


def test_the_keyboard_alone_leads_to_the_content(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.goto(f"{server}/en/A/RES/99/901")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.close()


def test_a_click_on_what_is_asked_shows_its_thread_in_place(browser: Any, server: str) -> None:
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(f"{server}/en/A/RES/99/901")
    page.click("#op9 + .asked a")
    page.wait_for_selector("#about-op9 blockquote")
    assert page.url.endswith("/en/A/RES/99/901")
    assert not refused
    page.close()


def test_without_scripts_the_same_click_leads_to_the_page(browser: Any, server: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{server}/en/A/RES/99/901")
    page.click("#op9 + .asked a")
    assert "/en/mandates/A/RES/99/901/op9/" in page.url
    context.close()


def test_the_folder_works_without_a_server(browser: Any, shelf: Path, tmp_path: Path) -> None:
    publish(shelf, tmp_path / "out", languages=("en", "ar"), on=ON, bulk=False)
    page = browser.new_page()
    page.goto((tmp_path / "out" / "index.html").as_uri())
    page.click("text=English")
    page.click("text=Texts")
    page.click("text=A/RES/99/901")
    assert page.inner_text("h1").startswith("99/901.")
    page.click("header .languages a[lang=ar]")
    assert page.evaluate("document.dir") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"  # the style was found
    page.close()
