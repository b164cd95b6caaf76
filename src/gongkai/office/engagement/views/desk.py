"""The staff's screens besides the ledgers': what waits, and a message's life."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.engagement import actions, queries
from gongkai.office.engagement.forms import AnswerForm, AssignForm, HandOverForm, PurposeForm, ShowForm
from gongkai.office.engagement.ledgers import LEDGERS, MESSAGE
from gongkai.office.engagement.models import Message
from gongkai.office.ledgers.forms import StrikeForm
from gongkai.office.ledgers.views.frame import entry_of, to_entry
from gongkai.office.ledgers.views.room import overview
from gongkai.office.organs.queries import standing as standing_organs

SHOWN = 20


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The ledgers, and above them the messages that wait for an answer."""
    today = localdate()
    rows = queries.waiting(person(request), on=today)
    context = {
        "title": "解读、回应和互动",
        "lead": "公开的内容在“主动公开”里审核发布；这里登记它们的情况，办理留言和征集到的意见。",
        "ledgers": overview(request, LEDGERS),
        "waiting": [(each, (each.due_on - today).days, (today - each.due_on).days) for each in rows[:SHOWN]],
        "count": rows.count(),
    }
    return render(request, "engagement/desk/home.html", context)


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a message to the agency whose matter it is."""
    form = AssignForm(request.POST or None, organs=standing_organs())
    return _act(
        request, pk, form, "转办", "转办", lambda found, given, by, at: actions.assign(found, given["to"], by=by, at=at)
    )


def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a message."""
    form = AnswerForm(request.POST or None, initial={"on": localdate()})
    return _act(
        request,
        pk,
        form,
        "答复",
        "登记答复",
        lambda found, given, by, at: actions.answer(found, given["answer"], on=given["on"], by=by, at=at),
        lead="答复内容加密保存；来信人同意公开的，由答复人以外的人审核后公开。",
    )


def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Send what is no message to the channel where it belongs."""
    form = HandOverForm(request.POST or None)
    return _act(
        request,
        pk,
        form,
        "转出",
        "转出",
        lambda found, given, by, at: actions.hand_over(found, given["to"], reason=given["reason"], by=by, at=at),
        lead="信访、举报、政府信息公开申请不按留言办理，转到应当办理的渠道，并告知来信人。",
    )


def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a message and its answer before the public."""
    found = entry_of(request, MESSAGE, pk)
    initial = {"public_subject": found.public_subject or found.subject}
    initial |= {name: getattr(found, name) for name in ("public_content", "public_answer") if getattr(found, name)}
    form = ShowForm(request.POST or None, initial=initial)
    return _act(
        request,
        pk,
        form,
        "审核公开",
        "公开",
        lambda found, given, by, at: actions.show(found, **given, by=by, at=at),
        lead="写下公众看到的文字，隐去个人信息。查看原文请先在留言页面写明事由。",
    )


def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop showing a message."""
    form = StrikeForm(request.POST or None)
    form.fields["reason"].label = "停止公开的原因"
    return _act(
        request,
        pk,
        form,
        "停止公开",
        "停止公开",
        lambda found, given, by, at: actions.hide(found, reason=given["reason"], by=by, at=at),
    )


def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at what is sealed, for a purpose that is put on record."""
    found = entry_of(request, MESSAGE, pk)
    form = PurposeForm(request.POST or None)

    def look() -> HttpResponse:
        shown = actions.reveal(found, purpose=form.cleaned_data["purpose"], by=person(request), at=now())
        answer = render(request, "engagement/desk/revealed.html", {"shown": shown, **to_entry(MESSAGE, found)})
        answer["Cache-Control"] = "no-store"
        return answer

    frame = {"title": f"查看原文：{found.subject}", "button": "查看", **to_entry(MESSAGE, found)}
    return asked(request, form, look, frame)


def _act(
    request: HttpRequest,
    pk: int,
    form: Form,
    title: str,
    button: str,
    act: Callable[[Message, dict[str, Any], Any, Any], Message],
    lead: str = "",
) -> HttpResponse:
    found = entry_of(request, MESSAGE, pk)

    def save() -> HttpResponse:
        act(found, form.cleaned_data, person(request), now())
        messages.success(request, f"已{title}。")
        return redirect("engagement_message_entry", pk)

    frame = {"title": f"{title}：{found.subject}", "button": button, "lead": lead, **to_entry(MESSAGE, found)}
    return asked(request, form, save, frame)
