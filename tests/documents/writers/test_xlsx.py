from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from gongkai.documents.model import Document, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import render
from gongkai.documents.writers.xlsx import marker
from tests.documents.writers.sample_report import TITLE, sample_report


def opened(document: Document, values: bool = False) -> Workbook:
    return openpyxl.load_workbook(BytesIO(render(document, "xlsx")), data_only=values)


def cells(*cells: TableCell) -> Document:
    return Document((Table(cells),))


@pytest.fixture(scope="module")
def report() -> Workbook:
    return opened(sample_report())


def test_one_sheet_a_table_after_the_narrative(report: Workbook) -> None:
    assert report.sheetnames == ["正文", "art20_1", "art20_5", "art20_6", "art20_8", "applications", "remedies"]


def test_the_narrative_says_in_order_where_each_table_stands(report: Workbook) -> None:
    lines = [row[0].value for row in report["正文"].iter_rows()]
    assert lines[0] == TITLE
    at = lines.index("二、主动公开政府信息情况")
    assert lines[at + 1 : at + 5] == ["第二十条第（一）项", marker("art20_1"), "第二十条第（五）项", marker("art20_5")]
    assert lines[lines.index("三、收到和处理政府信息公开申请情况") + 1] == marker("applications")


def test_the_place_of_a_table_leads_to_its_sheet() -> None:
    sheet = opened(Document((Table((TableCell("甲", 0, 0),), key="引'号"),)))["正文"]
    assert sheet["A1"].value == marker("引'号")
    assert sheet["A1"].hyperlink.location == "'引''号'!A1"


def test_totals_are_live_sums_with_the_value_beside_them(report: Workbook) -> None:
    sheet = report["applications"]
    assert sheet["J4"].value == "=SUM(D4:I4)"
    total = next(row[1].row for row in sheet.iter_rows(max_col=2) if row[1].value == "（七）总计")
    assert sheet[f"D{total}"].value == f"=SUM(D6:D{total - 1})"
    assert opened(sample_report(), values=True)["applications"]["J4"].value == 21


def test_a_total_that_was_printed_wrong_stays_as_printed() -> None:
    sheet = opened(cells(TableCell("10", 0, 0, number=10), TableCell("0", 0, 1, number=0, sum_of=((0, 0),))))["表1"]
    assert sheet["B1"].value == 0


def test_scattered_squares_are_summed_by_ranges() -> None:
    ones = [TableCell("1", row, 0, number=1) for row in (0, 1, 3, 4)]
    total = TableCell("4", 5, 0, number=4, sum_of=((0, 0), (1, 0), (3, 0), (4, 0)))
    assert opened(cells(*ones, total))["表1"]["A6"].value == "=SUM(A1:A2,A4:A5)"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://a")', "http://a.b", "\t=1"])
def test_no_text_becomes_a_formula_or_a_link(text: str) -> None:
    sheet = opened(Document((Paragraph(text), Table((TableCell(text, 0, 0),)))))
    for cell in (sheet["正文"]["A1"], sheet["表1"]["A1"]):
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        assert cell.value == text.replace("\t", " ")


def test_numbers_are_numbers_and_look_as_printed() -> None:
    sheet = opened(
        cells(
            TableCell("7730.20", 0, 0, number=Decimal("7730.20")),
            TableCell("+2", 0, 1, number=2),
            TableCell("-8", 0, 2, number=-8),
        )
    )["表1"]
    assert [cell.value for cell in sheet[1]] == [7730.2, 2, -8]
    assert [cell.number_format for cell in sheet[1]] == ["0.00", "+0;-0;0", "0"]


def test_a_note_beside_a_number_is_kept() -> None:
    sheet = opened(
        cells(TableCell("22（其中修订16件）", 0, 0, number=22), TableCell("9.46万元", 0, 1, number=Decimal("9.46")))
    )
    assert [cell.value for cell in sheet["表1"][1]] == ["22（其中修订16件）", "9.46万元"]


def test_merged_cells_are_merged(report: Workbook) -> None:
    merged = {str(area) for area in report["applications"].merged_cells.ranges}
    assert {"A1:C3", "D1:J1", "D2:D3", "E2:I2", "A6:A27"} <= merged


def test_each_table_prints_on_a4_with_its_headers_on_every_page(report: Workbook) -> None:
    sheet = report["applications"]
    assert sheet.print_title_rows == "$1:$3"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_sheet_names_are_made_allowed_short_and_different() -> None:
    table = Table((TableCell("甲", 0, 0), TableCell("乙", 0, 1)))
    keys = ["收支[一]:/\\*?", "正文", "长" * 40, "长" * 40, "Art", "ART", "History", "'引'"]
    book = opened(Document(tuple(Table(table.cells, key=key) for key in keys)))
    assert book.sheetnames[1:] == [
        *("收支_一______", "正文（2）", "长" * 31, "长" * 28 + "（2）", "Art", "ART（2）", "History（2）", "引")
    ]


def test_the_longest_paragraph_is_kept_whole_over_rows() -> None:
    sheet = opened(Document((Heading("题", 1), Paragraph("长" * 70_000))))["正文"]
    assert "".join(row[0].value for row in sheet.iter_rows(min_row=2)) == "长" * 70_000
