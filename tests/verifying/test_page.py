"""What the pages on verification say is true: every code and type of entry is on them, what they print is what is printed."""

import re
from pathlib import Path

from ploughshare.verifying import sentences
from ploughshare.verifying.sizes import sample_size

ROOT = Path(__file__).resolve().parents[2]
MINE = ("commitment", "declaration", "vault", "disclosure", "challenge", "evidence", "selection", "entries")
PAGES = "".join((ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("declarations", "sampling"))
SOURCES = {name: (ROOT / "src/ploughshare/verifying" / f"{name}.py").read_text("utf-8") for name in MINE}


def test_every_code_is_on_a_page() -> None:
    codes = {code for source in SOURCES.values() for code in re.findall(r'(?:code=|Finding\()"([A-Z_]+)"', source)}
    assert len(codes) > 20
    assert not [code for code in codes | {"MALFORMED"} if f"`{code}`" not in PAGES]


def test_every_type_of_entry_is_on_a_page() -> None:
    kinds = re.findall(r'^register\("([a-z-]+)"', SOURCES["entries"], re.M)
    assert len(kinds) == 6
    assert not [kind for kind in kinds if f"| `{kind}` |" not in PAGES]


def test_the_sentence_on_the_page() -> None:
    for said in sentences.of_size(sample_size(300, 10, "0.10")):
        assert said in PAGES


def test_the_ethics_guard_is_in_the_house() -> None:
    guard = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert "not certified for any treaty use" in guard
    names = {path.stem for path in (ROOT / "src/ploughshare/verifying").glob("*.py")}
    assert not names & {"pit", "warhead", "primary", "secondary", "neutron", "gamma", "isotope"}
