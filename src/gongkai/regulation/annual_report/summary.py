"""A collection to read: how many reports, what is missing, the totals; as a document, as data, as a report of sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table, TableCell
from gongkai.regulation.annual_report.aggregate import Aggregate, CellTotal
from gongkai.regulation.annual_report.cell_names import CellName, cell_names
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.interchange import json_number
from gongkai.regulation.annual_report.report import Cell, Narrative, Report

Language = Literal["zh", "en"]


def total_report(aggregate: Aggregate, edition: str, year: int | None = None) -> Report:
    """The sums of an edition as a report, which can be checked and composed like any other; `agency` is null.

    A cell is the sum over the reports that say how many. When that isn't all of them its note says so
    (部分合计：100份中95份有数), for then the sum is not that of all agencies; when none does the cell is unreadable.
    `year` of the report is null when reports of several years are added up.
    """
    totals = aggregate.totals(edition, year)
    counted = [entry for entry in aggregate.entries if entry.counted and year in (None, entry.year)]
    years = {entry.year for entry in counted if entry.belongs_to == edition}
    of_year = year or (next(iter(years)) if len(years) == 1 else None)
    return Report(
        year=of_year,
        agency=None,
        table_editions={address.partition(".")[0]: edition for address in totals},
        cells={address: _cell(total) for address, total in totals.items()},
        narrative=Narrative(title=f"政府信息公开工作年度报告汇总{f'（{of_year}年度）' if of_year else ''}"),
    )


def aggregate_document(aggregate: Aggregate, language: Language = "zh") -> Document:
    """The collection as a document: counts, missing agencies, and for each edition the cells that aren't 0 everywhere.

    Findings are left to who shows them. Totals that lack a report's number name how many reports they cover.
    """
    title = "年度报告汇总" if language == "zh" else "Annual reports aggregated"
    blocks: list[Block] = [Heading(title, 1), Paragraph(_counts_text(aggregate, language))]
    if aggregate.missing:
        names = "、".join(aggregate.missing) if language == "zh" else ", ".join(aggregate.missing)
        count = len(aggregate.missing)
        blocks.append(Paragraph(f"缺报 {count} 家：{names}。" if language == "zh" else f"Missing ({count}): {names}."))
    for edition in aggregate.editions():
        blocks.append(Heading(f"{edition}年格式各项合计" if language == "zh" else f"Totals of the {edition} form", 2))
        blocks += _total_tables(aggregate.totals(edition), edition, language)
    return Document(tuple(blocks), title=title, format="aggregate")


def aggregate_json(aggregate: Aggregate) -> dict[str, Any]:
    """The collection as plain values for JSON; findings are worded and added by who shows them."""
    return {
        "schema": 1,
        "reports": len(aggregate.entries),
        "counts": [
            {"edition": edition or None, "year": year, "reports": count}
            for (edition, year), count in sorted(aggregate.counts().items(), key=str)
        ],
        "missing": list(aggregate.missing),
        "not_counted": [entry.name for entry in aggregate.entries if not entry.counted],
        "totals": {
            edition: {address: _total_json(total) for address, total in aggregate.totals(edition).items()}
            for edition in aggregate.editions()
        },
    }


def _cell(total: CellTotal) -> Cell:
    if total.total is None:
        return Cell(None, "unreadable", "", note=f"{total.reports}份报告都没有可用的数")
    note = "" if total.complete else f"部分合计：{total.reports}份中{total.numbers + total.mark}份有数"
    return Cell(total.total, "number", str(total.total), note=note)


def _counts_text(aggregate: Aggregate, language: Language) -> str:
    entries = aggregate.entries
    left_out = sum(not entry.counted for entry in entries)
    with_errors = sum(entry.errors > 0 for entry in entries)
    kinds = sorted(aggregate.counts().items(), key=str)
    if language == "en":
        listed = "; ".join(
            f"{year or 'year unknown'}, {edition or 'no'} form: {count}" for (edition, year), count in kinds
        )
        return f"{len(entries)} reports ({listed}). With errors: {with_errors}. Doubled, not added up: {left_out}."
    listed = "；".join(
        f"{f'{year}年度' if year else '年度不明'}、{_edition_name(edition)}{count}份"
        for (edition, year), count in kinds
    )
    return f"共{len(entries)}份报告（{listed}），其中有错误的{with_errors}份；重复报送未计入汇总的{left_out}份。"


def _edition_name(edition: str) -> str:
    return {"": "没有法定表格", "mixed": "两种格式混用"}.get(edition, f"{edition}年格式")


def _total_tables(totals: Mapping[str, CellTotal], edition: str, language: Language) -> Iterator[Block]:
    names = cell_names(edition)
    heads = ("项目", "单位", "合计", "有数的报告", "说明")
    heads_en = ("Cell", "Unit", "Total", "Reports with a number", "Note")
    for table in form(edition).tables:
        shown = [totals[address] for address in table.addresses() if address in totals and _tells(totals[address])]
        if not shown:
            continue
        rows = [
            heads if language == "zh" else heads_en,
            *(_row(total, names[total.address], language) for total in shown),
        ]
        cells = tuple(
            TableCell(text, row, column, is_header=row == 0 or column == 0)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        yield Table(cells, caption=table.caption.split()[0], key=table.key, column_widths=(4.0, 0.8, 1.2, 1.4, 3.0))


def _tells(total: CellTotal) -> bool:
    return total.total != 0 or not total.complete


def _row(total: CellTotal, name: CellName, language: Language) -> tuple[str, ...]:
    label = name.label if language == "zh" else name.label_en
    amount = "" if total.total is None else str(total.total)
    return (label, name.unit, amount, f"{total.numbers + total.mark}/{total.reports}", _lacking(total, language))


def _lacking(total: CellTotal, language: Language) -> str:
    reasons = (
        (total.blank, "空白", "blank"),
        (total.mark, "划线", "marked"),
        (total.unreadable, "无法识别", "unreadable"),
        (total.absent, "缺表", "table missing"),
    )
    if language == "en":
        return ", ".join(f"{word} {count}" for count, _, word in reasons if count)
    return "、".join(f"{word}{count}份" for count, word, _ in reasons if count)


def _total_json(total: CellTotal) -> dict[str, Any]:
    return {
        "total": json_number(total.total),
        "complete": total.complete,
        "numbers": total.numbers,
        "blank": total.blank,
        "mark": total.mark,
        "unreadable": total.unreadable,
        "absent": total.absent,
    }
