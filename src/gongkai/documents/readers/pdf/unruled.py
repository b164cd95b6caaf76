"""The cells of a table without vertical lines, from the places of its pieces of text.

Its numbers give its columns. A label belongs to the row of numbers it stands beside; what stands left of the labels of
several rows is their group. Where a number has no certain column, or a label no certain row, the table is given back as not
aligned: its cells are in order, and its columns are ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.documents.readers.pdf.glyphs import Ruling, bounding_box
from gongkai.documents.readers.pdf.headings import Band, Heading, heading
from gongkai.documents.readers.pdf.lines import Line, segments
from gongkai.documents.readers.pdf.stacking import (
    CELL_GAP,
    NUMBER_GAP,
    SAME_ROW,
    SLACK,
    Spacing,
    Stack,
    pieces_of,
    stacks,
)
from gongkai.documents.readers.pdf.tables import Cell, PageTable, is_value


@dataclass(slots=True)
class _Row:
    """A row: the baseline of its numbers (or of its label where it has none), its label cells and its numbers."""

    baseline: float
    labels: list[Stack]
    values: dict[int, list[Line]]

    @property
    def label(self) -> Stack | None:
        """The label nearest to the numbers."""
        return max(self.labels, key=lambda label: label.left, default=None)

    @property
    def top(self) -> float:
        return min([self.baseline, *(label.top for label in self.labels)])

    @property
    def bottom(self) -> float:
        return max([self.baseline, *(label.bottom for label in self.labels)])


@dataclass(frozen=True, slots=True)
class _Group:
    """The name of several rows, from the `first` up to before the `end`."""

    stack: Stack
    first: int
    end: int
    level: int


def has_numbers(line: Line) -> bool:
    """Whether the line ends in a number that stands apart from what is before it, or is all numbers."""
    pieces = segments(line)
    return len(pieces) > 1 and is_value(pieces[-1].text)


def bands_of(lines: Iterable[Line]) -> list[Band]:
    """The columns of numbers, as the stretches that the numbers at the ends of all rows cover."""
    spans = sorted((piece.left, piece.right) for line in lines for piece in _values(line))
    bands: list[Band] = []
    for left, right in spans:
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _values(line: Line) -> list[Line]:
    """The numbers at the end of a row; all of it when it has no label."""
    if not has_numbers(line):
        return []
    pieces = pieces_of(line)
    labels = [number for number, piece in enumerate(pieces, 1) if not is_value(piece.text)]
    return pieces[max(labels, default=0) :]


def unruled_table(header: Sequence[Line], body: Sequence[Line], separators: Sequence[Ruling]) -> PageTable:
    """The table with these lines of header (there may be none) and these rows, at least one of them with numbers."""
    box = bounding_box(line.box for line in [*header, *body])
    bands = bands_of(body)
    pieces = [piece for line in body for piece in pieces_of(line, bands)]
    head = [piece for line in header for piece in pieces_of(line)]
    anchors = _anchors(pieces, bands)
    spacing = Spacing.of([*head, *(p for p in pieces if not is_value(p.text))], anchors, separators)
    rows = _rows(pieces, bands, anchors, spacing)
    if rows is None:
        return PageTable(tuple(_ranked([*_lines(head, SAME_ROW), *_lines(pieces)])), box, aligned=False)
    groups = _grouped(rows)
    levels = 1 + max((group.level for group in groups), default=-1)
    label_columns = levels + 1 if any(row.labels for row in rows) or groups else 0
    found = _heading(header, rows, bands, spacing)
    if head and found is None:
        return PageTable(tuple(_ranked([*_lines(head, SAME_ROW), *_label_first(rows, groups)])), box, aligned=False)
    top, columns = 0, tuple(range(len(bands)))
    cells: list[Cell] = []
    if found is not None:
        corner, over = found
        top, columns = over.rows, over.columns
        if label_columns and corner:
            cells.append(_cell(corner, 0, 0, top, label_columns))
        cells += [_cell(c.stack.pieces, c.row, label_columns + c.column, c.row_span, c.column_span) for c in over.cells]
    cells += _body(rows, groups, columns, top, label_columns)
    # Without a header nothing says what the columns are, unless the table goes on from the page before.
    return PageTable(
        tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))),
        box,
        aligned=found is not None,
        label_columns=label_columns,
    )


# -- rows -------------------------------------------------------------------------------------------------------------


def _anchors(pieces: Sequence[Line], bands: Sequence[Band]) -> list[float]:
    """The baselines of the rows of numbers."""
    numbers = [piece for piece in pieces if is_value(piece.text) and _middle(piece) >= bands[0][0] - SLACK]
    anchors: list[float] = []
    for piece in sorted(numbers, key=lambda piece: piece.baseline):
        if not anchors or piece.baseline - anchors[-1] > 0.35 * piece.size:
            anchors.append(piece.baseline)
    return anchors


def _rows(
    pieces: Sequence[Line], bands: Sequence[Band], anchors: Sequence[float], spacing: Spacing
) -> list[_Row] | None:
    rows = [_Row(anchor, [], {}) for anchor in anchors]
    edge = bands[0][0] - SLACK
    for piece in pieces:
        if _middle(piece) < edge:
            continue
        row = min(rows, key=lambda row: abs(row.baseline - piece.baseline))
        under = [n for n, (left, right) in enumerate(bands) if piece.left < right and left < piece.right]
        if len(under) != 1 or under[0] in row.values or abs(row.baseline - piece.baseline) > 0.35 * piece.size:
            return None
        row.values[under[0]] = [piece]
    labels = stacks([piece for piece in pieces if _middle(piece) < edge], spacing, anchors)
    return _with_labels(rows, labels)


def _with_labels(rows: list[_Row], labels: Sequence[Stack]) -> list[_Row] | None:
    """The rows with the labels that stand beside their numbers; a label beside none, with nothing to its right, is a row."""
    inner = [label for label in labels if not _has_labels_beside(label, labels)]
    outer = [label for label in labels if label not in inner]
    for label in inner:
        beside = [row for row in rows if row.values and _stands_beside(label, row)]
        if len(beside) > 1:
            return None
        if not beside:
            rows.append(_Row(label.centre, [label], {}))
        elif beside[0].labels:
            return None
        else:
            beside[0].labels.append(label)
    rows.sort(key=lambda row: row.baseline)
    for label in outer:
        min(rows, key=lambda row: abs(row.baseline - label.centre)).labels.append(label)
    return rows


def _has_labels_beside(label: Stack, labels: Sequence[Stack]) -> bool:
    """Whether other labels stand right of this one, at its height."""
    near = 0.8 * label.size
    return any(
        other.left >= label.right - SLACK and other.top - near <= label.bottom and label.top <= other.bottom + near
        for other in labels
    )


def _stands_beside(label: Stack, row: _Row) -> bool:
    return label.top - 0.3 * label.size <= row.baseline <= label.bottom + 0.3 * label.size


# -- groups of rows ---------------------------------------------------------------------------------------------------


def _grouped(rows: list[_Row]) -> list[_Group]:
    """The labels that name groups, with the rows they are about as far as their place tells; taken out of the rows."""
    outer = [(index, label) for index, row in enumerate(rows) for label in row.labels if label is not row.label]
    levels = _levels([label for _, label in outer])
    groups = []
    for level in sorted(set(levels.values())):
        at_level = [(index, label) for index, label in outer if levels[id(label)] == level]
        runs = _runs(rows, max(label.right for _, label in at_level))
        for run in runs:
            inside = [label for index, label in at_level if index in run]
            groups += _divided(rows, run, inside, level) or [
                _Group(label, index, index + 1, level) for index, label in at_level if index in run
            ]
    for row in rows:
        row.labels = [label for label in row.labels if label is row.label]
    return groups


def _levels(labels: Sequence[Stack]) -> dict[int, int]:
    """The label column of each group, counted from the left: those that stand below each other are in one."""
    columns: list[tuple[float, list[Stack]]] = []
    for label in sorted(labels, key=lambda label: label.left):
        if columns and label.left < columns[-1][0]:
            columns[-1][1].append(label)
            columns[-1] = (max(columns[-1][0], label.right), columns[-1][1])
        else:
            columns.append((label.right, [label]))
    return {id(label): level for level, (_, column) in enumerate(columns) for label in column}


def _runs(rows: Sequence[_Row], right: float) -> list[range]:
    """Stretches of rows whose labels leave room for groups that end at `right`, and the other rows one by one."""
    inside = [row.label is None or row.label.left > right - SLACK for row in rows]
    runs = []
    for is_inside, indices in groupby(range(len(rows)), key=lambda index: inside[index]):
        stretch = list(indices)
        if is_inside:
            runs.append(range(stretch[0], stretch[-1] + 1))
    outside = [range(n, n + 1) for n, is_inside in enumerate(inside) if not is_inside]
    return runs + outside


def _divided(rows: Sequence[_Row], run: range, groups: Sequence[Stack], level: int) -> list[_Group]:
    """A stretch of rows divided among groups that stand in the middle of their rows each; nothing when that doesn't come out."""
    start, found = run.start, []
    for group in groups:
        ends = range(start + 1, run.stop + 1)
        if not ends:
            return []
        off = {end: abs((rows[start].top + rows[end - 1].bottom) / 2 - group.centre) for end in ends}
        end = min(off, key=lambda end: off[end])
        if off[end] > 0.5 * group.size:
            return []
        found.append(_Group(group, start, end, level))
        start = end
    return found if start == run.stop else []


# -- cells ------------------------------------------------------------------------------------------------------------


def _heading(
    header: Sequence[Line], rows: Sequence[_Row], bands: Sequence[Band], spacing: Spacing
) -> tuple[list[Line], Heading] | None:
    """The corner over the labels, and the header over the numbers.

    Where names fill their cells, next to no gap is between them; where cells are set so tight that rows look like lines of
    one cell, it may be that no cell has two lines. The first reading that gives every column its name is taken.
    """
    rights = [label.right for row in rows for label in row.labels]
    edge = max(rights, default=0.0) - SLACK
    for gap in (CELL_GAP, NUMBER_GAP):
        pieces = [piece for line in header for piece in pieces_of(line, gap=gap)]
        corner = [piece for piece in pieces if rights and piece.left < edge and _middle(piece) < bands[0][0]]
        names = [piece for piece in pieces if all(piece is not other for other in corner)]
        over = heading(stacks(names, spacing), bands) or heading([Stack((piece,)) for piece in names], bands)
        if over is not None:
            return corner, over
    return None


def _body(
    rows: Sequence[_Row], groups: Sequence[_Group], columns: tuple[int, ...], top: int, label_columns: int
) -> Iterable[Cell]:
    for group in groups:
        yield _cell(group.stack.pieces, top + group.first, group.level, group.end - group.first, 1)
    for number, row in enumerate(rows):
        over = [group.level for group in groups if group.first <= number < group.end]
        if row.label is not None:
            column = max(over, default=-1) + 1
            yield _cell(row.label.pieces, top + number, column, 1, label_columns - column)
        for band, pieces in row.values.items():
            yield _cell(pieces, top + number, label_columns + columns[band], 1, 1)


def _cell(pieces: Sequence[Line], row: int, column: int, row_span: int, column_span: int) -> Cell:
    box = bounding_box(piece.box for piece in pieces)
    return Cell(Stack(tuple(pieces)).text, row, column, row_span, column_span, box)


def _ranked(rows: Sequence[Sequence[Stack]]) -> Iterable[Cell]:
    """The cells of rows whose columns are unsure, from left to right."""
    for number, row in enumerate(rows):
        for rank, stack in enumerate(row):
            yield _cell(stack.pieces, number, rank, 1, 1)


def _lines(pieces: Sequence[Line], reach: float = 0.35) -> list[list[Stack]]:
    """Pieces of about one height as a row, from left to right; `reach` is a part of the font size."""
    rows: list[list[Stack]] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        if not rows or piece.baseline - rows[-1][0].top > reach * piece.size:
            rows.append([])
        rows[-1].append(Stack((piece,)))
    return [sorted(row, key=lambda stack: stack.left) for row in rows]


def _label_first(rows: Sequence[_Row], groups: Sequence[_Group]) -> list[list[Stack]]:
    ranked = []
    for number, row in enumerate(rows):
        over = [group.stack for group in sorted(groups, key=lambda group: group.level) if group.first == number]
        values = [Stack(tuple(pieces)) for _, pieces in sorted(row.values.items())]
        ranked.append([*over, *row.labels, *values])
    return ranked


def _middle(piece: Line) -> float:
    return (piece.left + piece.right) / 2
