"""Tables that no vertical lines were drawn around: where on a page they begin and end.

Rows with numbers make a table, with the lines of their labels among them and the header right above.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gongkai.documents.readers.pdf.glyphs import Ruling
from gongkai.documents.readers.pdf.lines import ENUMERATED, Line, segments
from gongkai.documents.readers.pdf.stacking import SAME_ROW, SLACK, in_one_column, pieces_of
from gongkai.documents.readers.pdf.tables import PageTable, is_value
from gongkai.documents.readers.pdf.unruled import bands_of, has_numbers, unruled_table

_HEADER_LINES = 16  # a header with one character a line is as high as its longest label
_LABEL_LINES = 8  # between two rows of numbers
_LONGEST_GROUP = 12  # of the font size: the name of a group of columns is no longer
_NEXT_LINE = 1.5  # of the font size: the usual distance of lines in one cell is smaller
_FARTHEST = 4  # of the font size, from one line of a table to the next
_NEAREST = 2.2  # the same for a line that doesn't look like one of a table


def aligned_tables(
    lines: Sequence[Line], separators: Sequence[Ruling], above: Sequence[Line] = ()
) -> list[Line | PageTable]:
    """The lines with those that make up a table replaced by it; `separators` are the drawn horizontal lines.

    `above` are the last lines of the page before, as if they stood above these: a table that the page begins with may have
    its header there. Those that are none come first in what is given back.
    """
    result: list[Line | PageTable] = list(above)
    start = 0
    while start < len(lines):
        end = _end(lines, start)
        if end > start:
            before = [] if result and isinstance(result[-1], PageTable) else _trailing_lines(result)
            begun = _begun_above(before, lines[start:end])
            header = _header(before[: len(before) - len(begun)], [*begun, *lines[start:end]])
            rows = sum(map(has_numbers, lines[start:end]))
            if rows > 1 or header or len(begun) == len(result) - len(above):
                del result[len(result) - len(begun) - len(header) :]
                result.append(unruled_table(header, [*begun, *lines[start:end]], separators))
                start = end
                continue
        result.append(lines[start])
        start += 1
    return result


def _trailing_lines(result: Sequence[Line | PageTable]) -> list[Line]:
    """The lines since the last table."""
    trailing: list[Line] = []
    for item in reversed(result):
        if isinstance(item, PageTable):
            break
        trailing.insert(0, item)
    return trailing


def _end(lines: Sequence[Line], start: int) -> int:
    """The end of the rows that begin with the numbers of a line, or `start` when there are none in it."""
    if not has_numbers(lines[start]):
        return start
    end = start + 1
    edge = bands_of(lines[start:end])[0][0] - SLACK
    for index in range(start + 1, len(lines)):
        line = lines[index]
        if line.baseline - lines[index - 1].baseline > _FARTHEST * line.size:
            break
        if has_numbers(line) or (is_value(line.text) and line.left >= edge):
            end = index + 1
            edge = min([edge, *(left - SLACK for left, _ in bands_of([line]))])
        elif line.right > edge or _names_columns(line, lines[start:end]) or index - end >= _LABEL_LINES:
            break  # prose, or the header of another table
    while end < len(lines) and lines[end].right <= edge and _ends_label(lines[start:end], lines[end]):
        end += 1
    return end


def _names_columns(line: Line, rows: Sequence[Line]) -> bool:
    """Whether a line without numbers has a piece right of all labels: the header of another table."""
    pieces = segments(line)
    rights = [piece.right for row in rows for piece in segments(row) if not is_value(piece.text)]
    return len(pieces) > 1 and pieces[-1].left > max(rights, default=pieces[-1].left) + line.size


def _ends_label(rows: Sequence[Line], line: Line) -> bool:
    """Whether a line is one more of the last row's label."""
    gap = line.baseline - rows[-1].baseline
    return gap < SAME_ROW * line.size or (
        gap < min(_NEXT_LINE * line.size, 0.97 * _pitch(rows))
        and not ENUMERATED.match(line.text)
        and any(in_one_column(piece, line) for piece in segments(rows[-1]))
    )


def _begun_above(before: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """The upper lines of the first row's label, where it is wrapped around its numbers."""
    edge = bands_of(rows)[0][0]
    begun: list[Line] = []
    for line in reversed(before):
        below = begun[0] if begun else rows[0]
        gap = below.baseline - line.baseline
        label = segments(below)[0]
        goes_on = gap < min(_NEXT_LINE * line.size, 0.97 * _pitch(rows)) and not (
            ENUMERATED.match(label.text) or is_value(label.text)
        )
        flush = goes_on and any(in_one_column(piece, label) for piece in segments(line))
        if line.right > edge or (gap >= SAME_ROW * line.size and not flush):
            break
        begun.insert(0, line)
    return begun


def _pitch(rows: Sequence[Line]) -> float:
    """The smallest distance between two rows of numbers."""
    numbers = [line.baseline for line in rows if has_numbers(line)]
    return min((below - above for above, below in pairwise(numbers)), default=float("inf"))


def _header(before: Sequence[Line], rows: Sequence[Line]) -> list[Line]:
    """The lines right above the rows that are header: cut into cells or standing over the numbers, and what lies between."""
    edge = bands_of(rows)[0][0]
    no_labels = all(is_value(segments(row)[0].text) for row in rows if has_numbers(row))
    header: list[Line] = []
    below, tall = rows[0], 0
    for line in reversed(before[-_HEADER_LINES:]):
        pieces = pieces_of(line)
        cut = len(pieces) > 2 or len(segments(line)) > 1
        if below.baseline - line.baseline > (_FARTHEST if cut else _NEAREST) * line.size:
            break
        over_numbers = len(pieces) > 1 or line.left >= edge - 2 * line.size
        over_numbers = over_numbers or (no_labels and line.right - line.left < _LONGEST_GROUP * line.size)
        if ENUMERATED.match(line.text) or (not over_numbers and line.right > edge):
            break
        header.insert(0, line)
        tall = len(header) if over_numbers else tall
        below = line
    return header[len(header) - tall :]
