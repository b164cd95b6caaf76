"""Is the form there and filled in? Missing and unfilled tables, cells that can't be what they say, the wrong edition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from gongkai.regulation.annual_report.forms import Form, form, form_for_year
from gongkai.regulation.annual_report.plausibility import plausibility
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.finding import Finding

_BELOW_RULE_MAKING = re.compile(r"县|旗|镇|乡|街道|苏木|(?<!自治)区(?:人民政府|政府|政务)")


def structure_findings(report: Report) -> Iterator[Finding]:
    """What is wrong with the form itself, before any relation is looked at."""
    yield from _editions(report)
    yield from _tables(report)
    yield from _cells(report)
    if report.year is None:
        yield Finding("YEAR-UNKNOWN", "warning")
    if report.agency is None:
        yield Finding("AGENCY-UNKNOWN", "info")


def lacks_rule_making_power(agency: str | None) -> bool:
    """Does the name alone show a body that can't make 规章: a county, district or township, or one of its departments?

    Source: 《中华人民共和国立法法》: governments from the city with districts and the autonomous prefecture upward.
    """
    return bool(agency and _BELOW_RULE_MAKING.search(agency))


def expected_form(report: Report) -> Form:
    """The form whose tables the report should hold: that of its tables, or when they are mixed that of its year."""
    if report.edition in ("2019", "2021"):
        return form(report.edition)
    by_year = form_for_year(report.year) if report.year else None
    return by_year or form("2021")


def _editions(report: Report) -> Iterator[Finding]:
    due = form_for_year(report.year) if report.year else None
    if due:
        wrong = [
            table for table, edition in report.table_editions.items() if edition != due.edition and table != "remedies"
        ]
        if wrong:
            captions = "、".join(_caption(report, table) for table in wrong)
            values = {"year": str(report.year), "due": due.edition, "document": due.document, "tables": captions}
            yield Finding("EDITION-YEAR", "warning", values=values)
    if report.edition == "mixed":
        told = "，".join(
            f"{_caption(report, table)}为{edition}年格式" for table, edition in report.table_editions.items()
        )
        yield Finding("EDITION-MIXED", "warning", values={"tables": told})


def _caption(report: Report, table: str) -> str:
    return form(report.table_editions[table]).table(table).caption


def _tables(report: Report) -> Iterator[Finding]:
    for table in expected_form(report).tables:
        edition = report.table_editions.get(table.key)
        if edition is None:
            yield Finding("TABLE-MISSING", "error", cells=table.addresses(), values={"table": table.caption})
            continue
        addresses = form(edition).table(table.key).addresses()
        if all(report.cells[address].state == "blank" for address in addresses):
            yield Finding("TABLE-BLANK", "error", cells=addresses, values={"table": table.caption})


def _cells(report: Report) -> Iterator[Finding]:
    signed, tables = _signed(), report.table_editions
    unlikely = plausibility().unlikely_wan
    blank: dict[str, list[str]] = {table: [] for table in tables}
    marked: list[str] = []
    unreadable: dict[str, list[str]] = {table: [] for table in tables}
    for address, cell in report.cells.items():
        if cell.state == "number":
            value = cell.value or 0
            if value < 0 and address not in signed:
                yield Finding(
                    "CELL-NEGATIVE", "error", cells=(address,), left=value, where=(cell.where,), quotes=(cell.text,)
                )
            if isinstance(value, Decimal) and not address.endswith("_wan"):
                yield Finding(
                    "CELL-NOT-WHOLE",
                    "error",
                    cells=(address,),
                    left=value,
                    where=(cell.where,),
                    quotes=(cell.text,),
                )
            if value >= unlikely and address.endswith("_wan") and "万" not in cell.text:
                yield Finding(
                    "AMOUNT-UNIT", "warning", cells=(address,), left=value, where=(cell.where,), quotes=(cell.text,)
                )
        elif cell.state == "blank":
            blank[address.partition(".")[0]].append(address)
        elif cell.state == "mark":
            marked.append(address)
        else:
            unreadable[address.partition(".")[0]].append(address)
    for table, addresses in blank.items():
        if addresses and len(addresses) < len(form(tables[table]).table(table).addresses()):
            yield Finding("CELLS-BLANK", "info", cells=tuple(addresses), values=_counted(report, table, addresses))
    if marked:
        quotes = tuple(dict.fromkeys(report.cells[address].text for address in marked))
        yield Finding("CELLS-MARKED", "info", cells=tuple(marked), values={"count": str(len(marked))}, quotes=quotes)
    for table, addresses in unreadable.items():
        if addresses:
            why = "；".join(dict.fromkeys(_why(report, address) for address in addresses))
            values = {**_counted(report, table, addresses), "why": why}
            yield Finding(
                "CELLS-UNREADABLE",
                "warning",
                "not_assessable",
                tuple(addresses),
                values=values,
                missing=tuple(addresses),
            )


def _counted(report: Report, table: str, addresses: list[str]) -> dict[str, str]:
    return {"table": _caption(report, table), "count": str(len(addresses))}


def _why(report: Report, address: str) -> str:
    cell = report.cells[address]
    if cell.choice:
        return cell.choice
    return f"“{cell.text}”不是数字" if cell.text else "没有找到能对应上的数字"


@cache
def _signed() -> frozenset[str]:
    """Cells that may be negative: 本年增/减."""
    return frozenset(
        f"{table.key}.{row.key}.{column.key}"
        for table in form("2019").tables
        for row in table.data_rows
        for column in table.columns
        if column.signed
    )
