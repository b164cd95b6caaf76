"""What a new day, or a new notice on days off, changes in open cases."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from gongkai.office.casework.actions.entering import dates_of, tell_of_moved_dates
from gongkai.office.casework.models import Application, DayPassed
from gongkai.office.casework.models.applications import OPEN
from gongkai.office.casework.standing import DERIVED, calendar, derive, mark
from gongkai.regulation.workdays import Workdays

_BATCH = 500


def pass_day(*, today: date, at: datetime, days: Workdays | None = None) -> int:
    """Work every open case out for a day, once a day and whenever the calendar has changed; gives how many changed.

    A case the law has closed meanwhile (no correction, no payment in time) is closed in the columns. A date that moved
    because the State Council arranged the days off anew is written into the history of the case. In batches, each whole:
    stopped half-way, the next round goes over all of them again and finds those done unchanged.
    """
    days = days or calendar()
    passed = DayPassed.objects.filter(pk=1).first()
    if passed and passed.day >= today and passed.calendar_mark == mark(days):
        return 0
    changed, last = 0, 0
    while keys := list(
        Application.objects.filter(OPEN, pk__gt=last).order_by("pk").values_list("pk", flat=True)[:_BATCH]
    ):
        changed += _refresh(keys, today=today, at=at, days=days)
        last = keys[-1]
    DayPassed.objects.update_or_create(pk=1, defaults={"day": today, "calendar_mark": mark(days)})
    return changed


@transaction.atomic
def _refresh(keys: list[int], *, today: date, at: datetime, days: Workdays) -> int:
    rows = Application.objects.select_for_update().filter(pk__in=keys).order_by("pk").prefetch_related("events")
    changed = []
    for application in rows:
        before = {name: getattr(application, name) for name in DERIVED}
        dates = dates_of(application)
        derive(application, list(application.events.all()), on=today, days=days)
        if before["calendar_mark"] not in ("", application.calendar_mark):
            tell_of_moved_dates(application, dates, today=today, at=at)
        if any(getattr(application, name) != before[name] for name in DERIVED if name != "derived_on"):
            changed.append(application)
    Application.objects.bulk_update(changed, DERIVED, batch_size=_BATCH)
    return len(changed)
