"""Compiling is counting: input cells from a ledger, computed cells by the form's own sums."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.regulation.annual_report.forms import FormTable, form
from gongkai.regulation.annual_report.report import Cell, Narrative, Number, Report


def compile_report(
    counts: Mapping[str, Number], *, edition: str, year: int, agency: str, narrative: Narrative | None = None
) -> Report:
    """The report whose input cells are these counts; what was not counted did not happen and is 0.

    `counts` maps addresses of input cells to numbers (件、项, amounts in 万元). Totals are added up here and nowhere else.
    Errors: ValueError for an address that is not an input cell of the edition.
    Source: ogi-2019 art. 50.
    >>> report = compile_report({"applications.granted.natural_person": 2}, edition="2021", year=2023, agency="青溪县水务局")
    >>> report.value("applications.results_total.total")
    2
    """
    tables = form(edition).tables
    inputs = {address for table in tables for address in _input_addresses(table)}
    foreign = sorted(set(counts) - inputs)
    if foreign:
        raise ValueError(f"not input cells of the {edition} form: {', '.join(foreign)}")
    values: dict[str, Number] = {address: counts.get(address, 0) for address in inputs}
    for table in tables:
        _add_up(table, values)
    cells = {address: Cell(values[address], "number", str(values[address])) for address in form(edition).addresses()}
    editions = {table.key: edition for table in tables}
    return Report(year, agency, editions, cells, narrative or Narrative())


def _input_addresses(table: FormTable) -> list[str]:
    return [
        f"{table.key}.{row.key}.{column.key}"
        for row in table.data_rows
        for column in table.columns
        if not row.computed and not column.computed
    ]


def _add_up(table: FormTable, values: dict[str, Number]) -> None:
    """Computed rows first (办理结果总计), then computed columns, of which a group adds up its own columns only."""
    parts = [row.key for row in table.data_rows if row.parent and not row.computed]
    for row in table.data_rows:
        if row.computed:
            for column in table.columns:
                if not column.computed:
                    values[f"{table.key}.{row.key}.{column.key}"] = sum(
                        [values[f"{table.key}.{part}.{column.key}"] for part in parts]
                    )
    for row in table.data_rows:
        for number, column in enumerate(table.columns):
            if column.computed:
                own = [
                    c.key
                    for c in table.columns[:number]
                    if not c.computed and (not column.group or c.group == column.group)
                ]
                values[f"{table.key}.{row.key}.{column.key}"] = sum(
                    [values[f"{table.key}.{row.key}.{part}"] for part in own]
                )
