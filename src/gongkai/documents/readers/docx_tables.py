"""Tables of a Word document: cells on the grid, merged ones once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from gongkai.documents.model import TableCell
from gongkai.documents.readers.bulk import place, table_cell
from gongkai.documents.readers.docx_styles import Words

MOST_COLUMNS = 200  # Word itself allows 63


# A cell as the file has it: its element, where it begins, how wide it is, and whether it continues the one above.
Cell = tuple[etree._Element, int, int, bool]


class Rows(NamedTuple):
    """The rows of a table; rows deleted under tracked changes are left out."""

    cells: list[list[Cell]]
    has_deletions: bool


@dataclass(slots=True)
class _Placed:
    """A cell on the grid, which may still grow downwards."""

    text: str
    row: int
    column: int
    width: int
    height: int = 1


def rows_of(table: etree._Element, words: Words) -> Rows:
    """The cells of a table by row."""
    rows: list[list[Cell]] = []
    has_deletions = False
    for row in _inside(table, words.tr, words):
        before = 0
        is_deleted = False
        for setting in _settings(row, words.row_properties):
            is_deleted = is_deleted or setting.tag == words.removed
            before = _value(setting, words) if setting.tag == words.grid_before else before
        has_deletions = has_deletions or is_deleted
        if not is_deleted:
            rows.append(_cells(row, before, words))
    return Rows(rows, has_deletions)


def _inside(element: etree._Element, tag: str, words: Words) -> list[etree._Element]:
    """Children of a kind, also those in content controls and insertions."""
    found: list[etree._Element] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag in words.wrappers:
            found += _inside(child, tag, words)
    return found


def _settings(element: etree._Element, name: str) -> Iterable[etree._Element]:
    """What the properties of a row or cell hold; by the schema they are its first child, if there are any."""
    properties = element[0] if len(element) else None
    if properties is not None and properties.tag != name:
        properties = next(element.iterchildren(name), None)
    return properties if properties is not None and len(properties) else ()


def _cells(row: etree._Element, column: int, words: Words) -> list[Cell]:
    cells: list[Cell] = []
    for element in _inside(row, words.tc, words):
        width, continues = 1, False
        for setting in _settings(element, words.cell_properties):
            tag = setting.tag
            if tag == words.grid_span:
                width = max(_value(setting, words), 1)
            elif tag == words.vertical_merge:
                continues = setting.get(words.val) != "restart"
        if column + width > MOST_COLUMNS:
            break
        cells.append((element, column, width, continues))
        column += width
    return cells


def _value(setting: etree._Element, words: Words) -> int:
    text = setting.get(words.val, "")
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def grid_of(rows: list[list[Cell]], number: int, text_of: Callable[[etree._Element], str]) -> tuple[TableCell, ...]:
    """The cells placed on the grid; `number` is the table's place in the document, from 1."""
    placed: list[_Placed] = []
    above: dict[int, _Placed] = {}  # by column: the cell in the row above
    for row, cells in enumerate(rows):
        current: dict[int, _Placed] = {}
        for element, column, width, continues in cells:
            cell = above.get(column) if continues else None
            if cell is not None and cell.width == width:
                cell.height = row + 1 - cell.row
            else:
                cell = _Placed(text_of(element), row, column, width)
                placed.append(cell)
            current[column] = cell
        above = current
    return tuple(
        [
            table_cell(
                *(cell.text, cell.row, cell.column, cell.height, cell.width, False),
                place(None, number, cell.row + 1, cell.column + 1),
            )
            for cell in placed
        ]
    )
