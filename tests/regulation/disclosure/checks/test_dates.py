from dataclasses import replace
from datetime import date, timedelta

import pytest

from gongkai.regulation.disclosure.checks.dates import publish_by
from gongkai.regulation.disclosure.item import TimeLimit
from tests.regulation.calendars import add_weekdays
from tests.regulation.disclosure.items import CLEAN, check, codes


def test_twenty_working_days_and_not_one_more() -> None:
    due = date(2024, 5, 6)  # twenty weekdays after Monday, 8 April
    assert publish_by(CLEAN, add_weekdays) == due
    assert check(on=due) == []
    assert [finding.code for finding in check(on=due + timedelta(days=1))] == ["ITEM-DEADLINE"]


def test_the_period_runs_from_the_last_change() -> None:
    assert publish_by(replace(CLEAN, changed_date=date(2024, 4, 15)), add_weekdays) == date(2024, 5, 13)


@pytest.mark.parametrize(
    ("limit", "due"),
    [(TimeLimit(7, "working_day"), date(2024, 4, 17)), (TimeLimit(20, "natural_day"), date(2024, 4, 28))],
)
def test_the_catalogue_s_own_limit_goes_before_the_general_one(limit: TimeLimit, due: date) -> None:
    assert publish_by(replace(CLEAN, time_limit=limit), add_weekdays) == due


def test_an_item_without_a_day_of_formation_has_no_due_day() -> None:
    assert publish_by(replace(CLEAN, formed_date=None), add_weekdays) is None


@pytest.mark.parametrize(
    ("changes", "severity"),
    [
        ({"published_date": date(2024, 4, 7)}, "error"),
        ({"effective_date": date(2024, 6, 1), "expiry_date": date(2024, 5, 1)}, "error"),
        ({"effective_date": date(2024, 4, 1)}, "warning"),
    ],
)
def test_dates_that_can_t_follow_each_other_are_named(changes: dict[str, date], severity: str) -> None:
    found = check(**changes)
    assert {finding.code for finding in found} == {"ITEM-DATE-ORDER"}
    assert found[0].severity == severity


def test_a_document_of_tomorrow_is_not_signed_yet() -> None:
    assert "ITEM-DATE-FUTURE" in codes(written_date=date(2024, 4, 13), formed_date=None)
