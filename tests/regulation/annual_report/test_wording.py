"""Folding for matching never moves a character."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.wording import fold, sentences, squeeze, squeeze_prose


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_full_width_digits_and_radicals_are_folded_and_chinese_punctuation_is_not() -> None:
    assert fold("２０２３年⾏政复议（９５．２％），") == "2023年行政复议（95.2%），"


@given(st.text(max_size=60))
def test_sentences_lose_nothing_but_stray_marks(text: str) -> None:
    kept = "".join(sentences(text))
    assert [mark for mark in text if mark not in "。！？；!?;\n"] == [
        mark for mark in kept if mark not in "。！？；!?;\n"
    ]


def test_white_space_goes_and_two_numbers_stay_two() -> None:
    assert squeeze(" 总体　情况\n") == "总体情况"
    assert squeeze_prose("2023 年 1 136 条，表 1 25 件") == "2023年1136条，表1 25件"
