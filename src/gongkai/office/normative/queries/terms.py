"""The documents of a term, whoever's they are. For those who supervise."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.office.normative.models import NormativeDocument


def disclosed_in(first: date, last: date) -> QuerySet[NormativeDocument]:
    """Documents first made public from a day to a day, both included, as the annual report counts them."""
    return NormativeDocument.objects.filter(disclosed_on__gte=first, disclosed_on__lte=last).order_by()
