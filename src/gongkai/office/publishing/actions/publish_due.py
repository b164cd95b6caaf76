"""Publish what is approved and whose hour has come (定时发布到时)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM
from gongkai.office.publishing import record
from gongkai.office.publishing.models import Draft, Item
from gongkai.office.publishing.publication import publish_approved


@dataclass(frozen=True)
class Due:
    """What a round of the clock did: the items that went public, and why others could not."""

    published: tuple[Item, ...]
    refused: tuple[tuple[Item, str], ...]


def publish_due(at: datetime) -> Due:
    """Publish every approved item whose hour has come, each in a transaction of its own: one that can't stops no other.

    Two clocks at once publish each item once: the second finds it published.
    """
    due = Draft.objects.filter(Q(publish_at=None) | Q(publish_at__lte=at), state="approved")
    published: list[Item] = []
    refused: list[tuple[Item, str]] = []
    for draft in due.select_related("item").order_by("publish_at", "pk"):
        try:
            if _publish(draft.item, at):
                published.append(draft.item)
        except Refused as refusal:
            refused.append((draft.item, str(refusal)))
    return Due(tuple(published), tuple(refused))


@transaction.atomic
def _publish(item: Item, at: datetime) -> bool:
    return publish_approved(record.locked(item, at=at), actor=SYSTEM)
