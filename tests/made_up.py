"""Made-up resolutions of the General Assembly, as texts, for what needs several of them with dates that have passed."""

from pathlib import Path

from ploughshare.library.library import Added, Library

ORDINALS = {74: "seventy-fourth", 75: "seventy-fifth", 76: "seventy-sixth", 77: "seventy-seventh", 78: "seventy-eighth"} | {
    79: "seventy-ninth",
    80: "eightieth",
    81: "eighty-first",
    82: "eighty-second",
    83: "eighty-third",
}


def text(
    symbol: str, title: str, operative: str, *, preamble: str = "", item: str = "Ploughs and shares", day: str | None = None
) -> str:
    """A resolution ``79/901`` with a cover, one preambular paragraph, and an operative part whose paragraphs a blank line parts."""
    session = int(symbol.partition("/")[0])
    adopted = day or f"2 December {1945 + session}"
    return f"""United Nations

A/RES/{symbol}

General Assembly

{ORDINALS[session].capitalize()} session

Agenda item 97 (zz)

{item}: {title[0].lower()}{title[1:]}

Resolution adopted by the General Assembly on {adopted}

[on the report of the First Committee (A/{session}/409, para. 77)]

{symbol}. {title}

The General Assembly,

{preamble or "Guided by the purposes and principles of the Charter of the United Nations,"}

{operative}

44th plenary meeting

{adopted}
"""


def shelve(folder: Path, *texts: str) -> Library:
    """A library with these texts."""
    source = folder / "source"
    source.mkdir(parents=True, exist_ok=True)
    files = []
    for number, words in enumerate(texts):
        path = source / f"{number}.txt"
        path.write_text(words, encoding="utf-8")
        files.append((path, path.name))
    library = Library.open(folder / "library", create=True)
    told: list[Added] = []
    library.add(files, told=told.append)
    assert not [added.why for added in told if added.why]
    return library
