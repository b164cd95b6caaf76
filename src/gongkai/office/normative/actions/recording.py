"""Recording what happened to a document: steps of the procedure, what changes its validity, and corrections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import Act, record
from gongkai.office.normative import policy
from gongkai.office.normative.actions.entering import PROCEDURE, actor, enter, locked, settle, subject
from gongkai.office.normative.facts import document_of, standing_events
from gongkai.office.normative.kinds import KINDS, Entry
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.publishing.models import Item
from gongkai.regulation.disclosure import normative as law


@transaction.atomic
def record_step(
    document: NormativeDocument,
    kind: str,
    detail: Mapping[str, Any],
    *,
    on: date,
    by: User,
    at: datetime,
    act_item: Item | None = None,
) -> NormativeEvent:
    """Record a step of the procedure: assessment, comment, legality review, decision, signature, filing and so on.

    A step that comes late or in the wrong order is recorded as it was: what is wrong with it is a finding, and a record
    that can't be made true would be made up.
    """
    _expect(kind, "step")
    policy.require_document(by, "record_step", document, on=localdate(at))
    document = locked(document)
    event = enter(document, kind, detail, on=on, by=by, at=at, act_item=act_item)
    settle(document, at=at)
    return event


@transaction.atomic
def record_effect(
    document: NormativeDocument,
    kind: str,
    detail: Mapping[str, Any],
    *,
    on: date,
    by: User,
    at: datetime,
    act_item: Item | None = None,
) -> NormativeEvent:
    """Record what changes a document's validity: an amendment, an extension, a repeal, a lapse.

    Errors: Refused as long as the document is not published, or once it has ended.
    """
    _expect(kind, "effect")
    policy.require_document(by, "record_effect", document, on=localdate(at))
    document = locked(document)
    refuse_unless_alive(document, kind, on=on)
    event = enter(document, kind, detail, on=on, by=by, at=at, act_item=act_item)
    settle(document, at=at)
    return event


@transaction.atomic
def enter_publication(
    document: NormativeDocument, *, on: date, effective_on: date, expires_on: date | None, by: User, at: datetime
) -> NormativeEvent:
    """Enter when a document from before the system was published, from the gazette or the paper.

    An act of its own, on record as such: whatever is published here has its date from the system and never by hand.
    """
    policy.require_document(by, "record_effect", document, on=localdate(at))
    document = locked(document)
    if not document.is_older:
        raise Refused("公布日期由系统在公开时记下，不能填写。只有登记为“本系统启用前的文件”的，才补录原来的公布日期。")
    if standing_events().filter(document=document, kind="published").exists():
        raise Refused("这件文件已经补录过公布日期。填错了的，先更正原来的记录。")
    if document.item is not None and document.item.published_at and localdate(document.item.published_at) < on:
        raise Refused(f"这件文件的公开信息早于{on}已经上网，原来的公布日期不会更晚。请核对。")
    if expires_on is not None and expires_on < effective_on:
        raise Refused(f"有效期到{expires_on}，早于施行日期{effective_on}。请核对。")
    detail = {"effective_on": effective_on, "expires_on": expires_on}
    event = enter(document, "published", detail, on=on, by=by, at=at)
    settle(document, at=at)
    return event


@transaction.atomic
def strike(event: NormativeEvent, *, reason: str, by: User, at: datetime) -> NormativeEvent:
    """Strike an entry that was wrong. It stays on record, struck through, with the reason; it no longer counts."""
    document = locked(event.document)
    policy.require_document(by, "strike", document, on=localdate(at))
    if not reason.strip():
        raise Refused("请写明更正的原因。它会和原来的记录一起长期保存。")
    if event.kind == "struck" or NormativeEvent.objects.filter(strikes=event).exists():
        raise Refused("这条记录已经更正过。请刷新页面查看。")
    if event.kind == "cleaned_up":
        raise Refused("清理结论随清理决定公布，不能单独更正。请以新的决定废止、修改或者重新清理。")
    correction = NormativeEvent.objects.create(
        document=document,
        kind="struck",
        on=localdate(at),
        detail={"reason": reason.strip()},
        strikes=event,
        recorded_at=at,
        by=by,
    )
    told = {"event": event.pk, "kind": event.kind, "reason": reason.strip()}
    record(Act(actor(by), "normative.strike", subject(document), PROCEDURE, told), at=at)
    settle(document, at=at)
    return correction


def refuse_unless_alive(document: NormativeDocument, kind: str, *, on: date) -> None:
    """Errors: Refused where the document was not published on a day, or had already ended."""
    where = law.validity(document_of(document), on)
    label = KINDS[kind].label
    if document.disclosed_on is None or document.disclosed_on > on:
        raise Refused(f"这件文件在{on}还没有公布，不能登记{label}。请核对日期，或者先公布（补录公布日期）。")
    if where.state in ("lapsed", "repealed"):
        advice = "已经失效的不能以延期恢复，需要继续执行的按程序重新制发。" if kind == "extended" else "请核对日期。"
        raise Refused(f"这件文件从{where.since}起已经{where.label}（{where.reason}），不能再登记{label}。{advice}")


def _expect(kind: str, entry: Entry) -> None:
    if kind not in KINDS or KINDS[kind].entry != entry:
        raise Refused("没有这种登记事项，请从列出的环节里选择。")
