"""Canonical JSON: one value, one spelling, so that two people who hold the same value hash the same bytes.

The subset of RFC 8785 that needs no floating point: objects with keys of ``a-z 0-9 _`` in order, arrays, strings in
Unicode form NFC, whole numbers below 2⁵³, ``true``, ``false``, ``null``. UTF-8, no white space.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn
from unicodedata import is_normalized

import msgspec

from ploughshare.errors import RecordError

#: Whole numbers at or above this are not the same in every program that reads JSON.
LARGEST = 2**53
#: Values nest no deeper than this: deeper ones are mistakes or attacks.
DEEPEST = 32
KEY = re.compile("[a-z0-9_]+")

_fast = msgspec.json.Decoder()
_encoder = msgspec.json.Encoder(order="deterministic")


def encode(value: Any) -> bytes:
    """What are the bytes of this value? Raises RecordError for a value that has no canonical form.

    >>> encode({"uid": "EX-1", "at": [1, True, None]})
    b'{"at":[1,true,null],"uid":"EX-1"}'
    >>> encode({"mass": 1.5})
    Traceback (most recent call last):
    ploughshare.errors.RecordError: mass: a number with a fraction has no canonical form; write it as text or in smaller units
    """
    check(value)
    return _encoder.encode(value)


def decode(data: bytes) -> Any:
    """What value do these canonical bytes hold? A value in any other spelling than its own is refused with the reason.

    Decoding and encoding must give the bytes back, so doubled keys, white space, another order of keys and needless escapes
    cannot pass.
    """
    try:
        value = _fast.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        _refuse(data)
    check(value)
    if _encoder.encode(value) != data:
        _refuse(data)
    return value


def read(data: bytes) -> Any:
    """What value does this JSON hold, as people write it: any order and white space? All else is as strict as canonical JSON.

    >>> read(b'{"b": 1, "a": 2}')
    {'b': 1, 'a': 2}
    """
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_float=_no_fraction, parse_constant=_no_fraction)
    except UnicodeDecodeError as error:
        raise RecordError(f"byte {error.start} is not UTF-8", advice="save it as UTF-8") from None
    except json.JSONDecodeError as error:
        raise RecordError(f"this is not JSON ({error.msg}, line {error.lineno}, column {error.colno})") from None
    except RecursionError:
        raise RecordError(f"it nests deeper than {DEEPEST} levels") from None
    except ValueError:
        # Python itself refuses to read a number of thousands of digits.
        raise RecordError("a number is 2⁵³ or more, or −2⁵³ or less", advice="write it as text") from None
    check(value)
    return value


def check(value: Any, where: str = "", depth: int = 0) -> None:
    """Does this value have a canonical form? Raises RecordError naming the place and the reason."""
    kind = type(value)
    if kind is str:
        if not value.isascii():
            _check_text(value, where)
    elif kind is int:
        if not -LARGEST < value < LARGEST:
            raise RecordError("a number is 2⁵³ or more, or −2⁵³ or less", where=where, advice="write it as text")
    elif kind is dict:
        if depth >= DEEPEST:
            raise RecordError(f"it nests deeper than {DEEPEST} levels", where=where[:80])
        for key, item in value.items():
            if type(key) is not str or not KEY.fullmatch(key):
                raise RecordError(f"the key {str(key)[:40]!r} has other characters than a-z, 0-9 and _", where=where)
            check(item, key if not where else f"{where}.{key}", depth + 1)
    elif kind is list or kind is tuple:
        if depth >= DEEPEST:
            raise RecordError(f"it nests deeper than {DEEPEST} levels", where=where[:80])
        for item in value:
            check(item, where, depth + 1)
    elif kind is float:
        _no_fraction("", where)
    elif value is not None and kind is not bool:
        raise RecordError(f"a value of type {kind.__name__} has no canonical form", where=where)


def _check_text(value: str, where: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise RecordError("the text holds half of a character (a lone surrogate)", where=where) from None
    if not is_normalized("NFC", value):
        raise RecordError("the text is not in Unicode form NFC", where=where, advice="normalise it before recording")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise RecordError(f"the key {double[:40]!r} stands twice in one object")
    return found


def _no_fraction(text: str, where: str = "") -> NoReturn:  # noqa: ARG001 - the form of the hook
    raise RecordError("a number with a fraction has no canonical form", where=where, advice="write it as text or in smaller units")


def _refuse(data: bytes) -> NoReturn:
    """Say why bytes that are not canonical are not."""
    read(data)
    raise RecordError(
        "this is JSON, but not in its canonical spelling", advice="keys in order, no white space, no needless escapes"
    )
