"""Who of the public is signed in: a cookie of our own below /applications/, which the desk never sees, and no session of Django's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from gongkai.office.accounts.public_pages import forget, remember
from gongkai.office.applicants import actions, queries
from gongkai.office.applicants.models import Account

COOKIE = "gongkai_applicant"
BELOW = "applications/"


def account_of(request: HttpRequest, *, at: datetime) -> Account | None:
    """The account the browser is signed in to."""
    return queries.account_of_visit(request.COOKIES.get(COOKIE, ""), at=at)


def enter(response: HttpResponse, account: Account, *, at: datetime) -> None:
    """Sign the browser in; the cookie goes with the browser, and the server knows the hours."""
    remember(response, COOKIE, actions.begin_visit(account, at=at), below=BELOW)


def leave(request: HttpRequest, response: HttpResponse) -> None:
    """Sign it out."""
    actions.end_visit(request.COOKIES.get(COOKIE, ""))
    forget(response, COOKIE, below=BELOW)


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of somebody who is signed in, called with the account; others are sent to sign in."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        account = account_of(request, at=timezone.now())
        return redirect("applicant_sign_in") if account is None else view(request, account, *args, **kwargs)

    return answer
