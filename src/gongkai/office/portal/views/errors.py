"""Pages for what goes wrong: what happened, and what one can do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request can't be understood. Nothing of it is looked at further, so the page is a fixed one."""
    return HttpResponse(render_to_string("portal/errors/400.html"), status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "portal/errors/403.html", status=403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without the token of the page it stands on: kept open too long, or sent from elsewhere."""
    return render(request, "portal/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: where else one may look."""
    return render(request, "portal/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fixed page that asks neither the database nor anything else that may be broken."""
    return HttpResponse(render_to_string("portal/errors/500.html"), status=500)
