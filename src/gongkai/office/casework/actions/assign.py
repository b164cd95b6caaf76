"""Give a case to an officer (交办), or to another one; and say in a line what it is about."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.particulars import tells_of_somebody


@transaction.atomic
def assign(
    application: Application,
    officer: User,
    *,
    by: User,
    at: datetime,
    words: str = "",
    summary: str = "",
    seen: int | None = None,
) -> ApplicationEvent | None:
    """Put a case into somebody's hands. Whoever handles cases may take one that nobody has; giving one to others, or taking
    it from them, is for the disclosure office and whoever approves.

    Giving it to who has it already is no event.
    Errors: Refused for an officer without the role, a closed case, and without the role.
    """
    today = localdate(at)
    application = locked(application, seen)
    takes_it = application.officer_id is None and officer.pk == by.pk
    policy.require_application(by, "handle" if takes_it else "assign", application, on=today)
    _summarise(application, summary)
    if application.officer_id == officer.pk:
        return None
    if application.closed_on is not None:
        raise Refused(f"这件申请已于{application.closed_on}办结，不需要再交办。")
    if not policy.officers(application.organ, on=today).filter(pk=officer.pk).exists():
        raise Refused(
            f"{officer.name}在{application.organ.name}没有办理申请的职责，不能交办。请另选经办人，或者先登记任职。"
        )
    before = application.officer
    application.officer = officer
    application.save(update_fields=["officer"])
    detail = {"to": officer.staff_number, "from": before.staff_number if before else ""}
    return enter(application, Entry("assigned", today, detail, words), by=by, at=at)


def _summarise(application: Application, summary: str) -> None:
    written = summary.strip()
    if not written or written == application.summary:
        return
    if tells_of_somebody(written) or application.applicant_name.strip() in written:
        raise Refused(
            "内容概要里有姓名、长号码或者邮箱。概要会出现在台账和列表里，请只写所需信息的名称、文号或者事项。"
        )
    application.summary = written[:120]
    application.save(update_fields=["summary"])
