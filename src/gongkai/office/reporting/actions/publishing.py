"""A report goes to the public (发布年度报告): as an item through the three reviews, and from then on it counts."""

from __future__ import annotations

from dataclasses import replace
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
from gongkai.office.reporting.models import Compilation, PublishedReport, ReportYear
from gongkai.office.reporting.publication import content_of, genuine, reason_of, report_in, seal_of, subject, was_public
from gongkai.office.reporting.queries.figures import locked
from gongkai.office.reporting.queries.years import stage_of
from gongkai.office.reporting.record import lock_row, note
from gongkai.office.reporting.settling import ARCHIVE, settle, unsettle


@transaction.atomic
def begin_publication(report_year: ReportYear, *, by: User, at: datetime) -> PublishedReport:
    """Make the item of a report that was handed over, as a draft; or put its draft back to what the report says.

    From here on it is an item like any other: handed in, reviewed by three people, published. A report that was corrected
    is laid beside its public item as a correction, with the reason as the note that the public reads.
    Errors: Refused: not handed over; without the role of an editor; no column for it; public already; hand-written work on
    the item that is still under way.
    """
    report_year = lock_row(report_year)
    if stage_of(report_year) != "handed_over":
        raise Refused("报告还没有交付发布。请先定稿报送，由政务公开机构交付发布。")
    compilation = locked(report_year)
    assert compilation is not None, "what is handed over was locked"
    draft = _drafted(report_year, compilation, by=by, at=at)
    found, _ = PublishedReport.objects.update_or_create(
        compilation=compilation,
        defaults={
            "report_year": report_year,
            "item": draft.item,
            "content_hash": draft.content_hash,
            "begun_by": by,
            "begun_at": at,
        },
    )
    note(report_year, "begin_publication", {"item": found.item_id, "content_hash": found.content_hash}, by=by, at=at)
    return found


def _drafted(report_year: ReportYear, compilation: Compilation, *, by: User, at: datetime) -> Draft:
    """The draft that says what the report says: of a new item, or of the one that it has been."""
    content = content_of(report_year, on=at)
    before = report_year.publications.select_related("item").last()
    standing = Draft.objects.filter(item=before.item).first() if before else None
    if before is None or (standing is None and before.item.published_at is None):
        return publishing.draft(report_year.organ, content, by=by, at=at)
    item, note = before.item, reason_of(compilation)
    if item.published_at is not None:
        # A corrected report is the same document: it was written when it was.
        content = replace(content, correction_note=note, formed_date=item.formed_date, written_date=item.written_date)
    if standing is None:
        if before.compilation_id == compilation.pk and was_public(before):
            raise Refused(
                "报告已经公开过。数据或者文字有误的，由政务公开机构“启动更正”；只是撤下以后恢复公开，在这条信息上“申请恢复”。"
            )
        if item.withdrawn_at is None:
            return publishing.correct(item, note=note, content=content, by=by, at=at)
        standing = publishing.restore(item, note=note, by=by, at=at)
    return publishing.edit(item, content, edition=standing.edition, by=by, at=at)


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
    if genuine(published.item) != published:
        return 0
    report = report_in(published)
    # Sealed as soon as it is public: whoever verifies a file of the text before it learns that there is a later one.
    seal_of(published, report, at=at)
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
