"""Do the six languages say the same? ``python -m bench.agreement [--printed] [--list FILE]``, over the shared official texts.

Counted over all mandates that any language gives: (paragraph, act, addressees, recipients, due) must be given by every
language that has the text. So that silence does not count as agreement, the shares of asking paragraphs with a mandate, of
acts that are ``other`` and of unread paragraphs stand beside it. ``--list`` writes the rest, with the wordings.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ploughshare.errors import PloughshareError
from ploughshare.flow import read_mandates
from ploughshare.lexicon.load import LANGUAGES

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "official"
Key = tuple[str, str, tuple[str, ...], tuple[str, ...], str]


def said(path: Path) -> dict[str, Any]:
    """What one text says, as plain data."""
    try:
        reading = read_mandates(path.read_bytes(), path.name)
    except PloughshareError as error:
        return {"stem": path.stem, "error": str(error)}
    paragraphs = {p.id: p for p in reading.resolution.paragraphs if p.kind == "operative"}
    asking = {p.id for p in paragraphs.values() if any(verb.force != "state" for verb in p.verbs)}
    mandates = [
        (m.paragraph, m.action, tuple(sorted(m.addressees)), tuple(sorted(m.recipients)), json.dumps(m.due, sort_keys=True))
        for m in reading.extraction.mandates
    ]
    held = {m.paragraph for m in reading.extraction.mandates}
    yields = {p for p in asking if any(h == p or h.startswith(f"{p}.") for h in held)}
    return {
        "stem": path.stem,
        "language": reading.resolution.language,
        "mandates": mandates,
        "asking": len(asking),
        "yielding": len(yields),
        "operative": len(paragraphs),
        "unread": len(reading.extraction.unread),
        "texts": {p.id: p.text for p in paragraphs.values()},
    }


def main(arguments: list[str]) -> None:
    """Read, compare, print."""
    folder, ending = (CORPUS / "printed", "txt") if "--printed" in arguments else (CORPUS / "akn", "xml")
    files = sorted(folder.glob(f"*/*.{ending}"))
    if not files:
        sys.exit("The shared official texts are not beside this checkout; there is nothing to compare.")
    with ProcessPoolExecutor() as pool:
        read = [text for text in pool.map(said, files, chunksize=8) if "error" not in text]
    console = Console(width=132)
    table = Table(
        "language", "texts", "mandates", "asking paragraphs with a mandate", "other", "unread", title="Each language for itself"
    )
    for language in LANGUAGES:
        mine = [text for text in read if text["language"] == language]
        if not mine:
            continue
        count = sum(len(text["mandates"]) for text in mine)
        other = sum(m[1] == "other" for text in mine for m in text["mandates"])
        asking, yielding = sum(t["asking"] for t in mine), sum(t["yielding"] for t in mine)
        operative, unread = sum(t["operative"] for t in mine), sum(t["unread"] for t in mine)
        table.add_row(
            language, str(len(mine)), str(count), f"{yielding / asking:.4f}", f"{other / count:.4f}", f"{unread / operative:.4f}"
        )
    console.print(table)
    agree(read, console, arguments[arguments.index("--list") + 1] if "--list" in arguments else None)


def agree(read: list[dict[str, Any]], console: Console, listing: str | None) -> None:
    """All languages together, and each pair."""
    by_text: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for text in read:
        by_text[text["stem"]][text["language"]] = text
    given = agreed = 0
    pairs: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    lines: list[str] = []
    for stem, texts in sorted(by_text.items()):
        counts = {language: Counter(text["mandates"]) for language, text in texts.items()}
        everything: Counter[Key] = Counter()
        for count in counts.values():
            everything |= count
        for key, times in everything.items():
            lacking = [language for language, count in counts.items() if count[key] < times]
            given += times
            agreed += times if not lacking else 0
            if lacking and listing:
                has = next(language for language, count in counts.items() if count[key])
                lines.append(f"{stem} {key}: given in {has}, not in {', '.join(lacking)}")
                lines += [f"    {language}: {texts[language]['texts'].get(key[0], '')}" for language in (has, lacking[0])]
        for one, two in combinations(LANGUAGES, 2):
            if one in counts and two in counts:
                pairs[one, two][0] += sum((counts[one] & counts[two]).values())
                pairs[one, two][1] += sum((counts[one] | counts[two]).values())
    console.print(f"All languages agree on {agreed} of {given} mandates that any gives: {agreed / given:.4f}")
    table = Table("", *LANGUAGES, title="Each pair: shared mandates of all that either gives")
    for one in LANGUAGES:
        cells = [pairs.get((one, two)) or pairs.get((two, one)) for two in LANGUAGES]
        table.add_row(one, *(f"{cell[0] / cell[1]:.3f}" if cell and cell[1] else "" for cell in cells))
    console.print(table)
    if listing:
        Path(listing).write_text("\n".join(lines) + "\n", encoding="utf-8")
        console.print(f"The rest, with the wordings: {listing}")


if __name__ == "__main__":
    main(sys.argv[1:])
