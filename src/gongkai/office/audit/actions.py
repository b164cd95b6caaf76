"""Adding to the log. There is no other verb: an entry is never changed and never taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.office.audit.chain import Link
from gongkai.office.audit.models import Entry, Head

SYSTEM = "system"
"""The actor of what the clock or an installation does by itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: `act` is `room.verb`, `subject` is `room.thing:id`, `detail` what changed (plain JSON)."""

    actor: str
    act: str
    subject: str
    citation: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(act: Act, *, at: datetime) -> None:
    """Add one act to the log, in the caller's transaction: it stands if and only if what it tells of stands."""
    record_all([act], at=at)


@transaction.atomic
def record_all(acts: Iterable[Act], *, at: datetime) -> None:
    """Add acts to the log in their order, with one look at the end of the chain."""
    head = Head.objects.select_for_update().get_or_create(id=1)[0]
    entries = []
    for act in acts:
        link = Link(head.sequence + 1, at, act.actor, act.act, act.subject, act.citation, dict(act.detail), head.hash)
        head.sequence, head.hash = link.sequence, link.hash()
        entries.append(
            Entry(
                sequence=link.sequence,
                at=at,
                actor=act.actor,
                act=act.act,
                subject=act.subject,
                citation=act.citation,
                detail=dict(act.detail),
                previous_hash=link.previous_hash,
                hash=head.hash,
            )
        )
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["sequence", "hash"])
