"""Take out of a case whatever tells who applied, when the time to keep it is over or somebody's right demands it."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.casework.actions.entering import locked, subject
from gongkai.office.casework.belonging import sealed_of
from gongkai.office.casework.models import Application, RequestMark
from gongkai.office.personal import files as sealed

CITATION = "personal-information-2021#47"


@transaction.atomic
def erase(application: Application, *, reason: str, at: datetime, by: str = SYSTEM) -> int:
    """Empty every sealed value of a closed case and delete its files; gives how many values were emptied.

    What is counted stays: dates, channel, kind of applicant, outcome, the line of the ledger. It can't be undone.
    Errors: Refused for an open case, for one that is erased already, and without a reason.
    """
    application = locked(application)
    if application.erased_at is not None:
        raise Refused(f"{application.number}的个人信息已经在{application.erased_at:%Y年%-m月%-d日}清除。")
    if application.closed_on is None:
        raise Refused(f"{application.number}还没有办结，不能清除个人信息：答复和送达还要用。请先办结或者由申请人撤回。")
    if len(reason.strip()) < 2:
        raise Refused("请写明清除的理由，例如“保存期限届满”或者“申请人要求，已经负责人同意”。")
    belonging = list(sealed_of(application))
    handles = [handle for each in belonging for handle in each.handles()]
    emptied = 0
    for each in belonging:
        emptied += each.rows.count() * len(each.fields)
        each.rows.update(**dict.fromkeys(each.fields, ""))
    RequestMark.objects.filter(application=application).delete()
    # The marks go as well: with the key they would still tell whether somebody known had applied.
    gone = f"erased:{application.pk}"
    Application.objects.filter(pk=application.pk).update(query_mark=gone, applicant_mark=gone, erased_at=at)
    told = {"reason": reason.strip(), "values": emptied, "files": len(handles)}
    record(Act(by, "casework.erased", subject(application), CITATION, told), at=at)
    transaction.on_commit(lambda: _delete(handles))
    return emptied


def due_for_erasure(*, on: date) -> QuerySet[Application]:
    """The cases whose time to be kept is over on a day: closed so many whole years ago."""
    year = on.year - settings.CASE_RETENTION_YEARS
    # 29 February has its anniversary a day later, never earlier.
    until = date(year, 3, 1) if (on.month, on.day) == (2, 29) else date(year, on.month, on.day)
    return Application.objects.filter(erased_at=None, closed_on__lt=until).order_by("pk")


def _delete(handles: list[str]) -> None:
    for handle in handles:
        sealed.remove(handle)
