import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.disclosure.numbers.credit_code import check_character, is_credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.from_regex(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{9}}", fullmatch=True)


@given(body=BODIES)
def test_the_check_character_makes_a_code(body: str) -> None:
    assert is_credit_code(body + check_character(body))


@given(body=BODIES, place=st.integers(8, 16), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(body: str, place: int, other: str) -> None:
    changed = body[:place] + other + body[place + 1 :]
    assert is_credit_code(changed + check_character(body)) == (changed == body)


@pytest.mark.parametrize(
    "text", ["", "11341702486344515h", "1134170248634451", "I1341702486344515H", "１1341702486344515H"]
)
def test_another_shape_is_no_code(text: str) -> None:
    assert not is_credit_code(text)
