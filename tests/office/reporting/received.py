"""Received reports without the process that reads them: what it would answer is asked here."""

from __future__ import annotations

from datetime import datetime

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.actions import deciding, receiving
from gongkai.office.reporting.models import ReceivedReport
from gongkai.office.reporting.received import reading_process
from gongkai.office.reporting.received.isolated import Answer
from gongkai.regulation.annual_report import Report
from tests.office.cast import NOW, Cast
from tests.office.reporting.papers import paper


def handed_in(cast: Cast, found: Report, *, at: datetime = NOW) -> ReceivedReport:
    """A report that the county's office has received and nobody has looked at."""
    data, name = paper(found), f"{found.agency}{found.year}.html"
    batch = receiving.begin_batch(cast.county, [(name, [data])], name=name, year=None, by=cast.officer, at=at)
    row = batch.files.get()
    receiving._take_in(row, Answer(**reading_process.answer({"name": name}, data)), at=at)
    assert row.report is not None, row.message
    return row.report


def identified(cast: Cast, found: Report, organ: Organ | None = None, *, at: datetime = NOW) -> ReceivedReport:
    """One whose agency and year are confirmed."""
    assert found.agency
    assert found.year
    return deciding.identify(
        handed_in(cast, found, at=at), organ=organ, agency=found.agency, year=found.year, by=cast.officer, at=at
    )


def accepted(cast: Cast, found: Report, organ: Organ | None = None, *, is_public: bool = True) -> ReceivedReport:
    """One that counts."""
    return deciding.accept(identified(cast, found, organ), is_public=is_public, by=cast.officer, at=NOW)
