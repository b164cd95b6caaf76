"""Last year's report beside this year's: what changed, what can't be compared, and what should make a reader stop.

Source: the cross-year relations of the forms, `plausibility.toml`; copying reports is pursued under ogi-2019 art. 47.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.regulation.annual_report.cell_names import CellName, cell_names
from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.forms import EDITIONS, FormTable, form
from gongkai.regulation.annual_report.migration import Pair, comparable_cells, incomparable_cells
from gongkai.regulation.annual_report.plausibility import plausibility
from gongkai.regulation.annual_report.report import Cell, Number, Report
from gongkai.regulation.finding import Finding

Side = Literal["previous", "current"]
Reason = Literal["form_changed", "table_missing"]


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the comparison: the same thing counted in two years.

    `previous` and `current` are null when a cell of that side is blank, unreadable or not there; a printed mark counts
    as 0. The texts are what is printed. `note` says, in Chinese, what to keep in mind (an edition in between counted it
    a little differently).
    """

    table: str
    name: CellName
    previous_cells: tuple[str, ...]
    current_cells: tuple[str, ...]
    previous: Number | None
    current: Number | None
    previous_text: str
    current_text: str
    note: str = ""

    @property
    def difference(self) -> Number | None:
        """Current less previous, in the unit of the cell; null when either is not a number."""
        return None if self.previous is None or self.current is None else self.current - self.previous

    @property
    def relative(self) -> Decimal | None:
        """The difference as a share of the previous number (0.25 is a quarter more), null when that is 0 or unknown."""
        if self.difference is None or not self.previous:
            return None
        return (Decimal(self.difference) / abs(Decimal(self.previous))).quantize(Decimal("0.0001"))


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Cells of one report that have no counterpart in the other: its form doesn't ask for them, or lacks the table."""

    side: Side
    table: str
    cells: tuple[str, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two reports in the order of their years, row by row; `reordered` when they were handed over newest first."""

    previous: Report
    current: Report
    changes: tuple[Change, ...]
    incomparable: tuple[Incomparable, ...]
    findings: tuple[Finding, ...]
    reordered: bool


def compare(previous: Report, current: Report) -> Comparison:
    """Compare an agency's reports of two years, across the change of the form as well.

    The findings are those that need both reports: cross-year relations, large changes, repeated tables, and whether the
    two reports are of neighbouring years and of one agency at all. Findings on one report alone come from `check`.
    Reports given newest first are put in order, with a finding that says so; a report without a year is taken in the
    order given.
    """
    reordered = previous.year is not None and current.year is not None and previous.year > current.year
    if reordered:
        previous, current = current, previous
    changes = tuple(_changes(previous, current))
    findings = (
        *_order_findings(previous, current, reordered),
        *_cross_year_findings(previous, current),
        *_large_changes(changes),
        *_unchanged_tables(changes, current),
    )
    return Comparison(previous, current, changes, tuple(_incomparable(previous, current)), findings, reordered)


def _changes(previous: Report, current: Report) -> Iterator[Change]:
    for table, after in current.table_editions.items():
        before = previous.table_editions.get(table)
        if before is None:
            continue
        for pair in comparable_cells(before, after):
            if pair.current[0].startswith(f"{table}."):
                yield _change(table, pair, previous, current, before, after)


def _change(table: str, pair: Pair, previous: Report, current: Report, before: str, after: str) -> Change:
    # Where one side is split into several cells, the other side has the name of the whole.
    whole = cell_names(after)[pair.current[0]] if len(pair.current) == 1 else cell_names(before)[pair.previous[0]]
    previous_value, previous_text = _added_up(previous, pair.previous)
    current_value, current_text = _added_up(current, pair.current)
    return Change(
        table, whole, pair.previous, pair.current, previous_value, current_value, previous_text, current_text, pair.note
    )


def _added_up(report: Report, addresses: tuple[str, ...]) -> tuple[Number | None, str]:
    cells = [report.cells.get(address) for address in addresses]
    text = " + ".join(cell.text if cell else "" for cell in cells)
    values = [_counted(cell) for cell in cells]
    known = [value for value in values if value is not None]
    return (sum(known) if len(known) == len(values) else None), text


def _counted(cell: Cell | None) -> Number | None:
    """The cell's number. A printed mark (/ — 无) counts as nothing, as it does in the relations; a blank is unknown."""
    if cell is None:
        return None
    return 0 if cell.state == "mark" else cell.value


def _incomparable(previous: Report, current: Report) -> Iterator[Incomparable]:
    sides: tuple[tuple[Side, Report, Report], ...] = (("previous", previous, current), ("current", current, previous))
    for side, report, other in sides:
        for table, edition in report.table_editions.items():
            opposite = other.table_editions.get(table)
            if opposite is None:
                missing = form(edition).table(table)
                reason: Reason = "table_missing" if _is_asked_for(missing, other) else "form_changed"
                yield Incomparable(side, table, missing.addresses(), reason)
                continue
            unpaired = incomparable_cells(edition, opposite)[0]
            cells = tuple(address for address in unpaired if address.startswith(f"{table}."))
            if cells:
                yield Incomparable(side, table, cells, "form_changed")


def _is_asked_for(table: FormTable, report: Report) -> bool:
    """Whether the report's form has that table: the form of its other tables in that section, where it has any.

    The form of 2021 has no art. 20(9): then the form, not the report, lacks the table.
    """
    editions = {
        edition for key, edition in report.table_editions.items() if form(edition).table(key).section == table.section
    }
    asking = [form(edition) for edition in editions or set(report.table_editions.values()) or EDITIONS]
    return any(table.key == known.key for each in asking for known in each.tables)


def _order_findings(previous: Report, current: Report, reordered: bool) -> Iterator[Finding]:
    if reordered:
        yield Finding(
            "YEARS-REVERSED", "warning", values={"previous": str(previous.year), "current": str(current.year)}
        )
    if previous.year is None or current.year is None:
        yield Finding("YEARS-UNKNOWN", "info")
    if previous.agency and current.agency and previous.agency != current.agency:
        names = {"previous": previous.agency, "current": current.agency}
        yield Finding("AGENCIES-DIFFER", "warning", values=names)


def _cross_year_findings(previous: Report, current: Report) -> Iterator[Finding]:
    """What the checker says with last year's report at hand and doesn't say without it."""
    alone = check(current)
    return (finding for finding in check(current, previous=previous) if finding not in alone)


def _large_changes(changes: Iterable[Change]) -> Iterator[Finding]:
    for change in changes:
        limit = plausibility().change.get(change.name.unit)
        if limit is None or change.previous is None or change.current is None:
            continue
        if not change.name.is_headline or change.name.is_signed:
            continue
        smaller, larger = sorted((abs(float(change.previous)), abs(float(change.current))))
        if larger >= limit.minimum and (larger + 1) / (smaller + 1) >= limit.factor:
            yield Finding(
                "CHANGE-LARGE",
                "info",
                cells=change.current_cells,
                left=change.current,
                right=change.previous,
                values={
                    "cell": change.name.label,
                    "cell_en": change.name.label_en,
                    "unit": change.name.unit,
                    "factor": f"{limit.factor:g}",
                },
            )


def _unchanged_tables(changes: Iterable[Change], current: Report) -> Iterator[Finding]:
    limits = plausibility().unchanged
    by_table: dict[str, list[Change]] = {}
    for change in changes:
        if not change.name.is_computed:
            by_table.setdefault(change.table, []).append(change)
    for table, rows in by_table.items():
        if not _covers_its_table(rows, table, current):
            continue
        if any(row.difference is None or row.difference != 0 for row in rows):
            continue
        work = (row.current or 0 for row in rows if row.name.column not in limits.stock_columns)
        if sum(abs(Decimal(value)) for value in work) >= limits.minimum_sum:
            printed = form(current.table_editions[table]).table(table)
            values = {"table": printed.caption.split()[0], "table_en": table, "count": str(len(rows))}
            yield Finding("UNCHANGED-YEAR", "warning", cells=printed.addresses(), values=values)


def _covers_its_table(rows: Iterable[Change], table: str, current: Report) -> bool:
    """Whether every input cell of this year's table has a counterpart: only then can it be called a repetition."""
    edition = current.table_editions[table]
    compared = {address for row in rows for address in row.current_cells}
    names = cell_names(edition)
    return all(address in compared or names[address].is_computed for address in form(edition).table(table).addresses())
