"""周更新、月调度、季测评、年考评: what each agency did in each of these terms, as a table of figures.

Source: practice (the rhythm by which a county's disclosure office supervises; ogi-2019 art. 46).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.queries import overdue_columns, published_by_organ
from gongkai.office.reporting.models import ReportYear
from gongkai.office.reporting.queries.years import Standing, board


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of days that is looked at: 本周, 本月, a quarter, the year so far."""

    key: str
    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Row:
    """An agency's figures: items published in each term, columns past their cycle today, where its report stands."""

    organ: Organ
    published: tuple[int, ...]
    overdue_columns: int
    report: Standing | None


def terms(year: int, *, today: date) -> list[Term]:
    """The terms of a year as they stand on a day; of a year that is over, its last week and month."""
    last = min(today, date(year, 12, 31))
    monday = last - timedelta(days=last.weekday())
    quarters = [
        Term(f"q{number}", f"第{'一二三四'[number - 1]}季度", first, _end_of_quarter(first))
        for number in (1, 2, 3, 4)
        for first in [date(year, 3 * number - 2, 1)]
    ]
    return [
        Term("week", f"周更新（{monday:%m-%d}起）", monday, last),
        Term("month", f"月调度（{last.month}月）", last.replace(day=1), last),
        *quarters,
        Term("year", "全年", date(year, 1, 1), last),
    ]


def _end_of_quarter(first: date) -> date:
    following = date(first.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return following - timedelta(days=1)


def supervision(organs: Collection[Organ], year: int, *, today: date) -> tuple[list[Term], list[Row]]:
    """The table: one grouped look at the index for each term, whatever the number of agencies."""
    listed = terms(year, today=today)
    keys = [organ.pk for organ in organs]
    counts = [published_by_organ(keys, term.first, term.last) for term in listed]
    late = Counter(column.organ_id for column in overdue_columns(today) if column.organ_id)
    reports = ReportYear.objects.filter(year=year, organ__in=keys)
    standings = {each.report_year.organ_id: each for each in board(reports, on=today)}
    rows = [
        Row(organ, tuple(count.get(organ.pk, 0) for count in counts), late[organ.pk], standings.get(organ.pk))
        for organ in organs
    ]
    return listed, rows
