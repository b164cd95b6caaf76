"""周更新、月调度、季测评、年考评: every number of the tables counts records, and opens exactly them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client

from gongkai.office.casework.models import Application
from gongkai.office.engagement import actions as engagement
from gongkai.office.engagement.models import Consultation
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.publishing.models import Column
from gongkai.office.reporting import actions
from gongkai.office.reporting.queries.supervision import Behind, Cell, supervision, terms
from gongkai.office.reporting.supervising import ROUNDS, TABLES, WATCHED, Round, Term
from tests.office.casework.cases import officers, received
from tests.office.cast import NOW, TODAY, Cast
from tests.office.engagement.entries import consultation, interpretation, item, message, response
from tests.office.public_items import public_item
from tests.office.reporting.ledger import JANUARY, opened, published

LATER = date(2025, 3, 3)
"""A day on which the year 2024 is over."""


def term(round: Round, key: str, *, today: date = LATER) -> Term:
    return next(each for each in terms(round, int(key[:4]), today=today) if each.key == key)


def cells(cast: Cast, round: Round, key: str, *, today: date = LATER) -> dict[str, Cell]:
    """The education bureau's row of a table, by the figures' names."""
    table = supervision(round, term(round, key, today=today), [cast.county, cast.education, cast.water], on=today)
    return {each.watched.name: each for each in table.rows[1].cells}


def test_the_terms_of_a_year_cover_each_of_its_days_once():
    for round in ROUNDS:
        for year in (2020, 2023, 2024):
            listed = terms(round, year, today=LATER)
            days = [
                one.first + timedelta(days=step) for one in listed for step in range((one.last - one.first).days + 1)
            ]
            assert days == [date(year, 1, 1) + timedelta(days=step) for step in range(len(days))]
            assert days[-1] == date(year, 12, 31)


def test_only_terms_that_have_begun_are_listed_and_a_running_one_is_seen_as_of_today():
    listed = terms("month", 2024, today=TODAY)
    assert [each.label for each in listed] == ["1月", "2月", "3月", "4月"]
    assert listed[-1].at == TODAY
    assert not listed[-1].is_over
    assert listed[0].at == date(2024, 2, 1)


def test_a_week_with_an_item_is_one_with_an_update(cast: Cast):
    published(cast, 2)  # Friday, 1 March
    published(cast, 1, organ=cast.water, first=10)
    public_item(cast.education, cast.column, 3, at=datetime(2024, 3, 3, 16, 0, tzinfo=UTC))  # Monday, Beijing time
    found = cells(cast, "week", "2024-03-04")
    assert (found["published"].value, found["updated_weeks_so_far"].value) == (1, 2)
    assert (found["silent_weeks_so_far"].value, found["silent_weeks_so_far"].out_of) == (8, 10)
    whole = cells(cast, "year", "2024")["silent_weeks"]
    assert (whole.value, whole.out_of) == (51, 53)


def test_a_week_that_is_not_over_is_no_silent_week(cast: Cast):
    found = cells(cast, "week", "2024-04-08", today=TODAY)
    assert found["silent_weeks_so_far"].out_of == found["silent_weeks_so_far"].value == 14


def test_a_column_was_overdue_at_the_end_of_a_month_whatever_came_since(cast: Cast):
    Column.objects.filter(pk=cast.column.pk).update(update_interval_days=30, organ=cast.education)
    published(cast, 1)  # 1 March
    public_item(cast.education, cast.column, 5, at=datetime(2024, 5, 20, tzinfo=UTC))
    overdue = {
        each.key: cells(cast, "month", each.key, today=date(2024, 6, 3))["columns_overdue"].value
        for each in terms("month", 2024, today=date(2024, 6, 3))
    }
    # Nothing is known of a column before its first item; on 1 April nothing had come for thirty days.
    assert overdue == {"2024-01": 0, "2024-02": 0, "2024-03": 1, "2024-04": 1, "2024-05": 0, "2024-06": 0}


def test_an_application_is_overdue_at_the_end_of_a_month_until_it_is_answered(cast: Cast):
    case = received(cast, officers(cast).case, on=date(2024, 3, 1))
    Application.objects.filter(pk=case.pk).update(
        due_on=date(2024, 3, 29), closed_on=date(2024, 5, 6), counted_on=date(2024, 5, 6), counted_outcome="disclose",
        outcome="disclose", is_late=True,
    )  # fmt: skip
    march, april, may = (cells(cast, "month", f"2024-{month}") for month in ("03", "04", "05"))
    assert [each["applications_received"].value for each in (march, april, may)] == [1, 0, 0]
    assert [each["applications_overdue"].value for each in (march, april, may)] == [1, 1, 0]
    assert [each["applications_answered"].value for each in (march, april, may)] == [0, 0, 1]
    assert cells(cast, "quarter", "2024Q2")["applications_late"].value == 1
    assert april["applications_overdue"].is_fault


def test_messages_are_counted_when_they_come_are_answered_and_are_late(cast: Cast):
    came = message(cast, on=date(2024, 4, 1))
    waits = message(cast, on=date(2024, 4, 10), subject="校车几点发车")
    engagement.answer(came, "请到学校办理。", on=TODAY, by=cast.editor, at=NOW)
    found = cells(cast, "month", "2024-04", today=date(2024, 4, 30))
    assert (found["messages_received"].value, found["messages_answered"].value) == (2, 1)
    assert came.due_on < TODAY
    assert cells(cast, "quarter", "2024Q2")["messages_late"].value == 1
    assert found["messages_overdue"].value == 1
    behind = Behind(WATCHED["messages_overdue"], term("month", "2024-04"), [cast.education.pk], "")
    assert [each.id for each in behind[0:10]] == [waits.pk]


def test_a_document_without_an_interpretation_is_named(cast: Cast):
    documents = []
    for number in (1, 2):
        policy = item(cast, date(2024, 3, number))
        documents.append(
            NormativeDocument.objects.create(
                organ=cast.education, item=policy, title=policy.title, level="department", registered_at=NOW,
                disclosed_on=date(2024, 3, number), is_listed=True,
            )
        )  # fmt: skip
    interpretation(cast, policy_item=documents[0].item)
    found = cells(cast, "quarter", "2024Q1")
    assert (found["documents_disclosed"].value, found["documents_unexplained"].value) == (2, 1)
    assert found["interpretations"].value == 1
    behind = Behind(WATCHED["documents_unexplained"], term("quarter", "2024Q1"), [cast.education.pk], "")
    assert [each.id for each in behind[0:10]] == [documents[1].pk]


def test_a_result_that_was_not_told_in_time_is_overdue_until_it_is(cast: Cast):
    found = consultation(cast)
    Consultation.objects.filter(pk=found.pk).update(answered_on=date(2024, 11, 5))
    overdue = [cells(cast, "quarter", f"2024Q{number}")["results_overdue"].value for number in (1, 2, 3, 4)]
    assert overdue[0] == 0
    assert overdue[2:] == [1, 0]


def test_the_report_of_the_year_is_told_with_the_day_it_was_handed_in(cast: Cast):
    report = opened(cast)
    actions.collect(report, by=cast.editor, at=JANUARY)
    table = supervision("year", term("year", "2024"), [cast.education, cast.water], on=LATER)
    first, second = (row.report for row in table.rows)
    assert first is not None
    assert first.standing is not None
    assert (first.standing.label, first.handed_in_on) == ("统计中", None)
    assert first.is_late
    assert second is not None
    assert second.standing is None


@pytest.fixture
def ledger(cast: Cast) -> Cast:
    """Something in every room."""
    Column.objects.filter(pk=cast.column.pk).update(update_interval_days=30, organ=cast.education)
    published(cast, 3)
    received(cast, officers(cast).case, on=date(2024, 3, 1))
    message(cast, on=date(2024, 4, 1))
    consultation(cast)
    response(cast)
    interpretation(cast)
    return cast


def test_every_number_opens_as_many_records_as_it_says(ledger: Cast, client: Client):
    client.force_login(ledger.officer, backend="django.contrib.auth.backends.ModelBackend")
    opened_links = 0
    for round, key in (("week", "2024-02-26"), ("month", "2024-04"), ("quarter", "2024Q1"), ("year", "2024")):
        shown = client.get("/desk/reporting/supervision/", {"round": round, "year": 2024, "term": key}).content.decode()
        for path, number in re.findall(r'href="(/desk/reporting/supervision/[^"]+)"[^>]*>(\d+)</a>', shown):
            answer = client.get(path.replace("&amp;", "&"))
            assert re.search(rf"共{number}条", answer.content.decode()), path
            opened_links += 1
    assert opened_links > 20


def test_the_workbook_has_every_term_of_the_year_and_the_rules(ledger: Cast, client: Client):
    client.force_login(ledger.officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/desk/reporting/supervision/year.xlsx?year=2024")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["周更新", "月调度", "季测评", "年考评", "统计口径"]
    months = list(book["月调度"].iter_rows(min_row=2, values_only=True))
    assert len(months) == 12 * 3
    march = next(row for row in months if row[:2] == ("2024年3月", "青溪县教育局"))
    assert march[2] == 3
    assert {row[0] for row in book["统计口径"].iter_rows(min_row=2, values_only=True)} == {
        each.measure.label for each in WATCHED.values()
    }


def test_somebody_who_supervises_nobody_sees_no_table(cast: Cast, client: Client):
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("", "published/", "year.xlsx"):
        assert client.get(f"/desk/reporting/supervision/{path}").status_code == 403


def test_the_cost_of_a_table_does_not_grow_with_the_agencies(
    ledger: Cast, django_assert_max_num_queries: Callable[[int], Any]
):
    for round in ("month", "quarter"):
        for organs in ([ledger.education], [ledger.county, ledger.education, ledger.water]):
            with django_assert_max_num_queries(2 * len(TABLES[round]) + 15):
                supervision(round, terms(round, 2024, today=LATER)[0], organs, on=LATER)
