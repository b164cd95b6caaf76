"""Opening a year: which agencies owe a report, on which form, by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import below
from gongkai.office.reporting import policy
from gongkai.office.reporting.models import ReportYear, YearEvent
from gongkai.office.reporting.record import enter
from gongkai.regulation.annual_report.forms import EDITIONS
from gongkai.regulation.law import MonthDay, law_on

FIRST_YEAR = 2019
"""The first year the statutory form governs (国办公开办函〔2019〕60号)."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a report: `hand_in_by` and `publish_by` the office's own, `statutory` the law's."""

    hand_in_by: date
    publish_by: date
    statutory: date


def usual_days(organ: Organ, year: int) -> Days:
    """The days a report has unless the office sets its own: handed in eleven days before it has to be public.

    Source: ogi-2019 art. 49 (departments by 31 January, governments by 31 March).
    """
    is_government = organ.kind == Organ.Kind.GOVERNMENT
    key = "government_publication_deadline" if is_government else "department_report_deadline"
    statutory = law_on(date(year + 1, 1, 1)).parameter(key, MonthDay).value.in_year(year + 1)
    return Days(statutory.replace(day=20), statutory, statutory)


@transaction.atomic
def open_year(
    organ: Organ,
    year: int,
    *,
    by: User,
    at: datetime,
    edition: str = "",
    with_subordinates: bool = True,
    hand_in_by: date | None = None,
    publish_by: date | None = None,
) -> list[ReportYear]:
    """Open a year for an agency; for a government, unless told otherwise, for every agency below it as well.

    A government's report adds up everything below it, whether those agencies' own reports are opened here or not.

    What is open already stays as it is: opening again adds the agencies that were founded since. `edition` is that of
    the year unless another is asked for; the two days are those of everybody who is opened. Gives the reports opened.
    Errors: Refused: not the role; a year without a form; days after the law's.
    Source: ogi-2019 art. 49, report-form-2021.
    """
    policy.require(by, "open_year", organ, on=localdate(at))
    edition = edition or edition_of(year)
    if year < FIRST_YEAR or edition not in EDITIONS:
        raise Refused(f"{year}年没有统一的年度报告格式（统一格式自2019年度起施行），不能开启。请核对年度。")
    have = set(ReportYear.objects.filter(year=year).values_list("organ", flat=True))
    opened = []
    for each in _owing(organ, year, with_subordinates=with_subordinates):
        if each.pk in have:
            continue
        usual = usual_days(each, year)
        days = Days(hand_in_by or usual.hand_in_by, publish_by or usual.publish_by, usual.statutory)
        refuse_late(each, days)
        opened.append(_open(each, year, edition, days, by=by, at=at))
    return opened


def _owing(organ: Organ, year: int, *, with_subordinates: bool) -> QuerySet[Organ]:
    """The agencies that owe a report of a year: those that still stood in it, from the top down."""
    with_all = with_subordinates and organ.kind == Organ.Kind.GOVERNMENT
    found = below(organ) if with_all else Organ.objects.filter(pk=organ.pk)
    return found.filter(Q(abolished_on=None) | Q(abolished_on__gte=date(year, 1, 1))).order_by("path")


def _open(organ: Organ, year: int, edition: str, days: Days, *, by: User, at: datetime) -> ReportYear:
    """One agency's report, with the first entry of its record."""
    made = ReportYear.objects.create(
        organ=organ,
        year=year,
        is_consolidated=organ.kind == Organ.Kind.GOVERNMENT,
        edition=edition,
        hand_in_by=days.hand_in_by,
        publish_by=days.publish_by,
        opened_by=by,
        opened_at=at,
    )
    told = {
        "edition": edition,
        "hand_in_by": days.hand_in_by.isoformat(),
        "publish_by": days.publish_by.isoformat(),
        "is_consolidated": made.is_consolidated,
    }
    enter(made, YearEvent.Kind.OPENED, told, by=by, at=at)
    return made


def edition_of(year: int) -> str:
    """The edition of the form that a year's report is printed on; empty before there was one."""
    if year < FIRST_YEAR:
        return ""
    return law_on(date(year, 12, 31)).parameter("report_form_edition", str).value


def refuse_late(organ: Organ, days: Days) -> None:
    """Errors: Refused for days after the law's, or in the wrong order."""
    if days.publish_by > days.statutory or days.hand_in_by > days.publish_by:
        raise Refused(
            f"{organ.name}的期限不能这样定：报送（{days.hand_in_by}）不得晚于公开（{days.publish_by}），"
            f"公开不得晚于法定期限{days.statutory}（《政府信息公开条例》第四十九条）。请提前日期。"
        )
