"""The staff's screens of clean-up rounds."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import actions, policy, queries
from gongkai.office.normative.forms import ClosingForm, RoundForm
from gongkai.office.normative.models import CleanupDecision, CleanupRound, NormativeDocument


def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of the agencies somebody works for."""
    organs = policy.organs(person(request), "see", on=localdate())
    found = CleanupRound.objects.filter(organ__in=organs).select_related("organ")
    context = {
        "rounds": [(each, *_progress(each)) for each in found],
        "may_open": policy.organs(person(request), "clean_up", on=localdate()).exists(),
        "back_url": reverse("normative_documents"),
        "back_label": "规范性文件台账",
    }
    return render(request, "normative/desk/rounds.html", context)


def open_round(request: HttpRequest) -> HttpResponse:
    """Begin a round."""
    organs = policy.organs(person(request), "clean_up", on=localdate())
    if not organs.exists():
        raise Refused(policy.nowhere(person(request), "clean_up"))
    form = RoundForm(request.POST or None, organs=organs, initial={"on": localdate()})

    def save() -> HttpResponse:
        opened = actions.open_round(**form.cleaned_data, by=person(request), at=now())
        return redirect("normative_round", opened.pk)

    frame = {
        "title": "开始清理",
        "button": "开始",
        "lead": "清理的范围是开始那天有效的文件：本机关制定的，和本机关代政府起草的。",
        "back_url": reverse("normative_rounds"),
        "back_label": "规范性文件清理",
    }
    return asked(request, form, save, frame)


def round(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents of a round with their conclusions; several can be put on a list at once."""
    found = _round(request, pk)
    status, refusal = 200, ""
    if request.method == "POST":
        # A button in a row is about its document alone; those above the list are about all that are ticked.
        one, _, its_outcome = request.POST.get("one", "").partition(":")
        keys = [typed.number(key) for key in ([one] if one else request.POST.getlist("document"))]
        chosen = NormativeDocument.objects.filter(pk__in=[key for key in keys if key is not None])
        outcome = its_outcome or request.POST.get("outcome", "")
        try:
            if not chosen:
                raise Refused("没有选择文件。请先勾选要作结论的文件，再点结论。")
            count = actions.decide(found, chosen, outcome, by=person(request), at=now())
        except Refused as refused:
            status, refusal = 403, str(refused)
        else:
            messages.success(request, f"已对{count}件文件作出结论。")
            return redirect("normative_round", found.pk)
    by, today = person(request), localdate()
    decided = {each.document_id: each for each in found.decisions.select_related("by")}
    documents = [(each, decided.get(each.pk)) for each in queries.candidates(found)]
    context = {
        "round": found,
        "documents": documents,
        "undecided": sum(decision is None for _, decision in documents),
        "outcomes": CleanupDecision.Outcome.choices,
        "refusal": refusal,
        "may_decide": not found.closed_on and not policy.why_not(by, "clean_up", found.organ, on=today),
        "may_close": not found.closed_on and not policy.why_not(by, "close_round", found.organ, on=today),
        "back_url": reverse("normative_rounds"),
        "back_label": "规范性文件清理",
    }
    return render(request, "normative/desk/round.html", context, status=status)


def close_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a round by its act."""
    found = _round(request, pk)
    form = ClosingForm(request.POST or None)

    def save() -> HttpResponse:
        actions.close_round(found, **form.cleaned_data, by=person(request), at=now())
        messages.success(request, "清理结果已经公布，每件文件的效力随之更新。")
        return redirect("normative_round", found.pk)

    frame = {
        "title": "公布清理结果",
        "button": "公布清理结果",
        "lead": "公布以后三张清单对外公开，结论写入每件文件，不能再改。",
        "back_url": reverse("normative_round", args=[found.pk]),
        "back_label": found.title,
    }
    return asked(request, form, save, frame)


def _round(request: HttpRequest, pk: int) -> CleanupRound:
    organs = policy.organs(person(request), "see", on=localdate())
    return get_object_or_404(CleanupRound.objects.filter(organ__in=organs).select_related("organ"), pk=pk)


def _progress(round: CleanupRound) -> tuple[int, int]:
    return round.decisions.count(), queries.candidates(round).count()
