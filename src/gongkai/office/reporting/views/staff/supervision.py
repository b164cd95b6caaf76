"""The staff's screen of supervision: what each agency did this week, this month, in each quarter, in the year."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from gongkai.office.publishing.queries import overdue_columns
from gongkai.office.reporting import policy
from gongkai.office.reporting.queries.supervision import supervision
from gongkai.office.reporting.views.staff.parts import person

_FIRST = 2008


def table(request: HttpRequest) -> HttpResponse:
    """周更新、月调度、季测评、年考评."""
    by, today = person(request), localdate()
    organs = policy.organs(by, "supervise", on=today)
    if not organs.exists():
        return render(request, "desk/refused.html", {"refusal": policy.nowhere(by, "supervise")}, status=403)
    wanted = request.GET.get("year", "")
    year = int(wanted) if wanted.isdecimal() and _FIRST <= int(wanted) <= today.year else today.year
    listed, rows = supervision(list(organs), year, today=today)
    context = {
        "year": year,
        "years": range(today.year, max(_FIRST, today.year - 10), -1),
        "terms": listed,
        "rows": rows,
        "totals": [sum(row.published[place] for row in rows) for place in range(len(listed))],
        "shared_overdue": [column for column in overdue_columns(today) if column.organ_id is None],
    }
    return render(request, "reporting/staff/supervision.html", context)
