"""Reports as they count: one row an agency and year, packed, and the collections made of such rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.renderings import keys
from gongkai.office.reporting.models import ReceivedReport, ReportYear, SettledReport
from gongkai.regulation.annual_report.aggregate import Aggregate, Entry, belonging, collected, folded
from gongkai.regulation.annual_report.packing import Packed, pack, store_of, unpack
from gongkai.regulation.annual_report.report import Number, Report

ARCHIVE = keys.listed("reporting", "archive")
"""The public pages that show numbers of reports."""


def settle(
    report: Report,
    *,
    organ: Organ | None,
    errors: int,
    warnings: int,
    is_public: bool,
    at: datetime,
    received: ReceivedReport | None = None,
    report_year: ReportYear | None = None,
) -> SettledReport:
    """Have a report count, in place of what counted for its agency and year. In the caller's transaction.

    Errors: ValueError for a report without an agency or a year.
    """
    if not report.agency or report.year is None:
        raise ValueError("a report counts for an agency and a year")
    packed = pack(report)
    values = {
        "organ": organ,
        "agency": report.agency,
        "table_editions": dict(packed.table_editions),
        "numbers": packed.numbers,
        "aside": {address: str(number) for address, number in packed.aside.items()},
        "errors": errors,
        "warnings": warnings,
        "is_public": is_public,
        "received": received,
        "report_year": report_year,
        "settled_at": at,
    }
    row, _ = SettledReport.objects.update_or_create(agency_key=folded(report.agency), year=report.year, defaults=values)
    return row


def report_of(row: SettledReport) -> Report:
    """The report of a row, without its words."""
    return unpack(Packed(row.table_editions, bytes(row.numbers), _numbers(row.aside)), row.agency, row.year)


def unsettle(report_year: ReportYear) -> None:
    """What was withdrawn from the public counts no longer."""
    SettledReport.objects.filter(report_year=report_year).delete()


@dataclass(frozen=True, slots=True)
class Row:
    """A settled report without its numbers: what a list shows."""

    pk: int
    organ: int | None
    agency: str
    year: int


def collection(reports: QuerySet[SettledReport], expected: Iterable[str] = ()) -> tuple[list[Row], Aggregate]:
    """A collection of settled reports, and its rows in the same order. One query; about a kilobyte a report.

    Reports with the same tables are put beside each other, which is what makes it fast.
    """
    found = list(
        reports.order_by("year", "agency_key").values_list(
            "pk", "organ", "agency", "year", "table_editions", "numbers", "aside", "errors", "warnings"
        )
    )
    found.sort(key=lambda each: (each[3], sorted(each[4].items())))
    rows = [Row(*each[:4]) for each in found]
    store = store_of(Packed(each[4], bytes(each[5]), _numbers(each[6])) for each in found)
    return rows, collected(list(_entries(found)), store, list(expected))


def _entries(found: Sequence[tuple[Any, ...]]) -> Iterator[Entry]:
    for _, _, agency, year, editions, _, _, errors, warnings in found:
        used = set(editions.values())
        edition = used.pop() if len(used) == 1 else "mixed" if used else None
        yield Entry(
            f"{agency} {year}",
            agency,
            year,
            edition,
            belonging(edition, year),
            errors,
            warnings,
            counted=True,
        )


def _numbers(aside: dict[str, str]) -> dict[str, Number]:
    return {
        address: int(number) if number.lstrip("-").isdigit() else Decimal(number) for address, number in aside.items()
    }
