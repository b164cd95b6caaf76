"""The reader chooses how pages are shown; never stored, because the answer depends on a cookie."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from gongkai.office.portal.display import COOKIE, COOKIE_AGE_SECONDS, DISPLAYS, STANDARD, chosen, sheet


def display_sheet(request: HttpRequest) -> HttpResponse:
    """The style sheet every page links: what the reader's choice changes."""
    response = HttpResponse(sheet(chosen(request)), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Cookie"
    return response


def display(request: HttpRequest, name: str) -> HttpResponse:
    """Keep a choice and go back to where the reader was (`next`, an address of this site).

    A link and no form, because stored pages carry no tokens; all it can change is the size and colour of letters.
    """
    if name not in DISPLAYS:
        raise Http404
    back = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = redirect(back)
    if DISPLAYS[name] is STANDARD:
        response.delete_cookie(COOKIE)
    else:
        response.set_cookie(COOKIE, name, max_age=COOKIE_AGE_SECONDS, samesite="Lax", secure=request.is_secure())
    response["Cache-Control"] = "no-store"
    return response
