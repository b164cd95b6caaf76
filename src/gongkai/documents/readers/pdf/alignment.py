"""Tables that no vertical lines were drawn around: columns found by what stands below what.

The numbers of such a table give its columns; what stands left of the first column of numbers is label. Rows are the lines
with numbers, and the lines of a wrapped label gather around them. Where two pieces claim one place, the table is given
back as not aligned: its rows hold, and its columns are ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from gongkai.documents.readers.pdf.glyphs import Glyph, bounding_box
from gongkai.documents.readers.pdf.lines import ENUMERATED, Line, cell_text, cut, is_numeric, segments
from gongkai.documents.readers.pdf.tables import Cell, PageTable

_HEADER_LINES = 16  # a header with one character a line is as high as its longest label
_LONGEST_GROUP = 12  # of the font size: the name of a group of columns is no longer
_CELL_GAP = 0.35  # of the font size, between pieces of a header that were written separately
_SAME_ROW = 0.95  # of the font size: lines nearer than this can't be above each other in one cell
_NEXT_LINE = 1.5  # of the font size: the usual distance of lines in one cell is smaller
_SLACK = 1.5  # points


def aligned_tables(lines: Sequence[Line], separators: Sequence[float]) -> list[Line | PageTable]:
    """The lines with those that make up a table replaced by it; `separators` are the heights of drawn horizontal lines."""
    result: list[Line | PageTable] = []
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        if end > start:
            body = [*_begun_above(result, lines[start:end]), *lines[start:end]]
            del result[len(result) - (len(body) - (end - start)) :]
            header = _header(result, body)
            del result[len(result) - len(header) :]
            result.append(_table(header, body, separators))
            start = end
        else:
            result.append(lines[start])
            start += 1
    return result


def _end(lines: Sequence[Line], start: int) -> int:
    """The end of the rows that begin at a line, or `start` where none do."""
    end = start
    for index in range(start, len(lines)):
        if index > end and lines[index].baseline - lines[index - 1].baseline > 4 * lines[index].size:
            break
        if len(segments(lines[index])) > 1:
            end = index + 1
        elif index - end >= 2 or end == start:
            break
    rows = [row for line in lines[start:end] if len(row := segments(line)) > 1]
    numeric = [row for row in rows if all(is_numeric(piece.text) for piece in row[-max(1, len(row) - 2) :])]
    if len(rows) < 2 or not numeric:
        return start
    while end < len(lines) and lines[end].baseline - lines[end - 1].baseline < _SAME_ROW * lines[end].size:
        end += 1  # the lower half of the last label
    return end


def _begun_above(before: Sequence[Line | PageTable], rows: Sequence[Line]) -> list[Line]:
    """The upper lines of the first row's label, where it is wrapped around its numbers."""
    numbers = _numbers(rows)
    begun: list[Line] = []
    for line in reversed(before):
        below = begun[0] if begun else rows[0]
        if isinstance(line, PageTable) or not numbers or line.right > numbers[0][0]:
            break
        if below.baseline - line.baseline >= _SAME_ROW * line.size:
            break
        begun.insert(0, line)
    return begun


def _header(before: Sequence[Line | PageTable], rows: Sequence[Line]) -> list[Line]:
    """The lines right above the rows that are header: cut into cells or standing over the numbers, and what lies between."""
    numbers = _numbers(rows)
    no_labels = all(is_numeric(segments(row)[0].text) for row in rows if _has_numbers(row))
    header: list[Line] = []
    below, tall = rows[0], 0
    for line in reversed(before[-_HEADER_LINES:]):
        if isinstance(line, PageTable) or not numbers or below.baseline - line.baseline > 2.2 * line.size:
            break
        over_numbers = len(_pieces(line)) > 1 or line.left >= numbers[0][0] - 2 * line.size
        over_numbers = over_numbers or (no_labels and line.right - line.left < _LONGEST_GROUP * line.size)
        if ENUMERATED.match(line.text) or (not over_numbers and line.right > numbers[0][0]):
            break
        header.insert(0, line)
        tall = len(header) if over_numbers else tall
        below = line
    return header[len(header) - tall :]


def _numbers(rows: Iterable[Line]) -> list[tuple[float, float]]:
    """The columns of numbers, as the stretches that the numbers of all rows cover."""
    spans = sorted((piece.left, piece.right) for line in rows for piece in segments(line)[1:] if is_numeric(piece.text))
    bands: list[tuple[float, float]] = []
    for left, right in spans:
        if bands and left <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(bands[-1][1], right))
        else:
            bands.append((left, right))
    return bands


def _table(header: Sequence[Line], body: Sequence[Line], separators: Sequence[float]) -> PageTable:
    numbers = _numbers(body)
    starts = sorted(piece.left for line in body for piece in segments(line)[1:] if is_numeric(piece.text))
    rows = [[piece for line in row for piece in _pieces(line)] for row in (_rows(header, ()) if header else [])]
    rows += [[piece for line in row for piece in _pieces(line, starts)] for row in _rows(body, separators)]
    box = bounding_box(line.box for line in [*header, *body])
    divided = [_divided_at_numbers(row, numbers) for row in rows]
    label_columns = max(len(labels) for labels, _ in divided)
    cells: list[Cell] = []
    for number, (labels, values) in enumerate(divided):
        if values is None:
            return PageTable(tuple(_ranked(rows)), box, aligned=False)
        for rank, stack in enumerate(labels):  # the last label of a row reaches up to the numbers
            span = label_columns - rank if rank == len(labels) - 1 else 1
            cells.append(_cell(stack, number, rank, span))
        for (first, last), stack in sorted(values.items()):
            cells.append(_cell(stack, number, label_columns + first, last - first + 1))
    grouped = _with_groups(cells, label_columns + len(numbers))
    if grouped is None:
        return PageTable(tuple(_ranked(rows)), box, aligned=False)
    # Without a header nothing says what the columns are, unless the table goes on from the page before.
    headed = _is_header([cell for cell in cells if cell.row == 0])
    return PageTable(tuple(grouped), box, aligned=headed, label_columns=label_columns)


def _with_groups(cells: list[Cell], column_count: int) -> list[Cell] | None:
    """The cells with header groups widened over their columns; None when column names come twice and it isn't clear which
    group each belongs to. A group is clear when it begins exactly where the name of its first column begins."""
    by_row: dict[int, list[Cell]] = {}
    for cell in cells:
        by_row.setdefault(cell.row, []).append(cell)
    named = next((row for row in by_row.values() if len(row) == column_count and _is_header(row)), None)
    if named is None or len({cell.text for cell in named}) == column_count:
        return cells
    widened = [cell for cell in cells if cell.row >= named[0].row]
    for number in range(named[0].row):
        row = sorted(by_row.get(number, ()), key=lambda cell: cell.box[0])
        starts = [next((n.column for n in named if abs(n.box[0] - cell.box[0]) < 2 * _SLACK), None) for cell in row]
        known = [start for start in starts if start is not None]
        if len(known) < len(row):
            return None
        ends = [*known[1:], column_count]
        widened += [
            replace(cell, column=start, column_span=end - start)
            for cell, start, end in zip(row, known, ends, strict=True)
        ]
    return sorted(widened, key=lambda cell: (cell.row, cell.column))


def _is_header(row: Sequence[Cell]) -> bool:
    return not any(is_numeric(cell.text) for cell in row)


def _divided_at_numbers(
    row: list[Line], numbers: Sequence[tuple[float, float]]
) -> tuple[list[list[Line]], dict[tuple[int, int], list[Line]] | None]:
    """The labels of a row, and what stands in its number columns (None when that is contradictory)."""
    stacks = _stacks(row)
    if len(stacks) == 1 + len(numbers) and not any(is_numeric(piece.text) for piece in row):
        return stacks[:1], {
            (index, index): stack for index, stack in enumerate(stacks[1:])
        }  # a full header, however set
    edge = numbers[0][0] - _SLACK
    labels = [piece for piece in row if _middle(piece) < edge]
    return _stacks(labels), _under(numbers, [piece for piece in row if _middle(piece) >= edge])


def _cell(pieces: list[Line], row: int, column: int, column_span: int) -> Cell:
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    text = cell_text([glyph for piece in ordered for glyph in piece.glyphs])
    return Cell(text, row, column, 1, column_span, bounding_box(piece.box for piece in pieces))


def _middle(piece: Line) -> float:
    return (piece.left + piece.right) / 2


def _pieces(line: Line, starts: Sequence[float] = ()) -> list[Line]:
    """The cells of a row; a number that begins where others begin is a cell of its own however near its label comes."""

    def apart(before: Glyph, after: Glyph) -> bool:
        if before.run == after.run:
            return False
        begins = is_numeric(after.text) and not is_numeric(before.text)
        aligned = begins and any(abs(after.left - start) < _SLACK for start in starts)
        return aligned or after.left - before.right > _CELL_GAP * line.size

    return [part for piece in segments(line) for part in cut(piece, apart)]


def _under(bands: Sequence[tuple[float, float]], row: list[Line]) -> dict[tuple[int, int], list[Line]] | None:
    """The pieces of a row by the first and last column they cover; None when two on one line claim the same column."""
    found: dict[tuple[int, int], list[Line]] = {}
    for piece in row:
        place = _place(bands, piece)
        taken = next((other for other in found if other[0] <= place[1] and place[0] <= other[1]), place)
        rivals = found.setdefault(taken, [])
        if any(abs(other.baseline - piece.baseline) < 0.35 * piece.size for other in rivals):
            return None
        rivals.append(piece)
    return found


def _place(bands: Sequence[tuple[float, float]], piece: Line) -> tuple[int, int]:
    under = [index for index, (left, right) in enumerate(bands) if piece.left < right and left < piece.right]
    if under:
        return under[0], under[-1]
    nearest = min(range(len(bands)), key=lambda index: min(abs(_middle(piece) - edge) for edge in bands[index]))
    return nearest, nearest


def _stacks(pieces: Iterable[Line]) -> list[list[Line]]:
    """Pieces that stand below each other, from left to right."""
    stacks: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.left, piece.baseline)):
        if stacks and piece.left < max(other.right for other in stacks[-1]):
            stacks[-1].append(piece)
        else:
            stacks.append([piece])
    return stacks


def _ranked(rows: list[list[Line]]) -> Iterable[Cell]:
    """The cells of rows whose columns are unsure, from left to right."""
    for number, row in enumerate(rows):
        for rank, stack in enumerate(_stacks(row)):
            yield _cell(stack, number, rank, 1)


# -- rows -------------------------------------------------------------------------------------------------------------


def _rows(lines: Sequence[Line], separators: Sequence[float]) -> list[list[Line]]:
    """Lines grouped into rows. Drawn separators decide where every row has them. Else each line with numbers is a row, and
    the lines of its label stand around it: nearer than a line's height, or nearer than the next row."""
    between = [any(above.baseline < y <= below.baseline for y in separators) for above, below in pairwise(lines)]
    if sum(between) >= 3:
        by_separator = _cut_where(lines, between)
        if all(sum(map(_has_numbers, row)) <= 1 for row in by_separator):
            return by_separator
    anchors = [line for line in lines if _has_numbers(line)]
    pitch = min((below.baseline - above.baseline for above, below in pairwise(anchors)), default=0.0)
    rows: list[list[Line]] = []
    for line in lines:
        if rows and _belongs(line, rows[-1], anchors, pitch):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _cut_where(lines: Sequence[Line], here: Sequence[bool]) -> list[list[Line]]:
    rows = [[lines[0]]]
    for line, divide in zip(lines[1:], here, strict=True):
        if divide:
            rows.append([])
        rows[-1].append(line)
    return rows


def _belongs(line: Line, row: list[Line], anchors: Sequence[Line], pitch: float) -> bool:
    """Whether a line is one more line of the row above it."""
    gap = line.baseline - row[-1].baseline
    beside = gap < _SAME_ROW * line.size
    next_line = gap < min(0.9 * pitch, _NEXT_LINE * line.size) and not ENUMERATED.match(line.text)
    numbers_above = [other for other in row if _has_numbers(other)]
    if not numbers_above:  # a header's lines side by side, or the upper lines of a label
        return beside or (next_line and len(segments(row[-1])) == 1 and _below_label(line, row[-1]))
    if _has_numbers(line):
        return False
    next_anchor = next((other.baseline for other in anchors if other.baseline > line.baseline), None)
    nearer = next_anchor is None or gap < next_anchor - line.baseline
    return nearer and (beside or (next_line and len(segments(line)) == 1 and _below_label(line, numbers_above[-1])))


def _below_label(line: Line, above: Line) -> bool:
    lower, upper = segments(line)[0], segments(above)[0]
    return lower.left < upper.right and upper.left < lower.right


def _has_numbers(line: Line) -> bool:
    return is_numeric(segments(line)[-1].text)
