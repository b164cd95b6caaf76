"""The staff's screens: the register, a case's life, what is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.personal.actions import note_look
from gongkai.office.remedies import actions, policy, queries
from gongkai.office.remedies.forms import DecisionForm, EventForm, FilingForm
from gongkai.office.remedies.kinds import APPEALS, EVENTS, RULINGS, Route
from gongkai.office.remedies.models import RemedyCase, RemedyEvent, RemedyFile
from gongkai.office.remedies.standing import standing_events

PAGE_LENGTH = 50


def cases(request: HttpRequest) -> HttpResponse:
    """GET remedies/: the register, open cases by what is due first."""
    today = localdate()
    found = queries.cases_for(person(request), on=today)
    route, state = request.GET.get("route", ""), request.GET.get("state", "")
    if route in Route.values:
        found = found.filter(route=route)
    if state == "open":
        found = queries.by_what_is_due(found.filter(concluded_on=None))
    elif state == "concluded":
        found = found.exclude(concluded_on=None)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "routes": Route.choices,
        "route": route,
        "state": state,
        "today": today,
        "due": queries.answers(person(request), on=today, shown=20)[0],
        "may_register": policy.organs(person(request), "record", on=today).exists(),
    }
    return render(request, "remedies/cases.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """GET, POST remedies/register/."""
    by, today = person(request), localdate()
    organs = policy.organs(by, "record", on=today)
    if not organs.exists():
        raise Refused(
            f"{by.name}没有登记行政复议、行政诉讼案件的权限。请由政务公开机构工作人员或者依申请公开经办人办理。"
        )
    earlier = queries.cases_for(by, on=today).filter(route=Route.RECONSIDERATION).exclude(concluded_on=None)
    initial = {"number": request.GET.get("number", "")[:60], "received_on": today}
    form = FilingForm(request.POST or None, request.FILES or None, organs=organs, cases=earlier, initial=initial)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        papers, organ = _papers(given.pop("paper")), given.pop("organ")
        given.pop("number")
        application = given["application"]
        signed = application.letters.filter(is_reply=True).exclude(number=None) if application else None
        filing = actions.Filing(**given, letter=signed.last() if signed is not None else None)
        try:
            made = actions.register(organ, filing, by=by, at=now(), papers=papers)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"已登记。答复（答辩）期限至{made.answer_due_on}。")
            return redirect("remedies_case", made.pk)
    context = {"form": form, "refusal": refusal, "back_url": reverse("remedies_cases"), "back_label": "复议诉讼台账"}
    return render(request, "remedies/register.html", context, status=422 if refusal else 200)


def case(request: HttpRequest, pk: int) -> HttpResponse:
    """GET remedies/<n>/: a case's life, and what may be recorded next."""
    return _case(request, _found(request, pk))


@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """POST remedies/<n>/record/."""
    found = _found(request, pk)

    def do(given: dict[str, Any]) -> object:
        act = actions.appeal if given["kind"] in APPEALS else actions.record_event
        papers = _papers(given["paper"])
        return act(
            found, given["kind"], on=given["on"], words=given["words"], papers=papers, by=person(request), at=now()
        )

    return _acted(request, found, EventForm(request.POST, request.FILES, route=found.route), do)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """POST remedies/<n>/decide/."""
    found = _found(request, pk)
    form = DecisionForm(request.POST, request.FILES, route=found.route)

    def do(given: dict[str, Any]) -> object:
        papers = _papers(given.pop("paper"))
        return actions.decide(found, given.pop("ruling"), papers=papers, by=person(request), at=now(), **given)

    return _acted(request, found, form, do)


@require_POST
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """POST remedies/<n>/rectify/: handle the application again."""
    found = _found(request, pk)
    return _acted(request, found, None, lambda given: actions.rectify(found, by=person(request), at=now()))


@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """POST remedies/events/<n>/strike/: take back an entry."""
    event = get_object_or_404(RemedyEvent.objects.select_related("case__organ"), pk=pk)
    found = _found(request, event.case_id)
    reason = request.POST.get("reason", "")[:500]
    return _acted(
        request, found, None, lambda given: actions.strike(event, reason=reason, by=person(request), at=now())
    )


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """GET remedies/files/<n>/: a paper of a case; each look is on record."""
    kept = get_object_or_404(RemedyFile.objects.select_related("case__organ"), pk=pk)
    found = _found(request, kept.case_id)
    by, about = person(request), f"remedies.case:{found.pk}"
    note_look(subject=about, field="file", by=by.staff_number, purpose="办理复议诉讼案件", at=now())
    response = HttpResponse(kept.read(), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(kept.name)}"
    response["Cache-Control"] = "private, no-store"
    return response


# -- shared -----------------------------------------------------------------------------------------------------------


def _found(request: HttpRequest, pk: int) -> RemedyCase:
    rows = RemedyCase.objects.select_related("organ", "application", "letter", "reconsideration")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404("没有这个案件。")
    policy.require(person(request), "see", found.organ, on=localdate())
    return found


def _case(request: HttpRequest, found: RemedyCase, refusal: str = "", form: Any = None) -> HttpResponse:
    by, today = person(request), localdate()
    rows = list(found.events.select_related("by", "text").prefetch_related("files"))
    struck = {row.strikes_id for row in rows if row.strikes_id}
    standing = {row.pk for row in standing_events(found)}
    context = {
        "case": found,
        "timeline": [(row, EVENTS[row.kind], _said_in(row.detail)) for row in rows],
        "struck": struck,
        "strikable": {row.pk for row in rows if row.pk in standing and row.kind not in ("notified", "rectified")},
        "ruling": RULINGS[found.ruling] if found.ruling else None,
        "answer_named": queries.answer_named(found),
        "doubts": queries.doubts(found),
        "event_form": form if isinstance(form, EventForm) else EventForm(route=found.route, initial={"on": today}),
        "decision_form": form
        if isinstance(form, DecisionForm)
        else DecisionForm(route=found.route, initial={"on": today}),
        "may_record": not policy.why_not(by, "record", found.organ, on=today),
        "may_strike": not policy.why_not(by, "strike", found.organ, on=today),
        "refusal": refusal,
        "today": today,
        "back_url": reverse("remedies_cases"),
        "back_label": "复议诉讼台账",
    }
    return render(request, "remedies/case.html", context, status=422 if refusal or form else 200)


def _said_in(detail: dict[str, Any]) -> str:
    """What an event says besides its kind: the ruling, or who appealed."""
    if "appeal" in detail:
        return APPEALS[detail["appeal"]].label
    return RULINGS[detail["ruling"]].label if "ruling" in detail else ""


def _acted(request: HttpRequest, found: RemedyCase, form: Any, do: Callable[[dict[str, Any]], object]) -> HttpResponse:
    if form is not None and not form.is_valid():
        return _case(request, found, form=form)
    try:
        do(dict(form.cleaned_data) if form is not None else {})
    except Refused as refused:
        return _case(request, _found(request, found.pk), str(refused), form)
    messages.success(request, "已登记。")
    return redirect("remedies_case", found.pk)


def _papers(upload: Any) -> list[actions.Paper]:
    return [actions.Paper(upload.name, upload.read())] if upload else []
