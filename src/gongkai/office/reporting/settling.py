"""Reports as they count: one row an agency and year, packed, and the collections made of such rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

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
    # The tables of a report and its odd numbers are a few texts in a hundred thousand rows: each is read once.
    as_text = {name: Cast(name, TextField()) for name in ("table_editions", "aside")}
    found = list(
        reports.order_by("year", "agency_key").values_list(
            "pk",
            "organ",
            "agency",
            "year",
            as_text["table_editions"],
            "numbers",
            as_text["aside"],
            "errors",
            "warnings",
        )
    )
    found.sort(key=lambda each: (each[3], each[4]))
    editions, asides = _Read(dict), _Read(_numbers)
    rows = [Row(*each[:4]) for each in found]
    store = store_of(Packed(editions[each[4]], bytes(each[5]), asides[each[6]]) for each in found)
    entries = _entries(found, {text: _edition(tables) for text, tables in editions.items()})
    return rows, collected(list(entries), store, list(expected))


class _Read(dict[str, Any]):
    """What JSON texts say, made of each when it is first met."""

    def __init__(self, made: Callable[[dict[str, str]], Any]) -> None:
        super().__init__()
        self._made = made

    def __missing__(self, text: str) -> Any:
        self[text] = found = self._made(json.loads(text))
        return found


def _edition(tables: Mapping[str, str]) -> str | None:
    used = set(tables.values())
    return used.pop() if len(used) == 1 else "mixed" if used else None


def _entries(found: Sequence[tuple[Any, ...]], editions: Mapping[str, str | None]) -> Iterator[Entry]:
    expected = {(text, year): belonging(editions[text], year) for year, text in {(each[3], each[4]) for each in found}}
    for _, _, agency, year, text, _, _, errors, warnings in found:
        yield Entry(
            f"{agency} {year}",
            agency,
            year,
            editions[text],
            expected[text, year],
            errors,
            warnings,
            counted=True,
        )


def _numbers(aside: dict[str, str]) -> dict[str, Number]:
    return {
        address: int(number) if number.lstrip("-").isdigit() else Decimal(number) for address, number in aside.items()
    }
