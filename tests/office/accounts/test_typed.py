"""What is typed into an address is a number only when it looks like one to everybody."""

import pytest

from gongkai.office.accounts import typed


def test_a_whole_number_is_read():
    assert typed.number("0") == 0
    assert typed.number("2020") == 2020


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "①", "٣", "二", " 7", "1_000", "9" * 10, "9" * 5000])
def test_anything_else_is_no_number_and_no_error(text: str):
    assert typed.number(text) is None
