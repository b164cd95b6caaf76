"""Histories to test with: built from the case files, and counted by brute force beside the product's own arithmetic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import chinese_calendar

from gongkai.regulation.application import EVENTS, Event, Submitted

ONE_DAY = timedelta(days=1)


def history(case: Mapping[str, Any]) -> tuple[Event, ...]:
    """The events of a case file."""
    events = []
    for entry in case["events"]:
        kind = EVENTS[entry["kind"]]
        values = {key: value for key, value in entry.items() if key != "kind"}
        events.append(kind(**values, **({"channel": case["channel"]} if kind is Submitted else {})))
    return tuple(events)


@cache
def is_worked(day: date) -> bool:
    """Whether a day is worked, asked of a package that knows nothing of ours."""
    return chinese_calendar.is_workday(day)


def counted_by_hand(start: date, working_days: int, pauses: Iterable[tuple[date, date]] = ()) -> date:
    """The last day of a period, walking from day to day with a finger on the calendar.

    A pause is (the day a letter was sent, the last day it holds the clock). The period ends on the first working day by
    which enough days were counted and on which no pause, begun by then, has working days still to come.
    """
    pauses = tuple(pauses)
    day, counted = start, 0
    while True:
        day += ONE_DAY
        if not is_worked(day):
            continue
        if not any(sent < day <= until for sent, until in pauses):
            counted += 1
        if counted >= working_days and not any(sent <= day and _is_still_held(day, until) for sent, until in pauses):
            return day


def _is_still_held(day: date, until: date) -> bool:
    while day < until:
        day += ONE_DAY
        if is_worked(day):
            return True
    return False
