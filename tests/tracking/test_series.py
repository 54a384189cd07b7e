"""Which resolutions belong together, and what changed between them."""

from hypothesis import given
from hypothesis import strategies as st

from ploughshare.tracking.changes import Words, changes, marked
from ploughshare.tracking.series import Member, series_of
from ploughshare.tracking.symbols import document_session, place_of


def member(symbol: str, title: str, *recalled: tuple[str, ...]) -> Member:
    return Member(symbol, frozenset([f"en {title}"]), frozenset(), recalled)


def together(*members: Member) -> list[list[str]]:
    return sorted(series_of(members))


def test_the_same_title_in_other_sessions_is_one_series() -> None:
    assert together(member("A/RES/78/1", "x"), member("A/RES/77/9", "x"), member("A/RES/78/2", "y")) == [
        ["A/RES/77/9", "A/RES/78/1"],
        ["A/RES/78/2"],
    ]


def test_a_title_that_stands_over_several_texts_of_a_session_names_no_subject() -> None:
    found = together(member("A/RES/78/1", "Questions"), member("A/RES/78/2", "Questions"), member("A/RES/77/9", "Questions"))
    assert all(len(symbols) == 1 for symbols in found)


def test_a_list_that_names_the_text_before_is_the_history() -> None:
    history = ("A/RES/70/1", "A/RES/71/1", "A/RES/77/9")
    assert together(member("A/RES/77/9", "x"), member("A/RES/78/1", "x", history)) == [
        ["A/RES/70/1", "A/RES/71/1", "A/RES/77/9", "A/RES/78/1"]
    ]


def test_a_list_with_a_text_of_another_subject_is_no_history() -> None:
    mixed = ("A/RES/75/1", "A/RES/76/1", "A/RES/77/2")
    found = together(member("A/RES/77/2", "other"), member("A/RES/76/7", "other"), member("A/RES/78/1", "x", mixed))
    assert ["A/RES/78/1"] in found


def test_without_the_text_before_only_a_steady_list_counts() -> None:
    steady = ("A/RES/75/1", "A/RES/76/1", "A/RES/77/1")
    gap = ("A/RES/55/1", "A/RES/60/1", "A/RES/77/1")
    assert len(together(member("A/RES/78/1", "x", steady))[0]) == 4
    assert together(member("A/RES/78/1", "x", gap)) == [["A/RES/78/1"]]


def test_symbols_tell_their_session() -> None:
    assert place_of("A/RES/75/101A-B") == (75, 101, "A-B")
    assert place_of("A/RES/S-10/2") is None
    assert document_session("A/78/123/Add.1") == 78
    assert document_session("A/C.1/78/L.4") is None


PARAGRAPHS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=60), max_size=8)


@given(PARAGRAPHS, PARAGRAPHS)
def test_every_paragraph_is_told_of_once(earlier: list[str], later: list[str]) -> None:
    before = [Words(f"a{n}", words) for n, words in enumerate(earlier)]
    after = [Words(f"b{n}", words) for n, words in enumerate(later)]
    found = changes(before, after)
    assert sorted(c.before for c in found if c.before) == [w.id for w in before]
    assert [c.after for c in found if c.after] == [w.id for w in after]
    assert all((c.what == "new") == (c.before is None) and (c.what == "dropped") == (c.after is None) for c in found)


@given(PARAGRAPHS)
def test_a_text_has_not_changed_from_itself(words: list[str]) -> None:
    paragraphs = [Words(f"op{n}", said) for n, said in enumerate(words)]
    assert {change.what for change in changes(paragraphs, paragraphs)} <= {"same"}


@given(st.text(max_size=200), st.text(max_size=200))
def test_marked_words_give_both_texts_back(old: str, new: str) -> None:
    passages = marked(old, new)
    assert "".join(p.words for p in passages if p.kind != "old") == new
    assert "".join(p.words for p in passages if p.kind == "old") or old == new or all(p.kind != "old" for p in passages)


def test_chinese_is_marked_by_the_character() -> None:
    found = marked("\u7b2c\u4e03\u5341\u4e5d\u5c4a", "\u7b2c\u516b\u5341\u5c4a")
    assert [p.words for p in found] == ["\u7b2c", "\u4e03", "\u516b", "\u5341", "\u4e5d", "\u5c4a"]
