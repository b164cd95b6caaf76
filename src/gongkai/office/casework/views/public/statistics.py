"""Applications in numbers, by year: drawn and as a table, from the queries the annual report counts by."""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe

from gongkai.documents import charts
from gongkai.office.casework import queries
from gongkai.office.casework.queries.yearly import first_year
from gongkai.office.organs.models import Organ
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored

MOST_YEARS = 10


@stored(lambda request: [keys.DAY])
def statistics(request: HttpRequest) -> HttpResponse:
    """GET /disclosure/application/statistics/: all agencies of the site together; no case can be told from it."""
    depends_on(keys.OFFICES)
    today = timezone.localdate()
    first = first_year()
    span = range(max(first, today.year - MOST_YEARS + 1), today.year + 1) if first else ()
    organs = list(Organ.objects.values_list("pk", flat=True))
    years = queries.yearly(organs, span)
    return render(
        request,
        "casework/public/statistics.html",
        {"years": years, "groups": queries.GROUPS, "drawings": _drawings(years), "today": today},
    )


def _drawings(years: list[queries.Year]) -> list[str]:
    """The charts; drawn by `documents.charts`, which escapes every word."""
    if not years:
        return []
    names = [f"{each.year}年" for each in years]
    flow = [("收到", [each.received for each in years]), ("办结", [each.handled for each in years])]
    handled = [each for each in years if each.handled]
    drawn = [
        charts.lines("历年收到和办结的申请", names, flow, unit="件"),
        charts.lines(
            "从收到到办结平均用了几个工作日", names, [("平均", [_rounded(each) for each in years])], unit="工作日"
        ),
        charts.stacked(
            "历年办理结果",
            list(queries.GROUPS.values()),
            [(f"{each.year}年", [each.by_group[key] for key in queries.GROUPS]) for each in handled],
            unit="件",
        ),
    ]
    return [mark_safe(each) for each in drawn]


def _rounded(year: queries.Year) -> Decimal | None:
    return None if year.average_days is None else round(Decimal(year.average_days), 1)
