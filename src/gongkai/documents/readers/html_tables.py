"""Tables of a web page: cells placed on the grid as the HTML standard says ("forming a table")."""

from __future__ import annotations

import re

from lxml import etree

from gongkai.documents.model import Position, Table, TableCell
from gongkai.documents.readers.bulk import place, table_cell
from gongkai.documents.readers.layout import is_layout
from gongkai.documents.readers.raised import settled

BLOCK_TAGS = frozenset(
    [
        *("html", "head", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th", "form", "fieldset", "pre", "section"),
        *("article", "header", "footer", "nav", "aside", "main", "blockquote", "address", "center", "hr", "figure"),
        *("figcaption", "details", "summary"),
    ]
)
MOST_COLUMNS = 200  # the widest statutory form has 15; what is wider is no table
TALLEST_SPAN = 65534  # HTML's own bound for rowspan
ABSURD_SPAN = 100  # columns; a span beyond this is cut to the columns that cells begin in

_BREAK = "\u2028"  # in the text of a cell while it is gathered: a new line begins
_BREAKING_TAGS = BLOCK_TAGS | {"br"}
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_SPAN = re.compile(r"\s*\+?(\d{1,9})")

_Row = tuple[etree._Element | None, list[etree._Element]]  # its group (thead, tbody, tfoot) and its cells


def one_line(text: str) -> str:
    """Text as a browser shows it: white space collapsed, and none where the source wraps amid Chinese."""
    words = text.split()
    if len(words) < 2:
        return words[0] if words else ""
    if "\n" not in text:
        return " ".join(words)
    joined = ""
    for line in text.split("\n"):
        part = " ".join(line.split())
        if joined and part and joined[-1] < "\u2e80" and part[0] < "\u2e80":
            joined += " "
        joined += part
    return joined


def table_of(element: etree._Element, number: int) -> Table | None:
    """The table as a grid, or None for one that only lays out text or other tables. `number` counts from 1."""
    if _holds_a_table(element):
        return None
    cells = _place(_rows(element), number, has_headers=next(element.iter("th"), None) is not None)
    if not cells:
        return None
    width = max([cell.column + cell.column_span for cell in cells])
    if is_layout([cell.text for cell in cells], width):
        return None
    caption = next(element.iterchildren("caption"), None)
    return Table(
        tuple(cells),
        caption="" if caption is None else one_line("".join(caption.itertext())),
        at=Position(line=element.sourceline, table=number),
    )


def _holds_a_table(element: etree._Element) -> bool:
    """Whether another table of several cells is inside; a frame around one cell is part of its cell's text."""
    for inner in element.iterdescendants("table"):
        cells = inner.iter("td", "th")
        if next(cells, None) is not None and next(cells, None) is not None:
            return True
    return False


def _rows(table: etree._Element) -> list[_Row]:
    has_inner_tables = next(table.iterdescendants("table"), None) is not None
    rows: list[_Row] = []
    for row in table.iter("tr"):
        if has_inner_tables and next(row.iterancestors("table"), None) is not table:
            continue
        group = row.getparent()
        cells = list(row.iterchildren("td", "th"))
        if not cells and not has_inner_tables:  # a stray form or div between row and cells
            cells = list(row.iter("td", "th"))
        rows.append((group if group is not None and group.tag in _GROUPS else None, cells))
    if not rows and next(table.iter("tr"), None) is None:
        rows.append((None, list(table.iter("td", "th"))))
    return rows


def _place(rows: list[_Row], number: int, *, has_headers: bool) -> list[TableCell]:
    ends = _group_ends(rows)
    taken: list[int] = []  # per column: the row from which it is free
    cells: list[TableCell] = []
    has_absurd_spans = False
    for row, (group, elements) in enumerate(rows):
        is_head = group is not None and group.tag == "thead"
        column = 0
        for element in elements:
            while column < len(taken) and taken[column] > row:
                column += 1
            if column >= MOST_COLUMNS:
                return []
            column_span, row_span = element.get("colspan"), element.get("rowspan")
            width = height = own = 1
            if column_span or row_span:
                width = min(_span(column_span or "", MOST_COLUMNS) or 1, MOST_COLUMNS - column)
                if row_span:
                    left = ends[row] - row
                    height = min(_span(row_span, TALLEST_SPAN), left) or left  # 0: down to the end of the group
                own = _occupy(taken, row, column, width, height)
                has_absurd_spans = has_absurd_spans or own > ABSURD_SPAN
            elif column < len(taken):
                taken[column] = row + 1
            else:
                taken.append(row + 1)
            is_header = is_head or (has_headers and element.tag == "th")
            at = place(element.sourceline, number, row + 1, column + 1)
            cells.append(table_cell(_text(element), row, column, height, own, is_header, at))
            column += width
    return _without_absurd_spans(cells) if has_absurd_spans else cells


def _group_ends(rows: list[_Row]) -> list[int]:
    """For each row the end of its group: no cell reaches beyond it."""
    ends = [len(rows)] * len(rows)
    for row in range(len(rows) - 2, -1, -1):
        ends[row] = ends[row + 1] if rows[row][0] is rows[row + 1][0] else row + 1
    return ends


def _occupy(taken: list[int], row: int, column: int, width: int, height: int) -> int:
    """Mark the squares of a cell; its width up to the first that a cell from above already has."""
    missing = column + width - len(taken)
    if missing > 0:
        taken += [0] * missing
    own = width
    for offset in range(width):
        if taken[column + offset] > row:
            own = min(own, offset)
        else:
            taken[column + offset] = row + height
    return own


def _span(value: str, most: int) -> int:
    """A span as the standard parses it: leading digits count, anything else is 1; 0 stays 0."""
    digits = _SPAN.match(value)
    return min(int(digits[1]), most) if digits else 1


def _without_absurd_spans(cells: list[TableCell]) -> list[TableCell]:
    width = max(cell.column for cell in cells) + 1
    return [
        cell
        if cell.column_span <= ABSURD_SPAN
        else TableCell(cell.text, cell.row, cell.column, cell.row_span, width - cell.column, cell.is_header, cell.at)
        for cell in cells
    ]


def _text(cell: etree._Element) -> str:
    """The lines of a cell; white space inside a line collapsed."""
    count = len(cell)
    if not count:
        text = cell.text
        return settled(one_line(text)) if text else ""
    pieces = [cell.text]
    for child in (cell[0],) if count == 1 else cell:
        if len(child) or child.tag not in _BREAKING_TAGS:
            pieces = _pieces_of_nested(cell)
            break
        pieces.append(child.text)
        pieces.append(child.tail)
    lines = []
    for piece in pieces:
        if piece and (line := one_line(piece)):
            lines.append(line)
    return settled("\n".join(lines)) if lines else ""


def _pieces_of_nested(cell: etree._Element) -> list[str | None]:
    """The same for a cell with elements in its elements."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element.tag in _BREAKING_TAGS:
            pieces.append(_BREAK)
        text = element.text if event == "start" else element.tail
        if text and not (event == "end" and element is cell):
            pieces.append(text)
    return list("".join(pieces).split(_BREAK))
