"""Paragraphs of two languages side by side."""

from hypothesis import given
from hypothesis import strategies as st

from ploughshare.library.align import Side, align


def side(identifier: str, words: str, *targets: str) -> Side:
    return Side(identifier, "preambular" if identifier.startswith("pp") else "operative", words, frozenset(targets))


def test_operative_paragraphs_go_by_their_numbers() -> None:
    one = [side("op1", "long " * 30), side("op2", "short")]
    other = [side("op1", "kurz"), side("op2", "lang " * 30)]
    assert align(one, other) == {"op1": "op1", "op2": "op2"}


def test_a_preamble_with_a_paragraph_less_goes_by_what_it_holds() -> None:
    one = [
        side("pp1", "Recalling 12" * 4, "A/RES/1"),
        side("pp2", "Noting 3 reports" * 2),
        side("pp3", "Bearing in mind" * 3, "A/RES/7"),
    ]
    other = [side("pp1", "Rappelant 12" * 4, "A/RES/1"), side("pp2", "Ayant à l'esprit" * 3, "A/RES/7")]
    assert align(one, other) == {"pp1": "pp1", "pp3": "pp2"}


@given(
    st.lists(st.tuples(st.text(max_size=20), st.sets(st.sampled_from("ABC"))), max_size=6),
    st.lists(st.text(max_size=20), max_size=6),
)
def test_pairs_never_cross_and_none_is_used_twice(one: list[tuple[str, set[str]]], other: list[str]) -> None:
    mine = [side(f"pp{n}", words, *targets) for n, (words, targets) in enumerate(one, 1)]
    theirs = [side(f"pp{n}", words) for n, words in enumerate(other, 1)]
    pairs = align(mine, theirs)
    places = [(int(a[2:]), int(b[2:])) for a, b in pairs.items()]
    ordered = sorted(places)
    assert ordered == sorted(places, key=lambda pair: pair[1])
    assert len({b for _, b in places}) == len(places)
