"""Whatever is asked of open data, wild parameters included: no server error, and every answer as it is described."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from gongkai.office.project.wsgi import application
from tests.journeys.furnish_ledgers import of_ledgers
from tests.office.cast import Cast
from tests.office.public_items import public_item

ADDRESS = "/api/v1/openapi.json"
LEDGERS = [
    "/interpretations", "/responses", "/press-conferences", "/consultations", "/messages", "/service-items",
    "/service-points", "/online-service-cases", "/accounts", "/posts",
]  # fmt: skip
CHECKS = (not_a_server_error, status_code_conformance, response_schema_conformance)


@pytest.fixture
def filled(cast: Cast) -> Iterator[Cast]:
    """A few public items and an entry of each ledger.

    The connection stays open from one request to the next, since it holds the test's transaction.
    """
    for number in range(1, 6):
        public_item(cast.education, cast.column, number, topics=(cast.column.pk,), written_date=None)
    of_ledgers(cast)
    for moment in (request_started, request_finished):
        moment.disconnect(close_old_connections)
    yield cast
    for moment in (request_started, request_finished):
        moment.connect(close_old_connections)


def operations() -> list[str]:
    """The operations, named as their description names them; read without a database."""
    items = ["/items", "/items/{item_id}", "/agencies", "/columns", "/categories", "/fields", "/schemas/{name}.json"]
    return items + LEDGERS


@pytest.mark.parametrize("path", operations())
def test_answers_are_as_described(filled: Cast, path):
    schema = schemathesis.openapi.from_wsgi(ADDRESS, application)
    operation = schema[f"/api/v1{path}"]["GET"]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def holds(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


def test_no_described_address_is_left_out(db: None):
    schema = schemathesis.openapi.from_wsgi(ADDRESS, application)
    assert {path.removeprefix("/api/v1") for path in schema.raw_schema["paths"]} == set(operations())
