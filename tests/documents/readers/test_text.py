import pytest

from gongkai.documents.model import Flow, Heading, Paragraph, Position, Table
from gongkai.documents.readers import limits
from gongkai.documents.readers.refusing import CannotRead
from gongkai.documents.readers.text import blocks_of, read_text
from tests.samples import shared_sample


def only_table(text: str) -> Table:
    (table,) = (block for block in blocks_of(text) if isinstance(block, Table))
    return table


def rows(table: Table) -> list[list[str]]:
    lines: list[list[str]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        lines[cell.row].append(cell.text)
    return lines


def test_each_line_is_a_paragraph_with_its_number_whatever_the_line_ends():
    for end in ("\n", "\r\n", "\r"):
        blocks = blocks_of(end.join(["\u3000\u3000一、总体情况", "", "正文。 "]))
        assert blocks == (
            Paragraph("一、总体情况", Position(line=1)),
            Paragraph("正文。", Position(line=3)),
        )


def test_markdown_headings_have_their_level():
    assert blocks_of("## 一、总体情况 ##\n**2020年**正文") == (
        Heading("一、总体情况", 2, Position(line=1)),
        Paragraph("2020年正文", Position(line=2)),
    )


def test_a_markdown_table_has_real_columns_and_a_header():
    table = only_table(
        "文字\n\n| 信息内容 | 制发 | 废止 |\n|---|:--:|--:|\n| 规章 |  | 0 |\n| 规范性<br>文件 | 8 | a\\|b |\n"
    )
    assert rows(table) == [["信息内容", "制发", "废止"], ["规章", "", "0"], ["规范性\n文件", "8", "a|b"]]
    assert table.aligned
    assert [cell.is_header for cell in table.cells] == [True] * 3 + [False] * 6
    assert table.cells[-1].at == Position(line=6)


def test_two_markdown_tables_that_follow_each_other_stay_two():
    tables = [
        b
        for b in blocks_of("| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | d |\n|---|---|\n| 3 | 4 |")
        if isinstance(b, Table)
    ]
    assert [rows(table) for table in tables] == [[["a", "b"], ["1", "2"]], [["c", "d"], ["3", "4"]]]


def test_a_row_of_dashes_is_values_and_no_separator():
    assert rows(only_table("行政许可 | - | -\n行政处罚 | -- | --"))[1] == ["行政处罚", "--", "--"]


def test_rows_with_pipes_between_cells_are_a_table_without_columns():
    table = only_table("规章 | 0 | 0 | 0\n规范性文件 | 8 | 8 |\n | 5 | 314 | 1")
    assert rows(table) == [["规章", "0", "0", "0"], ["规范性文件", "8", "8", ""], ["", "5", "314", "1"]]
    assert not table.aligned


def test_tab_separated_rows_keep_empty_cells_at_both_ends():
    table = only_table("甲\t乙\t丙\n\t1\t2\n3\t\t4\n5\t6\t")
    assert rows(table) == [["甲", "乙", "丙"], ["", "1", "2"], ["3", "", "4"], ["5", "6", ""]]
    assert table.aligned


def test_ragged_tabs_have_no_columns():
    assert not only_table("申请人情况\t合计\n一、本年新收\t2\t0\t2").aligned


def test_a_tab_in_prose_is_no_table():
    assert blocks_of("\t根据《条例》\t编制") == (Paragraph("根据《条例》\t编制", Position(line=1)),)


def test_a_file_of_white_space_is_refused_as_empty():
    with pytest.raises(CannotRead, match="EMPTY"):
        read_text(b" \r\n\t\xe3\x80\x80\n")


def test_a_published_report_gives_three_flows_and_the_prose_around_them():
    document = read_text(shared_sample("shitai-2020.txt").read_bytes())
    flows = [block for block in document.blocks if isinstance(block, Flow)]
    assert [sum(1 for cell in flow.cells if cell.text) for flow in flows] == [53, 199, 34]
    assert flows[0].cells[-1].text == "9.46万元"
    assert flows[0].cells[-1].at == Position(line=84)
    assert sum(isinstance(block, Paragraph) for block in document.blocks) == len(document.blocks) - 3


@pytest.mark.parametrize("text", ["a\n" * (limits.MOST_LINES + 1), "a | b\n" * (limits.MOST_CELLS + 1)])
def test_more_lines_or_cells_than_any_report_has_are_too_large(text):
    with pytest.raises(CannotRead, match="TOO-LARGE"):
        blocks_of(text)
