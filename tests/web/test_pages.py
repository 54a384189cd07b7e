"""Every page in every language, as people and programs ask for it; what is not there gives a useful answer."""

import csv
import re
import threading
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from litestar.testing import TestClient
from lxml import html

from ploughshare.library.library import Library
from ploughshare.recording import proof
from ploughshare.recording.policy import trusting
from ploughshare.tracking.keeping import add
from ploughshare.web.app import site

from ..made_up import text
from .made_up import LANGUAGES, ON

Client = TestClient[Any]
PAGES = [
    "due",
    "due/open",
    "due/unanswered",
    "due/due",
    "due/in-part",
    "A/RES/99/901",
    "A/RES/80/12",
    "mandates/A/RES/80/12/op1/submit-report",
    "series/A/RES/80/12",
    "agenda",
    "agenda/81",
    "agenda/100",
    "calendar",
    "calendar/2026-09",
    "states",
    "states/KEN",
    "states/FRA",
    "treaties",
    "treaties/TPNW",
    "treaties/CTBT",
    "record",
    "record/0",
    "record/12",
    "texts",
    "texts/body/GA",
    "texts/year/2025",
    "about",
]
#: What is read as it is in every language: data, codes, names of the languages.
HTML = "text/html"


def parsed(markup: str) -> Any:
    return html.fromstring(markup)


def page(client: Client, address: str, status: int = 200) -> Any:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.text[:500])
    assert answer.headers["content-type"].startswith(HTML)
    return parsed(answer.text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_there_in_every_language(client: Client, path: str, language: str) -> None:
    found = page(client, f"/{language}/{path}")
    assert found.get("lang") == language
    assert found.get("dir") == ("rtl" if language == "ar" else "ltr")
    assert len(found.xpath("//h1")) == 1
    assert all(found.xpath(f"//{landmark}") for landmark in ("main", "header", "footer"))
    assert found.xpath("//title")[0].text.strip()
    ids = found.xpath("//@id")
    assert len(ids) == len(set(ids)), sorted(name for name in ids if ids.count(name) > 1)
    assert not found.xpath("//@style | //style | //@onclick")
    assert len(client.get(f"/{language}/{path}").content) < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_every_page_answers_as_json(client: Client, path: str) -> None:
    answer = client.get(f"/en/{path}.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.json()


@pytest.mark.parametrize("path", [path for path in PAGES if not re.match(r"record/\d", path)])
def test_tables_answer_as_csv(client: Client, path: str) -> None:
    answer = client.get(f"/en/{path}.csv")
    assert answer.status_code == 200
    rows = list(csv.reader(StringIO(answer.text)))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell[:1] in "=+@" for row in rows for cell in row if cell)


def test_the_front_page_says_what_is_due(client: Client) -> None:
    lists = client.get("/en/due.json").json()["lists"]
    assert [m["id"] for m in lists["open"]["first"] if m["symbol"] == "A/RES/80/12"] == ["A/RES/80/12#op3!agenda"]
    assert "A/RES/80/12#op1!submit-report" not in client.get("/en/due").text  # it is answered
    only = client.get("/en/due.json?for=SG").json()["lists"]
    assert all("SG" in m["addressees"] for each in only.values() for m in each["first"])


def test_a_mandate_tells_its_thread(client: Client) -> None:
    earlier = client.get("/en/mandates/A/RES/79/11/op1/submit-report.json").json()
    assert earlier["asked_anew_by"] == "A/RES/80/12#op1!submit-report"
    found = page(client, "/en/mandates/A/RES/80/12/op1/submit-report")
    thread = " ".join(found.xpath("//ol[@class='thread']")[0].text_content().split())
    assert "A/RES/79/11#op1!submit-report" in thread
    assert "2 February 2026" in thread
    assert "answered" in thread


def test_two_texts_stand_side_by_side(client: Client) -> None:
    found = page(client, "/en/A/RES/99/901?text=fr&beside=zh")
    pairs = found.xpath("//div[@class='pair']")
    operative = next(pair for pair in pairs if pair.xpath("./p[@id='op1']"))
    assert [p.get("lang") for p in operative.xpath("./p")] == ["fr", "zh"]
    data = client.get("/en/A/RES/99/901.json?text=fr&beside=zh").json()
    assert all(left == right for left, right in data["beside"]["pairs"] if left and left.startswith("op"))


def test_votes_are_a_picture_and_the_same_table(client: Client) -> None:
    found = page(client, "/en/A/RES/99/901")
    table = found.xpath("//section[@aria-labelledby='votes']//tbody/tr")
    assert len(table) == len(found.xpath("//section[@aria-labelledby='votes']//*[local-name()='rect']")) == 12


def test_downloads(client: Client) -> None:
    assert b"akomaNtoso" in client.get("/zh/A/RES/99/901.akn").content
    assert client.get("/en/A/RES/99/901.md").text.startswith("- Symbol: A/RES/99/901")
    assert client.get("/en/calendar.ics").text.startswith("BEGIN:VCALENDAR")
    lines = client.get("/bulk/resolutions.jsonl").text.splitlines()
    assert len(lines) == 5
    assert client.get("/bulk/library.sqlite").content.startswith(b"SQLite format 3")


def test_a_proof_from_the_site_is_verified_with_the_key_alone(client: Client, shelf: Path) -> None:
    library = Library.open(shelf)
    key = library.record.key()
    library.close()
    proven = proof.verify(proof.parse(client.get("/record/7.tlog-proof").content), trusting(key))
    assert proven.index == 7
    assert proven.raw.decode() == client.get("/en/record/7.json").json()["raw"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/xx/due", 404),
        ("/en/nothing", 404),
        ("/en/A/RES/80/99", 404),
        ("/en/A/RES/80/12?text=zh", 404),
        ("/en/A/RES/80/12?text=xx", 400),
        ("/en/mandates/A/RES/80/12/op9/none", 404),
        ("/en/mandates/x", 404),
        ("/en/series/none", 404),
        ("/en/agenda/9999", 404),
        ("/en/agenda/x", 404),
        ("/en/calendar/2026-13", 404),
        ("/en/states/XXX", 404),
        ("/en/states/kenya", 404),
        ("/en/treaties/none", 404),
        ("/en/record/99999", 404),
        ("/en/record/-1", 404),
        ("/en/texts/year/1", 404),
        ("/en/texts/none/1", 404),
        ("/en/due/never", 404),
        ("/en/due/open?page=99", 404),
        ("/en/due/open?page=0", 400),
        ("/en/due?for=nobody", 404),
        ("/en/about.akn", 404),
        ("/record/99999.tlog-proof", 404),
        ("/record/..%2F..%2Fkeys%2Flibrary.key", 404),
        ("/static/..%2f..%2fapp.py", 404),
        ("/bulk/..%2flibrary.key", 404),
        ("/en/" + "x" * 3000, 414),
        ("/en/%00", 404),
        ("/en/%ff%fe", 404),
        ("/en/A/RES/80/12%0d%0aSet-Cookie:x", 404),
    ],
)
def test_what_is_not_there_says_what_to_look_at(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    if answer.headers["content-type"].startswith(HTML):
        assert parsed(answer.text).xpath("//main//a[@href]") or status == 400
    assert "set-cookie" not in answer.headers
    as_json = client.get(address.partition("?")[0] + ".json" + address[len(address.partition("?")[0]) :])
    assert as_json.status_code in (status, 404)


def test_a_near_symbol_is_offered(client: Client) -> None:
    found = page(client, "/en/A/RES/80/14", 404)
    assert "/en/A/RES/80/13" in found.xpath("//main//a/@href")
    cited = page(client, "/en/A/RES/98/389", 404)
    assert "/en/A/RES/99/901" in cited.xpath("//main//a/@href")


def test_short_addresses_lead_to_the_text(client: Client) -> None:
    for address, target in (
        ("/A/RES/99/901/zh", "/zh/A/RES/99/901"),
        ("/A/RES/99/901", "/en/A/RES/99/901"),
        ("/A/RES/99/901.json", "/en/A/RES/99/901.json"),
    ):
        assert client.get(address, follow_redirects=False).headers["location"] == target
    wish = {"accept-language": "de, ru;q=0.8, fr;q=0.9"}
    assert client.get("/", headers=wish, follow_redirects=False).headers["location"] == "/fr/"
    # What one reader wishes is not kept for the next.
    assert client.get("/", headers={"accept-language": "zh-CN"}, follow_redirects=False).headers["location"] == "/zh/"


def test_every_answer_carries_its_safety(client: Client) -> None:
    for address in ("/en/", "/en/nothing", "/en/due.json", "/static/site.css", "/bulk/resolutions.jsonl", "/schema/openapi.json"):
        headers = client.get(address).headers
        assert "unsafe" not in headers["content-security-policy"]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


def test_a_page_that_the_reader_has_is_not_sent_again(client: Client) -> None:
    first = client.get("/en/about")
    again = client.get("/en/about", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/en/about").headers["etag"] == first.headers["etag"]
    assert client.post("/en/about").status_code == 405


def test_no_page_asks_another_server_for_anything(client: Client) -> None:
    for path in PAGES:
        found = page(client, f"/en/{path}")
        loaded = found.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src | //img/@src | //iframe/@src")
        assert all(address.startswith("/static/") for address in loaded)
        assert not any(script.text for script in found.xpath("//script"))


def test_every_link_of_the_site_leads_somewhere(client: Client) -> None:
    """From the front page on, in one language; places in pages too."""
    waiting, seen = ["/en/"], set()
    places: list[tuple[str, str, str]] = []
    anchors: dict[str, set[str]] = {}
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if not answer.headers["content-type"].startswith(HTML):
            continue
        found = parsed(answer.text)
        anchors[address] = set(found.xpath("//@id"))
        for link in found.xpath("//a/@href | //link[@rel='alternate'][@type]/@href"):
            target, _, place = link.partition("#")
            if not target:
                places.append((address, address, place))
            elif target.startswith("/en/") or not re.match(r"/(ar|es|fr|ru|zh)(/|$)|https://docs\.un\.org/", target):
                if place:
                    places.append((address, target, place))
                # Every State and every step of a series is a like page: some are enough.
                if not re.match(r"/en/states/[D-Z]|/record/\d\d|/bulk/", target):
                    waiting.append(target)
    assert len(seen) > 150
    missing = [(a, t, p) for a, t, p in places if t in anchors and unquote(p) not in anchors[t]]
    assert not missing, missing[:5]


def test_what_is_added_while_it_is_served_is_seen(tmp_path: Path) -> None:
    asks = "1. Requests the Secretary-General to report to the General Assembly at its eighty-first session on looms."
    first, second = (text(f"80/{n}", "Looms", asks) for n in (1, 2))
    for number, words in enumerate((first, second)):
        (tmp_path / f"{number}.txt").write_text(words, encoding="utf-8")
    library = Library.open(tmp_path / "library", create=True)
    add(library, [tmp_path / "0.txt"])
    with TestClient(site(tmp_path / "library", ON)) as client:
        assert client.get("/en/A/RES/80/2").status_code == 404
        assert client.get("/en/due.json").json()["lists"]["open"]["total"] == 1
        failed: list[int] = []

        def look() -> None:
            for _ in range(30):
                status = client.get("/en/due?for=SG").status_code
                if status != 200:
                    failed.append(status)

        reader = threading.Thread(target=look)
        reader.start()
        add(library, [tmp_path / "1.txt"])
        reader.join()
        assert not failed
        assert client.get("/en/A/RES/80/2").status_code == 200
        assert client.get("/en/due.json").json()["lists"]["open"]["total"] == 2
        library.close()
        # Derived anew, beside the server: the same answers.
        Library.rebuild(tmp_path / "library").close()
        assert client.get("/en/A/RES/80/2").status_code == 200
        assert client.get("/en/due.json").json()["lists"]["open"]["total"] == 2
