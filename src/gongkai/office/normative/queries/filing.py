"""Filing (备案), by quarter, as the public sees it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.office.normative.models import NormativeEvent


def filings(year: int, quarter: int) -> QuerySet[NormativeEvent]:
    """The filings of a quarter, of documents that are public, in the order of their days."""
    first = date(year, 3 * quarter - 2, 1)
    after = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return (
        NormativeEvent.objects.filter(
            kind="filed", strikes=None, struck_by=None, on__gte=first, on__lt=after, document__is_listed=True
        )
        .select_related("document", "document__organ", "document__item")
        .order_by("on", "id")
    )


def filing_quarters() -> list[tuple[int, int]]:
    """The quarters in which something was filed, newest first."""
    days = (
        NormativeEvent.objects.filter(kind="filed", strikes=None, struck_by=None, document__is_listed=True)
        .order_by()
        .dates("on", "month", order="DESC")
    )
    return list(dict.fromkeys((day.year, (day.month + 2) // 3) for day in days))
