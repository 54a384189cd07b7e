"""What docs/record.md shows is true: its files verify, its recipe for verifying by hand runs, every code is in its table."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ploughshare.errors import RecordError
from ploughshare.recording import checkpoint, entry, note, policy, proof

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "record.md").read_text("utf-8")
KEY = re.search(r"The log's key here is `([^`]+)`", PAGE)


def block(kind: str) -> bytes:
    """The one block of the page of this kind."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.M | re.S)
    return str(found).encode()


def test_the_files_on_the_page_verify() -> None:
    assert KEY is not None
    log = note.vkey(KEY[1])
    state = checkpoint.verify(note.parse(block("checkpoint")), log)
    proven = proof.verify(proof.parse(block("proof")), policy.trusting(log))
    assert proven.verdict.checkpoint == state
    assert proven.raw + b"\n" == block("entry")


def test_the_recipe_runs_and_refuses(tmp_path: Path) -> None:
    (tmp_path / "by_hand.py").write_bytes(block("python"))
    data = block("proof")
    for change, works in ((data, True), (data.replace(b"index 2", b"index 1"), False), (data.replace(b"NEn+", b"NEn/"), False)):
        (tmp_path / "proof").write_bytes(change)
        done = subprocess.run([sys.executable, "-I", "by_hand.py"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode == 0, "The round was opened." in done.stdout) == (works, works), done.stderr


def test_every_code_is_on_the_page() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src/ploughshare/recording").glob("*.py"))
    codes = set(re.findall(r'(?:found|Problem)\(\s*"([A-Z_]+)"', sources)) | {"EQUIVOCATION", "HISTORY_REWRITTEN"}
    assert len(codes) > 15
    assert not [code for code in codes if f"`{code}`" not in PAGE]


def test_every_type_of_entry_is_on_the_page() -> None:
    assert not [kind for kind in ("header", "author", "correction", "note") if f"| `{kind}` |" not in PAGE]


def test_verifying_needs_nothing_but_the_standard_library_msgspec_and_cryptography() -> None:
    code = (
        "import sys\n"
        "from ploughshare.recording import proof, policy, compare\n"
        "for name, module in sorted(sys.modules.items()):\n"
        "    if 'site-packages' in str(getattr(module, '__file__', '')): print(name.partition('.')[0])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    # Beside the two, what cryptography and the interpreter itself bring along.
    assert set(done.stdout.split()) <= {"msgspec", "cryptography", "cffi", "_cffi_backend", "typing_extensions", "_distutils_hack"}


def test_a_changed_entry_on_the_page_would_be_noticed() -> None:
    with pytest.raises(RecordError):
        entry.parse_verified(block("entry").replace(b"opened", b"closed").rstrip(b"\n"))
