"""Spreadsheets (XLSX) through openpyxl, and comma-separated text.

A sheet with text in one column only is prose: a paragraph a line, where a link to another sheet stands for all that the
other sheet holds. Any other sheet is one table with the sheet's own
rows and columns; captions stay rows of it, and only long prose in a row of its own is taken out as a paragraph, which
ends the table above it. Hidden sheets are left out, and said so.
"""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO, StringIO

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.documents.model import Block, Document, Number, Paragraph, Position, Table, TableCell
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.decoding import decode
from gongkai.documents.readers.limits import Package
from gongkai.documents.readers.refusing import CannotRead

MOST_COLUMNS = 200
LONG_PROSE = 50  # characters; the longest label of a statutory form that can stand alone in its row has about 30

_FORMULA_WITHOUT_VALUE = re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f[^<>]*/>\s*</c>")
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s+ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_PLACES = re.compile(r"^\+?[#,]*0(?:\.(0+))?(?:;|$)")
_LINKED_SHEET = re.compile(r"^#?'?(?P<name>.+?)'?!\$?[A-Z]+\$?\d+$")


@dataclass(frozen=True, slots=True)
class _Square:
    text: str
    number: Number | None = None
    links_to: str = ""


@dataclass(frozen=True, slots=True)
class _SheetLink:
    """A line of prose that is a link to another sheet."""

    sheet: str
    line: Paragraph


def read_xlsx(data: bytes) -> Document:
    """A workbook; cells keep their sheet, row and column.

    Errors: CannotRead TRUNCATED, DAMAGED, ENCRYPTED, TOO-LARGE, EMPTY.
    """
    notes = _inspect(Package(data))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about drop-down lists and printer settings that openpyxl doesn't keep
        workbook = load_workbook(BytesIO(data), data_only=True, keep_links=False)
    sheets: dict[str, list[Block | _SheetLink]] = {}
    for sheet in workbook.worksheets:
        if sheet.sheet_state == "visible":
            sheets[sheet.title] = list(_blocks_of(sheet))
        elif any(_squares(sheet)):
            notes.append(f"隐藏的工作表“{sheet.title}”未计入。")
    blocks = _in_reading_order(sheets)
    if not blocks:
        raise CannotRead(refusing.empty())
    title = workbook.properties.title
    return Document(tuple(blocks), title=(title or "").strip(), format="xlsx", notes=tuple(notes))


def _in_reading_order(sheets: dict[str, list[Block | _SheetLink]]) -> list[Block]:
    """The blocks of all sheets in turn, each linked sheet where the first link to it stands."""
    ordered: list[Block] = []
    linked = {block.sheet for blocks in sheets.values() for block in blocks if isinstance(block, _SheetLink)}
    placed: set[str] = set()
    for name, blocks in sheets.items():
        if name in linked and not any(isinstance(block, _SheetLink) for block in blocks):
            continue
        for block in blocks:
            if not isinstance(block, _SheetLink):
                ordered.append(block)
                continue
            target = sheets.get(block.sheet, [])
            if block.sheet in placed or not target or any(isinstance(other, _SheetLink) for other in target):
                ordered.append(block.line)
            else:
                placed.add(block.sheet)
                ordered += [other for other in target if not isinstance(other, _SheetLink)]
    return ordered


def read_csv(data: bytes) -> Document:
    """Comma-separated (or semicolon-separated) text as one table.

    Errors: CannotRead TOO-LARGE, EMPTY, MOJIBAKE, UNKNOWN-FORMAT.
    """
    if len(data) > limits.LARGEST_TEXT:
        raise CannotRead(refusing.too_large(f"{limits.LARGEST_TEXT // limits.MEGABYTE} MB"))
    text, notes = decode(data)
    delimiter = ";" if text.count(";") > text.count(",") else ","
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    cells: list[TableCell] = []
    line = 1
    for row, values in enumerate(reader):
        if len(cells) + len(values) > limits.MOST_CELLS:
            raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))
        for column, value in enumerate(values):
            cells.append(TableCell(value.strip(), row, column, at=Position(line=line, column=column + 1)))
        line = reader.line_num + 1
    if not any(cell.text for cell in cells):
        raise CannotRead(refusing.empty())
    return Document((Table(tuple(cells), at=Position(line=1)),), format="csv", notes=notes)


def _inspect(package: Package) -> list[str]:
    """Unpack every part once within the limits, before openpyxl does it without them; notes on what is missing."""
    without_value = 0
    for name in package.names:
        if not name.endswith((".xml", ".rels")):
            continue
        part = package.read(name)
        limits.bounded_tags(part)
        if b"<!DOCTYPE" in part[:2000] or b"<!ENTITY" in part or part[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise CannotRead(refusing.damaged(f"{name}: DOCTYPE"))
        if name.startswith("xl/worksheets/"):
            without_value += len(_FORMULA_WITHOUT_VALUE.findall(part)) if b"<f" in part else 0
            _refuse_vast_merges(part)
    if without_value:
        return [f"有 {without_value} 个公式没有保存计算结果，按空白读取；请用表格软件打开并保存后再读。"]
    return []


def _refuse_vast_merges(part: bytes) -> None:
    """openpyxl makes an object of every square that a merged range covers."""
    covered = 0
    for reference in _MERGED.findall(part):
        left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(reference.decode()))
        covered += (right - left + 1) * (bottom - top + 1)
    if covered > limits.MOST_CELLS:
        raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))


def _squares(sheet: Worksheet) -> dict[tuple[int, int], _Square]:
    """The squares that hold something, by row and column from 1."""
    squares: dict[tuple[int, int], _Square] = {}
    for (row, column), cell in sheet._cells.items():
        if cell.value is None:
            continue
        square = _square(cell.value, cell.number_format)
        link = cell.hyperlink.location if cell.hyperlink else None
        if link and (target := _LINKED_SHEET.match(link)):
            square = _Square(square.text, square.number, target["name"].replace("''", "'"))
        if square.text:
            squares[row, column] = square
    if len(squares) > limits.MOST_CELLS:
        raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))
    return dict(sorted(squares.items()))


def _square(value: object, number_format: str) -> _Square:
    if isinstance(value, bool):
        return _Square("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _Square(value.date().isoformat() if value.time() == time() else value.isoformat(" "))
    if isinstance(value, date | time):
        return _Square(value.isoformat())
    return _Square(str(value).strip())


def _number(value: int | float, number_format: str) -> _Square:
    """A number as it is shown: 9.46, 1234, 100%; binary noise beyond 15 digits isn't."""
    if value != value or value in (float("inf"), float("-inf")):
        return _Square(str(value))
    number: Number = int(value) if value == int(value) and abs(value) < 10**15 else Decimal(format(value, ".15g"))
    if percent := _PERCENT.search(number_format):
        places = len(percent[1] or "")
        return _Square(f"{Decimal(format(value, '.15g')) * 100:.{places}f}%", number)
    if format_match := _PLACES.match(number_format):
        sign = "+" if number_format.startswith("+") and number > 0 else ""
        shown = f"{sign}{number:.{len(format_match[1] or '')}f}"
        if Decimal(shown) == number:  # a format that rounds would hide digits that the cell holds
            return _Square(shown, number)
    return _Square(str(number) if isinstance(number, int) else format(number, "f"), number)


def _blocks_of(sheet: Worksheet) -> Iterator[Block | _SheetLink]:
    squares = _squares(sheet)
    if not squares:
        return
    if len({column for _, column in squares}) == 1:
        for (row, column), square in squares.items():
            at = Position(sheet=sheet.title, row=row, column=column)
            if square.links_to:
                yield _SheetLink(square.links_to, Paragraph(square.text, at))
            else:
                yield from (Paragraph(line.strip(), at) for line in square.text.split("\n") if line.strip())
        return
    by_row: dict[int, list[int]] = {}
    for row, column in squares:
        by_row.setdefault(row, []).append(column)
    rows: list[int] = []
    for row, columns in by_row.items():
        square = squares[row, columns[0]]
        if len(columns) == 1 and square.number is None and len(square.text) >= LONG_PROSE:
            yield from _table_of(sheet, squares, rows)
            rows = []
            at = Position(sheet=sheet.title, row=row, column=columns[0])
            yield from (Paragraph(line.strip(), at) for line in square.text.split("\n") if line.strip())
        else:
            rows.append(row)
    yield from _table_of(sheet, squares, rows)


def _table_of(sheet: Worksheet, squares: dict[tuple[int, int], _Square], rows: list[int]) -> Iterator[Table]:
    """The table between the first and the last of some rows, empty squares included."""
    if not rows:
        return
    first, last = rows[0], rows[-1]
    used = [column for row, column in squares if first <= row <= last]
    left, right = min(used), max(used)
    if right - left >= MOST_COLUMNS or (last - first + 1) * (right - left + 1) > limits.MOST_CELLS:
        raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))
    spans, covered = _merged(sheet, first, last, left, right)
    cells = []
    for row in range(first, last + 1):
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            square = squares.get((row, column), _Square(""))
            height, width = spans.get((row, column), (1, 1))
            at = Position(sheet=sheet.title, row=row, column=column)
            cells.append(TableCell(square.text, row - first, column - left, height, width, at=at, number=square.number))
    yield Table(tuple(cells), at=Position(sheet=sheet.title, row=first, column=left))


def _merged(
    sheet: Worksheet, first: int, last: int, left: int, right: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Spans of merged ranges by their top left square, and the squares they cover, cut to a part of the sheet."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        top, start = merged.min_row, merged.min_col
        bottom, end = min(merged.max_row, last), min(merged.max_col, right)
        if not (first <= top <= bottom and left <= start <= end):
            continue
        squares = {(row, column) for row in range(top, bottom + 1) for column in range(start, end + 1)}
        if squares & covered:
            continue  # overlapping ranges are damage; the first one stands
        spans[top, start] = (bottom - top + 1, end - start + 1)
        covered |= squares - {(top, start)}
    return spans, covered
