"""Page breaks, line breaks, running heads and the rest of what a conversion adds change nothing in what is read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ploughshare.parsing.structure import structure
from ploughshare.reading.plain import read

from .made_up import TEXTS, Pages, laid_out

FURNITURE = st.sampled_from(
    [
        (),
        ("page",),
        ("job", "symbol", "title"),
        ("page", "symbol"),
        ("symbol", "title", "page"),
        ("dash", "title", "symbol"),
        ("job",),
    ]
)
MARKS = st.sampled_from(["raised", "sup", "bracket", "math"])
WHOLE_LINES = st.builds(
    Pages,
    width=st.just(0),
    gap=st.sampled_from([1, 2]),
    length=st.integers(2, 9),
    furniture=FURNITURE,
    feed=st.booleans(),
    marks=MARKS,
)
WRAPPED = st.builds(
    Pages,
    width=st.integers(64, 100),
    gap=st.just(1),
    indent=st.sampled_from(["", "  "]),
    length=st.sampled_from([0, 7, 9, 11, 14]),
    furniture=FURNITURE,
    feed=st.booleans(),
    marks=MARKS,
)
#: What tells paragraphs apart where no empty line does, or where empty lines stand everywhere, is the indent.
DENSE = st.builds(Pages, width=st.integers(64, 100), gap=st.just(0), indent=st.just("    "), marks=MARKS)
LOOSE = st.builds(Pages, width=st.integers(64, 90), gap=st.just(1), indent=st.just(" "), loose=st.just(True), marks=MARKS)


def read_back(source: str, language: str) -> tuple[object, ...]:
    resolution = structure(read(source.encode(), "x.txt", language))
    paragraphs = tuple((paragraph.id, "".join(paragraph.text.split()), paragraph.marks) for paragraph in resolution.paragraphs)
    notes = tuple((note.mark, "".join(note.text.split())) for note in resolution.footnotes)
    return resolution.symbol, "".join((resolution.title or "").split()), paragraphs, notes, resolution.adopted


@pytest.mark.parametrize("language", TEXTS)
def test_clean_texts_are_read_as_they_were_written(language: str) -> None:
    symbol, _, paragraphs, notes, adopted = read_back(laid_out(language, Pages()), language)
    assert (symbol, adopted) == ("A/RES/99/901", "2044-05-03")
    assert [(name, marks) for name, _, marks in paragraphs] == [  # type: ignore[attr-defined]
        ("pp1", ("1",)),
        ("pp2", ("2",)),
        ("pp3", ()),
        ("op1", ()),
        ("op2", ("3",)),
        ("op2.a", ()),
        ("op2.b", ()),
        ("op3", ()),
    ]
    assert [mark for mark, _ in notes] == ["1", "2", "3"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", TEXTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pages=st.one_of(WHOLE_LINES, WRAPPED, DENSE, LOOSE))
def test_pages_and_lines_change_nothing(language: str, pages: Pages) -> None:
    assert read_back(laid_out(language, pages), language) == read_back(laid_out(language, Pages()), language)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\u2028"])
def test_any_end_of_line_will_do(ends: str) -> None:
    clean = laid_out("en", Pages())
    assert read_back(clean.replace("\n", ends), "en") == read_back(clean, "en")
