"""XLSX: the words on a first sheet, then one sheet a table, with typed numbers and sums that go on calculating.

Nothing that comes from a document's text can become a formula: texts are written as strings, whatever they begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from itertools import groupby
from math import ceil
from typing import TypedDict

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongkai.documents.model import Document, Flow, Heading, Number, Paragraph, Table, TableCell
from gongkai.documents.writers import layout

NARRATIVE_SHEET = "正文"
NAME_LENGTH = 31
LONGEST_TEXT = 32_000
"""Characters; a cell of a workbook holds 32,767."""
TEXT_WIDTH, TABLE_WIDTH = 72, 92
"""In digits, as a workbook counts the width of columns; a Chinese character is as wide as two."""
POINTS, LINE_HEIGHT, HIGHEST_ROW = 11, 1.35, 409.0
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC).replace(tzinfo=None)
A4 = 9

_NAME_FORBIDS = re.compile(r"[\[\]:*?/\\]")


def render(document: Document) -> bytes:
    """The document as a workbook without a date of its own: equal documents give equal bytes."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": layout.title_of(document)[:255], "created": NO_DATE})
        # A workbook is for calculating on: it has the small print of a mark as text, and no code to scan.
        small_print = (*document.mark.lines, document.mark.address) if document.mark else ()
        written = (*document.blocks, *(Paragraph(line) for line in small_print))
        blocks = [layout.table_of(block) if isinstance(block, Flow) else block for block in written]
        tables = [layout.at_printable(block) for block in blocks if isinstance(block, Table) and block.cells]
        names = _sheet_names(tables)
        formats = _Formats(book)
        narrative = book.add_worksheet(NARRATIVE_SHEET)
        for table, name in zip(tables, names, strict=True):
            _TableSheet(book.add_worksheet(name), table, formats).write()
        _write_narrative(
            narrative, [block for block in blocks if not isinstance(block, Table) or block.cells], names, formats
        )
    return content.getvalue()


def marker(sheet: str) -> str:
    """The line that stands in the narrative where a table stands in the document.

    >>> marker("applications")
    '（见工作表“applications”）'
    """
    return f"（见工作表“{sheet}”）"


def _sheet_names(tables: list[Table]) -> list[str]:
    """A name for each table's sheet: its key, else its caption, else its number; made allowed, short and different."""
    taken = {NARRATIVE_SHEET.casefold(), "history"}
    names = []
    for number, table in enumerate(tables, 1):
        wanted = _NAME_FORBIDS.sub("_", table.key or table.caption).replace("\n", " ").strip().strip("'")[:NAME_LENGTH]
        wanted = wanted or f"表{number}"
        name, copy = wanted, 1
        while name.casefold() in taken:
            copy += 1
            suffix = f"（{copy}）"
            name = wanted[: NAME_LENGTH - len(suffix)] + suffix
        taken.add(name.casefold())
        names.append(name)
    return names


class _Look(TypedDict, total=False):
    """What a cell looks like, in xlsxwriter's words."""

    align: str
    bg_color: str
    bold: bool
    border: int
    font_color: str
    font_name: str
    font_size: float
    indent: int
    num_format: str
    rotation: int
    valign: str


class _Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, look: _Look) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, **look})
        return self._made[key]


def _write_narrative(
    sheet: Worksheet, blocks: Iterable[Heading | Paragraph | Table], names: list[str], formats: _Formats
) -> None:
    """Headings, paragraphs and the places of the tables, one a row in a single column."""
    sheet.set_column(0, 0, TEXT_WIDTH)
    _print_setup(sheet)
    coming = iter(names)
    row = 0
    for block in blocks:
        if isinstance(block, Table):
            row = _write_text(sheet, row, block.caption, {"bold": True, "indent": 2}, formats)
            sheet.set_row(row, _height("", TEXT_WIDTH))
            name = next(coming)
            place = "internal:'" + name.replace("'", "''") + "'!A1"
            sheet.write_url(row, 0, place, formats.of({"font_color": "#1a4f8b", "indent": 2}), marker(name))
            row += 1
        elif isinstance(block, Heading):
            row = _write_text(sheet, row, block.text, _heading_look(block.level), formats)
        else:
            row = _write_text(sheet, row, block.text, {"valign": "top", "font_size": 12}, formats)


def _write_text(sheet: Worksheet, row: int, text: str, look: _Look, formats: _Formats) -> int:
    """Write a text into a row, or into as many as it needs; the row after them."""
    text = layout.printable(text)
    for start in range(0, len(text), LONGEST_TEXT):
        piece = text[start : start + LONGEST_TEXT]
        sheet.set_row(row, _height(piece, TEXT_WIDTH, look.get("font_size", POINTS)))
        sheet.write_string(row, 0, piece, formats.of(look))
        row += 1
    return row


def _heading_look(level: int) -> _Look:
    if level <= 1:
        return {"bold": True, "font_size": 18, "align": "center", "valign": "vcenter", "font_name": "黑体"}
    return {"bold": True, "font_size": 14 if level == 2 else 12, "font_name": "黑体" if level == 2 else "楷体"}


def _height(text: str, width: float, points: float = POINTS) -> float:
    """The height in points of a row that shows a text in a column of that width; not every program finds it alone."""
    ems = max(width / 2 * POINTS / points - 1, 1)
    lines = sum(max(ceil(layout.em_width(line) / ems), 1) for line in text.split("\n"))
    return min(lines * points * LINE_HEIGHT + 4, HIGHEST_ROW)


def _print_setup(sheet: Worksheet) -> None:
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C— &P —")
    sheet.hide_gridlines(1)


class _TableSheet:
    """The sheet of one table, whose top left square is A1."""

    def __init__(self, sheet: Worksheet, table: Table, formats: _Formats) -> None:
        self._sheet = sheet
        self._table = table
        self._formats = formats
        self._header_rows = layout.header_row_count(table)
        self._widths = [max(share * TABLE_WIDTH, 5) for share in layout.column_shares(table)]
        self._numbers = {(cell.row, cell.column): cell.number for cell in table.cells if cell.number is not None}

    def write(self) -> None:
        self._set_up()
        for row in layout.rows(self._table):
            self._set_height(row)
            for cell in row:
                look = self._look(cell)
                if cell.row_span > 1 or cell.column_span > 1:
                    last = cell.row + cell.row_span - 1, cell.column + cell.column_span - 1
                    self._sheet.merge_range(cell.row, cell.column, *last, "", look)
                self._write_cell(cell, look)

    def _set_up(self) -> None:
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)
        _print_setup(self._sheet)
        self._sheet.center_horizontally()
        if self._table.caption:
            self._sheet.set_header("&C&14" + self._table.caption.replace("&", "&&")[:200])
        if self._header_rows:
            self._sheet.repeat_rows(0, self._header_rows - 1)
            self._sheet.freeze_panes(self._header_rows, 0)

    def _set_height(self, row: list[TableCell]) -> None:
        """As high as the highest of the cells that stand in this row alone."""
        heights = [
            _height(cell.text, sum(self._widths[cell.column : cell.column + cell.column_span]))
            for cell in row
            if cell.row_span == 1
        ]
        if heights:
            self._sheet.set_row(row[0].row, max(heights))

    def _look(self, cell: TableCell) -> Format:
        centred = layout.is_centred(cell, self._header_rows)
        look: _Look = {"border": 1, "valign": "vcenter", "align": "center" if centred else "left"}
        if layout.stands_upright(cell):
            look["rotation"] = 270
        if cell.row < self._header_rows:
            look["bold"], look["bg_color"] = True, "#eef3f9"
        if cell.number is not None:
            look["num_format"] = _number_format(cell)
        return self._formats.of(look)

    def _write_cell(self, cell: TableCell, look: Format) -> None:
        place = cell.row, cell.column
        if cell.number is None or not _shows(cell.text, cell.number):
            self._sheet.write_string(*place, cell.text, look)
        elif cell.sum_of and sum(self._numbers.get(square, 0) for square in cell.sum_of) == cell.number:
            self._sheet.write_formula(*place, _sum_formula(cell.sum_of), look, float(cell.number))
        else:
            # A total that was printed wrong stays as it was printed: a formula would silently correct it.
            self._sheet.write_number(*place, float(cell.number), look)


def _shows(text: str, number: Number) -> bool:
    """Whether a cell's text is the number and nothing else; a typed number would lose a note or a unit beside it."""
    plain = text.strip().removeprefix("+").replace(",", "")
    return re.fullmatch(r"-?\d+(\.\d+)?", plain) is not None and Decimal(plain) == number


def _number_format(cell: TableCell) -> str:
    """The format that shows the number as it was printed: its decimal places, its sign."""
    _, _, decimals = cell.text.strip().partition(".")
    shape = "0." + "0" * len(decimals) if decimals else "0"
    return f"+{shape};-{shape};{shape}" if cell.text.strip().startswith("+") else shape


def _sum_formula(squares: Iterable[tuple[int, int]]) -> str:
    """The formula that adds up the squares, neighbours as ranges.

    >>> _sum_formula([(4, 3), (4, 4), (4, 5)]), _sum_formula([(1, 0), (2, 0), (4, 0)])
    ('=SUM(D5:F5)', '=SUM(A2:A3,A5)')
    """
    chosen = sorted(set(squares))
    columns = {column for _, column in chosen}
    runs = _runs(row for row, _ in chosen) if len(columns) == 1 else None
    if runs is not None:
        (column,) = columns
        ranges = [(first, column, last, column) for first, last in runs]
    else:
        ranges = [
            (row, first, row, last)
            for row, line in groupby(chosen, key=lambda square: square[0])
            for first, last in _runs(column for _, column in line)
        ]
    return f"=SUM({','.join(_reference(*place) for place in ranges)})"


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Ascending numbers as runs (first, last) without gaps."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        yield members[0], members[-1]


def _reference(first_row: int, first_column: int, last_row: int, last_column: int) -> str:
    if (first_row, first_column) == (last_row, last_column):
        return str(xl_rowcol_to_cell(first_row, first_column))
    return str(xl_range(first_row, first_column, last_row, last_column))
