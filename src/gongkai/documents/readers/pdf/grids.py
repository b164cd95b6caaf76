"""Tables with drawn lines: from rulings to a grid of cells with their spans.

Lines that touch belong to one grid. Two neighbouring grid squares are one cell where no line stands between them. The
rim of a grid is closed even where nothing is drawn: tables are often open at the sides, and always where a page cuts them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.readers.pdf.glyphs import Box, Ruling

TOUCH = 3.0  # points between lines that are meant to meet, or to be one line
MOST_LINES = 1000  # in one direction of a page after joining; more is a drawing, not a table


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid, placed by its top left square."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the positions of its lines and its cells in reading order.

    It is open at the top or bottom when its upright lines go on beyond its first or last line across.
    """

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: bool = False
    open_bottom: bool = False

    @property
    def box(self) -> Box:
        return self.columns[0], self.rows[0], self.columns[-1], self.rows[-1]

    @property
    def is_one_column(self) -> bool:
        """Whether every cell is as wide as the table: a frame around text, or rows without vertical lines."""
        return all(cell.column_span == len(self.columns) - 1 for cell in self.cells)


def joined(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Rulings drawn piece by piece, dashed or double, as one each."""
    whole: list[Ruling] = []
    for direction in (True, False):
        same_way = sorted((r for r in rulings if r.horizontal is direction), key=lambda ruling: ruling.at)
        for band in _bands(same_way):
            whole.extend(_joined_along(direction, band))
    return whole


def _bands(rulings: Sequence[Ruling]) -> Iterable[list[Ruling]]:
    band: list[Ruling] = []
    for ruling in rulings:
        if band and ruling.at - band[0].at > TOUCH:
            yield band
            band = []
        band.append(ruling)
    if band:
        yield band


def _joined_along(horizontal: bool, band: list[Ruling]) -> Iterable[Ruling]:
    band = sorted(band, key=lambda ruling: ruling.start)
    start, end, weighed = band[0].start, band[0].end, [band[0]]
    for ruling in band[1:]:
        if ruling.start <= end + TOUCH:
            end = max(end, ruling.end)
            weighed.append(ruling)
            continue
        yield _averaged(horizontal, weighed, start, end)
        start, end, weighed = ruling.start, ruling.end, [ruling]
    yield _averaged(horizontal, weighed, start, end)


def _averaged(horizontal: bool, pieces: list[Ruling], start: float, end: float) -> Ruling:
    return Ruling(horizontal, sum(piece.at for piece in pieces) / len(pieces), start, end)


def grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """The ruled tables among joined rulings, from top to bottom; lines that meet no other make none."""
    across = [r for r in rulings if r.horizontal and r.end - r.start > 2 * TOUCH]
    down = [r for r in rulings if not r.horizontal and r.end - r.start > 2 * TOUCH]
    if max(len(across), len(down)) > MOST_LINES:
        return []
    found = [_grid(h, v) for h, v in _connected(across, down)]
    return sorted((grid for grid in found if grid is not None), key=lambda grid: (grid.rows[0], grid.columns[0]))


def _connected(across: list[Ruling], down: list[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Groups of lines that meet."""
    leader = list(range(len(across) + len(down)))
    find = _finder(leader)
    for i, h in enumerate(across):
        for j, v in enumerate(down, len(across)):
            if h.start - TOUCH <= v.at <= h.end + TOUCH and v.start - TOUCH <= h.at <= v.end + TOUCH:
                leader[find(i)] = find(j)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = defaultdict(lambda: ([], []))
    for i, h in enumerate(across):
        groups[find(i)][0].append(h)
    for j, v in enumerate(down, len(across)):
        groups[find(j)][1].append(v)
    return [(h, v) for h, v in groups.values() if h and v]


def _finder(leader: list[int]) -> Callable[[int], int]:
    def find(item: int) -> int:
        while leader[item] != item:
            leader[item] = leader[leader[item]]
            item = leader[item]
        return item

    return find


def _grid(across: list[Ruling], down: list[Ruling]) -> Grid | None:
    columns = _stops([v.at for v in down], [end for h in across for end in (h.start, h.end)])
    rows = _stops([h.at for h in across], [end for v in down for end in (v.start, v.end)])
    if len(columns) < 2 or len(rows) < 2:
        return None
    walls = [[_crossed(down, x, (y0 + y1) / 2) for x in columns[1:-1]] for y0, y1 in _pairs(rows)]
    floors = [[_crossed(across, y, (x0 + x1) / 2) for x0, x1 in _pairs(columns)] for y in rows[1:-1]]
    return Grid(
        columns=tuple(columns),
        rows=tuple(rows),
        cells=tuple(_cells(columns, rows, walls, floors)),
        open_top=rows[0] < min(h.at for h in across) - 2 * TOUCH,
        open_bottom=rows[-1] > max(h.at for h in across) + 2 * TOUCH,
    )


def _stops(lines: list[float], ends: list[float]) -> list[float]:
    """Where the grid's lines stand: the drawn ones, and the rim where lines of the other direction reach beyond them."""
    stops: list[list[float]] = []
    for at in sorted(lines):
        if stops and at - stops[-1][-1] <= TOUCH:
            stops[-1].append(at)
        else:
            stops.append([at])
    places = [sum(stop) / len(stop) for stop in stops]
    if min(ends) < places[0] - 2 * TOUCH:
        places.insert(0, min(ends))
    if max(ends) > places[-1] + 2 * TOUCH:
        places.append(max(ends))
    return places


def _pairs(stops: Sequence[float]) -> list[tuple[float, float]]:
    return list(pairwise(stops))


def _crossed(lines: list[Ruling], at: float, middle: float) -> bool:
    return any(abs(line.at - at) <= TOUCH and line.start <= middle <= line.end for line in lines)


def _cells(
    columns: list[float], rows: list[float], walls: list[list[bool]], floors: list[list[bool]]
) -> Iterable[GridCell]:
    """Squares without a line between them, as cells; a group that is no rectangle falls apart into its rows."""
    width = len(columns) - 1
    leader = list(range(width * (len(rows) - 1)))
    find = _finder(leader)
    for row in range(len(rows) - 1):
        for column in range(width):
            here = row * width + column
            if column + 1 < width and not walls[row][column]:
                leader[find(here + 1)] = find(here)
            if row + 2 < len(rows) and not floors[row][column]:
                leader[find(here + width)] = find(here)
    groups: dict[int, list[int]] = defaultdict(list)
    for square in range(len(leader)):
        groups[find(square)].append(square)
    cells = [cell for group in groups.values() for cell in _rectangles(group, width, columns, rows)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _rectangles(group: list[int], width: int, columns: list[float], rows: list[float]) -> Iterable[GridCell]:
    by_row: dict[int, list[int]] = defaultdict(list)
    for square in group:
        by_row[square // width].append(square % width)
    first, last = min(by_row), max(by_row)
    extents = {(min(squares), max(squares)) for squares in by_row.values()}
    if len(extents) == 1 and len(group) == (last - first + 1) * len(by_row[first]):
        left, right = extents.pop()
        yield _cell(first, left, last, right, columns, rows)
        return
    for row, squares in by_row.items():
        start = previous = min(squares)
        for column in sorted(squares)[1:]:
            if column != previous + 1:
                yield _cell(row, start, row, previous, columns, rows)
                start = column
            previous = column
        yield _cell(row, start, row, previous, columns, rows)


def _cell(top: int, left: int, bottom: int, right: int, columns: list[float], rows: list[float]) -> GridCell:
    box = (columns[left], rows[top], columns[right + 1], rows[bottom + 1])
    return GridCell(top, left, bottom - top + 1, right - left + 1, box)


def place_in(stops: Sequence[float], at: float) -> int:
    """Between which two stops a position lies, counted from 0; positions outside go to the nearest."""
    return min(max(bisect_right(stops, at) - 1, 0), len(stops) - 2)
