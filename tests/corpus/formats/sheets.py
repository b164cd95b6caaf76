"""XLSX: the report on one sheet, or each section on its own."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tests.corpus.layout import Block, Line, Printed, Square
from tests.corpus.truth import Expected


@dataclass(frozen=True, slots=True)
class Workbook:
    """How the file is written: one sheet or one a section, numbers as numbers or as text, with an empty first row and column."""

    sheets: str = "one"
    typed: bool = True
    offset: int = 0


def sheets(printed: Printed, how: Workbook | None = None) -> bytes:
    """The report as an XLSX file."""
    how = how or Workbook()
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 19, tzinfo=UTC)})
    ruled = book.add_format({"border": 1, "align": "center", "text_wrap": True})
    for name, blocks in _parts(printed, how.sheets):
        _fill(book.add_worksheet(name), blocks, printed, how, ruled)
    if how.sheets == "many":
        book.add_worksheet("Sheet7")  # the empty sheet nobody deletes
    book.close()
    return file.getvalue()


def _parts(printed: Printed, sheets: str) -> list[tuple[str, list[Block]]]:
    if sheets == "one":
        return [("年度报告", list(printed.blocks))]
    parts: list[tuple[str, list[Block]]] = [("封面", [])]
    for block in printed.blocks:
        if isinstance(block, Line) and block.kind == "heading":
            parts.append((block.text.split("、")[0], []))
        parts[-1][1].append(block)
    return parts


def _fill(sheet: Worksheet, blocks: list[Block], printed: Printed, how: Workbook, ruled: Format) -> None:
    at = how.offset
    for block in blocks:
        if isinstance(block, Line):
            sheet.write_string(at, how.offset, block.text)
            at += 1
            continue
        for square in block.squares:
            _write(sheet, square, at, how, printed.expected.get(square.address), ruled)
        at += block.row_count + 1


def _write(sheet: Worksheet, square: Square, at: int, how: Workbook, expected: Expected | None, ruled: Format) -> None:
    row, column = at + square.row, how.offset + square.column
    if square.row_span > 1 or square.column_span > 1:
        sheet.merge_range(row, column, row + square.row_span - 1, column + square.column_span - 1, square.text, ruled)
    elif not square.text:
        sheet.write_blank(row, column, None, ruled)
    elif how.typed and expected and expected.value is not None and expected.text == str(expected.value):
        sheet.write_number(row, column, float(expected.value), ruled)
    else:
        sheet.write_string(row, column, square.text, ruled)
