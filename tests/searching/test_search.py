"""A library is searched: words, facets, pages, and an index that is always up to date."""

import contextlib
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ploughshare.errors import LibraryError, PloughshareError, QueryError
from ploughshare.library.library import Added, Library
from ploughshare.searching.index import FILE, Index, index_of
from ploughshare.searching.saved import Saved, find_saved, save, searches
from ploughshare.searching.search import Found, search

from ..made_up import shelve, text

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen" / "text"
ON = date(2026, 11, 1)
TEXTS = (
    text(
        "78/301",
        "Ploughs for all",
        "1. Requests the Secretary-General to submit a report on wells to the General Assembly at its seventy-ninth session;\n\n"
        "2. Calls upon all States to keep an account of their ploughs.",
    ),
    text(
        "80/301",
        "Ploughs for all",
        "1. Requests the Secretary-General to submit a report on wells to the General Assembly at its eighty-first session;\n\n"
        "2. Calls upon all States to keep an account of their ploughs;\n\n3. Stresses that small mills matter to small States.",
    ),
    text("80/302", "Wells", "1. Invites Member States to give their views on wells and mills;\n\n2. Welcomes wells.", item="Wells"),
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return shelve(tmp_path_factory.mktemp("search"), *TEXTS)


def addresses(found: Found) -> list[str]:
    return [hit.place.address for hit in found.hits]


def put(library: Library, folder: Path, words: str) -> None:
    path = folder / "one.txt"
    path.write_text(words, encoding="utf-8")
    told: list[Added] = []
    library.add([(path, path.name)], told=told.append)
    assert told[0].why is None


def test_words_in_any_form_the_newest_first_among_equals(library: Library) -> None:
    found = search(library, "accounts of plough", on=ON)
    assert addresses(found) == ["A/RES/80/301#op2", "A/RES/78/301#op2"]
    assert [mark.words for mark in found.hits[0].snippet.marks if mark.found] == ["account", "ploughs"]


def test_phrases_alternatives_and_what_must_not_be_there(library: Library) -> None:
    assert addresses(search(library, '"small mills"', on=ON)) == ["A/RES/80/301#op3"]
    assert set(addresses(search(library, "account OR mills -small", on=ON))) == {
        "A/RES/80/301#op2",
        "A/RES/78/301#op2",
        "A/RES/80/302#op1",
    }
    assert addresses(search(library, "mil* small", on=ON)) == ["A/RES/80/301#op3"]


def test_a_paragraph_is_found_by_words_of_its_title_too(library: Library) -> None:
    assert addresses(search(library, "ploughs mills", on=ON)) == ["A/RES/80/301#op3"]


def test_a_symbol_finds_its_resolution(library: Library) -> None:
    assert {hit.place.symbol for hit in search(library, "A/RES/80/302", on=ON).hits} == {"A/RES/80/302"}


def test_facets_cut_and_count(library: Library) -> None:
    found = search(library, "wells", on=ON)
    assert dict(found.facets["act"]) == {"submit-report": 2, "submit-views": 1}
    assert found.facets["session"][0][0] == "80"
    cut = search(library, "wells", act="submit-report", on=ON)
    assert addresses(cut) == ["A/RES/80/301#op1", "A/RES/78/301#op1"]
    # Its own facet still tells what another choice would give.
    assert dict(cut.facets["act"]) == dict(found.facets["act"])
    assert dict(cut.facets["session"]) == {"80": 1, "78": 1}
    assert addresses(search(library, "wells", act="submit-report", session=[78], on=ON)) == ["A/RES/78/301#op1"]
    assert search(library, act=["submit-report", "submit-views"], on=ON).count == 3
    assert search(library, "wells", act="no such act", on=ON).count == 0


def test_status_is_told_for_the_day(library: Library) -> None:
    now = search(library, "report", act="submit-report", status="due", on=ON)
    assert addresses(now) == ["A/RES/80/301#op1"]
    assert now.hits[0].states == ("due",)
    assert addresses(search(library, "report", status="open", on=date(2026, 3, 1))) == ["A/RES/80/301#op1"]


def test_words_of_every_language_find_the_specimen(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library", create=True)
    library.add([(path, path.name) for path in sorted(SPECIMEN.glob("*.txt"))], told=lambda _: None)
    for language, words in {
        "en": "reporting",
        "fr": "désarmement",
        "es": "desarme",
        "ru": "разоружения",
        "zh": "裁军",
        "ar": "السلاح",
    }.items():
        found = search(library, words, on=ON)
        assert found.hits, words
        mine = search(library, words, language=language, on=ON)
        assert mine.hits, words
        assert any(mark.found for hit in mine.hits for mark in hit.snippet.marks)
    # What is asked is asked in every language, by the alignment of the paragraphs.
    counts = dict(search(library, act="transmit", on=ON).facets["language"])
    assert set(counts) == {"ar", "en", "es", "fr", "ru", "zh"}
    library.close()


@given(data=st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_paragraph_is_found_by_its_own_words(library: Library, data: st.DataObject) -> None:
    rows = list(library.database.rows("SELECT symbol, paragraph.id, words FROM paragraph JOIN text ON text.id = paragraph.text"))
    symbol, identifier, words = data.draw(st.sampled_from(rows))
    said = words.replace(";", "").replace(".", "").split()
    begin = data.draw(st.integers(0, len(said) - 1))
    some = said[begin : begin + data.draw(st.integers(1, 6))]
    for question in (" ".join(some), f'"{" ".join(some)}"'):
        found = search(library, question, session=symbol.split("/")[2], on=ON)
        assert f"{symbol}#{identifier}" in addresses(found), question


@given(question=st.text(max_size=60), value=st.text(max_size=20), facet=st.sampled_from(["session", "state", "status", "language"]))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example('"', "\0", "state")
@example("x' OR 1=1 --", "'; DROP TABLE row; --", "session")
@example("<script>", "\ud800", "language")
def test_whatever_is_asked_is_answered_or_refused(library: Library, question: str, value: str, facet: str) -> None:
    with contextlib.suppress(PloughshareError):
        search(library, question, on=ON, **{facet: value})  # type: ignore[arg-type]


def test_nothing_asked_a_page_too_far_and_no_state_are_refused(library: Library) -> None:
    for asked in ({}, {"words": "wells", "page": 51}, {"words": "wells", "page": 0}, {"state": "Erewhon"}):
        with pytest.raises(QueryError):
            search(library, **asked)


# -- the index and the library ------------------------------------------------------------------------------------------------
def test_what_is_added_is_found_and_what_is_replaced_is_not(tmp_path: Path) -> None:
    library = shelve(tmp_path, TEXTS[2])
    assert search(library, "harbours", on=ON).count == 0
    put(library, tmp_path, text("81/5", "Harbours", "1. Welcomes harbours."))
    assert {hit.place.symbol for hit in search(library, "harbours", on=ON).hits} == {"A/RES/81/5"}
    path = tmp_path / "better.html"
    path.write_text(
        "<html><body><p>" + text("81/5", "Harbours", "1. Welcomes bridges.").replace("\n\n", "</p><p>") + "</p></body></html>"
    )
    library.add([(path, path.name)], told=lambda _: None)
    assert search(library, "welcomes bridges", on=ON).count == 1
    assert search(library, "welcomes harbours -bridges", session=81, on=ON).count == 0
    assert dict(search(library, session=81, on=ON).facets["session"])["81"] == search(library, session=81, on=ON).count
    library.close()


def test_a_crash_between_library_and_index_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = shelve(tmp_path, TEXTS[0])
    before = search(library, "wells", on=ON).count
    put(library, tmp_path, TEXTS[1])

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Index, "_write_bits", crash)  # the rows are written, their facets are not
        with pytest.raises(KeyboardInterrupt):
            search(library, "wells", on=ON)
    library.close()
    again = Library.open(tmp_path / "library")
    assert search(again, "wells", on=ON).count > before
    assert dict(search(again, "wells", on=ON).facets["session"])["80"] > 0
    again.close()


@pytest.mark.parametrize("harm", [b"", b"no database at all", None])
def test_an_index_that_is_lost_or_damaged_is_built_again(tmp_path: Path, harm: bytes | None) -> None:
    library = shelve(tmp_path, *TEXTS)
    whole = search(library, "wells", on=ON)
    library.close()
    path = tmp_path / "library" / FILE
    del library
    for beside in ("-wal", "-shm"):
        path.with_name(path.name + beside).unlink(missing_ok=True)
    path.unlink() if harm is None else path.write_bytes(harm)
    again = Library.open(tmp_path / "library")
    assert search(again, "wells", on=ON) == whole
    again.close()


def test_an_index_that_is_damaged_inside_is_built_again(tmp_path: Path) -> None:
    library = shelve(tmp_path, *TEXTS)
    whole = search(library, "wells", on=ON)
    index_of(library).close()
    library.close()
    del library
    path = tmp_path / "library" / FILE
    path.write_bytes(path.read_bytes()[:4096] + b"\0" * 60_000)
    again = Library.open(tmp_path / "library")
    put(again, tmp_path, text("81/5", "Harbours", "1. Welcomes harbours."))
    assert search(again, "wells", on=ON).count == whole.count
    again.close()


def test_a_library_derived_anew_is_indexed_anew(tmp_path: Path) -> None:
    library = shelve(tmp_path, *TEXTS)
    whole = search(library, "wells", on=ON)
    library.close()
    again = Library.rebuild(tmp_path / "library")
    assert search(again, "wells", on=ON) == whole
    assert again.database.state("made") == index_of(again).database.state("made") is not None
    again.close()


def test_people_search_while_documents_come_in(tmp_path: Path) -> None:
    shelve(tmp_path, TEXTS[0]).close()
    wrong: list[BaseException] = []
    done = threading.Event()

    def look() -> None:
        try:
            library = Library.open(tmp_path / "library")
            last = 0
            while not done.is_set():
                count = search(library, "ploughs", on=ON).count
                assert count >= last
                last = count
            assert search(library, "ploughs", on=ON).count >= last
            library.close()
        except BaseException as error:
            wrong.append(error)

    readers = [threading.Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    library = Library.open(tmp_path / "library")
    for number in range(310, 322):
        put(library, tmp_path, text(f"80/{number}", f"Ploughs {number}", "1. Welcomes ploughs."))
    done.set()
    for reader in readers:
        reader.join()
    assert not wrong
    assert search(library, '"welcomes ploughs"', on=ON).count == 12
    library.close()


def test_people_who_ask_for_different_days_get_their_own(tmp_path: Path) -> None:
    shelve(tmp_path, *TEXTS).close()  # nobody has searched yet: all of them find no index, and one makes it
    wrong: list[BaseException] = []

    def look(on: date, state: str) -> None:
        try:
            library = Library.open(tmp_path / "library")
            for _ in range(25):
                assert addresses(search(library, "report", status=state, on=on)) == ["A/RES/80/301#op1"]
            library.close()
        except BaseException as error:
            wrong.append(error)

    people = [threading.Thread(target=look, args=asked) for asked in ((ON, "due"), (date(2026, 3, 1), "open")) * 2]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert not wrong


# -- kept searches ------------------------------------------------------------------------------------------------------------
@given(name=st.text(min_size=1, max_size=30), words=st.text(max_size=40), value=st.text(max_size=20))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_that_is_kept_comes_back_as_it_was(library: Library, name: str, words: str, value: str) -> None:
    facets = {"session": (value.strip(),)} if value.strip() else {}
    try:
        save(library, Saved(name, words, facets))
    except QueryError:
        return
    clean = {facet: tuple(v.encode("utf-8", "replace").decode() for v in values) for facet, values in facets.items()}
    assert find_saved(library, name) == Saved(name, words.encode("utf-8", "replace").decode(), clean)


def test_a_file_of_searches_that_a_person_broke_is_told(library: Library) -> None:
    path = library.folder / "searches.toml"
    for broken in ("[open", "[one]\nwhat = 1\n", "one = 2\n"):
        path.write_text(broken)
        with pytest.raises(QueryError, match=r"searches\.toml"):
            searches(library)
    path.unlink()
    with pytest.raises(QueryError, match="no search is saved"):
        find_saved(library, "silent")


def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    library = shelve(tmp_path, TEXTS[0])
    (tmp_path / "library" / FILE).mkdir()
    with pytest.raises(LibraryError):
        search(library, "wells")
    library.close()
