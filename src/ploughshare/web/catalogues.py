"""The catalogues of the interface: every sentence of the templates and views. ``python -m ploughshare.web.catalogues`` brings
``locale/*.po`` up to date: new sentences come in empty, those that are gone go.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from ploughshare.lexicon.load import LANGUAGES

from .page import PAGES
from .tongue import SOURCE

HERE = Path(__file__).parent
HEAD = """# The sentences of the site.
msgid ""
msgstr ""
"Language: {}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sentences() -> dict[str, list[tuple[str, int]]]:
    """Every sentence, with the places it stands in."""
    found: dict[str, list[tuple[str, int]]] = {name: [("page.py", 1)] for _, name in PAGES}
    methods = [("**.py", "python"), ("templates/**.html", "jinja2.ext.babel_extract")]
    for file, line, message, *_ in extract_from_dir(HERE, methods, keywords={"_": None, "tongue": None}):
        said = message[0] if isinstance(message, tuple) else message
        if said:
            found.setdefault(str(said), []).append((file, line))
    # ``visit.tongue("…")`` and ``tongue(language)("…")`` in views.
    for module in HERE.rglob("*.py"):
        for one in re.finditer(r'tongue(?:\(\w+\))?\("((?:[^"\\]|\\.)+)"\)', module.read_text(encoding="utf-8")):
            if " " in one[1]:
                found.setdefault(one[1], []).append((str(module.relative_to(HERE)), 1))
    return found


def main() -> int:
    """Write the catalogues; how many sentences have no translation yet."""
    missing = 0
    for language in LANGUAGES:
        if language == SOURCE:
            continue
        path = HERE / "locale" / f"{language}.po"
        old = read_po(path.open("rb"), locale=language) if path.exists() else Catalog(locale=language)
        fresh = Catalog(locale=language)
        for said in sorted(sentences()):
            message = old.get(said)
            string = str(message.string) if message is not None else ""
            fresh.add(said, string)
            missing += not string
        with path.open("wb") as out:
            out.write(HEAD.format(language).encode())
            write_po(out, fresh, width=0, no_location=True, omit_header=True, sort_output=True)
    return missing


if __name__ == "__main__":
    sys.exit(main() > 0)
