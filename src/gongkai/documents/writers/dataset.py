"""A long table of rows as CSV, XLSX or Parquet: for computing, where the other writers are for reading.

Rows stream through: a hundred thousand of them need no more memory than one. A null is an empty cell, never 0.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from gongkai.documents.writers.whole import whole

Columns = Sequence[tuple[str, str]]
Row = Mapping[str, object]

FORMATS = (".csv", ".xlsx", ".parquet")
XLSX_ROWS, XLSX_COLUMNS = 1_048_576, 16_384
_LONGEST_XLSX_TEXT = 32_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SHORT_DECIMAL_DIGITS, _LONG_DECIMAL_DIGITS = 18, 38


class DatasetRefused(ValueError):
    """Why the table was not written; `message` is Chinese, `message_en` the same in English."""

    def __init__(self, message: str, message_en: str) -> None:
        super().__init__(message_en)
        self.message = message
        self.message_en = message_en


def write_dataset(rows: Iterable[Row], columns: Columns, path: Path) -> int:
    """Write rows to a path, in the format its ending names, whole or not at all; how many rows were written.

    `columns` are (key, label): CSV and XLSX are headed by the labels, for people; Parquet by the keys, for programs,
    with the labels in its metadata, and XLSX lists both on a second sheet. A row needn't have every key. CSV is UTF-8
    with a byte order mark, without which Excel misreads Chinese. A text that a spreadsheet would take for a formula
    stays a text.
    Errors: DatasetRefused for another ending, for Parquet without duckdb, and for more than a sheet holds; OSError.
    """
    writers: Mapping[str, Callable[[Iterable[Row], Columns, Path], int]] = {
        ".csv": _write_csv,
        ".xlsx": _write_xlsx,
        ".parquet": _write_parquet,
    }
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise DatasetRefused(
            f"不能写成“{path.name}”：扩展名应当是 {'、'.join(FORMATS)} 之一。",
            f"{path.name} can't be written: its ending must be one of {', '.join(FORMATS)}.",
        )
    with whole(path) as unfinished:
        return writer(rows, columns, unfinished)


def _write_csv(rows: Iterable[Row], columns: Columns, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_harmless(label) for _, label in columns)
        for row in rows:
            writer.writerow(_harmless(row.get(key)) for key, _ in columns)
            count += 1
    return count


def _harmless(value: object) -> object:
    """A spreadsheet runs a CSV text that begins like a formula; an apostrophe before it makes it a text again."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def _write_xlsx(rows: Iterable[Row], columns: Columns, path: Path) -> int:
    if len(columns) > XLSX_COLUMNS:
        raise _too_large(f"{len(columns)} 列", f"{len(columns)} columns")
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True, "tmpdir": str(path.parent)}) as book:
        bold = book.add_format({"bold": True})
        # With constant memory a sheet must be finished before the next one is begun.
        sheet = book.add_worksheet("数据")
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, 0, max(len(columns) - 1, 0))
        for number, (_, label) in enumerate(columns):
            sheet.write_string(0, number, label, bold)
        for row in rows:
            count += 1
            if count >= XLSX_ROWS:
                raise _too_large(f"超过 {XLSX_ROWS - 1} 行", f"more than {XLSX_ROWS - 1} rows")
            for number, (key, _) in enumerate(columns):
                _write_xlsx_cell(sheet, count, number, row.get(key))
        key_sheet = book.add_worksheet("列说明")
        for number, texts in enumerate([("列", "代码"), *((label, key) for key, label in columns)]):
            for column, text in enumerate(texts):
                key_sheet.write_string(number, column, text, bold if number == 0 else None)
    return count


def _write_xlsx_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object) -> None:
    if value is None:
        return
    # A spreadsheet's numbers are doubles: a longer integer would lose its last digits, so it stays text.
    if isinstance(value, int | float | Decimal) and abs(float(value)) < 10**15:
        sheet.write_number(row, column, float(value))
    else:
        sheet.write_string(row, column, str(value)[:_LONGEST_XLSX_TEXT])


def _too_large(size: str, size_en: str) -> DatasetRefused:
    return DatasetRefused(
        f"{size}，工作表放不下，请改用 .csv 或者 .parquet。",
        f"{size_en}: a worksheet can't hold that, use .csv or .parquet.",
    )


def _write_parquet(rows: Iterable[Row], columns: Columns, path: Path) -> int:
    """Through a plain CSV in a temporary folder: only when the last row is seen are the types of the columns known."""
    try:
        import duckdb
    except ImportError as error:
        raise DatasetRefused(
            "写 Parquet 需要 duckdb，请安装：pip install 'gongkai[parquet]'；也可以改用 .csv 或者 .xlsx。",
            "Parquet needs duckdb: pip install 'gongkai[parquet]', or use .csv or .xlsx.",
        ) from error
    kinds = {key: _ColumnKind() for key, _ in columns}
    count = 0
    with TemporaryDirectory(dir=path.parent, prefix=".dataset-") as folder:
        plain = Path(folder) / "rows.csv"
        with plain.open("x", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
            for row in rows:
                values = [row.get(key) for key, _ in columns]
                for kind, value in zip(kinds.values(), values, strict=True):
                    kind.see(value)
                writer.writerow(_plain(value) for value in values)
                count += 1
        with duckdb.connect(config={"memory_limit": "512MB", "threads": 1, "temp_directory": folder}) as connection:
            connection.execute(_copy_statement(plain, path, columns, kinds))
    return count


def _plain(value: object) -> object:
    """Decimals without an exponent, nulls as nothing."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else value


class _ColumnKind:
    """The narrowest Parquet type that holds every value a column has shown, exactly."""

    def __init__(self) -> None:
        self.is_text = False
        self.whole_digits = 0
        self.decimals = 0

    def see(self, value: object) -> None:
        if value is None or self.is_text:
            return
        if isinstance(value, int):
            self.whole_digits = max(self.whole_digits, len(str(abs(value))))
        elif isinstance(value, Decimal) and value.is_finite():
            exponent = value.as_tuple().exponent
            self.decimals = max(self.decimals, -int(exponent))
            self.whole_digits = max(self.whole_digits, len(str(abs(int(value)))))
        else:
            self.is_text = True

    def type_name(self) -> str:
        """A column without any value is BIGINT: beside another table's texts or decimals it widens to theirs."""
        digits = self.whole_digits + self.decimals
        if self.is_text or digits > _LONG_DECIMAL_DIGITS:
            return "VARCHAR"
        if not self.decimals and digits <= _SHORT_DECIMAL_DIGITS:
            return "BIGINT"
        width = _SHORT_DECIMAL_DIGITS if digits <= _SHORT_DECIMAL_DIGITS else _LONG_DECIMAL_DIGITS
        return f"DECIMAL({width}, {self.decimals})"


def _copy_statement(plain: Path, path: Path, columns: Columns, kinds: Mapping[str, _ColumnKind]) -> str:
    types = ", ".join(f"{_quoted(key)}: {_quoted(kinds[key].type_name())}" for key, _ in columns)
    labels = ", ".join(f"{_quoted(key)}: {_quoted(label)}" for key, label in columns)
    dialect = "auto_detect = false, header = false, new_line = '\\n', delim = ',', quote = '\"', escape = '\"'"
    return (
        f"COPY (SELECT * FROM read_csv({_quoted(str(plain))}, {dialect}, columns = {{{types}}})) "
        f"TO {_quoted(str(path))} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{labels}}})"
    )


def _quoted(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"
