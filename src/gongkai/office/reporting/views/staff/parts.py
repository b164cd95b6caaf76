"""What the staff's screens share: which report it is, and what somebody may do with it."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import ReportYear


def report_year(request: HttpRequest, pk: int) -> ReportYear:
    """A report of the agencies somebody works for; any other is not there."""
    mine = ReportYear.objects.filter(policy.within(person(request), on=localdate())).select_related("organ")
    return get_object_or_404(mine, pk=pk)


def may(request: HttpRequest, report: ReportYear, *verbs: str) -> dict[str, bool]:
    """Which of these somebody may do with a report today."""
    today = localdate()
    return {verb: not policy.why_not(person(request), verb, report.organ, on=today) for verb in verbs}
