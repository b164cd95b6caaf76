"""What the reader noticed on the way and a person should know: labels that differ, rows it placed or left out."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.assembling import PlacedRow
from gongkai.regulation.annual_report.reading.choosing import ReadRow
from gongkai.regulation.finding import Finding


def remarks_on(rows: Iterable[tuple[PlacedRow, ReadRow | None]]) -> list[Finding]:
    """The findings about labels: one for a row, one for a column however many rows stand beneath it."""
    findings: list[Finding] = []
    columns: set[tuple[str, str]] = set()
    for placed, row in rows:
        if row is None:
            if placed.key is None and placed.label.kind == "unknown" and placed.rivals:
                quotes = (placed.label.printed,)
                findings.append(Finding("ROW-UNKNOWN", "warning", quotes=quotes, where=_place_of(placed)))
            continue
        if placed.by_position or placed.label.drift:
            findings.append(_of_row(placed, row, _place_of(placed)))
        for printed, column in row.drift:
            if (row.table, column) not in columns:
                columns.add((row.table, column))
                values = {"printed": printed, **_column_names(row.table, column)}
                findings.append(
                    Finding("LABEL-DRIFT", "info", cells=(f"{row.table}.{row.key}.{column}",), values=values)
                )
    return findings


def _of_row(placed: PlacedRow, row: ReadRow, where: tuple[str, ...]) -> Finding:
    cells = tuple(f"{row.table}.{row.key}.{column}" for column in row.cells)
    values = {"printed": placed.label.printed or "（空）", **row_names(row.table, row.key)}
    if placed.by_position:
        return Finding("ROW-BY-POSITION", "warning", cells=cells, values=values, where=where)
    return Finding("LABEL-DRIFT", "info", cells=cells, values=values, where=where)


def row_names(table_key: str, row_key: str) -> dict[str, str]:
    """The label of a row in both languages, as the form prints it."""
    for edition in EDITIONS:
        for table in form(edition).tables:
            for row in table.rows:
                if (table.key, row.key) == (table_key, row_key):
                    return {"label": row.label or table.caption, "label_en": row.label_en}
    raise KeyError(f"{table_key}.{row_key}")


def _column_names(table_key: str, column_key: str) -> dict[str, str]:
    for edition in EDITIONS:
        for table in form(edition).tables:
            for column in table.columns:
                if (table.key, column.key) == (table_key, column_key):
                    return {"label": column.label, "label_en": column.label_en}
    # The group above the kinds of organisation is a header label without cells of its own.
    return {"label": "法人或其他组织", "label_en": "legal person or other organisation"}


def _place_of(placed: PlacedRow) -> tuple[str, ...]:
    for rival in placed.rivals:
        for item in rival.cells.values():
            if item:
                return (str(item.at),)
    return ()
