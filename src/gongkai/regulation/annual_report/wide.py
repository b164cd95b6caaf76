"""Many reports as columns of small integers: one number a cell, whatever the report printed around it.

A hundred thousand reports of two hundred cells are twenty million numbers. As `Cell` objects they would fill gigabytes;
as columns of 32-bit integers they take 0.8 KB a report, and a column can be added up or ranked without touching others.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Cell, Number, Report

WideState = Literal["number", "blank", "mark", "unreadable", "absent"]

_LOWEST = -(2**31)
_CODES: dict[WideState, int] = {
    "blank": _LOWEST,
    "mark": _LOWEST + 1,
    "unreadable": _LOWEST + 2,
    "absent": _LOWEST + 3,
}
_STATES: dict[int, WideState] = {code: state for state, code in _CODES.items()}
_ELSEWHERE = _LOWEST + 4
_HIGHEST = 2**31 - 1
_YUAN_PER_WAN = 10_000


class WideColumn:
    """One cell of the form over many reports, in the order they came.

    Amounts in 万元 are kept in yuan, so that they are whole; what isn't whole even so, or doesn't fit, is kept aside.
    """

    __slots__ = ("_aside", "_codes", "_scale")

    def __init__(self, is_decimal: bool) -> None:
        self._scale = _YUAN_PER_WAN if is_decimal else 1
        self._codes = array("i")
        self._aside: dict[int, Number] = {}

    def __len__(self) -> int:
        return len(self._codes)

    def append(self, cell: Cell | None) -> None:
        """Add the cell of the next report; None is a cell that report doesn't have."""
        code, aside = encoded(cell, self._scale != 1)
        if aside is not None:
            self._aside[len(self._codes)] = aside
        self._codes.append(code)

    def extend(self, codes: array[int], aside: Mapping[int, Number]) -> None:
        """Add the cells of the next reports, encoded; `aside` are the numbers that don't fit, by their place in `codes`."""
        first = len(self._codes)
        self._codes.extend(codes)
        self._aside.update((first + place, value) for place, value in aside.items())

    def state(self, index: int) -> WideState:
        return _STATES.get(self._codes[index], "number")

    def value(self, index: int) -> Number | None:
        """The number of the report at that index, null when it has none there."""
        code = self._codes[index]
        if code > _ELSEWHERE:
            return code if self._scale == 1 else _whole_if_possible(Decimal(code) / self._scale)
        return self._aside[index] if code == _ELSEWHERE else None

    def positive(self, rows: Iterable[int]) -> Iterator[tuple[int, Number]]:
        """The rows among some in which there is a number above zero, with it."""
        codes = self._codes
        above = ((row, code) for row in rows if (code := codes[row]) > 0 or code == _ELSEWHERE)
        if self._scale == 1 and not self._aside:
            return above
        return ((row, value) for row, _ in above if (value := self.value(row)) is not None and value > 0)

    def tally(self, rows: Sequence[int]) -> tuple[Number, dict[WideState, int]]:
        """The sum of the numbers in some rows, and how many rows are in each state."""
        # Counted and added up inside the interpreter: what is no number is taken out of the sum again.
        codes = self._codes if len(rows) == len(self._codes) else array("i", map(self._codes.__getitem__, rows))
        states = {state: codes.count(code) for state, code in _CODES.items()}
        elsewhere = codes.count(_ELSEWHERE) if self._aside else 0
        no_numbers = sum(_CODES[state] * count for state, count in states.items()) + _ELSEWHERE * elsewhere
        states["number"] = len(codes) - sum(states.values())
        total: Number = sum(codes) - no_numbers
        if self._scale != 1:
            total = _whole_if_possible(Decimal(total) / self._scale)
        if self._aside:
            total += sum(self._aside[row] for row in rows if row in self._aside)
        return total, states


def encoded(cell: Cell | None, is_decimal: bool) -> tuple[int, Number | None]:
    """A cell as a 32-bit number, and the number itself where it doesn't fit; None is a cell that a report doesn't have."""
    if cell is None:
        return _CODES["absent"], None
    if cell.value is None:
        return _CODES[cell.state], None
    scaled = cell.value * (_YUAN_PER_WAN if is_decimal else 1)
    if _ELSEWHERE < scaled <= _HIGHEST and scaled == int(scaled):
        return int(scaled), None
    return _ELSEWHERE, cell.value


class WideTable:
    """One statutory table of one edition over the reports that have it; `reports` are their ranks in the collection."""

    __slots__ = ("columns", "edition", "key", "reports")

    def __init__(self, edition: str, key: str) -> None:
        self.edition = edition
        self.key = key
        self.reports = array("I")
        names = cell_names(edition)
        self.columns = {
            address: WideColumn(names[address].is_decimal) for address in form(edition).table(key).addresses()
        }

    def append(self, rank: int, report: Report) -> None:
        """Add the table of the report of that rank; ranks must come in ascending order."""
        self.reports.append(rank)
        for address, column in self.columns.items():
            column.append(report.cells.get(address))

    def extend(self, ranks: Iterable[int], columns: Mapping[str, tuple[array[int], Mapping[int, Number]]]) -> None:
        """Add the table of the next reports, column by column, encoded; ranks must come in ascending order."""
        self.reports.extend(ranks)
        for address, column in self.columns.items():
            column.extend(*columns[address])

    def rows(self, ranks: frozenset[int]) -> Sequence[int]:
        """The rows of the reports of those ranks."""
        if len(ranks) >= len(self.reports) and ranks.issuperset(self.reports):
            return range(len(self.reports))
        return tuple(row for row, rank in enumerate(self.reports) if rank in ranks)


class WideStore:
    """Every table of every report added so far. Reports are added once and never changed."""

    __slots__ = ("_tables",)

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str], WideTable] = {}

    def append(self, rank: int, report: Report) -> None:
        for key, edition in report.table_editions.items():
            self.table(edition, key).append(rank, report)

    def table(self, edition: str, key: str) -> WideTable:
        """The table of that edition, empty when no report had it so far."""
        if (edition, key) not in self._tables:
            self._tables[edition, key] = WideTable(edition, key)
        return self._tables[edition, key]

    def tables(self, edition: str | None = None) -> Iterator[WideTable]:
        """The tables of an edition (or of all, oldest first) in printing order."""
        for known in sorted({edition for edition, _ in self._tables}) if edition is None else [edition]:
            for printed in form(known).tables:
                if table := self._tables.get((known, printed.key)):
                    yield table


def _whole_if_possible(value: Decimal) -> Number:
    return int(value) if value == value.to_integral_value() else value
