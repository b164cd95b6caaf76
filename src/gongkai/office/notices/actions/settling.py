"""What only a person can decide about a notice: whether it went, whether to send it again."""

from __future__ import annotations

import base64
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.notices import policy
from gongkai.office.notices.actions.sending import LETTER, Notice, send
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.record import locked, note
from gongkai.office.notices.states import SENT_BY_US, Result, State


@transaction.atomic
def settle(notice: Outgoing, *, was_sent: bool, reason: str, at: datetime, by: User) -> Outgoing:
    """Decide about a sending that was cut off: it went, or it goes again under the same number.

    Errors: Refused where nothing is uncertain, or without saying what the decision rests on.
    """
    policy.require(by, "decide", notice, on=localdate(at))
    notice = locked(notice.pk)
    if notice.state != State.UNCERTAIN:
        raise Refused(f"这份通知的状态是“{notice.get_state_display()}”，没有要认定的事。")
    if len(reason.strip()) < 2:
        raise Refused("请写明认定的依据，例如“邮件服务器日志有接收记录”“已电话向申请人核实”。")
    result = Result.SETTLED_SENT if was_sent else Result.SETTLED_UNSENT
    note(notice, result, at=at, answer=reason.strip(), by=by.staff_number, next_at=None if was_sent else at)
    return notice


@transaction.atomic
def record_bounce(notice: Outgoing, *, reason: str, at: datetime, by: User) -> Outgoing:
    """A mail that had been accepted came back later (退信).

    Errors: Refused for what was not sent.
    """
    policy.require(by, "decide", notice, on=localdate(at))
    notice = locked(notice.pk)
    if notice.channel not in SENT_BY_US or notice.state != State.ACCEPTED:
        raise Refused(f"这份通知的状态是“{notice.get_state_display()}”，不能登记退信。")
    note(notice, Result.BOUNCED, at=at, answer=reason, by=by.staff_number)
    return notice


@transaction.atomic
def cancel(notice: Outgoing, *, reason: str, at: datetime, by: User) -> Outgoing:
    """Take a notice that was not sent yet out of the outbox.

    Errors: Refused once it is on its way.
    """
    policy.require(by, "decide", notice, on=localdate(at))
    notice = locked(notice.pk)
    if notice.state != State.WAITING:
        raise Refused(f"这份通知的状态是“{notice.get_state_display()}”，已经不能作废。")
    note(notice, Result.CANCELLED, at=at, answer=reason, by=by.staff_number)
    return notice


@transaction.atomic
def resend(notice: Outgoing, *, to: str, at: datetime, by: User) -> Outgoing:
    """Send the same words and files again, as a new notice that names the old one; `to` is the address, corrected or not.

    Errors: Refused while the old one may still go, is uncertain, or was sent again already; Unsendable.
    """
    policy.require(by, "decide", notice, on=localdate(at))
    notice = locked(notice.pk)
    if notice.channel not in SENT_BY_US:
        raise Refused("邮寄、当面送达和领取不能由系统重发，请另行登记一次。")
    if notice.kind == LETTER:
        raise Refused("文书要在所属的案卷里重新送达，送达的日期才会记入案卷。请从“所属事项”进入办理。")
    if notice.state in (State.WAITING, State.SENDING):
        raise Refused("这份通知还在发送，不能重发，否则对方会收到两份。")
    if notice.state == State.UNCERTAIN:
        raise Refused("这份通知是否发出还没有认定。请先认定，再决定是否重发。")
    if Outgoing.objects.filter(replaces=notice).exists():
        raise Refused("这份通知已经重发过。请在重发的那一份上办理。")
    if not notice.body:
        raise Refused("这份通知的内容已按保存期限清除，不能重发。请由原业务重新出具。")
    enclosed = [
        (each.name, base64.b64decode(each.content) if each.content else each.sha256, each.media_type)
        for each in notice.enclosures.all()
    ]
    again = Notice(
        channel=notice.channel,
        to=to,
        subject=notice.subject,
        body=notice.body,
        about=notice.about,
        kind=notice.kind,
        attachments=enclosed,
        organ=notice.organ_id,
        by=by.staff_number,
        matters=notice.matters,
    )
    made = send(again, at=at, replaces=notice)
    look_into(notice, at=at)
    return made


@transaction.atomic
def hear(notice: Outgoing, *, at: datetime, by: User) -> None:
    """Take an alarm off the desk: somebody saw to it in another way, a telephone call say.

    Errors: Refused without the right, or while what happened is still to be settled.
    """
    policy.require(by, "decide", notice, on=localdate(at))
    notice = locked(notice.pk)
    if notice.state == State.UNCERTAIN:
        raise Refused("这份通知是否发出还没有认定。请先认定。")
    look_into(notice, at=at)
    told = {"about": notice.about, "state": notice.state}
    audit.record(audit.Act(by.staff_number, "notices.hear", f"notices.notice:{notice.pk}", detail=told), at=at)


def look_into(notice: Outgoing, *, at: datetime) -> None:
    """The alarm about a notice was heard: somebody acted on it."""
    Outgoing.objects.filter(pk=notice.pk, looked_into_at=None).update(looked_into_at=at)
