import tomllib
from datetime import date

import pytest

from gongkai.regulation.deadlines import (
    agency_opinion_due,
    appeal_answer_due,
    correction_notice_due,
    fee_payment_due,
    lawsuit_answer_due,
    lawsuit_due,
    publication_due,
    reconsideration_answer_due,
    reply_due,
    retrial_opinion_due,
    third_party_opinion_due,
)
from gongkai.regulation.law import LawMissing, law_on
from gongkai.regulation.workdays import CalendarMissing, provisional_workdays, workdays
from tests.samples import REPOSITORY


@pytest.mark.parametrize(
    ("received_on", "due_on", "source"),
    [
        (date(2019, 5, 14), date(2019, 6, 4), "ogi-2008#24"),
        (date(2019, 5, 15), date(2019, 6, 13), "ogi-2019#33"),
    ],
)
def test_the_law_of_the_day_of_receipt_sets_the_period(received_on: date, due_on: date, source: str) -> None:
    due = reply_due(received_on, workdays())
    assert (due.on, due.source, due.provisional) == (due_on, source, False)


@pytest.mark.parametrize("ask", [third_party_opinion_due, agency_opinion_due])
def test_an_opinion_is_due_fifteen_working_days_after_the_letter_arrived(ask) -> None:
    assert ask(date(2021, 3, 10), workdays()).on == date(2021, 3, 31)


@pytest.mark.parametrize(
    ("ask", "too_early"),
    [
        (correction_notice_due, date(2019, 5, 14)),
        (third_party_opinion_due, date(2019, 5, 14)),
        (fee_payment_due, date(2020, 12, 31)),
    ],
)
def test_a_period_that_was_not_law_yet_is_missing(ask, too_early: date) -> None:
    with pytest.raises(LawMissing):
        ask(too_early, workdays())


def test_a_date_beyond_the_last_notice_is_provisional_or_an_error_as_asked() -> None:
    due = publication_due(date(2026, 12, 10), provisional_workdays())
    assert (due.on, due.provisional) == (date(2027, 1, 8), True)
    with pytest.raises(CalendarMissing):
        publication_due(date(2026, 12, 10), workdays())


@pytest.mark.parametrize(
    ("known_on", "last_day"),
    [
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2024, 4, 1), date(2024, 10, 8)),
        (date(2023, 12, 15), date(2024, 6, 17)),
    ],
)
def test_six_months_end_on_the_same_day_of_the_month_and_roll_on_from_a_rest_day(
    known_on: date, last_day: date
) -> None:
    assert lawsuit_due(known_on, workdays()).on == last_day


ANSWERS = {
    "reconsideration": reconsideration_answer_due,
    "first": lawsuit_answer_due,
    "second": appeal_answer_due,
    "retrial": retrial_opinion_due,
}
WORKED = tomllib.loads((REPOSITORY / "tests/cases/remedies/answers.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", WORKED, ids=lambda case: case["id"])
def test_the_answer_in_each_instance_is_due_as_worked_by_hand(case: dict) -> None:
    due = ANSWERS[case["instance"]](case["copy_received_on"], workdays())
    assert (due.on, due.source) == (case["due_on"], case["source"])


def test_every_instance_has_a_worked_case() -> None:
    assert {case["instance"] for case in WORKED} == set(ANSWERS)


def test_the_answer_to_an_appeal_had_ten_days_under_the_rules_of_2000() -> None:
    days = [law_on(day).parameter("appeal_answer_period", int).value for day in (date(2018, 2, 7), date(2018, 2, 8))]
    assert days == [10, 15]
