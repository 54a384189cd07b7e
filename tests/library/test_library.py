"""A library keeps what it was given, and derives the same from it whenever it is asked to."""

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from ploughshare.errors import LibraryError
from ploughshare.library.disagreements import disagreements
from ploughshare.library.library import Added, Library
from ploughshare.recording.audit import audit

from ..made_up import shelve, text

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TABLES = ("original", "resolution", "text", "paragraph", "footnote", "citation", "mandate", "undertaking", "act", "answer")


def specimens(form: str) -> list[tuple[Path, str]]:
    ending = {"text": "txt", "xml": "xml", "pdf": "pdf", "docx": "docx"}[form]
    return [(path, path.name) for language in LANGUAGES for path in [SPECIMEN / form / f"specimen.{language}.{ending}"]]


def dump(library: Library) -> dict[str, list[str]]:
    return {table: sorted(repr(row) for row in library.database.rows(f"SELECT * FROM {table}")) for table in TABLES}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library.open(tmp_path / "library", create=True)


def take(library: Library, documents: list[tuple[Path, str]], jobs: int = 1) -> list[Added]:
    told: list[Added] = []
    library.add(documents, jobs=jobs, told=told.append)
    return told


def test_six_languages_are_one_resolution_with_six_texts(library: Library) -> None:
    told = take(library, specimens("xml"), jobs=2)
    assert [(added.symbol, added.language, added.new) for added in told] == [("A/RES/99/901", lang, True) for lang in LANGUAGES]
    assert [row[0] for row in library.database.rows("SELECT symbol FROM resolution")] == ["A/RES/99/901"]
    expected = json.loads((SPECIMEN / "mandates.json").read_text("utf-8"))["mandates"]
    found = [
        (paragraph, action, json.loads(addressees), json.loads(languages))
        for paragraph, action, addressees, languages in library.database.rows(
            "SELECT paragraph, action, addressees, languages FROM undertaking ORDER BY place"
        )
    ]
    assert sorted((p, a, sorted(who)) for p, a, who, _ in found) == sorted(
        (m["paragraph"], m["action"], sorted(m["addressees"])) for m in expected
    )
    assert all(sorted(languages) == list(LANGUAGES) for *_, languages in found)
    assert disagreements(library) == []


def test_adding_again_changes_nothing(library: Library) -> None:
    take(library, specimens("text"))
    before, size = dump(library), library.record.size
    again = take(library, specimens("text"))
    assert [added.new for added in again] == [False] * 6
    assert (dump(library), library.record.size) == (before, size)


def test_the_original_bytes_are_kept(library: Library) -> None:
    take(library, specimens("docx"))
    for path, _ in specimens("docx"):
        assert path.read_bytes() in [
            library.originals.bytes_of(digest) for (digest,) in library.database.rows("SELECT digest FROM original")
        ]


def test_a_better_format_replaces_what_was_derived_and_nothing_else(library: Library) -> None:
    take(library, specimens("text"))
    take(library, specimens("xml"))
    formats = list(library.database.rows("SELECT format FROM text JOIN original ON original.entry = text.entry"))
    assert formats == [("akn",)] * 6
    assert library.database.value("SELECT count(*) FROM original") == 12
    # Pages of print say less: they are kept, and what was read before stays.
    take(library, specimens("pdf"))
    assert list(library.database.rows("SELECT format FROM text JOIN original ON original.entry = text.entry")) == formats


def test_rebuild_derives_the_same(library: Library) -> None:
    take(library, specimens("text"))
    take(library, specimens("xml"))
    before = dump(library)
    library.close()
    rebuilt = Library.rebuild(library.folder, jobs=2)
    # Numbers of texts count up; everything else is the same.
    strip = ("paragraph", "footnote", "citation", "mandate", "text")
    after = dump(rebuilt)
    assert {t: rows for t, rows in after.items() if t not in strip} == {t: rows for t, rows in before.items() if t not in strip}
    assert {t: len(after[t]) for t in strip} == {t: len(before[t]) for t in strip}


def test_tables_that_a_crash_left_behind_catch_up(library: Library, tmp_path: Path) -> None:
    take(library, specimens("text")[:2])
    library.close()
    shutil.copy(library.folder / "library.sqlite", tmp_path / "behind.sqlite")
    library = Library.open(library.folder)
    take(library, specimens("text")[2:])
    expected = dump(library)
    library.close()
    for name in ("library.sqlite-wal", "library.sqlite-shm"):
        (library.folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "behind.sqlite", library.folder / "library.sqlite")
    assert dump(Library.open(library.folder)) == expected


def test_damaged_tables_are_named_and_rebuilt(library: Library) -> None:
    take(library, specimens("text"))
    expected = dump(library)
    library.close()
    path = library.folder / "library.sqlite"
    data = bytearray(path.read_bytes())
    for place in range(4096, len(data), 512):
        data[place : place + 16] = b"\xff" * 16
    path.write_bytes(data)
    with pytest.raises(LibraryError, match="rebuild"):
        dump(Library.open(library.folder))
    assert {t: len(rows) for t, rows in dump(Library.rebuild(library.folder)).items()} == {t: len(r) for t, r in expected.items()}


def test_a_document_that_is_none_is_refused_and_the_others_are_in(library: Library, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague, the meeting is on Monday.\n")
    (tmp_path / "gone.txt").write_text("x")
    documents = [(tmp_path / "letter.txt", "letter.txt"), *specimens("text")[:1], (tmp_path / "vanished.txt", "vanished.txt")]
    told = take(library, documents)
    assert [bool(added.why) for added in told] == [True, False, True]
    assert told[0].why is not None
    assert told[0].why.startswith("letter.txt: ")
    assert library.database.value("SELECT count(*) FROM original") == 1


def test_an_original_that_was_damaged_is_named(library: Library) -> None:
    take(library, specimens("text")[:1])
    digest = library.database.value("SELECT digest FROM original")
    path = library.originals.path(digest)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(LibraryError, match="damaged"):
        library.originals.bytes_of(digest)


def test_every_document_is_an_entry_that_an_audit_finds_sound(library: Library) -> None:
    take(library, specimens("text"))
    assert [entry.type for _, entry in library._entries()] == ["header"] + ["document"] * 6
    assert audit(library.folder / "record").exit_code == 0


def test_two_processes_may_add_at_once(tmp_path: Path) -> None:
    import subprocess
    import sys

    script = """
import sys
from pathlib import Path
from ploughshare.library.library import Library
from tests.library.test_library import specimens
library = Library.open(Path(sys.argv[1]), create=False)
for document in specimens(sys.argv[2]):
    library.add([document], told=lambda added: None)
"""
    folder = tmp_path / "library"
    Library.open(folder, create=True).close()
    root = Path(__file__).resolve().parents[2]
    writers = [subprocess.Popen([sys.executable, "-c", script, str(folder), form], cwd=root) for form in ("text", "docx", "xml")]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    library = Library.open(folder)
    assert library.database.value("SELECT count(*) FROM original") == 18
    assert library.database.value("SELECT count(*) FROM text") == 6
    assert library.database.state("seen") == library.record.size


def test_there_is_no_library_where_none_was_made(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library here"):
        Library.open(tmp_path)


def test_tables_of_another_form_are_built_again(library: Library) -> None:
    take(library, specimens("text")[:1])
    library.close()
    with sqlite3.connect(library.folder / "library.sqlite") as tables:
        tables.execute("PRAGMA user_version = 999")
        tables.execute("DELETE FROM undertaking")
    assert Library.open(library.folder).database.value("SELECT count(*) FROM undertaking") > 0


def test_texts_that_differ_are_listed_with_each_reading(tmp_path: Path) -> None:
    library = shelve(
        tmp_path, text("79/901", "Ploughs", "1. Requests the Secretary-General to submit a report to it at its eightieth session.")
    )
    source = tmp_path / "fr.txt"
    source.write_text(
        "79/901. Charrues\n\nL\u2019Assemblée générale,\n\nRappelant sa résolution 78/1 du 5 décembre 2023,\n\n"
        "Prie le Secrétaire général de convoquer une réunion.\n"
    )
    told = take(library, [(source, "fr.txt")])
    assert [(added.symbol, added.language) for added in told] == [("A/RES/79/901", "fr")]
    [(difference, words)] = disagreements(library, "A/RES/79/901")
    readings: dict[tuple[str, ...], Any] = {languages: [a.action for a in asked] for languages, asked in difference.readings}
    assert readings == {("en",): ["submit-report"], ("fr",): ["convene"]}
    assert set(words) == {"en", "fr"}
