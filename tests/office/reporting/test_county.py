"""The demonstration county's report: what the records say, and nothing but the records.

The figures here were laid down before the county was made; no code and no data file of the product holds one of them.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from gongkai.documents.readers import read_bytes
from gongkai.office import reporting as room
from gongkai.office.accounts.models import User
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.organs.models import Organ
from gongkai.office.project.demonstration import county, reports
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.checking import findings_of
from gongkai.office.reporting.collection import hierarchy
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.counting import count
from gongkai.office.reporting.files import FORMATS, file_of
from gongkai.office.reporting.models import ReceivedReport, ReportYear, SettledReport
from gongkai.office.reporting.publication import genuine
from gongkai.office.reporting.queries import (
    board,
    differences,
    figures_of,
    locked,
    records_behind,
    stage_of,
    subordinate_years,
)
from gongkai.office.reporting.queries.received import stage_of as received_stage
from gongkai.regulation.annual_report import check, claims, from_json, read
from gongkai.regulation.annual_report.compiling import input_cells

NOW = datetime(2026, 1, 12, 1, 0, tzinfo=UTC)
TABLES = {
    "art20_1.normative_documents.newly_made": 8,
    "art20_1.normative_documents.newly_disclosed": 8,
    "art20_1.normative_documents.total_disclosed": 314,
    "art20_9.centralized_procurement.project_count": 1,
    "art20_9.centralized_procurement.total_amount_wan": Decimal("9.46"),
    "applications.new_received.natural_person": 2,
    "applications.granted.natural_person": 2,
}
"""Every input cell of the 2020 report that is not 0."""
WORDS = {
    "items_disclosed": 5687,
    "weibo_posts": 618,
    "wechat_articles": 801,
    "online_service_cases": 126048,
    "press_conferences": 10,
    "interpretations": 64,
    "excellent_interpretations": 2,
    "responses": 353,
    "epidemic_responses": 147,
    "three_battles_items": 383,
    "grassroots_fields": 26,
    "message_reply_working_days": 3,
    "applications_received": 2,
    "natural_person_applications": 2,
    "completion_rate": 100,
}


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The county, loaded once for all tests here and taken away afterwards."""
    with django_db_blocker.unblock(), transaction.atomic():
        county.load(at=NOW)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def report_year(loaded: None, django_db_blocker: Any) -> Iterator[ReportYear]:
    """The county's report of 2020; what a test does to the records is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield ReportYear.objects.get(organ__code="qingxi", year=2020)
        transaction.set_rollback(True)


def test_its_tables_are_those_of_the_design(report_year: ReportYear) -> None:
    report = report_of(report_year)
    counted = {address: report.value(address) for address in input_cells("2019")}
    assert {address: value for address, value in counted.items() if value} == TABLES
    assert report.value("applications.results_total.total") == 2


def test_its_words_claim_what_was_counted(report_year: ReportYear) -> None:
    claimed = {each.figure: each.value for each in claims(report_of(report_year))}
    assert {key: claimed.get(key) for key in WORDS} == WORDS


def test_nothing_is_left_to_be_said_against_it_and_it_is_final(report_year: ReportYear) -> None:
    assert [each.message for each in findings_of(report_year) if each.is_open] == []
    assert stage_of(report_year) == "handed_over"


def test_it_is_public_since_january_and_counts_beside_the_reports_of_others(report_year: ReportYear) -> None:
    published = report_year.publications.get()
    assert genuine(published.item) == published
    assert published.item.published_at is not None
    assert published.item.published_at.date() < date(2021, 1, 31)
    rows = SettledReport.objects.filter(is_public=True)
    assert rows.filter(organ=report_year.organ).count() == 2
    by_file = rows.exclude(organ=report_year.organ).exclude(organ=None).filter(received__isnull=False)
    assert by_file.count() == 8
    stages = Counter(received_stage(each) for each in ReceivedReport.objects.all())
    assert set(stages) == {"accepted", "returned", "open", "unidentified"}
    [returned] = ReceivedReport.objects.filter(events__kind="returned")
    assert "APP-COLUMNS-2019" in {each["code"] for each in returned.findings}


def test_the_agencies_below_have_handed_in_by_counting_and_some_have_not(report_year: ReportYear) -> None:
    below = {each.report_year.organ.code: each for each in board(subordinate_years(report_year), on=NOW.date())}
    told = Counter(each.label for each in below.values())
    assert told == {
        "已公开": 17,
        "已交付发布": 2,
        "已定稿报送": 2,
        "已退回": 1,
        "数据已锁定": 1,
        "统计中": 1,
        "已开启": 3,
        "上传的报告已接受": 8,
        "上传的报告已退回": 1,
        "上传的报告待审核": 1,
    }
    assert [
        each.message
        for code in below
        for each in findings_of(below[code].report_year)
        if each.is_open and below[code].is_done
    ] == []
    assert not any(each.is_published_late for each in below.values() if each.is_public)


def test_the_county_s_report_is_the_sum_of_its_own_share_and_those_below(report_year: ReportYear) -> None:
    compared = hierarchy(report_year.organ, 2020)
    assert compared is not None
    # Where the sum falls short, by just as much as the agencies that are missing counted.
    counted = [
        count(each, date(2020, 12, 31))
        for each in subordinate_years(report_year)
        if each.organ.name in compared.missing
    ]
    assert len(compared.missing) == len(counted) == 10
    for finding in compared.findings:
        [address] = finding.cells
        absent = sum(figure.value for figures in counted for figure in figures if figure.key == address)
        assert finding.left == finding.right + absent, address
    county = figures_of(locked(report_year))["items_disclosed"]
    assert county.value == 5687


def test_every_number_opens_as_many_records_as_it_counted(report_year: ReportYear) -> None:
    for figure in figures_of(locked(report_year)).values():
        figure.refresh_from_db()
        records = records_behind(figure, 0, figure.record_count)
        assert len(records) == figure.record_count, figure.key
        assert all(each.title and "已不在台账" not in each.title for each in records), figure.key


def test_each_file_reads_back_as_the_report(report_year: ReportYear) -> None:
    report = report_of(report_year)
    for name in FORMATS:
        content = file_of(report, check(report), name)
        again = from_json(json.loads(content)) if name == "json" else read(read_bytes(content, f"report.{name}"))
        assert again.cells == report.cells, name
        assert {e.figure: e.value for e in claims(again)} == {e.figure: e.value for e in claims(report)}, name


@pytest.mark.parametrize("seed", range(4))
def test_records_that_come_and_go_move_the_report_by_as_many(report_year: ReportYear, seed: int) -> None:
    chance = random.Random(seed)
    before = report_of(report_year)
    of_2020 = Item.objects.filter(published_at__year=2020, is_normative_document=False, normative_document=None)
    gone = chance.sample(sorted(of_2020.values_list("pk", flat=True)), chance.randint(1, 40))
    Item.objects.filter(pk__in=gone).update(
        withdrawn_at=datetime(2020, 12, 31, 1, 0, tzinfo=UTC), withdrawn_reason="内容有误"
    )
    added = chance.randint(0, 5)
    like = Item.objects.filter(published_at__year=2020).first()
    assert like is not None
    for number in range(added):
        like.pk, like.index_number = None, f"added/{seed}-{number}"
        like.save(force_insert=True)
    last = NormativeDocument.objects.filter(signed_on__year=2020).first()
    assert last is not None
    NormativeDocument.objects.filter(pk=last.pk).update(
        signed_on=None, disclosed_on=None, valid_from=None, ended_on=None, ended_as=""
    )
    found = {each.key: each for each in differences(report_year)}
    items = found["items_disclosed"]
    assert items.after == 5687 - len(gone) + added
    # Each record is named, the first fifty of them; the rest is told as a number.
    assert len(items.causes) + items.more == len(gone) + added
    assert found["art20_1.normative_documents.total_disclosed"].after == 313
    assert found["art20_1.normative_documents.newly_made"].causes[0].record.id == last.pk
    # What is locked stays what it was.
    assert report_of(report_year) == before


def test_counted_again_years_later_it_gives_the_same_bytes(report_year: ReportYear) -> None:
    report = report_of(report_year)
    before = file_of(report, check(report), "json")
    officer = User.objects.get(username="officer")
    Item.objects.filter(published_at__year=2020).order_by("pk").filter(pk__lte=300).update(
        withdrawn_at=datetime(2022, 5, 1, tzinfo=UTC), withdrawn_reason="整理旧信息"
    )
    county_organ = Organ.objects.get(code="qingxi")
    assert differences(report_year) == []
    actions.open_year(county_organ, 2021, by=officer, at=NOW, with_subordinates=False)
    again = report_of(report_year)
    assert file_of(again, check(again), "json") == before


def test_2021_follows_from_2020_on_its_own_form(report_year: ReportYear) -> None:
    officer, organ = User.objects.get(username="officer"), Organ.objects.get(code="qingxi")
    [now] = actions.open_year(organ, 2021, by=officer, at=NOW, with_subordinates=False)
    actions.collect(now, by=officer, at=NOW)
    before, report = report_of(report_year), report_of(now)
    assert (report.edition, now.edition) == ("2021", "2021")
    assert [f for f in check(report, previous=before) if f.severity == "error" and not f.code.startswith("COPY")] == []
    # What was ever disclosed is not what is in force: documents lapse and are repealed.
    in_force = report.value("art20_1.normative_documents.in_force")
    assert (
        in_force
        == NormativeDocument.objects.filter(disclosed_on__lte="2021-12-31").exclude(ended_on__lte="2021-12-31").count()
    )
    assert in_force != before.value("art20_1.normative_documents.total_disclosed")
    [after] = actions.open_year(organ, 2022, by=officer, at=NOW, with_subordinates=False)
    actions.collect(after, by=officer, at=NOW)
    assert [f.code for f in check(report_of(after), previous=report) if f.code.startswith(("X-", "APP-"))] == []


def test_no_figure_of_the_report_stands_in_code_or_data(report_year: ReportYear) -> None:
    """Only the generator's own volumes (kinds.toml and the like) hold numbers; the reporting room holds none."""
    texts = [
        path.read_text("utf-8")
        for folder in (Path(room.__file__).parent,)
        for path in folder.rglob("*")
        if path.suffix in (".py", ".toml", ".html")
    ]
    texts.append(Path(reports.__file__).read_text("utf-8"))
    held = Counter(
        str(value) for value in (5687, 314, 618, 801, 126048, 353, 147, 383) for text in texts if str(value) in text
    )
    assert held == Counter()
