"""The cases of a term, whoever's they are: what came in, what was answered, what came late. For those who supervise."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.casework.models import Application


def received_in(first: date, last: date) -> QuerySet[Application]:
    """Those received from a day to a day, both included."""
    return Application.objects.filter(receipt_on__gte=first, receipt_on__lte=last).order_by()


def answered_in(first: date, last: date) -> QuerySet[Application]:
    """Those answered or closed in these days, as the annual report counts them."""
    return Application.objects.filter(counted_on__gte=first, counted_on__lte=last).order_by()


def answered_late_in(first: date, last: date) -> QuerySet[Application]:
    """Those of them that were answered after their due date."""
    return answered_in(first, last).filter(is_late=True)


def overdue_at(day: date) -> QuerySet[Application]:
    """Those that were open when a day began though their due date was past; by the due dates as they are on record now."""
    was_open = Q(closed_on=None) | Q(closed_on__gte=day)
    return Application.objects.filter(was_open, receipt_on__lt=day, due_on__lt=day).order_by()
