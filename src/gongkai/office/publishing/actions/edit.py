"""Edit a draft (修改)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import drafts, policy, record
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft, Item
from gongkai.office.publishing.names import act
from gongkai.office.publishing.refusals import Conflict, refuse_if
from gongkai.regulation.review import Edited


@transaction.atomic
def edit(item: Item, content: Content, *, edition: int, by: User, at: datetime) -> Draft:
    """Save a changed content over the edition that was opened. During review this voids every pass.

    Errors: Conflict, with both texts, when somebody saved since; Refused without the role or without a draft.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "write", dossier.item.organ, on=dossier.on)
    draft, content = dossier.draft, drafts.tidy(content)
    if draft is None or dossier.content is None:
        raise Refused("这条信息现在没有草稿。已经公开的，请先“发起更正”；已经撤下的，请先“申请恢复”。")
    if not content.title:
        raise Refused("标题不能空着。没有标题，别人在列表里找不到这份稿件。")
    if content == dossier.content:
        return draft
    if draft.edition != edition:
        raise Conflict(dossier.content, content, draft.saved_by.name)
    refuse_if(dossier.why_not("edit"))
    was = draft.state
    if draft.saved_by_id != by.pk or was not in ("draft", "returned"):
        # Whoever wrote before is an author for good, even where somebody else writes over it.
        record.write_edit(dossier)
    draft.content, draft.content_hash = content.to_json(), content.hash()
    draft.edition, draft.saved_by, draft.saved_at = draft.edition + 1, by, dossier.at
    draft.save(update_fields=["content", "content_hash", "edition", "saved_by", "saved_at"])
    _name(item, content)
    if was not in ("draft", "returned"):
        after = record.read(item, at=at, by=by)
        record.add(after, Edited(by.staff_number, after.at, content.hash()))
        audit.record(act(by, "edit", item, content_hash=content.hash(), voided=was), at=at)
        draft.refresh_from_db()
    return draft


def _name(item: Item, content: Content) -> None:
    """Before it is public for the first time, an item is listed under its draft's title and column."""
    Item.objects.filter(pk=item.pk, published_at=None).update(title=content.title, column_id=content.column)
