"""Record that the reply was served (答复): the end of a case."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_if, standing_on
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.requirements import grounds_of, missing

BY_LAW = ("correction_overdue", "fee_unpaid")
"""Outcomes the law brings about by itself; a letter then only tells the applicant."""


@transaction.atomic
def record_reply(
    application: Application,
    outcome: str,
    *,
    on: date,
    at: datetime,
    by: User,
    way: str = "",
    number: str = "",
    seen: int | None = None,
) -> ApplicationEvent:
    """Enter that the reply with an outcome was served on a day: posted, signed for, sent. Whoever approves has done so before.

    The outcome is the one last decided, and what it requires is asked for once more. The applications answered together
    with this one get the same reply. Errors: Refused for another outcome than the decided one, before its requirements are
    on record, a second time, before an opinion or a payment, and without the role. Source: ogi-2019 art. 33, 36.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    found = standing_on(application, on)
    detail = {"outcome": outcome, **({"way": way} if way else {}), **({"number": number} if number else {})}
    if outcome in BY_LAW:
        if found.outcome != outcome:
            raise Refused("期限没有届满，还不能按逾期办结。请等期限届满，或者按实际内容答复。")
        if application.events.filter(kind="replied", struck_by=None).exists():
            raise Refused("已经告知申请人，不需要再次告知。")
        return enter(application, Entry("replied", on, detail), by=by, at=at)
    refuse_if(found.why_not("reply"))
    decision = application.decisions.filter(event__struck_by=None).last()
    if decision is None or decision.outcome != outcome:
        raise Refused("答复的结果和拟定的办理结果不一致。请先拟定办理结果，经审签后再答复。")
    if lacks := missing(application, outcome, grounds_of(decision), on=on):
        raise Refused("".join(lacks))
    event = enter(application, Entry("replied", on, detail), by=by, at=at)
    for joined in application.joined.filter(closed_on=None):
        other = locked(joined)
        refuse_if(standing_on(other, on).why_not("reply"))
        enter(other, Entry("replied", on, {**detail, "with": application.number}), by=by, at=at)
    return event
