"""Entering what came by post, over the counter, by fax or by word of mouth; and the channels of the agencies."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import actions, policy
from gongkai.office.casework.actions.drafting import particulars_of
from gongkai.office.casework.actions.receive import Upload
from gongkai.office.casework.entry_forms import ENTERED, EntryForm, IntakeForm, StartForm
from gongkai.office.casework.files import LARGEST, MEGABYTE
from gongkai.office.casework.intake import intake_of
from gongkai.office.casework.kinds import ApplicantKind, Channel
from gongkai.office.casework.models import Application, ApplicationFile
from gongkai.office.casework.queries.entry import Alike, alike
from gongkai.office.organs.models import Organ

_ENTERED = "casework_entered"
"""In the session: what was just entered, so that a second click finds it and its code can be handed over once."""


def start(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/new/: for which agency, by which way, from whom. Then the form shows the right questions."""
    organs = policy.organs(person(request), "receive", on=localdate())
    if not organs.exists():
        raise Refused(policy.nowhere(person(request), "receive"))
    form = StartForm(request.GET or None, organs=organs)
    if form.is_valid():
        chosen = form.cleaned_data
        return redirect("casework_enter", chosen["organ"].code, chosen["channel"], chosen["kind"])
    return render(request, "casework/desk/entry_start.html", {"form": form, "back_url": reverse("casework_cases")})


@sensitive_variables()
@sensitive_post_parameters()
def enter(request: HttpRequest, organ: str, channel: str, kind: str) -> HttpResponse:
    """GET, POST /desk/cases/new/<agency>/<channel>/<kind>/: the application as it came, checked against what is there."""
    by, today = person(request), localdate()
    chosen = get_object_or_404(policy.organs(by, "receive", on=today), code=organ)
    if channel not in dict(ENTERED) or kind not in ApplicantKind.values:
        return redirect("casework_start")
    if request.method != "POST":
        initial = {"wanted_form": "paper", "delivery": "post", "once": secrets.token_hex(16)}
        form = EntryForm(kind, initial=initial, channel=channel, today=today)
        return _entry(request, chosen, form)
    form = EntryForm(kind, request.POST, channel=channel, today=today)
    if not form.is_valid():
        return _entry(request, chosen, form, status=422)
    done = request.session.get(_ENTERED) or {}
    if done.get("once") == form.cleaned_data["once"]:
        return redirect("casework_entered")
    found = alike(chosen, particulars_of(kind, form.cleaned_data))
    if found and not request.POST.get("sure"):
        return _entry(request, chosen, form, alike=found, status=422)
    try:
        receipt = actions.receive(
            chosen,
            particulars_of(kind, form.cleaned_data),
            channel=channel,
            submitted_on=form.cleaned_data["submitted_on"],
            at=now(),
            by=by,
            uploads=[
                Upload(each.name or "", each.read(), ApplicationFile.Role.APPLICATION) for each in _scans(request)
            ],
            summary=form.cleaned_data["summary"],
        )
    except Refused as refusal:
        return _entry(request, chosen, form, alike=found, refusal=str(refusal), status=403)
    request.session[_ENTERED] = {"once": form.cleaned_data["once"], "case": receipt.application.pk}
    return redirect("casework_entered")


def entered(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/new/entered/: number and code of what was just entered, to be printed and handed over."""
    done = request.session.get(_ENTERED) or {}
    visible = Application.objects.select_related("organ").filter(policy.within(person(request), on=localdate()))
    found = visible.filter(pk=done.get("case") or 0).first()
    if found is None:
        return redirect("casework_start")
    context = {
        "case": found,
        "must_confirm": found.channel in (Channel.POST_UNSIGNED, Channel.FAX) and found.receipt_on is None,
        "back_url": reverse("casework_cases"),
    }
    return render(request, "casework/desk/entered.html", context)


def intakes(request: HttpRequest) -> HttpResponse:
    """GET /desk/cases/intake/: the agencies somebody may set, with what is open."""
    organs = policy.organs(person(request), "settings", on=localdate())
    if not organs.exists():
        raise Refused(policy.nowhere(person(request), "settings"))
    rows = [(organ, intake_of(organ)) for organ in organs.select_related("intake")[:500]]
    return render(request, "casework/desk/intakes.html", {"rows": rows, "back_url": reverse("casework_cases")})


def intake(request: HttpRequest, organ: str) -> HttpResponse:
    """GET, POST /desk/cases/intake/<agency>/: open and close."""
    by = person(request)
    chosen = get_object_or_404(policy.organs(by, "settings", on=localdate()), code=organ)
    form = IntakeForm(request.POST or None, instance=intake_of(chosen))
    if request.method == "POST" and form.is_valid():
        actions.set_intake(chosen, **form.cleaned_data, by=by, at=now())
        messages.success(request, f"{chosen.name}的受理方式已经保存，公开的指南同时更新。")
        return redirect("casework_intakes")
    context = {
        "form": form,
        "title": f"{chosen.name}的受理方式",
        "lead": "当面提交和邮寄是基本的方式，任何机关都不得拒收，没有开关。",
        "button": "保存",
        "back_url": reverse("casework_intakes"),
        "back_label": "受理方式",
    }
    return render(request, "desk/form.html", context)


def _scans(request: HttpRequest) -> list[UploadedFile[bytes]]:
    return request.FILES.getlist("scans")[:20]


def _entry(
    request: HttpRequest,
    organ: Organ,
    form: EntryForm,
    *,
    alike: list[Alike] | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "organ": organ,
        "form": form,
        "groups": form.groups(),
        "channel": Channel(form.channel).label,
        "kind": ApplicantKind(form.kind).label,
        "alike": alike,
        "refusal": refusal,
        "largest": LARGEST // MEGABYTE,
        "back_url": reverse("casework_start"),
        "back_label": "换一种提交方式或者类别",
    }
    return render(request, "casework/desk/entry.html", context, status=status)
