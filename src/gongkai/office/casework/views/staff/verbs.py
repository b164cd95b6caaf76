"""The form of every verb, and what it does when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.casework import actions, policy
from gongkai.office.casework.actions import Deciding, Upload
from gongkai.office.casework.forms import FORMS, CaseForm, StrikeForm
from gongkai.office.casework.kinds import KINDS
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.verbs import VERBS
from gongkai.office.casework.views.staff.cases import back
from gongkai.office.casework.views.staff.opening import opened

Given = dict[str, Any]


def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something with a case."""
    if verb not in FORMS:
        raise Http404("没有这一步。")
    found, by = opened(request, pk), person(request)
    last = found.events.order_by("id").last()
    form = FORMS[verb](
        request.POST or None,
        request.FILES or None,
        application=found,
        by=by,
        on=localdate(),
        initial={"on": localdate(), "seen": last.pk if last else 0},
    )

    def save() -> HttpResponse:
        _DO[verb](found, _given(form), by=by, at=now())
        messages.success(request, f"已办理：{VERBS[verb].label}。")
        return redirect("casework_case", pk)

    frame = {"title": VERBS[verb].label, "button": VERBS[verb].label, "lead": VERBS[verb].help, **back(found)}
    return asked(request, form, save, frame)


def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry back."""
    event = get_object_or_404(ApplicationEvent, pk=pk)
    found, by = opened(request, event.application_id), person(request)
    policy.require_application(by, "approve", found, on=localdate())
    form = StrikeForm(request.POST or None)

    def save() -> HttpResponse:
        actions.strike(event, reason=form.cleaned_data["reason"], by=by, at=now())
        messages.success(request, "已更正。正确的内容请另行登记。")
        return redirect("casework_case", found.pk)

    lead = "更正以后，这条记录划去但不删除，不再计入期限和结果。正确的内容请另行登记。"
    title = f"更正登记：{event.on} {KINDS[event.kind]}"
    return asked(request, form, save, {"title": title, "button": "更正", "lead": lead, **back(found)})


def _given(form: CaseForm) -> Given:
    """What was filled in, with an uploaded file as the actions take it."""
    given = dict(form.cleaned_data)
    upload = given.pop("upload", None)
    if upload is not None:
        given["uploads"] = [Upload(upload.name, upload.read())]
    return given


def _assign(found: Application, given: Given, **by_and_at: Any) -> None:
    actions.assign(found, given.pop("officer"), **given, **by_and_at)


def _answer(found: Application, given: Given, **by_and_at: Any) -> None:
    actions.answer_consultation(given.pop("consultation"), **given, **by_and_at)


def _decide(found: Application, given: Given, **by_and_at: Any) -> None:
    seen = given.pop("seen")
    actions.decide(found, Deciding(**given), seen=seen, **by_and_at)


def _other(act: Callable[..., Any]) -> Callable[..., None]:
    def do(found: Application, given: Given, **by_and_at: Any) -> None:
        act(found, given.pop("other"), **given, **by_and_at)

    return do


def _split(found: Application, given: Given, **by_and_at: Any) -> None:
    actions.split(found, given.pop("parts"), **given, **by_and_at)


def _unseen(act: Callable[..., Any], **renamed: str) -> Callable[..., None]:
    """An action that does not ask what was seen."""

    def do(found: Application, given: Given, **by_and_at: Any) -> None:
        given.pop("seen")
        act(found, **{renamed.get(name, name): value for name, value in given.items()}, **by_and_at)

    return do


def _plain(act: Callable[..., Any]) -> Callable[..., None]:
    def do(found: Application, given: Given, **by_and_at: Any) -> None:
        act(found, **given, **by_and_at)

    return do


_DO: Mapping[str, Callable[..., None]] = {
    "confirm": _unseen(actions.confirm),
    "assign": _assign,
    "request_correction": _plain(actions.request_correction),
    "receive_correction": _plain(actions.receive_correction),
    "link": _other(actions.link_duplicate),
    "merge": _other(actions.merge),
    "split": _split,
    "search": _plain(actions.record_search),
    "consult": _plain(actions.consult),
    "answer": _answer,
    "request_reason": _plain(actions.request_reason),
    "receive_reason": _plain(actions.receive_reason),
    "extend": _plain(actions.extend),
    "notify_fee": _plain(actions.notify_fee),
    "record_payment": _plain(actions.record_payment),
    "decide": _decide,
    "withdraw": _plain(actions.withdraw),
    "reopen": _unseen(actions.reopen),
    "disclose": _unseen(actions.disclose),
    "archive": _unseen(actions.archive),
    "note": _unseen(actions.note),
    "void": _unseen(actions.void, words="reason"),
}
