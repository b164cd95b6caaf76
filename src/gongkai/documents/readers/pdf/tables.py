"""The cells of a page's ruled tables: which glyphs stand in which cell of a grid."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.documents.readers.pdf.glyphs import Box, Glyph
from gongkai.documents.readers.pdf.grids import TOUCH, Grid, GridCell, place_in
from gongkai.documents.readers.pdf.lines import Line, cell_text, fills, is_numeric, join, lines_of

_WIDEST_NUMBER = 12.0  # points by which the left edges of centred numbers in one column may differ, from its middle

_VALUE = re.compile(
    r"无|\\|(?:增加|减少|增|减|[+±−－-])?\s*\d[\d\s.,，]*(?:亿元|万元|元|件|项|条)?\s*(?:[（(].*[）)]|\*+)?"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table on one page; row and column count from 0."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as far as it stands on one page.

    `stops` are the x of its columns' edges where lines were drawn; where none were, the first `label_columns` hold labels.
    It is open at the top or bottom when its first or last row has no line there.
    """

    cells: tuple[Cell, ...]
    box: Box
    stops: tuple[float, ...] = ()
    aligned: bool = True
    label_columns: int = 0
    open_top: bool = False
    open_bottom: bool = False

    @property
    def number_columns(self) -> int:
        """The columns that hold numbers, in a table without drawn lines."""
        return max(cell.column + cell.column_span for cell in self.cells) - self.label_columns


def is_value(text: str) -> bool:
    """Whether the text is what stands in a number's place: a number with or without sign, unit and note, or a mark for none."""
    return is_numeric(text) or _VALUE.fullmatch(text.strip()) is not None


def ruled_table(grid: Grid, glyphs: Sequence[Glyph]) -> PageTable:
    """The table of a grid with the glyphs that stand in it."""
    contents = _contents(grid, glyphs)
    unruled = {row: baselines for row in range(len(grid.rows) - 1) if (baselines := _unruled_rows(grid, contents, row))}
    offset, offsets = 0, []
    for row in range(len(grid.rows) - 1):
        offsets.append(row + offset)
        offset += len(unruled.get(row, (0.0,))) - 1
    offsets.append(len(grid.rows) - 1 + offset)
    cells: list[Cell] = []
    for cell in grid.cells:
        inside = contents[cell]
        if cell.row in unruled and cell.row_span == 1:
            cells.extend(_split(cell, inside, unruled[cell.row], offsets[cell.row]))
        else:
            span = offsets[cell.row + cell.row_span] - offsets[cell.row]
            text = cell_text(inside, cell.box[2] - cell.box[0])
            cells.append(Cell(text, offsets[cell.row], cell.column, span, cell.column_span, cell.box))
    return PageTable(
        cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        box=grid.box,
        stops=grid.columns,
        open_top=grid.open_top,
        open_bottom=grid.open_bottom,
    )


def _contents(grid: Grid, glyphs: Sequence[Glyph]) -> dict[GridCell, list[Glyph]]:
    """The glyphs of each cell. Glyphs written in one go without a gap stay together where most of them stand, because a
    number too long for its cell runs over the line without belonging to both cells."""
    owners = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    contents: dict[GridCell, list[Glyph]] = defaultdict(list)
    for string in _strings(glyphs):
        under = [owners[_square(grid, glyph)] for glyph in string]
        contents[max(under, key=under.count)].extend(string)
    return contents


def _square(grid: Grid, glyph: Glyph) -> tuple[int, int]:
    x, y = glyph.middle
    return place_in(grid.rows, y), place_in(grid.columns, x)


def _strings(glyphs: Sequence[Glyph]) -> Iterable[list[Glyph]]:
    string: list[Glyph] = []
    for glyph in glyphs:
        if string:
            last = string[-1]
            adjacent = abs(glyph.left - last.right) < 0.15 * glyph.size and abs(glyph.baseline - last.baseline) < 1
            if not (adjacent and glyph.run == last.run):
                yield string
                string = []
        string.append(glyph)
    if string:
        yield string


def _unruled_rows(grid: Grid, contents: dict[GridCell, list[Glyph]], row: int) -> tuple[float, ...]:
    """The baselines of the rows that share one ruled row: at least two cells hold a column of numbers each, all of the same
    height, and not because one number was too long for its cell."""
    stacks: list[list[Line]] = []
    for cell in grid.cells:
        if cell.row == row and cell.row_span == 1 and contents[cell]:
            lines = lines_of(contents[cell])
            if all(is_numeric(line.text) for line in lines):
                if len(lines) > 1 and all(fills(line, cell.box[2] - cell.box[0]) for line in lines[:-1]):
                    return ()
                stacks.append(lines)
    if len(stacks) < 2 or len(stacks[0]) < 2 or len({len(lines) for lines in stacks}) > 1:
        return ()
    return tuple(line.baseline for line in stacks[0])


def _split(cell: GridCell, glyphs: list[Glyph], baselines: tuple[float, ...], first_row: int) -> Iterable[Cell]:
    parts: list[list[Glyph]] = [[] for _ in baselines]
    for line in lines_of(glyphs):
        nearest = min(range(len(baselines)), key=lambda index: abs(baselines[index] - line.baseline))
        parts[nearest].extend(line.glyphs)
    left, top, right, bottom = cell.box
    edges = [top, *((above + below) / 2 for above, below in pairwise(baselines)), bottom]
    for index, part in enumerate(parts):
        box = (left, edges[index], right, edges[index + 1])
        yield Cell(cell_text(part), first_row + index, cell.column, 1, cell.column_span, box)


# -- one table on several pages ---------------------------------------------------------------------------------------


def with_same_columns(first: PageTable, second: PageTable) -> tuple[PageTable, PageTable]:
    """Two parts of a table that a page break cut, counted in the same columns.

    A part whose rows never use some line of the other part doesn't show it; its cells get the span they have in the whole
    table. Parts of which neither has all the other's lines are different tables and stay as they are.
    """
    if first.label_columns and second.label_columns and first.number_columns == second.number_columns:
        label_columns = max(first.label_columns, second.label_columns)
        goes_on = _is_below(second, first)
        return _moved(first, label_columns), replace(_moved(second, label_columns), aligned=first.aligned and goes_on)
    for fine, coarse in ((first.stops, second.stops), (second.stops, first.stops)):
        if len(coarse) >= 2 and len(fine) > len(coarse) and all(_nearest(fine, stop) is not None for stop in coarse):
            return _recounted(first, fine), _recounted(second, fine)
    return first, second


def with_cut_row_joined(first: PageTable, second: PageTable) -> tuple[PageTable, PageTable] | None:
    """Two parts of a table with the row that a page break cut through made whole again, in the first of them.

    The drawing shows the cut: neither part has a line there, and both have the same cells at it. None when it doesn't, or
    when there are numbers of one column on both sides.
    """
    if not (first.open_bottom and second.open_top and first.stops and len(first.stops) == len(second.stops)):
        return None
    last = max(cell.row + cell.row_span for cell in first.cells)
    upper = {(cell.column, cell.column_span): cell for cell in first.cells if cell.row + cell.row_span == last}
    lower = {(cell.column, cell.column_span): cell for cell in second.cells if cell.row == 0}
    if upper.keys() != lower.keys() or all(cell.row_span > 1 for cell in lower.values()):
        return None
    if any(_is_number(upper[place].text) and _is_number(lower[place].text) for place in upper):
        return None
    texts = {place: join(upper[place].text, lower[place].text) for place in upper}

    def whole(cell: Cell) -> Cell:
        return replace(cell, text=texts[cell.column, cell.column_span])

    above = tuple(whole(cell) if cell.row + cell.row_span == last else cell for cell in first.cells)
    # A group goes on below the row, and is named there too.
    below = tuple(
        replace(whole(cell), row_span=cell.row_span - 1) if cell.row == 0 else replace(cell, row=cell.row - 1)
        for cell in second.cells
        if cell.row > 0 or cell.row_span > 1
    )
    return replace(first, cells=above, open_bottom=False), replace(second, cells=below, open_top=False)


def _is_number(text: str) -> bool:
    return bool(text.strip()) and is_value(text)


def _is_below(second: PageTable, first: PageTable) -> bool:
    """Whether the number columns of both stand at the same places of their pages."""
    lefts = [
        [min((cell.box[0] for cell in table.cells if cell.column == column), default=0.0) for column in columns]
        for table in (first, second)
        for columns in [range(table.label_columns, table.label_columns + table.number_columns)]
    ]
    return all(abs(above - below) < 2 * _WIDEST_NUMBER for above, below in zip(*lefts, strict=True))


def _moved(table: PageTable, label_columns: int) -> PageTable:
    by = label_columns - table.label_columns
    cells = tuple(
        replace(cell, column=cell.column + by)
        if cell.column >= table.label_columns
        else replace(cell, column_span=cell.column_span + (by if _ends_labels(cell, table) else 0))
        for cell in table.cells
    )
    return replace(table, cells=cells, label_columns=label_columns)


def _ends_labels(cell: Cell, table: PageTable) -> bool:
    return cell.column + cell.column_span == table.label_columns


def _nearest(stops: Sequence[float], at: float) -> int | None:
    index = min(range(len(stops)), key=lambda index: abs(stops[index] - at))
    return index if abs(stops[index] - at) <= TOUCH else None


def _recounted(table: PageTable, stops: tuple[float, ...]) -> PageTable:
    places = [_nearest(stops, stop) or 0 for stop in table.stops]
    cells = tuple(
        replace(
            cell,
            column=places[cell.column],
            column_span=places[cell.column + cell.column_span] - places[cell.column],
        )
        for cell in table.cells
    )
    return replace(table, cells=cells, stops=stops)
