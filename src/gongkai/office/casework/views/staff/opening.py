"""Who is at the desk, which case they opened, and a form with what it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.models import Application


def person(request: HttpRequest) -> User:
    """Who is at the desk; the shell lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def opened(request: HttpRequest, pk: int) -> Application:
    """A case somebody may see. Errors: Http404 for any other, which tells nobody that it exists."""
    rows = Application.objects.select_related("organ", "officer", "duplicate_of", "split_from", "merged_into")
    found = rows.filter(policy.within(person(request), on=localdate()), pk=pk).first()
    if found is None:
        raise Http404("没有这件申请，或者不在您的职责范围内。")
    return found


def asked(request: HttpRequest, form: Form, save: Callable[[], HttpResponse], frame: dict[str, Any]) -> HttpResponse:
    """A form and what it does: shown, sent, and shown again with the reason where the action is refused."""
    status, refusal = 200, ""
    if request.method == "POST":
        if form.is_valid():
            try:
                return save()
            except Refused as refused:
                status, refusal = 403, str(refused)
        else:
            status = 400
    return render(request, "casework/desk/form.html", {"form": form, "refusal": refusal, **frame}, status=status)


def refused(request: HttpRequest, verb: str) -> HttpResponse:
    """The answer to somebody who may not do this for any agency."""
    said = policy.nowhere(person(request), verb)
    return render(request, "desk/refused.html", {"refusal": said}, status=403)
