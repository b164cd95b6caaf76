"""How the PDF reader finds the cells of tables, with and without drawn lines."""

import pytest

from gongkai.documents.model import Paragraph, Table
from gongkai.documents.readers.pdf.reading import document_from
from tests.documents.readers.pdf_files import at, drawn, typeset

GROUPED = """#table(columns: (2em, 6em, 1fr, 3em, 3em), align: center + horizon,
  table.cell(colspan: 3)[], [自然人], [总计],
  table.cell(colspan: 3)[一、本年新收政府信息公开申请数量], [11], [12],
  table.cell(rowspan: 4)[{stacked}], table.cell(colspan: 2)[（一）予以公开], [21], [22],
  table.cell(rowspan: 2)[（三）不予公开], [1.属于国家秘密], [31], [-],
  [2.其他法律行政法规禁止公开], [41], [—],
  table.cell(colspan: 2)[（七）总计], [51], [52])"""
STACKED = "\\ ".join("三、本年度办理结果")


def tables(data: bytes) -> list[Table]:
    """The tables of a PDF."""
    return [block for block in document_from(data).blocks if isinstance(block, Table)]


def rows(table: Table) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


GROUPED_ROWS = [
    ["", "自然人", "总计"],
    ["一、本年新收政府信息公开申请数量", "11", "12"],
    ["三、本年度办理结果", "（一）予以公开", "21", "22"],
    ["（三）不予公开", "1.属于国家秘密", "31", "-"],
    ["2.其他法律行政法规禁止公开", "41", "—"],
    ["（七）总计", "51", "52"],
]


@pytest.mark.parametrize(
    "label",
    [STACKED, "#rotate(-90deg, reflow: true)[三、本年度办理结果]", "#rotate(90deg, reflow: true)[三、本年度办理结果]"],
    ids=["stacked", "turned left", "turned right"],
)
def test_merged_cells_and_labels_written_downwards_or_turned(label: str) -> None:
    (table,) = tables(typeset(GROUPED.format(stacked=label)))
    assert rows(table) == GROUPED_ROWS
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["三、本年度办理结果"] == (4, 1)
    assert spans["（一）予以公开"] == (1, 2)
    assert spans["一、本年新收政府信息公开申请数量"] == (1, 3)


def test_cells_know_where_they_stand() -> None:
    (table,) = tables(typeset(GROUPED.format(stacked=STACKED)))
    cell = next(cell for cell in table.cells if cell.text == "31")
    assert (cell.at.page, cell.at.table, cell.at.row, cell.at.column) == (1, 1, 4, 4)
    assert cell.at.box is not None
    left, top, right, bottom = cell.at.box
    assert left < right < 596
    assert top < bottom < 300


def test_a_caption_before_a_table_and_text_after_it_keep_their_order() -> None:
    document = document_from(typeset("第二十条第（一）项\n\n#table(columns: 2)[规章][0]\n\n三、申请情况"))
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]


def test_a_table_cut_by_a_page_gives_two_tables_counted_in_the_same_columns() -> None:
    pushed = f"#v(20.5cm)\n{GROUPED.format(stacked=STACKED)}"
    first, second = tables(typeset(pushed, '#set page(numbering: "- 1 -")'))
    assert rows(first) + rows(second) != GROUPED_ROWS  # the group's label stands on one page only
    assert [row[-2:] for row in rows(first) + rows(second)] == [row[-2:] for row in GROUPED_ROWS]
    assert first.column_count == second.column_count == 5
    assert {cell.column for table in (first, second) for cell in table.cells if cell.text.isdigit()} == {3, 4}


def test_a_caption_row_cut_off_by_the_page_is_a_row_of_a_table_with_the_columns_of_the_next_page() -> None:
    pushed = "#v(23.2cm)\n#table(columns: (1fr, 1fr), inset: 8pt, table.cell(colspan: 2)[第二十条第（六）项], [行政处罚], [5])"
    first, second = tables(typeset(pushed))
    assert [(cell.text, cell.column_span) for cell in first.cells] == [("第二十条第（六）项", 2)]
    assert rows(second) == [["行政处罚", "5"]]


def _open_at_the_page_end(number: str, rest: str = "") -> bytes:
    """A row with a label on two pages and no line between its halves, under one on the first and above one on the second."""
    above = "".join(f"{x} 20 m {x} 120 l S " for x in (100, 300, 400)) + "100 120 m 400 120 l S 100 80 m 400 80 l S "
    below = "".join(f"{x} 720 m {x} 820 l S " for x in (100, 300, 400)) + "100 780 m 400 780 l S 100 720 m 400 720 l S "
    upper = at(110, 95, "规章") + at(310, 95, "0") + at(110, 50, "行政规范") + at(310, 50, number)
    lower = at(110, 795, "性文件") + at(110, 750, "行政许可") + at(310, 750, "5") + (at(310, 795, rest) if rest else "")
    return drawn(above + upper, below + lower)


def test_a_row_that_a_page_break_cut_open_is_one_row() -> None:
    first, second = tables(_open_at_the_page_end("8"))
    assert rows(first) == [["规章", "0"], ["行政规范性文件", "8"]]
    assert rows(second) == [["行政许可", "5"]]


def test_rows_with_numbers_of_their_own_stay_two_rows() -> None:
    first, second = tables(_open_at_the_page_end("8", rest="9"))
    assert rows(first) == [["规章", "0"], ["行政规范", "8"]]
    assert rows(second) == [["性文件", "9"], ["行政许可", "5"]]


def test_a_dash_at_the_foot_of_a_page_is_a_value_and_a_page_number_between_dashes_is_none() -> None:
    table = "#table(columns: 2, " + ", ".join("[项目], [-]" for _ in range(60)) + ")"
    found = tables(typeset(table, '#set page(numbering: "- 1 -")'))
    assert len(found) > 1
    assert all(row == ["项目", "-"] for part in found for row in rows(part))
    assert sum(part.row_count for part in found) == 60


def test_rows_without_lines_between_them_are_split_by_their_numbers() -> None:
    stroke = "(x, y) => (left: 0.5pt, right: 0.5pt, top: if y < 2 { 0.5pt }, bottom: if y in (0, 3) { 0.5pt })"
    cells = "[项目], [数量], [金额], [许可], [10], [5], [处罚], [20], [6], [强制], [30], [7]"
    table = f"#table(columns: (6em, 5em, 5em), stroke: {stroke}, {cells})"
    (found,) = tables(typeset(table))
    assert rows(found) == [["项目", "数量", "金额"], ["许可", "10", "5"], ["处罚", "20", "6"], ["强制", "30", "7"]]


def test_a_number_too_long_for_its_cell_is_one_number_wrapped_or_not() -> None:
    wrapped = typeset("#table(columns: (6em, 3.2em, 3.2em), [数量], [12#linebreak()6048], [0])")
    boxes = "100 600 60 20 re S 160 600 60 20 re S 220 600 60 20 re S 100 580 180 20 re S 160 580 m 160 600 l S "
    spilled = drawn(boxes + "BT /F1 12 Tf 205 605 Td (1234567) Tj ET BT /F1 12 Tf 110 605 Td (9) Tj ET")
    assert rows(tables(wrapped)[0])[0] != ["数量", "126048", "0"]  # "12" leaves room, so it may be a number of its own
    assert "1234567" in [cell.text for cell in tables(spilled)[0].cells]


@pytest.mark.parametrize("width", [8, 9, 10])
def test_a_number_that_fills_its_cell_goes_on_in_the_next_line(width: int) -> None:
    digits = "".join(f"BT /F1 12 Tf 163 {620 - 14 * i} Td ({part}) Tj ET " for i, part in enumerate(("1092", "7")))
    boxes = f"100 600 60 40 re S 160 600 {24 + width} 40 re S "
    assert "10927" in [cell.text for cell in tables(drawn(boxes + digits + at(105, 610, "数量")))[0].cells]


def test_lines_drawn_as_thin_rectangles_and_piece_by_piece_make_a_table() -> None:
    rules = "".join(f"100 {y} 200 0.5 re f " for y in (560, 580, 600))
    rules += "".join(f"{x} {y} 0.5 2 re f " for x in (100, 200, 300) for y in range(560, 600, 4))
    texts = at(110, 585, "规章") + at(210, 585, "0") + at(110, 565, "规范性文件") + at(210, 565, "8")
    (table,) = tables(drawn(rules + texts))
    assert rows(table) == [["规章", "0"], ["规范性文件", "8"]]


def test_white_lines_are_none() -> None:
    lines = "1 G 100 560 200 40 re S 200 560 m 200 600 l S 0 G "
    assert tables(drawn(lines + at(110, 585, "甲") + at(210, 565, "乙"))) == []


UNRULED = """#set par(leading: 0.5em)
#table(columns: (9em, 4em, 4em, 4em), stroke: none, align: (left, center, center, center), inset: 8pt,
  [信息内容], [制发], [废止], [有效],
  [规章], [0], [-], [0],
  [行政机关制定的规范性文件和具体办法], [8], [1], [314],
  [其他], [3], [], [12])"""


def test_a_table_without_lines_gets_its_columns_from_its_numbers() -> None:
    (table,) = tables(typeset(UNRULED))
    assert table.aligned
    assert rows(table) == [
        ["信息内容", "制发", "废止", "有效"],
        ["规章", "0", "-", "0"],
        ["行政机关制定的规范性文件和具体办法", "8", "1", "314"],
        ["其他", "3", "12"],
    ]
    assert next(cell.column for cell in table.cells if cell.text == "12") == 3


def test_numbers_between_the_halves_of_a_wrapped_label_belong_to_it() -> None:
    horizon = UNRULED.replace("align: (left, center, center, center)", "align: left + horizon")
    assert ["行政机关制定的规范性文件和具体办法", "8", "1", "314"] in rows(tables(typeset(horizon))[0])


def test_a_table_with_horizontal_lines_only_is_read_the_same() -> None:
    ruled = UNRULED.replace("stroke: none", "stroke: (x: none, y: 0.5pt)")
    assert rows(tables(typeset(ruled))[0]) == rows(tables(typeset(UNRULED))[0])


def test_the_line_above_a_table_without_lines_stays_a_paragraph() -> None:
    document = document_from(typeset(f"二、主动公开政府信息情况\n\n{UNRULED}"))
    assert [type(block) for block in document.blocks] == [Paragraph, Table]


def test_a_date_below_a_name_is_no_table() -> None:
    document = document_from(typeset("#align(right)[青溪县人民政府办公室]\n\n#align(right)[2024年1月20日]"))
    assert not any(isinstance(block, Table) for block in document.blocks)
