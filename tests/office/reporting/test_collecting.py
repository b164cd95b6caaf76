"""Counting, locking, and what has changed since."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.engagement.ledgers import PRESS_CONFERENCE
from gongkai.office.ledgers.actions import enter_all
from gongkai.office.publishing import actions as publishing
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.models import FrozenFigure, YearEvent
from gongkai.office.reporting.queries import changes, current, differences, figures_of, locked, records_behind, stage_of
from gongkai.regulation.annual_report import check, to_json
from tests.office.cast import Cast
from tests.office.normative import records
from tests.office.reporting.ledger import JANUARY, YEAR, asked, opened, published


def value(cast: Cast, report_year, key: str):  # type: ignore[no-untyped-def]
    return figures_of(current(report_year))[key].value


def test_every_figure_keeps_its_rule_and_the_records_it_counted(cast: Cast) -> None:
    items = published(cast, 3)
    report_year = opened(cast)
    compilation = actions.collect(report_year, by=cast.officer, at=JANUARY)
    figure = compilation.figures.get(key="items_disclosed")
    assert (figure.value, figure.record_count, figure.room) == (3, 3, "publishing")
    assert "每条计1条" in figure.rule
    assert [each.title for each in records_behind(figure)] == [each.title for each in items]


def test_a_government_s_report_counts_everything_below(cast: Cast) -> None:
    published(cast, 2)
    published(cast, 1, organ=cast.county, first=10)
    actions.open_year(cast.county, YEAR, by=cast.officer, at=JANUARY)
    county = opened(cast, cast.county)
    actions.collect(county, by=cast.officer, at=JANUARY)
    assert value(cast, county, "items_disclosed") == 3


def test_the_tables_are_added_up_from_the_figures(cast: Cast) -> None:
    records.document(cast, datetime(YEAR, 3, 1, tzinfo=UTC).date(), written_date=datetime(YEAR, 2, 1).date())  # noqa: DTZ001
    report_year = opened(cast)
    actions.collect(report_year, by=cast.officer, at=JANUARY)
    report = report_of(report_year)
    assert (report.agency, report.year, report.edition) == ("青溪县教育局", YEAR, "2021")
    assert report.value("art20_1.normative_documents.issued") == 1
    assert report.value("art20_1.normative_documents.in_force") == 1
    assert report.value("applications.results_total.total") == 0


def test_counting_again_without_news_keeps_the_counting(cast: Cast) -> None:
    report_year = opened(cast)
    first = actions.collect(report_year, by=cast.officer, at=JANUARY)
    assert actions.collect(report_year, by=cast.officer, at=JANUARY + timedelta(hours=1)) == first
    published(cast, 1)
    second = actions.collect(report_year, by=cast.officer, at=JANUARY + timedelta(hours=2))
    assert second.number == 2
    told = {each.key: (each.before, each.after) for each in changes(first, second)}
    assert told["items_disclosed"] == (0, 1)


def test_a_year_that_is_not_over_is_counted_to_today_and_not_locked(cast: Cast) -> None:
    published(cast, 1)
    december = datetime(YEAR, 12, 31, 2, 0, tzinfo=UTC)
    report_year = opened(cast)
    assert actions.collect(report_year, by=cast.officer, at=december).counted_through == december.date()
    with pytest.raises(Refused, match="还没有结束"):
        actions.lock(report_year, by=cast.officer, at=december)


def test_numbers_that_are_still_asked_for_stop_the_lock(cast: Cast) -> None:
    report_year = opened(cast)
    waiting = asked(cast)
    with pytest.raises(Refused, match=f"还有{len(waiting)}个数据没有报送"):
        actions.lock(report_year, by=cast.officer, at=JANUARY)
    for each in waiting.values():
        actions.answer(each, 0, evidence="本机关没有这项业务", by=cast.editor, at=JANUARY)
    assert actions.lock(report_year, by=cast.officer, at=JANUARY).locked_at == JANUARY
    assert stage_of(report_year) == "locked"


def test_only_the_disclosure_office_locks(cast: Cast) -> None:
    report_year = opened(cast)
    with pytest.raises(Refused, match="锁定年度报告的数据"):
        actions.lock(report_year, by=cast.editor, at=JANUARY)


def test_what_is_locked_does_not_move(cast: Cast) -> None:
    published(cast, 2)
    spring, winter = (datetime(YEAR, month, 1, tzinfo=UTC).date() for month in (3, 2))
    records.document(cast, spring, written_date=winter)
    report_year = opened(cast)
    frozen = actions.lock(report_year, by=cast.officer, at=JANUARY)
    published(cast, 1, first=20)
    records.document(cast, spring, written_date=winter)
    assert actions.collect(report_year, by=cast.officer, at=JANUARY + timedelta(days=1)) == frozen
    assert value(cast, report_year, "items_disclosed") == 3
    assert report_of(report_year).value("art20_1.normative_documents.issued") == 1


def test_a_back_dated_change_is_a_difference_that_names_the_record_and_its_log(cast: Cast) -> None:
    items = published(cast, 2)
    report_year = opened(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    assert differences(report_year) == []
    publishing.withdraw(items[0], reason="内容有误", by=cast.officer, at=JANUARY + timedelta(days=1))
    # Withdrawn after the year: it counts as it did, for it was public on 31 December.
    assert differences(report_year) == []
    Item.objects.filter(pk=items[0].pk).update(withdrawn_at=datetime(YEAR, 12, 30, tzinfo=UTC))
    found = {each.key: each for each in differences(report_year)}
    difference = found["items_disclosed"]
    assert (difference.before, difference.after) == (2, 1)
    [cause] = difference.causes
    assert (cause.record.title, cause.is_added) == (items[0].title, False)
    [told] = [each for each in cause.told if each.entry.act == "publishing.withdraw"]
    assert told.entry == Entry.objects.get(act="publishing.withdraw")
    # In words: who did what to which record, and why.
    assert told.who == f"{cast.officer.name}（{cast.officer.staff_number}）"
    assert (told.act, told.subject, told.reason) == ("撤下", f"政府信息 {items[0].pk}", "内容有误")
    # The report itself stays as it was locked.
    assert value(cast, report_year, "items_disclosed") == 2


def test_a_record_that_came_with_an_import_after_the_lock_is_told_by_the_import(cast: Cast) -> None:
    report_year = opened(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    given = {
        "organ": cast.education,
        "title": "汛期安全新闻发布会",
        "on": date(YEAR, 5, 6),
        "place": "",
        "host": "",
        "speakers": [],
        "topic": "",
        "outlets": [],
        "policy_item": None,
        "item": None,
    }
    conferences = [("旧系统-1", PRESS_CONFERENCE.derive(given, JANUARY))]
    [made] = enter_all(
        PRESS_CONFERENCE,
        conferences,
        source="旧系统",
        subject="publishing.import:7",
        detail={"file": "发布会.xlsx"},
        by=cast.editor,
        at=JANUARY + timedelta(days=1),
    )
    found = {each.key: each for each in differences(report_year)}
    [cause] = found["press_conferences"].causes
    assert (cause.record.id, cause.is_added) == (made.pk, True)
    [told] = cause.told
    assert (told.act, told.file) == ("导入台账", "发布会.xlsx")
    assert told.who == f"{cast.editor.name}（{cast.editor.staff_number}）"


def test_locking_again_needs_a_reason_and_keeps_what_was(cast: Cast) -> None:
    report_year = opened(cast)
    first = actions.lock(report_year, by=cast.officer, at=JANUARY)
    published(cast, 1)
    with pytest.raises(Refused, match="写明原因"):
        actions.lock(report_year, by=cast.officer, at=JANUARY)
    second = actions.lock(report_year, reason="补录一条漏登的信息", by=cast.officer, at=JANUARY + timedelta(days=1))
    assert locked(report_year) == second != first
    first.refresh_from_db()
    assert first.figures.get(key="items_disclosed").value == 0
    assert differences(report_year) == []


def test_the_same_report_gives_the_same_bytes_years_later(cast: Cast) -> None:
    published(cast, 4)
    records.document(cast)
    report_year = opened(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)

    def as_bytes() -> bytes:
        report = report_of(report_year)
        return json.dumps(to_json(report, check(report)), ensure_ascii=False).encode()

    before = as_bytes()
    published(cast, 3, year=2026, first=50)
    records.document(cast, datetime(2026, 5, 1, tzinfo=UTC).date())
    assert as_bytes() == before
    assert differences(report_year) == []


def test_figures_and_events_can_not_be_changed(cast: Cast) -> None:
    report_year = opened(cast)
    actions.lock(report_year, by=cast.officer, at=JANUARY)
    for model in (FrozenFigure, YearEvent):
        with pytest.raises((IntegrityError, Exception), match="append-only"), transaction.atomic():
            model.objects.all().delete()
    assert connection.vendor in ("sqlite", "postgresql")
