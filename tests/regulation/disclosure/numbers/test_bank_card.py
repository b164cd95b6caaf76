import pytest

from gongkai.regulation.disclosure.numbers.bank_card import card_scheme, has_luhn_check


@pytest.mark.parametrize(
    ("digits", "name"),
    [("6222020000000000000", "中国银联"), ("4111111111111111", "Visa"), ("5555555555554444", "Mastercard")],
)
def test_a_card_is_told_by_prefix_length_and_check_digit(digits: str, name: str) -> None:
    scheme = card_scheme(digits)
    assert scheme is not None
    assert scheme.name == name


@pytest.mark.parametrize(
    "digits", ["622202000000000000", "0000000000000000", "411111111111111", "６222020000000000000", ""]
)
def test_anything_else_is_no_card(digits: str) -> None:
    assert card_scheme(digits) is None


def test_the_luhn_formula_on_its_textbook_example() -> None:
    assert has_luhn_check("79927398713")
    assert not has_luhn_check("79927398710")
