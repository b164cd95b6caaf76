"""A year of supervision as a workbook: a sheet for each round, every term of it, and the rules by which it was counted."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.queries.supervision import Row, Table, supervision, terms
from gongkai.office.reporting.supervising import ROUNDS, TABLES, WATCHED, Round

_REPORT = ("年度报告", "报送日期", "比期限早（天）", "说明的问题（个）")


def workbook(organs: Sequence[Organ], year: int, *, today: date) -> bytes:
    """周更新、月调度、季测评、年考评 of these agencies in a year, and 统计口径."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "bg_color": "#eef3f9", "border": 1, "text_wrap": True, "valign": "vcenter"})
    for round in ROUNDS:
        _round(
            book, bold, round, [supervision(round, each, organs, on=today) for each in terms(round, year, today=today)]
        )
    _rules(book, bold)
    book.close()
    return out.getvalue()


def _round(book: Any, bold: Any, round: Round, tables: Sequence[Table]) -> None:
    sheet = book.add_worksheet(ROUNDS[round])
    headings = ["期间", "机关", *(f"{each.measure.label}（{each.measure.unit}）" for each in TABLES[round])]
    headings += _REPORT if round == "year" else ()
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading, bold)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, len(headings) - 1, 14)
    sheet.freeze_panes(1, 2)
    rows = [(table, row) for table in tables for row in table.rows]
    for number, (table, row) in enumerate(rows, start=1):
        sheet.write_string(
            number, 0, f"{table.term.first.year}年{table.term.label}" if round != "year" else table.term.label
        )
        sheet.write_string(number, 1, row.organ.name)
        for column, cell in enumerate(row.cells, start=2):
            sheet.write_number(number, column, cell.value)
        if round == "year":
            _report(sheet, number, 2 + len(row.cells), row)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _report(sheet: Any, number: int, column: int, row: Row) -> None:
    report = row.report
    if report is None or report.standing is None:
        sheet.write_string(number, column, "已收到" if report and report.settled else "没有开启")
        return
    sheet.write_string(number, column, report.standing.label)
    if report.handed_in_on is not None and report.days_early is not None:
        sheet.write_string(number, column + 1, report.handed_in_on.isoformat())
        sheet.write_number(number, column + 2, report.days_early)
    sheet.write_number(number, column + 3, report.explained)


def _rules(book: Any, bold: Any) -> None:
    sheet = book.add_worksheet("统计口径")
    for column, (heading, width) in enumerate((("数据", 20), ("单位", 8), ("统计口径", 100))):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    for number, each in enumerate(WATCHED.values(), start=1):
        for column, text in enumerate((each.measure.label, each.measure.unit, each.measure.rule)):
            sheet.write_string(number, column, text)
