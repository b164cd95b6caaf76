import pytest

from gongkai.documents.readers.raised import is_number, marked, settled


@pytest.mark.parametrize("text", ["1", " 12 ", "1,2", "1、2", "3-5"])
def test_one_or_several_numbers_are_numbers(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "[1]", "注1", "①", "2024", "*"])
def test_marks_that_no_one_takes_for_digits_are_none(text):
    assert not is_number(text)


def test_a_number_cut_into_two_is_one_footnote():
    assert settled(f"22{marked('1')}{marked('0')}件") == "22[10]件"


def test_a_number_raised_at_the_beginning_of_a_text_is_a_footnote_too():
    assert settled(f"{marked('1')}22") == "[1]22"


def test_text_without_marks_stays_as_it_is():
    assert settled("22[1] 万") == "22[1] 万"
