"""What may be done with an application, and why something may not: one rule for the button and for the record.

Each rule says why a verb is not lawful on a day, or None. Source: ogi-2019 art. 30 to 35; fee-measure-2020 art. 6, 7.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Literal

from gongkai.regulation.application.case import Case
from gongkai.regulation.deadlines import fee_payment_period_on
from gongkai.regulation.finding import Finding
from gongkai.regulation.messages import Catalogue

Verb = Literal[
    "confirm",
    "request_correction",
    "accept_correction",
    "consult_third_party",
    "consult_agency",
    "record_opinion",
    "extend",
    "notify_fee",
    "record_payment",
    "reply",
    "withdraw",
    "reopen",
]

CATALOGUE = Catalogue.of("gongkai.regulation.application")


def found(code: str, day: date, **values: object) -> Finding:
    """A finding about what happened, or would happen, on a day."""
    said = {name: str(value) for name, value in {"on": day, **values}.items()}
    return Finding(code, CATALOGUE.severity(code), values=said, where=(day.isoformat(),))


def why_not(case: Case, verb: Verb, day: date) -> Finding | None:
    """Why a verb is not lawful on a day; None when it is."""
    if case.closing and verb not in ("accept_correction", "reopen"):
        return _after_closing(case, verb, day)
    if case.receipt_on is None and verb not in ("confirm", "withdraw", "reopen"):
        return found("NOT-RECEIVED", day)
    return _RULES[verb](case, day)


def _after_closing(case: Case, verb: Verb, day: date) -> Finding | None:
    assert case.closing is not None
    code = "OUTCOME-TWICE" if verb == "reply" and case.closing.state == "replied" else "CLOSED"
    return found(code, day, closed_on=case.closing.on)


def _confirm(case: Case, day: date) -> Finding | None:
    return found("CONFIRM-NEEDLESS", day, receipt=case.receipt_on) if case.receipt_on else None


def _request_correction(case: Case, day: date) -> Finding | None:
    assert case.receipt_on is not None
    if case.correction_asked_on:
        return found("CORRECTION-TWICE", day, first=case.correction_asked_on)
    period = case.periods.correction_notice
    due = case.calendar.add(case.receipt_on, period) if period else None
    return found("CORRECTION-REQUEST-LATE", day, due=due) if due and day > due else None


def _accept_correction(case: Case, day: date) -> Finding | None:
    if case.closing and case.closing.state != "closed_correction_overdue":
        return _after_closing(case, "accept_correction", day)
    return None if case.correction or case.correction_in_vain else found("CORRECTION-UNASKED", day)


def _always(case: Case, day: date) -> Finding | None:
    """A consultation may be held at any time before the reply: too late it holds no clock, which is a remark apart."""
    return None


def _record_opinion(case: Case, day: date) -> Finding | None:
    waiting = any(consultation.answered_on is None for consultation in case.consultations.values())
    return None if waiting else found("OPINION-UNASKED", day)


def _extend(case: Case, day: date) -> Finding | None:
    if case.is_reopened:
        return found("EXTENSION-REOPENED", day)
    if case.is_extended:
        return found("EXTENSION-TWICE", day)
    if case.is_halted:
        return found("EXTENSION-NOT-RUNNING", day)
    return found("EXTENSION-LATE", day, due=case.due()) if case.is_past_due(day) else None


def _notify_fee(case: Case, day: date) -> Finding | None:
    if fee_payment_period_on(day) is None:
        return found("FEE-NO-BASIS", day)
    if case.fee_asked_on:
        return found("FEE-TWICE", day, first=case.fee_asked_on)
    return found("FEE-NOTICE-LATE", day, due=case.due()) if case.is_past_due(day) else None


def _record_payment(case: Case, day: date) -> Finding | None:
    return None if case.fee or case.fee_in_vain else found("FEE-UNASKED", day)


def _reply(case: Case, day: date) -> Finding | None:
    if case.fee:
        return found("REPLY-BEFORE-PAYMENT", day)
    waits = [
        consultation
        for consultation in case.consultations.values()
        if consultation.party == "third_party" and consultation.due_on and consultation.is_in_progress(day)
    ]
    last = max((consultation.due_on for consultation in waits if consultation.due_on), default=None)
    return found("REPLY-BEFORE-OPINION", day, due=last) if last else None


def _reopen(case: Case, day: date) -> Finding | None:
    if case.closing is None:
        return found("REOPEN-OPEN", day)
    return found("REOPEN-WITHDRAWN", day, closed_on=case.closing.on) if case.closing.state == "withdrawn" else None


_RULES: Mapping[Verb, Callable[[Case, date], Finding | None]] = MappingProxyType(
    {
        "confirm": _confirm,
        "request_correction": _request_correction,
        "accept_correction": _accept_correction,
        "consult_third_party": _always,
        "consult_agency": _always,
        "record_opinion": _record_opinion,
        "extend": _extend,
        "notify_fee": _notify_fee,
        "record_payment": _record_payment,
        "reply": _reply,
        "withdraw": _always,
        "reopen": _reopen,
    }
)

VERBS: tuple[Verb, ...] = tuple(_RULES)
"""Everything that can be done, in the order a case goes through it."""
