"""A report goes to the public (发布年度报告): as an item through the three reviews, and from then on it counts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.audit.models import Seal
from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing.models import Draft
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch
from gongkai.office.reporting.models import PublishedReport, ReportYear
from gongkai.office.reporting.publication import content_of, genuine, report_in, subject
from gongkai.office.reporting.queries.figures import locked
from gongkai.office.reporting.queries.years import stage_of
from gongkai.office.reporting.record import lock_row, note
from gongkai.office.reporting.settling import ARCHIVE, settle, unsettle


@transaction.atomic
def begin_publication(report_year: ReportYear, *, by: User, at: datetime) -> PublishedReport:
    """Make the item of a report that was handed over, as a draft; or put its draft back to what the report says.

    From here on it is an item like any other: handed in, reviewed by three people, published.
    Errors: Refused: not handed over; without the role of an editor; no column for it; public already.
    """
    report_year = lock_row(report_year)
    if stage_of(report_year) != "handed_over":
        raise Refused("报告还没有交付发布。请先定稿报送，由政务公开机构交付发布。")
    compilation = locked(report_year)
    assert compilation is not None, "what is handed over was locked"
    content = content_of(report_year, on=at)
    found = PublishedReport.objects.filter(report_year=report_year).select_related("item").first()
    if found is None:
        draft = publishing.draft(report_year.organ, content, by=by, at=at)
        found = PublishedReport(report_year=report_year, item=draft.item)
    else:
        standing = Draft.objects.filter(item=found.item).first()
        if standing is None and found.item.withdrawn_at is not None:
            raise Refused("报告已经撤下。要恢复公开，请在这条信息上“申请恢复”。")
        if standing is None:
            raise Refused("报告已经公开。要更正，请在这条信息上“发起更正”，并写明更正了什么。")
        draft = publishing.edit(found.item, content, edition=standing.edition, by=by, at=at)
    found.compilation, found.content_hash = compilation, draft.content_hash
    found.begun_by, found.begun_at = by, at
    found.save()
    note(report_year, "begin_publication", {"item": found.item_id, "content_hash": found.content_hash}, by=by, at=at)
    return found


def settle_published(*, at: datetime) -> int:
    """Have reports count that became public, and no longer those that were withdrawn. For the clock; gives how many."""
    count = 0
    for each in PublishedReport.objects.filter(
        settled_at=None, item__published_at__isnull=False, item__withdrawn_at=None
    ):
        count += _settle(each, at)
    for each in PublishedReport.objects.filter(settled_at__isnull=False, item__withdrawn_at__isnull=False):
        _unsettle(each, at)
        count += 1
    return count


@transaction.atomic
def _settle(published: PublishedReport, at: datetime) -> int:
    if genuine(published.item) is None:
        return 0
    report = report_in(published)
    settle(
        report,
        organ=published.report_year.organ,
        errors=0,
        warnings=0,
        is_public=True,
        report_year=published.report_year,
        at=at,
    )
    PublishedReport.objects.filter(pk=published.pk).update(settled_at=at)
    touch({ARCHIVE, keys.item(published.item_id)})
    return 1


@transaction.atomic
def _unsettle(published: PublishedReport, at: datetime) -> None:
    unsettle(published.report_year)
    audit.end(subject(published), Seal.Ending.WITHDRAWN, published.item.withdrawn_reason, at=at)
    PublishedReport.objects.filter(pk=published.pk).update(settled_at=None)
    touch({ARCHIVE})
