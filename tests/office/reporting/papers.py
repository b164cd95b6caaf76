"""Reports on paper: files as an agency would hand them in, with known numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from gongkai.documents.writers import render
from gongkai.regulation.annual_report import Cell, Narrative, Passage, Report, compose
from gongkai.regulation.annual_report.forms import form

GRANTED = {
    "applications.new_received.natural_person": 3,
    "applications.new_received.total": 3,
    "applications.granted.natural_person": 3,
    "applications.granted.total": 3,
    "applications.results_total.natural_person": 3,
    "applications.results_total.total": 3,
}
"""Three applications, all granted: a report that adds up."""


def report(
    agency: str = "青溪县教育局", year: int = 2023, edition: str = "2021", cells: dict[str, int | Decimal] | None = None
) -> Report:
    """A report whose other cells are 0."""
    values = dict.fromkeys(form(edition).addresses(), 0) | (GRANTED if cells is None else cells)
    assert len(values) == len(form(edition).addresses()), "a cell that the form doesn't have"
    sections = {
        section.key: (Passage(f"{section.label}：{year}年，{agency}依法公开信息，没有其他需要说明的情况。"),)
        for section in form(edition).sections
        if not any(table.section == section.key for table in form(edition).tables)
    }
    return Report(
        year,
        agency,
        {table.key: edition for table in form(edition).tables},
        {address: Cell(value, "number", str(value)) for address, value in values.items()},
        Narrative(sections=sections),
    )


def wrong(found: Report, address: str, text: str) -> Report:
    """The same with another text printed in a cell."""
    cell = Cell(int(text), "number", text) if text.isdigit() else Cell(None, "mark", text)
    return replace(found, cells={**found.cells, address: cell})


def paper(found: Report, format: str = "html") -> bytes:
    """The report as a file."""
    return render(compose(found), format)
