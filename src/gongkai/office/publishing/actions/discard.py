"""Discard a draft (作废草稿)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import draft_of, required


@transaction.atomic
def discard(item: Item, *, reason: str, by: User, at: datetime) -> None:
    """Give up a draft that is not in review. What is public is not touched; the record and the log stay.

    Errors: Refused in review, without the role, a draft or a reason.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    draft_of(dossier)
    draft = dossier.draft
    assert draft is not None
    if dossier.standing().state in ("in_review", "approved"):
        raise Refused("稿件正在审核，不能作废。请由作者先“撤回送审”。")
    reason = required(reason, "作废的理由")
    record.write_edit(dossier)
    draft.delete()
    audit.record(act(by, "discard", dossier.item, reason=reason, content_hash=dossier.content_hash), at=at)
