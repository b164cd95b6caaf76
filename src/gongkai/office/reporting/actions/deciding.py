"""What a person does with a received report: say whose it is, correct, judge, accept, give back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.renderings.actions import touch
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import (
    CellCorrection,
    ReceivedEvent,
    ReceivedReport,
    ReceivedVerdict,
    SettledReport,
)
from gongkai.office.reporting.queries.received import effective, judged_findings, previous_of, stage_of
from gongkai.office.reporting.settling import ARCHIVE, settle
from gongkai.regulation.annual_report import check, finding_to_json
from gongkai.regulation.annual_report.aggregate import folded
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.finding import SEVERITIES

FIRST_YEAR = 2008
"""The regulation of 2007 is in force since then; no agency reported on an earlier year."""
_LEAST_REASON = 4


@transaction.atomic
def identify(
    report: ReceivedReport, *, organ: Organ | None, agency: str, year: int, by: User, at: datetime
) -> ReceivedReport:
    """Confirm whose report it is and of which year. Without `organ` it is of an agency outside our tree.

    Errors: Refused without the role, for a year that can't be, or a report that is decided upon.
    """
    report = _locked(report)
    _require_open(report, by, at)
    agency = organ.name if organ is not None else " ".join(agency.split())
    if not agency:
        raise Refused("请选择报告机关；名录里没有的，请填写它的全称。")
    today = timezone.localdate(at)
    if not FIRST_YEAR <= year <= today.year:
        raise Refused(f"报告年度应当在{FIRST_YEAR}年到{today.year}年之间。请对照报告标题填写。")
    report.organ, report.agency, report.year, report.is_identified = organ, agency, year, True
    report.save(update_fields=["organ", "agency", "year", "is_identified"])
    detail = {"organ": organ.code if organ else None, "agency": agency, "year": year}
    _event(report, ReceivedEvent.Kind.IDENTIFIED, detail, by=by, at=at)
    recheck(report)
    return report


@transaction.atomic
def correct(
    report: ReceivedReport, address: str, *, state: str, value: str, reason: str, by: User, at: datetime
) -> CellCorrection:
    """Say what a cell really holds. What was read stays; the correction is an entry beside it, and the check runs again.

    `value` is what the paper prints: a number, nothing for a blank, the sign for a mark.
    Errors: Refused without the role or a reason, for what is no number, or a report that is decided upon.
    """
    report = _locked(report)
    _require_open(report, by, at)
    current = effective(report)
    if address not in current.cells:
        raise Refused("报告里没有这一格，没有更正。请从表格里选择要更正的格。")
    if len(reason.strip()) < _LEAST_REASON:
        raise Refused("请写明更正的理由，例如“对照原文第3页，应为12”。更正会留下记录。")
    name = cell_names(current.table_editions[address.partition(".")[0]])[address]
    number = _number(value, name.is_decimal, name.is_signed) if state == CellCorrection.State.NUMBER else None
    correction = CellCorrection.objects.create(
        report=report,
        address=address,
        state=state,
        value=number,
        text="" if state == CellCorrection.State.BLANK else value.strip()[:60],
        reason=reason.strip()[:200],
        by=by,
        at=at,
    )
    before = current.cells[address]
    detail = {
        "cell": address,
        "before": [before.state, before.text],
        "after": [state, correction.text],
        "reason": correction.reason,
    }
    audit.record(_act(report, "correct_cell", detail, by), at=at)
    recheck(report)
    return correction


@transaction.atomic
def judge(
    report: ReceivedReport, evidence: str, *, judgement: str, text: str, by: User, at: datetime
) -> ReceivedVerdict:
    """Say of a finding that it is explained, or is none. It holds until what the finding rests on changes.

    Errors: Refused without the role or a reason, or when the finding isn't there (any more).
    """
    report = _locked(report)
    _require_open(report, by, at)
    found = next((each for each in judged_findings(report, effective(report)) if each.evidence == evidence), None)
    if found is None:
        raise Refused("这个问题已经不在了：数据可能刚被更正。请刷新页面再看。")
    if len(text.strip()) < _LEAST_REASON:
        raise Refused("请写明理由：以后核对的人要看得懂为什么这样处理。")
    verdict = ReceivedVerdict.objects.create(
        report=report,
        code=found.finding["code"],
        evidence=evidence,
        judgement=judgement,
        text=text.strip()[:500],
        message=found.finding["message"],
        by=by,
        at=at,
    )
    detail = {"code": verdict.code, "judgement": judgement, "text": verdict.text}
    audit.record(_act(report, "judge_finding", detail, by), at=at)
    return verdict


@transaction.atomic
def accept(report: ReceivedReport, *, is_public: bool, by: User, at: datetime) -> ReceivedReport:
    """Accept a report: from now on it counts in collections, in place of an earlier one of the agency and year.

    `is_public` says that the agency has published it, so that the public may ask for its numbers here.
    Errors: Refused without the role, unidentified, or with errors that nobody explained.
    """
    report = _locked(report)
    _require_open(report, by, at)
    if not report.is_identified or report.year is None:
        raise Refused("还没有确认这是哪个机关、哪一年的报告，不能接受。请先确认机关和年度。")
    current = effective(report)
    open_errors = [
        each for each in judged_findings(report, current) if each.is_open and each.finding["severity"] == "error"
    ]
    if open_errors:
        codes = "、".join(sorted({str(each.finding["code"]) for each in open_errors}))
        raise Refused(
            f"还有{len(open_errors)}个错误没有处理（{codes}），不能接受。请更正读错的格、写明处理意见，或者退回报告机关修改。"
        )
    earlier = (
        SettledReport.objects.filter(agency_key=folded(report.agency), year=report.year)
        .select_related("received")
        .first()
    )
    if earlier is not None and earlier.report_year_id:
        raise Refused(
            f"{report.agency}{report.year}年度的报告是在本系统编制、发布的，以本系统的为准，不能再接受上传的。"
        )
    if earlier is not None and earlier.received is not None and earlier.received_id != report.pk:
        _event(earlier.received, ReceivedEvent.Kind.SUPERSEDED, {"by_report": report.pk}, by=by, at=at)
    _event(report, ReceivedEvent.Kind.ACCEPTED, {"is_public": is_public}, by=by, at=at)
    settle(
        current,
        organ=report.organ,
        errors=report.errors,
        warnings=report.warnings,
        is_public=is_public,
        received=report,
        at=at,
    )
    touch({ARCHIVE})
    return report


@transaction.atomic
def give_back(report: ReceivedReport, *, note: str, due_on: date, by: User, at: datetime) -> ReceivedEvent:
    """Return a report with its findings, to be handed in again by a day. The letter is made from what is kept here.

    Errors: Refused without the role, unidentified, or for a day that has passed.
    """
    report = _locked(report)
    _require_open(report, by, at)
    if not report.is_identified:
        raise Refused("还没有确认这是哪个机关、哪一年的报告，不知道退给谁。请先确认机关和年度。")
    if due_on < timezone.localdate(at):
        raise Refused("重新报送的期限已经过去了。请填写今天以后的日期。")
    listed = [each.finding for each in judged_findings(report, effective(report)) if each.is_open]
    if not listed and not note.strip():
        raise Refused("没有待处理的问题，也没有写退回意见，报告机关不知道要改什么。请写明退回的原因。")
    detail = {"note": note.strip()[:1000], "due_on": due_on.isoformat(), "findings": listed}
    return _event(report, ReceivedEvent.Kind.RETURNED, detail, by=by, at=at)


def recheck(report: ReceivedReport) -> None:
    """Check a report as it counts now, across years where the year before was accepted."""
    found = check(effective(report), previous=previous_of(report))
    report.findings = [*report.noticed, *map(finding_to_json, found)]
    report.findings.sort(key=lambda each: SEVERITIES.index(each["severity"]))
    severities = [each["severity"] for each in report.findings]
    report.errors, report.warnings = severities.count("error"), severities.count("warning")
    report.save(update_fields=["findings", "errors", "warnings"])


def _require_open(report: ReceivedReport, by: User, at: datetime) -> None:
    policy.require(by, "receive", report.receiver, on=timezone.localdate(at))
    stage = stage_of(report)
    if stage not in ("unidentified", "open"):
        told = {"accepted": "已经接受", "returned": "已经退回", "superseded": "已被新的报告代替"}[stage]
        raise Refused(f"这份报告{told}，不能再改。有新的文件，请重新上传。")


def _locked(report: ReceivedReport) -> ReceivedReport:
    return ReceivedReport.objects.select_for_update().get(pk=report.pk)


def _event(
    report: ReceivedReport, kind: ReceivedEvent.Kind, detail: Mapping[str, object], *, by: User, at: datetime
) -> ReceivedEvent:
    event = ReceivedEvent.objects.create(report=report, kind=kind, at=at, by=by, detail=detail)
    told = {name: value for name, value in detail.items() if name != "findings"}
    audit.record(_act(report, kind.value, told, by), at=at)
    return event


def _act(report: ReceivedReport, verb: str, detail: Mapping[str, object], by: User) -> audit.Act:
    told = {**detail, "account": by.get_username()}
    return audit.Act(by.staff_number, f"reporting.{verb}", f"reporting.received:{report.pk}", "ogi-2019#49", told)


def _number(text: str, is_decimal: bool, is_signed: bool) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", "").replace("，", ""))
    except InvalidOperation as wrong:
        raise Refused(f"“{text}”不是数字，没有更正。空白和符号（/ — 无）请选相应的情况。") from wrong
    if not number.is_finite() or (number < 0 and not is_signed):
        raise Refused(f"这一格不能是“{text}”：件数、项数不会小于零。请对照原文再看。")
    if number != number.to_integral_value() and not is_decimal:
        raise Refused(f"这一格是件数或项数，不能是小数“{text}”。请对照原文再看。")
    return number
