"""周更新、月调度、季测评、年考评 as tables: a row an agency, a column a figure, and the records behind each number."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.organs.models import Organ
from gongkai.office.reporting import sources
from gongkai.office.reporting.models import FindingVerdict, ReportYear, SettledReport, YearEvent
from gongkai.office.reporting.queries.years import Standing, board
from gongkai.office.reporting.supervising import PUBLISHED, TABLES, WEEK, Round, Term, Watched, monday
from gongkai.regulation.tally import Counted


@dataclass(frozen=True, slots=True)
class Handed:
    """How an agency's report of a year came on: where it stands, when it was handed in and how many days early (late where
    less than 0), what was said of its findings, whether it counts as published.
    """

    standing: Standing | None
    handed_in_on: date | None = None
    days_early: int | None = None
    explained: int = 0
    settled: SettledReport | None = None

    @property
    def days_late(self) -> int:
        """How many days after the internal day it was handed in."""
        return max(0, -(self.days_early or 0))

    @property
    def is_late(self) -> bool:
        """Handed in after the internal day, or not at all though it is past."""
        if self.days_early is not None:
            return self.days_early < 0
        return self.standing is not None and self.standing.is_overdue


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table; `out_of` what it is a part of."""

    watched: Watched
    value: int
    out_of: int | None

    @property
    def is_fault(self) -> bool:
        """A number that should be 0, and isn't."""
        return self.watched.is_fault and self.value > 0


@dataclass(frozen=True, slots=True)
class Row:
    """An agency's figures."""

    organ: Organ
    cells: tuple[Cell, ...]
    report: Handed | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One of the four tables for a term."""

    round: Round
    term: Term
    figures: tuple[Watched, ...]
    rows: tuple[Row, ...]

    @property
    def totals(self) -> list[Cell | None]:
        """The sums of the columns; None where adding up says nothing: the weeks of one agency are those of the others."""
        return [
            None
            if figure.out_of(self.term) is not None
            else Cell(figure, sum(row.cells[place].value for row in self.rows), None)
            for place, figure in enumerate(self.figures)
        ]


def terms(round: Round, year: int, *, today: date) -> list[Term]:
    """The terms of a year that have begun on a day, in order."""
    end = date(year, 12, 31)
    match round:
        case "week":
            starts = [date(year, 1, 1)]
            while (following := monday(starts[-1]) + timedelta(days=7)).year == year:
                starts.append(following)
        case "month":
            starts = [date(year, month, 1) for month in range(1, 13)]
        case "quarter":
            starts = [date(year, month, 1) for month in (1, 4, 7, 10)]
        case "year":
            starts = [date(year, 1, 1)]
    lasts = [following - timedelta(days=1) for following in starts[1:]] + [end]
    return [
        _term(round, place, first, last, today)
        for place, (first, last) in enumerate(zip(starts, lasts, strict=True), start=1)
        if first <= today
    ]


def _term(round: Round, place: int, first: date, last: date, today: date) -> Term:
    match round:
        case "week":
            key, label = first.isoformat(), f"第{place}周（{first:%m-%d}至{last:%m-%d}）"
        case "month":
            key, label = f"{first:%Y-%m}", f"{first.month}月"
        case "quarter":
            key, label = f"{first.year}Q{place}", f"第{'一二三四'[place - 1]}季度"
        case "year":
            key, label = f"{first.year}", f"{first.year}年"
    return Term(key, label, first, last, min(last + timedelta(days=1), today))


def supervision(round: Round, term: Term, organs: Sequence[Organ], *, on: date) -> Table:
    """A table, seen on a day: one grouped look at a room's ledger for each figure, whatever the number of agencies."""
    keys = [organ.pk for organ in organs]
    figures = TABLES[round]
    columns = [(figure, figure.counts(term, keys), figure.out_of(term)) for figure in figures]
    reports = _reports(organs, term.first.year, on) if round == "year" else {}
    rows = tuple(
        Row(
            organ,
            tuple(Cell(figure, counts.get(organ.pk, 0), out_of) for figure, counts, out_of in columns),
            reports.get(organ.pk),
        )
        for organ in organs
    )
    return Table(round, term, figures, rows)


def _reports(organs: Sequence[Organ], year: int, on: date) -> dict[int, Handed]:
    """The reports about a year as they stand on a day: made here, or received from elsewhere."""
    standings = {
        each.report_year.organ_id: each for each in board(ReportYear.objects.filter(year=year, organ__in=organs), on=on)
    }
    opened = [each.report_year.pk for each in standings.values()]
    handed = dict(
        YearEvent.objects.filter(report_year__in=opened, kind=YearEvent.Kind.HANDED_IN)
        .order_by("pk")
        .values_list("report_year", "at")
    )
    said = FindingVerdict.objects.filter(report_year__in=opened).order_by().values("report_year")
    explained = dict(said.values_list("report_year").annotate(Count("evidence", distinct=True)))
    settled = {each.organ_id: each for each in SettledReport.objects.filter(year=year, organ__in=organs)}
    return {organ.pk: _handed(standings.get(organ.pk), handed, explained, settled.get(organ.pk)) for organ in organs}


def _handed(
    standing: Standing | None, handed: dict[int, datetime], explained: dict[int, int], settled: SettledReport | None
) -> Handed:
    if standing is None:
        return Handed(None, settled=settled)
    report = standing.report_year
    at = handed.get(report.pk) if standing.is_done else None
    on = localdate(at) if at is not None else None
    early = (report.hand_in_by - on).days if on is not None else None
    return Handed(standing, on, early, explained.get(report.pk, 0), settled)


class Behind(Sequence[Counted]):
    """The records behind a number, read a page at a time."""

    def __init__(self, figure: Watched, term: Term, organs: Collection[int], code: str) -> None:
        self._kind, self._term, self._code = figure.measure.kind, term, code
        self._ids = figure.ids(term, organs)

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, part: int | slice) -> list[Counted]:  # type: ignore[override]
        ids = self._ids[part] if isinstance(part, slice) else [self._ids[part]]
        return [self._week(each) for each in ids] if self._kind == WEEK else sources.counted(self._kind, ids)

    def _week(self, ordinal: int) -> Counted:
        first = max(date.fromordinal(ordinal), date(self._term.last.year, 1, 1))
        last = min(monday(first) + timedelta(days=6), date(first.year, 12, 31))
        place = next(
            number for number, each in enumerate(terms("week", first.year, today=last), start=1) if each.first == first
        )
        path = reverse("reporting_supervision_records", args=[PUBLISHED.name])
        query = f"?round=week&term={first.isoformat()}&organ={self._code}"
        return Counted(ordinal, f"第{place}周（{first:%m-%d}至{last:%m-%d}）", first, staff_path=path + query)
