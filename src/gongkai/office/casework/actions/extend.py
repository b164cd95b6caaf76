"""Extend the time to reply (延长答复期限), once, by whoever approves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.regulation.deadlines import periods_on


@transaction.atomic
def extend(
    application: Application,
    *,
    working_days: int,
    reason: str,
    on: date,
    at: datetime,
    by: User,
    seen: int | None = None,
) -> ApplicationEvent:
    """The head of the disclosure office agrees that the reply takes longer, and the applicant is told on this day.

    Errors: Refused a second time, after the period has run out, for more than the law allows, without a reason, and
    without the role. Source: ogi-2019 art. 33.
    """
    policy.require_application(by, "approve", application, on=localdate(at))
    application = locked(application, seen)
    if not reason.strip():
        raise Refused("请写明延期的理由，它要写进告知申请人的延期告知书。")
    found = refuse_unless_lawful(application, "extend", on=on)
    limit = periods_on(found.receipt_on or on).extension_limit
    if not 1 <= working_days <= limit:
        raise Refused(f"延长的期限是1到{limit}个工作日，不能延长{working_days}个工作日。")
    detail = {"working_days": working_days, "reason": "在案", "approved": True}
    return enter(application, Entry("extended", on, detail, reason), by=by, at=at)
