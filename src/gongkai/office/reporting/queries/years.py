"""Which reports are open, where each stands, and who has handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from gongkai.office.organs.queries import below
from gongkai.office.reporting.models import ReportYear, YearEvent

Stage = Literal["opened", "collected", "locked", "handed_in", "returned", "handed_over", "reopened"]
STAGES: dict[Stage, str] = {
    "opened": "已开启",
    "collected": "统计中",
    "locked": "数据已锁定",
    "handed_in": "已定稿报送",
    "returned": "已退回",
    "handed_over": "已交付发布",
    "reopened": "更正中",
}
DONE: tuple[Stage, ...] = ("handed_in", "handed_over")
SOON_DAYS = 5
"""Natural days before the internal day to hand in from which the desk warns; the platform's own, no rule of law."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A report and where it stands on a day: `days_left` until it is to be handed in, negative when overdue.

    `was_handed_over`: it went to publication before, and what it goes through now is a correction.
    """

    report_year: ReportYear
    stage: Stage
    since: datetime
    days_left: int
    was_handed_over: bool = False

    @property
    def label(self) -> str:
        """The stage in Chinese."""
        is_correction = self.was_handed_over and self.stage not in ("handed_over", "reopened")
        return f"更正中：{STAGES[self.stage]}" if is_correction else STAGES[self.stage]

    @property
    def is_done(self) -> bool:
        """Handed in, or further."""
        return self.stage in DONE

    @property
    def is_overdue(self) -> bool:
        """Never handed in, and the day is past; a correction has no day."""
        return not self.is_done and not self.was_handed_over and self.days_left < 0

    @property
    def colour(self) -> str:
        """How urgent handing it in is: bad, warn or ok, as the desk's badges are called."""
        if self.days_left < 0:
            return "bad"
        return "warn" if self.days_left <= SOON_DAYS else "ok"


def stage_of(report_year: ReportYear) -> Stage:
    """Where a report stands."""
    return board(ReportYear.objects.filter(pk=report_year.pk), on=report_year.hand_in_by)[0].stage


def board(reports: QuerySet[ReportYear], *, on: date) -> list[Standing]:
    """Reports with where they stand, in the order of the agencies: one query.

    The last event says it; counting moves a report on from its opening only, and unlocks nothing.
    """
    events = YearEvent.objects.filter(report_year=OuterRef("pk"))
    told = events.filter(~Q(kind=YearEvent.Kind.COLLECTED)).order_by("-pk")
    counted = events.filter(kind=YearEvent.Kind.COLLECTED).order_by("-pk")
    rows = (
        reports.select_related("organ")
        .annotate(
            told=Subquery(told.values("kind")[:1]),
            told_at=Subquery(told.values("at")[:1]),
            counted_at=Subquery(counted.values("at")[:1]),
            was_handed_over=Exists(events.filter(kind=YearEvent.Kind.HANDED_OVER)),
        )
        .order_by("-year", "organ__path")
    )
    found = []
    for each in rows:
        is_counting = each.told == YearEvent.Kind.OPENED and each.counted_at is not None
        stage: Stage = "collected" if is_counting else each.told or "opened"
        since = each.counted_at if is_counting else each.told_at or each.opened_at
        found.append(Standing(each, stage, since, (each.hand_in_by - on).days, each.was_handed_over))
    return found


def subordinate_years(report_year: ReportYear) -> QuerySet[ReportYear]:
    """The reports of the agencies below, of the same year."""
    organs = below(report_year.organ).exclude(pk=report_year.organ_id)
    return ReportYear.objects.filter(year=report_year.year, organ__in=organs)


def previous_of(report_year: ReportYear) -> ReportYear | None:
    """The same agency's report of the year before, if it was made here."""
    return ReportYear.objects.filter(organ=report_year.organ_id, year=report_year.year - 1).first()
