"""Letters on their way (送达): each goes one way at a time, and the day that counts is that of posting, signature or sending.

Source: 国办公开办函〔2016〕235号 (by post: the day of posting, by the postal enterprise; in person: the day of signature);
ogi-2019 art. 36.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.casework import files, letters, policy
from gongkai.office.casework.actions.consequences import enter_event, enter_receipt
from gongkai.office.casework.actions.entering import locked, subject
from gongkai.office.casework.actions.writing import why_not_reply
from gongkai.office.casework.models import ApplicationFile, Delivery, Letter, LetterStep
from gongkai.office.notices import actions as notices
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.states import State
from gongkai.regulation.letters import kind_of, reply_kind

CARRIERS = {"registered": "邮政挂号信", "ems": "邮政特快专递（EMS）"}
"""Letters of state organs go by the postal enterprise only. Source: 国办公开办函〔2016〕235号; 《邮政法》第五十五条."""

log = logging.getLogger(__name__)

FAILED = (State.FAILED, State.RETURNED, State.DROPPED)


@transaction.atomic
def deliver(
    letter: Letter,
    *,
    way: str,
    by: User,
    at: datetime,
    on: date | None = None,
    to: str = "",
    carrier: str = "",
    tracking_number: str = "",
    signed_by: str = "",
    relation: str = "本人",
) -> Delivery:
    """Give a signed letter to its receiver, and enter what follows from it on the day the law counts.

    `post` and `counter` are entered with their day (`on`); mail counts on the day it leaves, which `settle_deliveries`
    enters; a letter to be fetched online on the day it is laid ready. `to` left empty is the applicant's own address. One
    way at a time: never sent twice.
    Errors: Refused; `notices.Unsendable` for an address that is none.
    """
    locked(letter.application)
    letter = Letter.objects.select_for_update(of=("self",)).select_related("application__organ").get(pk=letter.pk)
    application, today = letter.application, localdate(at)
    policy.require_application(by, "handle", application, on=today)
    if letter.state != Letter.State.ISSUED:
        raise Refused(f"这份文书的状态是“{letter.get_state_display()}”，不能送达：先签发，已经发出的不再发。")
    if letter.deliveries.filter(failed_at=None).exists():
        raise Refused("这份文书已经在送达，不能再发一份。确认没有送达以后，才能换一种方式。")
    day = on or today
    _refuse_a_wrong_day(letter, day, today)
    _refuse_an_unproved_copy(letter)
    delivery = Delivery(letter=letter, way=way, by=by, begun_at=at)
    match way:
        case Delivery.Way.MAIL:
            if refusal := why_not_reply(letter, on=today):
                raise Refused(refusal)
            about = f"casework.letter:{letter.pk}"
            delivery.notice = notices.send(_mail(letter, to, about, by, letter.deliveries.count() + 1), at=at)
        case Delivery.Way.ONLINE:
            if kind_of(letter.kind).recipient != "applicant":
                raise Refused("网上下载只适用于发给申请人的文书：别人没有查询码。请改用邮寄、电子邮件或者当面送达。")
            delivery.on = today
        case Delivery.Way.POST:
            delivery.on = day
            delivery.notice = _posted(letter, to, carrier, tracking_number, by=by, at=at)
        case Delivery.Way.COUNTER:
            delivery.on = delivery.received_on = day
            delivery.notice = _handed_over(letter, by=by, at=at, way="counter", signed_by=signed_by, relation=relation)
        case _:
            raise Refused("请选择送达方式。")
    delivery.save()
    letter.state = Letter.State.SENT
    letter.save(update_fields=["state"])
    _step(letter, LetterStep.Kind.SENT, by=by, at=at, way=way)
    if delivery.on is not None:
        enter_event(letter, on=delivery.on, way=way, by=by, at=at)
    if way == Delivery.Way.ONLINE:
        _tell_it_is_ready(letter, by=by, at=at)
    return delivery


def _posted(letter: Letter, to: str, carrier: str, tracking_number: str, *, by: User, at: datetime) -> Outgoing:
    """A letter given to the post. Errors: Refused for another carrier, or without an address."""
    if carrier not in CARRIERS:
        raise Refused("邮寄须通过邮政企业（挂号信或者邮政特快专递）：其他快递公司不能寄递国家机关公文。")
    to = to.strip() or (letter.application.address if kind_of(letter.kind).recipient == "applicant" else "")
    if not to:
        raise Refused("请填写收件地址。")
    return _handed_over(letter, by=by, at=at, way="post", to=to, tracking_number=tracking_number)


def _handed_over(letter: Letter, *, by: User, at: datetime, **how: Any) -> Outgoing:
    """The entry in the ledger of notices for what no machine sends."""
    return notices.hand_over(
        f"casework.letter:{letter.pk}",
        subject=kind_of(letter.kind).name,
        organ=letter.application.organ_id,
        by=by.staff_number,
        at=at,
        **how,
    )


def settle_deliveries(*, at: datetime) -> int:
    """Take over what became of letters under way: mail that left, what came back, what was signed for. Gives how many.

    Done twice, or by two processes, it does no more than once: each delivery is locked and looked at again.
    """
    left = Q(way="mail", on=None, notice__state__in=[State.ACCEPTED, State.RECEIVED])
    over = Q(notice__state__in=FAILED) | Q(notice__state=State.RECEIVED, received_on=None)
    waiting = Delivery.objects.filter(left | over, failed_at=None).order_by("pk").values_list("pk", flat=True)
    done = 0
    for pk in list(waiting):
        try:
            done += _settle(pk, at=at)
        except Refused as refusal:  # it stays where it is and is tried again; the desk shows it as not entered yet
            log.warning("文书送达没有登记：第%s号送达，%s", pk, refusal)
    return done


@transaction.atomic
def record_fetch(letter: Letter, *, at: datetime) -> None:
    """The applicant fetched a letter with the query code: the first time is its receipt."""
    delivery = Delivery.objects.select_for_update().filter(letter=letter, failed_at=None).first()
    if delivery is not None and delivery.first_fetched_at is None:
        delivery.first_fetched_at = at
        delivery.received_on = delivery.received_on or localdate(at)
        delivery.save(update_fields=["first_fetched_at", "received_on"])
        told = {"letter": letter.pk, "number": letter.number}
        audit.record(audit.Act("public", "casework.letter_fetched", subject(letter.application), detail=told), at=at)


def enclosed(letter: Letter) -> Sequence[ApplicationFile]:
    """The files that go with a letter: what is disclosed, in full or in part."""
    application = letter.application
    if letter.kind == reply_kind("partial"):
        redaction = letters.redaction_of(letter)
        return [redaction.copy] if redaction else []
    if letter.kind == reply_kind("disclose"):
        return list(application.files.filter(role=ApplicationFile.Role.ANSWER))
    return []


@transaction.atomic
def _settle(pk: int, *, at: datetime) -> bool:
    unlocked = Delivery.objects.select_related("letter__application").get(pk=pk)
    locked(unlocked.letter.application)
    delivery = Delivery.objects.select_for_update(of=("self",)).get(pk=pk)
    if delivery.failed_at is not None or delivery.notice is None:
        return False
    letter = delivery.letter
    state = delivery.notice.state
    if state in FAILED:
        last = delivery.notice.attempts.last()
        delivery.failed_at, delivery.failure = at, (last.get_result_display() if last else "")
        delivery.save(update_fields=["failed_at", "failure"])
        letter.state = Letter.State.ISSUED
        letter.save(update_fields=["state"])
        _step(letter, LetterStep.Kind.FAILED, by=None, at=at, way=delivery.way)
        return True
    if delivery.on is None and state in (State.ACCEPTED, State.RECEIVED):
        left_at = delivery.notice.left_at or at
        delivery.on = localdate(left_at)
        delivery.save(update_fields=["on"])
        enter_event(letter, on=delivery.on, way=delivery.way, by=delivery.by, at=at)
    if state == State.RECEIVED and delivery.received_on is None:
        delivery.received_on = _received_on(delivery, at=at)
        delivery.save(update_fields=["received_on"])
        enter_receipt(letter, on=delivery.received_on, by=delivery.by, at=at)
    return True


def _received_on(delivery: Delivery, *, at: datetime) -> date:
    """The day the receiver signed, where somebody did, and not before the letter left."""
    notice = delivery.notice
    assert notice is not None
    signature = getattr(notice, "signature", None)
    day = localdate(signature.at if signature else notice.ended_at or at)
    return max(day, delivery.on or day)


def _mail(letter: Letter, to: str, about: str, by: User, attempt: int) -> notices.Notice:
    application = letter.application
    title = kind_of(letter.kind).name
    assert letter.pdf is not None
    attached = [(f"{title}.pdf", files.read(letter.pdf), "application/pdf")]
    for number, file in enumerate(enclosed(letter), start=1):
        ending = file.name.rpartition(".")[2]
        attached.append((f"附件{number}.{ending}", files.read(file), file.media_type))
    return notices.Notice(
        channel="mail",
        to=to.strip() or (application.email if kind_of(letter.kind).recipient == "applicant" else ""),
        subject=f"{application.organ.name}：{title}",
        body=f"{letters.addressee(letter)}：\n\n附件是{application.organ.name}的《{title}》（{letter.number}），请查收。"
        "收件有问题的，请拨打文书上的联系电话。\n",
        about=about,
        kind="letter",
        attachments=attached,
        organ=application.organ_id,
        by=by.staff_number,
        once=f"{about}:{attempt}",
    )


def _tell_it_is_ready(letter: Letter, *, by: User, at: datetime) -> None:
    """Whoever gave a mail address is told that there is something to fetch; the letter itself stays where it is."""
    application = letter.application
    if not application.email.strip():
        return
    note = notices.Notice(
        channel="mail",
        to=application.email,
        subject=f"{application.organ.name}：您的政府信息公开申请有新的文书",
        body=f"您的政府信息公开申请（编号：{application.number}）有一份新的文书，请在网站“查询申请”页面用编号和查询码下载。\n",
        about=f"casework.letter:{letter.pk}",
        kind="letter_ready",
        organ=application.organ_id,
        by=by.staff_number,
        once=f"casework.letter:{letter.pk}:ready",
        matters=False,
    )
    # The letter lies ready all the same; the address was checked when the application came in.
    with suppress(notices.Unsendable):
        notices.send(note, at=at)


def _refuse_a_wrong_day(letter: Letter, day: date, today: date) -> None:
    assert letter.on is not None
    if day > today:
        raise Refused(f"日期{day}还没有到。只登记已经交邮、签收的送达。")
    if day < letter.on:
        raise Refused(f"日期{day}早于成文日期{letter.on}。请核对交邮或者签收的日期。")


def _refuse_an_unproved_copy(letter: Letter) -> None:
    redaction = letters.redaction_of(letter)
    if letter.kind != reply_kind("partial"):
        return
    if redaction is None or not redaction.may_go_out:
        raise Refused("区分处理后的副本没有通过检查，答复不能发出。")
    if letter.content_hash != letters.content_hash(letters.parts_of(letter), redaction):
        raise Refused("签发以后换过区分处理后的副本。请作废这份答复，重新送审。")


def _step(letter: Letter, kind: LetterStep.Kind, *, by: User | None, at: datetime, way: str) -> None:
    LetterStep.objects.create(letter=letter, kind=kind, by=by, at=at, content_hash=letter.content_hash)
    told = {"letter": letter.pk, "kind": letter.kind, "number": letter.number, "way": way}
    actor = by.staff_number if by else audit.SYSTEM
    audit.record(audit.Act(actor, f"casework.letter_{kind}", subject(letter.application), "ogi-2019#36", told), at=at)
