"""When something is due that the public waits for: boundary days, holidays, and days from before a rule."""

from datetime import UTC, date, datetime

import pytest

from gongkai.regulation.engagement import consultation_state, earliest_close, message_clocks, response_due, result_due
from gongkai.regulation.workdays import workdays

ADD = workdays().add


def test_a_major_decision_is_open_for_thirty_natural_days_and_a_document_for_seven_working_days():
    assert earliest_close("decision", date(2020, 9, 1), ADD) == date(2020, 10, 1)
    assert earliest_close("normative", date(2020, 9, 24), ADD) == date(2020, 10, 10), "two make-up days count"
    assert earliest_close("business", date(2020, 9, 1), ADD) == date(2020, 10, 1)
    assert earliest_close("other", date(2020, 9, 1), ADD) == date(2020, 9, 1)


def test_a_consultation_from_before_the_rule_is_not_measured_by_it():
    assert earliest_close("decision", date(2019, 8, 31), ADD) == date(2019, 8, 31)
    assert result_due(date(2019, 8, 31)) is None


@pytest.mark.parametrize(
    ("on", "answered", "state"),
    [
        (date(2020, 3, 1), None, "upcoming"),
        (date(2020, 3, 2), None, "open"),
        (date(2020, 4, 1), None, "open"),
        (date(2020, 4, 2), None, "closed"),
        (date(2020, 5, 1), None, "closed"),
        (date(2020, 5, 2), None, "overdue"),
        (date(2020, 5, 2), date(2020, 5, 2), "answered"),
        (date(2020, 5, 1), date(2020, 5, 2), "closed"),
    ],
)
def test_a_consultation_stands_where_its_days_say(on, answered, state):
    assert consultation_state(date(2020, 3, 2), date(2020, 4, 1), answered, on) == state


def test_hours_run_through_the_night():
    raised = datetime(2020, 2, 7, 22, 0, tzinfo=UTC)
    assert response_due("emergency", raised) == datetime(2020, 2, 8, 3, 0, tzinfo=UTC)
    assert response_due("ordinary", raised) == datetime(2020, 2, 9, 22, 0, tzinfo=UTC)
    assert response_due("ordinary", datetime(2016, 7, 29, tzinfo=UTC)) is None


def test_a_message_has_three_clocks():
    clocks = message_clocks(date(2020, 11, 30), 3, ADD)
    assert (clocks.promised_by, clocks.ruled_by, clocks.veto_after) == (
        date(2020, 12, 3),
        date(2020, 12, 9),
        date(2021, 2, 28),
    )
    assert message_clocks(date(2014, 11, 14), 3, lambda day, count: day).ruled_by is None
