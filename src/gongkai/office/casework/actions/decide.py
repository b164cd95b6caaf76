"""Decide how to answer (拟定办理结果): the outcome, with everything it has to rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, standing_on
from gongkai.office.casework.models import Application, Decision
from gongkai.office.casework.requirements import Grounds, missing
from gongkai.office.publishing.models import Item


@dataclass(frozen=True, slots=True)
class Deciding:
    """An outcome with its grounds: `law` is the article or the act relied on, `item` what is public already."""

    outcome: str
    reasons: str = ""
    law: str = ""
    balancing: str = ""
    facts: str = ""
    item: Item | None = None


@transaction.atomic
def decide(
    application: Application, deciding: Deciding, *, by: User, at: datetime, seen: int | None = None
) -> Decision:
    """Settle the outcome. It can be settled anew until the reply is served; the last one counts.

    Errors: Refused where something the outcome rests on is not on record (each named), for a closed or unreceived case, and
    without the role. Source: ogi-2019 art. 36 to 39.
    """
    today = localdate(at)
    policy.require_application(by, "handle", application, on=today)
    application = locked(application, seen)
    found = standing_on(application, today)
    if not found.is_open or found.receipt_on is None:
        raise Refused("申请还没有收到或者已经办结，不能拟定办理结果。")
    if application.merged_into_id:
        raise Refused(f"这件申请与{application.merged_into}合并答复，请在那一件里拟定办理结果。")
    grounds = Grounds(deciding.reasons, deciding.law, deciding.balancing, deciding.facts, deciding.item)
    if lacks := missing(application, deciding.outcome, grounds, on=today):
        raise Refused("".join(lacks))
    event = enter(application, Entry("decided", today, {"outcome": deciding.outcome}), by=by, at=at)
    return Decision.objects.create(
        application=application,
        event=event,
        outcome=deciding.outcome,
        grounds=deciding.law.strip(),
        reasons=deciding.reasons.strip(),
        balancing=deciding.balancing.strip(),
        facts=deciding.facts.strip(),
        item=deciding.item,
    )
