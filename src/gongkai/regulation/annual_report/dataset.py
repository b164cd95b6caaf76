"""A collection as one wide table for people who compute: a row a report, a column a cell of the form.

Never one row a cell: that table is two hundred times as long and many times as slow to add up.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.regulation.annual_report.aggregate import Aggregate
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.report import Number
from gongkai.regulation.annual_report.wide import WideState, WideTable

DESCRIBING_COLUMNS = (
    ("name", "文件"),
    ("agency", "机关"),
    ("year", "年度"),
    ("edition", "格式版本"),
    ("counted", "计入汇总"),
    ("errors", "错误"),
    ("warnings", "警告"),
    ("blank", "空白格数"),
    ("mark", "划线格数"),
    ("unreadable", "无法识别格数"),
    ("unreadable_cells", "无法识别的格"),
)
"""What stands before the cells. `counted` is 1 or 0; the three counts tell why a cell of the row is empty."""

_STATES: tuple[WideState, ...] = ("blank", "mark", "unreadable")


def dataset_columns(aggregate: Aggregate) -> tuple[tuple[str, str], ...]:
    """The columns as (key, Chinese label); the key of a cell is its address.

    The columns of all editions in the collection are there, oldest edition first. An address of both editions is one
    column, with the label of the newer form: it counts the same thing.
    """
    cells: dict[str, str] = {}
    for edition in aggregate.editions():
        cells.update((address, name.label) for address, name in cell_names(edition).items())
    return (*DESCRIBING_COLUMNS, *cells.items())


def dataset_rows(aggregate: Aggregate) -> Iterator[dict[str, Number | str | None]]:
    """The rows by column key, in the order the reports came; a cell without a number is null, never 0."""
    tables = list(aggregate.store.tables())
    next_row = [0] * len(tables)
    for rank, entry in enumerate(aggregate.entries):
        cells: dict[str, Number | str | None] = {}
        silent: dict[WideState, list[str]] = {state: [] for state in _STATES}
        for position, table in enumerate(tables):
            row = next_row[position]
            if row < len(table.reports) and table.reports[row] == rank:
                next_row[position] += 1
                _add_cells(cells, silent, table, row)
        yield {
            "name": entry.name,
            "agency": entry.agency,
            "year": entry.year,
            "edition": entry.edition,
            "counted": int(entry.counted),
            "errors": entry.errors,
            "warnings": entry.warnings,
            "blank": len(silent["blank"]),
            "mark": len(silent["mark"]),
            "unreadable": len(silent["unreadable"]),
            "unreadable_cells": " ".join(silent["unreadable"]) or None,
            **cells,
        }


def _add_cells(
    cells: dict[str, Number | str | None], silent: dict[WideState, list[str]], table: WideTable, row: int
) -> None:
    for address, column in table.columns.items():
        cells[address] = value = column.value(row)
        if value is None and (state := column.state(row)) in silent:
            silent[state].append(address)
