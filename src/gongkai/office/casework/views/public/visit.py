"""Who is in front of the public pages of this room: a browser with a draft, or one that showed number and code of a case.

Two cookies of our own, readable by nobody's script, gone with the browser; no session, no account. Answers here are never
kept by anybody on the way.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from gongkai.office.accounts.visitors import Limit, wait_for
from gongkai.office.casework.models import Application

DRAFT = "gongkai_draft"
VISIT = "gongkai_case"
VISIT_SECONDS = 30 * 60
_SALT = "gongkai.casework.visit"

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
            response = render(request, "casework/public/too_often.html", {"minutes": minutes}, status=429)
            response["Retry-After"] = str(seconds)
            return response

        return answer

    return decorate


def remember(response: HttpResponse, name: str, value: str, *, seconds: int | None = None) -> None:
    """Give the browser a cookie of this room: without `seconds` it goes with the browser."""
    response.set_cookie(name, value, max_age=seconds, secure=settings.HTTPS, httponly=True, samesite="Lax")


def forget(response: HttpResponse, name: str) -> None:
    """Take it back."""
    response.delete_cookie(name, samesite="Lax")


def enter_case(response: HttpResponse, application: Application, *, at: datetime) -> None:
    """Let the browser see a case for a while: it has shown number and code."""
    said = {"case": application.pk, "until": int(at.timestamp()) + VISIT_SECONDS}
    remember(response, VISIT, signing.dumps(said, salt=_SALT), seconds=VISIT_SECONDS)


def case_of(request: HttpRequest, *, at: datetime) -> Application | None:
    """The case that the browser may see now."""
    try:
        said = signing.loads(request.COOKIES.get(VISIT, ""), salt=_SALT)
    except signing.BadSignature:
        return None
    if said["until"] < at.timestamp():
        return None
    return Application.objects.select_related("organ").filter(pk=said["case"], erased_at=None).first()
