"""A report from its counting to the public, for tests that begin there."""

from __future__ import annotations

from datetime import datetime, timedelta

from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing.models import Column
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.publishing import begin_publication, settle_published
from gongkai.office.reporting.models import PublishedReport, ReportYear
from tests.office.cast import Cast
from tests.office.publishing.stage import STEPS, shown
from tests.office.reporting.ledger import JANUARY, YEAR, published
from tests.office.reporting.test_checking import ready


def later(minutes: int) -> datetime:
    return JANUARY + timedelta(minutes=minutes)


def handed_over(cast: Cast, *, items: int = 3, year: int = YEAR) -> ReportYear:
    """Counted, locked, written, final, and given to publication."""
    Column.objects.get_or_create(code="annual-reports", defaults={"name": "政府信息公开年报", "path": "0009."})
    published(cast, items, year=year)
    report_year = ready(cast, year=year)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    actions.hand_in(report_year, by=cast.editor, at=JANUARY)
    actions.hand_over(report_year, by=cast.officer, at=JANUARY)
    return report_year


def begun(cast: Cast, **more: int) -> PublishedReport:
    """Its item is drafted."""
    return begin_publication(handed_over(cast, **more), by=cast.editor, at=later(1))


def reviewed(cast: Cast, report: PublishedReport, *, first: int = 2) -> None:
    """Handed in (so many minutes later), cleared, and passed by three people."""
    item = report.item
    text = shown(item)
    reasons = dict.fromkeys(codes(cast, report), "年度报告的正文按法定格式")
    publishing.submit(item, content_hash=text, by=cast.editor, at=later(first), reasons=reasons)
    publishing.review_secrecy(
        item, decision="may_disclose", basis="不涉及国家秘密", content_hash=text, by=cast.secrecy, at=later(first + 1)
    )
    for number, (step, by) in enumerate(zip(STEPS, (cast.first, cast.second, cast.final), strict=True)):
        publishing.pass_review(item, step=step, content_hash=text, by=by, at=later(first + 3 + number))  # type: ignore[arg-type]


def codes(cast: Cast, report: PublishedReport) -> list[str]:
    """What the pre-check asks a reason for."""
    from gongkai.office.publishing import precheck
    from gongkai.office.publishing.content import Content

    content = Content.from_json(report.item.draft.content)
    found = precheck.check(content, report.item.organ, on=JANUARY.date(), item=report.item)
    assert not precheck.errors(found), found
    return [each.code for each in found]


def public(cast: Cast, **more: int) -> PublishedReport:
    """It is public, and counts."""
    report = begun(cast, **more)
    reviewed(cast, report)
    settle_published(at=later(10))
    return PublishedReport.objects.select_related("item", "report_year", "compilation").get(pk=report.pk)
