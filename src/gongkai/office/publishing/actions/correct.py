"""Begin the correction of what is public (更正)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import drafts, policy, record
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft, Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.publication import public_content
from gongkai.office.publishing.refusals import required


@transaction.atomic
def correct(item: Item, *, note: str, by: User, at: datetime, content: Content | None = None) -> Draft:
    """Lay a draft beside a public item, with a note that tells the public what changes and why.

    What is public stays as it is until the correction has its three passes. Without `content` the draft begins with what
    is public. Errors: Refused when it is not public, has a draft already, without a note or the role.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    if dossier.item.published_at is None:
        raise Refused("这条信息还没有公开，直接修改草稿就可以，不用更正。")
    if dossier.item.withdrawn_at is not None:
        raise Refused("这条信息已经撤下，公众看不到它。要改正后重新公开，请“申请恢复”。")
    note = required(note, "更正说明")
    begun = drafts.begin(
        dossier.item, replace(content or public_content(dossier.item), correction_note=note), by=by, at=dossier.at
    )
    audit.record(act(by, "begin_correction", dossier.item, note=note, content_hash=begun.content_hash), at=at)
    return begun
