"""A consolidated report against the reports it was added up from.

Source: practice; a county's report consolidates its departments and towns (`hierarchy_rule` of the forms).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Number, Report
from gongkai.regulation.finding import Finding, Severity

CODE = "X-HIERARCHY"


def check_parts(whole: Report, parts: Sequence[tuple[str, Report]]) -> list[Finding]:
    """Whether every input cell of a consolidated report is the sum of that cell in the named parts.

    `left` is the consolidated number, `right` the sum. Totals are not compared: they follow from the input cells within
    each report. A printed mark counts as nothing. Where a part (or the whole) has no usable number, because the cell is
    blank or unreadable or the part is of another year or edition, nothing is judged: one not-assessable finding for all
    such cells of a table names those parts in `where`. Without parts there are no findings.
    """
    if not parts:
        return []
    return [finding for table in whole.table_editions for finding in _table_findings(whole, parts, table)]


def _table_findings(whole: Report, parts: Sequence[tuple[str, Report]], table: str) -> Iterator[Finding]:
    edition = whole.table_editions[table]
    silent_cells: dict[tuple[str, ...], list[str]] = {}
    for address in form(edition).table(table).addresses():
        if cell_names(edition)[address].is_computed:
            continue
        expected = _number(whole, address)
        values = [(name, _value(whole, part, table, address)) for name, part in parts]
        silent = tuple(name for name, value in values if value is None)
        total = sum(value for _, value in values if value is not None)
        if expected is None or silent:
            silent_cells.setdefault(silent, []).append(address)
        elif expected != total:
            yield _unequal(edition, address, expected, total, len(parts))
    for silent, addresses in silent_cells.items():
        yield _unjudged(edition, tuple(addresses), silent)


def _value(whole: Report, part: Report, table: str, address: str) -> Number | None:
    """The part's number, null too when the part is of another year or that table of another edition."""
    if part.year != whole.year or part.table_editions.get(table) != whole.table_editions[table]:
        return None
    return _number(part, address)


def _number(report: Report, address: str) -> Number | None:
    cell = report.cells.get(address)
    return 0 if cell and cell.state == "mark" else cell.value if cell else None


def _unequal(edition: str, address: str, expected: Number, total: Number, count: int) -> Finding:
    name = cell_names(edition)[address]
    values = {"cell": name.label, "cell_en": name.label_en, "unit": name.unit, "count": str(count)}
    return Finding(CODE, _severity(edition), cells=(address,), left=expected, right=total, values=values)


def _unjudged(edition: str, addresses: tuple[str, ...], silent: tuple[str, ...]) -> Finding:
    """No part named in `silent` means that it is the consolidated report that has no number."""
    first = cell_names(edition)[addresses[0]]
    values = {
        "cell": first.label,
        "cell_en": first.label_en,
        "unit": first.unit,
        "parts": "、".join(silent) or "汇总报告",
        "parts_en": ", ".join(silent) or "the consolidated report",
        "count": str(len(addresses)),
    }
    return Finding(
        CODE, _severity(edition), "not_assessable", addresses, values=values, where=silent, missing=addresses
    )


def _severity(edition: str) -> Severity:
    severity: Severity = form(edition).raw["hierarchy_rule"]["severity"]
    return severity
