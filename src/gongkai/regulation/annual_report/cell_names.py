"""What a person calls a cell: 不予公开：属于国家秘密·自然人, not `applications.denied_state_secret.natural_person`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from gongkai.regulation.annual_report.forms import Column, FormTable, Row, form


@dataclass(frozen=True, slots=True)
class CellName:
    """The name of one cell; no two cells of an edition share it. `unit` is 件, 项 or 万元.

    `is_headline` marks the cells that stand for their row: the computed totals where the table has them, else every
    cell. A jump in one of the parts shows there too and needs to be said once only.
    """

    label: str
    label_en: str
    unit: str
    is_headline: bool
    is_computed: bool
    is_signed: bool
    is_decimal: bool
    column: str


@cache
def cell_names(edition: str) -> Mapping[str, CellName]:
    """The names of all cells of an edition, by address, in printing order.

    >>> cell_names("2021")["applications.denied_state_secret.total"].label
    '不予公开：属于国家秘密·总计'
    >>> cell_names("2021")["remedies.cases.litigation_direct_upheld"].label
    '未经复议直接起诉·结果维持'
    """
    return MappingProxyType(
        {
            f"{table.key}.{row.key}.{column.key}": _name(table, row, column)
            for table in form(edition).tables
            for row in table.data_rows
            for column in table.columns
        }
    )


def _name(table: FormTable, row: Row, column: Column) -> CellName:
    # Remedies has one unlabelled row: there the group of the column says what is counted.
    chinese = _row_label(table, row) or column.group_label
    english = _row_label_en(table, row) if row.label else column.group.replace("_", " ")
    totals_of_table = any(candidate.computed for candidate in table.columns)
    return CellName(
        label=f"{chinese}·{column.label}",
        label_en=f"{english} · {column.label_en}",
        unit=column.unit,
        is_headline=column.computed or not totals_of_table,
        is_computed=column.computed or row.computed,
        is_signed=column.signed,
        is_decimal=column.decimal,
        column=column.key,
    )


def _row_label(table: FormTable, row: Row) -> str:
    own = row.short_label or row.label
    parent = _telling_parent(table, row)
    return f"{parent.label}：{own}" if parent else own


def _row_label_en(table: FormTable, row: Row) -> str:
    parent = _telling_parent(table, row)
    return f"{parent.label_en}: {row.label_en}" if parent else row.label_en


def _telling_parent(table: FormTable, row: Row) -> Row | None:
    """The header row without which the label says too little: 其他, 总计, 重复申请. The outermost one adds nothing."""
    parent = next((candidate for candidate in table.rows if candidate.key == row.parent), None)
    return parent if parent and (parent.parent or row.computed) else None
