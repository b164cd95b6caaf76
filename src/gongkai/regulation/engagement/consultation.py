"""Consultations (意见征集): how long one stays open, where it stands on a day, when its result is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from gongkai.regulation.law import LawMissing, law_on

ConsultationState = Literal["upcoming", "open", "closed", "answered", "overdue"]
AddWorkingDays = Callable[[date, int], date]

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "decision": "重大行政决策",
        "normative": "规范性文件",
        "business": "涉及市场主体的规范性文件",
        "other": "其他",
    }
)
"""What a consultation is about: it decides how long it stays open at least."""
_PERIODS = {
    "decision": "decision_consultation_period",
    "normative": "comment_period",
    "business": "market_comment_period",
}


def earliest_close(kind: str, opens_on: date, add_working_days: AddWorkingDays) -> date:
    """The first day on which a consultation that opens on a day may close, unless a reason for a shorter one is published.

    Unit: a calendar date. Where no period is ruled (yet), the day it opens.
    Source: major-decisions-2019#15, practice#public-comment, business-environment-2019#62.
    >>> earliest_close("decision", date(2020, 3, 2), lambda day, count: day)
    datetime.date(2020, 4, 1)
    """
    if kind not in _PERIODS:
        return opens_on
    try:
        period = law_on(opens_on).parameter(_PERIODS[kind], int)
    except LawMissing:
        return opens_on
    if period.unit == "working_day":
        return add_working_days(opens_on, period.value)
    return opens_on + timedelta(days=period.value)


def result_due(closes_on: date) -> date | None:
    """The last day to tell what came in and what became of it; None from before any rule.

    Source: practice#consultation-result.
    >>> result_due(date(2020, 4, 1))
    datetime.date(2020, 5, 1)
    """
    try:
        return closes_on + timedelta(days=law_on(closes_on).parameter("consultation_result_period", int).value)
    except LawMissing:
        return None


def consultation_state(opens_on: date, closes_on: date, answered_on: date | None, on: date) -> ConsultationState:
    """Where a consultation stands on a day: not begun, open, closed, its result published, or its result overdue.

    >>> consultation_state(date(2020, 3, 2), date(2020, 4, 1), None, date(2020, 6, 1))
    'overdue'
    """
    if answered_on is not None and answered_on <= on:
        return "answered"
    if on < opens_on:
        return "upcoming"
    if on <= closes_on:
        return "open"
    due = result_due(closes_on)
    return "overdue" if due is not None and on > due else "closed"
