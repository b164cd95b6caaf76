"""What every public page that belongs to one person says of itself, and the cookies by which a browser is known to it.

Cookies of our own, readable by nobody's script; no session of the desk's. Answers are never kept by anybody on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from gongkai.office.accounts.visitors import Limit, wait_for

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """A page that shows, or takes, what belongs to one person: never cached, indexed, or repeated in an error report."""

    @wraps(view)
    @sensitive_variables()
    @sensitive_post_parameters()
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, no_store=True, private=True)
        response["X-Robots-Tag"] = "noindex"
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


def limited(limit: Limit, method: str = "POST") -> Callable[[View], View]:
    """A page that one network may ask for so often; beyond that it says when to come back, and what was filled in stays."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            seconds = wait_for(limit, request, at=timezone.now()) if request.method == method else 0
            if not seconds:
                return view(request, *args, **kwargs)
            minutes = -(-seconds // 60)
            response = render(request, "accounts/public/too_often.html", {"minutes": minutes}, status=429)
            response["Retry-After"] = str(seconds)
            return response

        return answer

    return decorate


def remember(response: HttpResponse, name: str, value: str, *, seconds: int | None = None, below: str = "") -> None:
    """Give the browser a cookie: without `seconds` it goes with the browser. `below` is the only part of the site that sees it."""
    path = get_script_prefix() + below
    response.set_cookie(name, value, max_age=seconds, path=path, secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget(response: HttpResponse, name: str, *, below: str = "") -> None:
    """Take it back."""
    response.delete_cookie(name, path=get_script_prefix() + below, samesite="Lax")
