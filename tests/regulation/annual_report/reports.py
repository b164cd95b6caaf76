"""Reports to test with, written as facts, and documents written as a page would print them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from gongkai.documents.model import Block, Document, Flow, FlowCell, Paragraph, Position, Table, TableCell
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Cell, Narrative, Number, Passage, Report
from tests.samples import REPOSITORY

__all__ = ["REPOSITORY", "blank", "document", "flow", "grid", "mark", "number", "ragged", "report", "unreadable"]


def number(value: Number, text: str = "") -> Cell:
    return Cell(value, "number", text or str(value))


def blank() -> Cell:
    return Cell(None, "blank", "")


def mark(text: str = "/") -> Cell:
    return Cell(None, "mark", text)


def unreadable(text: str = "？") -> Cell:
    return Cell(None, "unreadable", text)


def report(
    edition: str = "2021",
    cells: Mapping[str, Cell | Number] | None = None,
    *,
    year: int | None = None,
    agency: str | None = "青溪县水务局",
    narrative: Narrative | None = None,
) -> Report:
    """A report of zeros with the given cells; every section says something."""
    filled = form(edition)
    all_cells: dict[str, Cell] = {address: number(0) for address in filled.addresses()}
    for address, cell in (cells or {}).items():
        assert address in all_cells, address
        all_cells[address] = cell if isinstance(cell, Cell) else number(cell)
    return Report(
        year=year if year is not None else (2020 if edition == "2019" else 2023),
        agency=agency,
        table_editions={table.key: edition for table in filled.tables},
        cells=all_cells,
        narrative=narrative or plain_narrative(),
    )


def plain_narrative() -> Narrative:
    """Words without a single count, in the three sections that are words."""
    return Narrative(
        preamble=(Passage("本报告依据《中华人民共和国政府信息公开条例》编制。"),),
        sections={
            "overview": (Passage("本机关按要求推进各项公开工作。"),),
            "proactive": (),
            "applications": (),
            "remedies": (),
            "problems": (Passage("公开的及时性还需要提高。"),),
            "other_matters": (Passage("本年度没有收取信息处理费。"),),
        },
    )


def document(*blocks: Block) -> Document:
    return Document(tuple(blocks), format="test")


def grid(*rows: list[str | tuple[str, int, int]], table: int = 1) -> Table:
    """A table with spans: each entry is a text or (text, row span, column span), placed as HTML places cells."""
    cells = []
    taken: set[tuple[int, int]] = set()
    for row_number, row in enumerate(rows):
        column = 0
        for entry in row:
            text, down, right = entry if isinstance(entry, tuple) else (entry, 1, 1)
            while (row_number, column) in taken:
                column += 1
            at = Position(table=table, row=row_number + 1, column=column + 1)
            cells.append(TableCell(text, row_number, column, down, right, at=at))
            taken |= {(row_number + r, column + c) for r in range(down) for c in range(right)}
            column += right
    return Table(tuple(cells))


def ragged(*lines: str) -> Table:
    """A table of text lines with ` | ` between cells: rows are real, columns are ranks."""
    cells = []
    for row, line in enumerate(lines):
        for column, text in enumerate(line.split("|")):
            cells.append(TableCell(text.strip(), row, column, at=Position(line=row + 1)))
    return Table(tuple(cells), aligned=False)


def flow(*texts: str) -> Flow:
    return Flow(tuple(FlowCell(text, Position(line=number)) for number, text in enumerate(texts, 1)))


def lines(*texts: str) -> list[Paragraph]:
    return [Paragraph(text, Position(line=number)) for number, text in enumerate(texts, 1)]


WAN = Decimal("9.46")
