"""A report before the public: the content of its item, its charts, and its files in every format with the same numbers."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.documents.model import Document, Flow, Heading, Mark, Paragraph, Table, TableCell
from gongkai.documents.writers import layout, render
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.audit.codes import printed
from gongkai.office.audit.models import Seal
from gongkai.office.organs.queries import site
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Column, Item, Version
from gongkai.office.reporting.compiled import label_of, report_of
from gongkai.office.reporting.contributing import plain
from gongkai.office.reporting.models import Compilation, PublishedReport, ReportYear, YearEvent
from gongkai.office.reporting.pictures import earlier_of, illustrated, pictures
from gongkai.office.reporting.queries.figures import figures_of
from gongkai.regulation.annual_report import Report, compose, to_json
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.report import statutory_title

COLUMN = "annual-reports"
"""The code of the statutory column 政府信息公开年报 (portal.statutory)."""
CATEGORY = "other_required"
"""Reports are owed by art. 49 and 50 of the regulation itself, so they fall under the last item of its art. 20."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format to download: the ending of the file, what people call it, its writer, the type on the wire."""

    ending: str
    label: str
    writer: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    each.ending: each
    for each in (
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format("docx", "Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Format("xlsx", "Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        Format("csv", "CSV", "csv", "text/csv; charset=utf-8"),
        Format("json", "JSON", "", "application/json; charset=utf-8"),
    )
}


def content_of(report_year: ReportYear, *, on: datetime) -> Content:
    """What the item of a report says: its words and tables, as they were handed over.

    Errors: Refused when the site has no column for annual reports.
    """
    column = Column.objects.filter(code=COLUMN).first()
    if column is None:
        raise Refused("网站没有“政府信息公开年报”栏目（代码 annual-reports），报告没有地方发布。请先在栏目管理里建立。")
    report = report_of(report_year)
    document = compose(report)
    title = layout.one_line(document.title)
    return Content(
        title=title,
        column=column.pk,
        body=body_of(document),
        summary=f"{report.agency}依照《中华人民共和国政府信息公开条例》编制的{report.year}年政府信息公开工作年度报告。",
        keywords=("政府信息公开", "年度报告", f"{report.year}年"),
        art20_category=CATEGORY,
        issuing_agency=report_year.organ.name,
        formed_date=localdate(on),
        written_date=localdate(on),
        numbers_are_official=True,
    )


def body_of(document: Document) -> str:
    """The document as the HTML of an item's body, without its title, which the page prints itself."""
    pieces = []
    for block in document.blocks:
        if isinstance(block, Heading):
            if block.level > 1:
                level = min(max(block.level, 2), 4)
                pieces.append(f"<h{level}>{_text(block.text)}</h{level}>")
        elif isinstance(block, Paragraph):
            pieces.append(f"<p>{_text(block.text)}</p>")
        else:
            pieces.append(_table(layout.table_of(block) if isinstance(block, Flow) else block))
    return "".join(pieces)


def genuine(item: Item) -> PublishedReport | None:
    """The report that a public item carries, as long as the item says exactly what was made from its counting."""
    if item.published_at is None or item.withdrawn_at is not None:
        return None
    return carried_by(item, item.content_hash)


def carried_by(item: Item, content_hash: str) -> PublishedReport | None:
    """The report that a text of an item is, be it public now or before a correction; None for one written by hand."""
    same = PublishedReport.objects.filter(item=item, content_hash=content_hash)
    return same.select_related("item", "report_year__organ", "compilation").last()


def was_public(published: PublishedReport) -> bool:
    """Did this text of a report ever come before the public?"""
    return published.item.versions.filter(content_hash=published.content_hash).exists()


@dataclass(frozen=True, slots=True)
class Former:
    """A text of a report that was public until it was corrected."""

    version: Version
    report: PublishedReport


def former_of(item: Item) -> list[Former]:
    """The reports that the public item was before its corrections, newest first; texts written by hand are left out."""
    versions = item.versions.exclude(content_hash=item.content_hash).order_by("-number").defer("content")
    found = ((version, carried_by(item, version.content_hash)) for version in versions)
    return [Former(version, report) for version, report in found if report is not None]


def changed_numbers(before: PublishedReport, after: PublishedReport) -> list[tuple[str, str, str]]:
    """The numbers in which two texts of a report differ, those of the tables and those the words hold: what people call
    them, what was printed, what is printed now.
    """
    then, now = (_numbers(each) for each in (before, after))
    keys = dict.fromkeys([*then, *now])
    return [(label_of(key), then.get(key, ""), now.get(key, "")) for key in keys if then.get(key) != now.get(key)]


def _numbers(published: PublishedReport) -> dict[str, str]:
    figures = figures_of(published.compilation)
    in_words = {key: plain(each.value) for key, each in figures.items() if key in catalogue()}
    return {address: cell.text for address, cell in report_in(published).cells.items()} | in_words


def reason_of(compilation: Compilation) -> str:
    """Why a report was corrected, as whoever reopened it last said; nothing when nobody did."""
    events = compilation.report_year.events.filter(kind=YearEvent.Kind.REOPENED).order_by("-pk")
    return str(next((each.detail["reason"] for each in events), ""))


def report_in(published: PublishedReport) -> Report:
    """The report as it was handed over."""
    return report_of(published.report_year, published.compilation)


def file_of(published: PublishedReport, ending: str, *, at: datetime) -> bytes:
    """A report as a file with its verification code; whoever asks again gets the same bytes.

    Errors: KeyError for an ending that is not in `FORMATS`.
    """
    format, report = FORMATS[ending], report_in(published)
    seal = seal_of(published, report, at=at)
    document = _document(report, seal)
    name = f"{statutory_title(report)}.{ending}"

    def made() -> bytes:
        return _json(report, seal) if ending == "json" else render(document, format.writer)

    return audit.file_of(seal, name, made, at=at)


def page_of(published: PublishedReport, *, at: datetime) -> bytes:
    """A report as one HTML page to keep, with the same charts, numbers and code as its files."""
    report = report_in(published)
    return render(_document(report, seal_of(published, report, at=at)), "html")


def _document(report: Report, seal: Seal) -> Document:
    return replace(illustrated(report, pictures(report, earlier_of(report))), mark=mark_of(seal))


def subject(published: PublishedReport) -> str:
    """Whose text it is, as the seals name it."""
    return f"reporting.year:{published.report_year_id}"


def seal_of(published: PublishedReport, report: Report, *, at: datetime) -> Seal:
    """The seal of a report, made when it becomes public. That of a text before a correction stays what it became then."""
    text = audit.Sealed(
        subject=subject(published),
        text_hash=hashlib.sha256(render(compose(report), "text")).hexdigest(),
        label=statutory_title(report),
        issuer=published.report_year.organ.name,
        number=published.item.index_number or "",
        address=reverse("item", args=[published.item_id]),
    )
    ended = Seal.objects.filter(subject=text.subject, text_hash=text.text_hash).exclude(ended_at=None).first()
    if ended is not None and genuine(published.item) != published:
        return ended
    return audit.seal(text, at=at)


def mark_of(seal: Seal) -> Mark:
    """What stands at the foot of every file: where it is from, its code, and how to check."""
    code = printed(seal.code)
    lines = (
        f"本报告由{site().name}提供，与网站公布的一致；网页、PDF、Word、Excel、CSV、JSON 各种格式数字相同。",
        *((f"索引号：{seal.number}",) if seal.number else ()),
        f"校验码：{code}",
        "核对真伪：扫描二维码，或者在下列网页输入校验码、比对文件。",
    )
    return Mark(lines, f"{settings.SITE_URL}{reverse('verify_code', args=[code])}")


def _json(report: Report, seal: Seal) -> bytes:
    """The contract of `gongkai report read`, and how to verify it. Equal reports give equal bytes."""
    code = printed(seal.code)
    contract = to_json(report, []) | {
        "verification": {"code": code, "address": f"{settings.SITE_URL}{reverse('verify_code', args=[code])}"}
    }
    return (json.dumps(contract, ensure_ascii=False, indent=1) + "\n").encode()


def _text(text: str) -> str:
    return escape(layout.printable(text)).replace("\n", "<br>")


def _table(table: Table) -> str:
    headers = layout.header_row_count(table)
    rows = ["".join(_cell(cell, headers) for cell in row) for row in layout.rows(table)]
    head = "".join(f"<tr>{row}</tr>" for row in rows[:headers])
    body = "".join(f"<tr>{row}</tr>" for row in rows[headers:])
    caption = f"<caption>{_text(table.caption)}</caption>" if table.caption else ""
    return f"<table>{caption}{f'<thead>{head}</thead>' if head else ''}<tbody>{body}</tbody></table>"


def _cell(cell: TableCell, headers: int) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    if not cell.is_header:
        return f"<td{spans}>{_text(cell.text)}</td>"
    across = "col" if cell.column_span == 1 else "colgroup"
    down = "row" if cell.row_span == 1 else "rowgroup"
    return f'<th scope="{across if cell.row < headers else down}"{spans}>{_text(cell.text)}</th>'
