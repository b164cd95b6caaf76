"""Ask a third party or another agency for its opinion (征求意见), and record what it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import files, policy
from gongkai.office.casework.actions.entering import Entry, enter, locked, refuse_unless_lawful
from gongkai.office.casework.actions.receive import Upload
from gongkai.office.casework.models import Application, ApplicationEvent, ApplicationFile, Consultation


@transaction.atomic
def consult(
    application: Application,
    *,
    party: str,
    name: str,
    matter: str,
    on: date,
    at: datetime,
    by: User,
    contact: str = "",
    received_on: date | None = None,
    seen: int | None = None,
) -> Consultation:
    """Send for an opinion on information; until it comes, or its time is over, the time to reply stands still.

    `received_on` is the day the letter arrived there, from which the fifteen working days run.
    Errors: Refused without a name or a matter, after the end of the case, and without the role.
    Source: ogi-2019 art. 32, 34.
    """
    policy.require_application(by, "handle", application, on=localdate(at))
    application = locked(application, seen)
    if party not in Consultation.Party.values:
        raise Refused("请选择征求第三方还是其他行政机关的意见：两者逾期不答的后果不同。")
    if not (name.strip() and matter.strip()):
        raise Refused("请写明征求谁的意见、就什么信息征求意见。")
    if received_on is not None and received_on < on:
        raise Refused("对方收到征求意见书的日期早于发出的日期。请核对日期。")
    refuse_unless_lawful(application, "consult_third_party" if party == "third_party" else "consult_agency", on=on)
    # Past the due date the consultation may still be held, and holds nothing: the law core says so among its findings.
    key = str(application.consultations.count() + 1)
    kept = Consultation.objects.create(
        application=application, key=key, party=party, name=name.strip(), contact=contact.strip(), matter=matter.strip()
    )
    detail = {"party": party, "id": key, **({"received_on": received_on.isoformat()} if received_on else {})}
    enter(application, Entry("consultation_sent", on, detail), by=by, at=at)
    return kept


@transaction.atomic
def answer_consultation(
    consultation: Consultation,
    *,
    opinion: str,
    on: date,
    at: datetime,
    by: User,
    words: str = "",
    uploads: Sequence[Upload] = (),
    seen: int | None = None,
) -> ApplicationEvent:
    """Record the opinion that came. What comes late is filed, and the clock has been running again since it was due.

    Errors: Refused for a second opinion on one consultation, an objection without its reasons, and without the role.
    """
    policy.require_application(by, "handle", consultation.application, on=localdate(at))
    application = locked(consultation.application, seen)
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if consultation.opinion:
        raise Refused("这份征求意见书的意见已经登记。对方改变意见的，用备注记下来。")
    if opinion not in Consultation.Opinion.values:
        raise Refused("请选择对方的意见。")
    if opinion != Consultation.Opinion.AGREES and not words.strip():
        raise Refused("请写明对方不同意公开的理由：理由是否成立由本机关判断，判断要有依据。")
    refuse_unless_lawful(application, "record_opinion", on=on)
    consultation.opinion, consultation.opinion_words = opinion, words.strip()
    consultation.save(update_fields=["opinion", "opinion_words"])
    detail = {"id": consultation.key, "opinion": opinion}
    event = enter(application, Entry("consultation_answered", on, detail), by=by, at=at)
    for upload in uploads:
        files.keep(application, upload.data, upload.name, ApplicationFile.Role.OPINION, at=at, event=event)
    return event
