"""Where the public writes: messages, opinions on drafts, and what became of a message. Never stored, never cached."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from gongkai.office.accounts import captcha
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import View, personal
from gongkai.office.accounts.visitors import Limit, wait_for
from gongkai.office.engagement import actions, queries
from gongkai.office.engagement.public_forms import FindForm, OpinionForm, RateForm, WriteForm
from gongkai.office.organs.queries import standing

WRITES = Limit("message-write", times=30, seconds=3600)
LOOKS = Limit("message-look", times=30, seconds=600)


def _personal(view: View) -> View:
    """A form of one visitor's: shown, or sent."""
    return require_http_methods(["GET", "HEAD", "POST"])(personal(view))


@_personal
def write(request: HttpRequest) -> HttpResponse:
    """A message: the form, and after sending its number and the day by which it is answered."""
    form = WriteForm(request.POST if request.method == "POST" else None, organs=standing())

    def send() -> HttpResponse:
        made = actions.receive(**form.cleaned_data, at=now())
        return render(request, "engagement/public/received.html", {"message": made})

    return _asked(request, form, send, {"page": "write", "title": "我要留言", "button": "提交留言"})


@_personal
def give_opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """An opinion on a draft, as long as it is asked for."""
    asked = get_object_or_404(queries.public_consultations(), pk=pk)
    if queries.state_on(asked, localdate())[0] != "open":
        return render(request, "engagement/public/not_open.html", {"consultation": asked}, status=410)
    form = OpinionForm(request.POST if request.method == "POST" else None)

    def send() -> HttpResponse:
        actions.give_opinion(asked, **form.cleaned_data, at=now())
        return render(request, "engagement/public/opinion_received.html", {"consultation": asked})

    frame = {"page": "opinion", "title": f"提出意见：{asked.title}", "button": "提交意见", "consultation": asked}
    return _asked(request, form, send, frame)


@_personal
def find(request: HttpRequest) -> HttpResponse:
    """What became of a message, for whoever has its number."""
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        if minutes := _minutes(request, LOOKS):
            return _too_often(request, minutes)
        status = 400
        if form.is_valid():
            found = queries.by_number(form.cleaned_data["number"])
            context, status = {"message": found, "is_missing": found is None}, 200 if found else 404
            if found is not None:
                context["rate"] = RateForm(initial={"number": found.number})
    return render(request, "engagement/public/find.html", {"form": form, **context}, status=status)


@_personal
def rate(request: HttpRequest) -> HttpResponse:
    """What the sender says of the answer, for whoever has the number."""
    if request.method != "POST":
        return redirect("engagement_find")
    if minutes := _minutes(request, LOOKS):
        return _too_often(request, minutes)
    form = RateForm(request.POST)
    found = queries.by_number(request.POST.get("number", "")[:24])
    if found is None:
        return render(request, "engagement/public/find.html", {"form": FindForm(), "is_missing": True}, status=404)
    refusal, status = "", 200
    if form.is_valid():
        try:
            found = actions.rate(found, form.cleaned_data["satisfaction"], at=now())
        except Refused as refused:
            refusal, status = str(refused), 409
    else:
        refusal, status = "请选择一项评价。", 400
    context = {"message": found, "refusal": refusal, "rate": RateForm(initial={"number": found.number})}
    return render(request, "engagement/public/find.html", context, status=status)


def _asked(request: HttpRequest, form: Form, send: Callable[[], HttpResponse], frame: dict[str, Any]) -> HttpResponse:
    """A form with a captcha: shown, sent once, and shown again with what is wrong; what was filled in stays."""
    error, refusal, status = "", "", 200
    if request.method == "POST":
        if minutes := _minutes(request, WRITES):
            return _too_often(request, minutes)
        status = 422
        if form.is_valid():
            token, answer = request.POST.get("captcha_token", ""), request.POST.get("captcha_answer", "")
            verdict = captcha.solve(token, answer, at=now())
            error = verdict.message
            if verdict is captcha.Verdict.RIGHT:
                try:
                    return send()
                except Refused as refused:
                    refusal = str(refused)
    way: captcha.Kind = "question" if request.GET.get("check") == "question" else "picture"
    context = {
        "form": form,
        "captcha": captcha.challenge(way, at=now()),
        "captcha_error": error,
        "captcha_switch": request.path if way == "question" else f"{request.path}?check=question",
        "refusal": refusal,
        "has_errors": bool(error or refusal) or (form.is_bound and bool(form.errors)),
        **frame,
    }
    return render(request, "engagement/public/write.html", context, status=status)


def _minutes(request: HttpRequest, limit: Limit) -> int:
    return -(-wait_for(limit, request, at=now()) // 60)


def _too_often(request: HttpRequest, minutes: int) -> HttpResponse:
    response = render(request, "engagement/public/too_often.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
