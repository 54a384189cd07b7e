"""The API is what its OpenAPI document says: made-up requests for every operation, and what is answered fits the document."""

from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from litestar.testing import TestClient

from ploughshare.web.app import site

from ..conftest import SOAK
from .made_up import ON

FORMS = {"": "text/html", ".json": "application/json", ".csv": "text/csv"}


def test_the_document_names_every_form(client: TestClient[Any]) -> None:
    paths = client.get("/schema/openapi.json").json()["paths"]
    for path in ("/{language}/due", "/{language}/{symbol}", "/{language}/states/{code}", "/{language}/mandates/{mandate_path}"):
        for form, kind in FORMS.items():
            assert list(paths[path + form]["get"]["responses"]["200"]["content"]) == [kind]
    assert all(item["get"].get("description") for item in paths.values())


@pytest.fixture(scope="module")
def document(shelf: Path) -> Any:
    return schemathesis.openapi.from_asgi("/schema/openapi.json", site(shelf, ON))


def test_answers_fit_the_document(document: Any) -> None:
    operations = [found.ok() for found in document.get_all_operations()]
    assert len(operations) > 40
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=200 if SOAK else 8,
            deadline=None,
            database=None,
            derandomize=not SOAK,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def check(case: Any) -> None:
            # What was made up for one part of an address may hold a stroke and so be the address of another page.
            answer = case.call()
            assert answer.status_code in (200, 302, 400, 404, 414), (case.as_curl_command(), answer.text[:300])
            if answer.status_code == 200 and "/" not in str(case.path_parameters):
                case.validate_response(answer)

        check()
