"""The letter that returns a report with its findings (退回函), as a document that any writer makes a file of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table, TableCell, chinese_place
from gongkai.office.reporting.models import ReceivedEvent
from gongkai.regulation.annual_report.cell_names import cell_names

_SEVERITIES = {"error": "错误", "warning": "警告"}
_MOST_PLACES = 3


def letter(event: ReceivedEvent, *, on: date) -> Document:
    """The letter of a return. It rests on what the event keeps, so it says the same whenever it is made."""
    report, detail = event.report, event.detail
    # Broken where a word ends (GB/T 9704—2012, 7.3.1), not in the middle of 信息.
    heading = f"关于退回{report.year}年\n政府信息公开工作年度报告的函"
    findings: list[Mapping[str, Any]] = detail["findings"]
    blocks: list[Block] = [
        Heading(heading, 1),
        Paragraph(f"{report.agency}：", layout="flush"),
        Paragraph(_opening(report.year, findings)),
    ]
    if detail["note"]:
        blocks += [Paragraph(line) for line in detail["note"].splitlines() if line.strip()]
    due = date.fromisoformat(detail["due_on"])
    blocks.append(
        Paragraph(
            f"请逐项核对、修改，于{_day(due)}前重新报送。个别数据与上年或者常情差异较大、但确属实情的，请书面说明原因，不必修改。"
        )
    )
    if findings:
        blocks.append(Paragraph("附件：需要核对的问题"))
    blocks.append(Paragraph(f"{report.receiver.name}\n{_day(on)}", layout="closing"))
    if findings:
        blocks.append(_list(findings, report.contract["table_editions"]))
    return Document(tuple(blocks), title=heading.replace("\n", ""))


def _opening(year: int | None, findings: Sequence[Mapping[str, Any]]) -> str:
    errors = sum(each["severity"] == "error" for each in findings)
    told = f"经核对，发现{len(findings)}处需要修改或者说明（其中错误{errors}处），见附件。" if findings else ""
    return (
        f"你单位报送的{year}年政府信息公开工作年度报告收悉。{told}"
        "依照《中华人民共和国政府信息公开条例》第四十九条、第五十条，现将报告退回。"
    )


def _list(findings: Sequence[Mapping[str, Any]], editions: Mapping[str, str]) -> Table:
    heads = ("序号", "类别", "问题", "位置", "怎样处理")
    cells = [TableCell(head, 0, column, is_header=True) for column, head in enumerate(heads)]
    for number, finding in enumerate(findings, start=1):
        texts = (
            str(number),
            _SEVERITIES.get(finding["severity"], "提示"),
            finding["message"],
            "；".join(_places(finding, editions)) or "全文",
            finding["advice"],
        )
        cells += [TableCell(text, number, column) for column, text in enumerate(texts)]
    return Table(tuple(cells), caption="附件 需要核对的问题", column_widths=(0.7, 0.9, 5.0, 2.6, 3.6))


def _places(finding: Mapping[str, Any], editions: Mapping[str, str]) -> Iterator[str]:
    places = [chinese_place(where) for where in finding["where"] if where]
    names = [
        cell_names(editions[address.partition(".")[0]])[address].label
        for address in finding["cells"][-1:]
        if address.partition(".")[0] in editions
    ]
    yield from (names + places)[:_MOST_PLACES]


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
