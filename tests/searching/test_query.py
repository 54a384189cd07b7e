"""What people may type, and what is said where it cannot be answered."""

import apsw
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ploughshare.errors import PloughshareError, QueryError
from ploughshare.lexicon.load import LANGUAGES
from ploughshare.searching.index import SCHEMA
from ploughshare.searching.query import LONGEST, MOST, parse, sought

WRONG = [
    ('"small arms', "closed"),
    ("OR ploughs", "before"),
    ("ploughs OR", "after"),
    ("ploughs | | shares", "before"),
    ("-ploughs", "must not"),
    ("ploughs OR -shares", "must not"),
    ("--- !!", "no word"),
    ("plough " * MOST + "share", "more than"),
    ("p" * (LONGEST + 1), "characters"),
]


@pytest.mark.parametrize(("question", "said"), WRONG)
def test_a_malformed_question_is_told_in_one_sentence(question: str, said: str) -> None:
    with pytest.raises(QueryError) as told:
        parse(question)
    assert said in str(told.value)
    assert "\n" not in str(told.value)


def test_quotation_marks_of_print_and_the_bar_mean_what_people_think() -> None:
    query = parse("«petits pays» 「小国」 “small States” | mines")
    assert [[piece.words for piece in group] for group in query.groups] == [["petits pays"], ["小国"], ["small States", "mines"]]


def test_small_words_count_only_in_quotes() -> None:
    plain, quoted = (sought(parse(words), "en") for words in ("the ploughs", '"the ploughs"'))
    assert plain is not None
    assert quoted is not None
    assert (plain.expression, quoted.expression) == ('("plough")', '("the plough")')
    alone = sought(parse("of the"), "en")
    assert alone is not None
    assert alone.expression == '("of") AND ("the")'


@pytest.fixture(scope="module")
def tables() -> apsw.Connection:
    connection = apsw.Connection(":memory:")
    connection.execute(SCHEMA)
    return connection


@given(st.text(max_size=80))
@example("a AND b NOT c NEAR(d e)")
@example('words : "x" ^ y + z')
@example("\ud800 \0 * -* \" \" '';DROP TABLE row;--")
@example("{} () [] col:x a* *b \u200f\u202e")
def test_no_question_reaches_the_index_as_anything_but_words(tables: apsw.Connection, question: str) -> None:
    try:
        query = parse(question)
    except PloughshareError:
        return
    for language in LANGUAGES:
        asked = sought(query, language)
        if asked is not None:
            assert (
                tables.execute(f"SELECT rowid FROM words_{language} WHERE words_{language} MATCH ?", (asked.expression,)).fetchall()
                == []
            )
