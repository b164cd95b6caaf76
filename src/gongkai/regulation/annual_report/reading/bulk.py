"""Cells of a report, of which there are two hundred.

A frozen dataclass sets every field around its own guard, which costs four times what setting them does. An open cell has
the same slots and no guard: it is filled and then becomes a `Cell`, no different from one that its constructor made.
(`documents.readers.bulk` does the same for the cells of a document.)
"""

from __future__ import annotations

from typing import Any

from gongkai.regulation.annual_report.reading.cells import Reading
from gongkai.regulation.annual_report.report import Cell


class _OpenCell:
    __slots__ = ("choice", "note", "state", "text", "value", "where")


def cell_of(reading: Reading, where: str, choice: str) -> Cell:
    """`Cell(reading.value, reading.state, reading.text, where, reading.note, choice)`."""
    cell: Any = _OpenCell()
    cell.value = reading.value
    cell.state = reading.state
    cell.text = reading.text
    cell.where = where
    cell.note = reading.note
    cell.choice = choice
    cell.__class__ = Cell
    made: Cell = cell
    return made
