"""Cells and their places, of which a report has hundreds.

A frozen dataclass sets every field around its own guard, which takes longer than all else that a reader does for a
cell. The open classes below have the same slots and no guard: an object is filled as one of them and then becomes an
object of the frozen class, in a third of the time and no different from one that its constructor made.
"""

from __future__ import annotations

from typing import Any

from gongkai.documents.model import FlowCell, Position, TableCell


class _OpenPosition:
    __slots__ = ("box", "column", "line", "page", "paragraph", "row", "sheet", "table")


class _OpenTableCell:
    __slots__ = ("at", "column", "column_span", "is_header", "number", "row", "row_span", "sum_of", "text")


class _OpenFlowCell:
    __slots__ = ("at", "text")


def place(line: int | None, table: int | None = None, row: int | None = None, column: int | None = None) -> Position:
    """`Position(line=line, table=table, row=row, column=column)`."""
    position: Any = _OpenPosition()
    position.line = line
    position.page = None
    position.sheet = None
    position.paragraph = None
    position.table = table
    position.row = row
    position.column = column
    position.box = None
    position.__class__ = Position
    made: Position = position
    return made


def table_cell(
    text: str, row: int, column: int, row_span: int, column_span: int, is_header: bool, at: Position
) -> TableCell:
    """`TableCell(text, row, column, row_span, column_span, is_header, at)`."""
    cell: Any = _OpenTableCell()
    cell.text = text
    cell.row = row
    cell.column = column
    cell.row_span = row_span
    cell.column_span = column_span
    cell.is_header = is_header
    cell.at = at
    cell.number = None
    cell.sum_of = ()
    cell.__class__ = TableCell
    made: TableCell = cell
    return made


def flow_cell(text: str, at: Position) -> FlowCell:
    """`FlowCell(text, at)`."""
    cell: Any = _OpenFlowCell()
    cell.text = text
    cell.at = at
    cell.__class__ = FlowCell
    made: FlowCell = cell
    return made
