"""Withdraw what is public (撤下)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import policy, record
from gongkai.office.publishing.models import Item
from gongkai.office.publishing.publication import take_down
from gongkai.office.publishing.refusals import required


@transaction.atomic
def withdraw(item: Item, *, reason: str, by: User, at: datetime) -> None:
    """Take an item out of the public's sight at once, with the reason that its page will give.

    This needs no reviews: what should not be public must not stay so for want of a signature. Bringing it back does.
    Errors: Refused without the role, without a reason, or when it is not public.
    """
    dossier = record.locked(item, at=at, by=by)
    policy.require(by, "withdraw", dossier.item.organ, on=dossier.on)
    if dossier.item.published_at is None:
        raise Refused("这条信息还没有公开，不用撤下。正在审核的，请由作者“撤回送审”。")
    if dossier.item.withdrawn_at is not None:
        raise Refused("这条信息已经撤下了，理由是：" + dossier.item.withdrawn_reason)
    take_down(dossier.item, reason=required(reason, "撤下的理由"), actor=by.staff_number, at=dossier.at)
