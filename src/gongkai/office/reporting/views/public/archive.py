"""The public's questions to the reports that were published: an agency's numbers, a cell over agencies, over years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from gongkai.documents import charts
from gongkai.office.accounts import typed
from gongkai.office.organs.paths import upwards
from gongkai.office.organs.queries import site
from gongkai.office.organs.tables import csv_lines
from gongkai.office.renderings.stored import stored
from gongkai.office.reporting.collection import cells, name_of
from gongkai.office.reporting.models import SettledReport
from gongkai.office.reporting.settling import ARCHIVE, report_of
from gongkai.office.reporting.sheets import sheets
from gongkai.regulation.annual_report.cell_names import CellName
from gongkai.regulation.annual_report.report import Number

FIRST_CELL = "applications.new_received.total"
MOST_BARS = 20
MOST_AGENCIES = 2_000
YEARS_SHOWN = 5


@stored(lambda request: [ARCHIVE])
def index(request: HttpRequest) -> HttpResponse:
    """Which reports there are, and the form of the question."""
    public = SettledReport.objects.filter(is_public=True)
    years = list(public.order_by("-year").values_list("year").annotate(count=Count("pk")))
    newest = public.filter(year=years[0][0] if years else 0).order_by("organ__path", "agency_key").defer("numbers")
    context = {
        "years": years,
        "newest": newest[:MOST_AGENCIES],
        **_choices(),
        "cell": FIRST_CELL,
    }
    return render(request, "reporting/public/archive.html", context)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """From the form to the page that answers it, which has an address of its own."""
    address = request.GET.get("cell", "")
    if name_of(address) is None:
        return redirect("report_data")
    parts = address.split(".")
    of, year = typed.number(request.GET.get("agency", "")), typed.number(request.GET.get("year", ""))
    if of is not None:
        return redirect("report_data_trend", of, *parts)
    if year is None:
        return redirect("report_data")
    return redirect("report_data_cell", year, *parts)


@stored(lambda request, pk: [ARCHIVE])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The numbers of one report in the statutory tables."""
    row = _row(pk)
    found = report_of(row)
    others = SettledReport.objects.filter(is_public=True, agency_key=row.agency_key).exclude(pk=pk).order_by("-year")
    context = {"row": row, "sheets": sheets(found), "others": others.defer("numbers"), **_choices(row)}
    return render(request, "reporting/public/archive_report.html", context)


@stored(lambda request, year, table, row, column: [ARCHIVE])
def cell(request: HttpRequest, year: int, table: str, row: str, column: str) -> HttpResponse:
    """One cell in all reports of a year: a chart of the largest, a table of all."""
    address, name = _named(table, row, column)
    values = _of_year(year, address)
    if not values:
        raise Http404("这一年没有这一格的数据。")
    bars = charts.bars(
        f"{year}年 {name.label}", [(each.agency, value) for each, value in values[:MOST_BARS]], unit=name.unit
    )
    once = _once(values)
    context = {
        **_choices(),
        "values": values,
        "address": address,
        "parts": (year, table, row, column),
        "cell": address,
        "year": year,
        "name": name,
        "chart": _drawn(bars),
        "shown": min(MOST_BARS, len(values)),
        "total": sum(value for _, value in once if value is not None),
        "within": len(values) - len(once),
        "unknown": sum(value is None for _, value in values),
    }
    return render(request, "reporting/public/archive_cell.html", context)


@stored(lambda request, year, table, row, column: [ARCHIVE])
def cell_csv(request: HttpRequest, year: int, table: str, row: str, column: str) -> HttpResponse:
    """The same as a table to compute with."""
    address, name = _named(table, row, column)
    values = _of_year(year, address)
    return _csv(
        ("机关", "年度", f"{name.label}（{name.unit}）"), ((each.agency, year, value) for each, value in values)
    )


@stored(lambda request, pk, table, row, column: [ARCHIVE])
def trend(request: HttpRequest, pk: int, table: str, row: str, column: str) -> HttpResponse:
    """One cell of one agency over the years."""
    address, name = _named(table, row, column)
    of = _row(pk)
    values = _of_agency(of, address)
    if not values:
        raise Http404("这个机关的报告里没有这一格。")
    shown = values[-YEARS_SHOWN:]
    lines = charts.lines(
        f"{of.agency} {name.label}",
        [f"{each.year}年" for each, _ in shown],
        [(name.label, [value for _, value in shown])],
        unit=name.unit,
    )
    context = {
        **_choices(of),
        "of": of,
        "values": values[::-1],
        "cell": address,
        "parts": (of.pk, table, row, column),
        "name": name,
        "chart": _drawn(lines),
    }
    return render(request, "reporting/public/archive_trend.html", context)


@stored(lambda request, pk, table, row, column: [ARCHIVE])
def trend_csv(request: HttpRequest, pk: int, table: str, row: str, column: str) -> HttpResponse:
    """The same as a table to compute with."""
    address, name = _named(table, row, column)
    values = _of_agency(_row(pk), address)
    return _csv(
        ("机关", "年度", f"{name.label}（{name.unit}）"), ((each.agency, each.year, value) for each, value in values)
    )


def _row(pk: int) -> SettledReport:
    return get_object_or_404(SettledReport.objects.select_related("organ"), pk=pk, is_public=True)


def _named(table: str, row: str, column: str) -> tuple[str, CellName]:
    address = f"{table}.{row}.{column}"
    name = name_of(address)
    if name is None:
        raise Http404("法定表格里没有这一格。")
    return address, name


def _of_year(year: int, address: str) -> list[tuple[SettledReport, Number | None]]:
    """The cell in every public report of the year whose form has it, the largest first."""
    rows = SettledReport.objects.filter(is_public=True, year=year).select_related("organ")
    found = _with_cell(rows, address)
    return sorted(found, key=lambda each: (each[1] is None, -(each[1] or 0), each[0].agency_key))


def _once(values: list[tuple[SettledReport, Number | None]]) -> list[tuple[SettledReport, Number | None]]:
    """Without the reports that another of them adds up: a government's holds the numbers of the agencies below it."""
    known = {row.organ.path for row, value in values if row.organ is not None and value is not None}

    def is_within(row: SettledReport) -> bool:
        return row.organ is not None and not known.isdisjoint(upwards(row.organ.path)[:-1])

    return [(row, value) for row, value in values if not is_within(row)]


def _of_agency(of: SettledReport, address: str) -> list[tuple[SettledReport, Number | None]]:
    mine = SettledReport.objects.filter(is_public=True, agency_key=of.agency_key).order_by("year")
    return _with_cell(mine, address)


def _with_cell(rows: Iterable[SettledReport], address: str) -> list[tuple[SettledReport, Number | None]]:
    found = ((row, report_of(row).cells.get(address)) for row in rows)
    return [(row, each.value) for row, each in found if each is not None]


def _choices(of: SettledReport | None = None) -> dict[str, Any]:
    """What the form offers: years, agencies (by their newest report), cells; and which agency is asked about."""
    public = SettledReport.objects.filter(is_public=True)
    newest: dict[str, tuple[int, str]] = {}
    for pk, key, agency in public.order_by("year").values_list("pk", "agency_key", "agency"):
        newest[key] = (pk, agency)
    return {
        "choice_years": sorted(set(public.order_by().values_list("year", flat=True).distinct()), reverse=True),
        "choice_agencies": sorted(newest.values(), key=lambda each: each[1])[:MOST_AGENCIES],
        "choice_cells": list(cells()),
        "agency": newest[of.agency_key][0] if of is not None else None,
        "offers_check": site().offers_report_check,
    }


def _drawn(chart: str) -> SafeString:
    # Drawn by us, every word in it escaped.
    return mark_safe(chart)


def _csv(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> HttpResponse:
    return HttpResponse("".join(csv_lines([heads, *rows])), content_type="text/csv; charset=utf-8")
