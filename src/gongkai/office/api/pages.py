"""Open data explained to people: what there is, how it is asked for, what may be done with it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from gongkai.office.api.endpoints import LARGEST_PAGE, PAGE, api
from gongkai.office.renderings.stored import stored


@stored()
def open_data(request: HttpRequest) -> HttpResponse:
    """The addresses, as the description for programs has them, the whole files, and how to turn pages."""
    groups: dict[str, list[tuple[str, str, bool]]] = {}
    for path, operations in api.get_openapi_schema(path_prefix="/api/v1")["paths"].items():
        asked = operations["get"]
        groups.setdefault(asked["tags"][0], []).append((path, asked["summary"], "{" not in path))
    context = {
        "groups": list(groups.items()),
        "whole": [(kind, reverse("api_bulk_items", args=[kind])) for kind in ("csv", "ndjson")],
        "description": reverse("api-1:openapi-json"),
        "page": PAGE,
        "largest": LARGEST_PAGE,
    }
    return render(request, "api/open_data.html", context)


def root(request: HttpRequest) -> HttpResponse:
    """Whoever opens the root of the addresses wants to know what is there."""
    return redirect("open_data")
