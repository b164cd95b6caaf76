"""Numbers as prose prints them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.numerals import han_number, number, year


def spelled(value: int) -> str:
    """A number below 100 million in Chinese, as it is read aloud."""
    digits, units = "零一二三四五六七八九", ["", "十", "百", "千"]
    groups = []
    for group in (value // 10_000, value % 10_000):
        text, gap = "", False
        for place in (3, 2, 1, 0):
            digit = group // 10**place % 10
            if digit:
                text += ("零" if gap else "") + digits[digit] + units[place]
            gap = (bool(text) and not digit) or (gap and not digit)
        groups.append(text)
    high, low = groups
    if not high:
        return low or "零"
    return high + "万" + ("零" if low and value % 10_000 < 1000 else "") + low


@given(st.integers(0, 99_999_999))
def test_a_number_spelled_in_chinese_is_read_back(value: int) -> None:
    assert han_number(spelled(value)) == value


@pytest.mark.parametrize(
    ("text", "value"), [("十二", 12), ("两千零六", 2006), ("一亿三千万", 130_000_000), ("千", 1000)]
)
def test_shortened_and_large_numbers_are_read(text: str, value: int) -> None:
    assert han_number(text) == value


@pytest.mark.parametrize("text", ["", "三四十", "一二", "若干"])
def test_what_is_not_one_number_has_no_value(text: str) -> None:
    assert han_number(text) is None


def test_a_scale_word_multiplies_and_a_fraction_stays_exact() -> None:
    assert number("12.6", "万") == 126_000
    assert number("9.46") == Decimal("9.46")
    assert number("1，136") == 1136


@pytest.mark.parametrize(("text", "value"), [("2023", 2023), ("二〇二〇", 2020), ("二○二一", 2021), ("二零二二", 2022)])
def test_a_year_is_read_in_either_writing(text: str, value: int) -> None:
    assert year(text) == value
