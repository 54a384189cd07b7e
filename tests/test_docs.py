"""What the documentation says is run: every doctest, every command and file that the pages name."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import ploughshare
from ploughshare.cli import COMMANDS
from ploughshare.extracting.passage import kinds

ROOT = Path(__file__).resolve().parents[1]
MODULES = [name for _, name, _ in pkgutil.walk_packages(ploughshare.__path__, "ploughshare.") if not name.endswith("__main__")]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("name", ["ploughshare", *MODULES])
def test_examples_run(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.NORMALIZE_WHITESPACE)
    assert result.failed == 0


def test_public_names_are_there_and_documented() -> None:
    for name in ploughshare.__all__:
        assert (getattr(ploughshare, name).__doc__ or "").strip(), name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", page.read_text("utf-8"))]
    assert not [target for target in targets if target and "://" not in target and not (page.parent / target).exists()]


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert not [name for name in COMMANDS if f"ploughshare {name}" not in readme]


def test_every_kind_of_act_is_explained() -> None:
    words = (ROOT / "docs" / "words.md").read_text("utf-8")
    assert not [kind for kind in kinds() if f"`{kind}`" not in words]


def test_no_page_is_left_to_be_filled_in() -> None:
    assert not [page.name for page in PAGES if "@@" in page.read_text("utf-8")]
