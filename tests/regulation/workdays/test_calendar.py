from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.workdays import CalendarMissing, provisional_workdays, workdays

CALENDAR = workdays()
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
ONE_DAY = timedelta(days=1)
days = st.dates(FIRST, LAST)


def test_every_day_of_eight_years_agrees_with_the_chinesecalendar_package() -> None:
    every_day = [FIRST + step * ONE_DAY for step in range((LAST - FIRST).days + 1)]
    assert [day for day in every_day if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)] == []


@given(days, days)
def test_counting_is_what_walking_from_day_to_day_finds(one: date, other: date) -> None:
    after, until = min(one, other), max(one, other)
    walked = sum(CALENDAR.is_working_day(after + step * ONE_DAY) for step in range(1, (until - after).days + 1))
    assert CALENDAR.count(after, until) == walked
    assert CALENDAR.count(until, after) == -walked


@given(st.dates(FIRST, date(2026, 9, 30)), st.integers(1, 60))
def test_the_nth_working_day_is_worked_and_n_lie_up_to_it(start: date, count: int) -> None:
    found = CALENDAR.add(start, count)
    assert CALENDAR.is_working_day(found)
    assert CALENDAR.count(start, found) == count


def test_a_year_without_a_notice_raises_and_names_the_file_to_add() -> None:
    for ask in (
        lambda: CALENDAR.add(date(2026, 12, 10), 20),
        lambda: CALENDAR.is_working_day(date(2027, 1, 4)),
        lambda: CALENDAR.describe(date(2027, 1, 4)),
        lambda: CALENDAR.count(date(2026, 12, 1), date(2027, 1, 4)),
    ):
        with pytest.raises(CalendarMissing, match=r"notices/2027\.toml"):
            ask()
    with pytest.raises(CalendarMissing, match="2018"):
        CALENDAR.is_working_day(date(2018, 12, 31))


def test_a_provisional_calendar_counts_on_and_says_from_where() -> None:
    provisional = provisional_workdays()
    assert provisional.add(date(2026, 12, 10), 20) == date(2027, 1, 8)
    assert not provisional.is_assumed(date(2026, 12, 31))
    assert provisional.is_assumed(date(2027, 1, 1))
    assert [provisional.describe(date(2027, 1, day)).kind for day in (1, 2, 4)] == [
        "fixed_holiday",
        "weekend",
        "assumed_working_day",
    ]


def test_a_provisional_calendar_is_the_known_one_as_far_as_that_goes() -> None:
    provisional = provisional_workdays()
    every_day = [FIRST + step * ONE_DAY for step in range((LAST - FIRST).days + 1)]
    assert all(provisional.describe(day) == CALENDAR.describe(day) for day in every_day)


def test_a_provisional_calendar_ends_too() -> None:
    with pytest.raises(CalendarMissing):
        provisional_workdays().is_working_day(date(2037, 1, 1))


def test_a_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        CALENDAR.add(date(2024, 1, 2), 0)


@pytest.mark.parametrize(
    ("known_on", "due"),
    [(date(2020, 1, 26), date(2020, 2, 12)), (date(2020, 1, 27), date(2020, 2, 14))],
)
def test_the_extension_of_spring_festival_2020_moves_a_date_from_the_day_it_was_published(
    known_on: date, due: date
) -> None:
    assert workdays(known_on=known_on).add(date(2020, 1, 10), 20) == due


def test_labour_day_2019_was_one_day_until_it_was_four() -> None:
    before, after = workdays(known_on=date(2019, 3, 21)), workdays(known_on=date(2019, 3, 22))
    assert [before.is_working_day(date(2019, 5, day)) for day in (1, 2, 3, 5)] == [False, True, True, False]
    assert [after.is_working_day(date(2019, 5, day)) for day in (1, 2, 3, 5)] == [False, False, False, True]


def test_before_the_first_notice_there_is_no_calendar() -> None:
    with pytest.raises(CalendarMissing):
        workdays(known_on=date(2018, 1, 1))


def test_a_day_is_described_with_the_notice_it_rests_on() -> None:
    described = CALENDAR.describe(date(2024, 9, 14))
    assert (described.kind, described.holiday, described.notice) == ("make_up_day", "中秋节", "国办发明电〔2023〕7号")
    assert CALENDAR.describe(date(2024, 9, 15)).kind == "holiday"
    assert CALENDAR.describe(date(2024, 9, 21)).kind == "weekend"
