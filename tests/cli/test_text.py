from hypothesis import given
from hypothesis import strategies as st

from gongkai.cli.text import columns, left, right, wrapped

TEXTS = st.text(alphabet="政府信息公开，。、（）abc 12.5%-·", max_size=80)


def test_a_chinese_character_takes_two_columns_and_a_combining_mark_none():
    assert columns("合计12") == 6
    assert columns("e\u0301") == 1


def test_padding_counts_columns_not_characters():
    assert left("合计", 6) + "|" == "合计  |"
    assert right("合计", 6) == "  合计"


@given(TEXTS, st.integers(4, 40))
def test_no_line_is_wider_than_asked(text, width):
    assert all(columns(line) <= width for line in wrapped(text, width))


@given(TEXTS, st.integers(4, 40))
def test_wrapping_loses_no_character(text, width):
    assert "".join("".join(wrapped(text, width)).split()) == "".join(text.split())


def test_closing_punctuation_does_not_begin_a_line():
    assert wrapped("政府信息公开，年度报告", 12) == ["政府信息公", "开，年度报告"]


def test_opening_punctuation_does_not_end_a_line():
    assert wrapped("政府信息（公开）年度报告", 10) == ["政府信息", "（公开）年", "度报告"]


def test_english_is_broken_between_words():
    assert wrapped("withheld from disclosure", 14) == ["withheld from", "disclosure"]
