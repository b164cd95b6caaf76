"""The workbook by which numbers are asked and answered: made, and taken in whole or not at all."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.tables import Unreadable, lines_of
from gongkai.office.reporting.actions.contributions import answer, name_of, number_from
from gongkai.office.reporting.contributing import plain
from gongkai.office.reporting.models import Contribution
from gongkai.office.reporting.queries.contributions import Asked

HEADINGS = ("编号", "机关", "数据", "单位", "上年", "本年数量", "依据")
_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, in Chinese. Row 0 is the file itself."""

    row: int
    message: str


def workbook(asked: Iterable[Asked]) -> bytes:
    """A row for each number that is asked, with what was answered so far."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("报送数据")
    bold = book.add_format({"bold": True, "bg_color": "#eef3f9", "border": 1})
    for column, (heading, width) in enumerate(zip(HEADINGS, (8, 24, 36, 8, 12, 14, 50), strict=True)):
        sheet.write_string(0, column, heading, bold)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    for row, each in enumerate(asked, start=1):
        name = name_of(each.it.key)
        sheet.write_number(row, 0, each.it.pk)
        for column, text in ((1, each.it.organ.name), (2, name.label), (3, name.unit), (4, plain(each.before))):
            sheet.write_string(row, column, text)
        if each.is_answered and each.value is not None and each.last is not None:
            sheet.write_number(row, 5, float(each.value))
            sheet.write_string(row, 6, each.last.evidence)
    book.close()
    return out.getvalue()


@transaction.atomic
def answers_from(content: bytes, asked: Iterable[Asked], *, by: User, at: datetime) -> tuple[list[Problem], int]:
    """Answer with the rows of a filled-in workbook: all of them, or none and what is wrong with each.

    A row without a number is left out; one that says what was said already adds no entry. Gives how many were answered.
    """
    if len(content) > _LARGEST:
        return [Problem(0, "文件超过5 MB，不像是下载的报送表。请只保留一张表后再上传。")], 0
    try:
        rows = [list(row) for row in next(iter(lines_of(content).values()), [])]
    except Unreadable:
        return [Problem(0, "这不是能打开的XLSX表格。请下载本页的表格，填好后原样上传。")], 0
    if not rows or [str(each or "").strip() for each in rows[0][: len(HEADINGS)]] != list(HEADINGS):
        return [Problem(0, f"第一行的栏目要依次是：{'、'.join(HEADINGS)}。请下载本页的表格填写。")], 0
    wanted = {each.it.pk: each.it for each in asked}
    problems, count = [], 0
    for number, row in enumerate(rows[1:], start=2):
        if len(row) < len(HEADINGS) or row[5] is None or str(row[5]).strip() == "":
            continue
        try:
            count += _taken_in(row, wanted, by=by, at=at)
        except Refused as refused:
            problems.append(Problem(number, str(refused)))
    if problems:
        transaction.set_rollback(True)
        return problems, 0
    return [], count


def _taken_in(row: list[Any], wanted: dict[int, Contribution], *, by: User, at: datetime) -> bool:
    try:
        found = wanted.get(int(row[0]))
    except (TypeError, ValueError):
        found = None
    if found is None:
        raise Refused(f"编号“{row[0]}”不是布置给您的数据。编号一栏不要改动。")
    value, evidence = number_from(plain_number(row[5])), str(row[6] or "").strip()
    last = found.entries.order_by("-pk").first()
    if last is not None and last.value == value and last.evidence == evidence:
        return False
    answer(found, value, evidence=evidence[:300], by=by, at=at)
    return True


def plain_number(cell: object) -> str:
    """A cell as text; a float by the shortest text that means it."""
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)
