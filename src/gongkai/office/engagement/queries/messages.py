"""Messages: what waits, what the public sees, how well the office keeps its promise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, Max, Q, QuerySet

from gongkai.office.accounts.models import User
from gongkai.office.engagement import policy
from gongkai.office.engagement.ledgers import MESSAGE
from gongkai.office.engagement.models import Message
from gongkai.office.engagement.words import SATISFIED
from gongkai.office.ledgers.models import STANDING
from gongkai.office.ledgers.policy import within
from gongkai.office.ledgers.queries import standing

WAITING = Q(answered_on=None, handed_over_on=None, struck_at=None)


def waiting(by: User, *, on: date) -> QuerySet[Message]:
    """The messages somebody's agencies have not answered yet, the most urgent first."""
    mine = within(by, MESSAGE, on=on) | policy.assigned_within(by, on=on)
    return Message.objects.filter(WAITING, mine).select_related("organ", "assigned_to").order_by("due_on", "pk")


def shown_messages() -> QuerySet[Any]:
    """What the public sees, the last shown first."""
    return standing(MESSAGE).filter(shown_on__isnull=False).order_by("-shown_on", "-pk")


def by_number(number: str) -> Message | None:
    """A message by the number its sender was given; none for a struck one."""
    rows = Message.objects.filter(STANDING, number=number.strip().upper())
    return rows.select_related("organ", "assigned_to").first()


def message_years() -> list[int]:
    """The years in which messages came, newest first."""
    rows = Message.objects.filter(STANDING).order_by().values_list("on__year", flat=True).distinct()
    return sorted(rows, reverse=True)


def statistics(year: int) -> dict[str, Any]:
    """How a year's messages were dealt with: received, answered, in time, average and longest working days, shown,
    rated by their senders, and to how many the answer was satisfying."""
    received = Message.objects.filter(STANDING, on__year=year).order_by()
    found = received.aggregate(
        received=Count("pk"),
        handed_over=Count("pk", filter=Q(handed_over_on__isnull=False)),
        answered=Count("pk", filter=Q(answered_on__isnull=False)),
        in_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
        average=Avg("working_days"),
        longest=Max("working_days"),
        shown=Count("pk", filter=Q(shown_on__isnull=False)),
        rated=Count("pk", filter=Q(satisfaction__isnull=False)),
        satisfied=Count("pk", filter=Q(satisfaction__gte=SATISFIED)),
    )
    return {"year": year, **found}
