"""The staff's screens of numbers that are asked from the agencies: the list, one number, the workbook."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.tables import XLSX
from gongkai.office.publishing.actions import store_file
from gongkai.office.reporting import actions, policy, queries, sources
from gongkai.office.reporting.actions.contributions import name_of, number_from
from gongkai.office.reporting.contributing import plain
from gongkai.office.reporting.forms import AnswerForm, AskForm, ReasonForm, SheetForm
from gongkai.office.reporting.models import Contribution, ReportYear
from gongkai.office.reporting.sheet import Problem, answers_from, workbook
from gongkai.office.reporting.views.staff.parts import may, report_year


def contributions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the agencies were asked for, what they answered; asking them, and taking in a filled-in workbook."""
    report = report_year(request, pk)
    today = localdate()
    problems: list[Problem] = []
    ask, sheet = AskForm(prefix="ask", initial={"due_on": max(report.hand_in_by, today)}), SheetForm()
    if request.method == "POST" and "ask" in request.POST:
        ask = AskForm(request.POST, prefix="ask")
        if ask.is_valid():
            organs = Organ.objects.filter(pk__in=sources.organs_of(report), abolished_on=None)
            due_on = ask.cleaned_data["due_on"]
            try:
                made = actions.ask(organs, report.year, report.edition, due_on=due_on, by=person(request), at=now())
            except Refused as refused:
                ask.add_error("due_on", str(refused))
            else:
                messages.success(request, f"已布置{len(made)}个数据。" if made else "各机关都已经布置过。")
                return redirect("reporting_contributions", pk)
    elif request.method == "POST":
        sheet = SheetForm(request.POST, request.FILES)
        if sheet.is_valid():
            mine = queries.contributions_of(report, policy.within(person(request), "answer", on=today))
            content = sheet.cleaned_data["sheet"].read()
            problems, count = answers_from(content, mine, by=person(request), at=now())
            if not problems:
                messages.success(request, f"已从表格登记{count}个数据。")
                return redirect("reporting_contributions", pk)
    listed = queries.contributions_of(report)
    context = {
        "report": report,
        "rows": [(each, name_of(each.it.key), plain(each.value), each.is_late(today)) for each in listed],
        "waiting": sum(not each.is_answered for each in listed),
        "ask": ask,
        "sheet": sheet,
        "problems": problems,
        "may": may(request, report, "ask", "answer"),
        "back_url": reverse("reporting_year", args=[pk]),
        "back_label": str(report),
    }
    return render(request, "reporting/staff/contributions.html", context, status=400 if problems or ask.errors else 200)


def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to be filled in: a row for each number, last year's beside it."""
    report = report_year(request, pk)
    mine = queries.contributions_of(report, policy.within(person(request), on=localdate()))
    response = HttpResponse(workbook(mine), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="contributions-{report.year}.xlsx"'
    return response


def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """One number: its history, and the form to answer."""
    found = _contribution(request, pk)
    by = person(request)
    form = AnswerForm(request.POST or None, request.FILES or None)

    def save() -> HttpResponse:
        given = form.cleaned_data
        file = None
        if upload := given.get("file"):
            file = store_file(found.organ, upload.chunks(), upload.name, by=by, at=now())
        actions.answer(found, number_from(given["value"]), evidence=given["evidence"], file=file, by=by, at=now())
        messages.success(request, "已报送。")
        return redirect("reporting_contribution", pk)

    frame: dict[str, Any] = {
        "it": found,
        "name": name_of(found.key),
        "entries": [(each, plain(each.value)) for each in found.entries.select_related("by").order_by("-pk")],
        "before": queries.last_year(found),
        "reason": ReasonForm(),
        "may": {
            verb: not policy.why_not(by, verb, found.organ, on=localdate()) for verb in ("answer", "return_answer")
        },
        **_back(found),
    }
    return asked(request, form, save, frame, "reporting/staff/contribution.html")


def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Return an answer."""
    found = _contribution(request, pk)
    if request.method != "POST":
        return redirect("reporting_contribution", pk)
    actions.return_answer(found, reason=request.POST.get("reason", ""), by=person(request), at=now())
    messages.success(request, "已退回，等待重新报送。")
    return redirect("reporting_contribution", pk)


def _contribution(request: HttpRequest, pk: int) -> Contribution:
    mine = Contribution.objects.filter(policy.within(person(request), on=localdate())).select_related("organ")
    return get_object_or_404(mine, pk=pk)


def _back(found: Contribution) -> dict[str, str]:
    own = ReportYear.objects.filter(organ=found.organ, year=found.year).first()
    if own is None:
        return {"back_url": reverse("reporting_years"), "back_label": "年度报告"}
    return {"back_url": reverse("reporting_contributions", args=[own.pk]), "back_label": "报送数据"}
