"""Ask for a correction (告知补正), once; and take it in (收到补正)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import files, policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.actions.receive import Upload
from gongkai.office.casework.models import Application, ApplicationEvent, ApplicationFile, RequestMark
from gongkai.office.casework.particulars import marks_of


@transaction.atomic
def request_correction(
    application: Application,
    *,
    points: str,
    working_days: int,
    on: date,
    at: datetime,
    by: User,
    received_on: date | None = None,
    seen: int | None = None,
) -> ApplicationEvent:
    """Ask the applicant, once, to complete an unclear application, within a reasonable period that the notice names.

    `received_on` is the day the applicant got the notice, from which the period runs; the day it was sent when unknown.
    Errors: Refused after the seventh working day, a second time, without points or a period, and without the role.
    Source: ogi-2019 art. 30.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    if not points.strip():
        raise Refused("请写明需要补正的事项。《条例》第三十条要求一次性告知，并作出指导和释明。")
    if working_days < 1:
        raise Refused("请确定合理的补正期限（至少1个工作日）。不设期限的，申请人一直不补正也不能办结。")
    if received_on is not None and received_on < on:
        raise Refused("申请人收到通知的日期早于发出通知的日期。请核对日期。")
    refuse_unless_lawful(application, "request_correction", on=on)
    detail = {"working_days": working_days, **({"received_on": received_on.isoformat()} if received_on else {})}
    return enter(application, Entry("correction_requested", on, detail, points), by=by, at=at)


@transaction.atomic
def receive_correction(
    application: Application,
    *,
    wanted: str,
    on: date,
    at: datetime,
    by: User | None = None,
    justified: str = "",
    uploads: Sequence[Upload] = (),
    seen: int | None = None,
) -> ApplicationEvent:
    """Take the completed application in: the full period begins anew on this day.

    `wanted` is what is now asked for; what was asked first stays on record beside it. `by` None is the applicant on the
    public pages. What comes too late counts only with a good reason, which the agency writes into `justified`.
    Errors: Refused where none was asked for, where it is late without a reason, and without the role.
    """
    if by is not None:
        policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    if not wanted.strip():
        raise Refused("请写明补正后的内容。")
    found = refuse_unless_lawful(application, "accept_correction", on=on)
    is_late = not found.is_open or bool(found.waiting_until and on > found.waiting_until)
    if is_late and not justified.strip():
        raise Refused("补正期限已经届满。申请人有正当理由的，由经办人写明理由后登记；没有正当理由的，视为放弃申请。")
    if is_late and by is None:
        raise Refused("补正期限已经届满。请联系受理机关，说明逾期的理由。")
    words = wanted if not is_late else f"{wanted}\n（逾期补正的正当理由：{justified.strip()}）"
    event = enter(application, Entry("correction_received", on, {"justified": is_late}, words), by=by, at=at)
    for upload in uploads:
        files.keep(application, upload.data, upload.name, ApplicationFile.Role.CORRECTION, at=at, event=event)
    marks = [RequestMark(application=application, mark=mark) for mark in marks_of(wanted)]
    RequestMark.objects.bulk_create(marks, ignore_conflicts=True)
    return event
