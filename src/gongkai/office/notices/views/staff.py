"""The ledger of everything that left the office, the post register, one notice with its history, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_POST

from gongkai.office.accounts.desk_pages import leaf_of, person
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.notices import actions, forms, policy, queries
from gongkai.office.notices.actions import Unsendable
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.states import SENT_BY_US, Channel, State
from gongkai.office.organs.tables import MOST_ROWS, XLSX, write_xlsx
from gongkai.office.personal.actions import PurposeMissing, reveal

PER_PAGE = 50
COLOURS = {
    State.WAITING: "open",
    State.SENDING: "open",
    State.ACCEPTED: "ok",
    State.UNCERTAIN: "warn",
    State.FAILED: "bad",
    State.DROPPED: "open",
    State.HANDED_OVER: "open",
    State.OFFERED: "open",
    State.RECEIVED: "ok",
    State.RETURNED: "bad",
}
_HEADINGS = ("登记时间", "方式", "标题", "所属事项", "机关", "邮件号", "状态", "发出时间", "送达时间", "最后的记录")


def ledger(request: HttpRequest) -> HttpResponse:
    """Everything that left, 50 a page."""
    return _list(request, title="通知台账", is_post=False)


def post_register(request: HttpRequest) -> HttpResponse:
    """What was given to the post, with the post's numbers."""
    return _list(request, title="邮寄登记", is_post=True)


def export(request: HttpRequest) -> HttpResponse:
    """The list as a workbook, without addresses; the export is on record."""
    by = person(request)
    form = forms.LedgerFilter(request.GET)
    found = _found(by, form)
    rows: list[list[object]] = [list(_HEADINGS)]
    rows += [_row(each) for each in found.prefetch_related("attempts")[:MOST_ROWS]]
    audit.record(
        audit.Act(by.staff_number, "notices.export", "notices.ledger:all", detail={"rows": len(rows) - 1}), at=now()
    )
    answer = HttpResponse(write_xlsx({"通知台账": rows}), content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="notices-{localdate().isoformat()}.xlsx"'
    return answer


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: what happened to it, and what may be done about it."""
    return _page(request, _notice(request, pk))


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Do something about a notice, and come back to it; refused or filled in wrongly, it says why."""
    found, by, at = _notice(request, pk), person(request), now()
    if verb not in _FORMS:
        raise Http404("没有这种操作。")
    form = _FORMS[verb](request.POST, prefix=verb)
    if not form.is_valid():
        return _page(request, found, {verb: form}, status=400)
    data = form.cleaned_data
    try:
        if verb == "reveal":
            policy.require(by, "reveal", found, on=localdate())
            shown = reveal(found.to, subject=f"notices.notice:{pk}", field="to", by=by.staff_number, at=at, **data)
            return _page(request, found, revealed=shown)
        target = _VERBS[verb](found, data, by, at)
    except (Refused, Unsendable, PurposeMissing) as refusal:
        return _page(request, found, {verb: form}, refusal=str(refusal), status=403)
    messages.success(request, _DONE[verb])
    return redirect("notices_notice", (target or found).pk)


def _resend(notice: Outgoing, data: dict[str, Any], by: User, at: Any) -> Outgoing:
    return actions.resend(notice, to=data["to"].strip() or notice.to, at=at, by=by)


def _sign(notice: Outgoing, data: dict[str, Any], by: User, at: Any) -> None:
    policy.require(by, "decide", notice, on=localdate(at))
    actions.record_signature(notice, **data, at=at, by=by.staff_number)


def _return(notice: Outgoing, data: dict[str, Any], by: User, at: Any) -> None:
    policy.require(by, "decide", notice, on=localdate(at))
    actions.record_return(notice, **data, at=at, by=by.staff_number)


_FORMS: dict[str, type[Form]] = {
    "reveal": forms.Reveal,
    "settle": forms.Settle,
    "resend": forms.Resend,
    "bounce": forms.Reason,
    "cancel": forms.Reason,
    "sign": forms.Sign,
    "return": forms.Reason,
    "hear": Form,
}
_VERBS: dict[str, Callable[[Outgoing, dict[str, Any], User, Any], Outgoing | None]] = {
    "settle": lambda notice, data, by, at: actions.settle(notice, **data, by=by, at=at),
    "resend": _resend,
    "bounce": lambda notice, data, by, at: actions.record_bounce(notice, **data, by=by, at=at),
    "cancel": lambda notice, data, by, at: actions.cancel(notice, **data, by=by, at=at),
    "sign": _sign,
    "return": _return,
    "hear": lambda notice, data, by, at: actions.hear(notice, by=by, at=at),
}
_DONE = {
    "settle": "已认定。",
    "resend": "已重新排入发件箱，这是新的一份。",
    "bounce": "已登记退信。",
    "cancel": "已作废，不会发送。",
    "sign": "已登记签收。",
    "return": "已登记退回。",
    "hear": "已从工作台的提醒中去掉。",
}
_TITLES = {
    "settle": ("认定是否已经发出", "认定"),
    "resend": ("重新发送", "重新发送"),
    "bounce": ("登记退信", "登记"),
    "cancel": ("作废，不再发送", "作废"),
    "sign": ("登记签收", "登记"),
    "return": ("登记退回", "登记"),
    "hear": ("已用其他方式处理", "不再提醒"),
}


def _lawful(notice: Outgoing) -> list[str]:
    """The verbs that make sense where a notice stands; the actions judge again."""
    by_us, state = notice.channel in SENT_BY_US, notice.state
    verbs = []
    if state == State.UNCERTAIN:
        verbs.append("settle")
    was_resent = Outgoing.objects.filter(replaces=notice).exists()
    if (
        by_us
        and notice.kind != actions.LETTER
        and state in (State.FAILED, State.ACCEPTED, State.RETURNED, State.DROPPED)
        and notice.body
        and not was_resent
    ):
        verbs.append("resend")
    if by_us and state == State.ACCEPTED:
        verbs.append("bounce")
    if state == State.WAITING:
        verbs.append("cancel")
    if state == State.HANDED_OVER:
        verbs += ["sign", "return"]
    if notice.matters and notice.looked_into_at is None and state in (State.FAILED, State.RETURNED):
        verbs.append("hear")
    return verbs


def _page(
    request: HttpRequest,
    notice: Outgoing,
    filled: dict[str, Form] | None = None,
    *,
    refusal: str = "",
    revealed: str = "",
    status: int = 200,
) -> HttpResponse:
    by, filled = person(request), filled or {}
    may_decide = not policy.why_not(by, "decide", notice, on=localdate())
    offered = [
        {
            "verb": verb,
            "title": _TITLES[verb][0],
            "button": _TITLES[verb][1],
            "form": filled.get(verb) or _FORMS[verb](prefix=verb),
        }
        for verb in (_lawful(notice) if may_decide else [])
    ]
    context = {
        "notice": notice,
        "colour": COLOURS[State(notice.state)],
        "attempts": notice.attempts.all(),
        "enclosures": notice.enclosures.defer("content"),
        "signature": getattr(notice, "signature", None),
        "again": Outgoing.objects.filter(replaces=notice).first(),
        "about_url": _about_url(notice.about),
        "is_letter": notice.kind == actions.LETTER and notice.state in (State.FAILED, State.RETURNED, State.DROPPED),
        "offered": offered,
        "reveal": filled.get("reveal") or forms.Reveal(prefix="reveal"),
        "may_reveal": bool(notice.to) and not policy.why_not(by, "reveal", notice, on=localdate()),
        "revealed": revealed,
        "refusal": refusal,
        "back_url": reverse("notices_ledger"),
        "back_label": "通知台账",
    }
    return render(request, "notices/notice.html", context, status=status)


def _list(request: HttpRequest, *, title: str, is_post: bool) -> HttpResponse:
    by, today = person(request), localdate()
    form = forms.LedgerFilter(request.GET)
    if is_post:
        del form.fields["channel"]
    found = _found(by, form, channel=Channel.POST if is_post else "")
    exported = request.GET.copy()
    exported.pop("page", None)
    if is_post:
        exported["channel"] = Channel.POST
    page = leaf_of(request, found, PER_PAGE)
    context = {
        "title": title,
        "is_post": is_post,
        "form": form,
        "page": page,
        "rows": [(each, COLOURS[State(each.state)], _about_url(each.about)) for each in page.rows],
        "export_query": exported.urlencode(),
        "backlogs": queries.backlogs(by, at=now(), on=today),
    }
    return render(request, "notices/ledger.html", context)


def _found(by: User, form: forms.LedgerFilter, *, channel: str = "") -> QuerySet[Outgoing]:
    if not policy.sees_any(by, on=localdate()):
        raise Refused("您没有查看通知台账的职责。请联系系统管理员登记任职。")
    asked = form.cleaned_data if form.is_valid() else {}
    return queries.ledger(by, on=localdate(), **{**asked, "channel": channel or asked.get("channel", "")})


def _row(notice: Outgoing) -> list[object]:
    attempts = list(notice.attempts.all())
    last = f"{attempts[-1].get_result_display()} {attempts[-1].answer}".strip() if attempts else ""
    times = [
        f"{localtime(each):%Y-%m-%d %H:%M}" if each else ""
        for each in (notice.queued_at, notice.left_at, notice.ended_at)
    ]
    return [
        times[0],
        notice.get_channel_display(),
        notice.subject,
        notice.about,
        notice.organ.name if notice.organ else "",
        notice.tracking_number,
        notice.get_state_display(),
        *times[1:],
        last,
    ]


def _about_url(about: str) -> str:
    """The page of what a notice is about: `room.thing:7` is at the url `room_thing` of 7, where there is one."""
    thing, _, key = about.partition(":")
    try:
        return reverse(thing.replace(".", "_"), args=[key])
    except NoReverseMatch:
        return ""


def _notice(request: HttpRequest, pk: int) -> Outgoing:
    """A notice of the agencies somebody looks after; any other is not there."""
    seen = Outgoing.objects.filter(policy.within(person(request), "see", on=localdate()))
    return get_object_or_404(seen.select_related("organ", "replaces"), pk=pk)
