from datetime import date

import pytest

from gongkai.regulation.law import LawMissing, MonthDay, law_on


@pytest.mark.parametrize(
    ("reporting_year", "department", "government"),
    [
        (2017, date(2018, 3, 31), date(2018, 3, 31)),
        # The regulation of 2019 came into force in May: reports about 2018 were still due under the old one.
        (2018, date(2019, 3, 31), date(2019, 3, 31)),
        (2019, date(2020, 1, 31), date(2020, 3, 31)),
        (2024, date(2025, 1, 31), date(2025, 3, 31)),
    ],
)
def test_the_deadline_is_that_of_the_law_in_force_when_the_reporting_year_ends(
    reporting_year: int, department: date, government: date
) -> None:
    year = reporting_year + 1
    law = law_on(date(year, 1, 1))
    assert law.parameter("department_report_deadline", MonthDay).value.in_year(year) == department
    assert law.parameter("government_publication_deadline", MonthDay).value.in_year(year) == government


@pytest.mark.parametrize(
    ("day", "edition", "fees"),
    [
        (date(2019, 1, 1), "2019", False),
        (date(2020, 12, 31), "2019", False),
        (date(2021, 1, 1), "2021", True),
        (date(2030, 6, 1), "2021", True),
    ],
)
def test_form_and_fee_statement_follow_the_reporting_year(day: date, edition: str, fees: bool) -> None:
    assert law_on(day).parameter("report_form_edition", str).value == edition
    assert law_on(day).parameter("fee_statement_required", bool).value is fees


def test_a_value_governs_from_its_first_day_on() -> None:
    assert law_on(date(2019, 5, 14)).parameter("department_report_deadline").source == "ogi-2008#31"
    assert law_on(date(2019, 5, 15)).parameter("department_report_deadline").source == "ogi-2019#49"


def test_an_unknown_parameter_is_a_broken_promise_that_names_it() -> None:
    with pytest.raises(LawMissing, match="reply_periot"):
        law_on(date(2024, 1, 1)).parameter("reply_periot")


def test_a_day_before_the_first_value_is_refused_with_the_day_it_begins() -> None:
    with pytest.raises(LawMissing, match=r"2007-01-01.*2008-05-01"):
        law_on(date(2007, 1, 1)).parameter("department_report_deadline")


def test_a_value_of_another_kind_than_asked_for_is_refused() -> None:
    with pytest.raises(TypeError, match="month_day"):
        law_on(date(2024, 1, 1)).parameter("department_report_deadline", str)
