"""Tables of a Word document: cells on the grid, merged ones once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.documents.model import Position, TableCell
from gongkai.documents.readers.docx_styles import Words

MOST_COLUMNS = 200  # Word itself allows 63


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the file has it: where it begins, how wide it is, and whether it continues the one above."""

    element: etree._Element
    column: int
    width: int
    continues: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table; rows deleted under tracked changes are left out."""

    cells: list[list[Cell]]
    has_deletions: bool


def rows_of(table: etree._Element, words: Words) -> Rows:
    """The cells of a table by row."""
    rows: list[list[Cell]] = []
    has_deletions = False
    for row in _inside(table, words.tr, words):
        properties = row.find(words.name("trPr"))
        if properties is not None and properties.find(words.removed) is not None:
            has_deletions = True
            continue
        rows.append(list(_cells(row, _value(properties, "gridBefore", words), words)))
    return Rows(rows, has_deletions)


def _inside(element: etree._Element, tag: str, words: Words) -> Iterator[etree._Element]:
    """Children of a kind, also those in content controls and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in words.wrappers:
            yield from _inside(child, tag, words)


def _cells(row: etree._Element, column: int, words: Words) -> Iterator[Cell]:
    properties_name, merge_name = words.name("tcPr"), words.name("vMerge")
    for element in _inside(row, words.tc, words):
        properties = element.find(properties_name)
        width = max(_value(properties, "gridSpan", words, 1), 1)
        if column + width > MOST_COLUMNS:
            return
        merge = None if properties is None else properties.find(merge_name)
        yield Cell(element, column, width, merge is not None and merge.get(words.val) != "restart")
        column += width


def _value(properties: etree._Element | None, name: str, words: Words, otherwise: int = 0) -> int:
    element = None if properties is None else properties.find(words.name(name))
    text = "" if element is None else element.get(words.val, "")
    return int(text) if text.isdecimal() and len(text) < 6 else otherwise


def grid_of(rows: list[list[Cell]], number: int, text_of: Callable[[etree._Element], str]) -> tuple[TableCell, ...]:
    """The cells placed on the grid; `number` is the table's place in the document, from 1."""
    placed: list[TableCell] = []
    above: dict[int, int] = {}  # by column: the cell in the row above, as an index into `placed`
    for row, cells in enumerate(rows):
        current: dict[int, int] = {}
        for cell in cells:
            index = above.get(cell.column)
            if cell.continues and index is not None and placed[index].column_span == cell.width:
                placed[index] = replace(placed[index], row_span=row + 1 - placed[index].row)
            else:
                at = Position(table=number, row=row + 1, column=cell.column + 1)
                text = text_of(cell.element)
                index = len(placed)
                placed.append(TableCell(text, row, cell.column, 1, cell.width, at=at))
            current[cell.column] = index
        above = current
    return tuple(placed)
