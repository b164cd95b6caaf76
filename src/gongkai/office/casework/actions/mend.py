"""Taking back what was entered wrongly (更正登记), voiding what is no application (作废), and notes (备注)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy
from gongkai.office.casework.actions.entering import Entry, enter, locked
from gongkai.office.casework.models import Application, ApplicationEvent

_STAYS = ("submitted", "struck", "voided", "due_moved", "split", "assigned")


@transaction.atomic
def strike(event: ApplicationEvent, *, reason: str, by: User, at: datetime) -> ApplicationEvent:
    """Take an entry back that tells of what did not happen, or not on that day. It stays readable, struck through.

    Errors: Refused where later entries would no longer be lawful, for what can't be taken back, without a reason, and
    without the role.
    """
    policy.require_application(by, "approve", event.application, on=localdate(at))
    application = locked(event.application)
    if not reason.strip():
        raise Refused("请写明登记有什么错误。更正会留在办理记录里。")
    if event.kind in _STAYS:
        raise Refused("这一条不能更正。申请本身登记有误的，作废后重新登记。")
    if ApplicationEvent.objects.filter(strikes=event).exists():
        raise Refused("这一条已经更正过。")
    if event.kind == "linked":
        application.duplicate_of = None
        application.save(update_fields=["duplicate_of"])
    if event.kind == "merged":
        application.merged_into = None
        application.save(update_fields=["merged_into"])
    if event.kind == "consultation_answered":
        application.consultations.filter(key=event.detail["id"]).update(opinion="", opinion_words="")
    told = {"struck": event.kind, "was_on": event.on.isoformat()}
    return enter(application, Entry("struck", localdate(at), told, reason, strikes=event), by=by, at=at)


@transaction.atomic
def void(application: Application, *, reason: str, by: User, at: datetime) -> ApplicationEvent:
    """Say that something entered is no application: one letter entered twice, a trial, an entry for the wrong agency.

    It keeps its number and is counted nowhere. An application of somebody is never voided to be rid of it: it gets a reply.
    Errors: Refused for a case that was answered, also one that is handled again (its first end stands in a report that is
    out), without a reason, and without the role.
    """
    policy.require_application(by, "approve", application, on=localdate(at))
    application = locked(application)
    if not reason.strip():
        raise Refused("请写明为什么作废（例如同一封信登记了两次，另一件的编号是……）。")
    if application.closed_on is not None:
        raise Refused("已经办结的申请不能作废。登记有误的，更正登记。")
    if application.counted_on is not None or application.events.filter(kind="replied", struck_by=None).exists():
        raise Refused("这件申请答复或者办结过，现在是重新办理，已经计入年度报告，不能作废。应当作出新的答复。")
    return enter(application, Entry("voided", localdate(at), {}, reason), by=by, at=at)


@transaction.atomic
def note(application: Application, *, words: str, by: User, at: datetime) -> ApplicationEvent:
    """Add a note to the file: a call, a visit. It moves nothing. Errors: Refused without words, and without the role."""
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application)
    if not words.strip():
        raise Refused("备注是空的，没有保存。")
    return enter(application, Entry("noted", localdate(at), {}, words), by=by, at=at)
