"""Received reports: where they stand, what their cells hold now, what is still open against them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from gongkai.office.reporting.models import (
    CellCorrection,
    ReceivedBatch,
    ReceivedEvent,
    ReceivedFile,
    ReceivedReport,
    ReceivedVerdict,
    SettledReport,
)
from gongkai.regulation.annual_report import Cell, Report, from_json
from gongkai.regulation.annual_report.aggregate import folded

STAGES = {
    "unidentified": "待确认机关和年度",
    "open": "待审核",
    "accepted": "已接受",
    "returned": "已退回",
    "superseded": "已被新报告代替",
}
"""Where a received report can stand."""

_ENDING = (ReceivedEvent.Kind.ACCEPTED, ReceivedEvent.Kind.RETURNED, ReceivedEvent.Kind.SUPERSEDED)


def with_stage(reports: QuerySet[ReceivedReport]) -> QuerySet[ReceivedReport]:
    """The reports with `decided`, the last decision about each (None when there is none)."""
    last = ReceivedEvent.objects.filter(report=OuterRef("pk"), kind__in=_ENDING).order_by("-id").values("kind")[:1]
    return reports.annotate(decided=Subquery(last))


def in_stage(reports: QuerySet[Any], stage: str) -> QuerySet[ReceivedReport]:
    """Those of `with_stage` that stand in a stage."""
    match stage:
        case "unidentified":
            return reports.filter(decided=None, is_identified=False)
        case "open":
            return reports.filter(decided=None, is_identified=True)
        case _:
            return reports.filter(decided=stage)


def stage_of(report: ReceivedReport) -> str:
    """Where a report stands: a key of STAGES."""
    last = report.events.filter(kind__in=_ENDING).order_by("-id").values_list("kind", flat=True).first()
    return decided_stage(last, report.is_identified)


def decided_stage(decided: str | None, is_identified: bool = True) -> str:
    """Where a report stands by the last decision about it: a key of STAGES."""
    return decided or ("open" if is_identified else "unidentified")


def stage_label(report: ReceivedReport) -> str:
    """The stage of a report of `with_stage` in words."""
    return STAGES[decided_stage(getattr(report, "decided", None), report.is_identified)]


def effective(report: ReceivedReport) -> Report:
    """The report as it counts: what was read, with the confirmed agency and year and the latest corrections."""
    read = from_json(report.contract)
    cells = dict(read.cells)
    for correction in report.corrections.order_by("id"):
        cells[correction.address] = corrected(cells[correction.address], correction)
    return replace(read, agency=report.agency or None, year=report.year, cells=cells)


def corrected(cell: Cell, correction: CellCorrection) -> Cell:
    """A cell as a person says it is; it keeps the place where it stands."""
    value = None if correction.value is None else _number(correction.value)
    return Cell(value, correction.state, correction.text or ("" if value is None else str(value)), cell.where)  # type: ignore[arg-type]


def _number(value: Decimal) -> int | Decimal:
    return int(value) if value == value.to_integral_value() else value.normalize()


def previous_of(report: ReceivedReport) -> Report | None:
    """The same agency's report of the year before, when one was accepted."""
    if not report.agency or report.year is None:
        return None
    settled = (
        SettledReport.objects.filter(agency_key=folded(report.agency), year=report.year - 1)
        .select_related("received")
        .first()
    )
    return effective(settled.received) if settled is not None and settled.received is not None else None


def digest_of(contract: Mapping[str, Any]) -> str:
    """SHA-256 of the numbers of a report: the same in PDF and DOCX, as soon as one cell differs another."""
    told = {
        "agency": folded(contract["agency"] or ""),
        "year": contract["year"],
        "editions": contract["table_editions"],
        "cells": {address: [cell["state"], cell["value"]] for address, cell in contract["cells"].items()},
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def evidence_of(finding: Mapping[str, Any], report: Report) -> str:
    """SHA-256 of what a finding rests on: its cells with their numbers, its two sides, its quotes."""
    cells = {}
    for address in [*finding["cells"], *finding["missing"]]:
        cell = report.cells.get(address)
        cells[address] = None if cell is None else [cell.state, str(cell.value)]
    told = [finding["code"], cells, finding["left"], finding["right"], finding["quotes"], finding["where"]]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its evidence and what a person said of it, if that still holds."""

    finding: Mapping[str, Any]
    evidence: str
    verdict: ReceivedVerdict | None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to say something: an error or a warning that nobody judged."""
        return self.verdict is None and self.finding["severity"] != "info"


def judged_findings(report: ReceivedReport, current: Report) -> list[Judged]:
    """The findings of the last check with the verdicts that hold."""
    verdicts = {each.evidence: each for each in report.verdicts.select_related("by").order_by("id")}
    judged = []
    for finding in report.findings:
        evidence = evidence_of(finding, current)
        judged.append(Judged(finding, evidence, verdicts.get(evidence)))
    return judged


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch has come."""

    total: int
    done: int
    by_outcome: Mapping[str, int]

    @property
    def is_finished(self) -> bool:
        return self.done == self.total


def progress_of(batch: ReceivedBatch) -> Progress:
    """How many files of a batch are read, doubled, refused; packages are counted by what was in them."""
    counted = dict(
        batch.files.exclude(outcome=ReceivedFile.Outcome.UNPACKED)
        .order_by()
        .values_list("outcome")
        .annotate(count=Count("pk"))
    )
    total = sum(counted.values())
    return Progress(total, total - counted.get(ReceivedFile.Outcome.WAITING, 0), counted)
