"""Tables of a web page: cells placed on the grid as the HTML standard says ("forming a table")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.documents.model import Position, Table, TableCell
from gongkai.documents.readers.layout import is_layout

BLOCK_TAGS = frozenset(
    [
        "html",
        "head",
        "body",
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "form",
        "fieldset",
        "pre",
        "section",
        "article",
        "header",
        "footer",
        "nav",
        "aside",
        "main",
        "blockquote",
        "address",
        "center",
        "hr",
        "figure",
        "figcaption",
        "details",
        "summary",
    ]
)
MOST_COLUMNS = 200  # the widest statutory form has 15; what is wider is no table
TALLEST_SPAN = 65534  # HTML's own bound for rowspan
ABSURD_SPAN = 100  # columns; a span beyond this is cut to the columns that cells begin in

_BREAK = "\u2028"  # in the text of a cell while it is gathered: a new line begins


def one_line(text: str) -> str:
    """Text as a browser shows it: white space collapsed, and none where the source wraps amid Chinese."""
    if "\n" not in text:
        return " ".join(text.split())
    joined = ""
    for line in text.split("\n"):
        words = " ".join(line.split())
        if joined and words and joined[-1] < "\u2e80" and words[0] < "\u2e80":
            joined += " "
        joined += words
    return joined


def table_of(element: etree._Element, number: int) -> Table | None:
    """The table as a grid, or None for one that only lays out text or other tables. `number` counts from 1."""
    if _holds_a_table(element):
        return None
    rows = list(_rows(element))
    cells = _place(rows, number)
    if not cells:
        return None
    width = max(cell.column + cell.column_span for cell in cells)
    if is_layout([cell.text for cell in cells], width):
        return None
    caption = element.find("caption")
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


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
    """Each row's group (thead, tbody, tfoot) and cells."""
    inner_tables = set(table.iterdescendants("table"))
    for row in table.iter("tr"):
        if inner_tables and next(row.iterancestors("table"), None) is not table:
            continue
        group = row.getparent()
        cells = [child for child in row if child.tag == "td" or child.tag == "th"]
        if not cells:  # a stray form or div between row and cells
            cells = [] if inner_tables else list(row.iter("td", "th"))
        yield (group if group is not None and group.tag in ("thead", "tbody", "tfoot") else None), cells
    if table.find(".//tr") is None:
        yield None, list(table.iter("td", "th"))


def _place(rows: list[tuple[etree._Element | None, list[etree._Element]]], number: int) -> list[TableCell]:
    ends = _group_ends(rows)
    taken: list[int] = []  # per column: the row from which it is free
    cells: list[TableCell] = []
    for row, (group, elements) in enumerate(rows):
        is_head = group is not None and group.tag == "thead"
        column = 0
        for element in elements:
            while column < len(taken) and taken[column] > row:
                column += 1
            if column >= MOST_COLUMNS:
                return []
            width = min(_span(element.get("colspan"), MOST_COLUMNS) or 1, MOST_COLUMNS - column)
            height = _span(element.get("rowspan"), TALLEST_SPAN)
            height = min(height, ends[row] - row) or ends[row] - row  # 0: down to the end of the group
            own = _occupy(taken, row, column, width, height)
            cells.append(
                TableCell(
                    _text(element),
                    row,
                    column,
                    height,
                    own,
                    is_head or element.tag == "th",
                    Position(line=element.sourceline, table=number, row=row + 1, column=column + 1),
                )
            )
            column += width
    return _without_absurd_spans(cells)


def _group_ends(rows: list[tuple[etree._Element | None, list[etree._Element]]]) -> list[int]:
    """For each row the end of its group: no cell reaches beyond it."""
    ends = [len(rows)] * len(rows)
    for row in range(len(rows) - 2, -1, -1):
        ends[row] = ends[row + 1] if rows[row][0] is rows[row + 1][0] else row + 1
    return ends


def _occupy(taken: list[int], row: int, column: int, width: int, height: int) -> int:
    """Mark the squares of a cell; its width up to the first that a cell from above already has."""
    if len(taken) < column + width:
        taken.extend([0] * (column + width - len(taken)))
    own = width
    for offset in range(width):
        if taken[column + offset] > row:
            own = min(own, offset)
        else:
            taken[column + offset] = row + height
    return own


def _span(value: str | None, most: int) -> int:
    """A span as the standard parses it: leading digits count, anything else is 1; 0 stays 0."""
    if value is None:
        return 1
    digits = re.match(r"\s*\+?(\d{1,9})", value)
    return min(int(digits[1]), most) if digits else 1


def _without_absurd_spans(cells: list[TableCell]) -> list[TableCell]:
    if all(cell.column_span <= ABSURD_SPAN for cell in cells):
        return cells
    width = max(cell.column for cell in cells) + 1
    return [
        cell
        if cell.column_span <= ABSURD_SPAN
        else TableCell(cell.text, cell.row, cell.column, cell.row_span, width - cell.column, cell.is_header, cell.at)
        for cell in cells
    ]


def _text(cell: etree._Element) -> str:
    """The lines of a cell; white space inside a line collapsed."""
    texts = [text for text in cell.itertext() if not text.isspace()]
    if len(texts) < 2:
        return one_line(texts[0]) if texts else ""
    pieces: list[str] = []
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        is_block = element.tag in BLOCK_TAGS or element.tag == "br"
        if is_block:
            pieces.append(_BREAK)
        text = element.text if event == "start" else element.tail
        if text and not (event == "end" and element is cell):
            pieces.append(text)
    lines = (one_line(line) for line in "".join(pieces).split(_BREAK))
    return "\n".join(line for line in lines if line)
