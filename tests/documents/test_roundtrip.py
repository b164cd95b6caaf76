"""What one module writes the other reads back: words, levels, tables and spans, as far as each format can hold them."""

from __future__ import annotations

from functools import cache

import pytest

from gongkai.documents.model import Document, Heading, Paragraph, Refusal, Table
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import FORMATS, layout, render
from gongkai.documents.writers.xlsx import marker
from tests.documents.writers.sample_report import TITLE, sample_report

EDITIONS = ("2019", "2021")
NAMES = {"text": "report.txt"} | {format: f"report.{format}" for format in FORMATS if format != "text"}
KEEP_BLOCKS = tuple(format for format in FORMATS if format != "csv")
"""A CSV file is one table: what stands around its tables comes back as rows of it (tests/documents/writers/test_csv.py)."""
KEEP_SPANS = ("html", "docx", "pdf", "xlsx")
KEEP_LEVELS = ("html", "docx", "text")


@cache
def read_back(edition: str, format: str) -> Document:
    found = read_bytes(render(sample_report(edition), format), NAMES[format])
    assert not isinstance(found, Refusal), found.message
    return found


def unspaced(text: str) -> str:
    return "".join(text.split())


def words(document: Document) -> list[str]:
    """Headings and paragraphs without captions and the places of sheets, which not every format can tell from them."""
    texts = [block.text for block in document.blocks if isinstance(block, Heading | Paragraph)]
    return [unspaced(text) for text in texts if text not in LEFT_OUT]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


LEFT_OUT = {
    text
    for edition in EDITIONS
    for table in tables(sample_report(edition))
    for text in (table.caption, marker(table.key))
}


def spans(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {
        (cell.row, cell.column): (unspaced(cell.text), cell.row_span, cell.column_span)
        for row in layout.rows(table)
        for cell in row
    }


def texts(table: Table) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): unspaced(cell.text) for cell in table.cells if cell.text}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format", KEEP_BLOCKS)
def test_every_word_comes_back_in_its_place(format: str, edition: str) -> None:
    report = sample_report(edition)
    assert words(read_back(edition, format)) == words(report)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format", KEEP_BLOCKS)
def test_every_cell_comes_back_in_its_square(format: str, edition: str) -> None:
    report = sample_report(edition)
    found = tables(read_back(edition, format))
    assert [texts(table) for table in found] == [texts(table) for table in tables(report)]
    assert all(table.aligned for table in found)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("format", KEEP_SPANS)
def test_spans_come_back(format: str, edition: str) -> None:
    report = sample_report(edition)
    assert [spans(table) for table in tables(read_back(edition, format))] == [spans(table) for table in tables(report)]


@pytest.mark.parametrize("format", KEEP_LEVELS)
def test_headings_come_back_with_their_levels(format: str) -> None:
    report = sample_report()
    captions = {table.caption for table in tables(report)}
    found = [block for block in read_back("2021", format).blocks if isinstance(block, Heading)]
    wanted = [(block.text, block.level) for block in report.blocks if isinstance(block, Heading)]
    assert [(block.text, block.level) for block in found if block.text not in captions] == wanted


def test_html_keeps_captions_and_headers_too() -> None:
    report = sample_report()
    for found, wanted in zip(tables(read_back("2021", "html")), tables(report), strict=True):
        assert found.caption == wanted.caption
        assert {cell.text for cell in found.cells if cell.is_header} == {
            cell.text for cell in wanted.cells if cell.is_header
        }


@pytest.mark.parametrize("format", [format for format in FORMATS if format not in ("csv", "text")])
def test_the_title_of_the_file_comes_back(format: str) -> None:
    assert read_back("2021", format).title == TITLE


def test_numbers_of_a_sheet_come_back_as_numbers() -> None:
    report = sample_report()
    for found, wanted in zip(tables(read_back("2021", "xlsx")), tables(report), strict=True):
        numbers = {(cell.row, cell.column): cell.number for cell in wanted.cells if cell.number is not None}
        assert {(cell.row, cell.column): cell.number for cell in found.cells if cell.number is not None} == numbers
