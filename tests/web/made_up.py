"""A made-up library for the site: the specimen in six languages, a series, an act, and hostile words in every field."""

import json
from datetime import date
from pathlib import Path

from ploughshare.library.entries import ActBody
from ploughshare.library.library import Added, Library
from ploughshare.tracking import acts
from ploughshare.tracking.settle import settled

from ..made_up import text

SPECIMEN = Path(__file__).resolve().parents[2] / "specimen"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
ON = date(2026, 3, 1)
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='alert(3)' {{7*7}} javascript:alert(4)"

ASKS = """1. Requests the Secretary-General to submit to the General Assembly at its {} session a report on ploughs;

2. Calls upon all States to keep an account of their ploughs;

3. Decides to include in the provisional agenda of its {} session, under the item entitled "Ploughs and shares", the sub-item
entitled "{}"."""


def build(folder: Path) -> Library:
    """The library, with everything derived."""
    source = folder / "source"
    source.mkdir(parents=True)
    words = [
        text("78/10", "Ploughs", ASKS.format("seventy-ninth", "seventy-ninth", "Ploughs")),
        text("79/11", "Ploughs", ASKS.format("eightieth", "eightieth", "Ploughs"), preamble="Recalling its resolution 78/10,"),
        text(
            "80/12", "Ploughs", ASKS.format("eighty-first", "eighty-first", "Ploughs"), preamble="Recalling its resolution 79/11,"
        ),
        text("80/13", f"Shares {EVIL}", ASKS.format("eighty-first", "eighty-first", EVIL), preamble=f"Recalling {EVIL},"),
    ]
    files = [(path, path.name) for path in sorted((SPECIMEN / "xml").iterdir())]
    for number, one in enumerate(words):
        path = source / f"{number}.txt"
        path.write_text(one, encoding="utf-8")
        files.append((path, f"{number}<b>{EVIL[:60]}.txt"))
    library = Library.open(folder / "library", create=True)
    told: list[Added] = []
    library.add(files, told=told.append)
    assert not [added.why for added in told if added.why]
    settled(library)
    mandate = library.database.value("SELECT id FROM undertaking WHERE symbol = 'A/RES/80/12' AND action = 'submit-report'")
    acts.record(library, ActBody("report-issued", "2026-02-02", (mandate,), actors=("KEN",), document="A/81/1", note=EVIL))
    mandate = library.database.value("SELECT id FROM undertaking WHERE symbol = 'A/RES/80/13' AND action = 'submit-report'")
    # Past the checks of what people record: a foreign record may hold anything.
    entry = library.put(
        "act", ActBody("report-issued", "2026-02-03", (mandate,), actors=(EVIL[:90],), document=EVIL[:90], note=EVIL)
    )
    act = f"act:{entry}"
    acts.dispute(library, act, f"It says {EVIL}")
    library.record.checkpoint(library.key())
    settled(library)
    return library


def stain(library: Library) -> None:
    """Hostile words in every field of words of the derived tables, where no reader would ever put them."""
    database = library.database
    with database.writing():
        for table, columns in {
            "resolution": ("title", "agenda_item", "agenda_title", "report", "committee", "body"),
            "text": ("title", "agenda_title", "enacting"),
            "paragraph": ("words", "closing", "number"),
            "footnote": ("words", "mark"),
            "citation": ("words", "target"),
            "mandate": ("rule",),
            "subject": ("label", "dictionary", "address"),
            "act": ("document", "author"),
            "dispute": ("why", "author"),
            "original": ("name", "format", "digest"),
        }.items():
            for column in columns:
                extra = "|| rowid" if column == "digest" else ""
                where = "WHERE entry IS NOT NULL" if table == "act" else ""
                database.run(f"UPDATE {table} SET {column} = ? {extra} {where}", (EVIL,))
        for state, cast in ((EVIL, "in favour"), ("Kenya", EVIL)):
            database.run("INSERT OR REPLACE INTO vote VALUES ('A/RES/80/13', ?, ?)", (state, cast))
        database.run("INSERT OR REPLACE INTO sponsor VALUES ('A/RES/80/13', ?, 0)", (EVIL,))
        database.run("UPDATE undertaking SET details = ?", (f'{{"subject": {json.dumps(EVIL)}}}',))
