"""The desk's step from a final report to an item under review."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting.actions.publishing import begin_publication
from gongkai.office.reporting.views.staff.parts import report_year


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the item's draft, or put it back to what the report says; refused, the reason is shown."""
    report = report_year(request, pk)
    try:
        published = begin_publication(report, by=person(request), at=now())
    except Refused as refused:
        context = {"refusal": str(refused), "back_url": reverse("reporting_year", args=[pk]), "back_label": str(report)}
        return render(request, "desk/refused.html", context, status=403)
    messages.success(request, "发布稿已生成。请核对后送审。")
    return redirect("publishing_item", published.item_id)
