"""The applicant takes the application back (撤回)."""

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
def withdraw(
    application: Application,
    *,
    words: str,
    on: date,
    at: datetime,
    by: User | None = None,
    seen: int | None = None,
) -> ApplicationEvent:
    """Close a case because the applicant said so: in writing, or by the own query code (`by` None).

    Errors: Refused for a closed case, where the officer does not say how the applicant declared it, and without the role.
    """
    if by is not None:
        policy.require_application(by, "handle", application, on=localdate(at))
        if not words.strip():
            raise Refused("请写明申请人以什么方式表示撤回（例如书面撤回，已存档）。撤回只能由申请人决定。")
    application = locked(application, seen)
    refuse_unless_lawful(application, "withdraw", on=on)
    return enter(application, Entry("withdrawn", on, {"by_applicant": by is None}, words), by=by, at=at)
