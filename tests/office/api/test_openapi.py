"""The description of open data holds for what is really answered."""

import pytest
from django.test import Client

from tests.office.cast import Cast


def test_every_shape_and_address_is_described_in_chinese(db: None, client: Client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for address, verbs in described["paths"].items():
        for verb in verbs.values():
            assert verb["summary"], address
            for parameter in verb.get("parameters", ()):
                written = parameter.get("description") or parameter["schema"].get("description")
                assert written or parameter["in"] == "path", f"{address} {parameter['name']}"


@pytest.mark.parametrize("name", ["item", "item-summary", "agency", "column"])
def test_a_shape_has_its_json_schema(db: None, client: Client, name):
    assert client.get(f"/api/v1/schemas/{name}.json").json()["properties"]


def test_reference_lists_are_complete(cast: Cast, client: Client):
    assert len(client.get("/api/v1/categories").json()) == 15
    assert len(client.get("/api/v1/fields").json()) == 26
    assert client.get("/api/v1/agencies").json()[0]["code"] == "qingxi"
    assert client.get("/api/v1/columns").json()[0]["code"] == "notices"
