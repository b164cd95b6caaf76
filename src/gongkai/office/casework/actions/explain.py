"""Ask why somebody applies so much and so often (要求说明理由), and judge the answer."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, standing_on
from gongkai.office.casework.models import Application, ApplicationEvent


@transaction.atomic
def request_reason(
    application: Application,
    *,
    frequency: str,
    working_days: int,
    on: date,
    at: datetime,
    by: User,
    seen: int | None = None,
) -> ApplicationEvent:
    """Ask the applicant for the reason of applications whose number and frequency clearly exceed what is reasonable.

    The law does not say that the clock stops meanwhile, so it runs on.
    Errors: Refused for a closed case, a second time, without the figures it rests on, and without the role.
    Source: ogi-2019 art. 35.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    found = standing_on(application, on)
    if not found.is_open or found.receipt_on is None:
        raise Refused("申请还没有收到或者已经办结，不能要求说明理由。")
    if application.events.filter(kind="reason_requested", struck_by=None).exists():
        raise Refused("已经要求过说明理由。请等申请人答复，或者按现有情况决定。")
    if not frequency.strip():
        raise Refused("请写明申请的数量、频次：认定明显超过合理范围要有数字。")
    if working_days < 1:
        raise Refused("请确定说明理由的期限（至少1个工作日）。")
    return enter(application, Entry("reason_requested", on, {"working_days": working_days}, frequency), by=by, at=at)


@transaction.atomic
def receive_reason(
    application: Application, *, words: str, accepted: bool, on: date, at: datetime, by: User, seen: int | None = None
) -> ApplicationEvent:
    """Record the reason the applicant gave, and whether the agency finds it reasonable.

    Errors: Refused for a closed case, where none was asked for or one is on record, without words, and without the role.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    if not standing_on(application, on).is_open:
        raise Refused("申请已经办结，不能再登记说明的理由。办结以后收到的，用备注记下来。")
    asked = application.events.filter(kind="reason_requested", struck_by=None)
    if not asked.exists():
        raise Refused("没有要求过申请人说明理由，不能登记。")
    if application.events.filter(kind="reason_received", struck_by=None).exists():
        raise Refused("申请人说明的理由已经登记。补充的说明用备注记下来。")
    if on < asked.latest("id").on:
        raise Refused("收到说明的日期早于要求说明理由的日期。请核对日期。")
    if not words.strip():
        raise Refused("请写明申请人说明的理由和本机关的判断。")
    return enter(application, Entry("reason_received", on, {"accepted": accepted}, words), by=by, at=at)
