from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.disclosure.numbers.resident_id import check_character, is_resident_id

NUMBERS = st.builds(
    lambda birthday, serial: f"341700{birthday:%Y%m%d}{serial:03d}",
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.integers(1, 999),
)


@given(body=NUMBERS)
def test_the_check_character_makes_a_number_in_either_case(body: str) -> None:
    number = body + check_character(body)
    assert is_resident_id(number)
    assert is_resident_id(number.lower())


@given(body=NUMBERS, place=st.integers(0, 16), digit=st.integers(0, 9))
def test_one_wrong_digit_is_noticed(body: str, place: int, digit: int) -> None:
    changed = body[:place] + str(digit) + body[place + 1 :]
    assert changed == body or not is_resident_id(changed + check_character(body))


@pytest.mark.parametrize(
    "body", ["34170019900230001", "34170018000101001"[:6] + "17000101" + "001", "99170019900307001"]
)
def test_no_such_day_century_or_province(body: str) -> None:
    assert not is_resident_id(body + check_character(body))
