"""One made-up library for all tests of the site, and a client of the application."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from ploughshare.web.app import site

from .made_up import ON, build


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the library."""
    folder = tmp_path_factory.mktemp("site")
    build(folder).close()
    return folder / "library"


@pytest.fixture(scope="session")
def client(shelf: Path) -> Iterator[TestClient[Any]]:
    """A client of the site, told for a day of 2026."""
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with TestClient(site(shelf, ON)) as client:
        yield client
