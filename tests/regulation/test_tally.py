"""One shape for every count."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.regulation.tally import Measure, Tally

PRESS = Measure(
    "press_conferences", "新闻发布会", "场", "本年召开的新闻发布会，一场一次。", "engagement.press_conference"
)


def test_a_count_keeps_the_records_it_counted() -> None:
    assert Tally(PRESS, 2, (3, 9)).ids == (3, 9)


def test_a_count_that_differs_from_its_records_is_not_made() -> None:
    with pytest.raises(ValueError, match="press_conferences"):
        Tally(PRESS, 3, (3, 9))


def test_a_sum_may_differ_from_the_number_of_records_it_adds_up() -> None:
    amount = Measure(
        "art20_9.procurement.amount", "采购金额", "万元", "各项目金额相加。", "reporting.entry", is_sum=True
    )
    assert Tally(amount, Decimal("9.46"), (1,)).value == Decimal("9.46")


def test_the_same_record_is_not_counted_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Tally(PRESS, 2, (3, 3))
