"""Finding what belongs together: applications of one applicant, and requests for the same thing."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from gongkai.office.casework.models import Application, RequestMark


def of_applicant(application: Application) -> QuerySet[Application]:
    """The other applications of whoever made this one, at the same agency, newest first; voided ones left out."""
    rows = Application.objects.filter(organ=application.organ_id, applicant_mark=application.applicant_mark)
    return rows.exclude(pk=application.pk).exclude(state="voided").order_by("-submitted_on", "-id")


def counted_items_before(application: Application) -> int:
    """How many applications of this applicant the agency received earlier in the same calendar month.

    Source: fee-measure-2020 art. 4 (the brackets run over one applicant's applications of a calendar month).
    """
    if application.receipt_on is None:
        return 0
    first = application.receipt_on.replace(day=1)
    return (
        Application.objects.filter(
            organ=application.organ_id,
            applicant_mark=application.applicant_mark,
            receipt_on__gte=first,
            receipt_on__lte=application.receipt_on,
            pk__lt=application.pk,
        )
        .exclude(state="voided")
        .count()
    )


def same_requests(application: Application) -> QuerySet[Application]:
    """Applications to the same agency, by anybody, that name the same document or use the same words; newest first."""
    marks = RequestMark.objects.filter(application=application).values("mark")
    same = RequestMark.objects.filter(mark__in=marks).exclude(application=application).values("application")
    rows = Application.objects.filter(pk__in=same, organ=application.organ_id).exclude(state="voided")
    return rows.order_by("-submitted_on", "-id")


def applicants_asking_the_same(application: Application) -> int:
    """How many different people asked for the same thing, this applicant included: from two on, ogi-2019 art. 44 speaks of
    making it public for everybody."""
    others = same_requests(application).exclude(applicant_mark=application.applicant_mark)
    return 1 + int(others.aggregate(number=Count("applicant_mark", distinct=True))["number"])


def frequency(application: Application, *, on: date) -> tuple[int, int]:
    """How many applications this applicant made to the agency in the last 30 days and in the last year, with this one."""
    rows = of_applicant(application)
    month = rows.filter(submitted_on__gt=date.fromordinal(on.toordinal() - 30), submitted_on__lte=on).count()
    year = rows.filter(submitted_on__gt=date.fromordinal(on.toordinal() - 365), submitted_on__lte=on).count()
    return month + 1, year + 1
