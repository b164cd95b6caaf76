"""From rival readings to cells: the arithmetic of the form chooses, and what it can't decide stays unreadable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongkai.regulation.annual_report.forms import Column, FormTable, form
from gongkai.regulation.annual_report.reading.assembling import PlacedRow
from gongkai.regulation.annual_report.reading.bulk import cell_of
from gongkai.regulation.annual_report.reading.cells import Reading, read_cell
from gongkai.regulation.annual_report.reading.headers import art20_columns
from gongkai.regulation.annual_report.reading.placing import Placement
from gongkai.regulation.annual_report.reading.rows import Item
from gongkai.regulation.annual_report.report import Cell

MISSING = Cell(None, "unreadable", "")
_MERGED = Cell(None, "unreadable", "", choice="合并单元格，数字归属不明")

_Entry = tuple[Reading, Item] | None  # what a cell says and the cell; None for a merged one
Readings = Mapping[str, _Entry]  # by column key


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row read: the edition its header speaks for (`` when it fits both) and its cells by column key."""

    table: str
    key: str
    edition: str
    cells: Mapping[str, Cell]
    drift: tuple[tuple[str, str], ...] = ()

    def values(self) -> tuple[object, ...]:
        return tuple((column, cell.state, cell.value) for column, cell in sorted(self.cells.items()))


def read_row(row: PlacedRow) -> ReadRow | None:
    """The cells of a placed row whose key is known; None when its header fits no edition of the table."""
    if row.key is None:
        return None
    drift = tuple(row.header.drift)
    edition = ""
    if row.header.kind == "art20":
        columns = art20_columns(row.table, row.header.columns)
        if columns is None:
            return None
        edition, drift = columns.edition, columns.drift
        names = dict(zip(_numbered(row.header.columns), columns.columns, strict=True))
        units = {names[label]: unit for label, unit in row.header.units.items()}
    else:
        edition, names, units = "", {}, {}
    table = form(edition or "2021").table(row.table)
    if row.table != "applications" and row.key not in {entry.key for entry in table.rows}:
        return None
    rivals = [_read(placement, names, table.columns_by_key, units) for placement in row.rivals]
    return ReadRow(row.table, row.key, edition, _chosen(row, table, rivals), drift)


def _numbered(columns: Sequence[str]) -> list[str]:
    return [f"{column}{number}" if column.startswith("_") else column for number, column in enumerate(columns)]


def _read(
    placement: Placement, names: Mapping[str, str], known: Mapping[str, Column], units: Mapping[str, str]
) -> dict[str, _Entry]:
    readings: dict[str, _Entry] = {}
    for name, item in placement.cells.items():
        column = known.get(names.get(name, name))
        if column is None:
            continue
        if item is None:
            readings[column.key] = None
        else:
            reading = read_cell(item.text, column.decimal, units.get(column.key, ""))
            readings[column.key] = (reading, item)
    return readings


def _chosen(row: PlacedRow, table: FormTable, rivals: Sequence[Readings]) -> dict[str, Cell]:
    if not rivals:
        return {}
    if len(rivals) == 1:
        readings = rivals[0]
        doubt = _doubt(row)
        cells = _cells(readings, row.choice)
        if not doubt and not any(entry and entry[0].doubtful for entry in readings.values()):
            return cells
        return _confirmed(readings, cells, sums_of(table), doubt)
    groups = sums_of(table)
    holding = [
        readings for readings in rivals if groups and all(_holds(readings, parts, total) for parts, total in groups)
    ]
    if len(holding) == 1 and _says_something(holding[0]):
        others = "；".join(_in_words(readings) for readings in rivals if readings is not holding[0])
        return _cells(holding[0], f"按合计关系选定，另一读法：{others}")
    return {column: replace(MISSING, choice="读法不止一种，合计关系不能判定") for column in rivals[0]}


def _cells(readings: Readings, choice: str) -> dict[str, Cell]:
    return {
        column: _MERGED if entry is None else cell_of(entry[0], str(entry[1].at), choice)
        for column, entry in readings.items()
    }


def _doubt(row: PlacedRow) -> str:
    """Why no cell of a row is to be believed without a sum that confirms it, `` when there is no reason."""
    if row.ends_file:
        return "正文到此中断，不能确认"
    return "" if row.header.certain else "表头残缺，各列的次序不能确认"


def _confirmed(
    readings: Readings,
    cells: dict[str, Cell],
    groups: Sequence[tuple[tuple[str, ...], str]],
    doubt: str,
) -> dict[str, Cell]:
    """Doubtful cells are believed when the sum they belong to holds; a `doubt` about the row is one about every cell."""
    for column, entry in readings.items():
        if entry is None or not (entry[0].doubtful or doubt):
            continue
        mine = [(parts, total) for parts, total in groups if column in parts or column == total]
        if mine and all(_holds(readings, parts, total) for parts, total in mine):
            cells[column] = replace(cells[column], choice="按合计关系确认")
        elif mine or doubt:
            why = doubt or "数字中有空格，合计关系不能确认"
            cells[column] = replace(cells[column], value=None, state="unreadable", choice=why)
    return cells


def sums_of(table: FormTable) -> tuple[tuple[tuple[str, ...], str], ...]:
    """The sums inside one row of a table: (parts, total) by column key."""
    if table.key == "applications":
        columns = [column.key for column in table.columns]
        return ((tuple(columns[:-1]), columns[-1]),)
    if table.key != "remedies":
        return ()
    groups: dict[str, list[str]] = {}
    for column in table.columns:
        groups.setdefault(column.group, []).append(column.key)
    return tuple((tuple(keys[:-1]), keys[-1]) for keys in groups.values())


def _holds(readings: Readings, parts: Sequence[str], total: str) -> bool:
    """Does the sum hold, every cell being there and readable? (A group that is not in this table at all holds.)"""
    if not any(column in readings for column in (*parts, total)):
        return True
    entries = [readings.get(column) for column in (*parts, total)]
    if any(entry is None or entry[0].state == "unreadable" for entry in entries):
        return False
    numbers = [entry[0].value or 0 for entry in entries if entry]
    return sum(numbers[:-1]) == numbers[-1]


def _says_something(readings: Readings) -> bool:
    """All-zero sums hold whatever the reading: they choose nothing."""
    return any(entry and entry[0].value for entry in readings.values())


def _in_words(readings: Readings) -> str:
    return " ".join((entry[0].text or "空") if entry else "合并" for entry in readings.values())
