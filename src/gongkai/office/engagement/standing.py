"""Where an entry stands on a day, in words; what the page of an entry shows beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count

from gongkai.office.accounts.models import User
from gongkai.office.engagement import policy
from gongkai.office.engagement.models import Consultation, Interpretation, Message
from gongkai.office.ledgers.models import STANDING
from gongkai.regulation.engagement import (
    ConsultationState,
    consultation_state,
    message_clocks,
    missing_elements,
    result_due,
)
from gongkai.regulation.workdays import provisional_workdays

STATES: Mapping[ConsultationState, tuple[str, str]] = {
    "upcoming": ("还没有开始", "amber"),
    "open": ("正在征集", "green"),
    "closed": ("已经截止，等待公布结果", "amber"),
    "overdue": ("结果逾期未公布", "red"),
    "answered": ("已公布结果", ""),
}
"""Each state in words, and the colour of its badge."""


def state_on(entry: Consultation, on: date) -> tuple[str, str, str]:
    """Where a consultation stands on a day: key, words, colour."""
    state = consultation_state(entry.opens_on, entry.closes_on, entry.answered_on, on)
    return (state, *STATES[state])


def adoption(entry: Consultation) -> dict[str, Any]:
    """How many opinions came in and what became of them; by when the result is due."""
    rows = entry.opinions.filter(STANDING).order_by().values_list("adoption").annotate(Count("pk"))
    counts = dict(rows)
    return {
        "received": sum(counts.values()),
        "adopted": counts.get("adopted", 0),
        "partly": counts.get("partly", 0),
        "not_adopted": counts.get("not_adopted", 0),
        "pending": counts.get("", 0),
        "due": result_due(entry.closes_on),
    }


def of_interpretation(entry: Interpretation, by: User, on: date) -> dict[str, Any]:
    """What an interpretation does not speak of, and by whom it was selected."""
    return {"missing": missing_elements(entry.elements), "selections": entry.selections.filter(STANDING)}


def of_consultation(entry: Consultation, by: User, on: date) -> dict[str, Any]:
    """Where a consultation stands, and its opinions counted."""
    return {"adoption": adoption(entry), "state": state_on(entry, on)}


def of_message(message: Message, by: User, on: date) -> dict[str, Any]:
    """A message's clocks, and what somebody may do with it."""
    refusals = {verb: policy.why_not(by, verb, message, on=on) for verb in policy.VERBS}
    left = (message.due_on - on).days
    return {
        "clocks": message_clocks(message.on, message.promised_days, provisional_workdays().add),
        "waits": message.answered_on is None and message.handed_over_on is None and message.struck_at is None,
        "left": left,
        "late": -left,
        "may": {verb: not refusal for verb, refusal in refusals.items()},
    }
