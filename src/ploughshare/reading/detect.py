"""Bytes → what they are: the format of a file by its content, and the language of a text by its letters and small words.

In come bytes (or characters), out goes a ``Format`` (or the code of one of the six languages). A name or an extension is
never asked: people rename files. What cannot be read is refused with the name of what it looks like.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from enum import StrEnum
from functools import cache
from io import BytesIO

import olefile

from ploughshare.errors import UnreadableError
from ploughshare.lexicon.load import load
from ploughshare.reading.encoding import MARKS


class Format(StrEnum):
    """What a file turned out to be; each has a reader of its own."""

    PLAIN = "plain"
    HTML = "html"
    DOCX = "docx"
    DOC = "doc"
    PDF = "pdf"
    AKN = "akn"


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_GIVE = "give the document as text, HTML, DOCX, DOC, PDF or Akoma Ntoso XML"
_OCR = "if it shows a text, let OCR make text or a searchable PDF of it"
_FOREIGN = (
    (b"{\\rtf", "an RTF document", "open it in a word processor and save it as DOCX"),
    (b"\xffWPC", "a WordPerfect document", "open it in a word processor and save it as DOCX"),
    (b"%!PS", "a PostScript file", "convert it to PDF"),
    (b"\x89PNG", "a PNG picture", _OCR),
    (b"\xff\xd8\xff", "a JPEG picture", _OCR),
    (b"GIF8", "a GIF picture", _OCR),
    (b"II*\0", "a TIFF picture", _OCR),
    (b"MM\0*", "a TIFF picture", _OCR),
    (b"AT&TFORM", "a DjVu file", _OCR),
    (b"\x1f\x8b", "a gzip archive", "unpack it and give what is in it"),
    (b"BZh", "a bzip2 archive", "unpack it and give what is in it"),
    (b"\xfd7zXZ", "an xz archive", "unpack it and give what is in it"),
    (b"(\xb5/\xfd", "a Zstandard archive", "unpack it and give what is in it"),
    (b"7z\xbc\xaf'\x1c", "a 7z archive", "unpack it and give what is in it"),
    (b"Rar!", "a RAR archive", "unpack it and give what is in it"),
    (b"\x7fELF", "a program", _GIVE),
    (b"MZ\x90\0", "a program", _GIVE),
    (b"SQLite format 3\0", "a database", _GIVE),
    (b"MIME-Version:", "a mail or a web archive", "save the page as HTML"),
)
_IN_OLE = (
    ("EncryptedPackage", "an encrypted Office document", "open it with its password and save it without one"),
    ("Workbook", "an Excel workbook", _GIVE),
    ("Book", "an Excel workbook", _GIVE),
    ("PowerPoint Document", "a PowerPoint presentation", _GIVE),
    ("__properties_version1.0", "an Outlook message", _GIVE),
)
_IN_ZIP = (
    ("xl/", "an Excel workbook", _GIVE),
    ("ppt/", "a PowerPoint presentation", _GIVE),
    ("content.xml", "an OpenDocument file", "open it in a word processor and save it as DOCX"),
    ("META-INF/container.xml", "an e-book (EPUB)", "save its pages as HTML"),
)
_INK = re.compile(rb"[^\s\0]")
_HEAD = 1 << 14
# What may stand before the root of a page or of XML. Each alternative begins with its own character, so nothing backtracks.
_PROLOG = re.compile(r"(?:\s+|<!--(?:[^-]|-(?!->))*-->|<\?[^>]*>|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*", re.IGNORECASE)
_DOCUMENT_TYPE = re.compile(r"<!DOCTYPE\s{1,9}(?:[\w.-]{1,64}:)?([\w.-]{1,64})", re.IGNORECASE)
_TAG = re.compile(r"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|table|tr|td|ol|ul|li|section|article|main|center|blockquote|br|title|meta|style)\b", re.IGNORECASE
)
_GAP = re.compile(r"\n[ \t\r]*\n")


def format_of(data: bytes) -> Format:
    """What kind of file is this, whatever its name?

    Text that is no page and no XML is plain, Markdown included. What no reader here takes is refused by its name.

    >>> format_of(b"%PDF-1.7 ...")
    <Format.PDF: 'pdf'>
    >>> format_of(b"<p>The Assembly</p>")
    <Format.HTML: 'html'>
    """
    if not data.strip():
        what = "the file holds nothing but blanks" if data else "the file is empty"
        raise UnreadableError(what, advice="give the text itself")
    if data.startswith(_ZIP):
        return _in_zip(data)
    if data.startswith(_OLE):
        return _in_ole(data)
    # A PDF may follow a mail header or other dirt; its standard allows a kilobyte of it.
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for magic, what, advice in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(f"this is {what}", advice=advice)
    if data[257:262] == b"ustar":
        raise UnreadableError("this is a tar archive", advice="unpack it and give what is in it")
    if data.startswith(b"RIFF") or data[4:8] == b"ftyp":
        raise UnreadableError("this is a picture, a sound or a film", advice=_GIVE)
    return _in_characters(_head(data))


def _in_zip(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    # Its parser lets several kinds of error through on damaged directories.
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, OverflowError, IndexError) as error:
        what = "this is a ZIP file (perhaps DOCX) that is damaged or cut off"
        raise UnreadableError(what, advice="get the file again") from error
    if any(name.startswith("word/") for name in names):
        return Format.DOCX
    for start, what, advice in _IN_ZIP:
        if any(name.startswith(start) for name in names):
            raise UnreadableError(f"this is {what}", advice=advice)
    raise UnreadableError("this is a ZIP archive", advice="unpack it and give what is in it")


def _in_ole(data: bytes) -> Format:
    try:
        with olefile.OleFileIO(BytesIO(data)) as container:
            streams = {entry[0] for entry in container.listdir()}
    except Exception as error:  # olefile parses with struct and lists, and lets any of their errors through
        raise UnreadableError(
            f"this is an old Office file that is damaged or cut off ({error})", advice="get the file again"
        ) from error
    for stream, what, advice in _IN_OLE:
        if stream in streams:
            raise UnreadableError(f"this is {what}", advice=advice)
    if "WordDocument" in streams:
        return Format.DOC
    raise UnreadableError("this is an old Office file without a text in it", advice=_GIVE)


def _head(data: bytes) -> str:
    """The first characters, good enough to see mark-up: every encoding here agrees on ASCII but for its width."""
    begin = _INK.search(data)
    start = begin.start() if begin else 0
    head = data[:_HEAD] if start < 64 else data[start : start + _HEAD]
    for mark, name in MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(name, errors="ignore")
    if b"\0" in head[:64]:
        return head.translate(None, b"\0").decode("latin-1")
    return head.decode("latin-1")


def _in_characters(head: str) -> Format:
    start = _prolog(head)
    root = _TAG.match(head, start)
    # Where declarations fill the whole front, the name of the root stands in the first of them.
    declared = None if root else _DOCUMENT_TYPE.search(head, 0, 1024)
    named = root[2] if root else declared[1] if declared and head.lstrip().startswith("<") else ""
    if named.lower() == "akomantoso":
        return Format.AKN
    if _PAGE.search(head, 0, start + 2048):
        return Format.HTML
    if head.lstrip().startswith("<?xml") or (root and root[1]) or (named and not root):
        what = "XML without a root, or cut off before it"
        if root or named:
            what = f"XML with the root <{(root[1] or '') + root[2] if root else named}>"
        raise UnreadableError(f"this is {what}, not Akoma Ntoso or HTML", advice=_GIVE)
    if root and _BLOCK.match(head, start):
        # Markdown may open with a tag too; a page has no more empty lines than blocks.
        return Format.HTML if 2 * len(_BLOCK.findall(head)) >= len(_GAP.findall(head)) else Format.PLAIN
    return Format.PLAIN


def _prolog(head: str) -> int:
    found = _PROLOG.match(head)
    return found.end() if found else 0


_PIECES, _PIECE = 4, 512
_SCRIPTS = re.compile(r"([\u3400-\u9fff]+)|([\u0620-\u06ff]+)|([\u0400-\u04ff]+)|([A-Za-z\u00c0-\u024f]+)")


def language_of(text: str) -> str:
    """In which of the six languages is this text written?

    The script of most letters decides (a Han character weighs two); between languages of Latin script, the small words do.
    Four pieces of a long text are enough; its front alone may be a cover in another language.

    >>> language_of("The cat sat on the mat with its friend."), language_of("Le chat est sur la table et dort.")
    ('en', 'fr')

    Raises UnreadableError where there is not one letter.
    """
    sample = _spread(text)
    han = arabic = cyrillic = latin = 0
    words: list[str] = []
    for chinese, right_to_left, slavic, western in _SCRIPTS.findall(sample):
        if western:
            latin += len(western)
            words.append(western)
        elif chinese:
            han += 2 * len(chinese)
        elif slavic:
            cyrillic += len(slavic)
        else:
            arabic += len(right_to_left)
    most = max(han, arabic, cyrillic, latin)
    if not most:
        if len(sample) < len(text) and (found := _SCRIPTS.search(text)):
            return language_of(text[found.start() : found.start() + _PIECE])
        raise UnreadableError("there is not one word in it", advice="if it is a picture of a text, let OCR make text of it")
    for count, language in ((han, "zh"), (arabic, "ar"), (cyrillic, "ru")):
        if count == most:
            return language
    return _latin_language(Counter(word.lower() for word in words))


def _spread(text: str) -> str:
    if len(text) <= _PIECES * _PIECE:
        return text
    step = (len(text) - _PIECE) // (_PIECES - 1)
    return " ".join(text[start : start + _PIECE] for start in range(0, step * _PIECES, step))


def _latin_language(words: Counter[str]) -> str:
    return max(_latin(), key=lambda language: sum(words[word] for word in _latin()[language]))


@cache
def _latin() -> dict[str, frozenset[str]]:
    """The small words of the languages of Latin script; the first wins a tie."""
    return {language: frozenset(load("language", language)["function_words"]) for language in ("en", "es", "fr")}
