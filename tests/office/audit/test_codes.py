"""A code is typed in many ways, and a slip of the finger is noticed."""

import pytest

from gongkai.office.audit.codes import ALPHABET, Mistyped, new_code, printed, typed


def test_a_code_is_read_however_it_is_typed():
    code = new_code()
    shown = printed(code)
    full_width = "".join(chr(ord(each) + 0xFEE0) for each in code)
    for given in (code, shown, shown.lower(), f"  {shown} ", shown.replace("-", " "), full_width):
        assert typed(given) == code


def test_every_single_wrong_character_is_noticed():
    code = new_code()
    for place in range(len(code)):
        for other in set(ALPHABET) - {code[place]}:
            with pytest.raises(Mistyped, match=r"输错|颠倒"):
                typed(code[:place] + other + code[place + 1 :])


def test_two_neighbours_that_changed_places_are_noticed():
    code = new_code()
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            with pytest.raises(Mistyped):
                typed(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize(
    ("given", "said"), [("O123", "没有字母I、L、O"), ("7K3M", "12位"), ("", "12位"), ("校验码", "汉字")]
)
def test_what_is_no_code_says_why(given, said):
    with pytest.raises(Mistyped, match=said):
        typed(given)


def test_no_character_looks_like_another():
    assert not set("01ILO") & set(ALPHABET)


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(2000)}) == 2000
