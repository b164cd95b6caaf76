"""Confirm that an application is there (双方确认): only then does the clock of the internet, fax and plain post run."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.models import Application, ApplicationEvent

Side = Literal["both", "agency", "applicant"]
WAYS = {
    "phone": "电话",
    "text": "短信",
    "mail": "电子邮件",
    "in_person": "当面",
    "online": "网上",
}


@transaction.atomic
def confirm(
    application: Application,
    *,
    side: Side,
    on: date,
    at: datetime,
    by: User | None = None,
    way: str = "phone",
) -> ApplicationEvent:
    """Record that a side, or both at once (on the telephone), confirmed the application.

    The day of receipt is the day on which the second of them did. `by` None is the applicant on the public pages, who can
    only confirm the own side. Confirming the own side again gives the event that stands and adds nothing.
    Errors: Refused where nothing has to be confirmed, and without the role. Source: ogi-2019 art. 31.
    """
    if by is not None:
        policy.require_application(by, "handle", application, on=localdate(at))
    elif side != "applicant":
        raise Refused("本机关的确认须由工作人员登记。")
    if way not in WAYS:
        raise Refused(f"没有“{way}”这一确认方式。请从列出的方式里选择。")
    application = locked(application)
    said = {"way": way}
    own = {"agency": "agency_confirmed", "applicant": "applicant_confirmed"}.get(side)
    if own and (stands := _standing_event(application, own)):
        return stands
    refuse_unless_lawful(application, "confirm", on=on)
    if own is None:
        return enter(application, Entry("confirmed", on, {"way": way, "side": "both"}), by=by, at=at)
    event = enter(application, Entry(own, on, said), by=by, at=at)
    other = _standing_event(application, "applicant_confirmed" if side == "agency" else "agency_confirmed")
    if other:
        both = Entry("confirmed", max(on, other.on), {"way": way, "side": side})
        return enter(application, both, by=by, at=at)
    return event


def _standing_event(application: Application, kind: str) -> ApplicationEvent | None:
    return application.events.filter(kind=kind, struck_by=None).first()
