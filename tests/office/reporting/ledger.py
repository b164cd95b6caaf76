"""A year of a small county on the desk, for tests that begin in the middle of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.contributing import asked_cells
from gongkai.office.reporting.models import Contribution, ReportYear
from tests.office.cast import Cast
from tests.office.public_items import public_item

YEAR = 2024
JANUARY = datetime(2025, 1, 6, 1, 0, tzinfo=UTC)
"""Nine in the morning of a Monday, in Beijing, when the year is over."""


def published(cast: Cast, count: int, *, organ: Organ | None = None, year: int = YEAR, first: int = 1) -> list[Item]:
    """So many items of an agency, made public in the spring of a year."""
    spring = datetime(year, 3, 1, 1, 0, tzinfo=UTC)
    return [
        public_item(organ or cast.education, cast.column, first + number, at=spring + timedelta(hours=number))
        for number in range(count)
    ]


def opened(cast: Cast, organ: Organ | None = None, year: int = YEAR) -> ReportYear:
    """The report of an agency (the education bureau's), opened by the county's disclosure office."""
    whose = organ or cast.education
    actions.open_year(whose, year, by=cast.officer, at=JANUARY)
    return ReportYear.objects.get(organ=whose, year=year)


def asked(cast: Cast, organ: Organ | None = None, year: int = YEAR, edition: str = "2021") -> dict[str, Contribution]:
    """What an agency is asked for, by cell."""
    due = (JANUARY + timedelta(days=10)).date()
    found = actions.ask([organ or cast.education], year, edition, due_on=due, by=cast.officer, at=JANUARY)
    assert {each.key for each in found} == set(asked_cells(organ or cast.education, edition))
    return {each.key: each for each in found}
