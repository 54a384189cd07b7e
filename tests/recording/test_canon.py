"""Canonical JSON: one spelling for a value, and nothing else accepted."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ploughshare.errors import RecordError
from ploughshare.recording import canon

KEYS = st.text("abcz09_", min_size=1, max_size=6)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"])).map(lambda s: __import__("unicodedata").normalize("NFC", s)),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_there_and_back(value: Any) -> None:
    data = canon.encode(value)
    assert canon.decode(data) == value
    assert json.loads(data) == value
    assert canon.read(json.dumps(value, indent=1).encode()) == value


def test_escapes_are_those_of_rfc_8785() -> None:
    assert canon.encode('\x00\b\t\n\x0b\f\r\x1f"\\/é€😀') == '"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f\\"\\\\/é€😀"'.encode()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'{"a":1,"a":2}', "twice"),
        (b"1.0", "fraction"),
        (b"1e3", "fraction"),
        (b"NaN", "fraction"),
        (b"9007199254740992", "2⁵³"),
        (b"-9007199254740992", "2⁵³"),
        (b"9" * 5000, "2⁵³"),
        ('"e\u0301"'.encode(), "NFC"),
        (b'"\\ud800"', "surrogate"),
        (b'{"A":1}', "characters"),
        (b'{"\xc3\xa9":1}', "characters"),
        (b'{"":1}', "characters"),
        (b"[" * 33 + b"]" * 33, "deeper"),
        (b"[" * 60000 + b"]" * 60000, "deeper"),
        (b'"\xff"', "UTF-8"),
        (b"", "not JSON"),
        (b"{} {}", "not JSON"),
    ],
)
def test_what_has_no_canonical_form_is_refused_with_the_reason(data: bytes, why: str) -> None:
    for reader in (canon.decode, canon.read):
        with pytest.raises(RecordError, match=why):
            reader(data)


@pytest.mark.parametrize("data", [b" 1", b"1\n", b'{"b":1,"a":2}', b'{"a": 1}', b'"\\u0041"', b'"\\/"', b"-0", b'"\\u001F"'])
def test_another_spelling_is_read_but_not_taken_for_canonical(data: bytes) -> None:
    canon.read(data)
    with pytest.raises(RecordError, match="canonical spelling"):
        canon.decode(data)


@pytest.mark.parametrize("value", [1.5, float("nan"), 2**53, "e\u0301", "\ud800", {"A": 1}, {1: 1}, b"x", {"a": {1, 2}}])
def test_what_cannot_be_written_is_refused(value: Any) -> None:
    with pytest.raises(RecordError):
        canon.encode(value)


def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(RecordError) as caught:
        canon.encode({"site": {"secret": 77777777.5}})
    assert "site.secret" in str(caught.value)
    assert "7777" not in str(caught.value)


@given(st.binary(max_size=40))
def test_any_bytes_are_canonical_or_refused(data: bytes) -> None:
    try:
        value = canon.decode(data)
    except RecordError:
        return
    assert canon.encode(value) == data
