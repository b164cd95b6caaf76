"""Numbers and days by year, for the public statistics and for the office: from the columns the annual report counts by."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Avg, Count, Min, Q

from gongkai.office.casework.models import Application
from gongkai.regulation.application import outcome

GROUPS = {
    "granted": "予以公开",
    "partially_granted": "部分公开",
    "denied": "不予公开",
    "unable": "无法提供",
    "not_processed": "不予处理",
    "other": "其他处理",
}


@dataclass(frozen=True, slots=True)
class Year:
    """A year's applications: received, handled, by group of results; working days on average, and how many came late."""

    year: int
    received: int
    handled: int
    by_group: dict[str, int]
    average_days: float | None
    late: int


def yearly(organs: Collection[int], years: Collection[int]) -> list[Year]:
    """The years of these agencies, in order."""
    return [_year(list(organs), year) for year in sorted(years)]


def first_year() -> int | None:
    """The year of the first application on record; None where there is none."""
    first: date | None = Application.objects.aggregate(first=Min("receipt_on"))["first"]
    return first.year if first else None


def _year(organs: list[int], year: int) -> Year:
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Application.objects.filter(organ__in=organs).order_by()
    handled = rows.filter(counted_on__gte=first, counted_on__lte=last)
    by_group = dict.fromkeys(GROUPS, 0)
    for key, number in handled.values_list("counted_outcome").annotate(number=Count("pk")):
        by_group[_group(key)] += number
    sums = handled.aggregate(average=Avg("handled_in"), late=Count("pk", filter=Q(is_late=True)))
    received = rows.filter(receipt_on__gte=first, receipt_on__lte=last).count()
    return Year(year, received, sum(by_group.values()), by_group, sums["average"], sums["late"])


def _group(key: str) -> str:
    row = outcome(key).rows["2021"]
    return next(group for group in ("partially_granted", *GROUPS) if row.startswith(group))
