"""What every writer has to know before it draws: a table's squares, header rows and proportions, and clean texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import ceil
from unicodedata import east_asian_width

from gongkai.documents.model import Block, Document, Flow, Heading, Paragraph, Table, TableCell

MANY_COLUMNS = 12
"""A table with more columns than this is set in smaller type, so that it still fits the width of an upright page."""

LINE_POINTS, CLOSEST_POINTS = 28.9, 25.0
"""From line to line: 22 lines a page (GB/T 9704—2012), and the closest a letter is set to save its last page."""
_TEXT_HEIGHT_POINTS, _LINE_EMS, _TITLE_LINE_POINTS = 225 / 25.4 * 72, 27.2, 36
"""Of a page, less a little of a line for what its breaks cost; of a line of the title."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])[ \t]*")


def printable(text: str) -> str:
    """The text without what no file format may hold (controls, halves of surrogate pairs), its lines ended by `\\n`.

    >>> printable("甲\\x00乙 \\r\\n 丙\\t丁")
    '甲乙\\n丙 丁'
    """
    return _LINE_BREAK.sub("\n", _UNPRINTABLE.sub("", text)).replace("\t", " ")


def one_line(text: str) -> str:
    """The printable text with its line breaks as spaces.

    >>> one_line("社会\\n公益")
    '社会 公益'
    """
    return printable(text).replace("\n", " ")


def title_of(document: Document) -> str:
    """The metadata title of the file to write: the document's own, else its first heading, else nothing."""
    headings = (block.text for block in document.blocks if isinstance(block, Heading))
    return one_line(document.title or next(headings, ""))


def table_of(flow: Flow) -> Table:
    """A flattened table as a table of one column: nothing is lost and no structure is invented."""
    return Table(tuple(TableCell(cell.text, row, 0, at=cell.at) for row, cell in enumerate(flow.cells)))


def rows(table: Table) -> list[list[TableCell]]:
    """The cells by the row they begin in, from left to right, with an empty cell for each square that has none.

    Errors: ValueError when two cells claim the same square.
    >>> [[cell.text for cell in row] for row in rows(Table((TableCell("甲", 0, 0, 2), TableCell("乙", 1, 1))))]
    [['甲', ''], ['乙']]
    """
    grid: dict[tuple[int, int], TableCell] = {}
    for cell in table.cells:
        for square in squares(cell):
            if square in grid:
                raise ValueError(
                    f"cells {grid[square].text!r} and {cell.text!r} overlap in row {square[0]}, column {square[1]}"
                )
            grid[square] = cell
    filled: list[list[TableCell]] = []
    columns = range(table.column_count)
    for row in range(table.row_count):
        found = (grid.get((row, column)) or TableCell("", row, column) for column in columns)
        filled.append([cell for column, cell in enumerate(found) if (cell.row, cell.column) == (row, column)])
    return filled


def squares(cell: TableCell) -> Iterator[tuple[int, int]]:
    """The grid squares (row, column) that a cell covers."""
    for row in range(cell.row, cell.row + cell.row_span):
        for column in range(cell.column, cell.column + cell.column_span):
            yield row, column


def header_row_count(table: Table) -> int:
    """How many leading rows hold nothing but headers, as those that are repeated on each page.

    A header that reaches below them (a label that spans the whole table) gives the rows it would cut back to the body;
    a table of headers alone has no header rows, because nothing stands below them.
    """
    count = min((cell.row for cell in table.cells if not cell.is_header), default=0)
    while count and any(cell.row < count < cell.row + cell.row_span for cell in table.cells):
        count -= 1
    return count


def stands_upright(cell: TableCell) -> bool:
    """Whether a label is written from top to bottom: one column wide beside so many rows that it has room to stand."""
    return cell.is_header and cell.column_span == 1 and 2 < len(cell.text) <= cell.row_span // 2


def column_shares(table: Table) -> tuple[float, ...]:
    """The width of each column as a share of the table's; from its texts when the table doesn't say."""
    given = table.column_widths
    if len(given) != table.column_count or not all(width > 0 for width in given):
        given = _natural_widths(table)
    return tuple(width / sum(given) for width in given)


def _natural_widths(table: Table) -> tuple[float, ...]:
    """Widths in ems that let the longest text of a column stand in two lines or so, within reason."""
    widths = [2.0] * table.column_count
    header_rows = header_row_count(table)
    for cell in table.cells:
        if cell.column_span == 1 and not stands_upright(cell):
            wanted = em_width(cell.text)
            if cell.row < header_rows and wanted > 3:
                wanted = ceil(wanted / 2)
            widths[cell.column] = max(widths[cell.column], min(wanted, 12.0))
    return tuple(widths)


def em_width(text: str) -> float:
    """The length of a text in ems: a Chinese character is 1, a Latin letter or digit half of that.

    >>> em_width("2023年")
    3.0
    """
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)


def is_centred(cell: TableCell, header_rows: int) -> bool:
    """Whether a cell's text stands in the middle of it: column headers, figures and words as short as figures."""
    return cell.row < header_rows or stands_upright(cell) or (not cell.is_header and em_width(cell.text) <= 8)


def heading_lines(text: str, limit: float) -> list[str]:
    """The lines of a title: where it has line breaks of its own they stay, and each line is broken further if need be.

    >>> heading_lines("青溪县自然资源局\\n政府信息公开申请答复书", 19)
    ['青溪县自然资源局', '政府信息公开申请答复书']
    """
    return [line for given in printable(text).split("\n") for line in title_lines(given, limit)]


def title_lines(text: str, limit: float) -> list[str]:
    """A title in as few lines of at most `limit` ems as will do, evenly long, broken before a number if possible.

    >>> title_lines("青溪县人民政府办公室2023年政府信息公开工作年度报告", 20)
    ['青溪县人民政府办公室', '2023年政府信息公开工作年度报告']
    """
    if em_width(text) <= limit:
        return [text]
    units = re.findall(r"[A-Za-z0-9.,:;'()\-]+ *|[^A-Za-z0-9][，、。：；》）”]*", text)
    options = [
        (max(em_width(before), em_width(after)) + (0 if before[-1:] in "，、。：； " or after[:1].isdigit() else 4), at)
        for at in range(1, len(units))
        if em_width(before := "".join(units[:at])) <= limit and em_width(after := "".join(units[at:])) <= limit
    ]
    if options:
        at = min(options)[1]
        return ["".join(units[:at]).rstrip(), "".join(units[at:])]
    return _filled_lines(units, limit)


def _filled_lines(units: list[str], limit: float) -> list[str]:
    """A title too long for two lines: each line as full as it gets."""
    lines = [""]
    for unit in units:
        if lines[-1] and em_width(lines[-1] + unit.rstrip()) > limit:
            lines.append("")
        lines[-1] += unit
    return [line.rstrip() for line in lines]


def leads_to_closing(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether it is the paragraph before a closing: a signature never stands on a page alone."""
    closes = [isinstance(block, Paragraph) and block.layout == "closing" for block in blocks]
    return [
        isinstance(block, Paragraph) and not closes[place] and any(closes[place + 1 : place + 2])
        for place, block in enumerate(blocks)
    ]


def is_letter(document: Document) -> bool:
    """Whether a document ends with signature, seal and date: it is laid out so that these stand with its text."""
    last = document.blocks[-1] if document.blocks else None
    return isinstance(last, Paragraph) and last.layout == "closing"


def line_pitch(document: Document) -> float:
    """Points from line to line: the usual ones, or for a letter as much closer as saves the page that would hold little
    more than its signature.

    Source: document-format-2012 (7.3.5: where the space left can't take the seal and the date, lines are set closer).
    """
    if not is_letter(document) or not all(isinstance(block, Heading | Paragraph) for block in document.blocks):
        return LINE_POINTS
    wanted = _pages(document, CLOSEST_POINTS)
    pitch = LINE_POINTS
    while _pages(document, pitch) > wanted and pitch > CLOSEST_POINTS:
        pitch = max(CLOSEST_POINTS, round(pitch - 0.3, 1))
    return pitch


def _pages(document: Document, pitch: float) -> int:
    """How many pages a letter takes with lines so far apart, rather one too many than one too few."""
    height = 0.0
    for block in document.blocks:
        text = printable(block.text) if isinstance(block, Heading | Paragraph) else ""
        if isinstance(block, Heading):
            height += _TITLE_LINE_POINTS * len(text.split("\n")) + pitch
        elif isinstance(block, Paragraph) and block.layout == "closing":
            height += pitch * (1 + len(text.split("\n")))
        else:
            indent = 2 if isinstance(block, Paragraph) and block.layout == "body" else 0
            height += pitch * sum(ceil((_set_width(line) + indent) / _LINE_EMS) for line in text.split("\n"))
            height += pitch / 2 if isinstance(block, Paragraph) and block.layout == "centred" else 0
    return ceil(height / _TEXT_HEIGHT_POINTS)


def _set_width(text: str) -> float:
    """The length of a text in ems as it is set: between a Chinese character and a Latin one stands a quarter."""
    kinds = [east_asian_width(character) in "WFA" for character in text]
    return em_width(text) + sum(one != other for one, other in pairwise(kinds)) / 4


def at_printable(table: Table) -> Table:
    """The table with its texts made printable, the form in which all writers take it."""
    cells = tuple(replace(cell, text=printable(cell.text)) for cell in table.cells)
    return replace(table, cells=cells, caption=one_line(table.caption))
