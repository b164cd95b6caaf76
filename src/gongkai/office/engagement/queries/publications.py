"""Interpretations, responses and press conferences as the public sees them; what stands behind an item."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from gongkai.office.engagement.ledgers import INTERPRETATION, PRESS_CONFERENCE, RESPONSE
from gongkai.office.engagement.models import Consultation, Interpretation, PressConference, Response
from gongkai.office.ledgers.models import STANDING
from gongkai.office.ledgers.queries import standing
from gongkai.office.publishing.models import PUBLIC, Item

_NOT_WITHDRAWN = Q(item=None) | Q(item__withdrawn_at=None)


def public_interpretations() -> QuerySet[Any]:
    """The interpretations that stand and whose item was not withdrawn, the latest first."""
    return standing(INTERPRETATION).filter(_NOT_WITHDRAWN).prefetch_related("selections")


def public_responses() -> QuerySet[Any]:
    """The responses that stand and whose item was not withdrawn, the latest first."""
    return standing(RESPONSE).filter(_NOT_WITHDRAWN)


def public_press_conferences() -> QuerySet[Any]:
    """The press conferences that stand, the latest first."""
    return standing(PRESS_CONFERENCE)


def behind_item(item: Item) -> dict[str, Any]:
    """What this room knows of a public item: what it is here, and what is linked to it. Handfuls, by index."""
    interpretation = Interpretation.objects.filter(STANDING, item=item).select_related("policy_item").first()
    others = Interpretation.objects.filter(STANDING, policy_item=item).filter(Q(item=None) | _public("item"))
    return {
        "interpretation": interpretation,
        "selections": list(interpretation.selections.filter(STANDING)) if interpretation else [],
        "interpretations": list(others.select_related("item").order_by("-on", "-pk")[:20]),
        "response": Response.objects.filter(STANDING, item=item).first(),
        "press_conferences": list(
            PressConference.objects.filter(STANDING).filter(Q(item=item) | Q(policy_item=item)).order_by("-on")[:10]
        ),
        "consultation": Consultation.objects.filter(STANDING)
        .filter(Q(draft_item=item) | Q(result_item=item))
        .order_by("-pk")
        .first(),
    }


def _public(name: str) -> Q:
    """The rule of `publishing.models.PUBLIC`, for an item on the way."""
    return Q(**{f"{name}__{key}": value for key, value in PUBLIC.children})  # type: ignore[misc]
