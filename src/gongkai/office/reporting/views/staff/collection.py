"""The staff's screen of many reports: totals, missing ones, a cell's ranking and trend, outliers, and files of it all."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.timezone import localdate

from gongkai.documents import charts
from gongkai.documents.writers.dataset import DatasetRefused, write_dataset
from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.tables import XLSX
from gongkai.office.reporting import policy
from gongkai.office.reporting.collection import Collected, Wanted, cells, collected, hierarchy, name_of
from gongkai.office.reporting.collection_sheet import workbook
from gongkai.regulation.annual_report import message
from gongkai.regulation.annual_report.dataset import dataset_columns, dataset_rows
from gongkai.regulation.annual_report.forms import EDITIONS

TOP = 15
FIRST_CELL = "applications.new_received.total"
TABLES = {
    "xlsx": XLSX,
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
}


def screen(request: HttpRequest) -> HttpResponse:
    """A set of agencies and years, and everything that is asked of it."""
    _require_receiver(request)
    wanted, choices = _wanted(request)
    found = collected(wanted)
    address = request.GET.get("cell", FIRST_CELL)
    name = name_of(address)
    if name is None:
        address, name = FIRST_CELL, name_of(FIRST_CELL)
    assert name is not None
    years = found.years()
    year = years[-1] if years else None
    context: dict[str, Any] = {
        **choices,
        "wanted": wanted,
        "found": found,
        "count": len(found.rows),
        "year": year,
        "missing": found.missing(),
        "cells": list(cells(found.aggregate.editions() or EDITIONS)),
        "cell": address,
        "cell_name": name,
        "query": urlencode(
            {key: value for key, value in request.GET.items() if key in ("first", "last", "organ", "foreign", "cell")}
        ),
        "tables": TABLES,
        "outliers": [(message(each), each) for each in found.outliers()][:50],
        "back_url": reverse("reporting_received_list"),
        "back_label": "收到的年度报告",
    }
    if year is not None:
        context["twice"] = found.counted_twice()
        context |= _of_cell(found, address, year, name.unit) | {"totals": found.totals(year)}
        if wanted.organ is not None:
            context["hierarchy"] = _hierarchy(wanted, wanted.organ, year)
    return render(request, "reporting/staff/collection.html", context)


def table(request: HttpRequest, ending: str) -> HttpResponse:
    """Every cell of every report of the set as a file to compute with."""
    _require_receiver(request)
    if ending not in TABLES:
        raise Http404("没有这种格式。")
    wanted, _ = _wanted(request)
    found = collected(wanted)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"table.{ending}"
        try:
            write_dataset(dataset_rows(found.aggregate), dataset_columns(found.aggregate), path)
        except DatasetRefused as refused:
            return render(request, "desk/refused.html", {"refusal": refused.message}, status=409)
        content = path.read_bytes()
    response = HttpResponse(content, content_type=TABLES[ending])
    name = f"annual-reports-{wanted.first_year}-{wanted.last_year}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def summary(request: HttpRequest) -> HttpResponse:
    """The totals of the set, who is missing, the chosen cell's ranking and trend, outliers: as a workbook."""
    _require_receiver(request)
    wanted, _ = _wanted(request)
    address = request.GET.get("cell", FIRST_CELL)
    content = workbook(collected(wanted), address if name_of(address) else FIRST_CELL)
    response = HttpResponse(content, content_type=TABLES["xlsx"])
    name = f"annual-reports-{wanted.first_year}-{wanted.last_year}-summary.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _require_receiver(request: HttpRequest) -> None:
    by = person(request)
    if not policy.may_anywhere(by, "receive", on=localdate()):
        raise Refused(policy.nowhere(by, "receive"))


def _of_cell(found: Collected, address: str, year: int, unit: str) -> dict[str, Any]:
    ranking = found.ranking(address, year)
    trend = found.trend(address)
    label = name_of(address)
    assert label is not None
    bars = charts.bars(f"{year}年 {label.label}", [(row.agency, value) for row, value in ranking[:TOP]], unit=unit)
    lines = charts.lines(
        f"历年合计 {label.label}",
        [f"{each}年" for each, _ in trend],
        [("合计", [total.total for _, total in trend])],
        unit=unit,
    )
    # Drawn by us, every word in them escaped.
    return {"ranking": ranking, "trend": trend, "bars": mark_safe(bars), "lines": mark_safe(lines)}


def _hierarchy(wanted: Wanted, organ: Organ, year: int) -> Mapping[str, Any] | None:
    compared = hierarchy(organ, year, wanted.among)
    if compared is None:
        return None
    return {
        "parts": compared.parts,
        "missing": compared.missing,
        "findings": [message(each) for each in compared.findings],
    }


def _wanted(request: HttpRequest) -> tuple[Wanted, dict[str, Any]]:
    among = policy.settled(person(request), on=localdate())
    years = sorted(set(among.order_by().values_list("year", flat=True).distinct())) or [localdate().year - 1]
    first, last = (_year(request, name, years) for name in ("first", "last"))
    organs = list(Organ.objects.filter(children__isnull=False, abolished_on=None).distinct().order_by("path"))
    organ = next((each for each in organs if each.code == request.GET.get("organ")), None)
    foreign, wholes = (request.GET.get(name, "1") == "1" for name in ("foreign", "wholes"))
    wanted = Wanted(min(first, last), max(first, last), organ, foreign=foreign, wholes=wholes, among=among)
    return wanted, {"years": years, "organs": organs}


def _year(request: HttpRequest, name: str, years: list[int]) -> int:
    given = typed.number(request.GET.get(name, ""))
    return given if given is not None and given in years else years[0 if name == "first" else -1]
