"""What is asked of many reports as a workbook: totals, who is missing, a cell's ranking and trend, outliers, a parent against its parts."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from gongkai.office.reporting.collection import Collected, hierarchy, name_of
from gongkai.regulation.annual_report import message
from gongkai.regulation.annual_report.report import Number

Line = Sequence[str | Number | None]


def workbook(found: Collected, address: str) -> bytes:
    """The answers about a set of reports, a sheet each; `address` is the cell that is ranked and followed through the years."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#eef3f9", "border": 1})
    name = name_of(address)
    label, unit = (name.label, name.unit) if name else (address, "")
    years = found.years()
    sheets: list[tuple[str, Line, Iterable[Line]]] = [
        (
            "各格合计",
            ("年度", "格", "合计", "单位", "有数的报告", "应有这一格的报告"),
            (
                (year, cell.label, total.total, cell.unit, total.numbers, total.reports)
                for year in years
                for _, cell, total in found.totals(year)
            ),
        ),
        (
            "缺报",
            ("年度", "机关", "代码"),
            ((year, organ.name, organ.code) for year, organs in found.missing().items() for organ in organs),
        ),
        (
            "排名",
            ("年度", "名次", "机关", f"{label}（{unit}）"),
            (
                (year, place if value is not None else None, row.agency, value)
                for year in years
                for place, (row, value) in enumerate(found.ranking(address, year), start=1)
            ),
        ),
        (
            "历年",
            ("年度", f"{label}合计（{unit}）", "有数的报告", "报告"),
            ((year, total.total, total.numbers, total.reports) for year, total in found.trend(address)),
        ),
        ("远离同类的数", ("说明",), ((message(each),) for each in found.outliers())),
        ("上下级", ("年度", "下级报告", "差额"), _of_parts(found)),
    ]
    for title, headings, lines in sheets:
        _sheet(book, bold, title, headings, lines)
    book.close()
    return out.getvalue()


def _of_parts(found: Collected) -> Iterable[Line]:
    """A government's report against the reports right below it, year by year; nothing where no agency was chosen."""
    organ = found.wanted.organ
    for year in found.years() if organ is not None else ():
        compared = hierarchy(organ, year, found.wanted.among) if organ is not None else None
        if compared is None:
            continue
        parts = f"{len(compared.parts)}份"
        if not compared.findings:
            yield year, parts, "每一格都等于各份之和"
        for each in compared.findings:
            yield year, parts, message(each)
        if compared.missing:
            yield year, parts, f"还缺{len(compared.missing)}份：{'、'.join(compared.missing)}"


def _sheet(book: Any, bold: Any, title: str, headings: Line, lines: Iterable[Line]) -> None:
    sheet = book.add_worksheet(title)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, str(heading), bold)
    sheet.set_column(0, len(headings) - 1, 22)
    sheet.freeze_panes(1, 0)
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, float(value))
