"""Write the specimen in all its formats: ``python -m specimen.make`` (text, HTML, XML, DOCX), with ``convert`` PDF and DOC.

The same sources give the same bytes. PDF and DOC need LibreOffice and the fonts that README.md names, so they are a step apart.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from . import as_akn, as_docx, as_html, as_text
from .content import HERE, LANGUAGES, load


def texts() -> dict[Path, bytes]:
    """The plain texts, one for each kind of damage."""
    return {
        HERE / "text" / f"specimen.{name}.txt": as_text.write(load(name.partition(".")[0]), damage).encode()
        for name, damage in as_text.DAMAGES.items()
    }


def pages() -> dict[Path, bytes]:
    """The HTML pages."""
    return {HERE / "html" / f"specimen.{name}.html": as_html.write(load(name), style) for name, style in as_html.STYLES.items()}


def akn() -> dict[Path, bytes]:
    """The Akoma Ntoso files."""
    return {HERE / "xml" / f"specimen.{name}.xml": as_akn.write(load(name)) for name in LANGUAGES}


def documents() -> dict[Path, bytes]:
    """The DOCX files."""
    return {HERE / "docx" / f"specimen.{name}.docx": as_docx.write(load(name)) for name in LANGUAGES}


def everything() -> dict[Path, bytes]:
    """Every file that is made without a tool, by its place."""
    return {**texts(), **pages(), **akn(), **documents()}


def convert() -> None:
    """Turn the DOCX files into PDFs and old Word documents with LibreOffice, a program that others wrote.

    It lays notes at the foot of their page and embeds subsets of the fonts.
    """
    switched_off = {name: {"type": "boolean", "value": "false"} for name in ("UseTaggedPDF", "ExportFormFields", "ExportBookmarks")}
    filters = {"pdf": f"pdf:writer_pdf_Export:{json.dumps(switched_off)}", "doc": "doc:MS Word 97"}
    with tempfile.TemporaryDirectory() as profile:
        for folder, convert_to in filters.items():
            subprocess.run(
                [
                    *("soffice", f"-env:UserInstallation=file://{profile}", "--headless"),
                    *("--convert-to", convert_to, "--outdir", str(HERE / folder)),
                    *(str(path) for path in documents()),
                ],
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


def main() -> None:
    """Write the files, or convert the DOCX files where that is asked for."""
    if sys.argv[1:] == ["convert"]:
        convert()
        return
    for path, content in everything().items():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        print(path.relative_to(HERE))


if __name__ == "__main__":
    main()
