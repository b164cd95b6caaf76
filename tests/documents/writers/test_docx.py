from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn

from gongkai.documents.model import Document, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import render
from tests.documents.writers.sample_report import TITLE, sample_report


def opened(document: Document) -> DocxDocument:
    return docx.Document(BytesIO(render(document, "docx")))


@pytest.fixture(scope="module")
def report() -> DocxDocument:
    return opened(sample_report())


def test_headings_are_heading_styles_so_that_the_navigation_pane_shows_them(report: DocxDocument) -> None:
    outline = [(p.style.name, p.text) for p in report.paragraphs if p.style.name.startswith("Heading")]
    assert outline[0] == ("Heading 1", TITLE.replace("2022", "\n2022"))
    assert outline[1:3] == [("Heading 2", "一、总体情况"), ("Heading 3", "（一）主动公开")]
    assert sum(1 for name, _ in outline if name == "Heading 2") == 6


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Heading 1", "方正小标宋简体", 22),
        ("Heading 2", "黑体", 16),
        ("Heading 3", "楷体_GB2312", 16),
        ("Normal", "仿宋_GB2312", 16),
    ],
)
def test_each_style_has_the_official_chinese_face(report: DocxDocument, style: str, face: str, points: int) -> None:
    properties = report.styles[style].element.rPr
    assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
    assert report.styles[style].font.size.pt == points


def test_the_page_has_the_official_margins(report: DocxDocument) -> None:
    section = report.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]


def test_body_text_is_indented_by_two_characters(report: DocxDocument) -> None:
    indent = report.styles["Normal"].element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_the_page_number_is_a_field(report: DocxDocument) -> None:
    footer = report.sections[0].footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")).strip() for field in footer.iter(qn("w:fldSimple"))] == ["PAGE"]
    assert "".join(text.text for text in footer.iter(qn("w:t"))) == "— 1 —"


def test_merged_cells_are_merged_and_not_repeated(report: DocxDocument) -> None:
    table = report.tables[4]
    cells = list(table._tbl.iter(qn("w:tc")))
    texts = ["".join(t.text for t in cell.iter(qn("w:t"))) for cell in cells]
    assert texts.count("三、本年度办理结果") == 1
    assert table.cell(5, 0)._tc is table.cell(26, 0)._tc
    assert table.cell(0, 3)._tc is table.cell(0, 9)._tc


def test_header_rows_are_repeated_and_no_row_is_cut(report: DocxDocument) -> None:
    rows = report.tables[4]._tbl.findall(qn("w:tr"))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows[:4]] == [True, True, True, False]
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)


def test_the_group_beside_all_results_is_written_from_top_to_bottom(report: DocxDocument) -> None:
    directions = list(report.tables[4]._tbl.iter(qn("w:textDirection")))
    assert {direction.get(qn("w:val")) for direction in directions} == {"tbRlV"}


def test_every_table_is_as_wide_as_the_text(report: DocxDocument) -> None:
    for table in report.tables:
        width = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid)
        assert width / 1440 * 25.4 == pytest.approx(156, abs=0.3)


def test_two_tables_in_a_row_stay_two() -> None:
    table = Table((TableCell("甲", 0, 0),))
    body = opened(Document((table, table))).element.body
    assert [child.tag.rpartition("}")[2] for child in body] == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_caption_is_a_caption(report: DocxDocument) -> None:
    captions = [paragraph.text for paragraph in report.paragraphs if paragraph.style.name == "Caption"]
    assert captions == ["第二十条第（一）项", "第二十条第（五）项", "第二十条第（六）项", "第二十条第（八）项"]


def test_the_title_is_in_the_properties(report: DocxDocument) -> None:
    assert report.core_properties.title == TITLE


def test_text_is_never_markup() -> None:
    written = opened(Document((Heading("<w:p/>", 1), Paragraph("a</w:t>&lt;"), Table((TableCell("<&>\n乙", 0, 0),)))))
    assert [paragraph.text for paragraph in written.paragraphs][:2] == ["<w:p/>", "a</w:t>&lt;"]
    assert written.tables[0].cell(0, 0).text == "<&>\n乙"


def test_nothing_of_the_template_comes_along() -> None:
    with ZipFile(BytesIO(render(Document((Paragraph("正文"),)), "docx"))) as file:
        assert [name for name in file.namelist() if "thumbnail" in name or "media" in name] == []
        assert b"thumbnail" not in file.read("_rels/.rels")
