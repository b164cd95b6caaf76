"""Tables as files, in and out: XLSX with a sheet per thing, or CSV with one.

Cells are text both ways. Nothing written is ever taken for a formula by the program that opens it; nothing read is
calculated, and a file that unpacks to something vast is refused before it is unpacked.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

import openpyxl
import xlsxwriter
from django.utils import timezone

LARGEST_BYTES = 20 * 2**20
LARGEST_UNPACKED = 200 * 2**20
MOST_ROWS = 50_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Unreadable(Exception):
    """A file that can't be taken in. The message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read: its place in the file, from 1 with the heading, and its cells by heading."""

    number: int
    cells: Mapping[str, str]


def read(data: bytes, name: str) -> dict[str, list[Row]]:
    """The sheets of a file by name; a CSV file is one sheet named like the file.

    Errors: Unreadable.
    """
    if len(data) > LARGEST_BYTES:
        raise Unreadable(f"文件超过 {LARGEST_BYTES // 2**20} MB。请分成几个文件导入。")
    if data[:2] == b"PK":
        return {name: list(_rows(lines)) for name, lines in lines_of(data).items()}
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise Unreadable("这是旧格式的 Excel 文件（.xls）。请另存为“Excel 工作簿（.xlsx）”后再导入。")
    return {name.rpartition(".")[0] or name: list(_rows(_csv_lines(data)))}


def write_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook; the first row of each sheet is its heading."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        heading, text = book.add_format({"bold": True, "bg_color": "#eef3f9"}), book.add_format({"num_format": "@"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for place, row in enumerate(rows):
                for column, value in enumerate(row):
                    sheet.write_string(place, column, _text(value), text if place else heading)
            if rows:
                sheet.set_column(0, max(len(rows[0]) - 1, 0), 22, text)
    return out.getvalue()


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """CSV as `csv_lines` gives it, whole; days as 2020-04-12."""
    return "".join(csv_lines([_text(value) for value in row] for row in rows)).encode()


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """CSV that spreadsheet programs open as Chinese text, line by line, for what is too long to be held.

    A text that could be taken for a formula gets a mark in front; a number is a number, None an empty cell, a moment the time
    in the office's zone.
    """
    writer, begun = csv.writer(_Line()), "\ufeff"
    for row in rows:
        yield begun + writer.writerow([_harmless(value) for value in row])
        begun = ""


class _Line:
    """What the csv writer writes to: gives each line back instead of keeping it."""

    def write(self, text: str) -> str:
        return text


def _harmless(value: object) -> object:
    if isinstance(value, datetime) and timezone.is_aware(value):  # as the pages show it, not in another zone
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M:%S}"
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def lines_of(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    """The cells of a workbook's sheets by name, as they are stored, without calculating anything.

    Errors: Unreadable for what is no workbook, and for what unpacks to something vast.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            # Nothing unpacks to more than the archive says of it: zipfile stops there.
            if sum(each.file_size for each in package.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("文件解开后过大，可能已损坏或者被人做过手脚。请重新导出后再导入。")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return {
            sheet.title: list(islice(sheet.iter_rows(values_only=True), MOST_ROWS + 1)) for sheet in book.worksheets
        }
    except Unreadable:
        raise
    except Exception as error:  # a library stumbled over a broken file in a way of its own
        raise Unreadable(
            "打不开这个文件，它可能已损坏或者加了密码。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error


def _csv_lines(data: bytes) -> Iterator[Sequence[object]]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return csv.reader(io.StringIO(data.decode(encoding), newline=""))
        except UnicodeDecodeError:
            continue
    raise Unreadable("认不出这个文件的文字编码。请另存为 .xlsx 或者 UTF-8 编码的 CSV。")


def _rows(lines: Iterable[Sequence[object]]) -> Iterator[Row]:
    headings: list[str] | None = None
    for number, line in enumerate(lines, start=1):
        cells = [_text(value).strip() for value in line]
        if not any(cells):
            continue
        if headings is None:
            headings = cells
            continue
        if number > MOST_ROWS:
            raise Unreadable(f"超过 {MOST_ROWS} 行。请分成几个文件导入。")
        named = zip(headings, cells, strict=False)
        yield Row(number, {heading: _unmarked(cell) for heading, cell in named if heading})


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _unmarked(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA_STARTS) else cell
