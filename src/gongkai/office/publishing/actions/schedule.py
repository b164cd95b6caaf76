"""Set the hour of publication (定时发布)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import draft_of


@transaction.atomic
def schedule(item: Item, *, publish_at: datetime | None, by: User, at: datetime) -> None:
    """Say when an item goes public once it has its three passes; None means at once.

    An approved item whose hour is taken away is published by the next `publish_due`.
    Errors: Refused for an hour that is past, without the role or without a draft.
    """
    dossier = record.locked(item, at=at, by=by)
    refusals = [policy.why_not(by, verb, dossier.item.organ, on=dossier.on) for verb in ("write", "final")]
    if all(refusals):
        raise Refused(refusals[0])
    draft_of(dossier)
    draft = dossier.draft
    assert draft is not None
    if publish_at is not None and publish_at <= dossier.at:
        raise Refused("公开时间已经过了。请选一个以后的时间；要立即公开，请清空。")
    draft.publish_at = publish_at
    draft.save(update_fields=["publish_at"])
    hour = publish_at.isoformat() if publish_at else None
    audit.record(act(by, "schedule", dossier.item, publish_at=hour), at=at)
