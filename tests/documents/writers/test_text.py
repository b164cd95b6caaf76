from gongkai.documents.model import Document, Flow, FlowCell, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import render


def text(*blocks: Heading | Paragraph | Table | Flow) -> str:
    return render(Document(blocks), "text").decode()


def test_headings_and_paragraphs_are_lines_of_their_own() -> None:
    assert (
        text(Heading("题", 1), Heading("一、总体情况", 2), Paragraph("正文。"))
        == "# 题\n\n## 一、总体情况\n\n正文。\n\n"
    )


def test_a_span_is_written_once_and_its_other_squares_are_blank() -> None:
    cells = (TableCell("组", 0, 0, 2), TableCell("情况", 0, 1, 1, 2), TableCell("1", 1, 1), TableCell("2", 1, 2))
    assert (
        text(Heading("二", 2), Table(cells, caption="表"))
        == "## 二\n\n### 表\n\n| 组 | 情况 |  |\n| --- | --- | --- |\n|  | 1 | 2 |\n\n"
    )


def test_bars_and_line_breaks_in_a_cell_break_nothing() -> None:
    assert text(Table((TableCell("甲|乙\n丙", 0, 0), TableCell("", 0, 1)))).startswith("| 甲\\|乙 丙 |  |\n")


def test_a_line_break_in_a_paragraph_is_a_space() -> None:
    assert text(Paragraph("甲\n乙")) == "甲 乙\n\n"


def test_a_flattened_table_keeps_one_cell_a_line() -> None:
    assert text(Flow((FlowCell("信息内容"), FlowCell(""), FlowCell("8")))) == "信息内容 |\n |\n8 |\n\n"
