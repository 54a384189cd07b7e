"""The ZIP file of a DOCX → its parts as XML trees, with a suspicious eye on the way.

After ECMA-376 part 2 (OPC): parts are found by their relationships, names know no case, and no part has a document type
definition. A part is never unpacked beyond a limit, whatever its header claims; entities are never resolved.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from io import BytesIO
from lzma import LZMAError

from lxml import etree

from ploughshare.errors import UnreadableError

_LARGEST_PART = 96 << 20
# Text packs down to a tenth or, where a machine wrote it, a two-hundredth; only emptiness packs further.
_SAFE_SIZE, _HIGHEST_RATIO = 32 << 20, 400
_MOST_PARTS = 20_000
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s{0,9}=\s{0,9}["']([\w.-]{1,40})["']""")
# The strict variant of the standard differs in the names of its namespaces only.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_AGAIN = "get the file again, or open it in a word processor and save it anew"
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, LZMAError, struct.error, ValueError, IndexError, OverflowError,
    RuntimeError, EOFError, OSError, NotImplementedError,
)  # fmt: skip


class Package:
    """The parts of a DOCX, each read when it is asked for."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            entries = self._archive.infolist()
        except _ZIP_ERRORS as error:
            raise UnreadableError(f"this is not a whole DOCX file ({error})", advice=_AGAIN) from error
        if len(entries) > _MOST_PARTS:
            raise UnreadableError(f"the DOCX file has {len(entries):,} parts, which no document has", advice=_AGAIN)
        self._parts = {entry.filename.replace("\\", "/").strip("/").lower(): entry for entry in entries}
        self.main = next((target for kind, target in self.related("") if kind == "officeDocument"), "word/document.xml")

    def xml(self, part: str) -> etree._Element | None:
        """The root of a part; None if the package has no such part."""
        data = self._bytes(part)
        if data is None:
            return None
        declared = _DECLARED.match(data[:200])
        if declared is not None and declared[1].lower() not in (b"utf-8", b"utf-16", b"us-ascii"):
            raise UnreadableError(f"{part} in the DOCX file is in an encoding that the format does not allow", advice=_AGAIN)
        # Also where each character takes two bytes.
        if b"<!DOCTYPE" in data or b"<\0!\0D\0O\0C\0T\0Y\0P\0E" in data:
            raise UnreadableError(
                f"{part} in the DOCX file defines entities, which the format forbids: it may be meant to harm",
                advice="do not trust it; ask for a PDF",
            )
        for strict, transitional in _STRICT:
            data = data.replace(strict, transitional)
        # Without a document type there are no entities, so the tree may be as large as the part.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            said = error.msg if isinstance(error, etree.XMLSyntaxError) else str(error)
            raise UnreadableError(f"{part} in the DOCX file is damaged ({said})", advice=_AGAIN) from error

    def related(self, part: str) -> list[tuple[str, str]]:
        """The parts that a part names: the last word of the kind of relationship, and the part."""
        return [(kind, target) for _, kind, target in self.relationships(part)]

    def relationships(self, part: str) -> list[tuple[str, str, str]]:
        """Identifier, kind and part of each relationship within the package."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for one in root.iter(_RELATIONSHIP) if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External" and target:
                path = target.strip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                found.append((one.get("Id", ""), one.get("Type", "").rpartition("/")[2], path))
        return found

    def _bytes(self, part: str) -> bytes | None:
        entry = self._parts.get(part.lower())
        if entry is None:
            return None
        limit = _LARGEST_PART
        if entry.compress_size:
            limit = min(limit, max(_SAFE_SIZE, entry.compress_size * _HIGHEST_RATIO))
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(limit + 1)
        except _ZIP_ERRORS as error:
            raise UnreadableError(f"{part} in the DOCX file is damaged or cut off ({error})", advice=_AGAIN) from error
        if len(data) > limit:
            raise UnreadableError(
                f"{part} in the DOCX file unpacks to more than {limit >> 20} MB: a zip bomb, or no resolution",
                advice="do not trust it; ask for a PDF",
            )
        return data
