"""A report as files: the statutory layout in each of its formats, with the same numbers in all of them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable

from gongkai.documents.model import Heading, Paragraph, Table
from gongkai.documents.writers import render
from gongkai.regulation.annual_report import Report, compose, to_json
from gongkai.regulation.finding import Finding

FORMATS = ("json", "html", "docx", "pdf", "xlsx", "csv")


def file_of(report: Report, findings: Iterable[Finding], name: str) -> bytes:
    """A report in a format; the same report gives the same bytes, except where a format keeps the time of writing.

    Errors: KeyError for a format that is none; ValueError where a character can't be drawn.
    """
    if name == "json":
        return (json.dumps(to_json(report, findings), ensure_ascii=False, indent=1) + "\n").encode()
    if name == "csv":
        return _csv(report)
    if name not in FORMATS:
        raise KeyError(name)
    return render(compose(report), name)


def _csv(report: Report) -> bytes:
    """The statutory layout as rows: a line of text in one field, tables square by square, merged squares empty.

    With the mark by which spreadsheets know UTF-8. A text that begins like a formula gets an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for block in compose(report).blocks:
        if isinstance(block, Heading | Paragraph):
            writer.writerow([_harmless(block.text)])
        elif isinstance(block, Table):
            writer.writerows(_grid(block))
    return ("\ufeff" + out.getvalue()).encode()


def _grid(table: Table) -> list[list[str]]:
    rows = [["" for _ in range(table.column_count)] for _ in range(table.row_count)]
    for cell in table.cells:
        rows[cell.row][cell.column] = cell.text if cell.number is not None else _harmless(cell.text)
    return rows


def _harmless(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
