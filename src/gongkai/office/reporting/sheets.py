"""The statutory tables of a report for a page: each data cell with its address, state, place, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongkai.documents.model import Table, TableCell
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.compose import compose_table
from gongkai.regulation.annual_report.forms import EDITIONS, FormTable, form
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.finding import SEVERITIES

HEADERS_OF_A_WIDE_TABLE = 12
"""Columns from which a table is set in small type."""


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table on a page. `address` is empty for labels; `mark` is the gravest severity about it."""

    text: str
    row_span: int
    column_span: int
    is_header: bool
    scope: str = ""
    address: str = ""
    label: str = ""
    state: str = ""
    where: str = ""
    mark: str = ""
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a page."""

    key: str
    caption: str
    edition: str
    is_wide: bool
    head: list[list[Square]]
    body: list[list[Square]]


def sheets(report: Report, marks: Mapping[str, str] | None = None, corrected: Iterable[str] = ()) -> list[Sheet]:
    """The tables of a report in printing order, as the statute lays them out; `marks` are the severities beside cells."""
    changed = frozenset(corrected)
    return [_sheet(table, edition, report, marks or {}, changed) for table, edition in _tables(report)]


def marks_of(findings: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The gravest severity about each cell; of a relation only the printed total, its last cell, is marked.

    Of a finding, as it is kept in JSON, `severity`, `cells` and `missing` are looked at.
    """
    marks: dict[str, str] = {}
    for finding in findings:
        cells = [finding["cells"][-1]] if finding["cells"] else []
        for address in [*cells, *finding["missing"]]:
            known = marks.get(address, finding["severity"])
            marks[address] = min(known, finding["severity"], key=SEVERITIES.index)
    return marks


def _tables(report: Report) -> list[tuple[FormTable, str]]:
    # The older form has every table there is, in the order they are printed.
    order = [table.key for edition in EDITIONS for table in form(edition).tables]
    keys = sorted(report.table_editions, key=order.index)
    return [(form(report.table_editions[key]).table(key), report.table_editions[key]) for key in keys]


def _sheet(table: FormTable, edition: str, report: Report, marks: Mapping[str, str], changed: frozenset[str]) -> Sheet:
    composed = compose_table(table, report)
    addresses = iter(table.addresses())  # data cells are laid out in the order of the addresses
    squares: dict[int, list[Square]] = {}
    first_data_row = min((cell.row for cell in composed.cells if not cell.is_header), default=0)
    for cell in sorted(composed.cells, key=lambda cell: (cell.row, cell.column)):
        if cell.is_header:
            squares.setdefault(cell.row, []).append(_label(cell, first_data_row))
        else:
            squares.setdefault(cell.row, []).append(_figure(cell, next(addresses), edition, report, marks, changed))
    rows = [squares.get(row, []) for row in range(composed.row_count)]
    return Sheet(
        table.key,
        _caption(table, composed),
        edition,
        composed.column_count >= HEADERS_OF_A_WIDE_TABLE or len(table.columns) > 6,
        rows[:first_data_row],
        rows[first_data_row:],
    )


def _caption(table: FormTable, composed: Table) -> str:
    return (composed.key or table.caption).split("\n")[0].split("（本列数据")[0].strip()


def _label(cell: TableCell, first_data_row: int) -> Square:
    across = "col" if cell.column_span == 1 else "colgroup"
    down = "row" if cell.row_span == 1 else "rowgroup"
    scope = across if cell.row < first_data_row else down
    return Square(cell.text, cell.row_span, cell.column_span, True, scope)


def _figure(
    cell: TableCell, address: str, edition: str, report: Report, marks: Mapping[str, str], changed: frozenset[str]
) -> Square:
    read = report.cells[address]
    return Square(
        cell.text,
        cell.row_span,
        cell.column_span,
        False,
        address=address,
        label=cell_names(edition)[address].label,
        state=read.state,
        where=read.where,
        mark=marks.get(address, ""),
        is_corrected=address in changed,
    )
