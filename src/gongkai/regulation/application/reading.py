"""Reading the events of an application in order: each takes effect, or leaves a finding that says why it could not.

A step the law does not allow has no effect on the clock; a reply that was served has, because it was served.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from gongkai.regulation.application.case import Case, Closing, Consultation, Waiting
from gongkai.regulation.application.events import (
    KINDS,
    Confirmed,
    ConsultationAnswered,
    ConsultationSent,
    CorrectionReceived,
    CorrectionRequested,
    Event,
    Extended,
    FeeNotified,
    FeePaid,
    Reopened,
    Replied,
    Submitted,
    Withdrawn,
)
from gongkai.regulation.application.outcomes import outcome
from gongkai.regulation.application.verbs import Verb, found, why_not
from gongkai.regulation.application.words import name
from gongkai.regulation.deadlines import SAME_DAY_CONFIRMATION, fee_payment_period_on, receipt_on
from gongkai.regulation.workdays import Workdays


class HistoryBroken(ValueError):
    """Events that are no history: none, not beginning with the submission, or not in the order of their days."""


def read(events: Sequence[Event], calendar: Workdays, on: date) -> Case:
    """The case as its events up to a day make it; later ones have not happened yet.

    Errors: HistoryBroken; CalendarMissing when a period leads outside the calendar; LawMissing before 2008-05-01.
    """
    if not events or not isinstance(events[0], Submitted):
        raise HistoryBroken("a history begins with the submission")
    submitted = events[0]
    if on < submitted.on:
        raise HistoryBroken(f"on {on} the application had not been submitted: that was on {submitted.on}")
    case = Case(calendar, submitted.channel, submitted.on, today=submitted.on)
    _receive(case, receipt_on(submitted.channel, submitted.on, None))
    if case.receipt_on is None:
        case.turns.append((submitted.on, "submitted"))
    for event in events[1:]:
        if event.on < case.today:
            raise HistoryBroken(f"{KINDS[type(event)]} on {event.on} stands behind an event of {case.today}")
        if event.on > on:
            break
        case.today = event.on
        case.lapse(event.on)
        _EFFECTS[type(event)](case, event)
    case.today = on
    case.lapse(on)
    return case


def _allows(case: Case, verb: Verb, day: date) -> bool:
    """Whether a step was lawful; when it was not, the finding is kept."""
    finding = why_not(case, verb, day)
    if finding:
        case.findings.append(finding)
    return finding is None


def _receive(case: Case, day: date | None) -> None:
    if day:
        case.receipt_on = day
        case.start(day, "received")


def _submitted(case: Case, event: Submitted) -> None:
    raise HistoryBroken(f"submitted a second time on {event.on}: a new application is a new case")


def _confirmed(case: Case, event: Confirmed) -> None:
    # Confirming what needs no confirmation is courtesy, not a fault: it only does not move the day of receipt.
    if case.closing or case.receipt_on:
        return
    if case.channel in SAME_DAY_CONFIRMATION and event.on > case.submitted_on:
        late = (event.on - case.submitted_on).days
        case.findings.append(found("CONFIRM-LATE", event.on, arrived=case.submitted_on, days=late))
    _receive(case, receipt_on(case.channel, case.submitted_on, event.on))


def _correction_requested(case: Case, event: CorrectionRequested) -> None:
    if _allows(case, "request_correction", event.on):
        notified_on = event.received_on or event.on
        due = case.calendar.add(notified_on, event.working_days) if event.working_days else None
        case.correction_asked_on, case.correction = event.on, Waiting(event.on, due)
        case.turns.append((event.on, "correction_requested"))
    elif case.correction_asked_on is None and case.receipt_on:
        case.correction_in_vain = True


def _correction_received(case: Case, event: CorrectionReceived) -> None:
    if not _allows(case, "accept_correction", event.on) or case.correction is None:
        return
    if case.correction.due_on and event.on > case.correction.due_on and not event.justified:
        case.findings.append(found("CORRECTION-OVERDUE", event.on, due=case.correction.due_on))
        return
    case.closing = case.correction = None
    case.start(event.on, "corrected")


def _consultation_sent(case: Case, event: ConsultationSent) -> None:
    if event.id in case.consultations:
        raise HistoryBroken(f"two consultations have the id {event.id!r}")
    verb: Verb = "consult_third_party" if event.party == "third_party" else "consult_agency"
    if not _allows(case, verb, event.on):
        return
    if case.is_past_due(event.on):
        case.findings.append(found("CONSULT-LATE", event.on, due=case.due()))
    periods = case.periods
    period = periods.third_party_opinion if event.party == "third_party" else periods.agency_opinion
    due = case.calendar.add(event.received_on or event.on, period) if period else None
    case.consultations[event.id] = Consultation(event.id, event.party, event.on, due)


def _consultation_answered(case: Case, event: ConsultationAnswered) -> None:
    if case.closing:
        # An opinion that comes after the end is filed; it changes nothing and is nobody's fault.
        return
    consultation = case.consultations.get(event.id)
    if consultation is None or consultation.answered_on:
        case.findings.append(found("OPINION-UNASKED", event.on))
        return
    if consultation.due_on and event.on > consultation.due_on:
        case.findings.append(found("OPINION-LATE", event.on, due=consultation.due_on))
    case.answer(event.id, event.on)


def _extended(case: Case, event: Extended) -> None:
    if event.working_days < 1:
        raise HistoryBroken(f"an extension has at least one working day, not {event.working_days}")
    if not _allows(case, "extend", event.on):
        return
    limit = case.periods.extension_limit
    if event.working_days > limit:
        case.findings.append(found("EXTENSION-TOO-LONG", event.on, working_days=event.working_days, limit=limit))
    if event.reason is not None and not event.reason.strip():
        case.findings.append(found("EXTENSION-NO-REASON", event.on))
    if not event.approved:
        case.findings.append(found("EXTENSION-UNAPPROVED", event.on))
    case.is_extended, case.extension = True, min(event.working_days, limit)


def _fee_notified(case: Case, event: FeeNotified) -> None:
    if _allows(case, "notify_fee", event.on):
        period = fee_payment_period_on(event.on)
        due = case.calendar.add(event.received_on or event.on, period) if period else None
        case.fee_asked_on, case.fee = event.on, Waiting(event.on, due)
        case.turns.append((event.on, "fee_notified"))
    elif case.fee_asked_on is None and case.receipt_on:
        case.fee_in_vain = True


def _fee_paid(case: Case, event: FeePaid) -> None:
    if not _allows(case, "record_payment", event.on) or case.fee is None:
        return
    case.fee = None
    case.start(event.on, "paid")


def _replied(case: Case, event: Replied) -> None:
    closing = case.closing
    if closing and closing.state != "replied" and closing.outcome == event.outcome:
        # The letter that tells the applicant of a closing the law has already brought about.
        return
    _allows(case, "reply", event.on)
    if closing:
        return
    if case.is_past_due(event.on):
        late = case.calendar.count(case.due() or event.on, event.on)
        case.findings.append(found("REPLY-LATE", event.on, due=case.due(), days=late))
    if event.outcome is not None:
        _judge_outcome(case, event.outcome, event.on)
    case.due_at_closing = case.due()
    case.closing = Closing("replied", event.on, event.outcome)


def _judge_outcome(case: Case, key: str, day: date) -> None:
    """Whether what an outcome requires is among the events; a search record and the like are the office's to check."""
    on_record = {
        "third_party_consultation": any(c.party == "third_party" for c in case.consultations.values()),
        "correction_round": case.correction_asked_on is not None,
        "fee_notice": case.fee_asked_on is not None,
    }
    chosen = outcome(key)
    said = {"outcome": chosen.label, "outcome_en": chosen.label_en}
    for step in chosen.requires:
        if not on_record.get(step, True):
            named = {"step": name("steps", step), "step_en": name("steps", step, "en")}
            case.findings.append(found("OUTCOME-NEEDS", day, **said, **named))
    waiting = {"correction_overdue": case.correction, "fee_unpaid": case.fee}.get(key)
    if waiting and waiting.due_on and day <= waiting.due_on:
        case.findings.append(found("OUTCOME-EARLY", day, **said, due=waiting.due_on))


def _withdrawn(case: Case, event: Withdrawn) -> None:
    if _allows(case, "withdraw", event.on):
        case.closing = Closing("withdrawn", event.on, "withdrawn")


def _reopened(case: Case, event: Reopened) -> None:
    if event.working_days is not None and event.working_days < 1:
        raise HistoryBroken(f"a period has at least one working day, not {event.working_days}")
    if not _allows(case, "reopen", event.on):
        return
    case.closing = case.due_at_closing = case.correction = case.fee = None
    # The period begins anew as the decision orders it; an extension of the first reply is not carried over.
    case.is_reopened, case.ordered, case.extension = True, event.working_days, 0
    case.start(event.on, "reopened")


_EFFECTS: Mapping[type[Event], Callable[[Case, Any], None]] = MappingProxyType(
    {
        Submitted: _submitted,
        Confirmed: _confirmed,
        CorrectionRequested: _correction_requested,
        CorrectionReceived: _correction_received,
        ConsultationSent: _consultation_sent,
        ConsultationAnswered: _consultation_answered,
        Extended: _extended,
        FeeNotified: _fee_notified,
        FeePaid: _fee_paid,
        Replied: _replied,
        Withdrawn: _withdrawn,
        Reopened: _reopened,
    }
)
