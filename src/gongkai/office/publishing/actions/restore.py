"""Begin to restore what was withdrawn (申请恢复)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import drafts, policy, record
from gongkai.office.publishing.models import Draft, Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.publication import public_content
from gongkai.office.publishing.refusals import required


@transaction.atomic
def restore(item: Item, *, note: str, by: User, at: datetime) -> Draft:
    """Lay a draft beside a withdrawn item. It comes back as anything goes public: by three reviews and a secrecy review.

    Errors: Refused when it is not withdrawn, has a draft already, without a note for the public or the role.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    if dossier.item.withdrawn_at is None:
        raise Refused("这条信息没有撤下，不用恢复。")
    note = required(note, "恢复公开的说明")
    content = replace(public_content(dossier.item), correction_note=note)
    begun = drafts.begin(dossier.item, content, by=by, at=dossier.at)
    audit.record(act(by, "begin_restoration", dossier.item, note=note, content_hash=begun.content_hash), at=at)
    return begun
