"""Pages of the frame itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.publishing.queries import public_items


def home(request: HttpRequest) -> HttpResponse:
    """The first page: what is new."""
    return render(request, "portal/home.html", {"items": public_items()[:20]})


def site_map(request: HttpRequest) -> HttpResponse:
    """Every entrance of the site on one page."""
    return render(request, "portal/site_map.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what is kept, and whom to tell when something is not."""
    return render(request, "portal/accessibility.html")


def report_error(request: HttpRequest) -> HttpResponse:
    """How to tell us of an error on the site."""
    return render(request, "portal/report_error.html")


def subscribe(request: HttpRequest) -> HttpResponse:
    """The feeds, and how to use them."""
    return render(request, "portal/subscribe.html")
