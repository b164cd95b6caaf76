"""Whatever is typed into a public address, the answer is a page or a refusal, never a server error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.office.cast import Cast

ODD = {
    "int": ("0", "9" * 23),
    "slug": ("no-such", "a" * 300),
    "str": ("²", "..", "a%00b", "x" * 2000, "=1+1"),
}
ASKED = (
    "q", "page", "year", "agency", "cell", "in", "from", "to", "cursor", "limit", "state", "on", "number", "organ", "column", "field",
    "category", "order", "check", "next", "code", "kind", "since", "until", "published_from", "published_to", "changed_since",
    "document_number", "words", "first", "last",
)  # fmt: skip
VALUES = {"superscript": "²", "long": "9" * 5000}


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """The routes of every public address; the staff's stand behind sign-in."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(each.pattern).lstrip("^").rstrip("$")
        if route.startswith("desk/"):
            continue
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, route)
        elif isinstance(each, URLPattern):
            yield route


def filled(route: str, number: int) -> str:
    """An address of a route with the odd value of that number for each of its parts."""
    route = re.sub(r"\(\?P<\w+>ndjson\|csv\)", "csv", route.replace("\\", ""))
    return "/" + re.sub(
        r"<(?:(\w+):)?\w+>", lambda part: ODD[part[1] or "str"][number % len(ODD[part[1] or "str"])], route
    )


def status_of(client: Client, address: str, asked: dict[str, str] | None = None) -> int:
    return client.get(address, asked or {}, follow=False).status_code


@pytest.fixture
def visitor(settings: Any, tmp_path: Any) -> Client:
    settings.RENDERINGS_ROOT = tmp_path / "public"
    return Client(raise_request_exception=False)


@pytest.mark.slow
def test_no_odd_part_of_an_address_is_a_server_error(cast: Cast, visitor: Client) -> None:
    asked = {filled(route, number) for route in routes() for number in range(len(ODD["str"]))}
    assert len(asked) > 200
    assert {address[:100]: status for address in asked if (status := status_of(visitor, address)) >= 500} == {}


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_no_odd_question_is_a_server_error(cast: Cast, visitor: Client, value: str) -> None:
    plain = {"/" + route for route in routes() if "<" not in route and "(" not in route}
    assert len(plain) > 40
    question = dict.fromkeys(ASKED, value)
    assert {address: status for address in plain if (status := status_of(visitor, address, question)) >= 500} == {}
