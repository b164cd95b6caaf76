"""What people carry: letters given to the post, papers handed over at the counter, files fetched with a code."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_current_timezone, localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.notices.models import Outgoing, Signature
from gongkai.office.notices.record import locked, note, replace_earlier
from gongkai.office.notices.states import SENT_BY_US, Channel, Result, State
from gongkai.office.personal.keys import fingerprint

_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 10


@transaction.atomic
def hand_over(
    about: str,
    *,
    way: str,
    subject: str,
    at: datetime,
    kind: str = "letter",
    to: str = "",
    tracking_number: str = "",
    organ: int | None = None,
    by: str = audit.SYSTEM,
    signed_by: str = "",
    relation: str = "本人",
) -> Outgoing:
    """Record that something was given to the post, handed over at the counter, or laid ready to be fetched with a code.

    `post`: `to` is the postal address (sealed), `tracking_number` the post's number. `counter`: `signed_by` is who signed
    and `relation` what they are to the applicant; then it has arrived. `pick_up`: the result carries `code`, which is shown
    once and kept as a fingerprint only.
    Errors: Refused when what a way needs is missing; ValueError for a way that is none.
    """
    if way not in Channel.values or way in SENT_BY_US:
        raise ValueError(f"{way} is not carried by people")
    number = "".join(tracking_number.split()).upper()
    if way == Channel.POST and not number:
        raise Refused("请填写邮件号（挂号信或者特快专递单号）：没有邮件号，就证明不了什么时候交的邮。")
    if way == Channel.COUNTER and not signed_by.strip():
        raise Refused("请填写签收人：当面送达要有人签收，才算送达。")
    code = "".join(secrets.choice(_CODE_SIGNS) for _ in range(_CODE_LENGTH)) if way == Channel.PICK_UP else ""
    handed = Outgoing.objects.create(
        channel=way,
        kind=kind,
        about=about,
        subject=subject,
        to=to,
        organ_id=organ,
        by=by,
        message_id=f"{uuid4().hex}@{settings.MAIL_DOMAIN}",
        tracking_number=number,
        code_fingerprint=fingerprint(code) if code else "",
        queued_at=at,
    )
    replace_earlier(handed, at=at)
    note(handed, Result.OFFERED if code else Result.HANDED_OVER, at=at, by=by)
    if way == Channel.COUNTER:
        sign(handed, signed_by, relation, at=at, by=by)
    handed.code = code  # type: ignore[attr-defined]
    return handed


@transaction.atomic
def pick_up(code: str, *, at: datetime) -> Outgoing | None:
    """What lies ready under a code; None when nothing does. The first time is put on record as its delivery.

    Trying codes out must be slowed down by whoever asks: the page has a rate limit.
    """
    mark = fingerprint(code)
    found = Outgoing.objects.select_for_update().filter(code_fingerprint=mark, channel=Channel.PICK_UP).first()
    if found is None or found.state not in (State.OFFERED, State.RECEIVED):
        return None
    if found.state == State.OFFERED:
        note(found, Result.PICKED_UP, at=at, by=audit.SYSTEM)
    return found


@transaction.atomic
def record_signature(
    notice: Outgoing, *, name: str, relation: str, at: datetime, by: str, on: date | None = None
) -> Outgoing:
    """The receiver signed for it (the post's receipt, or at the counter); `name` may be empty when the receipt is unreadable.

    `on` is the day on the receipt, from which what runs for the receiver runs, however late it is entered.
    Errors: Refused for what is not under way, and for a day that has not come.
    """
    notice = locked(notice.pk)
    if notice.state not in (State.HANDED_OVER, State.OFFERED):
        raise Refused(f"这份通知的状态是“{notice.get_state_display()}”，不能登记签收。")
    today = localdate(at)
    if on is not None and on > today:
        raise Refused(f"签收日期{on}还没有到。请照回执上的日期填写。")
    sign(notice, name, relation, at=at, by=by, signed_at=None if on in (None, today) else _noon(on))
    return notice


@transaction.atomic
def record_return(notice: Outgoing, *, reason: str, at: datetime, by: str) -> Outgoing:
    """It came back: nobody was there, or nobody of that name. `reason` in the post's words, without anything personal.

    Errors: Refused for what is not under way.
    """
    notice = locked(notice.pk)
    if notice.state != State.HANDED_OVER:
        raise Refused(f"这份通知的状态是“{notice.get_state_display()}”，不能登记退回。")
    note(notice, Result.RETURNED, at=at, answer=reason, by=by)
    return notice


def _noon(day: date) -> datetime:
    """A day of which the hour is not known, as a moment of it."""
    return datetime.combine(day, time(12), get_current_timezone())


def sign(
    notice: Outgoing, name: str, relation: str, *, at: datetime, by: str, signed_at: datetime | None = None
) -> None:
    """Add the signature, given at `signed_at` (now, if not said); the caller holds the lock."""
    signature = Signature(notice=notice, name=name.strip(), relation=relation.strip() or "本人", at=signed_at or at)
    signature.save()
    note(notice, Result.SIGNED, at=at, answer=relation.strip() or "本人", by=by)
