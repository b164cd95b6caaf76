"""What the staff's screens share: who is at the desk, which report it is, a form that is shown again when refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import ReportYear


def person(request: HttpRequest) -> User:
    """Who is at the desk; the shell lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def report_year(request: HttpRequest, pk: int) -> ReportYear:
    """A report of the agencies somebody works for; any other is not there."""
    mine = ReportYear.objects.filter(policy.within(person(request), on=localdate())).select_related("organ")
    return get_object_or_404(mine, pk=pk)


def may(request: HttpRequest, report: ReportYear, *verbs: str) -> dict[str, bool]:
    """Which of these somebody may do with a report today."""
    today = localdate()
    return {verb: not policy.why_not(person(request), verb, report.organ, on=today) for verb in verbs}


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
    template = frame.pop("template", "reporting/staff/form.html")
    return render(request, template, {"form": form, "refusal": refusal, **frame}, status=status)
