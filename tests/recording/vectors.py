"""The vectors: computed apart from the code under test, or published by others (those are read beside the checkout only)."""

import json
from pathlib import Path
from typing import Any

from tests.shared import SHARED

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def own(name: str) -> Any:
    """A vector that is part of this repository."""
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


def foreign(name: str) -> Any:
    """A vector of others."""
    return json.loads((SHARED / "vectors" / f"{name}.json").read_text("utf-8"))
