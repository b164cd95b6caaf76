"""Draft a new item (起草)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import drafts, policy
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Column, Draft, Item
from gongkai.office.publishing.names import act


@transaction.atomic
def draft(organ: Organ, content: Content, *, by: User, at: datetime) -> Draft:
    """Begin an item of an agency. It is not public, and has no index number, until three people have passed it."""
    policy.require(by, "write", organ, on=timezone.localdate(at))
    if not content.title.strip():
        raise Refused("请先写标题。没有标题，别人在列表里找不到这份稿件。")
    if not Column.objects.filter(pk=content.column).exists():
        raise Refused("请先选择栏目（组配分类）。")
    item = Item.objects.create(organ=organ, column_id=content.column, title=content.title.strip(), created_at=at)
    begun = drafts.begin(item, content, by=by, at=at)
    audit.record(act(by, "draft", item, content_hash=begun.content_hash), at=at)
    return begun
