"""Put a case that is at its end away (归档), under the number of its file."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.models import Application, ApplicationEvent, Letter
from gongkai.office.casework.particulars import tells_of_somebody


@transaction.atomic
def archive(application: Application, *, file_number: str, by: User, at: datetime) -> ApplicationEvent:
    """Say that a case's file is whole and put away. It stays readable; a decision that sets the reply aside opens it again.

    Errors: Refused for a case that is open, void or put away already, while a letter is not delivered, without the number of
    the file, and without the role.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application)
    if refusal := why_not_archive(application):
        raise Refused(refusal)
    number = file_number.strip()
    if not number:
        raise Refused("请填写案卷号，以后凭它从档案室调卷。")
    if tells_of_somebody(number):
        raise Refused("案卷号里有像是个人信息的长号码。案卷号会出现在台账里，请不要用证件号码编号。")
    return enter(application, Entry("archived", localdate(at), {"file": number}), by=by, at=at)


def why_not_archive(application: Application) -> str:
    """Why a case can't be put away yet, as a sentence; empty when it can."""
    if application.state == "voided":
        return "这件申请已经作废，不归档。"
    if application.closed_on is None:
        return "申请还没有办结，不能归档。"
    if application.archived_on is not None:
        return f"已于{application.archived_on}归档。"
    waiting = application.letters.exclude(state__in=(Letter.State.SENT, Letter.State.VOID)).count()
    if waiting:
        return f"还有{waiting}份文书没有送达。送达并有凭证，或者作废以后再归档。"
    return ""
