from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.deadlines import Clock, Pause
from gongkai.regulation.workdays import CalendarMissing, workdays
from tests.regulation.application.histories import counted_by_hand

CALENDAR = workdays()
START = date(2021, 3, 1)


@st.composite
def pauses(draw: st.DrawFn) -> Pause:
    after = START + timedelta(days=draw(st.integers(-5, 60)))
    return Pause(after, after + timedelta(days=draw(st.integers(0, 40))))


@given(st.integers(1, 40), st.lists(pauses(), max_size=5))
def test_the_due_date_is_that_of_a_count_by_hand(working_days: int, found: list[Pause]) -> None:
    by_hand = counted_by_hand(START, working_days, [(pause.after, pause.until) for pause in found])
    assert Clock(START, working_days, tuple(found)).due(CALENDAR) == by_hand


@given(st.lists(pauses(), max_size=5))
def test_the_days_lead_to_the_due_date_without_a_gap(found: list[Pause]) -> None:
    clock = Clock(START, 20, tuple(found))
    days = list(clock.days(CALENDAR))
    assert [day.on for day in days] == [START + timedelta(days=step) for step in range(len(days))]
    assert days[-1].on == clock.due(CALENDAR)
    assert sum(day.is_counted for day in days) == 20
    assert not days[0].is_counted


def test_a_pause_that_begins_after_the_period_is_over_changes_nothing() -> None:
    late = Pause(date(2021, 3, 30), date(2021, 4, 12))
    assert Clock(START, 20, (late,)).due(CALENDAR) == date(2021, 3, 29)


def test_a_pause_inside_another_changes_nothing() -> None:
    outer, inner = Pause(date(2021, 3, 8), date(2021, 3, 24)), Pause(date(2021, 3, 10), date(2021, 3, 12))
    assert Clock(START, 20, (inner, outer)).due(CALENDAR) == Clock(START, 20, (outer,)).due(CALENDAR)


def test_days_can_end_before_the_due_date() -> None:
    assert [day.on.day for day in Clock(START, 20).days(CALENDAR, until=date(2021, 3, 3))] == [1, 2, 3]


def test_a_period_into_a_year_without_a_notice_raises() -> None:
    with pytest.raises(CalendarMissing):
        Clock(date(2026, 12, 10), 20).due(CALENDAR)
