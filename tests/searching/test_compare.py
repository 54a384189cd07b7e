"""Two texts side by side, and a series."""

from pathlib import Path

import pytest

from ploughshare.errors import QueryError, UnknownError
from ploughshare.library.library import Library
from ploughshare.searching.compare import compare, compare_series

from ..made_up import shelve, text

REPORT = "Requests the Secretary-General to submit a report on wells to the General Assembly at its {} session"
EARLIER = text(
    "78/301",
    "Ploughs for all",
    "1. Welcomes small mills;\n\n2. Calls upon all States to keep an account of their ploughs;\n\n"
    f"3. {REPORT.format('seventy-ninth')}.",
)
LATER = text(
    "79/301",
    "Ploughs for all",
    "1. Calls upon all States to keep an account of their ploughs;\n\n2. Welcomes small mills;\n\n"
    f"3. {REPORT.format('eightieth')};\n\n4. Stresses that harbours freeze in winter, and that nobody can say for how long.",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return shelve(tmp_path_factory.mktemp("compare"), EARLIER, LATER)


def test_each_paragraph_is_the_same_moved_reworded_or_new(library: Library) -> None:
    found = compare(library, "A/RES/78/301", "A/RES/79/301")
    assert [(c.before, c.after, c.what) for c in found.changes] == [
        ("pp1", "pp1", "same"),
        ("op2", "op1", "same"),
        ("op1", "op2", "moved"),
        ("op3", "op3", "reworded"),
        (None, "op4", "new"),
    ]
    assert (found.same, found.of, found.sameness) == (2, 4, 0.5)
    reworded = found.changes[3]
    assert ("old", "seventy-ninth") in reworded.passages
    assert ("new", "eightieth") in reworded.passages


def test_sessions_do_not_count_when_masked(library: Library) -> None:
    found = compare(library, "A/RES/78/301", "A/RES/79/301", mask=True)
    assert (found.same, found.of) == (3, 4)
    assert found.changes[3].what == "same"


def test_the_other_way_round_what_was_new_is_dropped(library: Library) -> None:
    assert [c.what for c in compare(library, "A/RES/79/301", "A/RES/78/301").changes].count("dropped") == 1


def test_a_file_stands_for_a_text(library: Library, tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_text(LATER)
    with_symbol = compare(library, "A/RES/78/301", "A/RES/79/301")
    with_file = compare(library, "A/RES/78/301", draft)
    assert with_file.changes == with_symbol.changes
    assert with_file.later == "draft.txt"
    assert compare(None, draft, draft).sameness == 1


def test_a_series_is_compared_from_text_to_text(library: Library) -> None:
    [step] = compare_series(library, "A/RES/79/301", mask=True)
    assert (step.earlier, step.later, step.same, step.of) == ("A/RES/78/301", "A/RES/79/301", 3, 4)


def test_what_cannot_be_compared_is_told(library: Library) -> None:
    with pytest.raises(UnknownError, match="A/RES/1/1 is not in the library"):
        compare(library, "A/RES/1/1", "A/RES/79/301")
    with pytest.raises(QueryError, match="not both there in zh"):
        compare(library, "A/RES/78/301", "A/RES/79/301", language="zh")
    with pytest.raises(UnknownError):
        compare_series(library, "A/RES/1/1")
