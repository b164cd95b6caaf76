"""Where the work is behind: by agency and by step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy, queries


def arrears(request: HttpRequest) -> HttpResponse:
    """Which agencies are behind, and at which steps the cases stand."""
    today = localdate()
    organs = queries.reach(person(request), on=today)
    if not organs:
        raise Refused(policy.nowhere(person(request), "see"))
    context = {
        "rows": queries.arrears(organs, on=today),
        "soon_days": queries.SOON,
        "steps": queries.bottlenecks(organs, on=today),
        "back_url": reverse("casework_cases"),
        "back_label": "依申请公开",
    }
    return render(request, "casework/desk/arrears.html", context)
