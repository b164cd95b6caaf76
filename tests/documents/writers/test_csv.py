"""CSV: a report as rows, which our own reader reads like any other file."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from gongkai.documents.model import Document, Paragraph, Refusal, Table, TableCell
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import render
from gongkai.regulation.annual_report import read
from tests.documents.writers.sample_report import sample_report


def rows(document: Document) -> list[list[str]]:
    return list(csv.reader(StringIO(render(document, "csv").decode("utf-8-sig"))))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_report_read_from_csv_has_the_cells_it_has_in_html(edition: str) -> None:
    found = []
    for format in ("csv", "html"):
        document = read_bytes(render(sample_report(edition), format), f"report.{format}")
        assert not isinstance(document, Refusal)
        report = read(document)
        assert not isinstance(report, Refusal)
        found.append({address: (cell.state, cell.value) for address, cell in report.cells.items()})
    assert found[0] == found[1]


def test_a_spanning_cell_stands_in_the_first_of_its_squares() -> None:
    table = Table((TableCell("甲", 0, 0, 1, 2), TableCell("乙", 1, 0), TableCell("丙", 1, 1)))
    assert rows(Document((Paragraph("头"), table))) == [["头"], [], ["甲", ""], ["乙", "丙"], []]


@pytest.mark.parametrize(
    ("text", "kept"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-8", "-8"), ("-3.5", "-3.5"), ("+x", "'+x")]
)
def test_nothing_that_a_spreadsheet_would_run_is_written(text: str, kept: str) -> None:
    assert rows(Document((Paragraph(text),))) == [[kept]]


def test_equal_documents_give_equal_bytes() -> None:
    assert render(sample_report(), "csv") == render(sample_report(), "csv")
