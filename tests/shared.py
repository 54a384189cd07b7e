"""The shared texts that lie beside a checkout of the developers; a user does not have them, and the tests then step aside."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"the shared texts are not beside this checkout ({SHARED.name}/)")
