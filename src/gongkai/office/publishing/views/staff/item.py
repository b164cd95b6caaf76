"""An item on its way: what it says, what changed, what the check says, who did what, and what may be done now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions, policy, precheck, queries, record
from gongkai.office.publishing.differences import differences
from gongkai.office.publishing.files import path_of
from gongkai.office.publishing.forms import ScheduleForm, SecrecyForm
from gongkai.office.publishing.labels import (
    DECISION_LABELS,
    EVENT_LABELS,
    FIELD_LABELS,
    field_of,
    shown_values,
    state_of,
    step_label,
)
from gongkai.office.publishing.models import Item, ReviewEvent, StoredFile
from gongkai.office.publishing.publication import public_content
from gongkai.office.publishing.record import Dossier
from gongkai.office.publishing.refusals import CheckFailed
from gongkai.office.publishing.views.staff.frame import Moment, screen
from gongkai.office.publishing.words import advised, person_names, said, titled
from gongkai.regulation.finding import Finding
from gongkai.regulation.review import Delegated, ReviewRecord, Standing

_DONE = {
    "submit": "已经送审。",
    "take_back": "已经撤回，可以修改后重新送审。",
    "discard": "草稿已经作废。",
    "review_secrecy": "保密审查结论已经记录。",
    "pass": "审核通过，已经转到下一环节。",
    "return": "已经退回作者。",
    "schedule": "公开时间已经设定。",
    "correct": "更正稿已经建立；公开的内容在更正稿三审通过以前不变。",
    "restore": "恢复稿已经建立；三审通过以后重新公开。",
    "withdraw": "已经撤下，公众立即看不到它了。",
}


@screen
def item(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """The page of an item on its way."""
    return _page(request, moment, _visible(moment, pk))


@screen
def act(request: HttpRequest, moment: Moment, pk: int, verb: str) -> HttpResponse:
    """Carry out what a button asks for; a refusal comes back on the page with what was typed."""
    shown = _visible(moment, pk)
    if request.method != "POST" or verb not in _ACTS:
        return redirect("publishing_item", pk)
    following = _following(moment, pk)
    try:
        done = _ACTS[verb](request, moment, shown)
    except Refused as refused:
        return _page(request, moment, shown, refused=refused)
    messages.success(request, done or _DONE[verb])
    if verb in ("correct", "restore"):
        return redirect("publishing_edit", pk)
    if verb == "discard" and shown.published_at is None:
        return redirect("publishing_items")
    return redirect("publishing_item", following if verb in ("pass", "return", "review_secrecy") and following else pk)


@screen
def file(request: HttpRequest, moment: Moment, pk: int, sha256: str) -> FileResponse:
    """An attachment of an item that is not public yet, for those who may see its draft."""
    dossier = record.read(_visible(moment, pk), at=moment.at)
    attached = {*(dossier.content.attachments if dossier.content else ()), *public_content(dossier.item).attachments}
    name = next((each.name for each in attached if each.sha256 == sha256), None)
    row = StoredFile.objects.defer("text").filter(pk=sha256).first()
    if name is None or row is None or not path_of(sha256).exists():
        raise Http404("这条信息没有这个附件。")
    return FileResponse(path_of(sha256).open("rb"), as_attachment=True, filename=name, content_type=row.media_type)


def _visible(moment: Moment, pk: int) -> Item:
    shown = get_object_or_404(Item.objects.select_related("organ", "column"), pk=pk)
    policy.require(moment.user, "see", shown.organ, on=moment.on)
    return shown


def _following(moment: Moment, pk: int) -> int | None:
    """The item after this one in the reader's queue, to go on with."""
    waiting = list(queries.waiting_for(moment.user, moment.on).values_list("item_id", flat=True))
    place = waiting.index(pk) if pk in waiting else -1
    after = waiting[place + 1 : place + 2] if place >= 0 else []
    return after[0] if after else None


def _page(request: HttpRequest, moment: Moment, shown: Item, refused: Refused | None = None) -> HttpResponse:
    dossier = record.read(shown, at=moment.at, by=moment.user)
    standing = dossier.standing()
    content = dossier.content or public_content(shown)
    before = public_content(shown) if shown.published_at and dossier.content else None
    found = precheck.check(content, shown.organ, on=moment.on, item=shown) if dossier.content else []
    given = record.reasons(dossier) if dossier.content else {}
    if isinstance(refused, CheckFailed) or request.method == "POST":
        given = {**given, **_reasons(request)}
    waiting = list(queries.waiting_for(moment.user, moment.on).values_list("item_id", flat=True))
    place = waiting.index(shown.pk) if shown.pk in waiting else None
    context = {
        "item": shown,
        "draft": dossier.draft,
        "content": content,
        "body": mark_safe(content.body),  # cleaned when it was stored; see body.py
        "content_hash": dossier.content_hash,
        "facts": shown_values(content).items(),
        "attachments": content.attachments,
        "state": _state(shown, dossier, standing),
        "standing": standing,
        "step": step_label(standing.next_step) if standing.next_step else "",
        "is_late": bool(standing.due_on and standing.due_on < moment.on),
        "changes": differences(before, content) if before else None,
        "findings": [_finding(each, given) for each in found],
        "open_warnings": {each.code: titled(each) for each in precheck.unexplained(found, given)},
        "warnings": _warnings(found, given),
        "history": _history(shown, standing, dossier.record),
        "allowed": _allowed(dossier, standing, shown, moment),
        "secrecy_form": SecrecyForm(request.POST if request.POST.get("decision") else None),
        "schedule_form": ScheduleForm(initial={"publish_at": dossier.draft.publish_at if dossier.draft else None}),
        "typed": request.POST,
        "refusal": str(refused) if refused else "",
        "queue": {
            "place": place + 1 if place is not None else None,
            "count": len(waiting),
            "previous": waiting[place - 1] if place else None,
            "next": waiting[place + 1] if place is not None and place + 1 < len(waiting) else None,
        },
        "versions": shown.versions.order_by("-number").defer("content"),
    }
    return render(request, "publishing/desk/item.html", context, status=403 if refused else 200)


def _state(shown: Item, dossier: Dossier, standing: Standing) -> dict[str, str]:
    if dossier.draft is not None:
        tone = {"returned": "bad", "in_review": "open", "approved": "ok"}.get(standing.state, "")
        return {"label": state_of(standing.state, standing.next_step or ""), "tone": tone}
    if shown.withdrawn_at:
        return {"label": "已撤下", "tone": "bad"}
    return {"label": "已公开", "tone": "ok"} if shown.published_at else {"label": "草稿已作废", "tone": ""}


def _allowed(dossier: Dossier, standing: Standing, shown: Item, moment: Moment) -> dict[str, Any]:
    """For each verb why it may not be done; an empty reason is an open button, None a button that isn't shown."""

    def asked(role_verb: str, finding: Finding | None) -> str:
        return policy.why_not(moment.user, role_verb, shown.organ, on=moment.on) or (said(finding) if finding else "")

    step = standing.next_step
    has_draft, is_public = dossier.draft is not None, shown.is_public
    writes = policy.why_not(moment.user, "write", shown.organ, on=moment.on)
    return {
        "edit": writes if has_draft else None,
        "submit": asked("write", dossier.why_not("submit"))
        if standing.state in ("draft", "returned") and has_draft
        else None,
        "take_back": asked("write", dossier.why_not("withdraw"))
        if standing.state in ("in_review", "approved") and has_draft
        else None,
        "discard": writes if standing.state in ("draft", "returned") and has_draft else None,
        "schedule": (writes and policy.why_not(moment.user, "final", shown.organ, on=moment.on)) if has_draft else None,
        "pass": asked(step, dossier.why_not("pass", step=step)) if step and has_draft else None,
        "return": asked(step, dossier.why_not("return", step=step)) if step and has_draft else None,
        "review_secrecy": asked("review_secrecy", dossier.why_not("review_secrecy"))
        if standing.state in ("in_review", "approved") and has_draft
        else None,
        "correct": writes if is_public and not has_draft else None,
        "restore": writes if shown.withdrawn_at and not has_draft else None,
        "withdraw": policy.why_not(moment.user, "withdraw", shown.organ, on=moment.on) if is_public else None,
    }


def _finding(finding: Finding, given: dict[str, str]) -> dict[str, str]:
    name = field_of(finding)
    return {
        "code": finding.code,
        "severity": finding.severity,
        "text": said(finding),
        "advice": advised(finding),
        "field": name,
        "label": FIELD_LABELS.get(name, "正文" if name == "body" else ""),
        "reason": given.get(finding.code, ""),
    }


def _warnings(found: list[Finding], given: dict[str, str]) -> list[dict[str, str]]:
    """Each kind of warning once, with the reason given for it so far."""
    kinds = {each.code: titled(each) for each in found if each.severity == "warning"}
    return [{"code": code, "title": title, "reason": given.get(code, "")} for code, title in kinds.items()]


def _history(shown: Item, standing: Standing, record: ReviewRecord) -> list[dict[str, Any]]:
    rows = list(ReviewEvent.objects.filter(item=shown).order_by("at", "id"))
    delegations = [each for each in record.events if isinstance(each, Delegated)]
    names = person_names({row.person for row in rows} | {each.delegator for each in delegations})
    voids = {(void.step, void.by, void.at): said(void.reason) for void in standing.void}
    used = _passes_behind_publications(rows)
    found = []
    for row in rows:
        label = EVENT_LABELS[row.kind]
        if row.kind in ("passed", "returned"):
            label = f"{step_label(row.detail['step'])}{label}"
        at = timezone.localtime(row.at)
        found.append(
            {
                "label": label,
                "who": names.get(row.person, row.person),
                "number": row.person,
                "for": "、".join(names.get(each, each) for each in _stood_in_for(row, at, delegations)),
                "at": at,
                "hash": row.content_hash[:8],
                "decision": DECISION_LABELS.get(row.detail.get("decision", ""), ""),
                "words": row.detail.get("reason") or row.detail.get("basis", ""),
                "reasons": row.detail.get("reasons", {}),
                "void": voids.get((row.detail.get("step"), row.person, at), "")
                if row.kind == "passed" and row.pk not in used
                else "",
            }
        )
    return found[::-1]


def _stood_in_for(row: ReviewEvent, at: datetime, delegations: list[Delegated]) -> list[str]:
    """Who had whoever passed or returned a step act for them on that day."""
    step, day = row.detail.get("step"), at.date()
    return [
        each.delegator
        for each in delegations
        if row.kind in ("passed", "returned") and (each.delegate, each.step) == (row.person, step)
        if each.at <= row.at and each.from_date <= day <= each.to_date
    ]


def _passes_behind_publications(rows: list[ReviewEvent]) -> set[int]:
    """The passes that made something public. A later round makes them no ground for itself, but they were not in vain."""
    used: set[int] = set()
    standing: set[int] = set()
    for row in rows:
        if row.kind == "passed":
            standing.add(row.pk)
        elif row.kind == "published":
            used |= standing
            standing = set()
        elif row.kind in ("edited", "submitted", "returned", "withdrawn"):
            standing = set()
    return used


def _reasons(request: HttpRequest) -> dict[str, str]:
    return {
        name.removeprefix("reason-"): value.strip()
        for name, value in request.POST.items()
        if name.startswith("reason-") and isinstance(value, str) and value.strip()
    }


def _submit(request: HttpRequest, moment: Moment, shown: Item) -> str:
    seen = request.POST.get("content_hash", "-")
    actions.submit(shown, content_hash=seen, by=moment.user, at=moment.at, reasons=_reasons(request))
    return ""


def _pass(request: HttpRequest, moment: Moment, shown: Item) -> str:
    step, seen = request.POST.get("step", ""), request.POST.get("content_hash", "-")
    if step not in policy.STEP_ROLES:
        raise Refused("没有写明是哪一审。请刷新页面后再办。")
    went_public = actions.pass_review(
        shown,
        step=step,
        content_hash=seen,
        by=moment.user,
        at=moment.at,
        reasons=_reasons(request),
    )
    if not went_public:
        return _hour_told(shown, moment) if step == "final" else ""
    shown.refresh_from_db(fields=["title"])  # a correction may have another title than what was public before
    return f"“{shown.title}”终审通过，已经公开。"


def _hour_told(shown: Item, moment: Moment) -> str:
    """What a final pass leads to when the hour of publication is set; empty when it is not."""
    draft = record.read(shown, at=moment.at).draft
    hour = draft.publish_at if draft else None
    return f"“{shown.title}”终审通过，定于{timezone.localtime(hour):%Y-%m-%d %H:%M}公开。" if hour else ""


def _return(request: HttpRequest, moment: Moment, shown: Item) -> str:
    step = request.POST.get("step", "")
    if step not in policy.STEP_ROLES:
        raise Refused("没有写明是哪一审。请刷新页面后再办。")
    reason = request.POST.get("return_reason", "")
    actions.return_to_author(shown, step=step, reason=reason, by=moment.user, at=moment.at)
    return ""


def _review_secrecy(request: HttpRequest, moment: Moment, shown: Item) -> str:
    form = SecrecyForm(request.POST)
    if not form.is_valid():
        raise Refused("请选择保密审查的结论，并写明依据。")
    seen = request.POST.get("content_hash", "-")
    filled = form.cleaned_data
    actions.review_secrecy(
        shown, decision=filled["decision"], basis=filled["basis"], content_hash=seen, by=moment.user, at=moment.at
    )
    return ""


def _schedule(request: HttpRequest, moment: Moment, shown: Item) -> str:
    form = ScheduleForm(request.POST)
    if not form.is_valid():
        raise Refused("公开时间写得不对。请写成年-月-日 时:分，或者清空表示终审通过后立即公开。")
    actions.schedule(shown, publish_at=form.cleaned_data["publish_at"], by=moment.user, at=moment.at)
    return ""


def _with_reason(
    verb: Callable[..., Any], name: str = "reason", field: str = "reason"
) -> Callable[[HttpRequest, Moment, Item], str]:
    """An act whose only particular is a text somebody types."""

    def carry_out(request: HttpRequest, moment: Moment, shown: Item) -> str:
        verb(shown, **{name: request.POST.get(field, "")}, by=moment.user, at=moment.at)
        return ""

    return carry_out


_ACTS: dict[str, Callable[[HttpRequest, Moment, Item], str]] = {
    "submit": _submit,
    "pass": _pass,
    "return": _return,
    "review_secrecy": _review_secrecy,
    "schedule": _schedule,
    "take_back": _with_reason(actions.take_back),
    "discard": _with_reason(actions.discard),
    "withdraw": _with_reason(actions.withdraw),
    "correct": _with_reason(actions.correct, "note"),
    "restore": _with_reason(actions.restore, "note"),
}
