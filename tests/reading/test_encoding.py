"""The encoding of a text is told from its bytes."""

import pytest

from ploughshare.errors import UnreadableError
from ploughshare.reading.encoding import decode

# A sentence a language, as a clerk of an invented town would write it.
SENTENCES = {
    "en": "The council’s gardener – a “naïve” man – asks for €5 and café chairs.\n",
    "fr": "Le conseil prie le jardinier de réparer la clôture près de l’étang, où l’été fut très sec.\n",
    "es": "El concejo pide al jardinero que repare la cañería del jardín; ¿quién regará los árboles mañana?\n",
    "ru": "Совет просит садовника починить ограду у пруда и посадить новые деревья на берегу реки.\n",
    "ar": "يطلب المجلس من البستاني أن يصلح السور عند البركة وأن يزرع أشجارا جديدة على ضفة النهر.\n",
    "zh": "镇议会请园丁修理池塘边的篱笆，并在河岸上种植新的树木。\n",
}
OWN = {"en": "cp1252", "fr": "cp1252", "es": "cp1252", "ru": "cp1251", "ar": "cp1256", "zh": "gb18030"}
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode_is_read_with_and_without_a_mark(language: str, encoding: str) -> None:
    sentence = SENTENCES[language] * 3
    text, name = decode(sentence.encode(encoding))
    assert text == sentence
    assert name.startswith(encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be"))


@pytest.mark.parametrize(("language", "encoding"), [*OWN.items(), ("ru", "koi8-r"), ("ar", "iso8859-6")])
def test_the_narrow_encodings_are_told_apart(language: str, encoding: str) -> None:
    for sentence in (SENTENCES[language], "Résumé 1.\n".replace("é", "e") * 50 + SENTENCES[language]):
        data = sentence.encode(encoding, errors="replace")
        assert decode(data) == (data.decode(encoding), encoding)


def test_a_single_accented_letter_is_western() -> None:
    assert decode("A café by the river.".encode("cp1252")) == ("A café by the river.", "cp1252")


def test_han_characters_alone_are_found_in_utf_16_without_a_single_zero_byte() -> None:
    data = "镇议会请园丁修理池塘边的篱笆并在河岸上种植新的树木".encode("utf-16-le")
    assert b"\0" not in data
    assert decode(data)[1] == "utf-16-le"


def test_the_letters_that_tell_may_come_late_or_in_one_endless_line() -> None:
    assert decode(b"Only ASCII here.\n" * 5_000 + SENTENCES["ru"].encode("cp1251"))[1] == "cp1251"
    assert decode(b"Only ASCII here. " * 5_000 + SENTENCES["ar"].encode("cp1256") * 3)[1] == "cp1256"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "nothing but blanks"),
        (bytes(range(256)) * 8, "not text"),
        (b"\xef\xbb\xbfR\xe9solution", "UTF-8"),
        ("The council".encode("utf-16")[:-1], "UTF-16"),
        (SENTENCES["ru"].encode()[:-3], "UTF-8"),
        (SENTENCES["fr"].encode() * 20 + b"\xe9 stray", "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(data)
    assert words in caught.value.what
    assert caught.value.advice
