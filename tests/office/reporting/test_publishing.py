"""A report goes to the public: through three reviews, in every format with the same numbers."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from django.urls import reverse

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read_bytes
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Seal
from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing.content import Content
from gongkai.office.reporting.actions.publishing import begin_publication, settle_published
from gongkai.office.reporting.models import SettledReport
from gongkai.office.reporting.pictures import pictures
from gongkai.office.reporting.publication import FORMATS, genuine, report_in
from gongkai.regulation.annual_report import from_json, read
from tests.office.reporting.ledger import JANUARY
from tests.office.reporting.published import begun, handed_over, later, public, reviewed
from tests.office.reporting.received import accepted
from tests.office.reporting.test_archive import of
from tests.office.reporting.test_checking import ready


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DATA_DIR = tmp_path / "data"
    settings.RENDERINGS_ROOT = tmp_path / "public"


def page(client, name: str, *parts: object, status: int = 200) -> str:
    response = client.get(reverse(name, args=parts))
    assert response.status_code == status
    return response.content.decode()


def values(report) -> dict[str, object]:
    return {address: (cell.state, cell.value) for address, cell in report.cells.items()}


def test_a_report_becomes_an_item_only_when_it_is_handed_over(cast):
    with pytest.raises(Refused, match="还没有交付发布"):
        begin_publication(ready(cast), by=cast.editor, at=JANUARY)


def test_without_the_statutory_column_it_is_said_what_is_missing(cast):
    report_year = handed_over(cast)
    from gongkai.office.publishing.models import Column

    Column.objects.filter(code="annual-reports").delete()
    with pytest.raises(Refused, match="annual-reports"):
        begin_publication(report_year, by=cast.editor, at=JANUARY)


def test_who_is_no_editor_begins_nothing(cast):
    report_year = handed_over(cast)
    with pytest.raises(Refused, match="起草、修改、送审"):
        begin_publication(report_year, by=cast.officer, at=JANUARY)


def test_three_people_pass_it_and_nothing_is_public_before(client, cast):
    report = begun(cast)
    assert genuine(report.item) is None
    page(client, "item", report.item_id, status=404)
    page(client, "published_report_file", report.item_id, "pdf", status=404)
    assert settle_published(at=later(2)) == 0
    reviewed(cast, report)
    report.item.refresh_from_db()
    assert genuine(report.item) == report
    assert settle_published(at=later(10)) == 1
    assert SettledReport.objects.get().report_year == report.report_year
    assert settle_published(at=later(11)) == 0


def test_every_format_read_back_by_our_own_reader_has_the_same_numbers(client, cast):
    report = public(cast)
    expected = values(report_in(report))
    assert expected["applications.new_received.total"] == ("number", 0)
    pages = {"item": client.get(reverse("item", args=[report.item_id])).content}
    for ending in FORMATS:
        pages[ending] = client.get(reverse("published_report_file", args=[report.item_id, ending])).content
    for ending, content in pages.items():
        if ending == "json":
            found = from_json(json.loads(content))
        else:
            document = read_bytes(content, f"report.{'html' if ending == 'item' else ending}")
            assert not isinstance(document, Refusal), (ending, document)
            found = read(document)
            assert not isinstance(found, Refusal), (ending, found)
        assert (found.agency, found.year) == ("青溪县教育局", 2024), ending
        assert values(found) == expected, ending


def test_the_words_are_those_of_the_final_report_in_every_format(client, cast):
    report = public(cast)
    sentence = next(each.text for each in report_in(report).narrative.sections["problems"] if not each.level)
    assert sentence in page(client, "item", report.item_id)
    contract = json.loads(client.get(reverse("published_report_file", args=[report.item_id, "json"])).content)
    assert sentence in str(contract["narrative"])


def test_a_file_carries_a_code_that_can_be_verified_and_is_always_the_same(client, cast):
    report = public(cast)
    address = reverse("published_report_file", args=[report.item_id, "json"])
    first = client.get(address)
    assert client.get(address).content == first.content
    code = json.loads(first.content)["verification"]["code"]
    assert "青溪县教育局2024年" in page(client, "verify_code", code)
    assert first["Content-Disposition"].startswith("attachment")


def test_the_page_shows_charts_files_and_where_the_numbers_come_from(client, cast):
    accepted(cast, of("青溪县教育局", 2023, 4), cast.education)
    report = public(cast)
    text = page(client, "item", report.item_id)
    assert "近2年的申请" in text
    for ending in FORMATS:
        assert reverse("published_report_file", args=[report.item_id, ending]) in text
    assert " style=" not in text
    with ZipFile(
        io.BytesIO(client.get(reverse("published_report_file", args=[report.item_id, "docx"])).content)
    ) as archive:
        assert 'descr="近2年的申请。' in archive.read("word/document.xml").decode()


def test_it_stands_in_the_statutory_column_the_feed_and_the_api(client, cast):
    report = public(cast)
    address = reverse("item", args=[report.item_id])
    assert address in page(client, "disclosure_annual_reports")
    assert address in page(client, "column_feed_atom", "annual-reports")
    assert "2024年政府信息公开工作年度报告" in client.get("/api/v1/items").content.decode()


def test_the_public_sees_rules_and_the_lists_of_public_records_only(client, cast):
    report = public(cast, items=3)
    text = page(client, "published_report_figures", report.item_id)
    assert "统计口径" in text
    listed = page(client, "published_report_figure", report.item_id, "items_disclosed")
    assert listed.count('<li><div><a href="/item/') == 3
    hidden = report.compilation.figures.filter(is_public=False).first()
    if hidden is not None:
        told = page(client, "published_report_figure", report.item_id, hidden.key.replace(".", "-"))
        assert "只公开数量和统计口径" in told


def test_a_record_withdrawn_since_is_counted_and_not_named(client, cast):
    report = public(cast, items=3)
    from gongkai.office.publishing.models import Item

    gone = Item.objects.filter(column=cast.column).first()
    publishing.withdraw(gone, reason="内容有误", by=cast.officer, at=later(20))
    listed = page(client, "published_report_figure", report.item_id, "items_disclosed")
    assert gone.title not in listed.partition("<main")[2]
    assert "1条记录没有公开页面" in listed


def test_a_draft_that_was_changed_by_hand_is_told_and_can_be_put_back(client, cast):
    report = begun(cast)
    item = report.item
    changed = replace(Content.from_json(item.draft.content), body="<p>改过的正文。</p>")
    publishing.edit(item, changed, edition=item.draft.edition, by=cast.editor, at=later(2))
    item.refresh_from_db()
    assert item.draft.content_hash != report.content_hash
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    assert "恢复成定稿" in page(client, "reporting_year", report.report_year_id)
    assert client.post(reverse("reporting_begin_publication", args=[report.report_year_id])).status_code == 302
    report.refresh_from_db()
    item.draft.refresh_from_db()
    assert item.draft.content_hash == report.content_hash


def test_what_is_public_with_other_words_shows_no_charts_and_offers_no_files(client, cast):
    report = begun(cast)
    item = report.item
    changed = replace(Content.from_json(item.draft.content), body="<p>改过的正文。</p>")
    publishing.edit(item, changed, edition=item.draft.edition, by=cast.editor, at=later(2))
    item.refresh_from_db()
    reviewed(cast, report)
    assert "<svg xmlns" not in page(client, "item", item.pk).partition("<main")[2].partition("</main>")[0]
    page(client, "published_report_file", item.pk, "pdf", status=404)
    assert settle_published(at=later(10)) == 0


def test_what_is_withdrawn_counts_no_longer_and_its_seal_ends(client, cast):
    report = public(cast)
    client.get(reverse("published_report_file", args=[report.item_id, "csv"]))
    publishing.withdraw(report.item, reason="数字有误", by=cast.officer, at=later(20))
    page(client, "published_report_file", report.item_id, "csv", status=404)
    assert settle_published(at=later(21)) == 1
    assert not SettledReport.objects.exists()
    assert Seal.objects.get().ended_as == Seal.Ending.WITHDRAWN


def test_a_year_with_applications_is_drawn_and_one_without_is_not():
    drawn = pictures(of("青溪县教育局", 2023, 4), [of("青溪县教育局", 2022, 3)])
    assert [re.search(r"<title[^>]*>(.*?)</title>", each)[1] for each in drawn] == [
        "2023年申请的来源和去向", "2023年办理结果的构成", "近2年的申请"
    ]  # fmt: skip
    assert "予以公开 4件（100%）" in drawn[1]
    assert pictures(of("青溪县教育局", 2023, 0)) == []
