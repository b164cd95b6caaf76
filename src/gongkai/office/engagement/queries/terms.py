"""Messages, consultations and publications of a term, whoever's they are. For those who supervise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from gongkai.office.engagement.models import Consultation, Interpretation, Message, Response
from gongkai.office.engagement.queries.counting import still_public
from gongkai.office.engagement.words import DISSATISFIED
from gongkai.office.ledgers.models import STANDING
from gongkai.regulation.engagement import consultation_state


def messages_received_in(first: date, last: date) -> QuerySet[Message]:
    """Messages that came from a day to a day, both included."""
    return _messages().filter(on__gte=first, on__lte=last)


def messages_answered_in(first: date, last: date) -> QuerySet[Message]:
    """Messages answered in these days, whenever they came."""
    return _messages().filter(answered_on__gte=first, answered_on__lte=last)


def messages_answered_late_in(first: date, last: date) -> QuerySet[Message]:
    """Those of them that were answered later than promised."""
    return messages_answered_in(first, last).filter(answered_on__gt=F("due_on"))


def messages_dissatisfied_in(first: date, last: date) -> QuerySet[Message]:
    """Messages answered in these days whose sender was not content with the answer."""
    return messages_answered_in(first, last).filter(satisfaction__lte=DISSATISFIED)


def messages_overdue_at(day: date) -> QuerySet[Message]:
    """Messages that waited when a day began though the promised day was past."""
    answered = Q(answered_on=None) | Q(answered_on__gte=day)
    handed_over = Q(handed_over_on=None) | Q(handed_over_on__gte=day)
    return _messages().filter(answered, handed_over, on__lt=day, due_on__lt=day)


def results_overdue_at(day: date) -> QuerySet[Consultation]:
    """Consultations whose result should have been published when a day began, and was not."""
    unanswered = Q(answered_on=None) | Q(answered_on__gte=day)
    closed = Consultation.objects.filter(STANDING, unanswered, closes_on__lt=day).order_by()
    late = [
        pk
        for pk, opens, closes in closed.values_list("pk", "opens_on", "closes_on")
        if consultation_state(opens, closes, None, day) == "overdue"
    ]
    return Consultation.objects.filter(pk__in=late).order_by()


def interpretations_in(first: date, last: date) -> QuerySet[Any]:
    """Interpretations that were published in these days, as the annual report counts them."""
    return still_public(Interpretation.objects.filter(STANDING, on__gte=first, on__lte=last).order_by(), last)


def responses_in(first: date, last: date) -> QuerySet[Any]:
    """Responses to public concerns of these days, as the annual report counts them."""
    return still_public(Response.objects.filter(STANDING, on__gte=first, on__lte=last).order_by(), last)


def explained_items() -> QuerySet[Any]:
    """The items that some standing interpretation explains, by primary key."""
    return Interpretation.objects.filter(STANDING, policy_item__isnull=False).order_by().values("policy_item")


def _messages() -> QuerySet[Message]:
    return Message.objects.filter(STANDING).order_by()
