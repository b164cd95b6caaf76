"""Drawings in a document: on paper as pictures with words for whoever can't see them, and nothing that a reader takes for text."""

from __future__ import annotations

import io
from dataclasses import replace
from zipfile import ZipFile

import pypdf
import pytest

from gongkai.documents import charts
from gongkai.documents.model import Document, Figure, Heading, Paragraph, Table, TableCell
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import FORMATS, render

CHART = charts.stacked("2020年办理结果的构成", ["予以公开", "部分公开"], [("办理结果", [2, 1])], unit="件")
PLAIN = Document(
    (
        Heading("青溪县教育局2020年政府信息公开工作年度报告", 1),
        Paragraph("收到申请三件，全部在期限内答复，没有收取费用。"),
        Table((TableCell("本年新收", 0, 0, is_header=True), TableCell("3", 0, 1))),
        Paragraph("没有其他需要报告的事项。"),
    )
)
DRAWN = replace(PLAIN, figures=(Figure(CHART, charts.words(CHART), after=2),))


def told(content: bytes, format: str) -> list[object]:
    """The texts of a file in reading order, without the places where they stand."""
    document = read_bytes(content, f"file.{'txt' if format == 'text' else format}")
    assert isinstance(document, Document)
    return [
        [cell.text for cell in block.cells] if isinstance(block, Table) else getattr(block, "text", block)
        for block in document.blocks
    ]


@pytest.mark.parametrize("format", FORMATS)
def test_a_figure_adds_no_word_that_a_reader_takes_for_the_text(format: str) -> None:
    assert told(render(DRAWN, format), format) == told(render(PLAIN, format), format)


@pytest.mark.parametrize("format", FORMATS)
def test_equal_documents_give_equal_bytes(format: str) -> None:
    assert render(DRAWN, format) == render(replace(DRAWN), format)


@pytest.mark.parametrize("format", ["csv", "text", "xlsx"])
def test_what_holds_no_pictures_leaves_them_out(format: str) -> None:
    assert render(DRAWN, format) == render(PLAIN, format)


def test_a_page_holds_the_drawing_itself_with_its_words() -> None:
    page = render(DRAWN, "html").decode()
    table, _, behind = page.partition("</table>")
    assert CHART in behind
    assert CHART not in table


def test_word_has_a_picture_with_words() -> None:
    with ZipFile(io.BytesIO(render(DRAWN, "docx"))) as archive:
        body = archive.read("word/document.xml").decode()
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    assert len(pictures) == 1
    assert 'descr="2020年办理结果的构成。构成图。办理结果共3件' in body


def test_a_pdf_has_a_picture_with_words() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render(DRAWN, "pdf")))
    assert [len(page.images) for page in reader.pages] == [1]
    words = [
        each.get_object()["/Alt"]
        for each in map(pypdf.generic.IndirectObject.get_object, _structure(reader))
        if "/Alt" in each.get_object()
    ]
    assert words == [charts.words(CHART)]


def _structure(reader: pypdf.PdfReader) -> list[pypdf.generic.IndirectObject]:
    """Every element of the structure that assistive technology reads."""
    return [
        pypdf.generic.IndirectObject(number, 0, reader)
        for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1)
        if isinstance(found := reader.get_object(number), pypdf.generic.DictionaryObject) and "/S" in found
    ]
