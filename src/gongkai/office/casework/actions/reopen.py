"""Handle a case again (重新办理), because a reconsideration decision or a judgment says so."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.models import Application, ApplicationEvent


@transaction.atomic
def reopen(
    application: Application,
    *,
    reference: str,
    on: date,
    at: datetime,
    by: User,
    working_days: int | None = None,
) -> ApplicationEvent:
    """Begin again on the day the decision arrived, with the period it orders, or the statutory one.

    Errors: Refused for an open or withdrawn case, without the decision's number, and without the role.
    Source: reconsideration-2023 art. 64; litigation-2014 art. 70.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application)
    if not reference.strip():
        raise Refused("请写明复议决定书或者判决书的文号。")
    if working_days is not None and working_days < 1:
        raise Refused("重新办理的期限至少1个工作日；决定没有写明期限的，留空，按法定答复期限计算。")
    refuse_unless_lawful(application, "reopen", on=on)
    detail = {"reference": reference.strip(), **({"working_days": working_days} if working_days else {})}
    return enter(application, Entry("reopened", on, detail), by=by, at=at)
