"""The frame the public walks through."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.publishing.queries import public_items


def home(request: HttpRequest) -> HttpResponse:
    """The first page: what is new."""
    return render(request, "portal/home.html", {"items": public_items()[:20]})
