"""Writing an event down: the beats every action of this room has in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.casework.facts import fact, facts
from gongkai.office.casework.kinds import KINDS, LAW_KINDS
from gongkai.office.casework.models import Application, ApplicationEvent, EventText
from gongkai.office.casework.standing import calendar, derive, mark, refresh
from gongkai.regulation import application as law
from gongkai.regulation.finding import Finding

CITATIONS: Mapping[str, str] = {
    "submitted": "ogi-2019#29",
    "confirmed": "ogi-2019#31",
    "agency_confirmed": "ogi-2019#31",
    "applicant_confirmed": "ogi-2019#31",
    "correction_requested": "ogi-2019#30",
    "correction_received": "ogi-2019#30",
    "consultation_sent": "ogi-2019#32",
    "consultation_answered": "ogi-2019#32",
    "extended": "ogi-2019#33",
    "reason_requested": "ogi-2019#35",
    "reason_received": "ogi-2019#35",
    "fee_notified": "fee-measure-2020#6",
    "fee_paid": "fee-measure-2020#7",
    "searched": "ogi-2019#36",
    "decided": "ogi-2019#36",
    "transferred": "ogi-2019#36",
    "replied": "ogi-2019#36",
    "disclosed": "ogi-2019#44",
    "told": "ogi-2019#36",
}
UNNOTICED = ("noted", "due_moved", "told")
"""Kinds of events that take nothing away from what somebody decided without having seen them."""

PUBLIC = "public"
"""The actor of what an applicant does on the public pages."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be entered: the kind, the day, what can be counted, the free words, and the event it takes back."""

    kind: str
    on: date
    detail: Mapping[str, Any] = field(default_factory=dict)
    words: str = ""
    strikes: ApplicationEvent | None = None


def locked(application: Application, seen: int | None = None) -> Application:
    """The application, which nobody else can act on until the transaction ends.

    `seen` is the last event whoever acts has seen of the case: what they decided without knowing the rest does not stand.
    Errors: Refused when there is a later one.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("organ", "officer")
    found = rows.get(pk=application.pk)
    if seen is not None and found.events.filter(pk__gt=seen).exclude(kind__in=UNNOTICED).exists():
        raise Refused("您打开页面以后，别的同事已经办理了这件申请。请先看看新的办理记录，再决定怎么办。")
    return found


def subject(application: Application) -> str:
    """The application as the log names it."""
    return f"casework.application:{application.pk}"


def refuse_if(finding: Finding | None) -> None:
    """Errors: Refused, in the law core's words, when it found something."""
    if finding is not None:
        raise Refused(f"{law.message(finding)}{law.advice(finding)}")


def refuse_unless_lawful(application: Application, verb: law.Verb, *, on: date) -> law.Standing:
    """Where the case stands on the day. Errors: Refused when the law does not allow the verb then."""
    found = standing_on(application, on)
    refuse_if(found.why_not(verb))
    return found


def standing_on(application: Application, on: date) -> law.Standing:
    """Where a case stands on a day. Errors: Refused for a day before it came, and for a case that was voided."""
    if on < application.submitted_on:
        raise Refused(f"登记的日期{on}早于申请到达的日期{application.submitted_on}。请核对日期。")
    if application.state == "voided":
        raise Refused("这件申请已经作废，不能再办理。确需办理的，请重新登记。")
    return law.standing(facts(application.events.all()), calendar(), on)


def enter(application: Application, entry: Entry, *, by: User | None, at: datetime) -> ApplicationEvent:
    """Add an event to a case and to the log, and work out anew where it stands; the caller holds the lock.

    Errors: Refused for a day to come, and for a day so early that what was entered later would no longer be lawful.
    """
    today = localdate(at)
    if entry.on > today:
        raise Refused(f"“{KINDS[entry.kind]}”的日期{entry.on}还没有到。只登记已经发生的事。")
    if entry.on < application.submitted_on:
        raise Refused(
            f"“{KINDS[entry.kind]}”的日期{entry.on}早于申请到达的日期{application.submitted_on}。请核对日期。"
        )
    _catch_up_with_the_calendar(application, at=at)
    rows = list(application.events.all())
    event = ApplicationEvent(
        application=application,
        kind=entry.kind,
        on=entry.on,
        detail=dict(entry.detail),
        strikes=entry.strikes,
        recorded_at=at,
        by=by,
    )
    _refuse_a_broken_past(rows, event, today)
    event.save()
    if entry.words.strip():
        EventText.objects.create(event=event, words=entry.words.strip())
    told = {"event": event.pk, "kind": entry.kind, "on": entry.on.isoformat(), **event.detail}
    actor = by.staff_number if by else PUBLIC if entry.kind in _OF_THE_PUBLIC else SYSTEM
    citation = CITATIONS.get(entry.kind, "ogi-2019#33")
    record(Act(actor, f"casework.{entry.kind}", subject(application), citation, told), at=at)
    refresh(application, on=today)
    return event


def _catch_up_with_the_calendar(application: Application, *, at: datetime) -> None:
    """Where a notice on days off came since the case was last worked out, its history says so before anything else does."""
    if application.calendar_mark in ("", mark(calendar())):
        return
    before = dates_of(application)
    derive(application, list(application.events.all()), on=application.derived_on or localdate(at))
    tell_of_moved_dates(application, before, today=localdate(at), at=at)


def dates_of(application: Application) -> dict[str, date | None]:
    """The dates a new notice may move."""
    return {name: getattr(application, name) for name in ("due_on", "expected_due_on", "waiting_until")}


def tell_of_moved_dates(
    application: Application, before: Mapping[str, date | None], *, today: date, at: datetime
) -> None:
    """Add to the history that dates moved without anything having happened to the case."""
    moved: dict[str, str] = {}
    for name, new in dates_of(application).items():
        old = before[name]
        if old and new and old != new:
            moved |= {f"{name}_was": old.isoformat(), name: new.isoformat()}
    if not moved:
        return
    event = ApplicationEvent.objects.create(
        application=application, kind="due_moved", on=today, detail=moved, recorded_at=at
    )
    told = {"event": event.pk, **moved}
    record(Act(SYSTEM, "casework.due_moved", subject(application), "ogi-2019#33", told), at=at)


_OF_THE_PUBLIC = frozenset({"submitted", "applicant_confirmed", "confirmed", "correction_received", "withdrawn"})
"""What nobody of the staff enters is, of these kinds, the applicant's own doing; of all others, the clock's."""


def _refuse_a_broken_past(rows: Sequence[ApplicationEvent], event: ApplicationEvent, today: date) -> None:
    """What happened earlier and is entered later must not turn what stands on record into something unlawful.

    Errors: Refused.
    """
    if event.kind not in (*LAW_KINDS, "struck"):
        return
    later = [row for row in rows if row.on > event.on and row.kind in LAW_KINDS]
    if event.kind in LAW_KINDS and not later:
        fact(event.kind, event.on, event.detail)
        return
    before = _errors(law.standing(facts(rows), calendar(), today)) if rows else []
    try:
        after = _errors(law.standing(facts([*rows, event]), calendar(), today))
    except law.HistoryBroken:
        raise Refused("这样登记以后，办理记录前后矛盾（例如收到意见早于发出征求意见书）。请核对日期。") from None
    new = [finding for finding in after if finding not in before]
    if new:
        said = law.message(new[0])
        raise Refused(
            f"这样登记以后，已有的办理记录会出现问题：{said}请核对日期；登记有误的，先由审签人更正后面的记录。"
        )


def _errors(found: law.Standing) -> list[Finding]:
    """What is wrong on the way, without what is wrong just because of the day it is."""
    return [
        finding for finding in found.findings if finding.severity == "error" and finding.code not in ("REPLY-OVERDUE",)
    ]
