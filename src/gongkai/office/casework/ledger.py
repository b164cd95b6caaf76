"""The ledger of a year (依申请公开台账): one line a case, nothing that tells who applied."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import xlsxwriter
from django.db.models import Q

from gongkai.office.casework.models import Application
from gongkai.office.organs.models import Organ
from gongkai.regulation.application import outcome

HEADINGS = (
    ("编号", 26),
    ("受理机关", 22),
    ("申请人类别", 14),
    ("提交方式", 18),
    ("所需信息概要", 44),
    ("到达日期", 12),
    ("收到日期", 12),
    ("状态", 18),
    ("答复期限", 12),
    ("办结日期", 12),
    ("办理结果", 36),
    ("用时（工作日）", 14),
    ("是否逾期", 10),
    ("经办人", 12),
    ("归档日期", 12),
)


def spreadsheet(organ: Organ, year: int) -> bytes:
    """The cases of an agency that were received, handled or open in a year. Every cell is text or a date, never a formula."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(f"{year}年台账")
    bold, day = book.add_format({"bold": True, "bg_color": "#E8EEF6"}), book.add_format({"num_format": "yyyy-mm-dd"})
    for column, (heading, width) in enumerate(HEADINGS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, heading, bold)
    sheet.freeze_panes(1, 1)
    for line, case in enumerate(_cases(organ, year), 1):
        for column, value in enumerate(_cells(case)):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(line, column, value)
            else:
                sheet.write_string(line, column, value)
    book.close()
    return file.getvalue()


def _cases(organ: Organ, year: int):  # type: ignore[no-untyped-def]
    first, last = date(year, 1, 1), date(year, 12, 31)
    received = Q(receipt_on__lte=last) | Q(receipt_on=None, submitted_on__lte=last)
    ended = Q(closed_on=None, submitted_on__lte=last) | Q(closed_on__gte=first)
    rows = Application.objects.filter(received, ended, organ=organ).select_related("organ", "officer").order_by("pk")
    return rows.iterator(chunk_size=500)


def _cells(case: Application) -> list[str | int | date]:
    return [
        case.number,
        case.organ.name,
        case.get_applicant_kind_display(),
        case.get_channel_display(),
        case.summary,
        case.submitted_on,
        case.receipt_on or "",
        case.get_state_display(),
        case.due_on or "",
        case.closed_on or "",
        outcome(case.outcome).label if case.outcome else "",
        case.handled_in if case.handled_in is not None else "",
        "是" if case.is_late else "",
        case.officer.name if case.officer else "",
        case.archived_on or "",
    ]
