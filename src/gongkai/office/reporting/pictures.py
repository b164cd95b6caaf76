"""The charts of a report: where applications came from and went, what became of them, five years of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gongkai.documents import charts
from gongkai.documents.model import Document, Figure
from gongkai.office.reporting.models import SettledReport
from gongkai.office.reporting.settling import report_of
from gongkai.regulation.annual_report import compose
from gongkai.regulation.annual_report.aggregate import folded
from gongkai.regulation.annual_report.compose import compose_table
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Number, Report

YEARS = 5
_OUTCOMES = (
    ("granted", "予以公开"),
    ("partially_granted", "部分公开"),
    ("denied_", "不予公开"),
    ("unable_", "无法提供"),
    ("not_processed_", "不予处理"),
    ("other_", "其他处理"),
)
"""The groups of the form's results, by how the keys of their rows begin; the same in both editions."""
_TREND = (("new_received", "本年新收"), ("results_total", "办理结果总计"), ("carried_forward", "结转下年度"))


def pictures(report: Report, earlier: Sequence[Report] = ()) -> list[str]:
    """The charts of a report, as SVG; none of a year without applications but the line over the years."""
    if "applications" not in report.table_editions:
        return []
    outcomes = [(label, _group(report, prefix, "total")) for prefix, label in _OUTCOMES]
    incoming = [("本年新收", _cell(report, "new_received")), ("上年结转", _cell(report, "carried_over"))]
    drawn = []
    if any(value for _, value in (*incoming, *outcomes)):
        outgoing = [*outcomes, ("结转下年度", _cell(report, "carried_forward"))]
        drawn.append(charts.flow(f"{report.year}年申请的来源和去向", incoming, outgoing, unit="件"))
    if any(value for _, value in outcomes):
        labels, values = zip(*outcomes, strict=True)
        drawn.append(charts.stacked(f"{report.year}年办理结果的构成", labels, [("办理结果", values)], unit="件"))
    reports = sorted({each.year: each for each in (*earlier, report)}.items(), key=lambda each: each[0] or 0)[-YEARS:]
    if len(reports) > 1:
        drawn.append(
            charts.lines(
                f"近{len(reports)}年的申请",
                [f"{year}年" for year, _ in reports],
                [(label, [_cell(each, row) for _, each in reports]) for row, label in _TREND],
                unit="件",
            )
        )
    return drawn


def illustrated(report: Report, drawings: Sequence[str]) -> Document:
    """The document of a report with drawings behind the table of applications, which is what they show."""
    document = compose(report)
    if not drawings:
        return document
    table = form(report.table_editions["applications"]).table("applications")
    after = document.blocks.index(compose_table(table, report))
    return replace(document, figures=tuple(Figure(each, charts.words(each), after) for each in drawings))


def earlier_of(report: Report) -> list[Report]:
    """The public reports of the same agency of the years before."""
    if not report.agency or report.year is None:
        return []
    rows = SettledReport.objects.filter(
        agency_key=folded(report.agency), year__lt=report.year, year__gt=report.year - YEARS, is_public=True
    )
    return [report_of(row) for row in rows.order_by("year")]


def _cell(report: Report, row: str, column: str = "total") -> Number | None:
    cell = report.cells.get(f"applications.{row}.{column}")
    return None if cell is None else 0 if cell.state == "mark" else cell.value


def _group(report: Report, prefix: str, column: str) -> Number | None:
    """The sum of a group of results; unknown as soon as one of its rows is."""
    table = form(report.table_editions["applications"]).table("applications")
    rows = [row.key for row in table.data_rows if not row.computed and _belongs(row.key, prefix)]
    values = [_cell(report, row, column) for row in rows]
    return None if None in values else sum(value for value in values if value is not None)


def _belongs(key: str, prefix: str) -> bool:
    return key.startswith(prefix) if prefix.endswith("_") else key == prefix
