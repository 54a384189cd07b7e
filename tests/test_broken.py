"""Every way a file can be wrong gives one sentence that says what is wrong and what to try; nothing else escapes."""

from pathlib import Path

import pytest

from ploughshare.errors import NotAResolutionError, PloughshareError, UnreadableError
from ploughshare.flow import read_resolution
from tests.broken.make import files

BROKEN = Path(__file__).parent / "broken"

# Of each file: the kind of error, and words that a person needs to see in it.
EXPECTED: dict[str, tuple[type[PloughshareError], str]] = {
    "empty.txt": (UnreadableError, "is empty"),
    "blanks.txt": (UnreadableError, "nothing but blanks"),
    "binary_noise.txt": (UnreadableError, "not text"),
    "no_words.txt": (UnreadableError, "not one word"),
    "no_resolution.txt": (NotAResolutionError, ""),
    "latin_bytes_under_a_utf8_mark.txt": (UnreadableError, "UTF-8"),
    "utf8_with_a_stray_byte.txt": (UnreadableError, "0xe9"),
    "utf16_of_odd_length.txt": (UnreadableError, "UTF-16"),
    "picture.png": (UnreadableError, "OCR"),
    "letter.rtf": (UnreadableError, "save it as DOCX"),
    "program.elf": (UnreadableError, "program"),
    "tables.xlsx": (UnreadableError, "Excel"),
    "several_files.zip": (UnreadableError, "unpack"),
    "cut_off.zip": (UnreadableError, "cut off"),
    "login_page.html": (NotAResolutionError, ""),
    "page_built_by_a_program.html": (UnreadableError, "browser"),
    "cut_off.docx": (UnreadableError, "cut off"),
    "without_document.docx": (UnreadableError, "word/document.xml is missing"),
    "broken_xml.docx": (UnreadableError, "damaged"),
    "zip_bomb.docx": (UnreadableError, "zip bomb"),
    "entity_bomb.docx": (UnreadableError, "entities"),
    "encrypted.docx": (UnreadableError, "encrypted"),
    "encrypted.doc": (UnreadableError, "encrypted"),
    "word_95.doc": (UnreadableError, "older than Word 97"),
    "cut_off.doc": (UnreadableError, "cut off"),
    "no_piece_table.doc": (UnreadableError, "piece table"),
    "cut_off.pdf": (UnreadableError, "cut off"),
    "encrypted.pdf": (UnreadableError, "password"),
    "pictures_of_text.pdf": (UnreadableError, "OCR"),
    "empty_pages.pdf": (UnreadableError, "no text"),
    "cut_off.xml": (UnreadableError, "XML"),
    "entity_bomb.xml": (UnreadableError, "entities"),
    "external_entity.xml": (UnreadableError, "entities"),
    "nested_without_end.xml": (UnreadableError, "XML"),
    "another_kind.xml": (UnreadableError, "<recipe>"),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_gives_one_sentence_that_helps(name: str) -> None:
    data = (BROKEN / name).read_bytes()
    with pytest.raises(PloughshareError) as caught:
        read_resolution(data, name)
    kind, words = EXPECTED[name]
    error = caught.value
    assert type(error) is kind
    assert words in str(error)
    assert str(error).startswith(f"{name}: ")
    assert "\n" not in str(error)
    assert len(str(error)) < 300
    assert error.advice, "it says what to try"


def test_the_files_are_those_that_the_script_makes() -> None:
    made = files()
    assert made.keys() == EXPECTED.keys()
    assert {path.name for path in BROKEN.iterdir() if path.suffix != ".py" and path.is_file()} == made.keys()
    for name, data in made.items():
        assert (BROKEN / name).read_bytes() == data, f"{name} is not as made: run python -m tests.broken.make"
        assert len(data) < 20_000


@pytest.mark.parametrize("name", [name for name in EXPECTED if not name.endswith(".txt")])
def test_a_name_deceives_nobody(name: str) -> None:
    """Under a wrong name the error is the same: only the content counts."""
    data = (BROKEN / name).read_bytes()
    with pytest.raises(EXPECTED[name][0], match=r"^renamed\.txt: "):
        read_resolution(data, "renamed.txt")
