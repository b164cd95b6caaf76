"""Following what is published: lists that link to an item change when it is corrected, withdrawn or restored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from gongkai.office.engagement.models import Consultation, Interpretation, PressConference, Response
from gongkai.office.engagement.renderings import ITEMS, listed
from gongkai.office.renderings.actions import touch

_NOUNS = {
    Interpretation: "interpretation",
    Response: "response",
    PressConference: "press_conference",
    Consultation: "consultation",
}


def follow(item_ids: Collection[int], *, at: datetime) -> None:
    """Have the lists rendered again on which entries of these items stand."""
    keys = set()
    for model, noun in _NOUNS.items():
        names = [field.name for field in model._meta.fields if field.name in ITEMS]
        if any(model._default_manager.filter(**{f"{name}__in": item_ids}).exists() for name in names):
            keys.add(listed(noun))
    if keys:
        touch(keys)
