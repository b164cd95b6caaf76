"""A public report turns out to be wrong: corrected from the ledger, through three reviews, the earlier text still there."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Seal
from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.actions.publishing import begin_publication, settle_published
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.models import PublishedReport, SettledReport
from gongkai.office.reporting.publication import genuine, report_in
from gongkai.office.reporting.queries import differences, locked, stage_of
from gongkai.office.reporting.queries.years import board
from tests.office.cast import Cast
from tests.office.normative import records
from tests.office.reporting.ledger import YEAR
from tests.office.reporting.published import begun, later, public, reviewed

REASON = "一件规范性文件登记漏了，补登后本年制发件数增加1件。"


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    settings.RENDERINGS_ROOT = tmp_path / "public"


def found_late(cast: Cast):
    """A document of the year that nobody had registered."""
    signed = datetime(YEAR, 3, 1, tzinfo=UTC).date()
    return records.document(cast, signed, written_date=signed)


def reopened(cast: Cast) -> PublishedReport:
    """A public report whose correction has begun."""
    first = public(cast)
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    return first


YEARS_LATER = 3 * 366 * 24 * 60
"""In minutes."""


def passed_again(cast: Cast, first: PublishedReport, *, after: int = 21) -> PublishedReport:
    """Its correction, final, handed over and passed by the same three people."""
    report_year = first.report_year
    actions.hand_in(report_year, by=cast.editor, at=later(after))
    actions.hand_over(report_year, by=cast.officer, at=later(after + 1))
    second = begin_publication(report_year, by=cast.editor, at=later(after + 2))
    reviewed(cast, second, first=after + 3)
    settle_published(at=later(after + 20))
    return PublishedReport.objects.select_related("item", "report_year", "compilation").get(pk=second.pk)


def get(client, name: str, *parts: object, status: int = 200) -> bytes:
    response = client.get(reverse(name, args=parts))
    assert response.status_code == status
    return response.content


def test_what_is_public_stays_public_and_whole_while_it_is_corrected(client, cast):
    first = public(cast)
    published_json = get(client, "published_report_file", first.item_id, "json")
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    assert stage_of(first.report_year) == "reopened"
    actions.hand_in(first.report_year, by=cast.editor, at=later(21))
    actions.hand_over(first.report_year, by=cast.officer, at=later(22))
    second = begin_publication(first.report_year, by=cast.editor, at=later(23))
    assert second.item_id == first.item_id
    first.item.refresh_from_db()
    assert genuine(first.item) == first
    assert get(client, "published_report_file", first.item_id, "json") == published_json


def test_the_corrected_report_takes_its_place_by_three_reviews_and_says_why(client, cast):
    first = reopened(cast)
    second = passed_again(cast, first)
    assert genuine(second.item) == second
    cell = "art20_1.normative_documents.issued"
    assert (report_in(first).value(cell), report_in(second).value(cell)) == (0, 1)
    page = get(client, "item", second.item_id).decode()
    assert REASON in page
    contract = json.loads(get(client, "published_report_file", second.item_id, "json"))
    assert contract["cells"][cell]["value"] == 1
    assert SettledReport.objects.count() == 1
    assert stage_of(first.report_year) == "handed_over"


def test_a_report_that_is_corrected_years_later_is_still_the_document_that_it_was(cast):
    second = passed_again(cast, reopened(cast), after=YEARS_LATER)
    first_version, corrected = (each.content for each in second.item.versions.order_by("number"))
    assert [corrected[date] for date in ("written_date", "formed_date")] == [
        first_version[date] for date in ("written_date", "formed_date")
    ]
    assert genuine(second.item) == second


def test_a_draft_that_was_given_up_can_be_begun_again(cast):
    first = begun(cast)
    publishing.discard(first.item, reason="先核对一遍", by=cast.editor, at=later(2))
    again = begin_publication(first.report_year, by=cast.editor, at=later(3))
    assert (again.pk, again.item.published_at) == (first.pk, None)
    reviewed(cast, again, first=4)
    settle_published(at=later(10))
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    actions.hand_in(first.report_year, by=cast.editor, at=later(21))
    actions.hand_over(first.report_year, by=cast.officer, at=later(22))
    correction = begin_publication(first.report_year, by=cast.editor, at=later(23))
    publishing.discard(correction.item, reason="再核对一遍", by=cast.editor, at=later(24))
    second = begin_publication(first.report_year, by=cast.editor, at=later(25))
    reviewed(cast, second, first=26)
    second.item.refresh_from_db()
    assert genuine(second.item) == second
    with pytest.raises(Refused, match="已经公开过"):
        begin_publication(first.report_year, by=cast.editor, at=later(60))


def test_the_earlier_text_is_reached_from_the_page_and_names_the_numbers_that_changed(client, cast):
    first = reopened(cast)
    second = passed_again(cast, first)
    address = reverse("former_report", args=[second.item_id, 1])
    assert address in get(client, "item", second.item_id).decode()
    page = get(client, "former_report", second.item_id, 1).decode()
    assert "规范性文件" in page.partition("与现在的文本不同的数据")[2].partition("</table>")[0]
    get(client, "former_report", second.item_id, 2, status=404)
    get(client, "former_report", second.item_id, 9, status=404)
    for ending in ("pdf", "docx", "xlsx", "csv", "json"):
        assert get(client, "former_report_file", second.item_id, 1, ending)


def test_the_bytes_that_were_given_out_are_given_out_for_good(client, cast):
    first = public(cast)
    before = get(client, "published_report_file", first.item_id, "json")
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    second = passed_again(cast, first)
    assert get(client, "former_report_file", second.item_id, 1, "json") == before
    assert get(client, "published_report_file", second.item_id, "json") != before


def test_a_file_of_the_earlier_text_verifies_as_corrected_also_when_nobody_took_one_since(client, cast):
    first = public(cast)
    code = json.loads(get(client, "published_report_file", first.item_id, "json"))["verification"]["code"]
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    second = passed_again(cast, first)
    assert "更正" in get(client, "verify_code", code).decode()
    get(client, "former_report_file", second.item_id, 1, "pdf")
    assert sorted(Seal.objects.values_list("ended_as", flat=True)) == ["", Seal.Ending.SUPERSEDED]


def test_a_change_after_publication_is_a_difference_that_names_the_record(cast):
    first = public(cast)
    document = found_late(cast)
    found = {each.key: each for each in differences(first.report_year)}
    [cause] = found["art20_1.normative_documents.issued"].causes
    assert cause.record.id == document.pk
    assert cause.is_added
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    assert differences(first.report_year) == []


def test_words_alone_can_be_corrected(cast):
    first = public(cast)
    actions.reopen(first.report_year, reason="第五部分有一句写错", by=cast.officer, at=later(20))
    part = first.report_year.narrative_parts.filter(section="problems", level=0).first()
    actions.edit(part, text="改正过的一句。", by=cast.editor, at=later(20))
    second = passed_again(cast, first)
    assert second.compilation.digest == first.compilation.digest
    assert "改正过的一句。" in str(report_in(second).narrative.sections)
    assert "改正过的一句。" not in str(report_in(first).narrative.sections)


def test_only_the_office_reopens_and_only_with_a_reason(cast):
    first = begun(cast)
    with pytest.raises(Refused, match="启动年度报告的更正"):
        actions.reopen(first.report_year, reason=REASON, by=cast.editor, at=later(2))
    with pytest.raises(Refused, match="写明更正的原因"):
        actions.reopen(first.report_year, reason=" ", by=cast.officer, at=later(2))
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(2))
    with pytest.raises(Refused, match="已经交付发布的报告"):
        actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(3))


def test_a_report_that_is_not_public_yet_is_put_right_in_the_same_draft(cast):
    first = begun(cast)
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(2))
    second = passed_again(cast, first)
    assert second.item_id == first.item_id
    assert Item.objects.get(pk=second.item_id).versions.count() == 1
    assert genuine(second.item) == second


def test_a_withdrawn_report_comes_back_corrected(client, cast):
    first = public(cast)
    publishing.withdraw(first.item, reason="数字有误", by=cast.officer, at=later(15))
    settle_published(at=later(16))
    found_late(cast)
    actions.reopen(first.report_year, reason=REASON, by=cast.officer, at=later(20))
    second = passed_again(cast, first)
    assert genuine(second.item) == second
    assert SettledReport.objects.get().is_public
    assert REASON in get(client, "item", second.item_id).decode()


def test_a_correction_is_told_as_such_and_is_never_overdue(cast):
    first = reopened(cast)
    [standing] = board(type(first.report_year).objects.all(), on=datetime(YEAR + 2, 1, 1, tzinfo=UTC).date())
    assert (standing.label, standing.is_overdue, standing.is_done) == ("更正中", False, False)
    actions.lock(first.report_year, reason="再核一遍", by=cast.officer, at=later(21))
    [standing] = board(type(first.report_year).objects.all(), on=datetime(YEAR + 2, 1, 1, tzinfo=UTC).date())
    assert (standing.label, standing.is_overdue) == ("更正中：数据已锁定", False)
    assert report_of(first.report_year, first.compilation) == report_in(first)
    assert locked(first.report_year) != first.compilation
