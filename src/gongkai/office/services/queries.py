"""What may be asked of service items, points and counters, and the figure they feed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Sum

from gongkai.office.ledgers import queries
from gongkai.office.ledgers.models import STANDING
from gongkai.office.services.ledgers import CASES, LEDGERS
from gongkai.office.services.models import OnlineCaseCount, ServiceItem, ServicePoint
from gongkai.regulation.tally import Counted, Measure, Tally

MEASURES = {
    "online_service_cases": Measure(
        "online_service_cases",
        "网上办件",
        "件",
        "当年各月网上办件数相加；一个月更正过的，按最后一次更正的数。",
        CASES.key,
        is_public=True,
        is_sum=True,
    )
}


def public_items() -> QuerySet[ServiceItem]:
    """The items that stand, those in use first, agency by agency."""
    rows = ServiceItem.objects.filter(STANDING).select_related("organ")
    return rows.order_by(F("cancelled_on").desc(nulls_first=True), "organ__path", "item_type", "pk")


def points_open(on: date) -> QuerySet[ServicePoint]:
    """The places that are open to the public on a day, from the county's hall down to the villages."""
    rows = ServicePoint.objects.filter(STANDING, Q(closed_on=None) | Q(closed_on__gt=on), on__lte=on)
    return rows.select_related("organ").order_by("organ__path", "kind", "pk")


def years_counted() -> list[int]:
    """The years for which there are counters, newest first."""
    rows = OnlineCaseCount.objects.filter(is_current=True).order_by().values_list("month__year", flat=True).distinct()
    return sorted(rows, reverse=True)


def monthly(year: int) -> tuple[list[tuple[str, list[int | None], int]], list[int]]:
    """The counters of a year: a line an agency with its twelve months (None: not reported) and sum; the sums of the months."""
    rows = OnlineCaseCount.objects.filter(is_current=True, month__year=year).order_by("organ__path")
    lines: dict[str, list[int | None]] = {}
    for short, name, month, cases in rows.values_list("organ__short_name", "organ__name", "month", "cases"):
        lines.setdefault(short or name, [None] * 12)[month.month - 1] = cases
    months = rows.order_by("month").values_list("month__month").annotate(Sum("cases"))
    sums = dict(months)
    table = [(name, cells, sum(each or 0 for each in cells)) for name, cells in lines.items()]
    return table, [sums.get(month, 0) for month in range(1, 13)]


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The figure of this room for agencies (by id) and a period. Both editions of the form count it alike."""
    rows = queries.between(CASES, organs, first, last).filter(is_current=True)
    return [queries.add_up(MEASURES["online_service_cases"], rows, "cases")]


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The records behind a figure, for lists. Errors: KeyError for a kind that is none of this room's."""
    return queries.counted({each.key: each for each in LEDGERS}[kind], ids)


def items_of(rows: QuerySet[ServiceItem], item_type: str) -> QuerySet[Any]:
    """Those of one type; all where none is named."""
    return rows.filter(item_type=item_type) if item_type else rows
