"""Compiling is counting: input cells from a ledger, computed cells by the form's own sums."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

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


@cache
def inputs_of(address: str, edition: str) -> tuple[str, ...]:
    """The input cells that a computed cell adds up, in printing order; of an input cell, itself.

    Errors: KeyError for an address that is no cell of the edition.
    >>> inputs_of("remedies.cases.reconsideration_total", "2021")[0]
    'remedies.cases.reconsideration_upheld'
    >>> len(inputs_of("applications.results_total.total", "2019"))
    114
    """
    table_key, row_key, column_key = address.split(".")
    table = form(edition).table(table_key)
    rows = {row.key: row for row in table.data_rows}
    row, column = rows[row_key], table.columns_by_key[column_key]
    row_keys = (
        [each.key for each in table.data_rows if each.parent and not each.computed] if row.computed else [row_key]
    )
    columns = [
        each.key for each in table.columns if not each.computed and (not column.group or each.group == column.group)
    ]
    column_keys = columns if column.computed else [column_key]
    return tuple(f"{table_key}.{each}.{one}" for each in row_keys for one in column_keys)


@cache
def input_cells(edition: str) -> tuple[str, ...]:
    """Every cell of an edition that is filled in and not added up, in printing order."""
    return tuple(address for table in form(edition).tables for address in _input_addresses(table))
