"""Which reports are open, where each stands, and who has handed in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.organs.queries import below
from gongkai.office.publishing.models import Draft
from gongkai.office.reporting.models import Compilation, PublishedReport, ReceivedReport, ReportYear, YearEvent
from gongkai.office.reporting.queries.received import STAGES as UPLOADED
from gongkai.office.reporting.queries.received import decided_stage, with_stage

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
class Public:
    """Where a report stands before the public: the item it is, since when it is public, if it is.

    `is_withdrawn`: it was public and was taken down. `is_waiting`: a text of it is a draft or under review, which after its
    publication is that of a correction.
    """

    path: str
    on: date | None
    is_withdrawn: bool
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """A report that an agency handed in as a file instead of making it here, and what became of it."""

    pk: int
    stage: str
    on: date

    @property
    def label(self) -> str:
        """The stage in Chinese."""
        return f"上传的报告{UPLOADED[self.stage]}"


@dataclass(frozen=True, slots=True)
class Standing:
    """A report and where it stands on a day: `days_left` until it is to be handed in, negative when overdue.

    `was_handed_over`: it went to publication before, and what it goes through now is a correction. `public` is what the
    public has of it, `upload` a file that the agency handed in instead.
    """

    report_year: ReportYear
    stage: Stage
    since: datetime
    days_left: int
    publish_days_left: int
    was_handed_over: bool = False
    public: Public | None = None
    upload: Upload | None = None

    @property
    def label(self) -> str:
        """Where it stands, in Chinese: what the events, the item and the files that came in say together."""
        if self.stage == "handed_over" and self.public is not None:
            return _before_the_public(self.public)
        if self.upload is not None and self.is_by_upload:
            return self.upload.label
        is_correction = self.was_handed_over and self.stage not in ("handed_over", "reopened")
        return f"更正中：{STAGES[self.stage]}" if is_correction else STAGES[self.stage]

    @property
    def is_by_upload(self) -> bool:
        """A file says where it stands, and nothing that was done here."""
        return self.upload is not None and not self.is_done and not self.was_handed_over

    @property
    def public_on(self) -> date | None:
        """Since when the public has it; None when it has not."""
        return self.public.on if self.public is not None else None

    @property
    def is_public(self) -> bool:
        """The public has it, be it before or after a correction."""
        return self.public_on is not None

    @property
    def is_done(self) -> bool:
        """Handed in, or further."""
        return self.stage in DONE

    @property
    def is_in(self) -> bool:
        """The office has it: handed in here, or as a file that was accepted."""
        return self.is_done or self.was_handed_over or (self.upload is not None and self.upload.stage == "accepted")

    @property
    def is_overdue(self) -> bool:
        """Never handed in, and the day is past; a correction has no day, nor has a file that waits to be looked at."""
        waits = self.upload is not None and self.upload.stage in ("open", "unidentified")
        return not self.is_in and not waits and self.days_left < 0

    @property
    def is_published_late(self) -> bool:
        """Not public though its day is past, or public after it; of a file that came in it is not known here."""
        if self.public_on is not None:
            return self.public_on > self.report_year.publish_by
        return self.publish_days_left < 0 and self.upload is None

    @property
    def colour(self) -> str:
        """How urgent handing it in is: bad, warn or ok, as the desk's badges are called."""
        if self.days_left < 0:
            return "bad"
        return "warn" if self.days_left <= SOON_DAYS else "ok"


def _before_the_public(public: Public) -> str:
    if public.on is not None:
        return "已公开，更正稿待审核" if public.is_waiting else "已公开"
    if public.is_withdrawn:
        return "已撤下"
    return "已交付发布，待审核" if public.is_waiting else STAGES["handed_over"]


def stage_of(report_year: ReportYear) -> Stage:
    """Where a report stands."""
    return board(ReportYear.objects.filter(pk=report_year.pk), on=report_year.hand_in_by)[0].stage


def board(reports: QuerySet[ReportYear], *, on: date) -> list[Standing]:
    """Reports with where they stand, in the order of the agencies: three queries, however many they are.

    The last event says it; counting moves a report on from its opening only and unlocks nothing, and other days move it
    nowhere. What is public the items say, what came as a file the received reports.
    """
    aside = (YearEvent.Kind.COLLECTED, YearEvent.Kind.DAYS_CHANGED)
    events = YearEvent.objects.filter(report_year=OuterRef("pk"))
    told = events.exclude(kind__in=aside).order_by("-pk")
    counted = events.filter(kind=YearEvent.Kind.COLLECTED).order_by("-pk")
    locked = Compilation.objects.filter(report_year=OuterRef("pk"), locked_at__isnull=False).order_by("-number")
    rows = list(
        reports.select_related("organ")
        .annotate(
            told=Subquery(told.values("kind")[:1]),
            told_at=Subquery(told.values("at")[:1]),
            counted_at=Subquery(counted.values("at")[:1]),
            locked=Subquery(locked.values("pk")[:1]),
            was_handed_over=Exists(events.filter(kind=YearEvent.Kind.HANDED_OVER)),
        )
        .order_by("-year", "organ__path")
    )
    public, uploads = _public(rows), _uploads(rows)
    found = []
    for each in rows:
        is_counting = each.told == YearEvent.Kind.OPENED and each.counted_at is not None
        stage: Stage = "collected" if is_counting else each.told or "opened"
        since = each.counted_at if is_counting else each.told_at or each.opened_at
        left, publish_left = ((day - on).days for day in (each.hand_in_by, each.publish_by))
        found.append(
            Standing(
                each,
                stage,
                since,
                left,
                publish_left,
                each.was_handed_over,
                public.get(each.pk),
                uploads.get((each.organ_id, each.year)),
            )
        )
    return found


def _public(rows: Collection[ReportYear]) -> dict[int, Public]:
    """What the public has of each report that was ever made an item; the last text of it decides."""
    drafts = Draft.objects.filter(item=OuterRef("item"))
    texts = PublishedReport.objects.filter(report_year__in=[each.pk for each in rows]).select_related("item")
    # The last compilation that was locked is the report's; a text of an earlier one waits for its correction.
    locked = {each.pk: each.locked for each in rows}  # type: ignore[attr-defined]
    found = {}
    for each in texts.annotate(has_draft=Exists(drafts)).order_by("pk"):
        item = each.item
        found[each.report_year_id] = Public(
            reverse("item", args=[item.pk]),
            localdate(item.published_at) if item.is_public else None,
            item.withdrawn_at is not None,
            each.has_draft or locked[each.report_year_id] != each.compilation_id,
        )
    return found


def _uploads(rows: Collection[ReportYear]) -> dict[tuple[int, int], Upload]:
    """The last file that came in for each agency and year."""
    years = {each.year for each in rows}
    received = ReceivedReport.objects.filter(year__in=years, organ__in={each.organ_id for each in rows})
    rows_of = with_stage(received).order_by("pk")
    values = rows_of.values_list("organ", "year", "pk", "decided", "received_at")  # type: ignore[misc]
    return {(organ, year): Upload(pk, decided_stage(decided), localdate(at)) for organ, year, pk, decided, at in values}


def subordinate_years(report_year: ReportYear) -> QuerySet[ReportYear]:
    """The reports of the agencies below, of the same year."""
    organs = below(report_year.organ).exclude(pk=report_year.organ_id)
    return ReportYear.objects.filter(year=report_year.year, organ__in=organs)


def previous_of(report_year: ReportYear) -> ReportYear | None:
    """The same agency's report of the year before, if it was made here."""
    return ReportYear.objects.filter(organ=report_year.organ_id, year=report_year.year - 1).first()
