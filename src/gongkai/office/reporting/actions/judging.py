"""What a person says of a finding."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import policy
from gongkai.office.reporting.checking import findings_of
from gongkai.office.reporting.models import FindingVerdict, ReportYear
from gongkai.office.reporting.record import note


@transaction.atomic
def judge(
    report_year: ReportYear, evidence: str, *, judgement: str, text: str, by: User, at: datetime
) -> FindingVerdict:
    """Explain a finding, or show that it is none. It holds until what the finding rests on changes.

    Errors: Refused: without the role; no reason; a finding that is not there (any more).
    """
    policy.require(by, "judge", report_year.organ, on=localdate(at))
    if not text.strip():
        raise Refused("请写明原因或者核对的经过。只选意见不写理由，以后没有人知道为什么。")
    found = next((each for each in findings_of(report_year) if each.evidence == evidence), None)
    if found is None:
        raise Refused("这个问题已经没有了，或者数据变了。请刷新页面，按现在的问题说明。")
    verdict = FindingVerdict.objects.create(
        report_year=report_year,
        code=found.finding.code,
        evidence=evidence,
        judgement=FindingVerdict.Judgement(judgement),
        text=text.strip(),
        message=found.message,
        by=by,
        at=at,
    )
    told = {"code": verdict.code, "judgement": judgement, "text": verdict.text, "message": verdict.message}
    note(report_year, "judge", told, by=by, at=at)
    return verdict
