"""PDFs as other programs make them: a published report from WPS, a browser's print, LibreOffice's export."""

import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.documents.model import Document, Heading, Paragraph, Table
from gongkai.documents.readers.pdf.reading import document_from
from tests.samples import shared_sample

PAGE = """<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>年度报告</title>
<style>body { font-size: 12pt } p { text-indent: 2em; text-align: justify }
table { border-collapse: collapse } td, th { border: 1px solid #000; padding: 4px } th { background: #246; color: #fff }
</style></head><body>
<p style="text-align: center; text-indent: 0; font-size: 22pt">青溪县2023年政府信息公开工作年度报告</p>
<p>一、本机关认真执行《条例》，全年主动公开政府信息5687条，其中微博618条、微信801条，各项工作有序推进，没有发生责任追究情形。</p>
<table border="1" cellspacing="0"><tr><th colspan="4">第二十条第（一）项</th></tr>
<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>
<tr><td>规章</td><td>0</td><td>-</td><td>0</td></tr><tr><td>行政规范性文件</td><td>8</td><td>1</td><td>314</td></tr></table>
<p>二、行政复议情况见下。</p></body></html>"""

CELLS = [
    ["第二十条第（一）项"],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "-", "0"],
    ["行政规范性文件", "8", "1", "314"],
]


def rows(table: Table) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    return [[cell.text for cell in table.cells if cell.row == row] for row in range(table.row_count)]


def program(name: str) -> str:
    """The path of a program, or a skipped test."""
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def check_page(document: Document) -> None:
    title, paragraph, table, last = document.blocks
    assert isinstance(title, Heading)
    assert title.text == "青溪县2023年政府信息公开工作年度报告"
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text.startswith(
        "一、本机关认真执行《条例》，全年主动公开政府信息5687条，其中微博618条、微信801条，各项"
    )
    assert paragraph.text.endswith("没有发生责任追究情形。")
    assert isinstance(table, Table)
    assert rows(table) == CELLS
    assert isinstance(last, Paragraph)
    assert last.text == "二、行政复议情况见下。"


def test_a_page_printed_by_chromium(tmp_path: Path) -> None:
    chromium = program("chromium")
    source, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(PAGE, encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={tmp_path / 'profile'}",
    ]
    subprocess.run(
        [chromium, *flags, f"--print-to-pdf={printed}", source.as_uri()], check=True, capture_output=True, timeout=120
    )
    check_page(document_from(printed.read_bytes()))


def word_file(path: Path) -> None:
    """The same page as a Word file."""
    page = docx.Document()
    title = page.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run("青溪县2023年政府信息公开工作年度报告").font.size = Pt(20)
    for line in PAGE.splitlines():
        if line.startswith("<p>一"):
            page.add_paragraph(line.removeprefix("<p>").removesuffix("</p>"))
    table = page.add_table(rows=4, cols=4, style="Table Grid")
    table.cell(0, 0).merge(table.cell(0, 3)).text = "第二十条第（一）项"
    for row, texts in enumerate(CELLS[1:], 1):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    page.add_paragraph("二、行政复议情况见下。")
    page.save(str(path))


def test_a_word_file_exported_by_libreoffice(tmp_path: Path) -> None:
    soffice = program("soffice")
    word_file(tmp_path / "page.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "page.docx")], check=True, capture_output=True, timeout=120)
    check_page(document_from((tmp_path / "page.pdf").read_bytes()))


@pytest.fixture(scope="module")
def hongze() -> Document:
    return document_from(shared_sample("hongze-2023.pdf").read_bytes())


def test_the_published_report_has_its_tables_in_order(hongze: Document) -> None:
    tables = [block for block in hongze.blocks if isinstance(block, Table)]
    assert [(table.at.page, table.row_count, table.column_count) for table in tables] == [
        (2, 8, 4),
        (3, 6, 4),
        (3, 17, 10),
        (4, 9, 10),
        (4, 4, 15),
    ]
    assert all(table.aligned for table in tables)
    captions = [row[0] for table in tables[:2] for row in rows(table) if len(row) == 1]
    assert captions == [f"第二十条第（{number}）项" for number in "一五六八"]
    assert rows(tables[0])[2:4] == [["规章", "0", "0", "0"], ["行政规范性文件", "0", "5", "5"]]
    assert [row for row in rows(tables[1]) if len(row) == 2][-1] == ["行政事业性收费", "7730.28"]


def test_the_published_reports_applications_are_whole_over_the_page_break(hongze: Document) -> None:
    first, second = [block for block in hongze.blocks if isinstance(block, Table)][2:4]
    data = [row for table in (first, second) for row in rows(table) if len(row) >= 8 and row[-1].isdigit()]
    assert len(data) == 23
    numbers = [[int(text) for text in row[-7:]] for row in data]
    nonzero = {row[-8]: figures for row, figures in zip(data, numbers, strict=True) if any(figures)}
    assert nonzero == {
        "一、本年新收政府信息公开申请数量": [21, 0, 0, 0, 0, 0, 21],
        "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": [4, 0, 0, 0, 0, 0, 4],
        "1.属于国家秘密": [1, 0, 0, 0, 0, 0, 1],
        "6.属于四类过程性信息": [1, 0, 0, 0, 0, 0, 1],
        "7.属于行政执法案卷": [1, 0, 0, 0, 0, 0, 1],
        "1.本机关不掌握相关政府信息": [10, 0, 0, 0, 0, 0, 10],
        "2.没有现成信息需要另行制作": [3, 0, 0, 0, 0, 0, 3],
        "1.信访举报投诉类申请": [1, 0, 0, 0, 0, 0, 1],
        "（七）总计": [21, 0, 0, 0, 0, 0, 21],
    }
    assert "三、本年度办理结果" in [cell.text for cell in first.cells]  # set in a vertical font


def test_the_published_reports_remedies_have_three_header_rows(hongze: Document) -> None:
    remedies = [block for block in hongze.blocks if isinstance(block, Table)][-1]
    header = {(cell.row, cell.column): (cell.text, cell.row_span, cell.column_span) for cell in remedies.cells}
    assert header[0, 0] == ("行政复议", 1, 5)
    assert header[0, 5] == ("行政诉讼", 1, 10)
    assert header[1, 0] == ("结果维持", 2, 1)
    assert header[1, 10] == ("复议后起诉", 1, 5)
    assert rows(remedies)[3] == ["10", "1", "0", "0", "0", "0", "0", "0", "0", "0", "5", "0", "0", "0", "0"]


def test_the_published_reports_paragraphs_are_whole(hongze: Document) -> None:
    texts = [block.text for block in hongze.blocks if isinstance(block, Heading | Paragraph)]
    assert texts[0] == "洪泽区人民政府2023年政府信息公开工作年度报告"
    assert "洪泽湖大道90号，邮编：223100，电话：0517-87222589，电子邮箱：hzzwgk@126.com）。" in texts[1]
    assert len(texts) == 17
    assert not any("-" in text and len(text) < 8 for text in texts)  # no page numbers
    assert "实行政府信息公开工作人员跟班学习制度" in texts[-3]  # goes on over a page break
