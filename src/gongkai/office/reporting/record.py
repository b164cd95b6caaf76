"""Writing down what happened to a report: the event, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongkai.office.accounts.models import User
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.reporting.models import ReportYear, YearEvent

REPORT = "ogi-2019#50"


def actor(by: User | None) -> str:
    """The person as the log names them; the system where nobody acted."""
    return by.staff_number if by else SYSTEM


def subject(report_year: ReportYear) -> str:
    """The report as the log names it."""
    return f"reporting.year:{report_year.pk}"


def lock_row(report_year: ReportYear) -> ReportYear:
    """The report, on which nobody else can act until the transaction ends."""
    return ReportYear.objects.select_for_update(of=("self",)).select_related("organ").get(pk=report_year.pk)


def enter(
    report_year: ReportYear, kind: YearEvent.Kind, detail: Mapping[str, Any], *, by: User | None, at: datetime
) -> YearEvent:
    """Add a fact to a report's life and to the log; the caller holds the lock."""
    event = YearEvent.objects.create(report_year=report_year, kind=kind, at=at, by=by, detail=dict(detail))
    told = {"organ": report_year.organ.code, "year": report_year.year, **detail}
    record(Act(actor(by), f"reporting.{kind}", subject(report_year), REPORT, told), at=at)
    return event


def note(report_year: ReportYear, act: str, detail: Mapping[str, Any], *, by: User | None, at: datetime) -> None:
    """Record an act on a report that is no event of its life, such as a change of its words."""
    record(Act(actor(by), f"reporting.{act}", subject(report_year), REPORT, dict(detail)), at=at)
