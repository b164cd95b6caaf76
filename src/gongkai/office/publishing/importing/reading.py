"""Rows out of a file: an XLSX sheet, a CSV, a JSON list, or JSON line by line. What they mean is `rows.py`'s matter."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

FORMATS = (".xlsx", ".csv", ".json", ".ndjson")
LARGEST_TEXTS_BYTES = 256 * 2**20
"""Of a workbook's texts, which are unpacked into memory at once; its rows come one at a time."""
_TEXTS = "xl/sharedStrings.xml"


class CannotImport(Exception):
    """A file that can't be imported at all, with the reason and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was read: its number as the file's reader would count it, and its values by heading."""

    number: int
    values: Mapping[str, str]


def read_rows(path: Path) -> Iterator[Row]:
    """The rows of a file, one at a time, whatever its size. Errors: CannotImport."""
    reader = {".xlsx": _xlsx, ".csv": _csv, ".json": _json, ".ndjson": _ndjson}.get(path.suffix.lower())
    if reader is None:
        raise CannotImport(f"不支持“{path.suffix or path.name}”文件，请用 {'、'.join(FORMATS)}。")
    try:
        yield from reader(path)
    except CannotImport:
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise CannotImport(f"读不了文件：{error}。CSV 和 JSON 请存成 UTF-8（或 GB18030）编码。") from error
    except Exception as error:  # a library stumbled over a broken file in a way of its own
        raise CannotImport(f"文件已损坏或不是 {path.suffix} 格式，请重新导出后再试。") from error


def _xlsx(path: Path) -> Iterator[Row]:
    with zipfile.ZipFile(path) as package:
        # Nothing unpacks to more than the archive says of it: zipfile stops there.
        if sum(part.file_size for part in package.infolist() if part.filename == _TEXTS) > LARGEST_TEXTS_BYTES:
            raise CannotImport(
                f"工作簿里的文字解开后超过 {LARGEST_TEXTS_BYTES // 2**20} MB。请分成几个文件，或者改用 .ndjson；"
                "不是自己导出的文件请勿导入。"
            )
    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    lines = sheet.iter_rows(values_only=True)
    header = [_text(cell) for cell in next(lines, ())]
    if not any(header):
        raise CannotImport("第一行应当是表头，这个工作表的第一行是空的。")
    for number, line in enumerate(lines, start=2):
        values = {name: _text(cell) for name, cell in zip(header, line, strict=False) if name}
        if any(values.values()):
            yield Row(number, values)


def _csv(path: Path) -> Iterator[Row]:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    lines = csv.reader(StringIO(text))
    header = [cell.strip() for cell in next(lines, [])]
    if not any(header):
        raise CannotImport("第一行应当是表头，这个文件的第一行是空的。")
    for number, line in enumerate(lines, start=2):
        values = {name: cell.strip() for name, cell in zip(header, line, strict=False) if name}
        if any(values.values()):
            yield Row(number, values)


def _json(path: Path) -> Iterator[Row]:
    listed = json.loads(path.read_text("utf-8-sig"))
    if not isinstance(listed, list):
        raise CannotImport("JSON 文件应当是一个列表，每条信息是一个对象。")
    for number, entry in enumerate(listed, start=1):
        yield Row(number, _entry(entry, number))


def _ndjson(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    entry = json.loads(line)
                except json.JSONDecodeError as error:
                    raise CannotImport(f"第 {number} 行不是 JSON：{error.msg}。") from error
                yield Row(number, _entry(entry, number))


def _entry(entry: Any, number: int) -> dict[str, str]:
    if not isinstance(entry, dict):
        raise CannotImport(f"第 {number} 条不是对象，应当是 {{“标题”: …}} 的形式。")
    return {name: _text(value) for name, value in entry.items()}


def _text(value: Any) -> str:
    """A cell as text: a day as 2020-04-12, a list joined by semicolons, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list):
        return "；".join(_text(each) for each in value)
    return str(value).strip()
