"""Asking every room for a report's figures as the ledger has them now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from gongkai.office.reporting import sources
from gongkai.office.reporting.contributing import plain
from gongkai.office.reporting.models import FrozenFigure, ReportYear
from gongkai.office.reporting.record_ids import pack


def count(report_year: ReportYear, through: date) -> list[FrozenFigure]:
    """Every figure of a report as the ledger has it now, not kept anywhere."""
    organs = sources.organs_of(report_year)
    found = sources.tallies(organs, date(report_year.year, 1, 1), through, report_year.edition)
    return [
        FrozenFigure(
            key=tally.measure.key,
            room=source.room,
            label=tally.measure.label,
            unit=tally.measure.unit,
            rule=tally.measure.rule,
            kind=tally.measure.kind,
            source=tally.measure.source,
            is_public=tally.measure.is_public,
            is_sum=tally.measure.is_sum,
            value=tally.value,
            record_count=len(tally.ids),
            records=pack(tally.ids),
        )
        for source, tally in found
    ]


def digest_of(figures: Iterable[FrozenFigure]) -> str:
    """The SHA-256 of figures and their records: equal exactly when nothing that is counted has changed."""
    told = sorted(
        (each.key, plain(each.value), each.rule, hashlib.sha256(bytes(each.records)).hexdigest()) for each in figures
    )
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
