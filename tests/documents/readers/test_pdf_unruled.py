"""How the PDF reader finds the cells of tables without drawn lines."""

import pytest

from gongkai.documents.model import Paragraph, Table
from gongkai.documents.readers.pdf.reading import document_from
from tests.documents.readers.pdf_files import typeset

SETUP = "#set par(leading: 0.45em, justify: false)\n#set text(size: 9pt)"

APPLICATIONS = """#table(columns: (3.5em, 6em, 10em, 3em, 3em, 3em, 3em), stroke: none, inset: 4pt, align: {align} + horizon,
  table.cell(colspan: 3, rowspan: 3)[（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）],
  table.cell(colspan: 4)[申请人情况],
  table.cell(rowspan: 2)[自然人], table.cell(colspan: 2)[法人或其他组织], table.cell(rowspan: 2)[总计],
  [商业企业], [科研机构],
  table.cell(colspan: 3)[一、本年新收政府信息公开申请数量], [11], [0], [1], [12],
  table.cell(rowspan: 5)[三、本年度办理结果], table.cell(colspan: 2)[（一）予以公开], [21], [-], [0], [21],
  table.cell(rowspan: 3)[（三）不予公开], [1.属于国家秘密], [31], [0], [0], [31],
  [5.要求行政机关确认或重新出具已获取信息], [4], [0], [0], [4],
  [7.属于行政执法案卷], [5], [0], [0], [5],
  table.cell(colspan: 2)[（七）总计], [61], [0], [0], [61])"""

REMEDIES = """#table(columns: (3em,) * 6, stroke: none, inset: 4pt, align: {align} + horizon,
  table.cell(colspan: 2, rowspan: 2)[行政复议], table.cell(colspan: 4)[行政诉讼],
  table.cell(colspan: 2)[直接起诉], table.cell(colspan: 2)[复议后起诉],
  [结果维持], [总计], [结果维持], [总计], [结果维持], [总计],
  ..range(1, 7).map(str).map(align.with(center)))"""


def tables(source: str, setup: str = SETUP) -> list[Table]:
    """The tables of a typeset source."""
    return [block for block in document_from(typeset(source, setup)).blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


@pytest.mark.parametrize("align", ["left", "center"])
def test_groups_of_rows_and_of_columns_get_the_rows_and_columns_they_are_about(align: str) -> None:
    (table,) = tables(APPLICATIONS.format(align=align))
    assert table.aligned
    assert rows(table)[:5] == [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["商业企业", "科研机构"],
        ["一、本年新收政府信息公开申请数量", "11", "0", "1", "12"],
        ["三、本年度办理结果", "（一）予以公开", "21", "-", "0", "21"],
    ]
    assert [row[-5:] for row in rows(table)[5:]] == [
        ["1.属于国家秘密", "31", "0", "0", "31"],
        ["5.要求行政机关确认或重新出具已获取信息", "4", "0", "0", "4"],
        ["7.属于行政执法案卷", "5", "0", "0", "5"],
        ["（七）总计", "61", "0", "0", "61"],
    ]
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["法人或其他组织"] == (1, 2)
    assert spans["自然人"] == (2, 1)
    assert spans["（三）不予公开"] == (
        3 if align == "left" else 1,
        1,
    )  # in the middle, a total may be a group's label too


@pytest.mark.parametrize("align", ["left", "center"])
def test_column_names_that_come_twice_stand_under_their_groups(align: str) -> None:
    (table,) = tables(REMEDIES.format(align=align))
    assert table.aligned
    groups = {cell.text: (cell.column, cell.column_span) for cell in table.cells if cell.column_span > 1}
    assert groups == {"行政复议": (0, 2), "行政诉讼": (2, 4), "直接起诉": (2, 2), "复议后起诉": (4, 2)}
    assert rows(table)[-1] == ["1", "2", "3", "4", "5", "6"]


def test_column_names_that_come_twice_without_a_group_are_no_columns() -> None:
    source = """#table(columns: (4em,) * 4, stroke: none, [维持], [总计], [维持], [总计], [1], [2], [3], [4])"""
    (table,) = tables(source)
    assert not table.aligned
    assert rows(table) == [["维持", "总计", "维持", "总计"], ["1", "2", "3", "4"]]


def test_a_header_at_the_foot_of_a_page_belongs_to_the_numbers_on_the_next() -> None:
    (table,) = tables(f"#v(23.4cm)\n{REMEDIES.format(align='left')}")
    assert table.aligned
    assert rows(table)[-2:] == [["结果维持", "总计"] * 3, ["1", "2", "3", "4", "5", "6"]]
    assert {cell.at.page for cell in table.cells if cell.text.isdigit()} == {2}
    group = next(cell for cell in table.cells if cell.text == "行政诉讼")
    assert group.at.page == 1
    assert group.at.box is not None
    assert 700 < group.at.box[1] < group.at.box[3] < 842


def test_a_table_begins_where_new_columns_are_named() -> None:
    source = """#set table(stroke: none, inset: 4pt, align: left)
#table(columns: (1fr, 1fr, 1fr), [信息内容], [制发件数], [有效件数], [规章], align(center)[0], align(center)[3])
第二十条第（五）项
#table(columns: (1fr, 1fr), [信息内容], [处理决定数量], [行政许可], align(center)[5])"""
    document = document_from(typeset(source, SETUP))
    first, caption, second = document.blocks
    assert isinstance(first, Table)
    assert isinstance(caption, Paragraph)
    assert isinstance(second, Table)
    assert caption.text == "第二十条第（五）项"
    assert rows(first) == [["信息内容", "制发件数", "有效件数"], ["规章", "0", "3"]]
    assert rows(second) == [["信息内容", "处理决定数量"], ["行政许可", "5"]]


def test_marks_and_notes_stand_in_the_columns_of_numbers() -> None:
    source = """#table(columns: (9em, 12em, 6em), stroke: none, align: (left, center, center),
  [信息内容], [制发件数], [有效件数], [规章], [无], [无], [规范性文件], [22（其中修订16件）], [3件])"""
    (table,) = tables(source)
    assert table.aligned
    assert rows(table)[1:] == [["规章", "无", "无"], ["规范性文件", "22（其中修订16件）", "3件"]]


def test_a_row_of_single_figures_at_the_top_of_a_page_is_no_page_number() -> None:
    head = "#table(columns: (3em,) * 4, stroke: none, [甲], [乙], [丙], [丁])\n#pagebreak()\n"
    last = "#table(columns: (3em,) * 4, stroke: none, [-], [3], [-], [2])\n"
    text = "\n\n".join(["今年的工作总结起来有以下几个方面，都已经向社会作了说明，并且接受了大家的监督。"] * 3)
    found = tables(head + last + text)
    assert ["-", "3", "-", "2"] in [row for table in found for row in rows(table)]
