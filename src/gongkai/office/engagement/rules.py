"""What completes an entry before it is stored, and what can't be true. Periods are `regulation.engagement`'s."""

from __future__ import annotations

import secrets
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.engagement.models import Message, MessagePromise
from gongkai.office.ledgers.models import STANDING
from gongkai.office.organs.models import Organ
from gongkai.office.organs.paths import upwards
from gongkai.office.publishing.models import Item
from gongkai.regulation.engagement import KINDS, answer_periods, earliest_close, message_clocks
from gongkai.regulation.workdays import provisional_workdays

Values = dict[str, Any]
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def interpretation(values: Values, at: datetime) -> Values:
    """Title and day are the item's where it has one."""
    item = _public(values.get("item"))
    on = localdate(item.published_at) if item and item.published_at else values.get("on")
    title = values.get("title") or (item.title if item else "")
    _need(title, "标题", "没有对应公开信息的，请写明解读的标题。")
    on = _happened(on, "发布日期", at)
    if item is not None and values.get("policy_item") == item:
        raise Refused("解读的政策和解读是同一条公开信息。请在“解读的政策”里填写被解读的文件。")
    return {**values, "title": title, "on": on}


def selection(values: Values, at: datetime) -> Values:
    """The agency is that of the interpretation, which came first."""
    selected = values["interpretation"]
    on = _happened(values.get("on"), "评选日期", at)
    if on < selected.on:
        raise Refused(f"评选日期{on}早于解读的发布日期{selected.on}。请核对。")
    return {**values, "organ": selected.organ, "on": on}


def response(values: Values, at: datetime) -> Values:
    """Title and moment are the item's where it has one."""
    item = _public(values.get("item"))
    responded_at = item.published_at if item else values.get("responded_at")
    title = values.get("title") or (item.title if item else "")
    _need(title, "回应事项", "没有对应公开信息的，请写明回应的事项。")
    if responded_at is None:
        raise Refused("缺少“回应时间”。没有对应公开信息的，请写明什么时候回应的。")
    if responded_at > at:
        raise Refused("“回应时间”还没有到。只登记已经作出的回应。")
    raised_at = values.get("raised_at")
    if raised_at is not None and raised_at > responded_at:
        raise Refused("“关切出现时间”晚于回应时间。请核对。")
    return {**values, "title": title, "responded_at": responded_at, "on": localdate(responded_at)}


def press_conference(values: Values, at: datetime) -> Values:
    """It was held."""
    _public(values.get("item"))
    return {**values, "on": _happened(values.get("on"), "举行日期", at)}


def consultation(values: Values, at: datetime) -> Values:
    """Open long enough, or for a reason that is published; the result is told after it closed."""
    opens_on, closes_on, kind = values["opens_on"], values["closes_on"], values["kind"]
    if closes_on < opens_on:
        raise Refused(f"截止日期{closes_on}早于开始日期{opens_on}。请核对。")
    earliest = earliest_close(kind, opens_on, provisional_workdays().add)
    if closes_on < earliest and not str(values.get("shortened_reason") or "").strip():
        raise Refused(
            f"{KINDS[kind]}公开征求意见，从{opens_on}开始的最早到{earliest}截止（《重大行政决策程序暂行条例》第十五条等）。"
            "情况紧急需要缩短的，请写明理由，它会公开。"
        )
    _public(values.get("draft_item"))
    result = _public(values.get("result_item"))
    answered_on = localdate(result.published_at) if result and result.published_at else values.get("answered_on")
    if answered_on is not None:
        _happened(answered_on, "结果公布日期", at)
        if answered_on < closes_on:
            raise Refused(f"结果公布日期{answered_on}早于截止日期{closes_on}。征集结束以后才公布结果。")
    return {**values, "answered_on": answered_on}


def opinion(values: Values, at: datetime) -> Values:
    """Received while the consultation was open; not adopted for a reason."""
    asked = values["consultation"]
    on = _happened(values.get("on"), "收到日期", at)
    if not asked.opens_on <= on <= asked.closes_on:
        raise Refused(
            f"“{asked.title}”从{asked.opens_on}到{asked.closes_on}征集意见，{on}收到的不计入。"
            "截止以后来的意见，请作为留言办理。"
        )
    if values.get("adoption") == "not_adopted" and not str(values.get("adoption_reason") or "").strip():
        raise Refused("不采纳的意见，请在“采纳情况说明”里写明理由，反馈结果时要说明。")
    return {**values, "organ": asked.organ, "on": on}


def message(values: Values, at: datetime) -> Values:
    """Its number, and the last day to answer as promised on the day it came."""
    on, pk = _happened(values.get("on"), "收到日期", at), values.get("pk")
    promised = promise_of(values["organ"], on)
    due_on = message_clocks(on, promised, provisional_workdays().add).promised_by
    derived: Values = {**values, "on": on, "promised_days": promised, "due_on": due_on}
    if pk is None:
        derived.setdefault("number", new_number(on))
        return derived
    known = Message.objects.get(pk=pk)
    if known.answered_on is not None:
        if known.answered_on < on:
            raise Refused(f"这条留言已经在{known.answered_on}答复，收到日期不会更晚。请核对。")
        derived["working_days"] = working_days_used(on, known.answered_on)
    if known.shown_on is not None and not values.get("consents"):
        raise Refused("这条留言已经公开。来信人撤回同意的，请先停止公开，再修改。")
    return derived


def promise(values: Values, at: datetime) -> Values:
    """A promise may begin in the future; it is never longer than the rule allows."""
    _, longest = answer_periods(values["on"])
    if values["working_days"] > longest:
        raise Refused(f"承诺不能超过 {longest} 个工作日：这是规定里情况复杂的留言的最长答复期限。请改短。")
    return values


def promise_of(organ: Organ, on: date) -> int:
    """Within how many working days an agency answers messages that come on a day: its own promise, else the nearest above,
    else the rule's own period.
    """
    given = MessagePromise.objects.filter(STANDING, organ__path__in=upwards(organ.path), on__lte=on)
    nearest = given.order_by("-organ__path", "-on", "-pk").values_list("working_days", flat=True).first()
    return nearest if nearest is not None else answer_periods(on)[0]


def working_days_used(received_on: date, answered_on: date) -> int:
    """How many working days an answer took, the first being the one after receipt."""
    return provisional_workdays().count(received_on, answered_on)


def new_number(on: date) -> str:
    """A number by which the sender finds the message again, and nobody else does."""
    return f"{on:%Y%m%d}-{''.join(secrets.choice(_ALPHABET) for _ in range(8))}"


def _public(item: Item | None) -> Item | None:
    """Errors: Refused for an item that was never public."""
    if item is not None and item.published_at is None:
        raise Refused(f"“{item.title}”还没有公开。请先走完审核公开，再来登记；也可以先不填，以后补上。")
    return item


def _need(value: str, label: str, advice: str) -> None:
    if not value.strip():
        raise Refused(f"缺少“{label}”。{advice}")


def _happened(on: date | None, label: str, at: datetime) -> date:
    """Errors: Refused for a missing day, and for one to come."""
    if on is None:
        raise Refused(f"缺少“{label}”。没有对应公开信息的，请写明日期。")
    if on > localdate(at):
        raise Refused(f"“{label}”{on}还没有到。只登记已经发生的事。")
    return on
