"""Bytes → characters: tell the encoding of a text from the bytes themselves.

In come the bytes of a text (plain, Markdown or the source of a page), out go its characters and the name of the encoding.
A byte order mark decides; then UTF-8, which hardly anything else resembles; then, on a sample, the reading whose words
look most like words: letters of one script, capitals in front only, small words of the six languages among them.
"""

from __future__ import annotations

import codecs
import re
from functools import cache

from ploughshare.errors import UnreadableError
from ploughshare.lexicon.load import LANGUAGES, load

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the other's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# In the order of preference where two read a text alike.
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_NARROW = ("cp1252", "gb18030", "cp1251", "cp1256", "koi8-r", "iso8859-6")
_SAMPLE = 1 << 14
_ADVICE = "save it as UTF-8, or give the document as HTML, DOCX, DOC, PDF or Akoma Ntoso XML"

# Word writes 0x1e and 0x1f for its hyphens; 0x1a ends a file of DOS; 0x1b begins the colours of a terminal.
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1a\x1b\x1e\x1f"))
_ODD = re.compile("[\x00-\x08\x0e-\x19\x1c\x1d\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffe\uffff]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_\u00b2\u00b3\u00b9\u2070-\u2089]+")
_ACCENTED = "ßàáâäæçèéêëìíîïñòóôöùúûüœÿÀÁÂÄÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜŒ"
_CREDIBLE = re.compile(
    rf"(?:[A-Za-z]|[{_ACCENTED}](?![{_ACCENTED}]{{2}}))+"
    "|[\u0410-\u042f\u0401]?[\u0430-\u044f\u0451]+"
    "|[\u0621-\u0652\u0670\u0671]+"
    "|[A-Z]*[\u3400-\u9fff]+[A-Z]*"
)
# Capitals all through: less likely than what another encoding shows as small letters.
_SHOUTED = re.compile("[\u0410-\u042f\u0401]+")
_SIGN = re.compile("[\u00a0-\u00ba\u00bf\u060c\u061b\u061f\u0660-\u066d\u2010-\u203a\u20ac\u2116\u2122\u3000-\u3020\uff01-\uff5e]")
# No text is long without one of these; read with swapped bytes it has none.
_STOP = re.compile("[ \n\r\u3001\u3002\uff0c\uff1b]")


def decode(data: bytes) -> tuple[str, str]:
    """What characters are these bytes, and in which encoding?

    A mark at the front is believed: bytes that break its promise are refused, not guessed at. The mark itself is not part of
    the text. Bytes that read as no text at all are refused too.

    >>> decode("Größe, naïveté".encode("cp1252"))
    ('Größe, naïveté', 'cp1252')
    >>> decode("день".encode("utf-16"))[1]
    'utf-16-le'
    """
    if not data.strip(b" \t\r\n\v\f\0"):
        what = "the file holds nothing but blanks" if data else "the file is empty"
        raise UnreadableError(what, advice="give the text itself")
    for mark, name in MARKS:
        if data.startswith(mark):
            return _promised(data[len(mark) :], name), name
    if b"\0" in data:
        for name in _ranked(data, _WIDE):
            return _promised(data, name), name
    binary = _is_binary(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    else:
        if not binary:
            return text, "utf-8"
    # Half the bytes of UTF-16 look like controls, even where none is zero.
    for name in _ranked(data, _WIDE[:2] if binary else _NARROW):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise UnreadableError(
        "the bytes are not text" if binary else "the bytes are not text in any encoding known here", advice=_ADVICE
    )


def _promised(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableError(
            f"it begins as {name.upper()}, but the bytes at {error.start} are not ({error.reason})",
            advice="it is cut off or in another encoding; get it again or save it as UTF-8",
        ) from error


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Many whole UTF-8 characters and a few broken ones: damaged, and any other encoding would read rubbish."""
    beyond = _BEYOND_ASCII.findall(_sample(data).decode("utf-8", errors="replace"))
    broken = beyond.count("\ufffd")
    if len(beyond) - broken >= 8 and broken * 10 < len(beyond):
        raise UnreadableError(
            f"the text is UTF-8, but the byte 0x{data[error.start]:02x} at {error.start} is not",
            advice="it is cut off or mixed with another encoding; get it again or save it as UTF-8",
        ) from error


def _is_binary(data: bytes) -> bool:
    head = data[:_SAMPLE]
    return (len(head) - len(head.translate(None, _CONTROLS))) * 100 > len(head)


def _ranked(data: bytes, names: tuple[str, ...]) -> list[str]:
    """The encodings under which a sample of the bytes reads like words, the likeliest first."""
    narrow = _sample(data)
    scores = {}
    for name in names:
        wide = name in _WIDE
        try:
            # Incremental: the sample may end in the middle of a character.
            text = codecs.getincrementaldecoder(name)().decode(data[:_SAMPLE] if wide else narrow)
        except UnicodeDecodeError:
            continue
        if (score := _credibility(text, wide)) >= 0.7:
            scores[name] = score
    return sorted(scores, key=lambda name: -scores[name])


def _sample(data: bytes) -> bytes:
    """The first lines with bytes beyond ASCII, up to 16 kB: all that tells one narrow encoding from another."""
    if len(data) <= _SAMPLE:
        return data
    found, size, start = [], 0, 0
    while size < _SAMPLE and start < len(data):
        stop = data.find(b"\n", start) + 1 or len(data)
        line = data[start:stop]
        start = stop
        if not line.isascii():
            if len(line) > _SAMPLE:  # one endless line: from its first byte beyond ASCII
                first = re.search(rb"[\x80-\xff]", line)
                line = line[first.start() if first else 0 :][:_SAMPLE]
            found.append(line)
            size += len(line)
    return b"".join(found)


def _credibility(text: str, wide: bool) -> float:
    """How much a text looks like words: the share of characters that stand where they may, and of small words known.

    Narrow encodings differ beyond ASCII only, so only that counts there.
    """
    total = len(text) if wide else len(_BEYOND_ASCII.findall(text))
    if not total or len(_ODD.findall(text)) * 50 > total:
        return 0.0
    words = _WORD.findall(text)
    credible = 0.9 * len(_SIGN.findall(text))
    for word in words:
        if weight := 1.0 if _CREDIBLE.fullmatch(word) else 0.9 if _SHOUTED.fullmatch(word) else 0.0:
            credible += weight * (len(word) if wide else len(_BEYOND_ASCII.findall(word)))
    small = _small_words()
    known = sum(word.lower() in small for word in words) / (len(words) or 1) + sum(map(text.count, _han_words())) / total
    if not wide:
        return credible / total + known
    stops = len(_STOP.findall(text))
    credible += stops + sum(map(text.count, map(chr, range(0x21, 0x41))))
    return min(1.0, credible / total) + stops / total + known


@cache
def _small_words() -> frozenset[str]:
    return frozenset(word for language in LANGUAGES for word in load("language", language)["function_words"])


@cache
def _han_words() -> tuple[str, ...]:
    return tuple(load("language", "zh")["function_words"])
