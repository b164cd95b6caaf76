"""A report is final: handed in to the office above, sent back by it, handed over to publication."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import policy
from gongkai.office.reporting.checking import open_findings
from gongkai.office.reporting.compiled import narrative_to_json, report_of
from gongkai.office.reporting.models import ReportYear, SettledReport, YearEvent
from gongkai.office.reporting.queries.figures import locked
from gongkai.office.reporting.queries.years import stage_of
from gongkai.office.reporting.record import enter, lock_row
from gongkai.office.reporting.settling import settle


@transaction.atomic
def hand_in(report_year: ReportYear, *, by: User, at: datetime) -> YearEvent:
    """Make a report final: its figures are locked, its words are frozen with their numbers.

    Errors: Refused: without the role; figures not locked; no words; findings that are open; handed in already.
    Source: ogi-2019 art. 49, art. 50.
    """
    policy.require(by, "hand_in", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    compilation = locked(report_year)
    if compilation is None:
        raise Refused("数据还没有锁定，不能定稿：定稿以后数字不再变动。请先由政务公开机构锁定数据。")
    if stage_of(report_year) in ("handed_in", "handed_over"):
        raise Refused("这份报告已经定稿报送。")
    if not report_year.narrative_parts.exists():
        raise Refused("报告还没有文字部分。请先起草文字。")
    if waiting := open_findings(report_year):
        first = waiting[0].message
        raise Refused(f"还有{len(waiting)}个问题没有处理（{first}）。差错请改正，提示请说明原因，然后再定稿。")
    compilation.narrative = narrative_to_json(report_of(report_year))
    compilation.save(update_fields=["narrative"])
    told = {"compilation": compilation.number, "digest": compilation.digest}
    return enter(report_year, YearEvent.Kind.HANDED_IN, told, by=by, at=at)


@transaction.atomic
def send_back(report_year: ReportYear, *, reason: str, by: User, at: datetime) -> YearEvent:
    """Give a report that was handed in back to be changed; its words can be written in again, its figures stay locked.

    Errors: Refused: without the role; no reason; not handed in, or with publication already.
    """
    policy.require(by, "send_back", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    if stage_of(report_year) != "handed_in":
        raise Refused("只有定稿报送、还没有交付发布的报告可以退回。已经交付发布的，请启动更正程序。")
    if not reason.strip():
        raise Refused("请写明退回的原因，报送机关才知道要改什么。")
    compilation = locked(report_year)
    assert compilation is not None
    compilation.narrative = None
    compilation.save(update_fields=["narrative"])
    return enter(report_year, YearEvent.Kind.RETURNED, {"reason": reason.strip()}, by=by, at=at)


@transaction.atomic
def hand_over(report_year: ReportYear, *, by: User, at: datetime) -> YearEvent:
    """Give a final report to publication, which takes it through the three reviews. It can't be sent back from there on.

    The office has it from here on: it counts in its collections, though not yet in what the public may ask.
    Errors: Refused: without the role; not handed in.
    """
    policy.require(by, "hand_over", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    if stage_of(report_year) != "handed_in":
        raise Refused("报告还没有定稿报送，不能交付发布。")
    compilation = locked(report_year)
    assert compilation is not None
    if not SettledReport.objects.filter(report_year=report_year, is_public=True).exists():
        # Of a correction the earlier text stays what counts until the public has the other one.
        report = report_of(report_year, compilation)
        settle(report, organ=report_year.organ, errors=0, warnings=0, is_public=False, report_year=report_year, at=at)
    told = {"compilation": compilation.number, "digest": compilation.digest}
    return enter(report_year, YearEvent.Kind.HANDED_OVER, told, by=by, at=at)
