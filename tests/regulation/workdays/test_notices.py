from datetime import date
from itertools import pairwise

import pytest

from gongkai.regulation.law import resolve
from gongkai.regulation.workdays import Notice, notices
from gongkai.regulation.workdays.notices import fixed_days_off, holidays_known_on

every_notice = pytest.mark.parametrize("notice", notices(), ids=lambda notice: notice.number)
SATURDAY = 5


def test_every_year_since_the_regulation_has_its_notice() -> None:
    assert sorted({notice.year for notice in notices()}) == list(range(2019, 2027))


@every_notice
def test_a_notice_is_known_by_number_title_and_day(notice: Notice) -> None:
    assert notice.number.startswith("国办发明电〔")
    assert notice.title.startswith("国务院办公厅关于")
    assert str(notice.year) in notice.title
    assert date(notice.year - 1, 10, 1) <= notice.published < date(notice.year, 4, 1)
    assert notice.certainty in ("certain", "high", "medium")


@every_notice
def test_make_up_days_are_weekend_days_near_their_holiday(notice: Notice) -> None:
    for holiday in notice.holidays:
        assert holiday.first <= holiday.last
        for day in holiday.make_up_days:
            assert day.weekday() >= SATURDAY
            assert not holiday.first <= day <= holiday.last
            assert min(abs((day - end).days) for end in (holiday.first, holiday.last)) <= 14


@every_notice
def test_holidays_of_a_notice_do_not_overlap(notice: Notice) -> None:
    ordered = sorted(notice.holidays, key=lambda holiday: holiday.first)
    assert all(earlier.last < later.first for earlier, later in pairwise(ordered))


def test_the_seven_holidays_are_in_every_year() -> None:
    for year in range(2019, 2027):
        named = "、".join(holiday.name for notice, holiday in holidays_known_on(None) if notice.year == year)
        for name in ("元旦", "春节", "清明节", "劳动节", "端午节", "国庆节"):
            assert name in named, f"{year} has no {name}"
        # In 2020 the first notice named Mid-Autumn together with National Day, as those of 2023 and 2025 did.
        assert "中秋节" in named


def test_fixed_days_rest_on_the_regulation() -> None:
    assert resolve("holidays-2024#2")
    assert len(fixed_days_off()) == 6
