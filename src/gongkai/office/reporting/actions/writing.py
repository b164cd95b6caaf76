"""The words of a report: drafted, written, kept, confirmed. Every change is on record with what stood there before."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.reporting import drafting, policy
from gongkai.office.reporting.compiled import PREAMBLE, label_of, values_of
from gongkai.office.reporting.models import NarrativePart, ReportYear
from gongkai.office.reporting.queries.figures import standing
from gongkai.office.reporting.queries.years import DONE, previous_of, stage_of
from gongkai.office.reporting.record import lock_row, note
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.forms import form

_STEP = 10
LONGEST = 5000
_IN_BRACES = re.compile(r"\{([^{}]*)\}")


@transaction.atomic
def draft(report_year: ReportYear, *, by: User, at: datetime) -> list[NarrativePart]:
    """Put a first text where there is none: last year's own wording, then sentences for the figures it doesn't speak of.

    What was kept from last year has to be read and confirmed paragraph by paragraph. Drafting again adds sentences for
    figures that no paragraph speaks of yet, and changes nothing that stands. Gives the paragraphs added.
    Errors: Refused: without the role; nothing counted yet; already handed in.
    """
    report_year = _writable(report_year, by, at)
    if standing(report_year) is None:
        raise Refused("还没有统计过数据，文字里的数字没有来处。请先统计，再起草文字。")
    wanted: list[drafting.Paragraph] = []
    standing_parts = list(report_year.narrative_parts.all())
    have = [each.text for each in standing_parts]
    before = previous_of(report_year)
    if not have and before is not None:
        wanted += drafting.kept(before, report_year.edition)
    wanted += drafting.drafted(report_year, values_of(report_year), [*have, *(each.text for each in wanted)])
    if any(each.section == PREAMBLE for each in standing_parts):
        wanted = [each for each in wanted if each.section != PREAMBLE]
    position = _last_position(report_year)
    made = NarrativePart.objects.bulk_create(
        NarrativePart(
            report_year=report_year,
            section=each.section,
            topic=each.topic,
            position=position + number * _STEP,
            level=each.level,
            text=each.text,
            origin=each.origin,
            edited_by=by,
            edited_at=at,
            confirmed_at=None if each.origin == NarrativePart.Origin.KEPT else at,
        )
        for number, each in enumerate(wanted, start=1)
    )
    note(report_year, "draft", {"paragraphs": [each.text for each in made]}, by=by, at=at)
    return made


@transaction.atomic
def write(
    report_year: ReportYear,
    *,
    section: str,
    text: str,
    by: User,
    at: datetime,
    topic: str = "",
    level: int = 0,
    answers: NarrativePart | None = None,
) -> NarrativePart:
    """Add a paragraph at the end of a section or topic. `answers` names the promise of last year that it reports on.

    Errors: Refused: without the role; empty; a figure that doesn't exist; already handed in.
    """
    report_year = _writable(report_year, by, at)
    _refuse_place(report_year, section, topic)
    part = NarrativePart.objects.create(
        report_year=report_year,
        section=section,
        topic=topic,
        position=_last_position(report_year) + _STEP,
        level=level,
        text=_text(text, report_year.edition),
        origin=NarrativePart.Origin.WRITTEN,
        answers=_promise(report_year, answers),
        edited_by=by,
        edited_at=at,
        confirmed_at=at,
    )
    note(report_year, "write", _told(part, before=""), by=by, at=at)
    return part


@transaction.atomic
def edit(
    part: NarrativePart, *, text: str, by: User, at: datetime, level: int = 0, answers: NarrativePart | None = None
) -> NarrativePart:
    """Change a paragraph; it is then the office's own wording, read and confirmed.

    Errors: Refused: without the role; empty; a figure that doesn't exist; already handed in.
    """
    report_year = _writable(part.report_year, by, at)
    part = NarrativePart.objects.select_for_update(of=("self",)).get(pk=part.pk)
    before, part.text = part.text, _text(text, report_year.edition)
    if before != part.text:
        part.origin = NarrativePart.Origin.WRITTEN
    part.level, part.answers = level, _promise(report_year, answers)
    part.edited_by, part.edited_at, part.confirmed_at = by, at, at
    part.save()
    note(report_year, "edit", _told(part, before=before), by=by, at=at)
    return part


@transaction.atomic
def confirm(part: NarrativePart, *, by: User, at: datetime) -> None:
    """Say of a paragraph kept from last year that it was read and still holds. Errors: Refused."""
    report_year = _writable(part.report_year, by, at)
    NarrativePart.objects.filter(pk=part.pk).update(confirmed_at=at, edited_by=by)
    note(report_year, "confirm", _told(part, before=part.text), by=by, at=at)


@transaction.atomic
def remove(part: NarrativePart, *, by: User, at: datetime) -> None:
    """Take a paragraph out; what it said stays in the log. Errors: Refused."""
    report_year = _writable(part.report_year, by, at)
    told = {"part": part.pk, "section": part.section, "topic": part.topic, "before": part.text}
    part.delete()
    note(report_year, "remove", told, by=by, at=at)


@transaction.atomic
def move(part: NarrativePart, *, up: bool, by: User, at: datetime) -> None:
    """Change places with the paragraph before or behind it in the same section and topic. Errors: Refused."""
    report_year = _writable(part.report_year, by, at)
    beside = report_year.narrative_parts.filter(section=part.section, topic=part.topic)
    other = (
        beside.filter(position__lt=part.position).order_by("-position").first()
        if up
        else beside.filter(position__gt=part.position).order_by("position").first()
    )
    if other is None:
        return
    mine, theirs = part.position, other.position
    NarrativePart.objects.filter(pk=part.pk).update(position=theirs)
    NarrativePart.objects.filter(pk=other.pk).update(position=mine)
    note(report_year, "move", {"part": part.pk, "with": other.pk}, by=by, at=at)


def _writable(report_year: ReportYear, by: User, at: datetime) -> ReportYear:
    """The report, locked, if somebody may write in it now."""
    policy.require(by, "write", report_year.organ, on=localdate(at))
    locked = lock_row(report_year)
    if stage_of(locked) in DONE:
        raise Refused("这份报告已经定稿，文字不能再改。需要修改的，请先由政务公开机构退回。")
    return locked


def _last_position(report_year: ReportYear) -> int:
    return report_year.narrative_parts.aggregate(last=Max("position"))["last"] or 0


def _refuse_place(report_year: ReportYear, section: str, topic: str) -> None:
    places = {each.key: {one.key for one in each.topics} for each in form(report_year.edition).sections}
    if section != PREAMBLE and section not in places:
        raise ValueError(f"no section {section!r} in the form of {report_year.edition}")
    if topic and topic not in places.get(section, ()):
        raise ValueError(f"no topic {topic!r} in section {section!r}")


def _text(text: str, edition: str) -> str:
    text = text.strip()
    if not text:
        raise Refused("段落是空的。不要这一段，请删除；还没有内容，先不要添加。")
    if len(text) > LONGEST:
        raise Refused(f"一段不能超过{LONGEST}字，这一段有{len(text)}字。请分成几段。")
    known = {*cell_names(edition), *catalogue(), "year", "completion_rate"}
    if unknown := [key for key in _IN_BRACES.findall(text) if key not in known]:
        named = "、".join(f"{{{label_of(key)}}}" for key in unknown)
        raise Refused(f"{named}不是这一版格式的数据项，文字里的数字没有来处。请从“可用的数据”里选。")
    return text


def _promise(report_year: ReportYear, answers: NarrativePart | None) -> NarrativePart | None:
    if answers is not None:
        before = previous_of(report_year)
        if before is None or answers.report_year_id != before.pk:
            raise Refused("只能回应本机关上一年度报告中的承诺。")
    return answers


def _told(part: NarrativePart, *, before: str) -> dict[str, object]:
    return {"part": part.pk, "section": part.section, "topic": part.topic, "before": before, "after": part.text}
