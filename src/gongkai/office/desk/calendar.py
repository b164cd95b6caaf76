"""The calendar of the desk: what is due on which day of a month, from the rooms that have periods to keep."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import queries as casework
from gongkai.office.remedies import queries as remedies
from gongkai.regulation.workdays import CalendarMissing, provisional_workdays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a day: its kind (the class of its colour and the word in front), where it leads, what it is about."""

    kind: str
    word: str
    name: str
    path: str
    about: str = ""


@dataclass(slots=True)
class Day:
    """A day of the month; `more` counts what is not named."""

    on: date
    is_working: bool
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


def sees_any(user: User, *, on: date) -> bool:
    """Whether somebody looks after anything that has a period."""
    return casework.sees_any(user, on=on) or remedies.sees_any(user, on=on)


def month(request: HttpRequest, year: int = 0, month: int = 0) -> HttpResponse:
    """GET calendar/: replies, waits and answers in remedies by the day on which they are due, with the days of rest."""
    user, today = person(request), localdate()
    if not sees_any(user, on=today):
        raise Refused(f"{user.name}没有办理依申请公开或者复议诉讼的职责，没有到期日历。请联系政务公开机构。")
    try:
        first = date(year or today.year, month or today.month, 1)
        days = _days(first)
    except (ValueError, CalendarMissing):
        raise Http404("没有这个月的日历。") from None
    _put_cases(days, casework.reach(user, on=today))
    _put_answers(days, user, today)
    last = max(days)
    context = {
        "weeks": [
            [days.get(day) for day in week] for week in months.Calendar().monthdatescalendar(first.year, first.month)
        ],
        "month": first,
        "before": first - _ONE_DAY,
        "after": last + _ONE_DAY,
        "today": today,
        "listed": [day for day in days.values() if day.entries],
    }
    return render(request, "desk/calendar.html", context)


def _days(first: date) -> dict[date, Day]:
    length, calendar = months.monthrange(first.year, first.month)[1], provisional_workdays()
    return {on: Day(on, calendar.is_working_day(on)) for on in (first + step * _ONE_DAY for step in range(length))}


def _put_cases(days: dict[date, Day], organs: Sequence[int]) -> None:
    for on, falls in casework.due_days(organs, first=min(days), last=max(days)).items():
        for kind, word, cases in (("due", "到期", falls.due), ("wait", "等待", falls.waits)):
            days[on].entries += [
                Entry(kind, word, each.number, reverse("casework_case", args=[each.pk]), each.summary) for each in cases
            ]
        days[on].more += falls.more


def _put_answers(days: dict[date, Day], user: User, today: date) -> None:
    for on, cases in remedies.answer_days(user, first=min(days), last=max(days), on=today).items():
        days[on].entries += [
            Entry("answer", "答辩" if each.instance else "复议", each.reference, reverse("remedies_case", args=[each.pk]),
                  remedies.answer_named(each))
            for each in cases
        ]  # fmt: skip
