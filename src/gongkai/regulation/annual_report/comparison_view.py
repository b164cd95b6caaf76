"""A comparison as a document to read and as data to compute with. Findings are worded and added by who shows them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table, TableCell
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.compare import Change, Comparison, Incomparable
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.interchange import json_number
from gongkai.regulation.annual_report.report import Number, Report

Language = Literal["zh", "en"]
COLUMN_WIDTHS = (4.0, 1.2, 1.2, 1.2, 1.2, 3.0)


def comparison_document(comparison: Comparison, language: Language = "zh") -> Document:
    """The comparison as a document: one table for each statutory table, then what can't be compared.

    Rows that are 0 in both years are left out and counted below their table.
    """
    title = _title(comparison, language)
    blocks: list[Block] = [Heading(title, 1)]
    tables = dict.fromkeys(change.table for change in comparison.changes)
    for table in tables:
        blocks += _table_blocks(comparison, table, language)
    if comparison.incomparable:
        blocks.append(Heading("不能比较的数据" if language == "zh" else "What cannot be compared", 2))
        blocks += [Paragraph(_incomparable_text(entry, comparison, language)) for entry in comparison.incomparable]
    return Document(tuple(blocks), title=title, format="comparison")


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """The comparison as plain values for JSON: every row, zeros too; numbers are null where a cell holds none."""
    return {
        "schema": 1,
        "previous": _identity(comparison.previous),
        "current": _identity(comparison.current),
        "reordered": comparison.reordered,
        "changes": [_change_json(change) for change in comparison.changes],
        "incomparable": [
            {"side": entry.side, "table": entry.table, "cells": list(entry.cells), "reason": entry.reason}
            for entry in comparison.incomparable
        ],
    }


def signed(value: Number) -> str:
    """A difference with its sign, 0 without one.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '-2', '0')
    """
    return f"{value:+}" if value else "0"


def percent(share: Decimal) -> str:
    """A share as a signed percentage with one decimal place.

    >>> percent(Decimal("0.125")), percent(Decimal("-1"))
    ('+12.5%', '-100.0%')
    """
    return f"{share * 100:+.1f}%"


def _table_blocks(comparison: Comparison, table: str, language: Language) -> Iterator[Block]:
    changes = [change for change in comparison.changes if change.table == table]
    shown = [change for change in changes if change.previous != 0 or change.current != 0]
    edition = comparison.current.table_editions[table]
    if shown:
        rows = [_heads(comparison, language), *(_row(change, language) for change in shown)]
        cells = tuple(
            TableCell(text, row, column, is_header=row == 0 or column == 0)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        )
        caption = form(edition).table(table).caption.split()[0]
        yield Table(cells, caption=caption, key=table, column_widths=COLUMN_WIDTHS)
    if left_out := len(changes) - len(shown):
        caption = "" if shown else form(edition).table(table).caption.split()[0] + "："
        chinese = f"{caption}{'另有 ' if shown else ''}{left_out} 格两年均为 0，未列出。"
        english = f"{'' if shown else table + ': '}{left_out} cells are 0 in both years and not listed."
        yield Paragraph(chinese if language == "zh" else english)


def _heads(comparison: Comparison, language: Language) -> list[str]:
    if language == "zh":
        years = [f"{_year(comparison.previous, '前一份')}", f"{_year(comparison.current, '后一份')}"]
        return ["项目", *years, "增减", "增减幅度", "说明"]
    years = [str(comparison.previous.year or "earlier"), str(comparison.current.year or "later")]
    return ["Cell", *years, "Change", "Change in %", "Note"]


def _row(change: Change, language: Language) -> list[str]:
    return [
        change.name.label if language == "zh" else change.name.label_en,
        _printed(change.previous, change.previous_text),
        _printed(change.current, change.current_text),
        "" if change.difference is None else signed(change.difference),
        "" if change.relative is None else percent(change.relative),
        change.note if language == "zh" else "",
    ]


def _printed(value: Number | None, text: str) -> str:
    """The number, or the words and marks in its place as they are printed."""
    return str(value) if value else text


def _title(comparison: Comparison, language: Language) -> str:
    previous, current = comparison.previous, comparison.current
    agency = current.agency or previous.agency or ""
    if language == "zh":
        return f"{agency}{_year(previous, '前一份')}与{_year(current, '后一份')}政府信息公开工作年度报告数据比较"
    return f"{agency} annual reports compared: {previous.year or 'earlier'} and {current.year or 'later'}".strip()


def _year(report: Report, otherwise: str) -> str:
    return f"{report.year}年" if report.year else otherwise


def _incomparable_text(entry: Incomparable, comparison: Comparison, language: Language) -> str:
    report = comparison.previous if entry.side == "previous" else comparison.current
    edition = report.table_editions[entry.table]
    names = cell_names(edition)
    if language == "en":
        reason = (
            "the other form does not ask for it" if entry.reason == "form_changed" else "the other lacks this table"
        )
        labels = "; ".join(names[address].label_en for address in entry.cells)
        return f"{report.year or entry.side} ({edition} form), {reason}: {labels}."
    reason = "另一份报告的格式没有这些项目" if entry.reason == "form_changed" else "另一份报告缺少这张表"
    labels = "、".join(names[address].label for address in entry.cells)
    if entry.reason == "table_missing":
        labels = form(edition).table(entry.table).caption.split()[0]
    side = "前一份" if entry.side == "previous" else "后一份"
    return f"{_year(report, side)}报告（{edition}年格式），{reason}：{labels}。"


def _identity(report: Report) -> dict[str, Any]:
    return {
        "agency": report.agency,
        "year": report.year,
        "edition": report.edition,
        "table_editions": dict(report.table_editions),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "table": change.table,
        "label": change.name.label,
        "label_en": change.name.label_en,
        "unit": change.name.unit,
        "previous_cells": list(change.previous_cells),
        "current_cells": list(change.current_cells),
        "previous": json_number(change.previous),
        "current": json_number(change.current),
        "previous_text": change.previous_text,
        "current_text": change.current_text,
        "difference": json_number(change.difference),
        "relative": json_number(change.relative),
        "note": change.note,
    }
