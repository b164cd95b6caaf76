"""The calendar of due days, and where the work is behind: by agency and by step."""

from __future__ import annotations

import calendar as months
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import policy, queries
from gongkai.office.casework import standing as standings
from gongkai.regulation.workdays import CalendarMissing

_BACK = {"back_label": "依申请公开"}


def calendar(request: HttpRequest, year: int = 0, month: int = 0) -> HttpResponse:
    """What is due on which day of a month, with the days of rest."""
    today = localdate()
    organs = queries.reach(person(request), on=today)
    if not organs:
        raise Refused(policy.nowhere(person(request), "see"))
    try:
        first = date(year or today.year, month or today.month, 1)
        last = first.replace(day=months.monthrange(first.year, first.month)[1])
        worked = {
            day: standings.calendar().is_working_day(day)
            for day in (first + timedelta(days=step) for step in range((last - first).days + 1))
        }
    except (ValueError, CalendarMissing):
        raise Http404("没有这个月的日历。") from None
    due = queries.due_days(organs, first=first, last=last)
    cells = [
        [(day, worked.get(day, False), due.get(day)) if day.month == first.month else None for day in week]
        for week in months.Calendar().monthdatescalendar(first.year, first.month)
    ]
    context = {
        "weeks": cells,
        "month": first,
        "before": first - timedelta(days=1),
        "after": last + timedelta(days=1),
        "today": today,
        "listed": [(day, due[day]) for day in sorted(due)],
        "back_url": reverse("casework_cases"),
        **_BACK,
    }
    return render(request, "casework/desk/calendar.html", context)


def arrears(request: HttpRequest) -> HttpResponse:
    """Which agencies are behind, and at which steps the cases stand."""
    today = localdate()
    organs = queries.reach(person(request), on=today)
    if not organs:
        raise Refused(policy.nowhere(person(request), "see"))
    context = {
        "rows": queries.arrears(organs, on=today),
        "soon_days": queries.SOON,
        "steps": queries.bottlenecks(organs, on=today),
        "back_url": reverse("casework_cases"),
        **_BACK,
    }
    return render(request, "casework/desk/arrears.html", context)
