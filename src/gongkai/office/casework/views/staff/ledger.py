"""The statutory ledger of a year as a spreadsheet: what a superior may ask for, without anybody's personal data."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework import policy
from gongkai.office.casework.ledger import spreadsheet
from gongkai.office.organs.tables import XLSX


def ledger(request: HttpRequest) -> HttpResponse:
    """Which ledger."""
    today = localdate()
    organs = policy.organs(person(request), "export", on=today)
    if not organs.exists():
        raise Refused(policy.nowhere(person(request), "export"))
    context = {
        "organs": organs,
        "years": range(today.year, 2018, -1),
        "back_url": reverse("casework_cases"),
        "back_label": "依申请公开",
    }
    return render(request, "casework/desk/ledger.html", context)


def download(request: HttpRequest, organ: str, year: int) -> HttpResponse:
    """The ledger of an agency and a year."""
    by, today = person(request), localdate()
    found = get_object_or_404(policy.organs(by, "export", on=today), code=organ)
    if not 2008 <= year <= today.year:
        raise Http404("没有这一年的台账。")
    data = spreadsheet(found, year)
    told = {"organ": found.code, "year": year}
    record(Act(by.staff_number, "casework.export_ledger", f"organs.organ:{found.pk}", detail=told), at=now())
    answer = HttpResponse(data, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="applications-{found.code}-{year}.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer
