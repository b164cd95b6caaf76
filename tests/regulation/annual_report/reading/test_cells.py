"""What one printed cell says."""

from decimal import Decimal

import pytest

from gongkai.regulation.annual_report.reading.cells import NOT_READ, read_cell


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("314", 314),
        (" 126048 ", 126048),
        ("１２３", 123),
        ("11,398,889", 11398889),
        ("1，036", 1036),
        ("1 036", 1036),
        ("+1036", 1036),
        ("-8", -8),
        ("−8", -8),
        ("减4", -4),
        ("减少4", -4),
        ("增加12", 12),
        ("↓3", -3),
        ("〇", 0),
        ("零", 0),
        ("25件", 25),
        ("3项", 3),
        ("2.0", 2),
        ("52.15", Decimal("52.15")),
    ],
)
def test_a_number_is_read_in_every_way_it_is_printed(text: str, value: object) -> None:
    reading = read_cell(text)
    assert (reading.state, reading.value) == ("number", value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9.46万元", Decimal("9.46")),
        ("9.46", Decimal("9.46")),
        ("251000元", Decimal("25.1")),
        ("2,736,740元", Decimal("273.674")),
        ("1.2亿元", 12000),
        ("7730.2800", Decimal("7730.28")),
        ("316441", 316441),
    ],
)
def test_an_amount_is_read_in_ten_thousand_yuan(text: str, value: object) -> None:
    assert read_cell(text, in_wan=True).value == value


def test_the_unit_of_the_header_is_that_of_a_bare_number() -> None:
    assert read_cell("251000", in_wan=True, header_unit="元").value == Decimal("25.1")
    assert read_cell("25.1万元", in_wan=True, header_unit="元").value == Decimal("25.1")


@pytest.mark.parametrize("text", ["", " ", "\u3000", "\xa0", "\u200b", "\n\t"])
def test_white_space_of_any_kind_is_a_blank(text: str) -> None:
    assert read_cell(text).state == "blank"


@pytest.mark.parametrize("text", ["-", "—", "——", "－", "/", "／", "\\", "无", "―", "–"])
def test_a_mark_for_nothing_is_a_mark_and_no_number(text: str) -> None:
    reading = read_cell(text)
    assert (reading.state, reading.value, reading.text) == ("mark", None, text)


@pytest.mark.parametrize(
    "text", ["见附件", "2件3项", "12/3", "1.2.3", "O", "l2", "约20", "20余", "９元整", "1\n2", "1\ufffd3"]
)
def test_what_is_no_number_is_unreadable_and_keeps_its_text(text: str) -> None:
    reading = read_cell(text)
    assert (reading.state, reading.value, reading.text) == ("unreadable", None, text)


def test_a_count_with_a_unit_of_money_is_unreadable() -> None:
    assert read_cell("9.46万元").state == "unreadable"


def test_a_note_in_the_cell_is_kept_apart_from_the_number() -> None:
    reading = read_cell("22（其中修订16件）")
    assert (reading.value, reading.note, reading.text) == (22, "其中修订16件", "22（其中修订16件）")


@pytest.mark.parametrize(("text", "note"), [("22①", "①"), ("22²", "²"), ("22[1]", "[1]"), ("22*", "*"), ("22※", "※")])
def test_a_footnote_mark_is_no_digit(text: str, note: str) -> None:
    reading = read_cell(text)
    assert (reading.value, reading.note) == (22, note)


def test_digits_set_apart_are_one_number_to_be_confirmed() -> None:
    assert read_cell("1 2").doubtful
    assert read_cell("1 2").value == 12
    assert not read_cell("1 036").doubtful
    assert not read_cell("12").doubtful


def test_what_the_product_prints_for_an_unread_cell_is_read_back_as_unreadable() -> None:
    reading = read_cell(NOT_READ)
    assert (reading.state, reading.text) == ("unreadable", "")
