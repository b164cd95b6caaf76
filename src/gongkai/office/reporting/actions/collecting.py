"""Counting a report's figures, and locking them as of 31 December."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import policy
from gongkai.office.reporting.counting import count, digest_of
from gongkai.office.reporting.models import Compilation, FrozenFigure, ReportYear, YearEvent
from gongkai.office.reporting.queries.contributions import unanswered
from gongkai.office.reporting.queries.figures import current, locked
from gongkai.office.reporting.queries.years import DONE, stage_of
from gongkai.office.reporting.record import enter, lock_row


@transaction.atomic
def collect(report_year: ReportYear, *, by: User, at: datetime) -> Compilation:
    """Count every figure of a report again; gives the counting that stands.

    Nothing is written where nothing has changed since the last time. A year that is not over is counted up to today. What
    is locked stays locked: `queries.differences` compares it with the ledger.
    Errors: Refused without the role.
    """
    policy.require(by, "collect", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    if (frozen := locked(report_year)) is not None:
        return frozen
    compilation, is_new = _count(report_year, by=by, at=at)
    told = {"number": compilation.number, "through": compilation.counted_through.isoformat(), "changed": is_new}
    enter(report_year, YearEvent.Kind.COLLECTED, told, by=by, at=at)
    return compilation


@transaction.atomic
def lock(report_year: ReportYear, *, by: User, at: datetime, reason: str = "") -> Compilation:
    """Count once more and freeze: from here on the report has these figures, as of 31 December.

    Locked again, with a `reason`, the figures are those of the ledger as it stands now; what they were stays on file.
    Errors: Refused: without the role; before the year is over; while numbers are still asked for; after the report was
    handed over to publication; again without a reason.
    """
    policy.require(by, "lock", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    _refuse_lock(report_year, reason, localdate(at))
    compilation, _ = _count(report_year, by=by, at=at)
    if compilation.locked_at is None:
        compilation.locked_at, compilation.locked_by = at, by
        compilation.save(update_fields=["locked_at", "locked_by"])
    told = {"number": compilation.number, "digest": compilation.digest, "reason": reason}
    enter(report_year, YearEvent.Kind.LOCKED, told, by=by, at=at)
    return compilation


@transaction.atomic
def reopen(report_year: ReportYear, *, reason: str, by: User, at: datetime) -> Compilation:
    """Begin the correction of a report that publication has: counted and locked anew, its words open again.

    What was handed over keeps its figures and words, and what is public stays public, until the corrected report has gone
    the same way: handed in, handed over, passed by three people. Gives the new counting, be its figures the same or not.
    Errors: Refused: without the role; not handed over; no reason.
    """
    policy.require(by, "reopen", report_year.organ, on=localdate(at))
    report_year = lock_row(report_year)
    if stage_of(report_year) != "handed_over":
        raise Refused(
            "只有已经交付发布的报告要启动更正。还没有交付的，由政务公开机构退回，或者写明原因重新锁定就可以。"
        )
    if not reason.strip():
        raise Refused("请写明更正的原因：哪些数据或者文字有误，为什么。公开更正后的报告时，这句话公众也会看到。")
    compilation, _ = _count(report_year, by=by, at=at)
    compilation.locked_at, compilation.locked_by = at, by
    compilation.save(update_fields=["locked_at", "locked_by"])
    told = {"number": compilation.number, "digest": compilation.digest, "reason": reason.strip()}
    enter(report_year, YearEvent.Kind.REOPENED, told, by=by, at=at)
    return compilation


def _refuse_lock(report_year: ReportYear, reason: str, today: date) -> None:
    year = report_year.year
    if today <= date(year, 12, 31):
        raise Refused(
            f"{year}年还没有结束，数据不能锁定：统计期限到12月31日。请在{year + 1}年1月1日以后锁定；现在可以随时统计查看。"
        )
    if stage_of(report_year) in DONE:
        raise Refused("这份报告已经定稿，数据不能再改动。确有错误的，请先退回再重新锁定；已经交付发布的，请启动更正。")
    if waiting := unanswered(report_year):
        names = "、".join(dict.fromkeys(each.organ.name for each in waiting[:5]))
        raise Refused(
            f"还有{len(waiting)}个数据没有报送或者被退回（{names}等），锁定后这些格会少计。"
            "请催报，或者由政务公开机构代为填报后再锁定。"
        )
    if locked(report_year) is not None and not reason.strip():
        raise Refused("数据已经锁定。要按现在的台账重新锁定，请写明原因：改变了哪些记录，为什么在锁定以后才改。")


def _count(report_year: ReportYear, *, by: User | None, at: datetime) -> tuple[Compilation, bool]:
    """Ask every room, and keep what it says if that is news; what has its final words is never taken up again."""
    through = min(date(report_year.year, 12, 31), localdate(at))
    figures = count(report_year, through)
    digest = digest_of(figures)
    last = current(report_year)
    is_free = last is not None and last.narrative is None
    if last is not None and is_free and last.digest == digest and last.counted_through == through:
        return last, False
    compilation = Compilation.objects.create(
        report_year=report_year,
        number=last.number + 1 if last else 1,
        counted_at=at,
        counted_through=through,
        counted_by=by,
        digest=digest,
    )
    for figure in figures:
        figure.compilation = compilation
    FrozenFigure.objects.bulk_create(figures, batch_size=200)
    return compilation, True
