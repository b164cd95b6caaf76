from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from gongkai.documents.model import Paragraph, Position, Table
from gongkai.documents.readers.refusing import CannotRead
from gongkai.documents.readers.xlsx import read_csv, read_xlsx
from tests.documents.readers.office_files import sheet_file, small_sheet_file


def only_table(write) -> Table:
    (table,) = (block for block in read_xlsx(sheet_file(write)).blocks if isinstance(block, Table))
    return table


def test_a_sheet_with_one_column_of_text_is_prose_and_one_with_several_a_table():
    document = read_xlsx(small_sheet_file())
    assert document.blocks[0] == Paragraph("一、总体情况", Position(sheet="正文", row=1, column=1))
    assert isinstance(document.blocks[1], Table)
    assert document.blocks[1].at == Position(sheet="表一", row=1, column=1)


def test_numbers_keep_their_type_and_are_shown_as_people_write_them():
    def write(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["费", 9.46, 1234.0, 0.1 + 0.2, -3, 10**6])
        sheet.write(1, 0, 0.5, workbook.add_format({"num_format": "0.0%"}))
        sheet.write_string(1, 1, "314")
        sheet.write_boolean(1, 2, True)
        sheet.write_datetime(1, 3, date(2020, 12, 31), workbook.add_format({"num_format": "yyyy-mm-dd"}))

    cells = only_table(write).cells
    assert [(c.text, c.number) for c in cells[:6]] == [
        *[("费", None), ("9.46", Decimal("9.46")), ("1234", 1234), ("0.3", Decimal("0.3")), ("-3", -3)],
        ("1000000", 1_000_000),
    ]
    assert [(c.text, c.number) for c in cells[6:10]] == [
        *[("50.0%", Decimal("0.5")), ("314", None), ("TRUE", None), ("2020-12-31", None)],
    ]


def test_merged_cells_span_and_empty_squares_are_cells():
    def write(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.merge_range(1, 1, 2, 2, "合并")
        sheet.write(3, 1, "a")
        sheet.write(3, 3, 5)

    table = only_table(write)
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in table.cells] == [
        *[("合并", 0, 0, 2, 2), ("", 0, 2, 1, 1), ("", 1, 2, 1, 1)],
        *[("a", 2, 0, 1, 1), ("", 2, 1, 1, 1), ("5", 2, 2, 1, 1)],
    ]
    assert table.cells[-1].at == Position(sheet="表", row=4, column=4)


def test_long_prose_between_tables_is_a_paragraph_and_captions_stay_rows():
    prose = "主动公开政府信息，接受监督。" * 5

    def write(workbook):
        sheet = workbook.add_worksheet()
        for row, values in enumerate([["第二十条"], ["规章", 0], [prose], ["一、新收", 2]]):
            sheet.write_row(row, 0, values)

    blocks = read_xlsx(sheet_file(write)).blocks
    assert [type(block).__name__ for block in blocks] == ["Table", "Paragraph", "Table"]
    assert isinstance(blocks[0], Table)
    assert [c.text for c in blocks[0].cells] == ["第二十条", "", "规章", "0"]


def test_hidden_sheets_and_formulas_without_value_are_noted():
    def write(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", 1])
        sheet.write_formula(1, 1, "=B1", None, "")
        hidden = workbook.add_worksheet("草稿")
        hidden.write(0, 0, "x")
        hidden.hide()

    notes = read_xlsx(sheet_file(write)).notes
    assert "1 个公式没有保存计算结果" in notes[0]
    assert notes[1] == "隐藏的工作表“草稿”未计入。"


def test_a_formula_with_its_value_is_a_number_and_needs_no_note():
    def write(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", 1])
        sheet.write_formula(0, 2, "=B1+1", None, 2)

    document = read_xlsx(sheet_file(write))
    assert isinstance(document.blocks[0], Table)
    assert document.blocks[0].cells[2].number == 2
    assert document.notes == ()


def test_an_empty_workbook_is_refused():
    with pytest.raises(CannotRead, match="EMPTY"):
        read_xlsx(sheet_file(lambda workbook: workbook.add_worksheet()))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk"])
def test_comma_separated_text_is_a_table_with_lines(encoding):
    (table,) = read_csv('项目,"数量\n（件）"\r\n规章,"1,234"\r\n'.encode(encoding)).blocks
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.column, c.at.line) for c in table.cells] == [
        *[("项目", 0, 0, 1), ("数量\n（件）", 0, 1, 1), ("规章", 1, 0, 3), ("1,234", 1, 1, 3)]
    ]
    assert table.aligned


def test_semicolons_separate_where_they_prevail():
    (table,) = read_csv(b"a;b\n1,5;2\n").blocks
    assert isinstance(table, Table)
    assert [c.text for c in table.cells] == ["a", "b", "1,5", "2"]


def linked_workbook() -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        words, figures = book.add_worksheet("正文"), book.add_worksheet("申请情况")
        words.write_string(0, 0, "三、收到和处理政府信息公开申请情况")
        words.write_url(1, 0, "internal:'申请情况'!A1", string="（见工作表“申请情况”）")
        words.write_string(2, 0, "五、存在的主要问题及改进情况")
        figures.write_row(0, 0, ["信息内容", "件数"])
        figures.write_row(1, 0, ["规章", 3])
    return stream.getvalue()


def test_a_link_to_another_sheet_stands_for_what_that_sheet_holds() -> None:
    blocks = read_xlsx(linked_workbook()).blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Table", "Paragraph"]


def test_a_number_is_read_as_its_format_shows_it_unless_that_would_round() -> None:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["金额", "增减", "约数"])
        sheet.write_number(1, 0, 9.4, book.add_format({"num_format": "0.00"}))
        sheet.write_number(1, 1, 2, book.add_format({"num_format": "+0;-0;0"}))
        sheet.write_number(1, 2, 9.46, book.add_format({"num_format": "0"}))
    (table,) = read_xlsx(stream.getvalue()).blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells if cell.row == 1] == ["9.40", "+2", "9.46"]
