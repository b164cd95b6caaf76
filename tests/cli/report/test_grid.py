import io

import pytest

from gongkai.cli.console import Console
from gongkai.cli.report.grid import Grid, GridRow, Shown, drawn
from gongkai.cli.text import columns

GRID = Grid(
    corner="项目",
    headings=("自然人", "社会公益组织", "总计"),
    rows=(
        GridRow("一、本年新收政府信息公开申请数量", 0, (Shown("2"), Shown("0"), Shown("1,234", "error"))),
        GridRow("（三）不予公开", 1, ()),
        GridRow("1.属于国家秘密", 2, (Shown("0"), Shown("0"), Shown("0"))),
    ),
)


def console(width: int, colour: bool = False) -> Console:
    return Console("zh", io.StringIO(), io.StringIO(), colour=colour, err_colour=False, width=width)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    assert max(columns(line) for line in drawn(GRID, console(width))) <= width


def test_numbers_of_a_column_end_under_each_other():
    lines = list(drawn(GRID, console(80)))
    first, secret = (next(line for line in lines if label in line) for label in ("新收", "国家秘密"))
    assert columns(first[: first.index("1,234")]) + 5 == columns(secret.rstrip())


def test_a_failing_cell_has_a_mark_without_colour_and_both_with_colour():
    assert "1,234✗" in "\n".join(drawn(GRID, console(80)))
    assert "\x1b[31m1,234✗\x1b[0m" in "\n".join(drawn(GRID, console(80, colour=True)))


def test_a_header_row_stands_alone():
    assert "  （三）不予公开" in list(drawn(GRID, console(80)))


def test_a_narrow_terminal_lists_what_is_not_zero():
    lines = list(drawn(GRID, console(30)))
    assert lines == [
        "一、本年新收政府信息公开申请数",
        "量  自然人 2 · 总计 1,234✗",
        "  （三）不予公开",
        "    1.属于国家秘密  均为 0",
    ]
