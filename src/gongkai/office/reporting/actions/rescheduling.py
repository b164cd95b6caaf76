"""The office's own days of a year are changed after it was opened: with a reason, on record, and told to whoever they concern."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.queries import holders
from gongkai.office.notices import actions as notices
from gongkai.office.reporting import policy
from gongkai.office.reporting.actions.opening import Days, refuse_late, usual_days
from gongkai.office.reporting.models import ReportYear, YearEvent
from gongkai.office.reporting.queries.years import board, subordinate_years
from gongkai.office.reporting.record import enter

Scope = Literal["own", "below", "all"]
SCOPES: dict[Scope, str] = {"own": "只改本机关", "below": "只改下级各机关", "all": "本机关和下级各机关一起改"}


@transaction.atomic
def change_days(
    report_year: ReportYear,
    *,
    reason: str,
    by: User,
    at: datetime,
    hand_in_by: date | None = None,
    publish_by: date | None = None,
    scope: Scope = "own",
) -> list[ReportYear]:
    """Set other days for a report, those of the agencies below, or all of them; a day that is not given stays.

    Reports that were handed over to publication are left as they are: their days were met or missed. Gives the reports
    whose days are others now. Whoever writes them is told by mail (once the transaction stands) and on the desk.
    Errors: Refused: without the role in one of the agencies; no reason; no other day; a day to hand in that is past; days
    after the law's.
    Source: ogi-2019 art. 49.
    """
    policy.require(by, "change_days", report_year.organ, on=localdate(at))
    if not reason.strip():
        raise Refused("请写明调整期限的原因。各机关会看到这句话，审计日志里也会保留。")
    if hand_in_by is not None and hand_in_by < localdate(at):
        raise Refused(f"报送期限{hand_in_by}已经过去，各机关来不及报。请定在今天或者以后。")
    changed: dict[ReportYear, YearEvent] = {}
    for each in _concerned(report_year, scope, localdate(at)):
        policy.require(by, "change_days", each.organ, on=localdate(at))
        if (event := _change(each, hand_in_by, publish_by, reason.strip(), by, at)) is not None:
            changed[each] = event
    if not changed:
        raise Refused("没有要改的期限：所选的报告已经是这两个日期，或者已经交付发布。请核对日期和范围。")
    _tell(changed, at)
    return list(changed)


def _concerned(report_year: ReportYear, scope: Scope, on: date) -> list[ReportYear]:
    """The reports whose days are changed, none of which anybody else can act on until the transaction ends."""
    chosen = {"own": [report_year.pk], "below": [], "all": [report_year.pk]}[scope]
    if scope != "own":
        chosen += subordinate_years(report_year).values_list("pk", flat=True)
    rows = ReportYear.objects.select_for_update(of=("self",)).filter(pk__in=chosen)
    return [each.report_year for each in board(rows, on=on) if not each.was_handed_over]


def _change(
    report: ReportYear, hand_in_by: date | None, publish_by: date | None, reason: str, by: User, at: datetime
) -> YearEvent | None:
    before = (report.hand_in_by, report.publish_by)
    after = (hand_in_by or report.hand_in_by, publish_by or report.publish_by)
    if before == after:
        return None
    refuse_late(report.organ, Days(*after, usual_days(report.organ, report.year).statutory))
    report.hand_in_by, report.publish_by = after
    report.save(update_fields=["hand_in_by", "publish_by"])
    told = {
        "before": [day.isoformat() for day in before],
        "hand_in_by": after[0].isoformat(),
        "publish_by": after[1].isoformat(),
        "reason": reason,
    }
    return enter(report, YearEvent.Kind.DAYS_CHANGED, told, by=by, at=at)


def _tell(changed: dict[ReportYear, YearEvent], at: datetime) -> None:
    """One mail to each person who writes any of the reports, with a line for each."""
    today = localdate(at)
    lines: dict[User, list[str]] = defaultdict(list)
    for report, event in changed.items():
        line = f"{report}：报送期限改为{report.hand_in_by}，公开期限改为{report.publish_by}。原因：{event.detail['reason']}"
        for person in holders(policy.WRITERS, report.organ, on=today):
            lines[person].append(line)
    first = next(iter(changed.values()))
    notices.remind(
        f"reporting.days.{first.pk}",
        {person: notices.most_urgent((0, line) for line in said) for person, said in lines.items()},
        subject="【通知】年度报告的期限有调整",
        path=reverse("reporting_years"),
        day=today,
        at=at,
    )
