"""Imports point one way, as docs/architecture.md draws them; and no word of any language stands in code."""

import ast
import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "ploughshare"
#: Folder → the folders it may import from.
MAY = {
    "errors": set(),
    "model": set(),
    "lexicon": {"errors", "model"},
    "reading": {"errors", "model", "lexicon", "parsing"},
    "parsing": {"errors", "model", "lexicon"},
    "extracting": {"errors", "model", "lexicon", "parsing"},
    "recording": {"errors", "model", "lexicon"},
    "verifying": {"errors", "model", "lexicon", "recording"},
    "flow": {"errors", "model", "reading", "parsing", "extracting"},
    "pool": set(),
    "library": {"errors", "model", "lexicon", "recording", "flow", "pool"},
    "tracking": {"errors", "model", "lexicon", "extracting", "recording", "library"},
    "searching": {"errors", "model", "lexicon", "parsing", "flow", "library", "tracking"},
    "publishing": {"errors", "model", "lexicon", "reading", "parsing", "library", "tracking", "searching"},
    "cli": {
        "errors",
        "model",
        "lexicon",
        "reading",
        "recording",
        "library",
        "tracking",
        "searching",
        "publishing",
        "flow",
        "pool",
        "verifying",
        "web",
    },
    "web": {"errors", "model", "lexicon", "recording", "library", "tracking", "searching", "publishing", "flow"},
}


def imports(file: Path) -> set[str]:
    """The folders of ours that a file imports from."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module if node.module != "ploughshare" else f"ploughshare.{alias.name}" for alias in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("ploughshare.")}
    return found


def test_imports_point_one_way() -> None:
    wrong = []
    for file in SOURCE.rglob("*.py"):
        place = file.relative_to(SOURCE).parts
        folder = place[0].removesuffix(".py")
        if folder in MAY:
            wrong += [
                f"{'/'.join(place)} imports {other}" for other in sorted(imports(file) - MAY[folder] - {folder, "__version__"})
            ]
    assert not wrong, "\n".join(wrong)


def test_every_folder_is_in_the_picture() -> None:
    folders = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    assert folders <= set(MAY)


def test_no_word_of_another_script_in_code() -> None:
    """Docstrings apart. Ranges of letters, alphabets and rows of look-alike letters (none twice) are no words."""
    letters = re.compile("[\u0430-\u0451\u0621-\u064a]{2,}|[\u3400-\u9fff]{2,}")
    found = []
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in docstrings or "[" in node.value:
                continue
            words = [
                word
                for word in letters.findall(node.value)
                if len(set(word)) < len(word) or (ord(word[0]) >= 0x3400 and len(word) < 8)
            ]
            found += [f"{file.relative_to(SOURCE)}:{node.lineno}: {word}" for word in words]
    assert not found, "\n".join(found)


def test_modules_say_what_they_are() -> None:
    silent = [
        str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.py") if not ast.get_docstring(ast.parse(file.read_text("utf-8")))
    ]
    assert not silent, silent
