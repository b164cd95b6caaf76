"""Notify the information-processing fee (收费通知) and record that it was paid."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.queries.repeated import counted_items_before
from gongkai.regulation.fees import Fee, fee_for_items, fee_for_pages
from gongkai.regulation.law import LawMissing, law_on

METHODS = {"per_item": "按件计收", "per_page": "按量计收"}


def fee_of(application: Application, method: str, count: int, *, on: date) -> Fee:
    """What a fee notice of a day comes to. By item, what the applicant asked for earlier in the month is counted first.

    Errors: Refused for a method or number there is none of, and before 2021-01-01.
    """
    if method not in METHODS or count < 1:
        raise Refused("请选择按件或者按量计收，并填写件数或者页数。一件申请只用一种方式。")
    try:
        law = law_on(on)
        if method == "per_page":
            return fee_for_pages(count, law)
        return fee_for_items(count, law, counted_before=counted_items_before(application))
    except LawMissing:
        raise Refused("信息处理费自2021年1月1日起才可以收取，这一天还没有收费依据。请按期答复。") from None


@transaction.atomic
def notify_fee(
    application: Application,
    *,
    method: str,
    count: int,
    on: date,
    at: datetime,
    by: User,
    received_on: date | None = None,
    seen: int | None = None,
) -> ApplicationEvent:
    """Tell the applicant what the reply costs; until it is paid, or twenty working days have gone by, the clock stands.

    Errors: Refused where nothing is to be paid, late, a second time, and without the role.
    Source: fee-measure-2020 art. 3 to 6.
    """
    policy.require_application(by, "approve", application, on=localdate(at))
    application = locked(application, seen)
    refuse_unless_lawful(application, "notify_fee", on=on)
    fee = fee_of(application, method, count, on=on)
    if fee.yuan == 0:
        raise Refused("按收费标准计算，这件申请不需要缴费：没有超过免费的件数或者页数。请按期答复。")
    detail = {
        "method": method,
        "count": count,
        "yuan": fee.yuan,
        "lines": [[line.first, line.last, line.yuan] for line in fee.lines],
        **({"received_on": received_on.isoformat()} if received_on else {}),
    }
    return enter(application, Entry("fee_notified", on, detail), by=by, at=at)


@transaction.atomic
def record_payment(
    application: Application, *, yuan: int, on: date, at: datetime, by: User, seen: int | None = None
) -> ApplicationEvent:
    """Record that the fee reached the treasury; the period to reply begins anew the day after.

    Errors: Refused where none was asked for or another amount was, and without the role. Source: fee-measure-2020 art. 7.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    refuse_unless_lawful(application, "record_payment", on=on)
    asked = application.events.filter(kind="fee_notified", struck_by=None).latest("id").detail["yuan"]
    if yuan != asked:
        raise Refused(f"收费通知要求缴纳{asked}元，登记的是{yuan}元。没有足额缴纳的不算缴费；多缴的先办理退付。")
    return enter(application, Entry("fee_paid", on, {"yuan": yuan}), by=by, at=at)
