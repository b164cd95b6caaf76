"""Open data explained to people."""

from __future__ import annotations

import re

from django.test import Client

from tests.office.cast import Cast


def test_every_plain_address_on_the_page_answers(cast: Cast, client: Client) -> None:
    page = client.get("/open-data/").content.decode()
    addresses = set(re.findall(r'href="(/api/v1/[^"]+)"', page))
    assert {"/api/v1/items", "/api/v1/agencies", "/api/v1/bulk/items.csv", "/api/v1/openapi.json"} <= addresses
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_page_names_every_address_of_the_description(cast: Cast, client: Client) -> None:
    page = client.get("/open-data/").content.decode()
    described = client.get("/api/v1/openapi.json").json()["paths"]
    assert [path for path in described if f">{path}<" not in page] == []


def test_the_root_of_the_addresses_leads_to_the_page(cast: Cast, client: Client) -> None:
    answer = client.get("/api/v1/")
    assert (answer.status_code, answer["Location"]) == (302, "/open-data/")
