"""Record a search for the information (检索)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, standing_on
from gongkai.office.casework.models import Application, SearchRecord


@transaction.atomic
def record_search(
    application: Application,
    *,
    places: str,
    terms: str,
    searched_by: str,
    is_found: bool,
    result: str,
    on: date,
    at: datetime,
    by: User,
    seen: int | None = None,
) -> SearchRecord:
    """Write down where was searched, with which words, by whom, and with what result.

    Errors: Refused where one of these is missing, for a closed case, and without the role. Source: ogi-2019 art. 36(4).
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    if not standing_on(application, on).is_open:
        raise Refused("申请已经办结，不能再登记检索。")
    if not all(text.strip() for text in (places, terms, searched_by, result)):
        raise Refused("检索记录要写明在哪里查、用什么词查、谁查的、结果怎样。法院据此判断是否尽到合理检索义务。")
    event = enter(application, Entry("searched", on, {"found": is_found}), by=by, at=at)
    return SearchRecord.objects.create(
        application=application,
        event=event,
        places=places.strip(),
        terms=terms.strip(),
        searched_by=searched_by.strip(),
        searched_on=on,
        is_found=is_found,
        result=result.strip(),
    )
